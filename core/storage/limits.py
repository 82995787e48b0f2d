"""Named queries over the one row of operating limits: a JSON object of those that differ from the defaults."""

from __future__ import annotations

from typing import Any

import orjson

from core.storage.database import Database, Transaction

_ROW = 1

_STORE = """
INSERT INTO limits (id, changed) VALUES (?, ?)
ON CONFLICT (id) DO UPDATE SET changed = excluded.changed
"""


async def changed(db: Database | Transaction) -> dict[str, Any]:
    """The limits that somebody set, by name."""
    rows = await db.fetch("SELECT changed FROM limits WHERE id = ?", _ROW)
    stored: dict[str, Any] = orjson.loads(rows[0]["changed"]) if rows else {}
    return stored


async def store(tx: Transaction, limits: dict[str, Any]) -> None:
    """Keep *limits* as those that differ from the defaults."""
    await tx.execute(_STORE, _ROW, orjson.dumps(limits).decode())
