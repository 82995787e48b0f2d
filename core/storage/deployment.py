"""Named queries over the one row that says which platform a database is about, and with which key it was written."""

from __future__ import annotations

from datetime import datetime

from core.storage.database import Database, Row, Transaction, sql_time

_ROW = 1


async def read(db: Database | Transaction) -> Row | None:
    """The stamp; None on a database that nobody has opened yet."""
    rows = await db.fetch("SELECT platform, key_proof FROM deployment WHERE id = ?", _ROW)
    return rows[0] if rows else None


async def stamp(tx: Transaction, *, platform: str, key_proof: str, at: datetime) -> None:
    """Write the stamp, once.

    Args:
        key_proof: Something sealed with the deployment's key.
    """
    await tx.execute(
        "INSERT INTO deployment (id, platform, key_proof, created_at) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
        _ROW,
        platform,
        key_proof,
        sql_time(at),
    )
