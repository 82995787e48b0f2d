"""Named queries over niches, and over their profiles where a niche moves or goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson

from core.storage.database import Database, Row, Transaction, from_sql_time, sql_time

_VIEW = "SELECT id, name, position, daily_story_target, created_at FROM niche"

_COUNT = "SELECT niche_id, count(*) AS n FROM profile GROUP BY niche_id"
_COUNT_ONE = "SELECT niche_id, count(*) AS n FROM profile WHERE niche_id = ? GROUP BY niche_id"

_LIVE = "SELECT niche_id, count(*) AS n FROM profile WHERE story_until > ? GROUP BY niche_id"
_LIVE_ONE = "SELECT niche_id, count(*) AS n FROM profile WHERE niche_id = ? AND story_until > ? GROUP BY niche_id"

# In the order of the index, so that nothing is sorted: 1,000,000 profiles take some 250 ms.
_SUMS = """
SELECT niche_id, count(*) AS profiles, count(CASE WHEN story_until > ?1 THEN 1 END) AS live_now,
    count(CASE WHEN last_story_at >= ?2 THEN 1 END) AS seen_today,
    count(CASE WHEN last_outcome = 'unknown' AND (story_until IS NULL OR story_until <= ?1) THEN 1 END) AS unknown,
    count(CASE WHEN last_outcome IS NULL AND (story_until IS NULL OR story_until <= ?1) THEN 1 END) AS never_checked
FROM profile INDEXED BY idx_profile_feed GROUP BY niche_id
"""

_CREATE = """
INSERT INTO niche (name, name_key, position, daily_story_target, created_at)
SELECT ?, ?, COALESCE(max(position), 0) + 1, ?, ? FROM niche
RETURNING id
"""

_PLACE = """
UPDATE niche SET position = j.key + 1 FROM json_each(?) AS j WHERE niche.id = j.value
"""

_MOVE_SLICE = """
UPDATE profile SET niche_id = ?
WHERE username IN (SELECT username FROM profile WHERE niche_id = ? ORDER BY username LIMIT ?)
"""


@dataclass(frozen=True, slots=True)
class StoredNiche:
    """A niche's own row."""

    id: int
    name: str
    position: int
    daily_story_target: int | None
    created_at: datetime


async def find(db: Database | Transaction, key: str) -> StoredNiche | None:
    """The niche whose case-folded name is *key*."""
    rows = await db.fetch(f"{_VIEW} WHERE name_key = ?", key)
    return _niche(rows[0]) if rows else None


async def by_id(db: Database | Transaction, niche_id: int) -> StoredNiche | None:
    """The niche of this id."""
    rows = await db.fetch(f"{_VIEW} WHERE id = ?", niche_id)
    return _niche(rows[0]) if rows else None


async def every(db: Database | Transaction) -> list[StoredNiche]:
    """All niches in their order."""
    rows = await db.fetch(f"{_VIEW} ORDER BY position, id")
    return [_niche(row) for row in rows]


async def count_profiles(db: Database, niche_id: int | None = None) -> dict[int, int]:
    """Profiles by niche, of one niche or of all; from the index alone."""
    rows = await (db.scan(_COUNT) if niche_id is None else db.scan(_COUNT_ONE, niche_id))
    return {row["niche_id"]: row["n"] for row in rows}


async def count_live(db: Database, at: datetime, niche_id: int | None = None) -> dict[int, int]:
    """Profiles by niche whose story ends after *at*."""
    rows = await (db.scan(_LIVE, sql_time(at)) if niche_id is None else db.scan(_LIVE_ONE, niche_id, sql_time(at)))
    return {row["niche_id"]: row["n"] for row in rows}


async def sums(db: Database, at: datetime, day_began: datetime) -> list[Row]:
    """What the profiles of each niche that has any add up to at *at*: all, live, seen live on the day, and so on."""
    return await db.scan(_SUMS, sql_time(at), sql_time(day_began))


async def create(tx: Transaction, *, name: str, key: str, target: int | None, at: datetime) -> int:
    """Add a niche at the end; its id.  The key must be free."""
    rows = await tx.fetch(_CREATE, name, key, target, sql_time(at))
    return int(rows[0]["id"])


async def rename(tx: Transaction, niche_id: int, *, name: str, key: str) -> None:
    """Give the niche another name; the key must be free or its own."""
    await tx.execute("UPDATE niche SET name = ?, name_key = ? WHERE id = ?", name, key, niche_id)


async def set_target(tx: Transaction, niche_id: int, target: int | None) -> None:
    """Set or clear the daily story target."""
    await tx.execute("UPDATE niche SET daily_story_target = ? WHERE id = ?", target, niche_id)


async def place(tx: Transaction, niche_ids: Sequence[int]) -> None:
    """Number the niches from 1 in the order given."""
    await tx.execute(_PLACE, orjson.dumps(list(niche_ids)).decode())


async def move_profiles(tx: Transaction, source: int, target: int, count: int) -> int:
    """Move the first *count* profiles of one niche to another; how many there were."""
    return await tx.execute(_MOVE_SLICE, target, source, count)


async def first_profiles(tx: Transaction, niche_id: int, count: int) -> list[str]:
    """The first *count* usernames of the niche."""
    rows = await tx.fetch("SELECT username FROM profile WHERE niche_id = ? ORDER BY username LIMIT ?", niche_id, count)
    return [row["username"] for row in rows]


async def delete(tx: Transaction, niche_id: int) -> None:
    """Remove an empty niche; its batches and imports stay, without a niche."""
    await tx.execute("DELETE FROM niche WHERE id = ?", niche_id)


def _niche(row: Row) -> StoredNiche:
    return StoredNiche(
        row["id"], row["name"], row["position"], row["daily_story_target"], from_sql_time(row["created_at"])
    )
