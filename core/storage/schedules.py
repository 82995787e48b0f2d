"""Named queries over schedules: written, listed, and whom they check.  Their runs are a matter of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from core.storage.database import Database, Row, Transaction, from_sql_time, sql_time

LONGEST_WORD = 300

# In the order of the statements below.
_COLUMNS = (
    "name",
    "name_key",
    "niche_ids",
    "every_seconds",
    "cron",
    "timezone",
    "jitter_seconds",
    "active_from",
    "active_until",
    "fresh_minutes",
    "only",
    "stop_at_target",
    "only_changes",
    "guild_id",
    "channel_id",
    "mention",
    "starts_at",
)
# With the batch of the last run that made one.
_VIEW = """
SELECT s.*, (SELECT r.batch_id FROM schedule_run r WHERE r.schedule_id = s.id AND r.batch_id IS NOT NULL
    ORDER BY r.due_at DESC, r.id DESC LIMIT 1) AS batch_id
FROM schedule s
"""
_ADD = """
INSERT INTO schedule (
    name, name_key, niche_ids, every_seconds, cron, timezone, jitter_seconds, active_from, active_until,
    fresh_minutes, only, stop_at_target, only_changes, guild_id, channel_id, mention, starts_at, enabled,
    created_by, created_at
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?) RETURNING id
"""
_CHANGE = """
UPDATE schedule SET name = ?, name_key = ?, niche_ids = ?, every_seconds = ?, cron = ?, timezone = ?,
    jitter_seconds = ?, active_from = ?, active_until = ?, fresh_minutes = ?, only = ?, stop_at_target = ?,
    only_changes = ?, guild_id = ?, channel_id = ?, mention = ?, starts_at = ?
WHERE id = ?
"""
_PLAN = "UPDATE schedule SET next_at = ?, next_due_at = ?, enabled = ? WHERE id = ?"

_SEEN_SINCE = """
SELECT count(*) AS n FROM profile INDEXED BY idx_profile_feed WHERE niche_id = ? AND last_story_at >= ?
"""
_PROFILES = """
SELECT username, status, story_until > ? AS live FROM profile
WHERE niche_id = ? AND username > ? ORDER BY username LIMIT ?
"""
_COUNTED = """
SELECT count(*) AS n FROM profile INDEXED BY idx_profile_feed WHERE niche_id = ?1 AND status = 'active' AND CASE ?3
    WHEN 'with_story' THEN story_until > ?2
    WHEN 'without_story' THEN story_until IS NULL OR story_until <= ?2
    ELSE 1 END
"""


@dataclass(frozen=True, slots=True)
class StoredSchedule:
    """A schedule's own row; *batch* is that of its last run, where it was asked for."""

    id: int
    name: str
    niche_ids: tuple[int, ...]
    every_seconds: int | None
    cron: str | None
    timezone: str
    jitter_seconds: int
    active_from: int | None
    active_until: int | None
    fresh_minutes: int | None
    only: str
    stop_at_target: bool
    only_changes: bool
    guild_id: str | None
    channel_id: str | None
    mention: str | None
    enabled: bool
    starts_at: datetime
    next_at: datetime | None
    next_due_at: datetime | None
    last_at: datetime | None
    last_word: str | None
    created_by: str
    created_at: datetime
    batch: str | None


@dataclass(frozen=True, slots=True)
class Planned:
    """The coming run of a schedule: when it happens, and the moment that the rule names."""

    at: datetime
    due_at: datetime


# -- written ------------------------------------------------------------------------


async def add(tx: Transaction, values: Mapping[str, Any], *, by: str, at: datetime) -> int:
    """Add an enabled schedule; its id.  The key must be free.

    Args:
        values: By column.
    """
    rows = await tx.fetch(_ADD, *_bound(values), by[:80], sql_time(at))
    return int(rows[0]["id"])


async def change(tx: Transaction, schedule_id: int, values: Mapping[str, Any]) -> None:
    """Give the schedule these values; the key must be free or its own."""
    await tx.execute(_CHANGE, *_bound(values), schedule_id)


async def plan(tx: Transaction, schedule_id: int, coming: Planned | None, *, enabled: bool = True) -> None:
    """Say when it runs next; None is never."""
    await tx.execute(_PLAN, *times_of(coming), int(enabled), schedule_id)


async def set_last_word(tx: Transaction, schedule_id: int, word: str) -> None:
    """Say what became of its last run, or of itself."""
    await tx.execute("UPDATE schedule SET last_word = ? WHERE id = ?", word[:LONGEST_WORD], schedule_id)


async def remove(tx: Transaction, schedule_id: int) -> None:
    """Erase the schedule with its runs; its batches stay."""
    await tx.execute("DELETE FROM schedule WHERE id = ?", schedule_id)


# -- read ---------------------------------------------------------------------------


async def find(db: Database | Transaction, key: str) -> StoredSchedule | None:
    """The schedule whose case-folded name is *key*."""
    rows = await db.fetch(f"{_VIEW} WHERE s.name_key = ?", key)
    return schedule_of(rows[0]) if rows else None


async def by_id(db: Database | Transaction, schedule_id: int) -> StoredSchedule | None:
    """The schedule of this id."""
    rows = await db.fetch(f"{_VIEW} WHERE s.id = ?", schedule_id)
    return schedule_of(rows[0]) if rows else None


async def every(db: Database | Transaction) -> list[StoredSchedule]:
    """All schedules in the order of their names."""
    return [schedule_of(row) for row in await db.fetch(f"{_VIEW} ORDER BY s.name_key")]


async def names(db: Database | Transaction) -> list[str]:
    """The names of all schedules, in their order."""
    return [row["name"] for row in await db.fetch("SELECT name FROM schedule ORDER BY name_key")]


async def count_profiles(db: Database, niche_id: int, only: str, now: datetime) -> int:
    """How many active profiles of the niche *only* takes in."""
    rows = await db.scan(_COUNTED, niche_id, sql_time(now), only)
    return int(rows[0]["n"])


async def seen_live_since(db: Database, niche_id: int, since: datetime) -> int:
    """How many profiles of the niche had a story at a check since then."""
    rows = await db.scan(_SEEN_SINCE, niche_id, sql_time(since))
    return int(rows[0]["n"])


async def profiles_of_niche(db: Database, niche_id: int, *, after: str, count: int, now: datetime) -> list[Row]:
    """Up to *count* profiles whose names come after *after*: name, status, and whether a story is known to last."""
    return await db.fetch(_PROFILES, sql_time(now), niche_id, after, count)


def _bound(values: Mapping[str, Any]) -> list[Any]:
    return [_value(values[name]) for name in _COLUMNS]


def _value(value: Any) -> Any:
    if isinstance(value, datetime):
        return sql_time(value)
    if isinstance(value, bool):
        return int(value)
    return orjson.dumps(value).decode() if isinstance(value, list | tuple) else value


def times_of(coming: Planned | None) -> tuple[str | None, str | None]:
    return (None, None) if coming is None else (sql_time(coming.at), sql_time(coming.due_at))


def niche_ids_of(text: str) -> tuple[int, ...]:
    return tuple(orjson.loads(text))


def maybe_time(text: str | None) -> datetime | None:
    return None if text is None else from_sql_time(text)


def schedule_of(row: Row) -> StoredSchedule:
    return StoredSchedule(
        id=row["id"],
        name=row["name"],
        niche_ids=niche_ids_of(row["niche_ids"]),
        every_seconds=row["every_seconds"],
        cron=row["cron"],
        timezone=row["timezone"],
        jitter_seconds=row["jitter_seconds"],
        active_from=row["active_from"],
        active_until=row["active_until"],
        fresh_minutes=row["fresh_minutes"],
        only=row["only"],
        stop_at_target=bool(row["stop_at_target"]),
        only_changes=bool(row["only_changes"]),
        guild_id=row["guild_id"],
        channel_id=row["channel_id"],
        mention=row["mention"],
        enabled=bool(row["enabled"]),
        starts_at=from_sql_time(row["starts_at"]),
        next_at=maybe_time(row["next_at"]),
        next_due_at=maybe_time(row["next_due_at"]),
        last_at=maybe_time(row["last_at"]),
        last_word=row["last_word"],
        created_by=row["created_by"],
        created_at=from_sql_time(row["created_at"]),
        batch=row["batch_id"] if "batch_id" in row.keys() else None,  # noqa: SIM118  # a row's own iterator gives values
    )
