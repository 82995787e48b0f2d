"""Named queries that budgets are worked out from: what the routes in service spent, and who is there to be asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import orjson

from core.storage.database import Database, Row, sql_time

# A day of ten thousand sessions is three million rows at most; nothing is sorted.
_SPENT = """
SELECT COALESCE(sum(sent), 0) AS day, COALESCE(sum(look_ups), 0) AS look_ups_day,
    COALESCE(sum(CASE WHEN minute >= ?2 THEN sent END), 0) AS hour,
    COALESCE(sum(CASE WHEN minute >= ?2 THEN look_ups END), 0) AS look_ups_hour
FROM sends WHERE minute >= ?1 AND session_id IN (
    SELECT s.id FROM session s JOIN proxy p ON p.id = s.proxy_id
    WHERE s.enabled = 1 AND p.enabled = 1 AND s.state NOT IN ('expired', 'checkpoint')
)
"""

# From the index alone.  Private and gone ones are looked up each time; who was never checked may bring an id or not.
_OF_NICHES = """
SELECT count(*) AS profiles, count(CASE WHEN story_until > ?2 THEN 1 END) AS with_story,
    count(CASE WHEN checks_total = 0 THEN 1 END) AS never_checked,
    count(CASE WHEN last_outcome IN ('private', 'gone') THEN 1 END) AS closed,
    count(CASE WHEN story_until > ?2
        OR (last_checked_at >= ?3 AND last_outcome IN ('none', 'private', 'gone'))
        OR (last_checked_at >= ?3 AND last_outcome = 'live' AND story_until IS NULL) THEN 1 END) AS fresh
FROM profile INDEXED BY idx_profile_feed
WHERE niche_id IN (SELECT value FROM json_each(?1)) AND status = 'active'
"""
_NEW_OF_NICHES = """
SELECT count(*) AS looked_at, count(platform_id) AS with_id FROM (
    SELECT platform_id FROM profile INDEXED BY idx_profile_feed
    WHERE niche_id IN (SELECT value FROM json_each(?)) AND checks_total = 0 AND status = 'active' LIMIT ?
)
"""
_LEFT_OF_BATCH = """
SELECT count(*) AS looked_at, count(CASE WHEN p.platform_id IS NULL THEN 1 END) AS without_id,
    count(CASE WHEN p.platform_id IS NOT NULL AND p.last_outcome IN ('private', 'gone') THEN 1 END) AS closed
FROM (SELECT profile_id FROM checks WHERE batch_id = ? AND state = 'pending' ORDER BY id LIMIT ?) c
JOIN profile p ON p.username = c.profile_id
"""


async def spent(db: Database, now: datetime) -> Row:
    """Exchanges and look-ups of the last hour and day over the routes in service, as far as limits count them."""
    ago = (_minute(now - timedelta(days=1)), _minute(now - timedelta(hours=1)))
    return (await db.scan(_SPENT, *ago))[0]


async def of_niches(db: Database, niche_ids: Sequence[int], now: datetime, fresh_since: datetime) -> Row:
    """The active profiles of niches, and how many of them have a story, are new, are closed to us, or fresh."""
    return (await db.scan(_OF_NICHES, _json(niche_ids), sql_time(now), sql_time(fresh_since)))[0]


async def new_of_niches(db: Database, niche_ids: Sequence[int], count: int) -> Row:
    """Of the first *count* profiles of niches that nobody has checked yet: how many bring an id."""
    return (await db.scan(_NEW_OF_NICHES, _json(niche_ids), count))[0]


async def left_of_batch(db: Database, batch_id: str, count: int) -> Row:
    """Of the first *count* pending checks of a batch: how many have to be looked up, because of what."""
    return (await db.fetch(_LEFT_OF_BATCH, batch_id, count))[0]


def _minute(moment: datetime) -> str:
    return sql_time(moment.replace(second=0, microsecond=0))


def _json(ids: Sequence[int]) -> str:
    return orjson.dumps(list(ids)).decode()
