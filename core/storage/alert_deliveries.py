"""Named queries over alerts on their way to targets: written, claimed for a while, delivered, failed, given up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import orjson

from core.domain.outbox import Waiting
from core.storage.database import Database, Row, Transaction, from_sql_time, sql_time

_ADD = """
INSERT OR IGNORE INTO alert_delivery (alert_id, target_id, state, attempts, due_at) VALUES (?, ?, 'waiting', 0, ?)
"""
# The oldest; more of them than that have to wait for their turn.
_WAITING = """
SELECT d.id, d.target_id, d.nonce, d.due_at, d.claimed_until, a.kind
FROM alert_delivery d INDEXED BY idx_delivery_due JOIN alert a ON a.id = d.alert_id JOIN alert_target t ON
    t.id = d.target_id
WHERE d.state = 'waiting' AND t.via IN (SELECT value FROM json_each(?)) ORDER BY d.due_at, d.id LIMIT 5000
"""
_IS_DUE = """
SELECT 1 FROM alert_delivery d INDEXED BY idx_delivery_due JOIN alert_target t ON t.id = d.target_id
WHERE d.state = 'waiting' AND d.due_at <= ? AND t.via IN (SELECT value FROM json_each(?)) LIMIT 1
"""
_VOID = """
UPDATE alert_delivery SET claimed_until = NULL
WHERE state = 'waiting' AND claimed_until IS NOT NULL AND target_id IN (
    SELECT id FROM alert_target WHERE via IN (SELECT value FROM json_each(?))
)
"""
_CLAIM = """
UPDATE alert_delivery SET nonce = COALESCE(nonce, ?), claimed_until = ?, attempts = attempts + 1
WHERE state = 'waiting' AND id IN (SELECT value FROM json_each(?)) RETURNING nonce
"""
_COUNT_ATTEMPT = """
UPDATE alert SET attempts = attempts + 1
WHERE id IN (SELECT alert_id FROM alert_delivery WHERE id IN (SELECT value FROM json_each(?)))
"""
_DELIVERED = """
UPDATE alert_delivery SET state = 'delivered', ended_at = ?, claimed_until = NULL, error = NULL
WHERE state = 'waiting' AND id IN (SELECT value FROM json_each(?)) RETURNING target_id
"""
_ALERTS_DELIVERED = """
UPDATE alert SET delivered_at = ?
WHERE delivered_at IS NULL AND id IN (SELECT alert_id FROM alert_delivery WHERE id IN (SELECT value FROM json_each(?)))
"""
_FOUND = """
SELECT id, target_id, attempts FROM alert_delivery
WHERE state = 'waiting' AND id IN (SELECT value FROM json_each(?))
"""
_AGAIN = """
UPDATE alert_delivery SET due_at = ?, claimed_until = NULL, error = ? WHERE id IN (SELECT value FROM json_each(?))
"""
_GIVE_UP = """
UPDATE alert_delivery SET state = 'given_up', ended_at = ?, claimed_until = NULL, error = ?
WHERE id IN (SELECT value FROM json_each(?))
"""
_ALERTS = """
SELECT DISTINCT alert_id FROM alert_delivery WHERE id IN (SELECT value FROM json_each(?)) ORDER BY alert_id
"""
_OF_ALERTS = """
SELECT d.*, a.kind, t.label FROM json_each(?) j JOIN alert_delivery d ON d.alert_id = j.value
JOIN alert a ON a.id = d.alert_id JOIN alert_target t ON t.id = d.target_id ORDER BY d.id
"""
_LONGEST_ERROR = 300


async def add(tx: Transaction, alert_id: int, target_id: int, due_at: datetime) -> None:
    """Have an alert delivered to a target, once."""
    await tx.execute(_ADD, alert_id, target_id, sql_time(due_at))


async def is_due(db: Database, vias: Sequence[str], now: datetime) -> bool:
    """Whether something that goes this way is due, held or not."""
    return bool(await db.fetch(_IS_DUE, sql_time(now), _json(vias)))


async def waiting(tx: Transaction, vias: Sequence[str]) -> dict[int, list[Waiting]]:
    """What is not through and goes this way, by target, the oldest first."""
    found: dict[int, list[Waiting]] = {}
    for row in await tx.fetch(_WAITING, _json(vias)):
        claimed = None if row["claimed_until"] is None else from_sql_time(row["claimed_until"])
        each = Waiting(row["id"], row["kind"], from_sql_time(row["due_at"]), row["nonce"], claimed)
        found.setdefault(row["target_id"], []).append(each)
    return found


async def void_claims(tx: Transaction, vias: Sequence[str]) -> None:
    """Whoever claimed what goes this way has ended."""
    await tx.execute(_VOID, _json(vias))


async def claim(tx: Transaction, ids: Sequence[int], *, nonce: str, until: datetime) -> str:
    """Claim deliveries for one message; its nonce, which is that of an earlier try if there was one."""
    rows = await tx.fetch(_CLAIM, nonce, sql_time(until), _json(ids))
    await tx.execute(_COUNT_ATTEMPT, _json(ids))
    return str(rows[0]["nonce"])


async def alerts_of(tx: Transaction, ids: Sequence[int]) -> list[int]:
    """The ids of the alerts of deliveries."""
    return [row["alert_id"] for row in await tx.fetch(_ALERTS, _json(ids))]


async def delivered(tx: Transaction, ids: Sequence[int], at: datetime) -> set[int]:
    """They reached their targets, whose ids are given."""
    rows = await tx.fetch(_DELIVERED, sql_time(at), _json(ids))
    await tx.execute(_ALERTS_DELIVERED, sql_time(at), _json(ids))
    return {row["target_id"] for row in rows}


async def attempted(tx: Transaction, ids: Sequence[int]) -> list[Row]:
    """Those of *ids* that are not through: id, target, attempts."""
    return await tx.fetch(_FOUND, _json(ids))


async def try_again(tx: Transaction, ids: Sequence[int], due_at: datetime, why: str) -> None:
    """They did not reach their target and are tried again at *due_at*."""
    await tx.execute(_AGAIN, sql_time(due_at), why[:_LONGEST_ERROR], _json(ids))


async def give_up(tx: Transaction, ids: Sequence[int], at: datetime, why: str) -> None:
    """They did not reach their target and are tried no more."""
    await tx.execute(_GIVE_UP, sql_time(at), why[:_LONGEST_ERROR], _json(ids))


async def of_alerts(db: Database | Transaction, alert_ids: Sequence[int]) -> list[Row]:
    """The deliveries of alerts with their targets' labels, the oldest first."""
    return await db.fetch(_OF_ALERTS, _json(alert_ids))


def _json(values: Sequence[int] | Sequence[str]) -> str:
    return orjson.dumps(list(values)).decode()
