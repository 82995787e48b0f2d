"""A process that serves the panel over a database, as ``run`` does, with its pretend platform and its engine.

Prints a line of JSON when it is up: the address by which the first person signs in.  For each line that it reads,
the number of profiles to check, it imports so many, starts a batch of them, and prints the batch's id; for an empty
line, how many checks were finished so far.  It ends when its standard input does.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from pathlib import Path

from core.app import App, open_app
from core.clock import SystemClock
from core.domain.actor import Actor, Role
from core.settings import Platform, Settings
from main import pretend_platform
from panel.server import serve_panel

_BENCH = Actor("bench", Role.ADMIN)
_NICHE = "batch of the benchmark"


async def host(folder: Path) -> None:
    """Serve until nobody asks any longer."""
    settings = Settings(
        data_dir=folder,
        database_url=None,
        platform=Platform.SANDBOX,
        platform_url=None,
        platform_ca_file=None,
        secret_key=None,
        log_format="console",
        panel_port=_free_port(),
    )
    async with (
        open_app(settings, SystemClock(), surroundings=pretend_platform) as app,
        app.engine.attend("run"),
        serve_panel(app),
    ):
        link = await app.sign_ins.first_link()
        assert link is not None, "the database is new, so nobody can sign in yet"
        _say({"link": link.reveal()})
        batch = ""
        while line := await asyncio.to_thread(sys.stdin.readline):
            if line.strip():
                batch = await _started(app, int(line))
            _say({"batch": batch, "finished": (await app.batches.show(_BENCH, batch)).finished if batch else 0})


async def _started(app: App, count: int) -> str:
    lines = "\n".join(f"bench.{number:06}" for number in range(count))
    await app.imports.import_file(_BENCH, [lines.encode()], niche=_NICHE, file_name="bench.txt", create_niche=True)
    batch = await app.batches.create(_BENCH, niche=_NICHE, recheck=True)
    await app.batches.start(_BENCH, [batch.id])
    return batch.id


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def _say(told: dict[str, object]) -> None:
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    asyncio.run(host(Path(sys.argv[1])))
