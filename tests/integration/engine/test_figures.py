"""Figures by minute and hour are part of the recorder's commits: each verdict and exchange once, whatever fails."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from core.clock import FakeClock
from core.domain.minute_count import MinuteCount
from core.domain.verdict import Outcome, Reason
from core.engine.case import Result, Target
from core.errors import Unavailable
from core.sources.base import Story
from core.storage import minute_stats, results, story_hours
from core.storage.database import Database, Row, Transaction
from tests.integration.engine.recording import Office, office
from tests.integration.engine.recount import recount
from tests.unit.core.network.pools import GOOD


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def desk(database: Database, clock: FakeClock) -> Office:
    return office(database, clock)


def settle(desk: Office, batch: str, target: Target, outcome: Outcome, *, since: datetime | None = None) -> None:
    """Hand the recorder a verdict of this moment; a live one with a story since then."""
    now = desk.clock.now()
    story = None if since is None else Story(since, since + timedelta(hours=24))
    result = Result(target.check_id, target.username, outcome, Reason.OK, 1, "", now, story=story)
    desk.recorder.journal(batch).settled(result)


async def stories(desk: Office) -> list[tuple[datetime, int]]:
    """The hours of the only niche in which stories began."""
    return await story_hours.since(desk.database, 1, datetime.fromisoformat("2000-01-01T00:00+00:00"))


async def look(desk: Office, since: datetime | None, *, outcome: Outcome = Outcome.LIVE) -> None:
    """Check the one profile once more."""
    batch = await desk.batch(1)
    (target,) = await desk.targets(batch)
    settle(desk, batch, target, outcome, since=since)
    await desk.recorder.commit()


async def minutes(desk: Office) -> list[Row]:
    return await desk.database.fetch("SELECT * FROM minute_stat ORDER BY minute")


async def test_a_verdict_counts_in_the_minute_it_was_found_in(desk: Office, database_file: Path) -> None:
    batch = await desk.batch(3)
    first, second, third = await desk.targets(batch)
    desk.settle(batch, first, Outcome.LIVE)
    desk.settle(batch, second, Outcome.UNKNOWN)
    await desk.clock.advance(60)
    desk.settle(batch, third, Outcome.NONE)
    await desk.recorder.commit()
    one, other = [row for row in await minutes(desk) if row["live"] + row["none"] + row["unknown"]]
    assert (one["live"], one["none"], one["unknown"]) == (1, 0, 1)
    assert (other["live"], other["none"], other["unknown"]) == (0, 1, 0)
    await recount(database_file)


async def test_a_commit_that_fails_leaves_no_figures(
    desk: Office, database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = results.add_to_batches

    async def fails(tx: Transaction, sums: list[results.BatchSums]) -> list[Row]:
        await real(tx, sums)
        raise Unavailable("the disk is full")

    batch = await desk.batch(2)
    for target in await desk.targets(batch):
        desk.settle(batch, target, Outcome.UNKNOWN)
    await desk.route()
    async with desk.pool.lease() as lease:
        lease.sent = True
        lease.report(GOOD)
    monkeypatch.setattr(results, "add_to_batches", fails)
    with pytest.raises(Unavailable):
        await desk.recorder.commit(with_health=True)
    assert await minutes(desk) == []
    monkeypatch.setattr(results, "add_to_batches", real)
    await desk.recorder.commit(with_health=True)
    counted = await minute_stats.totals(desk.database)
    assert (counted["unknown"], counted["exchanges"]) == (2, 1)
    await recount(database_file)


async def test_a_result_that_comes_again_is_counted_once(desk: Office, database_file: Path) -> None:
    batch = await desk.batch(1)
    (target,) = await desk.targets(batch)
    for _ in range(2):
        desk.settle(batch, target, Outcome.LIVE)
        await desk.recorder.commit()
    await recount(database_file)


async def test_what_is_too_old_is_taken_together_and_totals_stay(desk: Office) -> None:
    now = desk.clock.now()
    old = now - minute_stats.KEPT - timedelta(days=1)
    async with desk.database.transaction() as tx:
        counts = [MinuteCount(old + timedelta(minutes=n), exchanges=n, memory_mb=90) for n in range(5)]
        await minute_stats.add(tx, [*counts, MinuteCount(now, exchanges=100)])
    forgotten = []
    for _ in range(3):
        async with desk.database.transaction() as tx:
            forgotten.append(await minute_stats.forget(tx, now, 3))
    assert forgotten == [3, 2, 0]
    rows = await minutes(desk)
    assert [row["exchanges"] for row in rows] == [10, 100]
    assert (await minute_stats.totals(desk.database))["exchanges"] == 110


async def test_reasons_that_are_too_old_are_taken_together_too(desk: Office) -> None:
    batch = await desk.batch(4)
    for target in await desk.targets(batch):
        desk.settle(batch, target, Outcome.UNKNOWN)
        await desk.recorder.commit()
        await desk.clock.advance(3600)
    later = desk.clock.now() + minute_stats.KEPT
    async with desk.database.transaction() as tx:
        assert await minute_stats.forget_unknown(tx, later, 100) == 4
        assert await minute_stats.forget_unknown(tx, later, 100) == 0
    assert await minute_stats.unknown_since(desk.database, minute_stats.BEFORE_ALL) == [("timeout", 4)]


async def test_a_story_is_counted_once_in_the_hour_it_began_in(desk: Office) -> None:
    began = desk.clock.now() - timedelta(hours=3, minutes=5)
    for _ in range(3):
        await look(desk, began)
        await desk.clock.advance(600)
    assert await stories(desk) == [(began.replace(minute=0, second=0, microsecond=0), 1)]


async def test_the_next_story_of_a_profile_counts_too(desk: Office) -> None:
    began = desk.clock.now() - timedelta(hours=3)
    await look(desk, began)
    await look(desk, began + timedelta(hours=1))
    await look(desk, None, outcome=Outcome.NONE)
    await desk.clock.advance(7200)
    await look(desk, desk.clock.now() - timedelta(minutes=1))
    assert [count for _, count in await stories(desk)] == [1, 1, 1]


async def test_a_story_that_was_missed_once_is_not_counted_again(desk: Office) -> None:
    began = desk.clock.now() - timedelta(hours=3)
    await look(desk, began)
    await look(desk, None, outcome=Outcome.NONE)
    await look(desk, began)
    await look(desk, None, outcome=Outcome.UNKNOWN)
    await look(desk, began)
    assert [count for _, count in await stories(desk)] == [1]


async def test_two_checks_of_one_profile_in_one_commit_count_its_story_once(desk: Office) -> None:
    began = desk.clock.now() - timedelta(hours=3)
    for batch in (await desk.batch(1), await desk.batch(1)):
        (target,) = await desk.targets(batch)
        settle(desk, batch, target, Outcome.LIVE, since=began)
    await desk.recorder.commit()
    assert [count for _, count in await stories(desk)] == [1]
