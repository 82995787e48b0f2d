"""Named queries that say how things stand now: what waits, who rests for what, since when the breaker is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import orjson

from core.storage.database import Database, from_sql_time, sql_time

_WAITING_CHECKS = """
SELECT COALESCE(sum(total - finished), 0) FROM batch
WHERE status IN ('queued', 'in_progress') AND position IS NOT NULL
"""
_COUNTS = """
SELECT
    (SELECT count(*) FROM alert WHERE handed_on = 0) + (SELECT count(*) FROM alert_delivery WHERE state = 'waiting')
        AS alerts_waiting,
    (SELECT count(*) FROM schedule WHERE enabled = 1) AS schedules_on
"""
_PROXIES = """
SELECT count(*) AS count, CASE WHEN enabled = 0 THEN 'off'
    WHEN state = 'cooling' AND cooldown_until <= ? THEN 'ready' ELSE state END AS word
FROM proxy GROUP BY word
"""
_OPENED = """
SELECT at, reason FROM resource_event WHERE kind = 'breaker' AND before = 'closed' AND after <> 'closed' AND at >= ?
ORDER BY id DESC
"""
_LAST_OPENED = """
SELECT at FROM resource_event WHERE kind = 'breaker' AND before = 'closed' AND after <> 'closed'
ORDER BY id DESC LIMIT 1
"""
_TROUBLED_PROXIES = """
SELECT last_error AS reason, state, count(*) AS count, min(cooldown_until) AS until FROM proxy
WHERE enabled = 1 AND cooldown_until > ? GROUP BY last_error, state
"""
_TROUBLED_SESSIONS = """
SELECT last_error AS reason, state, count(*) AS count, min(resting_until) AS until FROM session
WHERE enabled = 1 AND proxy_id IS NOT NULL AND (state IN ('expired', 'checkpoint') OR resting_until > ?)
GROUP BY last_error, state
"""
_HIT_SESSIONS = """
SELECT subject, reason, at FROM resource_event
WHERE kind = 'session' AND at >= ? AND after IN ('suspected', 'expired', 'checkpoint') AND before <> after
ORDER BY at DESC LIMIT ?
"""
_NAMES = """
SELECT id, CASE WHEN label <> '' THEN label ELSE host || ':' || port END AS name FROM proxy
WHERE id IN (SELECT value FROM json_each(?))
"""

_OTHERS = "SELECT id FROM proxy WHERE id NOT IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT ?"
_SESSIONS_OF = """
SELECT proxy_id, count(*) AS count FROM session WHERE proxy_id IN (SELECT value FROM json_each(?)) GROUP BY proxy_id
"""


@dataclass(frozen=True, slots=True)
class Troubled:
    """Proxies or sessions that rest, or wait for a person, after the same last failure.

    Args:
        until: When the first of them is ready; None where they wait for a person.
    """

    reason: str
    state: str
    count: int
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Struck:
    """A session that came under suspicion or out of service."""

    session: str
    reason: str
    at: datetime


async def waiting_checks(db: Database) -> int:
    """Unfinished checks of batches that run or are in line."""
    return int(await db.fetch_value(_WAITING_CHECKS))


async def counts(db: Database) -> tuple[int, int]:
    """Alerts that are still to be delivered, and schedules that are switched on."""
    (row,) = await db.fetch(_COUNTS)
    return int(row["alerts_waiting"]), int(row["schedules_on"])


async def proxies_by_state(db: Database, now: datetime) -> dict[str, int]:
    """How many proxies are ready, cooling, quarantined and off."""
    return {row["word"]: int(row["count"]) for row in await db.fetch(_PROXIES, sql_time(now))}


async def breaker_opened(db: Database) -> datetime | None:
    """When the breaker last opened, as far as the log reaches."""
    rows = await db.fetch(_LAST_OPENED)
    return from_sql_time(rows[0]["at"]) if rows else None


async def breaker_openings(db: Database, since: datetime) -> list[str]:
    """For what it opened since then, once for each time."""
    return [row["reason"] for row in await db.fetch(_OPENED, sql_time(since))]


async def troubled_proxies(db: Database, now: datetime) -> list[Troubled]:
    """Those that rest, by their last failure and state."""
    return await _troubled(db, _TROUBLED_PROXIES, now)


async def troubled_sessions(db: Database, now: datetime) -> list[Troubled]:
    """Those that rest or wait for a person, by their last failure and state."""
    return await _troubled(db, _TROUBLED_SESSIONS, now)


async def struck_sessions(db: Database, since: datetime, count: int) -> list[Struck]:
    """The last *count* times that a session came under suspicion or out of service since then, the latest first."""
    return [
        Struck(row["subject"], row["reason"], from_sql_time(row["at"]))
        for row in await db.fetch(_HIT_SESSIONS, sql_time(since), count)
    ]


async def proxy_names(db: Database, ids: Iterable[int]) -> dict[int, str]:
    """What people call proxies: the label, or host and port; one that was removed is called by its number."""
    wanted = list(ids)
    rows = await db.fetch(_NAMES, orjson.dumps(wanted).decode())
    names = {row["id"]: str(row["name"]) for row in rows}
    return {proxy_id: names.get(proxy_id, f"proxy {proxy_id}") for proxy_id in wanted}


async def other_proxies(db: Database, ids: Iterable[int], count: int) -> list[int]:
    """Up to *count* proxies that are none of *ids*, in the order in which they came."""
    rows = await db.fetch(_OTHERS, orjson.dumps(list(ids)).decode(), max(0, count))
    return [row["id"] for row in rows]


async def sessions_of(db: Database, ids: Iterable[int]) -> dict[int, int]:
    """How many sessions are bound to each of these proxies; those without any are left out."""
    rows = await db.fetch(_SESSIONS_OF, orjson.dumps(list(ids)).decode())
    return {row["proxy_id"]: row["count"] for row in rows}


async def _troubled(db: Database, sql: str, now: datetime) -> list[Troubled]:
    return [
        Troubled(row["reason"] or "", row["state"], row["count"], _until(row["until"], now))
        for row in await db.fetch(sql, sql_time(now))
    ]


def _until(text: str | None, now: datetime) -> datetime | None:
    until = None if text is None else from_sql_time(text)
    return until if until is not None and until > now else None
