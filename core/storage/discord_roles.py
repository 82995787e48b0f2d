"""Named queries over the roles of Discord servers that may do something here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import orjson

from core.storage.database import Database, Row, Transaction, sql_time

_SET = """
INSERT INTO discord_role (role_id, guild_id, role, label, created_at) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (role_id) DO UPDATE SET role = excluded.role, label = excluded.label, guild_id = excluded.guild_id
"""


async def every(db: Database | Transaction) -> list[Row]:
    """All of them, in the order in which they came."""
    return await db.fetch("SELECT role_id, guild_id, role, label FROM discord_role ORDER BY created_at, role_id")


async def of_member(db: Database, guild_id: str, role_ids: Sequence[str]) -> list[str]:
    """What the roles that somebody has in a server stand for."""
    found = await db.fetch(
        "SELECT role FROM discord_role WHERE guild_id = ? AND role_id IN (SELECT value FROM json_each(?))",
        guild_id,
        orjson.dumps(list(role_ids)).decode(),
    )
    return [row["role"] for row in found]


async def put(tx: Transaction, role_id: str, *, guild_id: str, role: str, label: str, at: datetime) -> None:
    """Let a role's members do what *role* says."""
    await tx.execute(_SET, role_id, guild_id, role, label[:100], sql_time(at))


async def remove(tx: Transaction, role_id: str) -> bool:
    """Let a role's members do nothing; whether they could do something before."""
    return await tx.execute("DELETE FROM discord_role WHERE role_id = ?", role_id) > 0
