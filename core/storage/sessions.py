"""Named queries over sessions.  Cookies come and go sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from core.storage.database import Database, Row, Transaction, sql_time

_VIEW = """
SELECT id, label, account_id, cookies, user_agent, proxy_id, enabled, state, health, resting_until, requests, successes,
failures, consecutive_failures, last_used_at, last_success_at, last_error, canaries_asked, canaries_seen, created_at,
expires_at
FROM session
"""
_EVERY = f"{_VIEW} ORDER BY id"
_BY_ID = f"{_VIEW} WHERE id = ?"
_BY_LABEL = f"{_VIEW} WHERE label = ?"
_BOUND_TO = f"{_VIEW} WHERE proxy_id = ? ORDER BY id"
_BY_ACCOUNT = f"{_VIEW} WHERE account_id = ?"

_CREATE = """
INSERT INTO session (label, account_id, cookies, user_agent, proxy_id, enabled, state, health, requests, successes,
    failures, consecutive_failures, created_at, expires_at)
VALUES (?, ?, ?, ?, ?, 1, 'valid', '{}', 0, 0, 0, 0, ?, ?)
RETURNING id
"""

_UNFREEZE = """
UPDATE session SET state = 'valid', resting_until = NULL, consecutive_failures = 0, health = ? WHERE id = ?
"""


_BY_USE = """
SELECT count(*) AS sessions, count(s.proxy_id) AS bound, COALESCE(sum(s.enabled AND p.enabled), 0) AS bound_and_on,
    COALESCE(sum(s.enabled AND p.enabled AND s.state NOT IN ('expired', 'checkpoint')), 0) AS usable
FROM session s LEFT JOIN proxy p ON p.id = s.proxy_id
"""
_CARRIERS = """
SELECT p.own_hour, p.own_day, p.own_parallel, count(*) AS sessions, sum(s.created_at <= ?) AS grown
FROM session s JOIN proxy p ON p.id = s.proxy_id
WHERE s.enabled = 1 AND p.enabled = 1 AND s.state NOT IN ('expired', 'checkpoint')
GROUP BY p.id ORDER BY p.id
"""


@dataclass(frozen=True, slots=True)
class SessionCounts:
    """How many sessions there are, and how many of them pass each hurdle before they are used.

    Args:
        usable: They may ask, now or after a rest, without a person's help.
    """

    sessions: int
    bound: int
    bound_and_on: int
    usable: int


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session on its way into the database; *cookies* is sealed, and ends at *expires_at* where that is known."""

    label: str
    account_id: str
    cookies: str
    user_agent: str
    proxy_id: int | None = None
    expires_at: datetime | None = None


async def every(db: Database | Transaction) -> list[Row]:
    """All sessions in the order in which they came."""
    return await db.fetch(_EVERY)


async def by_id(db: Database | Transaction, session_id: int) -> Row | None:
    """The session of this id."""
    return _first(await db.fetch(_BY_ID, session_id))


async def by_label(db: Database | Transaction, label: str) -> Row | None:
    """The session of this label."""
    return _first(await db.fetch(_BY_LABEL, label))


async def bound_to(db: Database | Transaction, proxy_id: int) -> list[Row]:
    """The sessions that are bound to this proxy."""
    return await db.fetch(_BOUND_TO, proxy_id)


async def by_account(db: Database | Transaction, account_id: str) -> Row | None:
    """The session that is logged in to this account."""
    return _first(await db.fetch(_BY_ACCOUNT, account_id))


async def labels(db: Database | Transaction) -> list[str]:
    """All labels in the order of the sessions."""
    return [row["label"] for row in await db.fetch("SELECT label FROM session ORDER BY id")]


async def count_by_use(db: Database | Transaction) -> SessionCounts:
    """The sessions by how far they are from being used."""
    row = (await db.fetch(_BY_USE))[0]
    return SessionCounts(row["sessions"], row["bound"], row["bound_and_on"], row["usable"])


async def carriers(db: Database | Transaction, grown_before: datetime) -> list[Row]:
    """Proxies in service with the sessions over them that may ask without a person's help, grown up or young."""
    return await db.fetch(_CARRIERS, sql_time(grown_before))


async def create(tx: Transaction, session: NewSession, at: datetime) -> int:
    """Add a session; its id.  Label and account must be free."""
    rows = await tx.fetch(
        _CREATE,
        session.label,
        session.account_id,
        session.cookies,
        session.user_agent,
        session.proxy_id,
        sql_time(at),
        _sql_time(session.expires_at),
    )
    return int(rows[0]["id"])


async def renew(
    tx: Transaction, session_id: int, *, cookies: str, user_agent: str, expires_at: datetime | None
) -> None:
    """Replace what the session carries."""
    await tx.execute(
        "UPDATE session SET cookies = ?, user_agent = ?, expires_at = ? WHERE id = ?",
        cookies,
        user_agent,
        _sql_time(expires_at),
        session_id,
    )


async def set_end(tx: Transaction, session_id: int, expires_at: datetime) -> None:
    """Note when the session's cookies end."""
    await tx.execute("UPDATE session SET expires_at = ? WHERE id = ?", sql_time(expires_at), session_id)


async def set_label(tx: Transaction, session_id: int, label: str) -> None:
    """Call the session *label*, which must be free."""
    await tx.execute("UPDATE session SET label = ? WHERE id = ?", label, session_id)


async def unfreeze(tx: Transaction, session_id: int, health: dict[str, Any]) -> None:
    """Make the session valid, with the health that goes with it."""
    await tx.execute(_UNFREEZE, orjson.dumps(health).decode(), session_id)


async def bind(tx: Transaction, session_id: int, proxy_id: int | None) -> None:
    """Bind the session to a proxy, or to none."""
    await tx.execute("UPDATE session SET proxy_id = ? WHERE id = ?", proxy_id, session_id)


async def set_enabled(tx: Transaction, session_id: int, *, enabled: bool) -> None:
    """Switch the session on or off."""
    await tx.execute("UPDATE session SET enabled = ? WHERE id = ?", int(enabled), session_id)


async def remove(tx: Transaction, session_id: int) -> None:
    """Remove the session with its cookies."""
    await tx.execute("DELETE FROM session WHERE id = ?", session_id)


def _sql_time(at: datetime | None) -> str | None:
    return None if at is None else sql_time(at)


def _first(rows: list[Row]) -> Row | None:
    return rows[0] if rows else None
