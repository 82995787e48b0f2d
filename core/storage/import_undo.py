"""Named queries that take an import back: the profiles that it made and that are as it left them.

As it left them: not checked, in no batch, not paused; and not moved, for they are looked for in the import's own
niche alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import orjson

from core.storage.database import Database, Transaction, sql_time

# No index holds the import.  Of a niche whose profiles were checked, the index of the feed passes over nearly all.
_FIND = """
SELECT username FROM profile INDEXED BY idx_profile_feed
WHERE niche_id = ? AND username > ? AND status = 'active' AND checks_total = 0 AND import_id = ?
ORDER BY username LIMIT ?
"""
_REMOVE = """
DELETE FROM profile WHERE username IN (SELECT value FROM json_each(?)) AND niche_id = ?
    AND status = 'active' AND checks_total = 0 AND import_id = ?
    AND NOT EXISTS (SELECT 1 FROM checks WHERE checks.profile_id = profile.username)
"""


async def untouched(db: Database, import_id: int, niche_id: int, *, after: str, count: int) -> list[str]:
    """Up to *count* usernames behind *after* that the import made and that are probably as it left them."""
    return [row["username"] for row in await db.scan(_FIND, niche_id, after, import_id, count)]


async def remove(tx: Transaction, import_id: int, niche_id: int, usernames: Sequence[str]) -> int:
    """Erase those of *usernames* that are as the import left them; how many."""
    return await tx.execute(_REMOVE, orjson.dumps(list(usernames)).decode(), niche_id, import_id)


async def count_left(db: Database, import_id: int) -> int:
    """How many profiles there are that the import made, wherever they are; looks at all profiles."""
    rows = await db.scan("SELECT count(*) AS n FROM profile NOT INDEXED WHERE import_id = ?", import_id)
    return int(rows[0]["n"])


async def set_undone(tx: Transaction, import_id: int, at: datetime) -> None:
    """Say that the import was undone."""
    await tx.execute("UPDATE import SET undone_at = ? WHERE id = ?", sql_time(at), import_id)
