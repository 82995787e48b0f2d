"""The Niche Feed in a real Chromium at 1,000,000 profiles, against the same with 10,000; and while a batch runs.

The panel runs in a process of its own with its engine and the pretend platform, as ``run`` has them.  Browser,
panel and platform share the cores, so that on a machine with two of them the browser's part is most of each figure.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import subprocess
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.async_api import Page

from benchmarks.panel_clicks import ACTS, person, timed, timed_range, turning
from benchmarks.panel_large import everybody_in_a_batch, large_list
from benchmarks.table import Line, Spread, percentile, say

MOST_MS = 300.0
_RANGE_PAGES = 20
_TURNS = 40
# Enough to keep the engine busy for all turns.
_CHECKED = 60_000
_HERE = Path(__file__).parents[1]

Took = dict[str, list[float]]


def measure(quick: bool) -> list[Line]:
    """From the act to the drawn rows, in milliseconds."""
    sizes = (10_000, 100_000 if quick else 1_000_000)
    rounds = 3 if quick else 5
    with TemporaryDirectory(prefix="storywatch-bench-") as folder:
        few, many = (asyncio.run(_asked(_filled(Path(folder), size), rounds)) for size in sizes)
        said = [_line(f"{sizes[1]:,} profiles: {what}", many[what], few[what]) for what in few]
        many_profiles = Path(folder) / str(sizes[1])
        say("  everybody in a batch")
        said += asyncio.run(_everybody(many_profiles, sizes[1]))
        say("  a large list")
        said += asyncio.run(_large_list(many_profiles, quick=quick))
        say("  while a batch runs")
        return [*said, *asyncio.run(_beside_a_batch(many_profiles, quick=quick))]


def _filled(folder: Path, size: int) -> Path:
    say(f"  making {size:,} profiles")
    place = folder / str(size)
    place.mkdir()
    database = place / "sandbox.sqlite3"
    command = (sys.executable, "-m", "benchmarks.feeding", "fill", str(database), str(size))
    subprocess.run(command, cwd=_HERE, check=True, capture_output=True)
    return place


async def _asked(folder: Path, rounds: int) -> Took:
    took: Took = {}
    async with _panel(folder) as (page, _):
        for what, act in ACTS.items():
            say(f"  {what}")
            took[what] = [await timed(page, act) for _ in range(rounds)]
        took["a range over 2,000 rows"] = [await timed_range(page, _RANGE_PAGES) for _ in range(rounds)]
    return took


async def _everybody(folder: Path, size: int) -> list[Line]:
    async with _panel(folder, again=True) as (page, _):
        return await everybody_in_a_batch(page, size)


async def _large_list(folder: Path, *, quick: bool) -> list[Line]:
    async with _panel(folder, again=True) as (page, process):
        return await large_list(page, folder, process.pid, quick=quick)


async def _beside_a_batch(folder: Path, *, quick: bool) -> list[Line]:
    turns = _TURNS // 2 if quick else _TURNS
    async with _panel(folder, again=True) as (page, process):
        alone = await turning(page, turns)
        before = await _told(process, str(_CHECKED))
        loop = asyncio.get_running_loop()
        began = loop.time()
        beside = await turning(page, turns)
        after, seconds = await _told(process), loop.time() - began
    rate = (after["finished"] - before["finished"]) / seconds
    return [
        Line(
            f"turning the page, p95, while a batch runs ({rate:,.0f} verdicts/s)",
            f"{percentile(beside, 0.95):.0f} ms (median {percentile(beside, 0.5):.0f})",
            f"{percentile(alone, 0.95):.0f} ms (median {percentile(alone, 0.5):.0f}) at rest",
            f"{percentile(beside, 0.95) / percentile(alone, 0.95):.1f}×",
            f"≤ {MOST_MS:.0f} ms",
            percentile(beside, 0.95) <= MOST_MS,
        )
    ]


def _line(what: str, many: list[float], few: list[float]) -> Line:
    ours, bound = Spread(many), Spread(few)
    return Line(
        what,
        f"{ours.shown()} ms",
        f"{bound.shown()} ms with 10,000",
        f"{ours.median / bound.median:.1f}×",
        f"≤ {MOST_MS:.0f} ms",
        ours.median <= MOST_MS,
    )


@asynccontextmanager
async def _panel(folder: Path, *, again: bool = False) -> AsyncIterator[tuple[Page, Process]]:
    """A page at the panel over the database in *folder*, and the process behind it.

    Args:
        again: Somebody could sign in before; nobody can now.
    """
    if again:
        _forget_people(folder)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.panel_host", str(folder)), cwd=_HERE, stdin=PIPE, stdout=PIPE
    )
    try:
        async with person((await _answer(process))["link"]) as page:
            yield page, process
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()


def _forget_people(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "sandbox.sqlite3")) as connection, connection:
        for table in ("sign_in", "one_time_code", "person"):
            connection.execute(f"DELETE FROM {table}")


async def _told(process: Process, line: str = "") -> dict[str, Any]:
    assert process.stdin is not None
    process.stdin.write(f"{line}\n".encode())
    await process.stdin.drain()
    return await _answer(process)


async def _answer(process: Process) -> dict[str, Any]:
    assert process.stdout is not None
    told: dict[str, Any] = json.loads(await process.stdout.readline())
    return told
