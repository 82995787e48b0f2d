"""What schedules cost: a tick among a thousand of them beside a million profiles, and memory over a simulated day.

Half of them are intervals, half of them cron rules of one time, so five hundred are due in the same second once a day.
They look for profiles with a story, of which there are none: each run reads its niche, and no batch of millions of
checks is written.  Ticks come once a simulated minute.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from benchmarks.ground import BENCH
from benchmarks.table import Line, percentile, say
from core.clock import FakeClock
from core.domain.limits import Limits
from core.events import Events
from core.services.niches import Niches
from core.services.schedule_firing import Firing
from core.services.schedules import Schedules
from core.services.views import ScheduleDraft
from core.storage.database import Database, open_database
from core.upkeep.scheduler import Scheduler

SCHEDULES = 1_000
PROFILES = 1_000_000
NICHES = 100
LONGEST_TICK_MS = 50.0
MOST_GROWTH_MB = 10.0
_MINUTES = 24 * 60
_WARM = 4 * 60

_FILL = """
WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?1 - 1)
INSERT INTO profile (username, niche_id, status, checks_total, conclusive_total, stories_total, detection_ppm,
    unknown_streak, created_at)
SELECT printf('u%07d', n), 1 + n * ?2 / ?1, 'active', 0, 0, 0, 0, 0, '2026-01-01 00:00:00+00:00' FROM numbers
"""


class _Day(FakeClock):
    """Time that goes on when it is told to; a sleeper only lets others have their turn.  Spans are the machine's."""

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)

    def monotonic(self) -> float:
        return time.perf_counter()

    def go_on(self, seconds: float) -> None:
        self._elapsed += seconds


@dataclass(slots=True)
class _Seen:
    """What a day took, in milliseconds and bytes."""

    ticks: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)
    runs: int = 0


def measure(quick: bool) -> list[Line]:
    """Ticks and memory over a simulated day."""
    with TemporaryDirectory(prefix="storywatch-bench-") as folder:
        seen = asyncio.run(_a_day(Path(folder), PROFILES // 10 if quick else PROFILES))
    longest, processor = max(seen.ticks), max(seen.processor)
    growth = (seen.memory[-1] - seen.memory[0]) / 1e6
    return [
        Line(f"a tick among {SCHEDULES:,} schedules, median of {len(seen.ticks):,}", f"{_middle(seen.ticks):.2f} ms"),
        Line("  99 % within", f"{percentile(seen.ticks, 0.99):.0f} ms"),
        Line(
            "  the longest, by the clock and by the processor",
            f"{longest:.0f} ms, {processor:.0f} ms",
            target=f"≤ {LONGEST_TICK_MS:.0f} ms",
            met=processor <= LONGEST_TICK_MS,
        ),
        Line(
            f"  memory added from the 4th to the 24th hour, {seen.runs:,} runs in all",
            f"{growth:.1f} MB",
            target=f"≤ {MOST_GROWTH_MB:.0f} MB",
            met=growth <= MOST_GROWTH_MB,
        ),
    ]


async def _a_day(folder: Path, profiles: int) -> _Seen:
    clock, events = _Day(datetime(2026, 5, 1, tzinfo=UTC)), Events()
    async with open_database(folder / "schedules.sqlite3", clock=clock) as database:
        await _fill(database, clock, events, profiles)
        say(f"  {profiles:,} profiles and {SCHEDULES:,} schedules are stored")
        firing = Firing(database, clock, events, Limits())
        scheduler = Scheduler(firing, clock=clock, events=events, patiently=_once, bug=_raised)
        seen, process = _Seen(), psutil.Process()
        for minute in range(_MINUTES):
            clock.go_on(60)
            more = True
            while more:
                began, used = time.perf_counter(), time.process_time()
                more = await scheduler.tick()
                seen.ticks.append((time.perf_counter() - began) * 1_000)
                seen.processor.append((time.process_time() - used) * 1_000)
            await scheduler.make()
            if minute >= _WARM:
                seen.memory.append(process.memory_info().rss)
        seen.runs = int(await database.fetch_value("SELECT count(*) FROM schedule_run WHERE outcome = 'skipped'"))
    return seen


async def _fill(database: Database, clock: FakeClock, events: Events, profiles: int) -> None:
    niches, schedules = Niches(database, clock, events), Schedules(database, clock, events)
    for number in range(NICHES):
        await niches.create(BENCH, f"niche {number}")
    async with database.transaction() as tx:
        await tx.execute(_FILL, profiles, NICHES)
    for number in range(SCHEDULES):
        draft = ScheduleDraft(
            (f"niche {number % NICHES}",),
            every="4h" if number % 2 else "",
            cron="" if number % 2 else "0 9 * * *",
            name=f"schedule {number}",
            timezone="Europe/Berlin",
            only="with_story",
        )
        await schedules.add(BENCH, draft)


async def _once(act: Callable[[], Awaitable[None]]) -> None:
    await act()


def _raised(error: Exception) -> None:
    raise error


def _middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]
