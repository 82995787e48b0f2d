"""Named queries that keep how proxies and sessions are: written by the engine, read by everybody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson

from core.domain.health import ProxyHealth, SessionHealth
from core.domain.health_record import dump
from core.storage.database import Transaction, sql_time

_COUNTERS = """
    state = json_extract(j.value, '$[1]'), health = json_extract(j.value, '$[2]'),
    {until} = json_extract(j.value, '$[3]'), requests = json_extract(j.value, '$[4]'),
    successes = json_extract(j.value, '$[5]'), failures = json_extract(j.value, '$[6]'),
    consecutive_failures = json_extract(j.value, '$[7]'), last_used_at = json_extract(j.value, '$[8]'),
    last_success_at = json_extract(j.value, '$[9]'), last_error = json_extract(j.value, '$[10]')
"""

_PROXIES = f"""
UPDATE proxy SET {_COUNTERS.format(until="cooldown_until")}, response_ms = json_extract(j.value, '$[11]')
FROM json_each(?) AS j WHERE proxy.id = json_extract(j.value, '$[0]')
"""  # noqa: S608  # put together from constants

_SESSIONS = f"""
UPDATE session SET {_COUNTERS.format(until="resting_until")}
FROM json_each(?) AS j WHERE session.id = json_extract(j.value, '$[0]')
"""  # noqa: S608  # put together from constants

_COOKIES = """
UPDATE session SET cookies = json_extract(j.value, '$[1]'), expires_at = json_extract(j.value, '$[2]')
FROM json_each(?) AS j
WHERE session.id = json_extract(j.value, '$[0]')
"""

Stored = dict[int, dict[str, Any]]


async def store_proxies(tx: Transaction, proxies: Sequence[tuple[int, ProxyHealth]]) -> Stored:
    """Keep the health of proxies by id; what was stored, as :func:`core.domain.health_record.dump` has it."""
    rows, stored = [], {}
    for proxy_id, health in proxies:
        stored[proxy_id] = dump(health)
        rows.append([*_row(proxy_id, health, stored[proxy_id]), health.response_ms])
    await tx.execute(_PROXIES, orjson.dumps(rows).decode())
    return stored


async def store_sessions(tx: Transaction, sessions: Sequence[tuple[int, SessionHealth]]) -> Stored:
    """Keep the health of sessions by id; what was stored."""
    rows, stored = [], {}
    for session_id, health in sessions:
        stored[session_id] = dump(health)
        rows.append(_row(session_id, health, stored[session_id]))
    await tx.execute(_SESSIONS, orjson.dumps(rows).decode())
    return stored


async def store_cookies(tx: Transaction, sealed: Sequence[tuple[int, str, datetime | None]]) -> None:
    """Keep the cookies that the platform renewed by session id: sealed, with their end where it is known."""
    rows = [[key, token, None if ends_at is None else sql_time(ends_at)] for key, token, ends_at in sealed]
    await tx.execute(_COOKIES, orjson.dumps(rows).decode())


def _row(subject: int, health: ProxyHealth | SessionHealth, stored: dict[str, Any]) -> list[Any]:
    return [
        subject,
        health.state.value,
        orjson.dumps(stored).decode(),
        None if health.until is None else sql_time(health.until),
        health.requests,
        health.successes,
        health.failures,
        health.consecutive_failures,
        None if health.last_used_at is None else sql_time(health.last_used_at),
        None if health.last_success_at is None else sql_time(health.last_success_at),
        health.last_error,
    ]
