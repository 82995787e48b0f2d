"""Named queries over the runs of schedules: found when due, claimed once, settled once.

What is due is found by an index and costs the same however many schedules there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.storage.database import Database, Row, Transaction, from_sql_time, sql_time
from core.storage.schedules import (
    LONGEST_WORD,
    Planned,
    StoredSchedule,
    maybe_time,
    niche_ids_of,
    schedule_of,
    times_of,
)

KEPT = timedelta(days=90)

_DUE = "SELECT * FROM schedule WHERE enabled = 1 AND next_at <= ? ORDER BY next_at, id LIMIT ?"
_AHEAD = "SELECT * FROM schedule WHERE enabled = 1 AND next_at > ?1 AND last_at > ?1"
_TAKE = """
UPDATE schedule SET next_at = ?, next_due_at = ?, fired_for = ?, last_at = ?, enabled = ?
WHERE id = ? AND enabled = 1 AND next_due_at = ?
"""
_PLAN_AGAIN = """
UPDATE schedule SET next_at = ?, next_due_at = ?, last_at = ?, enabled = ?
WHERE id = ? AND enabled = 1 AND next_due_at = ?
"""
_HOLD = "UPDATE schedule SET next_at = ? WHERE id = ? AND enabled = 1 AND next_due_at = ?"
_HAPPENED = "SELECT 1 FROM schedule_run WHERE schedule_id = ? AND due_at = ? AND why != 'by hand'"
_OPEN_RUN = """
INSERT INTO schedule_run (schedule_id, due_at, why, at, outcome, word) VALUES (?, ?, ?, ?, 'open', '')
ON CONFLICT (schedule_id, due_at, why) DO NOTHING RETURNING id
"""
_RUN = "SELECT r.*, s.name FROM schedule_run r JOIN schedule s ON s.id = r.schedule_id"
_FIRST_OPEN = f"{_RUN} WHERE r.outcome = 'open' AND r.id > ? ORDER BY r.id LIMIT 1"
_SETTLE = """
UPDATE schedule_run SET outcome = ?, word = ?, ended_at = ?, batch_id = ? WHERE id = ? AND outcome = 'open'
"""
_LAST_WORD = """
UPDATE schedule SET last_word = ?, last_at = r.at FROM schedule_run r WHERE r.id = ? AND schedule.id = r.schedule_id
"""
_UNFINISHED = """
SELECT id, name FROM batch WHERE schedule_id = ? AND status IN ('queued', 'in_progress') AND position IS NOT NULL
ORDER BY created_at LIMIT 1
"""
_RUNS = f"{_RUN} WHERE r.schedule_id = ? ORDER BY r.due_at DESC, r.id DESC LIMIT ?"
_ALL_RUNS = f"{_RUN} ORDER BY r.id DESC LIMIT ?"
_UNTIL_TARGET = """
SELECT b.id, b.name, s.id AS schedule_id, s.niche_ids FROM batch b JOIN schedule s ON s.id = b.schedule_id
WHERE b.status IN ('queued', 'in_progress') AND b.position IS NOT NULL AND s.stop_at_target = 1
"""
_FORGET = """
DELETE FROM schedule_run WHERE id IN (SELECT id FROM schedule_run WHERE at < ? AND outcome != 'open' LIMIT ?)
"""


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A run's own row, with its schedule's name."""

    id: int
    schedule_id: int
    schedule: str
    due_at: datetime
    why: str
    at: datetime
    ended_at: datetime | None
    outcome: str
    word: str
    batch: str | None


# -- read ---------------------------------------------------------------------------


async def run(db: Database | Transaction, run_id: int) -> StoredRun | None:
    """The run of this id."""
    rows = await db.fetch(f"{_RUN} WHERE r.id = ?", run_id)
    return _run(rows[0]) if rows else None


async def runs(db: Database, schedule_id: int | None, count: int) -> list[StoredRun]:
    """The last *count* runs of one schedule, or of all, the newest first."""
    rows = await (db.fetch(_ALL_RUNS, count) if schedule_id is None else db.fetch(_RUNS, schedule_id, count))
    return [_run(row) for row in rows]


# -- fired --------------------------------------------------------------------------


async def due(db: Database | Transaction, now: datetime, count: int) -> list[StoredSchedule]:
    """Up to *count* enabled schedules whose coming run is due, the longest due first."""
    return [schedule_of(row) for row in await db.fetch(_DUE, sql_time(now), count)]


async def ahead_of(db: Database, moment: datetime) -> list[StoredSchedule]:
    """The enabled schedules that ran and will run later than *moment*.  Looks at all of them."""
    return [schedule_of(row) for row in await db.fetch(_AHEAD, sql_time(moment))]


async def plan_again(tx: Transaction, schedule: StoredSchedule, coming: Planned | None, now: datetime) -> None:
    """Say when it runs next after a clock that went back, unless somebody changed it meanwhile."""
    assert schedule.next_due_at is not None, "what is enabled has a moment"
    values = (*times_of(coming), sql_time(now), int(coming is not None))
    await tx.execute(_PLAN_AGAIN, *values, schedule.id, sql_time(schedule.next_due_at))


async def take(tx: Transaction, schedule: StoredSchedule, *, label: str, coming: Planned | None, now: datetime) -> bool:
    """Move the schedule on to its coming run; False where somebody moved or changed it first.

    Args:
        label: The local time that the run which is due is for.
    """
    assert schedule.next_due_at is not None, "what is due has a moment"
    values = (*times_of(coming), label[:25], sql_time(now), int(coming is not None))
    return await tx.execute(_TAKE, *values, schedule.id, sql_time(schedule.next_due_at)) > 0


async def hold(tx: Transaction, schedule: StoredSchedule, until: datetime) -> None:
    """Put off the run that is due, unless somebody changed the schedule first."""
    assert schedule.next_due_at is not None, "what is due has a moment"
    await tx.execute(_HOLD, sql_time(until), schedule.id, sql_time(schedule.next_due_at))


async def happened(db: Database | Transaction, schedule_id: int, due_at: datetime) -> bool:
    """Whether the run that is due then was begun before."""
    return await db.fetch_one(_HAPPENED, schedule_id, sql_time(due_at)) is not None


async def open_run(tx: Transaction, schedule_id: int, *, due_at: datetime, why: str, at: datetime) -> int | None:
    """Begin a run; its id, or None where it was begun before."""
    rows = await tx.fetch(_OPEN_RUN, schedule_id, sql_time(due_at), why, sql_time(at))
    return int(rows[0]["id"]) if rows else None


async def has_open_run(tx: Transaction, schedule_id: int) -> bool:
    """Whether a run of the schedule is under way."""
    found = await tx.fetch_one("SELECT 1 FROM schedule_run WHERE outcome = 'open' AND schedule_id = ?", schedule_id)
    return found is not None


async def first_open_run(db: Database, after: int = 0) -> StoredRun | None:
    """The oldest run under way whose id is higher than *after*."""
    rows = await db.fetch(_FIRST_OPEN, after)
    return _run(rows[0]) if rows else None


async def settle(
    tx: Transaction, run_id: int, *, outcome: str, word: str, at: datetime, batch_id: str | None = None
) -> bool:
    """Say what became of a run; False where that is known already."""
    settled = await tx.execute(_SETTLE, outcome, word[:LONGEST_WORD], sql_time(at), batch_id, run_id) > 0
    if settled:
        await tx.execute(_LAST_WORD, (word or outcome)[:LONGEST_WORD], run_id)
    return settled


async def mark_batch(tx: Transaction, batch_id: str, schedule_id: int) -> None:
    """The batch is this schedule's."""
    await tx.execute("UPDATE batch SET schedule_id = ? WHERE id = ?", schedule_id, batch_id)


async def unfinished_batch(db: Database | Transaction, schedule_id: int) -> Row | None:
    """Id and name of the schedule's oldest batch that is in line or in progress."""
    return await db.fetch_one(_UNFINISHED, schedule_id)


async def until_target(db: Database) -> list[tuple[str, str, tuple[int, ...]]]:
    """Id, name and niches of the batches under way that stop when the target is met."""
    return [(row["id"], row["name"], niche_ids_of(row["niche_ids"])) for row in await db.fetch(_UNTIL_TARGET)]


async def forget(tx: Transaction, now: datetime, count: int) -> int:
    """Forget up to *count* runs that ended more than 90 days ago; how many."""
    return await tx.execute(_FORGET, sql_time(now - KEPT), count)


def _run(row: Row) -> StoredRun:
    return StoredRun(
        id=row["id"],
        schedule_id=row["schedule_id"],
        schedule=row["name"],
        due_at=from_sql_time(row["due_at"]),
        why=row["why"],
        at=from_sql_time(row["at"]),
        ended_at=maybe_time(row["ended_at"]),
        outcome=row["outcome"],
        word=row["word"],
        batch=row["batch_id"],
    )
