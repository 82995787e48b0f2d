"""Named queries over what people asked to be told: written once, handed on, listed, forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson

from core.domain.alarms import AlertKind, NewAlert
from core.storage.database import Database, Row, Transaction, from_sql_time, sql_time

KEPT = timedelta(days=365)
LONGEST_SUBJECT = 120
LONGEST_TEXT = 500

_ADD = """
INSERT INTO alert (kind, subject, text, target, created_at, attempts, batch_id)
SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'), '', ?, 0,
    json_extract(value, '$[3]')
FROM json_each(?)
"""
_ADD_HANDED_ON = """
INSERT INTO alert (kind, subject, text, target, created_at, attempts, handed_on) VALUES (?, ?, ?, '', ?, 0, 1)
RETURNING id
"""
_SELECT = "SELECT id, kind, subject, text, created_at, delivered_at, batch_id, detail FROM alert"
_LATEST = f"{_SELECT} ORDER BY id DESC LIMIT ?"
_OF_TARGET = "SELECT alert_id FROM alert_delivery WHERE target_id = ? ORDER BY id DESC LIMIT ?"
_LATEST_OF_TARGET = f"{_SELECT} WHERE id IN ({_OF_TARGET}) ORDER BY id DESC"
_GIVEN = "SELECT value FROM json_each(?)"
_BY_ID = f"{_SELECT} WHERE id IN ({_GIVEN}) ORDER BY id"
_NEW = f"{_SELECT} INDEXED BY idx_alert_new WHERE handed_on = 0 ORDER BY id LIMIT ?"
_FORGET = "DELETE FROM alert WHERE id IN (SELECT id FROM alert WHERE created_at < ? LIMIT ?)"
_TOLD = "SELECT DISTINCT subject FROM alert WHERE kind = ?"
_TELL_ONCE = "INSERT OR IGNORE INTO told (key, at) VALUES (?, ?)"


@dataclass(frozen=True, slots=True)
class StoredAlert:
    """An alert; one without *delivered_at* is still to be delivered.

    Args:
        detail: What a digest says beside the text.
    """

    id: int
    kind: str
    subject: str
    text: str
    created_at: datetime
    delivered_at: datetime | None
    batch_id: str | None = None
    detail: Any = None


async def add(tx: Transaction, alerts: Sequence[NewAlert], at: datetime) -> None:
    """Write *alerts*, to be delivered."""
    rows = [
        [alert.kind.value, alert.subject[:LONGEST_SUBJECT], alert.text[:LONGEST_TEXT], alert.batch_id]
        for alert in alerts
    ]
    await tx.execute(_ADD, sql_time(at), orjson.dumps(rows).decode())


async def add_once(tx: Transaction, key: str, alert: NewAlert, at: datetime) -> bool:
    """Write *alert* unless one with this key was written before; whether it was written."""
    if not await tx.execute(_TELL_ONCE, key, sql_time(at)):
        return False
    await add(tx, [alert], at)
    return True


async def add_handed_on(tx: Transaction, alert: NewAlert, at: datetime) -> int:
    """Write an alert whose deliveries are somebody else's matter; its id."""
    rows = await tx.fetch(_ADD_HANDED_ON, alert.kind.value, alert.subject, alert.text, sql_time(at))
    return int(rows[0]["id"])


async def are_told(db: Database | Transaction, keys: Sequence[str]) -> set[str]:
    """Those of *keys* that something was told about."""
    rows = await db.fetch(
        "SELECT key FROM told WHERE key IN (SELECT value FROM json_each(?))", orjson.dumps(list(keys)).decode()
    )
    return {row["key"] for row in rows}


async def over(tx: Transaction, key: str) -> None:
    """The spell of this key is over: the next one is told again."""
    await tx.execute("DELETE FROM told WHERE key = ?", key)


async def latest(db: Database | Transaction, count: int, target_id: int | None = None) -> list[StoredAlert]:
    """The last *count* alerts, of all or of those that went to one target; the newest first."""
    if target_id is None:
        return [_alert(row) for row in await db.fetch(_LATEST, count)]
    return [_alert(row) for row in await db.fetch(_LATEST_OF_TARGET, target_id, count)]


async def by_ids(db: Database | Transaction, ids: Sequence[int]) -> list[StoredAlert]:
    """The alerts with these ids, the oldest first."""
    return [_alert(row) for row in await db.fetch(_BY_ID, orjson.dumps(list(ids)).decode())]


async def not_handed_on(db: Database, count: int) -> list[StoredAlert]:
    """The oldest *count* alerts whose deliveries are not written."""
    return [_alert(row) for row in await db.fetch(_NEW, count)]


async def hand_on(tx: Transaction, alert_id: int, detail: Any) -> bool:
    """Its deliveries are written in this transaction; False where that was done before."""
    text = None if detail is None else orjson.dumps(detail).decode()
    changed = await tx.execute(
        "UPDATE alert SET handed_on = 1, detail = COALESCE(?, detail) WHERE id = ? AND handed_on = 0", text, alert_id
    )
    return changed > 0


async def drop(tx: Transaction, alert_id: int) -> None:
    """It is no news after all."""
    await tx.execute("DELETE FROM alert WHERE id = ?", alert_id)


async def told(db: Database | Transaction, kind: AlertKind) -> set[str]:
    """The subjects that there are alerts of this kind about."""
    return {row["subject"] for row in await db.fetch(_TOLD, kind.value)}


async def forget(tx: Transaction, now: datetime, count: int) -> int:
    """Forget up to *count* alerts that are older than a year; how many."""
    return await tx.execute(_FORGET, sql_time(now - KEPT), count)


def _alert(row: Row) -> StoredAlert:
    return StoredAlert(
        row["id"],
        row["kind"],
        row["subject"],
        row["text"],
        from_sql_time(row["created_at"]),
        None if row["delivered_at"] is None else from_sql_time(row["delivered_at"]),
        row["batch_id"],
        None if row["detail"] is None else orjson.loads(row["detail"]),
    )
