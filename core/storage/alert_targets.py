"""Named queries over where alerts go: channels and what Apprise knows, and the channels of schedules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson

from core.domain.quiet import QuietHours
from core.storage.database import Database, Row, Transaction, from_sql_time, sql_time

DISCORD = "discord"
APPRISE = "apprise"
# A Discord channel that a schedule names.
SCHEDULE = "schedule"

_SELECT = """
SELECT t.*, (SELECT count(*) FROM alert_delivery d WHERE d.target_id = t.id AND d.state = 'waiting') AS waiting
FROM alert_target t
"""
_ADD = """
INSERT INTO alert_target (label, via, address, mention, kinds, quiet_from, quiet_until, enabled, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
"""
_CHANGE = """
UPDATE alert_target SET label = ?, address = ?, mention = ?, kinds = ?, quiet_from = ?, quiet_until = ?, enabled = ?
WHERE id = ?
"""
_LET_GO = """
UPDATE alert_delivery SET state = 'given_up', ended_at = ?, error = 'the target was switched off'
WHERE target_id = ? AND state = 'waiting'
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What people decide about a target.

    Args:
        address: Sealed.
        kinds: None: all.
    """

    label: str
    address: str
    mention: str | None = None
    kinds: tuple[str, ...] | None = None
    quiet: QuietHours | None = None
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class StoredTarget:
    """A target as it is stored."""

    id: int
    via: str
    wanted: Wanted
    muted_until: datetime | None
    last_delivered_at: datetime | None
    last_error: str | None
    created_at: datetime
    waiting: int

    def wants(self, kind: str) -> bool:
        """Whether it gets alerts of this kind."""
        return self.wanted.enabled and (self.wanted.kinds is None or kind in self.wanted.kinds)


async def every(db: Database | Transaction) -> list[StoredTarget]:
    """All targets in the order in which they came."""
    return [_target(row) for row in await db.fetch(f"{_SELECT} ORDER BY t.id")]


async def by_id(db: Database | Transaction, target_id: int) -> StoredTarget | None:
    """The target of this id."""
    row = await db.fetch_one(f"{_SELECT} WHERE t.id = ?", target_id)
    return None if row is None else _target(row)


async def by_label(db: Database | Transaction, label: str) -> StoredTarget | None:
    """The target that is called so, in upper or lower case."""
    row = await db.fetch_one(f"{_SELECT} WHERE lower(t.label) = lower(?)", label)
    return None if row is None else _target(row)


async def add(tx: Transaction, via: str, wanted: Wanted, at: datetime) -> int:
    """Add a target; its id.  Its label must be free."""
    values = (wanted.label, via, wanted.address, *_columns(wanted), int(wanted.enabled), sql_time(at))
    rows = await tx.fetch(_ADD, *values)
    return int(rows[0]["id"])


async def change(tx: Transaction, target_id: int, wanted: Wanted) -> None:
    """Change a target; its label must be free or its own."""
    await tx.execute(_CHANGE, wanted.label, wanted.address, *_columns(wanted), int(wanted.enabled), target_id)


async def let_go(tx: Transaction, target_id: int, at: datetime) -> None:
    """Give up what waits for a target that is switched off."""
    await tx.execute(_LET_GO, sql_time(at), target_id)


async def remove(tx: Transaction, target_id: int) -> None:
    """Remove a target with its deliveries; the alerts stay."""
    await tx.execute("DELETE FROM alert_target WHERE id = ?", target_id)


async def mute(tx: Transaction, target_id: int, until: datetime | None) -> None:
    """Hold what is for a target until then; None: no longer."""
    await tx.execute(
        "UPDATE alert_target SET muted_until = ? WHERE id = ?", None if until is None else sql_time(until), target_id
    )


async def went_well(tx: Transaction, target_id: int, at: datetime) -> None:
    """A message reached it."""
    await tx.execute(
        "UPDATE alert_target SET last_delivered_at = ?, last_error = NULL WHERE id = ?", sql_time(at), target_id
    )


async def went_wrong(tx: Transaction, target_id: int, why: str) -> None:
    """A message did not reach it."""
    await tx.execute("UPDATE alert_target SET last_error = ? WHERE id = ?", why[:300], target_id)


async def schedule_names(db: Database, labels: Sequence[str]) -> dict[str, str]:
    """The names of the schedules whose channels have these labels, by label."""
    rows = await db.fetch(
        "SELECT 'schedule:' || id AS label, name FROM schedule"
        " WHERE 'schedule:' || id IN (SELECT value FROM json_each(?))",
        orjson.dumps(list(labels)).decode(),
    )
    return {row["label"]: row["name"] for row in rows}


def _columns(wanted: Wanted) -> tuple[str | None, str | None, int | None, int | None]:
    quiet = wanted.quiet
    return (
        wanted.mention,
        None if wanted.kinds is None else orjson.dumps(wanted.kinds).decode(),
        None if quiet is None else quiet.start,
        None if quiet is None else quiet.end,
    )


def _target(row: Row) -> StoredTarget:
    quiet = None if row["quiet_from"] is None else QuietHours(row["quiet_from"], row["quiet_until"])
    kinds = None if row["kinds"] is None else tuple(orjson.loads(row["kinds"]))
    return StoredTarget(
        row["id"],
        row["via"],
        Wanted(row["label"], row["address"], row["mention"], kinds, quiet, bool(row["enabled"])),
        _time(row["muted_until"]),
        _time(row["last_delivered_at"]),
        row["last_error"],
        from_sql_time(row["created_at"]),
        row["waiting"],
    )


def _time(text: str | None) -> datetime | None:
    return None if text is None else from_sql_time(text)
