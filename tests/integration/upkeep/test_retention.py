"""What is kept for a time only goes by the clock, in small slices, and nothing else goes with it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from core.clock import FakeClock
from core.domain.alarms import AlertKind, NewAlert
from core.domain.hourly_count import HourlyCount
from core.domain.transition import Kind, Transition
from core.storage import (
    alerts,
    allowances,
    forgetting,
    hourly_stats,
    minute_stats,
    one_time_codes,
    resource_events,
    schedule_runs,
    sign_ins,
)
from core.storage.database import Database, Transaction
from core.tasks import spawn
from core.upkeep import retention
from core.upkeep.retention import EVERY, SLICE, Retention
from tests.integration.engine.test_engine import until

NO_TIMES = (0,) * 8
BY_INDEX = (
    forgetting.error_groups,
    forgetting.told,
)
BY_ORDER = (forgetting.batch_events, forgetting.story_hours, forgetting.audit_lines)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


async def patiently(act: Callable[[], Awaitable[None]]) -> None:
    await act()


@asynccontextmanager
async def running(database: Database, clock: FakeClock) -> AsyncIterator[None]:
    """Retention, while the block runs."""
    task = spawn(Retention(database, clock, patiently).run(), name="retention")
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def write(database: Database, clock: FakeClock, *days: float, count: int = 1) -> None:
    """Lines, figures and alerts of so many days ago."""
    async with database.transaction() as tx:
        for each in days:
            at = clock.now() - timedelta(days=each)
            change = Transition(at, Kind.PROXY, 1, "ready", "cooling", "ip_block", None, "x")
            await resource_events.add(tx, [change] * count)
            await hourly_stats.add(tx, [HourlyCount(at, 1, "ok", "nobody", 1, NO_TIMES)])
            await alerts.add(tx, [NewAlert(AlertKind.BREAKER, "platform", "It refuses everybody.")], at)


async def count(database: Database, table: str) -> int:
    return int(await database.fetch_value(f"SELECT count(*) FROM {table}"))


async def counts(database: Database) -> tuple[int, int, int]:
    return (
        await count(database, "resource_event"),
        await count(database, "hourly_stat"),
        await count(database, "alert"),
    )


async def test_lines_go_after_30_days_and_figures_and_alerts_after_a_year(database: Database, clock: FakeClock) -> None:
    await write(database, clock, 0, 29, 31, 364, 366)
    async with running(database, clock):
        await until(lambda: _is(database, (2, 4, 4)))


async def test_what_grows_old_goes_while_the_engine_runs(database: Database, clock: FakeClock) -> None:
    await write(database, clock, 29.99, 40)
    async with running(database, clock):
        await until(lambda: _is(database, (1, 2, 2)))
        await until(lambda: _is_after_a_while(database, clock, (0, 2, 2)))


async def test_much_goes_in_slices(database: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    await write(database, clock, 31, count=2 * SLICE + 1)
    sizes: list[int] = []

    async def forget(tx: Transaction, *rest: object) -> int:
        sizes.append(await resource_events.forget(tx, *rest))  # type: ignore[arg-type]
        return sizes[-1]

    monkeypatch.setattr(retention, "KEPT_FOR_A_TIME", (forget,))
    async with running(database, clock):
        await until(lambda: _is_after_a_while(database, clock, (0, 1, 1)))
    assert sizes[:3] == [SLICE, SLICE, 1]


async def test_everything_that_is_kept_for_a_time_is_forgotten() -> None:
    assert set(retention.KEPT_FOR_A_TIME) == {
        resource_events.forget,
        hourly_stats.forget,
        alerts.forget,
        allowances.forget,
        sign_ins.forget,
        one_time_codes.forget,
        minute_stats.forget,
        schedule_runs.forget,
        minute_stats.forget_unknown,
        forgetting.forget_results,
        *(rows.forget for rows in (*BY_INDEX, *BY_ORDER)),
    }


async def _is(database: Database, expected: tuple[int, int, int]) -> bool:
    return await counts(database) == expected


async def _is_after_a_while(database: Database, clock: FakeClock, expected: tuple[int, int, int]) -> bool:
    await clock.advance(EVERY / 4)
    return await _is(database, expected)
