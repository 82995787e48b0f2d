"""Named queries that read the finished checks of one batch a page at a time, the newest first.

The key is (``settled_in``, ``id``), as in :mod:`core.storage.checks`, from the other end.  Whoever goes on behind
the last row pays for one page.  Who skips rows pays for a walk over them from the nearer end: in
1,000,000 at most 30 ms, and 0.2 s where a condition had to look into each.
"""

from __future__ import annotations

from collections.abc import Sequence

import orjson

from core.storage.database import Database, Row

# Behind every check of ours.
BEFORE_ALL = (2**62, 2**62)

_SHOWN = """
SELECT c.id, c.settled_in, c.profile_id, c.outcome, c.reason, c.attempts, c.trail, c.latency_ms, c.proxy_id,
    c.session_id, c.story_since, c.story_until, c.checked_at,
    CASE WHEN p.label != '' THEN p.label WHEN p.id IS NOT NULL THEN p.host || ':' || p.port END AS proxy_label,
    s.label AS session_label
FROM found f JOIN checks c ON c.id = f.id LEFT JOIN proxy p ON p.id = c.proxy_id
    LEFT JOIN session s ON s.id = c.session_id
"""
_FIND = """
SELECT id, settled_in, profile_id FROM checks WHERE batch_id = ? AND (settled_in, id) < (?, ?) {condition}
ORDER BY settled_in {direction}, id {direction} LIMIT ? OFFSET ?
"""
_CONDITIONS = ("", "AND outcome = ?", "AND outcome = ? AND reason = ?")
# By how many conditions there are: from the newest on, and from the oldest on.
_FROM_NEWEST = tuple(_FIND.format(condition=each, direction="DESC") for each in _CONDITIONS)
_FROM_OLDEST = tuple(_FIND.format(condition=each, direction="ASC") for each in _CONDITIONS)
# The plus signs keep SQLite on the index of usernames: on the batch's it would read every check.
_NAMED = """
SELECT id, settled_in, profile_id FROM checks
WHERE profile_id >= ?4 AND profile_id < ?4 || '~' AND +batch_id = ?1 AND state = 'done'
    AND (?2 IS NULL OR +outcome = ?2) AND (?3 IS NULL OR +reason = ?3)
ORDER BY profile_id LIMIT ?5 OFFSET ?6
"""
_COUNT_NAMED = """
SELECT count(*) FROM checks
WHERE profile_id >= ?4 AND profile_id < ?4 || '~' AND +batch_id = ?1 AND state = 'done'
    AND (?2 IS NULL OR +outcome = ?2) AND (?3 IS NULL OR +reason = ?3)
"""
_PAGE = "WITH found AS MATERIALIZED ({found}) {shown} ORDER BY c.settled_in DESC, c.id DESC"
_NEWEST_PAGE = tuple(_PAGE.format(found=found, shown=_SHOWN) for found in _FROM_NEWEST)
_OLDEST_PAGE = tuple(_PAGE.format(found=found, shown=_SHOWN) for found in _FROM_OLDEST)
_NAMED_PAGE = f"WITH found AS MATERIALIZED ({_NAMED}) {_SHOWN} ORDER BY c.profile_id"

_REASONS = """
SELECT batch_id, reason, count(*) AS n FROM checks
WHERE outcome = 'unknown' AND batch_id IN (SELECT value FROM json_each(?)) GROUP BY batch_id, reason
ORDER BY batch_id, n DESC, reason
"""


async def newest(
    db: Database,
    batch_id: str,
    *,
    behind: tuple[int, int],
    conditions: Sequence[str],
    count: int,
    skip: int,
    left: int | None = None,
) -> list[Row]:
    """Up to *count* finished checks that were stored before the one *behind* which to begin, the newest first.

    Args:
        conditions: Nothing, an outcome, or an outcome and a reason.
        left: How many come after these, where somebody knows: they are counted from the nearer end then.
    """
    if left is not None and left < skip:
        return await db.fetch(_OLDEST_PAGE[len(conditions)], batch_id, *behind, *conditions, count, left)
    return await db.fetch(_NEWEST_PAGE[len(conditions)], batch_id, *behind, *conditions, count, skip)


async def newest_names(
    db: Database, batch_id: str, *, behind: tuple[int, int], conditions: Sequence[str], count: int
) -> list[Row]:
    """The names alone of what :func:`newest` finds, with the keys."""
    return await db.fetch(_FROM_NEWEST[len(conditions)], batch_id, *behind, *conditions, count, 0)


async def named(
    db: Database, batch_id: str, prefix: str, *, conditions: Sequence[str], count: int, skip: int
) -> list[Row]:
    """Up to *count* finished checks of profiles whose name begins so, in the order of names."""
    return await db.fetch(_NAMED_PAGE, batch_id, *_both(conditions), prefix, count, skip)


async def named_names(
    db: Database, batch_id: str, prefix: str, *, conditions: Sequence[str], count: int, skip: int
) -> list[Row]:
    """The names alone of what :func:`named` finds."""
    return await db.fetch(_NAMED, batch_id, *_both(conditions), prefix, count, skip)


async def count_named(db: Database, batch_id: str, prefix: str, *, conditions: Sequence[str]) -> int:
    """How many :func:`named` finds in all."""
    rows = await db.fetch(_COUNT_NAMED, batch_id, *_both(conditions), prefix)
    return int(rows[0]["count(*)"])


async def counters(db: Database, batch_id: str) -> Row | None:
    """The batch's counters by outcome, and the number of the commit that they are as of."""
    rows = await db.fetch(
        'SELECT commits, finished, live, "none", private, gone, unknown FROM batch WHERE id = ?', batch_id
    )
    return rows[0] if rows else None


async def unknown_reasons(db: Database, batch_ids: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
    """How often each reason left a check of each batch unknown, the most frequent first."""
    found: dict[str, list[tuple[str, int]]] = {}
    for row in await db.fetch(_REASONS, orjson.dumps(list(batch_ids)).decode()):
        found.setdefault(row["batch_id"], []).append((row["reason"], row["n"]))
    return found


async def count_reason(db: Database, batch_id: str, reason: str) -> int:
    """How many checks of the batch one reason left unknown."""
    sql = "SELECT count(*) AS n FROM checks WHERE batch_id = ? AND outcome = 'unknown' AND reason = ?"
    return int((await db.fetch(sql, batch_id, reason))[0]["n"])


def _both(conditions: Sequence[str]) -> tuple[str | None, str | None]:
    outcome, reason = (*conditions, None, None)[:2]
    return outcome, reason
