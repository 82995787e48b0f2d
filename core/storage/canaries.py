"""Named queries over canaries.  What they were asked and seen is added by the recorder's queries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import orjson

from core.storage.database import Database, Row, Transaction, sql_time

_CREATE = """
INSERT INTO canary (username, asked, seen, missed_in_a_row, created_at)
SELECT value, 0, 0, 0, ? FROM json_each(?) WHERE true
ON CONFLICT (username) DO NOTHING
"""


async def every(db: Database | Transaction) -> list[Row]:
    """All canaries in the order of their names."""
    return await db.fetch(
        "SELECT username, platform_id, asked, seen, missed_in_a_row, last_seen_at, created_at"
        " FROM canary ORDER BY username"
    )


async def create(tx: Transaction, usernames: Sequence[str], at: datetime) -> int:
    """Add canaries that nothing is known of yet; how many were new."""
    return await tx.execute(_CREATE, sql_time(at), orjson.dumps(list(usernames)).decode())


async def present(tx: Transaction, usernames: Sequence[str]) -> set[str]:
    """Those of *usernames* that are canaries."""
    names = orjson.dumps(list(usernames)).decode()
    rows = await tx.fetch("SELECT username FROM canary WHERE username IN (SELECT value FROM json_each(?))", names)
    return {row["username"] for row in rows}


async def remove(tx: Transaction, usernames: Sequence[str]) -> int:
    """Remove canaries; how many there were."""
    names = orjson.dumps(list(usernames)).decode()
    return await tx.execute("DELETE FROM canary WHERE username IN (SELECT value FROM json_each(?))", names)
