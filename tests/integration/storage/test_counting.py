"""A finished check counts in everything once, in the statement that finishes it; and the log is copied beside that."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from core.clock import FakeClock
from core.storage import checks, verdicts
from core.storage.checks import FinishedCheck
from core.storage.database import Database, Transaction, sql_time
from core.storage.sqlite_client import CHANGES_BETWEEN_CHECKPOINTS
from tests.integration.storage.rows import add_canary

_BATCH = """
INSERT INTO batch (id, name, status, total, finished, live, none, private, gone, unknown, skipped, requests,
    second_finds, active_seconds, created_by, created_at)
VALUES (?, ?, 'in_progress', 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 'test', ?)
"""
_COUNTED = """
SELECT p.checks_total, p.conclusive_total, p.stories_total, p.last_outcome, p.unknown_streak,
    (SELECT sum(live + none + private + gone + unknown) FROM minute_stat) AS minutes,
    (SELECT sum(unknown) FROM minute_stat) AS unknown_minutes, (SELECT sum(count) FROM unknown_stat) AS unknown_hours,
    (SELECT sum(count) FROM story_hour) AS stories
FROM profile p WHERE p.username = 'ann'
"""


@pytest.fixture
async def ids(database: Database) -> list[int]:
    """Pending checks of one profile, in three batches."""
    now = sql_time(database.clock.now())
    async with database.transaction() as tx:
        await tx.execute("INSERT INTO niche (id, name, name_key, position, created_at) VALUES (1, 'a', 'a', 1, ?)", now)
        await tx.execute(
            "INSERT INTO profile (username, niche_id, status, created_at, checks_total, conclusive_total,"
            " stories_total, detection_ppm, unknown_streak, is_private, watched)"
            " VALUES ('ann', 1, 'active', ?, 0, 0, 0, 0, 0, 0, 0)",
            now,
        )
        for batch in "abc":
            await tx.execute(_BATCH, batch, batch, now)
            await checks.create(tx, batch_id=batch, names=["ann"], number=1, now=None, fresh_since=None)
    return [row["id"] for row in await database.fetch("SELECT id FROM checks ORDER BY id")]


def verdict(check_id: int, outcome: str, clock: FakeClock) -> FinishedCheck:
    now, reason = clock.now(), "timeout" if outcome == "unknown" else "ok"
    since, until = (sql_time(now + timedelta(hours=hours)) if outcome == "live" else None for hours in (-1, 23))
    return FinishedCheck(check_id, outcome, reason, 1, "", 80, 1, 1, since, until, sql_time(now), "ann")


async def counted(database: Database) -> tuple[object, ...]:
    (row,) = await database.fetch(_COUNTED)
    return tuple(row)


async def test_two_checks_of_one_profile_count_in_their_order_whatever_their_ids(
    database: Database, clock: FakeClock, ids: list[int]
) -> None:
    first, second, third = ids
    group = [verdict(third, "live", clock), verdict(first, "unknown", clock), verdict(second, "none", clock)]
    assert await database.at_once(lambda tx: verdicts.store(tx, group)) == set(ids)
    assert await counted(database) == (3, 2, 1, "none", 0, 3, 1, 1, 1)


async def test_what_was_finished_already_counts_nowhere_again(
    database: Database, clock: FakeClock, ids: list[int]
) -> None:
    first, second, _ = ids
    assert await database.at_once(lambda tx: verdicts.store(tx, [verdict(first, "unknown", clock)])) == {first}
    async with database.transaction() as tx:
        await tx.execute("UPDATE batch SET commits = commits + 1")
    group = [verdict(first, "live", clock), verdict(second, "unknown", clock)]
    assert await database.at_once(lambda tx: verdicts.store(tx, group)) == {second}
    assert await counted(database) == (2, 0, 0, "unknown", 2, 2, 2, 2, None)


async def test_a_commit_that_is_rolled_back_leaves_nothing_counted(
    database: Database, clock: FakeClock, ids: list[int]
) -> None:
    async def work(tx: Transaction) -> None:
        await verdicts.store(tx, [verdict(ids[0], "live", clock)])
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await database.at_once(work)
    assert await counted(database) == (0, 0, 0, None, 0, None, None, None, None)


async def test_another_programs_changes_set_nothing_off(
    database: Database, database_file: Path, clock: FakeClock, ids: list[int]
) -> None:
    with closing(sqlite3.connect(database_file)) as other, other:
        other.execute("UPDATE checks SET state = 'done', outcome = 'none'")
    assert await counted(database) == (0, 0, 0, None, 0, None, None, None, None)


@pytest.mark.parametrize("at_once", [True, False])
async def test_after_many_changes_the_log_is_copied_into_the_file(
    database: Database, database_file: Path, tmp_path: Path, at_once: bool
) -> None:
    async def work(tx: Transaction) -> None:
        for number in range(CHANGES_BETWEEN_CHECKPOINTS):
            await add_canary(tx, f"name{number}")

    if at_once:
        await database.at_once(work)
    else:
        async with database.transaction() as tx:
            await work(tx)
    # The file without its log.
    alone = shutil.copy(database_file, tmp_path / "alone.db")
    with closing(sqlite3.connect(alone)) as copied:
        assert copied.execute("SELECT count(*) FROM canary").fetchone() == (CHANGES_BETWEEN_CHECKPOINTS,)
