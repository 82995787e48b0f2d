"""Named queries over the finished checks of one profile, the newest first.

They are found by the profile's own index and sorted by time; a profile that is checked every hour has some 2,000.
"""

from __future__ import annotations

from collections.abc import Collection

import orjson

from core.storage.database import Database, Row

# Of a proxy's password only whether there is one.
_CHECKS = """
SELECT c.id, c.outcome, c.reason, c.attempts, c.trail, c.latency_ms, c.checked_at, c.story_since, c.story_until,
    c.proxy_id, c.session_id, c.batch_id, b.name AS batch_name, s.label AS session_label, p.label AS proxy_label,
    p.scheme, p.host, p.port, p.user, CASE WHEN p.password IS NOT NULL THEN '' END AS password
FROM checks c JOIN batch b ON b.id = c.batch_id LEFT JOIN proxy p ON p.id = c.proxy_id
    LEFT JOIN session s ON s.id = c.session_id
WHERE c.profile_id = ? AND c.state = 'done' AND c.reason != 'fresh' AND b.status != 'hidden'
    AND (c.checked_at, c.id) < (?, ?)
ORDER BY c.checked_at DESC, c.id DESC LIMIT ?
"""
_OUTCOMES = """
SELECT c.outcome, c.story_since FROM checks c JOIN batch b ON b.id = c.batch_id
WHERE c.profile_id = ? AND c.state = 'done' AND c.reason != 'fresh' AND b.status != 'hidden'
ORDER BY c.checked_at DESC, c.id DESC LIMIT ?
"""
_SESSIONS = "SELECT id, label FROM session WHERE id IN (SELECT value FROM json_each(?))"
_PROXIES = """
SELECT id, label, scheme, host, port, user, CASE WHEN password IS NOT NULL THEN '' END AS password FROM proxy
WHERE id IN (SELECT value FROM json_each(?))
"""
# Sorts after every time of ours.
BEFORE_ALL = ("~", 0)


async def checks(db: Database, username: str, *, after: tuple[str, int], count: int) -> list[Row]:
    """Up to *count* checks that come after the one made then with this id."""
    return await db.fetch(_CHECKS, username, *after, count)


async def outcomes(db: Database, username: str, count: int) -> list[Row]:
    """What the last *count* checks found, and when the stories that they found began."""
    return await db.fetch(_OUTCOMES, username, count)


async def sessions(db: Database, ids: Collection[int]) -> list[Row]:
    """Labels of those of these sessions that are there."""
    return await db.fetch(_SESSIONS, orjson.dumps(list(ids)).decode())


async def proxies(db: Database, ids: Collection[int]) -> list[Row]:
    """Labels and addresses of those of these proxies that are there."""
    return await db.fetch(_PROXIES, orjson.dumps(list(ids)).decode())
