"""Named queries over the one row of alert rules: a JSON object of those that differ from the defaults."""

from __future__ import annotations

import orjson

from core.domain.alert_rules import AlertRules, from_stored, to_store
from core.storage.database import Database, Transaction

_ROW = 1
_STORE = """
INSERT INTO alert_rules (id, changed) VALUES (?, ?)
ON CONFLICT (id) DO UPDATE SET changed = excluded.changed
"""


async def read(db: Database | Transaction) -> AlertRules:
    """The rules in force."""
    text = await db.fetch_value("SELECT changed FROM alert_rules WHERE id = ?", _ROW)
    return AlertRules() if text is None else from_stored(orjson.loads(text))


async def store(tx: Transaction, rules: AlertRules) -> None:
    """Keep *rules*."""
    await tx.execute(_STORE, _ROW, orjson.dumps(to_store(rules)).decode())
