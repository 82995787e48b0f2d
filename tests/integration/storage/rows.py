"""The simplest rows there are, for tests that are about transactions and not about what is in them."""

from __future__ import annotations

from core.storage.database import Database, Transaction

_ADD = "INSERT INTO canary (username, asked, seen, missed_in_a_row, created_at) VALUES (?, 0, 0, 0, '2026-01-01')"


async def add_canary(tx: Transaction, name: str) -> None:
    """A row that is called *name*."""
    await tx.execute(_ADD, name)


async def canaries(database: Database) -> list[str]:
    """The names of the rows that are committed."""
    return [row["username"] for row in await database.fetch("SELECT username FROM canary ORDER BY username")]
