"""Named queries that read the finished checks of one batch a page at a time, the newest first.

The key is (``settled_in``, ``id``), as in :mod:`core.storage.checks`, from the other end.  Whoever goes on behind
the last row pays for one page.  Who skips rows pays for a walk over them: 1,000,000 took 50 ms, and up to 0.4 s
where a condition had to look into each.
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
_EVERY = """
SELECT id FROM checks WHERE batch_id = ? AND (settled_in, id) < (?, ?)
ORDER BY settled_in DESC, id DESC LIMIT ? OFFSET ?
"""
_WITH_OUTCOME = """
SELECT id FROM checks WHERE batch_id = ? AND (settled_in, id) < (?, ?) AND outcome = ?
ORDER BY settled_in DESC, id DESC LIMIT ? OFFSET ?
"""
_WITH_REASON = """
SELECT id FROM checks WHERE batch_id = ? AND (settled_in, id) < (?, ?) AND outcome = ? AND reason = ?
ORDER BY settled_in DESC, id DESC LIMIT ? OFFSET ?
"""
# The plus signs keep SQLite on the index of usernames: on the batch's it would read every check.
_NAMED = """
SELECT id FROM checks
WHERE profile_id >= ?4 AND profile_id < ?4 || '~' AND +batch_id = ?1 AND state = 'done'
    AND (?2 IS NULL OR +outcome = ?2) AND (?3 IS NULL OR +reason = ?3)
ORDER BY profile_id LIMIT ?5 OFFSET ?6
"""
_COUNT_NAMED = """
SELECT count(*) FROM checks
WHERE profile_id >= ?4 AND profile_id < ?4 || '~' AND +batch_id = ?1 AND state = 'done'
    AND (?2 IS NULL OR +outcome = ?2) AND (?3 IS NULL OR +reason = ?3)
"""
_NEWEST = "WITH found AS MATERIALIZED ({found}) {shown} ORDER BY c.settled_in DESC, c.id DESC"
_NEWEST_EVERY, _NEWEST_WITH_OUTCOME, _NEWEST_WITH_REASON = (
    _NEWEST.format(found=found, shown=_SHOWN) for found in (_EVERY, _WITH_OUTCOME, _WITH_REASON)
)
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
    outcome: str | None,
    reason: str | None,
    count: int,
    skip: int,
) -> list[Row]:
    """Up to *count* finished checks that were stored before the one *behind* which to begin, the newest first.

    Args:
        reason: Takes an outcome, too.
    """
    if outcome is None:
        return await db.fetch(_NEWEST_EVERY, batch_id, *behind, count, skip)
    if reason is None:
        return await db.fetch(_NEWEST_WITH_OUTCOME, batch_id, *behind, outcome, count, skip)
    return await db.fetch(_NEWEST_WITH_REASON, batch_id, *behind, outcome, reason, count, skip)


async def named(
    db: Database, batch_id: str, prefix: str, *, outcome: str | None, reason: str | None, count: int, skip: int
) -> list[Row]:
    """Up to *count* finished checks of profiles whose name begins so, in the order of names."""
    return await db.fetch(_NAMED_PAGE, batch_id, outcome, reason, prefix, count, skip)


async def count_named(db: Database, batch_id: str, prefix: str, *, outcome: str | None, reason: str | None) -> int:
    """How many :func:`named` finds in all."""
    rows = await db.fetch(_COUNT_NAMED, batch_id, outcome, reason, prefix)
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
