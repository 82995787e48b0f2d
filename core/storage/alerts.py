"""Named queries over what people asked to be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import orjson

from core.domain.alarms import AlertKind, NewAlert
from core.storage.database import Database, Transaction, from_sql_time, sql_time

KEPT = timedelta(days=365)
LONGEST_SUBJECT = 120
LONGEST_TEXT = 500

_ADD = """
INSERT INTO alert (kind, subject, text, target, created_at, attempts)
SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'), '', ?, 0
FROM json_each(?)
"""
_LATEST = "SELECT id, kind, subject, text, created_at, delivered_at FROM alert ORDER BY id DESC LIMIT ?"
_FORGET = "DELETE FROM alert WHERE id IN (SELECT id FROM alert WHERE created_at < ? LIMIT ?)"
_TOLD = "SELECT DISTINCT subject FROM alert WHERE kind = ?"


@dataclass(frozen=True, slots=True)
class StoredAlert:
    """An alert; one without *delivered_at* is still to be delivered."""

    id: int
    kind: str
    subject: str
    text: str
    created_at: datetime
    delivered_at: datetime | None


async def add(tx: Transaction, alerts: Sequence[NewAlert], at: datetime) -> None:
    """Write *alerts*, to be delivered."""
    rows = [[alert.kind.value, alert.subject[:LONGEST_SUBJECT], alert.text[:LONGEST_TEXT]] for alert in alerts]
    await tx.execute(_ADD, sql_time(at), orjson.dumps(rows).decode())


async def latest(db: Database | Transaction, count: int) -> list[StoredAlert]:
    """The last *count* alerts, the newest first."""
    return [
        StoredAlert(
            row["id"],
            row["kind"],
            row["subject"],
            row["text"],
            from_sql_time(row["created_at"]),
            None if row["delivered_at"] is None else from_sql_time(row["delivered_at"]),
        )
        for row in await db.fetch(_LATEST, count)
    ]


async def told(db: Database | Transaction, kind: AlertKind) -> set[str]:
    """The subjects that there are alerts of this kind about."""
    return {row["subject"] for row in await db.fetch(_TOLD, kind.value)}


async def forget(tx: Transaction, now: datetime, count: int) -> int:
    """Forget up to *count* alerts that are older than a year; how many."""
    return await tx.execute(_FORGET, sql_time(now - KEPT), count)
