"""Named queries over codes that work once, each by its hash."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.storage.database import Database, Transaction, sql_time

LIFE = timedelta(hours=24)
LINK = "link"
PAIRING = "discord"

_CREATE = "INSERT INTO one_time_code (code_hash, person_id, purpose, created_at, expires_at) VALUES (?, ?, ?, ?, ?)"
_LOOK = "SELECT person_id FROM one_time_code WHERE code_hash = ? AND purpose = ? AND expires_at > ?"
_USE = "DELETE FROM one_time_code WHERE code_hash = ? AND purpose = ? AND expires_at > ? RETURNING person_id"
_FORGET = (
    "DELETE FROM one_time_code WHERE code_hash IN (SELECT code_hash FROM one_time_code WHERE expires_at <= ? LIMIT ?)"
)


async def replace(
    tx: Transaction, *, code_hash: str, person_id: int, purpose: str, at: datetime, life: timedelta = LIFE
) -> datetime:
    """Give a person a code in place of those they had for this purpose; when it ends."""
    await withdraw(tx, person_id, purpose)
    await tx.execute(_CREATE, code_hash, person_id, purpose, sql_time(at), sql_time(at + life))
    return at + life


async def withdraw(tx: Transaction, person_id: int, purpose: str) -> None:
    """No code of this person works for this purpose any more."""
    await tx.execute("DELETE FROM one_time_code WHERE person_id = ? AND purpose = ?", person_id, purpose)


async def look(db: Database | Transaction, code_hash: str, purpose: str, now: datetime) -> int | None:
    """Whose the code is; None where it does not work any more."""
    found: int | None = await db.fetch_value(_LOOK, code_hash, purpose, sql_time(now))
    return found


async def use(tx: Transaction, code_hash: str, purpose: str, now: datetime) -> int | None:
    """Whose the code was, which works no more from now on; None where it did not before."""
    found: int | None = await tx.fetch_value(_USE, code_hash, purpose, sql_time(now))
    return found


async def forget(tx: Transaction, now: datetime, count: int) -> int:
    """Forget up to *count* codes that ended; how many."""
    return await tx.execute(_FORGET, sql_time(now), count)
