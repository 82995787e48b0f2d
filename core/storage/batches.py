"""Named queries over batches: written and erased in slices behind a hidden row, put in line, promoted, listed.

A batch in line is queued and has a position; start gives the position, stop takes it.  What finished checks
add to a batch is the recorder's (:mod:`core.storage.results`).  Nothing here shows a hidden batch to anybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson

from core.storage import checks, news
from core.storage.database import Database, Row, Transaction, from_sql_time, sql_time

# Other writers wait for one slice, and get their turn in the pause after it.
_ERASE_SLICE = 2_500
_PAUSE = 0.001

_SELECTED = """
SELECT b.id, b.name, b.niche_id, n.name AS niche, b.status, b.requested_at, b.position, b.total, b.finished, b.live,
    b."none", b.private, b.gone, b.unknown, b.skipped, b.requests, b.active_seconds, b.waiting_reason,
    b.waiting_until, b.created_by, b.created_at, b.started_at, b.finished_at, b.results
"""
_FROM = "FROM batch b LEFT JOIN niche n ON n.id = b.niche_id"
_PLACE = """
CASE WHEN b.status = 'queued' AND b.position IS NOT NULL THEN
    (SELECT count(*) FROM batch o WHERE o.status = 'queued' AND o.position <= b.position)
END AS place_in_line
"""
_VIEW = f"{_SELECTED}, {_PLACE} {_FROM}"
_ONE = f"{_VIEW} WHERE b.id = ? AND b.status != 'hidden'"
# A dash and the hexadecimal digits all sort before the tilde.
_BEGINNING = f"{_VIEW} WHERE b.id >= ?1 AND b.id < ?1 || '~' AND b.status != 'hidden' ORDER BY b.id LIMIT ?2"
_NEWEST = f"""
{_VIEW} WHERE b.status != 'hidden' AND (b.created_at, b.id) < (?, ?) ORDER BY b.created_at DESC, b.id DESC LIMIT ?
"""
_NEWEST_WITH_STATUS = f"""
{_VIEW} WHERE b.status = ? AND (b.created_at, b.id) < (?, ?) ORDER BY b.created_at DESC, b.id DESC LIMIT ?
"""
# The whole line is current: it is counted once, and not for each batch from its beginning.
_LINE = """
WITH line AS (
    SELECT id, row_number() OVER (ORDER BY position) AS place FROM batch
    WHERE status = 'queued' AND position IS NOT NULL
)
"""
_CURRENT_IDS = """
SELECT id FROM batch WHERE status IN ('queued', 'in_progress') AND position IS NOT NULL
UNION SELECT id FROM (SELECT id FROM batch WHERE status != 'hidden' ORDER BY created_at DESC, id DESC LIMIT ?)
"""
_CURRENT = f"""
{_LINE} {_SELECTED}, line.place AS place_in_line {_FROM} LEFT JOIN line ON line.id = b.id
WHERE b.id IN ({_CURRENT_IDS}) ORDER BY b.created_at DESC, b.id DESC
"""
# One text: a row for each name takes the interpreter longer than the database to find it.
_OF_NICHE = """
SELECT json_group_array(json_array(username, status))
FROM (SELECT username, status FROM profile WHERE niche_id = ? AND username > ? ORDER BY username LIMIT ?)
"""
# Sorts after every time of ours.
_BEFORE_ALL = ("~", "~")

_BEGIN = """
INSERT INTO batch (id, name, niche_id, status, total, finished, live, "none", private, gone, unknown, skipped,
    commits, requests, second_finds, active_seconds, created_by, created_at, hidden_at)
VALUES (?, ?, ?, 'hidden', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ?, ?, ?)
"""
_ADD = """
UPDATE batch SET total = total + ?, finished = finished + ?, live = live + ?, "none" = "none" + ?,
    private = private + ?, gone = gone + ?, skipped = skipped + ?, commits = commits + 1, hidden_at = ?
WHERE id = ? AND status = 'hidden'
"""
_APPEAR = """
UPDATE batch SET name = ?, hidden_at = NULL, status = CASE WHEN finished >= total THEN 'done' ELSE 'queued' END,
    finished_at = CASE WHEN finished >= total THEN ? END
WHERE id = ? AND status = 'hidden'
"""

_ENQUEUE = """
UPDATE batch SET requested_at = ?,
    position = (SELECT COALESCE(max(position), 0) + 1 FROM batch WHERE status IN ('queued', 'in_progress'))
WHERE id = ? AND status = 'queued' AND position IS NULL
"""
_DEQUEUE = """
UPDATE batch SET status = 'queued', requested_at = NULL, position = NULL, waiting_reason = NULL, waiting_until = NULL
WHERE id = ? AND status IN ('queued', 'in_progress')
"""
_HIDE = """
UPDATE batch SET status = 'hidden', requested_at = NULL, position = NULL, hidden_at = ? WHERE id = ?
"""
_PLACES = "SELECT id, position FROM batch WHERE status = 'queued' AND position IS NOT NULL ORDER BY position"
_REPLACE = """
UPDATE batch SET position = json_extract(j.value, '$[1]') FROM json_each(?) AS j
WHERE batch.id = json_extract(j.value, '$[0]')
"""

_COMPLETE = """
UPDATE batch SET status = 'done', finished_at = COALESCE(finished_at, ?), waiting_reason = NULL, waiting_until = NULL
WHERE status IN ('queued', 'in_progress') AND position IS NOT NULL AND finished >= total
RETURNING id, status, total, finished, live, "none", private, gone, unknown, requests
"""
_PROMOTE = """
UPDATE batch SET status = 'in_progress', started_at = COALESCE(started_at, ?)
WHERE id IN (SELECT id FROM batch WHERE status = 'queued' AND position IS NOT NULL ORDER BY position LIMIT ?)
RETURNING id, status, total, finished, live, "none", private, gone, unknown, requests
"""
_ERASE_LOG = "DELETE FROM batch_event WHERE id IN (SELECT id FROM batch_event WHERE batch_id = ? LIMIT ?)"
_LIVING_IDS = "SELECT batch_id FROM batch_message WHERE ended_at IS NULL"
_LIVING_IN_CHANNELS = f"{_VIEW} WHERE b.id IN ({_LIVING_IDS}) AND b.status != 'hidden'"
_IN_LINE = """
SELECT status, waiting_reason, waiting_until FROM batch
WHERE status IN ('queued', 'in_progress') AND position IS NOT NULL
"""
_ACTIVE = "SELECT id, name FROM batch WHERE status = 'in_progress' AND position IS NOT NULL ORDER BY position"


@dataclass(frozen=True, slots=True)
class LineCounts:
    """How many batches run, wait for a route meanwhile, and are in line; the soonest wait with its reason."""

    running: int
    waiting: int
    in_line: int
    waiting_reason: str | None
    waiting_until: datetime | None


@dataclass(frozen=True, slots=True)
class ActiveBatch:
    """A batch that the engine works on."""

    id: str
    name: str


# -- written and erased ---------------------------------------------------------


async def begin(
    tx: Transaction, batch_id: str, *, name: str, niche_id: int | None, created_by: str, now: datetime
) -> None:
    """Add a hidden, empty batch."""
    at = sql_time(now)
    await tx.execute(_BEGIN, batch_id, name, niche_id, created_by[:80], at, at)


async def is_hidden(tx: Transaction, batch_id: str) -> bool:
    """Whether the batch is still being written or erased."""
    return await tx.fetch_one("SELECT 1 FROM batch WHERE id = ? AND status = 'hidden'", batch_id) is not None


async def add_slice(
    tx: Transaction, batch_id: str, *, total: int, skipped: int, fresh: Mapping[str, int], now: datetime
) -> None:
    """Count a slice of checks that this transaction created.

    Args:
        fresh: Outcome to number of the checks that were done at once.
    """
    outcomes = [fresh.get(outcome, 0) for outcome in ("live", "none", "private", "gone")]
    counts = (total, sum(outcomes), *outcomes, skipped)
    await tx.execute(_ADD, *counts, sql_time(now), batch_id)


async def appear(tx: Transaction, batch_id: str, *, name: str, now: datetime) -> None:
    """Show a batch that is written; one with nothing pending is done."""
    await tx.execute(_APPEAR, name, sql_time(now), batch_id)
    await news.batches_finished(tx, [batch_id], now)


async def hide(tx: Transaction, batch_id: str, now: datetime) -> None:
    """Take the batch out of everybody's sight and out of the line."""
    await tx.execute(_HIDE, sql_time(now), batch_id)


async def erase(db: Database, batch_id: str) -> None:
    """Erase a hidden batch with its checks and its log, a slice to a transaction."""
    erased = _ERASE_SLICE
    while erased == _ERASE_SLICE:
        async with db.transaction() as tx:
            erased = await checks.erase(tx, batch_id, _ERASE_SLICE)
            if erased < _ERASE_SLICE:
                erased += await tx.execute(_ERASE_LOG, batch_id, _ERASE_SLICE - erased)
            if erased < _ERASE_SLICE:
                await tx.execute("DELETE FROM batch WHERE id = ? AND status = 'hidden'", batch_id)
        await db.clock.sleep(_PAUSE)


async def forget_hidden(db: Database, older_than: datetime) -> int:
    """Erase the hidden batches on which nobody has worked since *older_than*; how many there were.

    They are what an interrupted creation or deletion left.  A creation says with each slice that it lives, so an
    hour is more than enough.
    """
    rows = await db.fetch("SELECT id FROM batch WHERE status = 'hidden' AND hidden_at < ?", sql_time(older_than))
    for row in rows:
        await erase(db, row["id"])
    return len(rows)


# -- the line ---------------------------------------------------------------------


async def enqueue(tx: Transaction, batch_id: str, now: datetime) -> None:
    """Put a batch at the end of the line, unless it has a position already."""
    await tx.execute(_ENQUEUE, sql_time(now), batch_id)


async def dequeue(tx: Transaction, batch_id: str) -> None:
    """Take a batch out of the line or out of progress; what is done stays."""
    await tx.execute(_DEQUEUE, batch_id)


async def line(tx: Transaction) -> list[tuple[str, int]]:
    """Id and position of the batches in line, the first one first."""
    return [(row["id"], row["position"]) for row in await tx.fetch(_PLACES)]


async def place(tx: Transaction, positions: Sequence[tuple[str, int]]) -> None:
    """Give batches these positions."""
    await tx.execute(_REPLACE, orjson.dumps(positions).decode())


# -- what the engine's holder asks -------------------------------------------------


async def promote(tx: Transaction, at_most: int, now: datetime) -> list[Row]:
    """Put batches in line into progress until *at_most* are; those with nothing pending are done instead.

    Batches in progress stay so, even when there are more of them.

    Returns:
        The batches whose status changed, with the columns of a progress event; :func:`active` gives all that run.
    """
    at = sql_time(now)
    changed = await tx.fetch(_COMPLETE, at)
    await news.batches_finished(tx, [row["id"] for row in changed], now)
    running = int(await tx.fetch_value("SELECT count(*) FROM batch WHERE status = 'in_progress'"))
    if running < at_most:
        changed += await tx.fetch(_PROMOTE, at, at_most - running)
    return changed


async def active(db: Database | Transaction) -> list[ActiveBatch]:
    """The batches in progress, in the order of their positions."""
    return [ActiveBatch(row["id"], row["name"]) for row in await db.fetch(_ACTIVE)]


async def set_waiting(tx: Transaction, batch_id: str, reason: str | None, until: datetime | None) -> None:
    """Say why a batch in progress does not move, and until when; None when it moves again."""
    at = None if until is None else sql_time(until)
    await tx.execute(
        "UPDATE batch SET waiting_reason = ?, waiting_until = ? WHERE id = ? AND status = 'in_progress'",
        None if reason is None else reason[:200],
        at,
        batch_id,
    )


async def nobody_waits(tx: Transaction) -> None:
    """Forget what the last holder said that batches wait for."""
    await tx.execute(
        "UPDATE batch SET waiting_reason = NULL, waiting_until = NULL"
        " WHERE status = 'in_progress' AND waiting_reason IS NOT NULL"
    )


async def line_counts(db: Database) -> LineCounts:
    """How many batches run and are in line."""
    rows = await db.fetch(_IN_LINE)
    waiting = sorted((row for row in rows if row["waiting_reason"]), key=lambda row: row["waiting_until"] or "~")
    first = waiting[0] if waiting else {"waiting_reason": None, "waiting_until": None}
    running = sum(row["status"] == "in_progress" for row in rows)
    until = first["waiting_until"]
    return LineCounts(
        running=running,
        waiting=len(waiting),
        in_line=len(rows) - running,
        waiting_reason=first["waiting_reason"],
        waiting_until=None if until is None else from_sql_time(until),
    )


# -- what people see ----------------------------------------------------------------


async def one(db: Database | Transaction, batch_id: str) -> Row | None:
    """The batch with its niche's name and its place in line."""
    return await db.fetch_one(_ONE, batch_id)


async def beginning_with(db: Database | Transaction, prefix: str, count: int) -> list[Row]:
    """Up to *count* batches whose id begins with *prefix*, in the order of their ids."""
    return await db.fetch(_BEGINNING, prefix, count)


async def newest(db: Database, *, status: str | None, after: tuple[str, str] | None, count: int) -> list[Row]:
    """Up to *count* batches, the newest first, that come after the one created then with this id."""
    key = after or _BEFORE_ALL
    if status is None:
        return await db.fetch(_NEWEST, *key, count)
    return await db.fetch(_NEWEST_WITH_STATUS, status, *key, count)


async def current(db: Database, newest: int) -> list[Row]:
    """The batches in progress or in line, and the *newest* ones besides; the newest first."""
    return await db.fetch(_CURRENT, newest)


async def living_in_channels(db: Database) -> list[Row]:
    """The batches that have a message in a Discord channel which is still edited."""
    return await db.fetch(_LIVING_IN_CHANNELS)


async def log(db: Database, batch_id: str, count: int) -> list[Row]:
    """The last *count* lines of the batch's log, the newest first."""
    return await db.fetch(
        "SELECT at, what, text, username, proxy_id FROM batch_event WHERE batch_id = ? ORDER BY id DESC LIMIT ?",
        batch_id,
        count,
    )


async def unknown_profiles(db: Database, usernames: Sequence[str]) -> list[str]:
    """Those of *usernames* that are no profile's, in the order given."""
    rows = await db.fetch(
        "SELECT j.value AS name FROM json_each(?) AS j LEFT JOIN profile p ON p.username = j.value"
        " WHERE p.username IS NULL ORDER BY j.key",
        orjson.dumps(list(usernames)).decode(),
    )
    return [row["name"] for row in rows]


async def profiles_of_niche(db: Database, niche_id: int, *, after: str, count: int) -> list[tuple[str, str]]:
    """Up to *count* profiles of the niche whose names come after *after*: name and status, in the order of names."""
    found = orjson.loads(await db.fetch_value(_OF_NICHE, niche_id, after, count))
    return sorted([(name, status) for name, status in found])
