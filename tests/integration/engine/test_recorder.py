"""Group commit: soon, whole, once; whatever fails on the way."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core.clock import FakeClock, settle
from core.domain.tally import Report
from core.domain.verdict import Act, Blame, Consequence, Outcome, Reason
from core.engine.backlog import Backlog
from core.engine.recorder import GROUP, HealthNews, Recorder
from core.errors import Unavailable
from core.secrets import Secret
from core.sources.base import Login
from core.storage import engine_state, results, sqlite_client
from core.storage.database import Database, Row, Transaction, sql_time
from core.storage.transactions import DirectTransaction
from core.tasks import spawn
from tests.integration.engine.conftest import ADMIN
from tests.integration.engine.recording import Office, office
from tests.integration.engine.recount import recount
from tests.integration.engine.test_engine import until


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def desk(database: Database, clock: FakeClock) -> Office:
    """A recorder that is not running."""
    return office(database, clock)


@pytest.fixture
async def running(desk: Office) -> AsyncIterator[Office]:
    """A recorder that stores what comes."""
    task = spawn(desk.recorder.run(), name="recorder")
    yield desk
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


class _Failing:
    """The last statement of a commit fails once, after everything else was written."""

    def __init__(self) -> None:
        self.error: Exception | None = Unavailable("the disk is full")
        self._real = results.add_to_batches

    async def __call__(self, tx: Transaction, sums: list[results.BatchSums]) -> list[Row]:
        rows = await self._real(tx, sums)
        if self.error is not None:
            error, self.error = self.error, None
            raise error
        return rows


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> _Failing:
    failure = _Failing()
    monkeypatch.setattr(results, "add_to_batches", failure)
    return failure


async def _stored(desk: Office, batch: str, count: int) -> bool:
    return await desk.finished(batch) == count


async def test_a_full_group_is_stored_without_waiting(running: Office) -> None:
    batch = await running.batch(GROUP)
    for target in await running.targets(batch):
        running.settle(batch, target)
    await until(lambda: _stored(running, batch, GROUP))
    assert running.clock.monotonic() == 0.0


async def test_a_lone_verdict_is_stored_within_50_milliseconds(running: Office) -> None:
    batch = await running.batch(2)
    running.settle(batch, (await running.targets(batch))[0])
    await settle()
    assert running.recorder.backlog == 1
    await running.clock.advance(0.05)
    await until(lambda: _stored(running, batch, 1))


async def test_when_a_commit_fails_everything_is_kept_and_counted_once(
    desk: Office, failing: _Failing, database_file: Path
) -> None:
    batch = await desk.batch(3)
    journal = desk.recorder.journal(batch)
    for target in await desk.targets(batch):
        journal.asked()
        desk.settle(batch, target, Outcome.LIVE)
    with pytest.raises(Unavailable):
        await desk.recorder.commit()
    assert (desk.recorder.backlog, await desk.finished(batch)) == (3, 0)
    await desk.recorder.commit()
    stored = await desk.batches.show(ADMIN, batch)
    assert (desk.recorder.backlog, stored.finished, stored.live, stored.requests) == (0, 3, 3, 3)
    await recount(database_file)


async def test_what_comes_while_a_commit_fails_goes_with_the_next_one(
    desk: Office, failing: _Failing, database_file: Path
) -> None:
    batch = await desk.batch(2)
    first, second = await desk.targets(batch)
    desk.settle(batch, first, Outcome.LIVE)
    committing = spawn(desk.recorder.commit(), name="commit")
    await asyncio.sleep(0)
    desk.settle(batch, second, Outcome.UNKNOWN)
    with pytest.raises(Unavailable):
        await committing
    await desk.recorder.commit()
    stored = await desk.batches.show(ADMIN, batch)
    assert (stored.finished, stored.live, stored.unknown) == (2, 1, 1)
    await recount(database_file)


async def test_while_another_process_has_the_database_everything_is_kept_and_then_stored(
    running: Office, database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_client, "WAITS", 1)
    batch = await running.batch(2)
    first, second = await running.targets(batch)
    with closing(sqlite3.connect(database_file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        running.settle(batch, first)
        await running.clock.advance(0.05)
        await until(lambda: _kept(running, 1))
        running.settle(batch, second)
        other.execute("ROLLBACK")
    await until(lambda: _advancing(running, batch, 2))
    await recount(database_file)


async def _kept(desk: Office, count: int) -> bool:
    """The commit has failed and waits for its next try."""
    return desk.recorder.backlog == count and bool(desk.clock._timers)


async def _advancing(desk: Office, batch: str, count: int) -> bool:
    await desk.clock.advance(1.0)
    return await _stored(desk, batch, count)


async def test_a_result_that_comes_again_later_counts_once(desk: Office, database_file: Path) -> None:
    batch = await desk.batch(2)
    target = (await desk.targets(batch))[0]
    for outcome in (Outcome.LIVE, Outcome.NONE):
        desk.settle(batch, target, outcome)
        await desk.recorder.commit()
    stored = await desk.batches.show(ADMIN, batch)
    assert (stored.finished, stored.live, stored.none) == (1, 1, 0)
    await recount(database_file)


async def test_a_result_that_comes_twice_in_one_group_counts_once(desk: Office, database_file: Path) -> None:
    batch = await desk.batch(3)
    first, second, _ = await desk.targets(batch)
    desk.settle(batch, first, Outcome.LIVE)
    desk.settle(batch, second, Outcome.NONE)
    desk.settle(batch, first, Outcome.LIVE)
    await desk.recorder.commit()
    stored = await desk.batches.show(ADMIN, batch)
    assert (stored.finished, stored.live, stored.none) == (2, 1, 1)
    await recount(database_file)


async def test_a_result_that_comes_again_while_its_commit_fails_counts_once(
    desk: Office, failing: _Failing, database_file: Path
) -> None:
    batch = await desk.batch(2)
    target = (await desk.targets(batch))[0]
    desk.settle(batch, target, Outcome.LIVE)
    committing = spawn(desk.recorder.commit(), name="commit")
    await asyncio.sleep(0)
    desk.settle(batch, target, Outcome.NONE)
    with pytest.raises(Unavailable):
        await committing
    await desk.recorder.commit()
    stored = await desk.batches.show(ADMIN, batch)
    assert (stored.finished, stored.live, stored.none) == (1, 1, 0)
    await recount(database_file)


async def test_two_checks_of_one_profile_in_one_group_both_count(desk: Office, database_file: Path) -> None:
    one, other = await desk.batch(1), await desk.batch(1)
    desk.settle(one, (await desk.targets(one))[0], Outcome.LIVE)
    desk.settle(other, (await desk.targets(other))[0], Outcome.NONE)
    await desk.recorder.commit()
    row = await desk.database.fetch_one("SELECT checks_total, stories_total, last_outcome FROM profile")
    assert row is not None
    assert tuple(row) == (2, 1, "none")
    await recount(database_file)


async def test_results_of_a_deleted_batch_count_nowhere(desk: Office, database_file: Path) -> None:
    gone, kept = await desk.batch(2), await desk.batch(2)
    for target in await desk.targets(gone):
        desk.settle(gone, target, Outcome.LIVE)
    desk.recorder.journal(gone).happened("renamed", "It has another name.")
    desk.settle(kept, (await desk.targets(kept))[0], Outcome.NONE)
    deleting = spawn(desk.batches.delete(ADMIN, [gone]), name="delete")
    await until(lambda: _ended(desk, deleting))
    await desk.recorder.commit()
    assert await desk.finished(kept) == 1
    row = await desk.database.fetch_one("SELECT sum(checks_total), sum(stories_total) FROM profile")
    assert row is not None
    assert tuple(row) == (1, 0)
    assert await desk.database.fetch("SELECT 1 FROM batch_event WHERE what = 'renamed'") == []
    await recount(database_file)


async def _ended(desk: Office, task: asyncio.Task[Any]) -> bool:
    await desk.clock.advance(0.01)
    return task.done()


async def test_results_that_come_after_a_stop_are_kept(desk: Office, database_file: Path) -> None:
    batch = await desk.batch(2)
    target = (await desk.targets(batch))[0]
    desk.settle(batch, target)
    await desk.batches.stop(ADMIN, [batch])
    await desk.recorder.commit()
    stored = await desk.batches.show(ADMIN, batch)
    assert (stored.shown_status, stored.finished) == ("Stopped at 50 %", 1)
    await recount(database_file)


async def test_the_last_result_after_a_stop_makes_the_batch_done(desk: Office, database_file: Path) -> None:
    batch = await desk.batch(1)
    desk.settle(batch, (await desk.targets(batch))[0])
    await desk.batches.stop(ADMIN, [batch])
    await desk.recorder.commit()
    assert (await desk.batches.show(ADMIN, batch)).status == "done"
    await recount(database_file)


async def test_renewed_cookies_survive_a_commit_that_fails(desk: Office, failing: _Failing) -> None:
    await desk.route()
    await _follow(desk)
    batch = await desk.batch(1)
    await _renewed(desk, "fresh")
    await _follow(desk)
    desk.recorder.journal(batch).asked()
    with pytest.raises(Unavailable):
        await desk.recorder.commit(with_health=True)
    assert "rur" not in await desk.cookies()
    await desk.recorder.commit(with_health=True)
    assert (await desk.cookies())["rur"] == "fresh"


async def test_what_was_not_stored_of_health_is_not_taken_for_stored(desk: Office, failing: _Failing) -> None:
    await desk.route()
    batch = await desk.batch(1)
    failing.error = None
    await _renewed(desk, "one")
    await _follow(desk)
    await desk.recorder.commit(with_health=True)
    stored = [dict(each) for each in desk.recorder.stored_health]
    failing.error = Unavailable("the disk is full")
    await desk.clock.advance(60.0)
    await _renewed(desk, "two")
    desk.recorder.journal(batch).asked()
    with pytest.raises(Unavailable):
        await desk.recorder.commit(with_health=True)
    assert [dict(each) for each in desk.recorder.stored_health] == stored


async def test_a_rest_is_kept_in_the_next_commit_however_soon_that_is(desk: Office) -> None:
    await desk.route()
    batch = await desk.batch(1)
    await _follow(desk)
    await desk.recorder.commit(with_health=True)
    told = Consequence(Act.COOL, 600.0, told=True)
    async with desk.pool.lease() as lease:
        lease.report(Report(ok=False, reason=Reason.RATE_LIMITED, blame=Blame.SESSION, consequence=told))
    desk.recorder.journal(batch).asked()
    await desk.recorder.commit()
    (session,) = await desk.sessions.list(ADMIN)
    assert session.state == "resting"
    assert session.ready_at == desk.clock.now() + timedelta(seconds=600)


async def test_with_many_verdicts_the_counters_go_into_a_transaction_of_their_own(
    desk: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await desk.route()
    batch = await desk.batch(60)
    await _follow(desk)
    stored: list[tuple[int, bool]] = []
    store = Recorder._store

    async def seen(self: Recorder, tx: Transaction, backlog: Backlog, news: HealthNews | None, spent: Any) -> Any:
        stored.append((len(backlog.finished), news is not None))
        return await store(self, tx, backlog, news, spent)

    monkeypatch.setattr(Recorder, "_store", seen)
    targets = await desk.targets(batch)
    for target in targets[:51]:
        desk.settle(batch, target)
    await desk.recorder.commit(with_health=True)
    for target in targets[51:]:
        desk.settle(batch, target)
    await desk.recorder.commit(with_health=True)
    assert stored == [(51, False), (0, True), (9, True)]


async def test_what_somebody_else_took_between_reading_and_claiming_is_not_claimed(
    desk: Office, database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = await desk.batch(5)
    glance = DirectTransaction.glance
    later = sql_time(desk.clock.now() + timedelta(seconds=60))

    async def overtaken(self: DirectTransaction, sql: str, *params: Any) -> list[Row]:
        found = await glance(self, sql, *params)
        with closing(sqlite3.connect(database_file)) as other, other:
            taken = "UPDATE checks SET claimed_by = 'other', claimed_until = ? WHERE profile_id = 'name001'"
            other.execute(taken, (later,))
            other.execute("UPDATE checks SET state = 'done' WHERE profile_id = 'name003'")
        return found

    monkeypatch.setattr(DirectTransaction, "glance", overtaken)
    assert [target.username for target in await desk.targets(batch)] == ["name000", "name002", "name004"]
    holders = await desk.database.fetch("SELECT profile_id, claimed_by FROM checks WHERE claimed_by IS NOT NULL")
    others = [row["profile_id"] for row in holders if row["claimed_by"] == "other"]
    assert (others, len(holders)) == (["name001"], 4)


async def _follow(desk: Office) -> None:
    desk.recorder.followed = await engine_state.revision(desk.database)


async def _renewed(desk: Office, value: str) -> None:
    """Session 1 makes an exchange in which the platform renews a cookie."""
    async with desk.pool.lease() as lease:
        login = lease.login
        lease.sent = True
        lease.renew(_with(login, rur=value))


def _with(login: Login, **cookies: str) -> Login:
    return replace(login, cookies={**login.cookies, **{name: Secret(value) for name, value in cookies.items()}})
