"""Named queries over errors and unread answers of one kind, each kind with one redacted sample."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.storage.database import Database, Row, Transaction, from_sql_time

_COLUMNS = "SELECT fingerprint, kind, title, count, first_seen, last_seen, sample, action FROM error_group"
_LATEST = f"{_COLUMNS} ORDER BY last_seen DESC, fingerprint LIMIT ?"
_ONE = f"{_COLUMNS} WHERE fingerprint = ?"
_ABOUT = """
SELECT fingerprint FROM error_group WHERE kind = 'answer' AND title LIKE '%: ' || ? || ' (%' AND sample IS NOT NULL
ORDER BY last_seen DESC LIMIT 1
"""
_NOTE = "UPDATE error_group SET action = ? WHERE fingerprint = ?"


@dataclass(frozen=True, slots=True)
class StoredError:
    """The row."""

    fingerprint: str
    kind: str
    title: str
    count: int
    first_seen: datetime
    last_seen: datetime
    sample: str | None
    action: str | None


async def latest(db: Database, count: int) -> list[StoredError]:
    """The *count* kinds that were seen last, the latest first."""
    return _all(await db.fetch(_LATEST, count))


async def one(db: Database | Transaction, fingerprint: str) -> StoredError | None:
    """The kind with this fingerprint."""
    return next(iter(_all(await db.fetch(_ONE, fingerprint))), None)


async def about(db: Database, reason: str) -> str | None:
    """Fingerprint of the kind that shows an answer which was not understood for *reason*; None without a sample."""
    found = await db.fetch(_ABOUT, reason)
    return str(found[0]["fingerprint"]) if found else None


async def note(tx: Transaction, fingerprint: str, action: str | None) -> None:
    """Keep what was done about it."""
    await tx.execute(_NOTE, action, fingerprint)


def _all(rows: Sequence[Row]) -> list[StoredError]:
    return [
        StoredError(
            row["fingerprint"],
            row["kind"],
            row["title"],
            row["count"],
            from_sql_time(row["first_seen"]),
            from_sql_time(row["last_seen"]),
            row["sample"],
            row["action"],
        )
        for row in rows
    ]
