"""Named queries over people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from core.secrets import Secret
from core.storage.database import Database, Row, Transaction, from_sql_time, sql_time

_VIEW = "SELECT id, name, role, password_hash, discord_id, enabled, appearance, created_at, last_seen_at FROM person"
_CREATE = """
INSERT INTO person (name, name_key, role, discord_id, enabled, appearance, created_at) VALUES (?, ?, ?, ?, 1, '{}', ?)
RETURNING id
"""


@dataclass(frozen=True, slots=True)
class StoredPerson:
    """A person's own row."""

    id: int
    name: str
    role: str
    password_hash: Secret | None
    discord_id: str | None
    enabled: bool
    appearance: dict[str, Any]
    created_at: datetime
    last_seen_at: datetime | None


async def find(db: Database | Transaction, key: str) -> StoredPerson | None:
    """The person whose name has this key."""
    row = await db.fetch_one(f"{_VIEW} WHERE name_key = ?", key)
    return None if row is None else _person(row)


async def by_id(db: Database | Transaction, person_id: int) -> StoredPerson | None:
    """The person of this id."""
    row = await db.fetch_one(f"{_VIEW} WHERE id = ?", person_id)
    return None if row is None else _person(row)


async def by_discord_id(db: Database | Transaction, discord_id: str) -> StoredPerson | None:
    """The person who is this user of Discord."""
    row = await db.fetch_one(f"{_VIEW} WHERE discord_id = ?", discord_id)
    return None if row is None else _person(row)


async def every(db: Database | Transaction) -> list[StoredPerson]:
    """All people in the order of their names."""
    return [_person(row) for row in await db.fetch(f"{_VIEW} ORDER BY name_key")]


async def somebody_exists(db: Database | Transaction) -> bool:
    """Whether there is a person at all."""
    return bool(await db.fetch_value("SELECT EXISTS (SELECT 1 FROM person)"))


async def others_enabled(tx: Transaction, role: str, person_id: int) -> bool:
    """Whether somebody else has this role and is not switched off."""
    sql = "SELECT EXISTS (SELECT 1 FROM person WHERE role = ? AND enabled AND id <> ?)"
    return bool(await tx.fetch_value(sql, role, person_id))


async def create(tx: Transaction, *, name: str, key: str, role: str, discord_id: str | None, at: datetime) -> int:
    """Add a person without a password; the id.  Key and Discord id must be free."""
    return int(await tx.fetch_value(_CREATE, name, key, role, discord_id, sql_time(at)))


async def rename(tx: Transaction, person_id: int, *, name: str, key: str) -> None:
    """Give a person another name; the key must be free or their own."""
    await tx.execute("UPDATE person SET name = ?, name_key = ? WHERE id = ?", name, key, person_id)


async def set_role(tx: Transaction, person_id: int, role: str) -> None:
    """Give a person another role."""
    await tx.execute("UPDATE person SET role = ? WHERE id = ?", role, person_id)


async def set_enabled(tx: Transaction, person_id: int, *, enabled: bool) -> None:
    """Switch a person on or off."""
    await tx.execute("UPDATE person SET enabled = ? WHERE id = ?", enabled, person_id)


async def set_password(tx: Transaction, person_id: int, hashed: Secret) -> None:
    """Store the hash of a person's password."""
    await tx.execute("UPDATE person SET password_hash = ? WHERE id = ?", hashed.reveal(), person_id)


async def set_discord_id(tx: Transaction, person_id: int, discord_id: str | None) -> None:
    """Say which user of Discord a person is; nobody else may be."""
    await tx.execute("UPDATE person SET discord_id = ? WHERE id = ?", discord_id, person_id)


async def set_appearance(tx: Transaction, person_id: int, appearance: dict[str, Any]) -> None:
    """Store how a person wants the panel to look."""
    await tx.execute("UPDATE person SET appearance = ? WHERE id = ?", orjson.dumps(appearance).decode(), person_id)


async def remove(tx: Transaction, person_id: int) -> None:
    """Remove a person, and with them their sign-ins and codes."""
    await tx.execute("DELETE FROM person WHERE id = ?", person_id)


def _person(row: Row) -> StoredPerson:
    return StoredPerson(
        id=row["id"],
        name=row["name"],
        role=row["role"],
        password_hash=None if row["password_hash"] is None else Secret(row["password_hash"]),
        discord_id=row["discord_id"],
        enabled=bool(row["enabled"]),
        appearance=orjson.loads(row["appearance"]),
        created_at=from_sql_time(row["created_at"]),
        last_seen_at=None if row["last_seen_at"] is None else from_sql_time(row["last_seen_at"]),
    )
