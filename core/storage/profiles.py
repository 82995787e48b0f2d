"""Named queries over profiles.  Lists are paged by key; writes take a slice of names at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import orjson

from core.storage import news
from core.storage.database import Database, Row, Transaction, sql_time

_VIEW = """
SELECT p.username, n.name AS niche, p.status, p.platform_id, p.is_private, p.checks_total, p.conclusive_total,
    p.stories_total, p.last_checked_at, p.last_outcome, p.last_reason, p.last_story_at, p.story_since, p.story_until,
    p.unknown_streak, p.watched, p.created_at
FROM profile p JOIN niche n ON n.id = p.niche_id
"""
_ONE = f"{_VIEW} WHERE p.username = ?"
_NAMED = f"{_VIEW} JOIN json_each(?) j ON j.value = p.username ORDER BY j.key"
_PAGE = f"{_VIEW} WHERE p.username > ? ORDER BY p.username LIMIT ?"
_PAGE_OF_NICHE = f"{_VIEW} WHERE p.niche_id = ? AND p.username > ? ORDER BY p.username LIMIT ?"

_BEFORE = "SELECT username, status, niche_id, watched FROM profile WHERE username IN (SELECT value FROM json_each(?))"

_MOVE = "UPDATE profile SET niche_id = ? WHERE username IN (SELECT value FROM json_each(?)) AND niche_id != ?"

_PAUSE = "UPDATE profile SET status = 'paused' WHERE username IN (SELECT value FROM json_each(?)) AND status = 'active'"

_RESUME = (
    "UPDATE profile SET status = 'active' WHERE username IN (SELECT value FROM json_each(?)) AND status != 'active'"
)

_WATCH = "UPDATE profile SET watched = ? WHERE username IN (SELECT value FROM json_each(?)) AND watched != ?"

# Only those that are as the act left them: who changed since, by a person or by a check, stays.
_RESTORE_STATUSES = """
UPDATE profile SET status = j.value FROM json_each(?) AS j WHERE profile.username = j.key AND profile.status = ?
"""
_RESTORE_NICHES = """
UPDATE profile SET niche_id = j.value FROM json_each(?) AS j
WHERE profile.username = j.key AND profile.niche_id = ? AND j.value IN (SELECT id FROM niche)
"""
_RESTORE_WATCHED = """
UPDATE profile SET watched = j.value FROM json_each(?) AS j WHERE profile.username = j.key AND profile.watched = ?
"""

# What the erased checks had added to their batches goes with them, so that counters equal a recount of the rows.
# Requests, seconds and what was skipped stay: they were spent.
_UNCOUNT = """
UPDATE batch SET
    total = batch.total - g.n, finished = batch.finished - g.done,
    live = batch.live - g.live, "none" = batch."none" - g.nobody, private = batch.private - g.private,
    gone = batch.gone - g.gone, unknown = batch.unknown - g.unknown,
    finished_at = CASE WHEN batch.status = 'in_progress' AND batch.finished - g.done >= batch.total - g.n
        THEN ? ELSE batch.finished_at END,
    waiting_reason = CASE WHEN batch.finished - g.done >= batch.total - g.n THEN NULL ELSE batch.waiting_reason END,
    waiting_until = CASE WHEN batch.finished - g.done >= batch.total - g.n THEN NULL ELSE batch.waiting_until END,
    status = CASE WHEN batch.status = 'in_progress' AND batch.finished - g.done >= batch.total - g.n
        THEN 'done' ELSE batch.status END
FROM (
    SELECT batch_id, count(*) AS n, sum(state = 'done') AS done,
        sum(COALESCE(outcome = 'live', 0)) AS live, sum(COALESCE(outcome = 'none', 0)) AS nobody,
        sum(COALESCE(outcome = 'private', 0)) AS private, sum(COALESCE(outcome = 'gone', 0)) AS gone,
        sum(COALESCE(outcome = 'unknown', 0)) AS unknown
    FROM checks WHERE profile_id IN (SELECT value FROM json_each(?)) GROUP BY batch_id
) AS g
WHERE batch.id = g.batch_id
RETURNING id, finished_at
"""
_FORGET_CHECKS = "DELETE FROM checks WHERE profile_id IN (SELECT value FROM json_each(?))"
_FORGET_EVENTS = """
DELETE FROM batch_event WHERE username IN (SELECT value FROM json_each(?)) AND batch_id IN (
    SELECT DISTINCT batch_id FROM checks WHERE profile_id IN (SELECT value FROM json_each(?))
)
"""
_REMOVE = "DELETE FROM profile WHERE username IN (SELECT value FROM json_each(?))"


# A username's last possible sign sorts before the tilde.
_BEGINNING = "SELECT username FROM profile WHERE username >= ?1 AND username < ?1 || '~' ORDER BY username LIMIT ?2"


class Before(NamedTuple):
    """What a change finds of a profile."""

    status: str
    niche_id: int
    watched: int


async def one(db: Database, username: str) -> Row | None:
    """The profile with its niche's name."""
    rows = await db.fetch(_ONE, username)
    return rows[0] if rows else None


async def named(db: Database, usernames: Sequence[str]) -> list[Row]:
    """Those of *usernames* that exist, in the order given, with their niches' names."""
    return await db.fetch(_NAMED, _json(usernames))


async def beginning_with(db: Database, prefix: str, count: int) -> list[str]:
    """The first *count* names that begin with *prefix*, in their order."""
    return [row["username"] for row in await db.fetch(_BEGINNING, prefix, count)]


async def page(db: Database, *, niche_id: int | None, after: str, count: int) -> list[Row]:
    """Up to *count* profiles whose names come after *after*, of one niche or of all, in the order of names."""
    if niche_id is None:
        return await db.fetch(_PAGE, after, count)
    return await db.fetch(_PAGE_OF_NICHE, niche_id, after, count)


async def before(tx: Transaction, usernames: Sequence[str]) -> dict[str, Before]:
    """Those of *usernames* that exist, as they are before a change, in the order of names."""
    found = await tx.fetch(_BEFORE, _json(usernames))
    return {
        row["username"]: Before(row["status"], row["niche_id"], row["watched"])
        for row in sorted(found, key=lambda r: r["username"])
    }


async def move(tx: Transaction, usernames: Sequence[str], niche_id: int) -> int:
    """Put profiles into the niche; how many were elsewhere."""
    return await tx.execute(_MOVE, niche_id, _json(usernames), niche_id)


async def pause(tx: Transaction, usernames: Sequence[str]) -> int:
    """Leave active profiles out of their niche's batches; how many were active."""
    return await tx.execute(_PAUSE, _json(usernames))


async def resume(tx: Transaction, usernames: Sequence[str]) -> int:
    """Take paused and gone profiles back into their niche's batches; how many were not active."""
    return await tx.execute(_RESUME, _json(usernames))


async def restore_statuses(tx: Transaction, statuses: Mapping[str, str | int], now: str | int) -> int:
    """Give profiles that have the status *now* the one that they had; how many."""
    return await tx.execute(_RESTORE_STATUSES, orjson.dumps(statuses).decode(), now)


async def restore_niches(tx: Transaction, niches: Mapping[str, str | int], now: str | int) -> int:
    """Put profiles of the niche *now* back into those that they were in and that still exist; how many."""
    return await tx.execute(_RESTORE_NICHES, orjson.dumps(niches).decode(), now)


async def watch(tx: Transaction, usernames: Sequence[str], *, watched: bool) -> int:
    """Tell of new stories of profiles, or do not; how many that changes."""
    return await tx.execute(_WATCH, int(watched), _json(usernames), int(watched))


async def restore_watched(tx: Transaction, watched: Mapping[str, str | int], now: str | int) -> int:
    """Give profiles that are watched, or are not, as *now* says what they had; how many."""
    return await tx.execute(_RESTORE_WATCHED, orjson.dumps(watched).decode(), now)


async def remove(tx: Transaction, usernames: Sequence[str], at: datetime) -> int:
    """Erase profiles, their checks and what logs say of them; how many profiles there were.

    A running batch whose last pending checks go is done.
    """
    names = _json(usernames)
    changed = await tx.fetch(_UNCOUNT, sql_time(at), names)
    await news.batches_finished(tx, [row["id"] for row in changed if row["finished_at"] == sql_time(at)], at)
    await tx.execute(_FORGET_EVENTS, names, names)
    await tx.execute(_FORGET_CHECKS, names)
    return await tx.execute(_REMOVE, names)


def _json(usernames: Sequence[str]) -> str:
    return orjson.dumps(list(usernames)).decode()
