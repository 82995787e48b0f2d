"""What twenty people who watch two hundred batches cost: bytes a second for each page, and share of a core.

The batches are in progress and their checks are finished by the recorder's own queries, so what the panel reads is
what it reads beside an engine.  Pages are held open by a process of its own; their bytes are counted on the way.
The CPU is that of the whole process with pages, less the same without.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp

from benchmarks.table import Line
from core.app import App, open_app
from core.clock import SystemClock
from core.domain.actor import Actor, Role
from core.services.views import BatchView
from core.settings import Platform, Settings
from core.storage import batches as batch_rows
from core.storage import results, verdicts
from core.storage.checks import FinishedCheck
from core.storage.database import Database, open_database, sql_time
from core.storage.results import BatchSums
from core.tasks import spawn
from panel.server import serve_panel

PAGES = 20
BATCHES = 200
CHECKS = 1_000
MOST_BYTES = 2_000
MOST_CPU = 0.10
# Commits of the recorder in a second; each touches a part of the batches.
_COMMITS = 4
_BENCH = Actor("bench", Role.ADMIN)
_NICHE = "bench"
_WARM_UP = 3.0
_REASONS = ("rate_limited", "timeout", "no_canary")


@dataclass(frozen=True, slots=True)
class Seen:
    """What was measured in one spell.

    Args:
        bytes: A second for each page, as they travel; *text* before they are compressed.
        cpu: Share of a core.
    """

    bytes: float
    text: float
    cpu: float


def measure(quick: bool) -> list[Line]:
    """Ten batches that move in a second, and all of them."""
    seconds = 5.0 if quick else 20.0
    return asyncio.run(_measured(seconds))


async def _measured(seconds: float) -> list[Line]:
    with TemporaryDirectory(prefix="storywatch-bench-") as folder:
        settings = _settings(Path(folder))
        async with (
            open_app(settings, SystemClock()) as app,
            open_database(settings.database_file, clock=app.clock) as database,
        ):
            ids = await _running(app, database)
            recorder = _Recorder(database, ids)
            await recorder.prepare()
            async with serve_panel(app):
                cookie = await _signed_in(app)
                lines = []
                for moving in (10, BATCHES):
                    lines += await _spell(settings.panel_port, cookie, recorder, moving=moving, seconds=seconds)
                return lines


async def _spell(port: int, cookie: str, recorder: _Recorder, *, moving: int, seconds: float) -> list[Line]:
    async with recorder.at_work(moving):
        alone = await _watched(None, seconds)
        async with _pages(port, cookie) as pages:
            await asyncio.sleep(_WARM_UP)
            seen = await _watched(pages, seconds)
    cpu = seen.cpu - alone.cpu
    what = f"{PAGES} pages, {BATCHES} running batches, {moving} of them move a second"
    return [
        Line(
            f"{what}: bytes a second for a page",
            f"{seen.bytes:,.0f}",
            f"{seen.text:,.0f} before compression",
            target=f"≤ {MOST_BYTES:,}",
            met=seen.bytes <= MOST_BYTES,
        ),
        Line(
            "  share of a core for all pages",
            f"{100 * cpu:.1f} %",
            f"{100 * alone.cpu:.1f} % recording alone",
            target=f"≤ {100 * MOST_CPU:.0f} %",
            met=cpu <= MOST_CPU,
        ),
    ]


async def _watched(pages: _Pages | None, seconds: float) -> Seen:
    if pages is not None:
        await pages.ask()
    began, used = time.monotonic(), time.process_time()
    await asyncio.sleep(seconds)
    passed, cpu = time.monotonic() - began, time.process_time() - used
    told = {"bytes": 0, "text": 0} if pages is None else await pages.ask()
    return Seen(told["bytes"] / passed / PAGES, told["text"] / passed / PAGES, cpu / passed)


# -- the ground -----------------------------------------------------------------------


def _settings(folder: Path) -> Settings:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return Settings(
        data_dir=folder,
        database_url=None,
        platform=Platform.INSTAGRAM,
        platform_url=None,
        platform_ca_file=None,
        secret_key=None,
        log_format="console",
        panel_port=port,
    )


async def _running(app: App, database: Database) -> list[BatchView]:
    """Batches in progress, without an engine."""
    lines = "\n".join(f"bench{number:05}" for number in range(CHECKS))
    await app.imports.import_file(_BENCH, [lines.encode()], niche=_NICHE, file_name="bench.txt", create_niche=True)
    made = [
        await app.batches.create(_BENCH, niche=_NICHE, name=f"Batch number {number}", recheck=True)
        for number in range(BATCHES)
    ]
    await app.batches.start(_BENCH, [batch.id for batch in made])
    async with database.transaction() as tx:
        await batch_rows.promote(tx, BATCHES, database.clock.now())
    return made


class _Recorder:
    """Finishes checks of running batches, as the engine's recorder stores them."""

    def __init__(self, database: Database, batches: Sequence[BatchView]) -> None:
        self._database = database
        self._batches = batches
        self._left: dict[str, Iterator[tuple[int, str]]] = {}

    async def prepare(self) -> None:
        """Learn the ids of the checks."""
        for batch in self._batches:
            rows = await self._database.fetch("SELECT id, profile_id FROM checks WHERE batch_id = ?", batch.id)
            self._left[batch.id] = iter([(row["id"], row["profile_id"]) for row in rows])

    @asynccontextmanager
    async def at_work(self, moving: int) -> AsyncIterator[None]:
        """Finish a check of *moving* batches every second while the block runs."""
        work = spawn(self._work(moving), name="finish checks")
        try:
            yield
        finally:
            work.cancel()
            await asyncio.wait({work})

    async def _work(self, moving: int) -> None:
        turn = cycle([batch.id for batch in self._batches])
        due = self._database.clock.monotonic()
        for number in cycle(range(_COMMITS)):
            share = moving // _COMMITS + (number < moving % _COMMITS)
            await self._commit(list(islice(turn, share)))
            due += 1 / _COMMITS
            await self._database.clock.sleep(max(0.0, due - self._database.clock.monotonic()))

    async def _commit(self, batch_ids: Sequence[str]) -> None:
        now = self._database.clock.now()
        finished = [self._finished(*next(self._left[batch_id])) for batch_id in batch_ids]
        sums = [_sums(batch_id, check, sql_time(now)) for batch_id, check in zip(batch_ids, finished, strict=True)]
        async with self._database.transaction() as tx:
            await verdicts.store(tx, finished)
            await results.add_to_batches(tx, sums)

    def _finished(self, check_id: int, name: str) -> FinishedCheck:
        now = self._database.clock.now()
        outcome = "unknown" if check_id % 20 == 0 else "live" if check_id % 3 == 0 else "none"
        return FinishedCheck(
            check_id,
            outcome,
            _REASONS[check_id % len(_REASONS)] if outcome == "unknown" else "ok",
            attempts=2,
            trail="s1/p1 absent 4/11; s2/p2 absent 3/7",
            latency_ms=120,
            proxy_id=None,
            session_id=None,
            story_since=None,
            story_until=sql_time(now + timedelta(hours=3)) if outcome == "live" else None,
            checked_at=sql_time(now),
            username=name,
        )


def _sums(batch_id: str, check: FinishedCheck, at: str) -> BatchSums:
    sums = BatchSums(batch_id, at, finished=1, requests=1, seconds=1.0)
    setattr(sums, check.outcome, 1)
    return sums


async def _signed_in(app: App) -> str:
    """The cookie of the first person, who signs in by the link that a start prints."""
    link = await app.sign_ins.first_link()
    assert link is not None
    form = {"name": "bench", "password": "correct horse battery", "again": "correct horse battery"}
    url = link.reveal()
    async with (
        aiohttp.ClientSession(headers={"Origin": app.settings.panel_url}) as browser,
        browser.post(url, data=form, allow_redirects=False) as answer,
    ):
        cookies = [f"{cookie.key}={cookie.value}" for cookie in answer.cookies.values() if cookie.value]
    assert cookies, "the sign-in was refused"
    return "; ".join(cookies)


class _Pages:
    """The process that holds pages open."""

    def __init__(self, process: Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._stdin, self._stdout = process.stdin, process.stdout

    async def ask(self, **line: object) -> dict[str, int]:
        """What it answers; without a question, what came since the last time."""
        self._stdin.write(json.dumps(line).encode() + b"\n")
        await self._stdin.drain()
        told: dict[str, int] = json.loads(await self._stdout.readline())
        return told


@asynccontextmanager
async def _pages(port: int, cookie: str) -> AsyncIterator[_Pages]:
    """Pages at the table of batches, open while the block runs."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.peers.pages"), cwd=Path(__file__).parents[1], stdin=PIPE, stdout=PIPE
    )
    try:
        pages = _Pages(process)
        assert await pages.ask(port=port, cookie=cookie, address="/batches", pages=PAGES) == {"open": PAGES}
        yield pages
    finally:
        process.kill()
        await process.wait()
