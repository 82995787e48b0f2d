"""The bot beside an engine at full rate: how soon it answers, and how long a list holds up everything else.

Discord is the stand-in of the tests, in a process of its own; the bot, the engine and the database are one process,
as ``storywatch run`` has them.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from benchmarks import ground
from benchmarks.many import beating
from benchmarks.peers.processes import peers
from benchmarks.table import Line, percentile, say
from bot.context import BotContext
from bot.life import Life
from core.app import App
from core.domain.actor import Role
from core.tasks import spawn
from tests.discord_server.redirect import redirected

PROFILES = 100_000
ROUTES = 100
# A file of about 10 MB.
NAMES = 650_000
EVERY = 0.1
LATEST_MS = 1_000.0
LONGEST_PREVIEW_S = 10.0
LONGEST_STOP_MS = 100.0


class Discord:
    """The stand-in in a process of its own.

    Args:
        told: What it said at its start.
    """

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self.told: dict[str, Any] = self._read()

    async def asked(self, **what: Any) -> dict[str, Any]:
        """What it measured."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(what).encode() + b"\n")
        self._process.stdin.flush()
        return await asyncio.to_thread(self._read)

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the stand-in for Discord ended; what it printed says why")
        told: dict[str, Any] = json.loads(line)
        return told


def measure(quick: bool) -> list[Line]:
    """Acknowledgements while a batch runs, then a large list; and the stops of the loop during both."""
    with peers() as others, discord() as stand_in, redirected(stand_in.told["rest"], stand_in.told["gateway"]):
        return asyncio.run(_measured(others, stand_in, quick))


async def _measured(others: Any, stand_in: Discord, quick: bool) -> list[Line]:
    profiles, names = (PROFILES // 10, NAMES // 10) if quick else (PROFILES, NAMES)
    async with (
        ground.opened(others, routes=ROUTES, profiles=profiles, limits={}) as app,
        beating() as pulse,
        app.engine.attend("bench"),
        connected(app, stand_in),
    ):
        batch_id = await ground.created(app)
        place = {"guild_id": stand_in.told["guild"], "channel_id": stand_in.told["channel"]}
        await app.batch_messages.ask_for(ground.BENCH, batch_id, **place)
        pulse.longest()
        idle = await stand_in.asked(do="acknowledge", times=50, every=EVERY)
        stopped_by_nothing = f"{pulse.longest():.0f} ms without either"
        running = spawn(ground.checked(app, batch_id), name="the batch")
        waits: list[float] = []
        while not running.done():
            waits += (await stand_in.asked(do="acknowledge", times=10, every=EVERY))["ms"]
        batch = await running
        stopped_by_batch = pulse.longest()
        say(f"  {batch.finished:,} checks in {batch.seconds:.0f} s, {len(waits)} commands meanwhile")
        previewed = await stand_in.asked(do="preview", niche=ground.NICHE, names=names)
        stopped_by_preview = pulse.longest()
    p99, rate = percentile(waits, 0.99), batch.finished / max(batch.seconds, 0.001)
    seconds = previewed["seconds"]
    return [
        Line(
            f"a command's first answer, p99 of {len(waits)}, {rate:,.0f} checks/s",
            f"{p99:.0f} ms (median {percentile(waits, 0.5):.0f}, max {max(waits):.0f})",
            f"p99 {percentile(idle['ms'], 0.99):.0f} ms without a batch",
            target=f"≤ {LATEST_MS:.0f} ms",
            met=p99 <= LATEST_MS,
        ),
        Line("  longest stop of the loop meanwhile", f"{stopped_by_batch:.0f} ms", stopped_by_nothing),
        Line(
            f"preview of an attached list of {names:,} names",
            f"{seconds:.1f} s",
            target=f"≤ {LONGEST_PREVIEW_S:.0f} s",
            met=seconds <= LONGEST_PREVIEW_S,
        ),
        Line(
            "  longest stop of the loop meanwhile",
            f"{stopped_by_preview:.0f} ms",
            stopped_by_nothing,
            target=f"≤ {LONGEST_STOP_MS:.0f} ms",
            met=stopped_by_preview <= LONGEST_STOP_MS,
        ),
    ]


@asynccontextmanager
async def connected(app: App, stand_in: Discord) -> AsyncIterator[None]:
    """The bot, ready, while the block runs."""
    guild = stand_in.told["guild"]
    await app.discord_roles.set(ground.BENCH, stand_in.told["role"], Role.OPERATOR, guild_id=guild)
    life = Life(BotContext(app, frozenset({guild})), stand_in.told["token"])
    running = spawn(life.run(), name="bot")
    try:
        while not life.state.startswith("connected"):  # noqa: ASYNC110  # it says so nowhere else
            await asyncio.sleep(0.1)
        yield
    finally:
        running.cancel()
        await asyncio.wait({running})


@contextmanager
def discord() -> Iterator[Discord]:
    """The stand-in while the block runs."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.peers.discord"],
        cwd=Path(__file__).parents[1],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin is not None
    try:
        yield Discord(process)
    finally:
        # It ends when its standard input does, also when this process is killed.
        process.stdin.close()
        process.wait()
