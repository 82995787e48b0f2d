"""Named queries over browsers that are signed in, each by the hash of its token.

A sign-in is live while somebody used it within 8 h and it is younger than 7 d.  One that nobody used stays in the
table until it is that old: it says from where its person has signed in before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson

from core.storage.database import Database, Row, Transaction, from_sql_time, sql_time

IDLE = timedelta(hours=8)
LONGEST = timedelta(days=7)
LONGEST_ADDRESS = 60

_CREATE = "INSERT INTO sign_in (token_hash, person_id, created_at, seen_at, address) VALUES (?, ?, ?, ?, ?)"
_LIVE = """
SELECT s.token_hash, s.person_id, s.seen_at, p.name, p.role, p.appearance
FROM sign_in AS s JOIN person AS p ON p.id = s.person_id WHERE s.seen_at > ? AND s.created_at > ? AND p.enabled
"""
_LOOK = f"{_LIVE} AND s.token_hash = ?"
_AMONG = f"{_LIVE} AND EXISTS (SELECT 1 FROM json_each(?) AS j WHERE j.value = s.token_hash)"  # noqa: S608  # ours
_FORGET = "DELETE FROM sign_in WHERE token_hash IN (SELECT token_hash FROM sign_in WHERE created_at <= ? LIMIT ?)"


@dataclass(frozen=True, slots=True)
class LiveSignIn:
    """A sign-in that holds, and whose it is."""

    token_hash: str
    person_id: int
    name: str
    role: str
    appearance: dict[str, Any]
    seen_at: datetime


async def create(tx: Transaction, *, token_hash: str, person_id: int, address: str, at: datetime) -> None:
    """Sign a browser in."""
    await tx.execute(_CREATE, token_hash, person_id, sql_time(at), sql_time(at), address[:LONGEST_ADDRESS])


async def look(db: Database | Transaction, token_hash: str, now: datetime) -> LiveSignIn | None:
    """The sign-in of this token, while it is live."""
    row = await db.fetch_one(_LOOK, *_since(now), token_hash)
    return None if row is None else _sign_in(row)


async def live_among(db: Database | Transaction, token_hashes: Collection[str], now: datetime) -> set[str]:
    """Those that are live."""
    rows = await db.fetch(_AMONG, *_since(now), orjson.dumps(list(token_hashes)).decode())
    return {row["token_hash"] for row in rows}


async def count_live(db: Database | Transaction, now: datetime) -> Mapping[int, int]:
    """How many browsers each person is signed in with; who has none is left out."""
    return Counter(row["person_id"] for row in await db.fetch(_LIVE, *_since(now)))


async def addresses_of(db: Database | Transaction, person_id: int) -> set[str]:
    """From where a person has signed in lately."""
    rows = await db.fetch("SELECT DISTINCT address FROM sign_in WHERE person_id = ?", person_id)
    return {row["address"] for row in rows}


async def seen(tx: Transaction, token_hash: str, person_id: int, at: datetime) -> None:
    """A sign-in was used just now."""
    await tx.execute("UPDATE sign_in SET seen_at = ? WHERE token_hash = ?", sql_time(at), token_hash)
    await tx.execute("UPDATE person SET last_seen_at = ? WHERE id = ?", sql_time(at), person_id)


async def end(tx: Transaction, token_hash: str) -> int:
    """End one sign-in; 0 where it was none any more."""
    return await tx.execute("DELETE FROM sign_in WHERE token_hash = ?", token_hash)


async def end_all_of(tx: Transaction, person_id: int, *, but: str = "") -> int:
    """End a person's sign-ins, all or all but one; how many."""
    return await tx.execute("DELETE FROM sign_in WHERE person_id = ? AND token_hash <> ?", person_id, but)


async def forget(tx: Transaction, now: datetime, count: int) -> int:
    """Forget up to *count* sign-ins that are older than any may become; how many."""
    return await tx.execute(_FORGET, sql_time(now - LONGEST), count)


def _since(now: datetime) -> tuple[str, str]:
    return sql_time(now - IDLE), sql_time(now - LONGEST)


def _sign_in(row: Row) -> LiveSignIn:
    return LiveSignIn(
        token_hash=row["token_hash"],
        person_id=row["person_id"],
        name=row["name"],
        role=row["role"],
        appearance=orjson.loads(row["appearance"]),
        seen_at=from_sql_time(row["seen_at"]),
    )
