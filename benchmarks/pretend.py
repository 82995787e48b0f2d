"""The sandbox in a process of its own, and an application over a new database that knows nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.request import Request, urlopen

from benchmarks.ground import BENCH, NICHE
from core.app import App, open_app
from core.clock import SystemClock
from core.settings import Platform, Settings

_PATIENCE = 60.0


class Pretend:
    """A sandbox that runs.

    Args:
        told: What it said at its start.
    """

    def __init__(self, told: Mapping[str, Any]) -> None:
        self.told = told

    @property
    def url(self) -> str:
        """The platform's address."""
        return str(self.told["platform_url"])

    def lines(self, name: str) -> list[str]:
        """The lines of one of its files."""
        return Path(self.told[name]).read_text("utf-8").splitlines()

    @property
    def names(self) -> bytes:
        """The file of usernames."""
        return Path(self.told["usernames"]).read_bytes()

    def truth(self) -> dict[str, str]:
        """What is right to say of everybody now."""
        truth: dict[str, str] = self._ask("truth")
        return truth

    def journal(self) -> list[dict[str, Any]]:
        """Every request, as the platform saw it."""
        entries: list[dict[str, Any]] = self._ask("journal")
        return entries

    def goes_wrong(self, **faults: object) -> None:
        """Let these faults take the place of all earlier ones, and begin the journal anew."""
        self._ask("faults", "POST", faults)
        self._ask("journal", "DELETE")

    def _ask(self, page: str, method: str = "GET", data: object = None) -> Any:
        address = self.told["truth_url"].removesuffix("truth") + page
        body = None if data is None else json.dumps(data).encode()
        with urlopen(Request(address, body, method=method), timeout=_PATIENCE) as answer:
            return json.loads(answer.read())


@contextmanager
def pretend(**scenario: object) -> Iterator[Pretend]:
    """A sandbox while the block runs."""
    with TemporaryDirectory(prefix="storywatch-bench-sandbox-") as folder:
        file = Path(folder) / "scenario.json"
        file.write_text(json.dumps(scenario))
        process = subprocess.Popen(
            [sys.executable, "-m", "sandbox", "--json", "--until-stdin-closes", "--scenario", file, "--folder", folder],
            cwd=Path(__file__).parents[1],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert process.stdout is not None
        try:
            yield Pretend(json.loads(process.stdout.readline()))
        finally:
            process.communicate(timeout=_PATIENCE)


@asynccontextmanager
async def furnished(platform: Pretend, limits: Mapping[str, str]) -> AsyncIterator[App]:
    """An application that has the sandbox's proxies, sessions, canaries and profiles."""
    with TemporaryDirectory(prefix="storywatch-bench-") as folder:
        settings = Settings(
            data_dir=Path(folder),
            database_url=None,
            platform=Platform.INSTAGRAM,
            platform_url=platform.url,
            platform_ca_file=None,
            secret_key=None,
            log_format="console",
        )
        async with open_app(settings, SystemClock()) as app:
            told = dict(line.split("=", 1) for line in platform.told["limits"])
            await app.limits.set(BENCH, {**told, **limits})
            await app.proxies.import_lines(BENCH, "\n".join(platform.lines("proxies")))
            await app.sessions.import_lines(BENCH, "\n".join(platform.lines("sessions")), bind_in_order=True)
            await app.canaries.add(BENCH, platform.lines("canaries"))
            names = [platform.names]
            await app.imports.import_file(BENCH, names, niche=NICHE, file_name="names.csv", create_niche=True)
            yield app
