"""Named queries over canaries: who they are, and what was measured of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from core.storage.database import Database, Row, Transaction, sql_time

_CREATE = """
INSERT INTO canary (username, asked, seen, missed_in_a_row, created_at)
SELECT value, 0, 0, 0, ? FROM json_each(?) WHERE true
ON CONFLICT (username) DO NOTHING
"""

_BRING_BACK = """
UPDATE canary SET retired_at = NULL, missing_since = NULL, missed_in_a_row = 0
WHERE retired_at IS NOT NULL AND username IN (SELECT value FROM json_each(?))
RETURNING username, asked, seen, missed_in_a_row
"""

_ADD = """
UPDATE canary SET platform_id = COALESCE(json_extract(j.value, '$[1]'), platform_id),
    asked = asked + json_extract(j.value, '$[2]'), seen = seen + json_extract(j.value, '$[3]'),
    missed_in_a_row = json_extract(j.value, '$[4]'),
    last_seen_at = COALESCE(json_extract(j.value, '$[5]'), last_seen_at),
    missing_since = json_extract(j.value, '$[6]'), retired_at = COALESCE(json_extract(j.value, '$[7]'), retired_at)
FROM json_each(?) AS j WHERE canary.username = json_extract(j.value, '$[0]')
"""

_ADD_SIGHTS = """
UPDATE session SET canaries_asked = canaries_asked + json_extract(j.value, '$[1]'),
    canaries_seen = canaries_seen + json_extract(j.value, '$[2]')
FROM json_each(?) AS j WHERE session.id = json_extract(j.value, '$[0]')
"""

_FOUND_LATE = (
    "SELECT COALESCE(sum(live), 0) AS live, COALESCE(sum(second_finds), 0) AS late FROM batch WHERE created_at >= ?"
)
_FOUND_LATE_BY_HOUR = """
SELECT min(created_at) AS at, sum(live) AS live, sum(second_finds) AS late FROM batch WHERE created_at >= ?
GROUP BY substr(created_at, 1, 13) ORDER BY at
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of a canary since it was last stored; the last four are as they are now."""

    username: str
    platform_id: str | None
    asked: int
    seen: int
    missed_in_a_row: int
    last_seen_at: datetime | None
    missing_since: datetime | None
    retired_at: datetime | None


async def every(db: Database | Transaction) -> list[Row]:
    """All canaries in the order of their names."""
    return await db.fetch(
        "SELECT username, platform_id, asked, seen, missed_in_a_row, last_seen_at, missing_since, retired_at,"
        " created_at FROM canary ORDER BY username"
    )


async def create(tx: Transaction, usernames: Sequence[str], at: datetime) -> int:
    """Add canaries that nothing is known of yet; how many were new."""
    return await tx.execute(_CREATE, sql_time(at), orjson.dumps(list(usernames)).decode())


async def bring_back(tx: Transaction, usernames: Sequence[str]) -> list[Row]:
    """Let those of *usernames* that retired be used again; what was measured of them."""
    rows = await tx.fetch(_BRING_BACK, orjson.dumps(list(usernames)).decode())
    return sorted(rows, key=lambda row: str(row["username"]))


async def add(tx: Transaction, measured: Sequence[Measured]) -> None:
    """Add what was measured of canaries; those removed meanwhile are left out."""
    rows: list[list[Any]] = [
        [m.username, m.platform_id, m.asked, m.seen, m.missed_in_a_row]
        + [None if at is None else sql_time(at) for at in (m.last_seen_at, m.missing_since, m.retired_at)]
        for m in measured
    ]
    await tx.execute(_ADD, orjson.dumps(rows).decode())


async def add_sights(tx: Transaction, sights: Sequence[tuple[int, int, int]]) -> None:
    """Add in how many answers sessions asked for a working canary and saw one: (session, asked, seen)."""
    await tx.execute(_ADD_SIGHTS, orjson.dumps([list(sight) for sight in sights]).decode())


async def found_late(db: Database | Transaction, since: datetime) -> tuple[int, int]:
    """Stories that batches made since then found, and those of them that only the second asking found."""
    row = (await db.fetch(_FOUND_LATE, sql_time(since)))[0]
    return int(row["live"]), int(row["late"])


async def found_late_by_hour(db: Database | Transaction, since: datetime) -> list[Row]:
    """As :func:`found_late`, by the hour in which the batches were made."""
    return await db.fetch(_FOUND_LATE_BY_HOUR, sql_time(since))


async def remove(tx: Transaction, usernames: Sequence[str]) -> int:
    """Remove canaries; how many there were."""
    names = orjson.dumps(list(usernames)).decode()
    return await tx.execute("DELETE FROM canary WHERE username IN (SELECT value FROM json_each(?))", names)
