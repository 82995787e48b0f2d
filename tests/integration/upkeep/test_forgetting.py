"""What each table keeps, for how long, and that what is young is not even looked at."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from core.clock import FakeClock
from core.storage import forgetting
from core.storage.database import Database, sql_time
from core.storage.forgetting import OldRows
from core.upkeep.retention import SLICE, forget_old
from tests.integration.services.conftest import QuickClock

# What a row of each table needs besides its time.
NEEDED: dict[str, dict[str, Any]] = {
    "error_group": {"kind": "bug", "title": "x", "count": 1},
    "told": {},
    "batch_event": {"batch_id": "b", "what": "start", "text": ""},
    "story_hour": {"niche_id": 1},
    "audit_entry": {"actor": "cli:ann", "verb": "niche.create", "subject": "", "detail": ""},
}
KEPT = [
    (forgetting.batch_events, "at", 30),
    (forgetting.error_groups, "last_seen", 90),
    (forgetting.told, "at", 365),
    (forgetting.story_hours, "hour", 365),
    (forgetting.audit_lines, "at", 365),
]


@pytest.fixture
def clock() -> FakeClock:
    return QuickClock()


async def write(database: Database, table: str, column: str, ats: list[datetime]) -> None:
    """A row of each of these times, the oldest first."""
    async with database.transaction() as tx:
        await tx.execute("PRAGMA defer_foreign_keys = ON")
        await parents(database, tx)
        for at in sorted(ats):
            row = NEEDED[table] | {column: sql_time(at)}
            if table == "error_group":
                row |= {"fingerprint": sql_time(at), "first_seen": sql_time(at)}
            elif table == "told":
                row["key"] = sql_time(at)
            names, marks = ", ".join(row), ", ".join("?" * len(row))
            await tx.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", *row.values())


async def parents(database: Database, tx: Any) -> None:
    at = sql_time(database.clock.now())
    await batch(tx, "b", at)


async def batch(tx: Any, batch_id: str, at: str, *, status: str = "done", finished_at: str | None = None) -> None:
    await tx.execute(
        'INSERT OR IGNORE INTO batch (id, name, status, total, finished, live, "none", private, gone, unknown, skipped,'
        " requests, second_finds, active_seconds, created_by, created_at, finished_at)"
        " VALUES (?, ?, ?, 3, 3, 3, 0, 0, 0, 0, 0, 1, 0, 1.0, 'cli:ann', ?, ?)",
        batch_id,
        batch_id,
        status,
        at,
        finished_at,
    )


@pytest.mark.parametrize(("rows", "column", "days"), KEPT, ids=[rows.table for rows, _, _ in KEPT])
async def test_a_row_goes_when_it_is_too_old_and_not_before(
    database: Database, clock: FakeClock, rows: OldRows, column: str, days: int
) -> None:
    now = clock.now()
    old = [now - timedelta(days=days, seconds=second + 1) for second in range(SLICE + 2)]
    young = [now - timedelta(days=days) + timedelta(seconds=1), now]
    await write(database, rows.table, column, old + young)
    await forget_old(database, clock, rows.forget)
    left = await database.fetch(f"SELECT {column} AS at FROM {rows.table} ORDER BY 1")
    assert [row["at"] for row in left] == [sql_time(at) for at in young]


@pytest.mark.parametrize("rows", [rows for rows, _, _ in KEPT], ids=[rows.table for rows, _, _ in KEPT])
async def test_what_is_young_is_not_looked_at(database: Database, rows: OldRows) -> None:
    plan = await database.fetch(f"EXPLAIN QUERY PLAN {rows.find}", "2026", 500)
    steps = [row["detail"] for row in plan]
    is_small = rows.table == "error_group"
    ends_early = "LIMIT" in rows.find and "ORDER BY id" in rows.find
    assert is_small or ends_early or all("USING" in step and "INDEX" in step for step in steps), steps
    assert not any("TEMP B-TREE" in step for step in steps), steps


async def checks(tx: Any, batch_id: str, count: int) -> None:
    for number in range(count):
        await tx.execute(
            "INSERT INTO checks (batch_id, profile_id, state, outcome, reason, attempts)"
            " VALUES (?, ?, 'done', 'live', 'ok', 1)",
            batch_id,
            f"p{number}",
        )


@pytest.fixture
async def old_batches(database: Database, clock: FakeClock) -> None:
    """Three batches that were done long ago, one that is young, one that was stopped long ago; 3 checks each."""
    now = clock.now()
    async with database.transaction() as tx:
        at = sql_time(now - timedelta(days=400))
        await tx.execute("INSERT INTO niche (id, name, name_key, position, created_at) VALUES (1, 'x', 'x', 1, ?)", at)
        for number in range(3):
            await tx.execute(
                "INSERT INTO profile (username, niche_id, status, checks_total, conclusive_total, stories_total,"
                " detection_ppm, unknown_streak, created_at) VALUES (?, 1, 'active', 5, 5, 5, 1000000, 0, ?)",
                f"p{number}",
                at,
            )
        for days in (91, 100, 120, 89):
            await batch(tx, f"done-{days}", at, finished_at=sql_time(now - timedelta(days=days)))
        await batch(tx, "stopped", at, status="queued")
        for each in ("done-91", "done-100", "done-120", "done-89", "stopped"):
            await checks(tx, each, 3)


async def left(database: Database) -> dict[str, int]:
    rows = await database.fetch("SELECT batch_id, count(*) AS n FROM checks GROUP BY batch_id")
    return {row["batch_id"]: row["n"] for row in rows}


async def states(database: Database) -> dict[str, str]:
    return {row["id"]: row["results"] for row in await database.fetch("SELECT id, results FROM batch")}


async def test_checks_go_90_days_after_their_batch_was_done_and_counters_and_totals_stay(
    database: Database, clock: FakeClock, old_batches: None
) -> None:
    before = await database.fetch("SELECT * FROM profile ORDER BY username")
    await forget_old(database, clock, forgetting.forget_results)
    assert await left(database) == {"done-89": 3, "stopped": 3}
    assert {row["total"] for row in await database.fetch("SELECT total FROM batch")} == {3}
    assert await database.fetch("SELECT * FROM profile ORDER BY username") == before
    assert await states(database) == {
        "done-120": "forgotten",
        "done-100": "forgotten",
        "done-91": "forgotten",
        "done-89": "kept",
        "stopped": "kept",
    }


async def test_the_oldest_batch_goes_first_and_one_that_was_begun_goes_on(
    database: Database, clock: FakeClock, old_batches: None
) -> None:
    sizes = []
    for expected in ({"done-120": 1}, {"done-120": 0, "done-100": 3}, {"done-100": 1, "done-91": 3}):
        async with database.transaction() as tx:
            sizes.append(await forgetting.forget_results(tx, clock.now(), 2))
        counts = await left(database)
        assert {name: counts.get(name, 0) for name in expected} == expected
    assert sizes == [2, 2, 2]


async def test_finding_what_is_old_looks_at_no_other_batch(database: Database) -> None:
    for sql, values in ((forgetting._BEGUN, ()), (forgetting._OLDEST, ("2026",))):
        (step,) = await database.fetch(f"EXPLAIN QUERY PLAN {sql}", *values)
        assert "idx_batch_results" in step["detail"]
