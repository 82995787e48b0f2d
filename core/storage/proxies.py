"""Named queries over proxies.  Passwords come and go sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from core.domain.proxy_limits import ProxyLimits
from core.storage.database import Database, Row, Transaction, sql_time

_VIEW = """
SELECT id, scheme, host, port, user, password, label, enabled, state, health, cooldown_until, requests, successes,
failures, consecutive_failures, response_ms, last_used_at, last_success_at, last_error, own_hour, own_day, own_parallel,
created_at
FROM proxy
"""
_EVERY = f"{_VIEW} ORDER BY id"
_BY_ID = f"{_VIEW} WHERE id = ?"
_OF_IDS = f"{_VIEW} WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"  # noqa: S608  # constants
_BY_HOST = f"{_VIEW} WHERE host = ? AND port = ? ORDER BY id"

_KNOWN = """
SELECT p.id, p.scheme, p.host, p.port, p.user, p.password FROM json_each(?) AS j
JOIN proxy p ON p.scheme = json_extract(j.value, '$[0]') AND p.host = json_extract(j.value, '$[1]')
    AND p.port = json_extract(j.value, '$[2]') AND p.user = json_extract(j.value, '$[3]')
"""

_CREATE = """
INSERT INTO proxy (scheme, host, port, user, password, label, enabled, state, health, requests, successes, failures,
    consecutive_failures, created_at)
SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'),
    json_extract(value, '$[3]'), json_extract(value, '$[4]'), '', 1, 'ready', '{}', 0, 0, 0, 0, ?
FROM json_each(?) WHERE true
ON CONFLICT (scheme, host, port, user) DO NOTHING
"""

_RENEW = """
UPDATE proxy SET password = json_extract(j.value, '$[1]') FROM json_each(?) AS j
WHERE proxy.id = json_extract(j.value, '$[0]')
"""

_READDRESS = """
UPDATE proxy SET host = json_extract(j.value, '$[1]'), port = json_extract(j.value, '$[2]'),
    user = json_extract(j.value, '$[3]'), password = json_extract(j.value, '$[4]')
FROM json_each(?) AS j WHERE proxy.id = json_extract(j.value, '$[0]')
"""

_BOUND = "SELECT proxy_id, label FROM session WHERE proxy_id IS NOT NULL ORDER BY proxy_id, id"

_END_QUARANTINE = """
UPDATE proxy SET state = 'ready', cooldown_until = NULL, consecutive_failures = 0, health = ? WHERE id = ?
"""

_SET_LIMITS = "UPDATE proxy SET own_hour = ?, own_day = ?, own_parallel = ? WHERE id = ?"

_WITHOUT_SESSION = """
SELECT id FROM proxy WHERE enabled = 1 AND id NOT IN (SELECT proxy_id FROM session WHERE proxy_id IS NOT NULL)
ORDER BY id LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class NewProxy:
    """A proxy on its way into the database; the first four fields tell it from others."""

    scheme: str
    host: str
    port: int
    user: str
    password: str | None

    @property
    def key(self) -> tuple[str, str, int, str]:
        """What makes it the same proxy."""
        return self.scheme, self.host, self.port, self.user


async def every(db: Database | Transaction) -> list[Row]:
    """All proxies in the order in which they came."""
    return await db.fetch(_EVERY)


async def by_id(db: Database | Transaction, proxy_id: int) -> Row | None:
    """The proxy of this id."""
    rows = await db.fetch(_BY_ID, proxy_id)
    return rows[0] if rows else None


async def of_ids(db: Database | Transaction, proxy_ids: Sequence[int]) -> list[Row]:
    """Those of *proxy_ids* that are there, in the order in which they came."""
    return await db.fetch(_OF_IDS, orjson.dumps(list(proxy_ids)).decode())


async def by_host(db: Database | Transaction, host: str, port: int) -> list[Row]:
    """The proxies at this address; they differ in scheme or user."""
    return await db.fetch(_BY_HOST, host, port)


async def known(tx: Transaction, proxies: Sequence[NewProxy]) -> list[Row]:
    """The stored ones among *proxies*: id, key and sealed password."""
    return await tx.fetch(_KNOWN, orjson.dumps([proxy.key for proxy in proxies]).decode())


async def create(tx: Transaction, proxies: Sequence[NewProxy], at: datetime) -> int:
    """Add those that are not known; how many."""
    rows = [[*proxy.key, proxy.password] for proxy in proxies]
    return await tx.execute(_CREATE, sql_time(at), orjson.dumps(rows).decode())


async def renew_passwords(tx: Transaction, passwords: dict[int, str]) -> None:
    """Give proxies, by id, another sealed password."""
    await tx.execute(_RENEW, orjson.dumps([list(item) for item in passwords.items()]).decode())


async def readdress(tx: Transaction, moves: Sequence[tuple[int, NewProxy]]) -> None:
    """Give proxies, by id, another address and sign-in."""
    rows = [[proxy_id, new.host, new.port, new.user, new.password] for proxy_id, new in moves]
    await tx.execute(_READDRESS, orjson.dumps(rows).decode())


async def bound_labels(db: Database | Transaction) -> dict[int, list[str]]:
    """Labels of the sessions bound to each proxy."""
    labels: dict[int, list[str]] = {}
    for row in await db.fetch(_BOUND):
        labels.setdefault(row["proxy_id"], []).append(row["label"])
    return labels


async def set_enabled(tx: Transaction, proxy_id: int, *, enabled: bool) -> None:
    """Switch the proxy on or off."""
    await tx.execute("UPDATE proxy SET enabled = ? WHERE id = ?", int(enabled), proxy_id)


async def set_label(tx: Transaction, proxy_id: int, label: str) -> None:
    """Call the proxy *label*; empty takes its name away."""
    await tx.execute("UPDATE proxy SET label = ? WHERE id = ?", label, proxy_id)


async def set_limits(tx: Transaction, proxy_id: int, limits: ProxyLimits) -> None:
    """Give the proxy limits of its own."""
    await tx.execute(_SET_LIMITS, limits.per_hour, limits.per_day, limits.parallel, proxy_id)


def own_limits(row: Row) -> ProxyLimits:
    """The stored proxy's own limits."""
    return ProxyLimits(row["own_hour"], row["own_day"], row["own_parallel"])


async def end_quarantine(tx: Transaction, proxy_id: int, health: dict[str, Any]) -> None:
    """Make the proxy ready, with the health that goes with it."""
    await tx.execute(_END_QUARANTINE, orjson.dumps(health).decode(), proxy_id)


async def remove(tx: Transaction, proxy_id: int) -> None:
    """Remove the proxy; its sessions lose their binding first, whatever the dialect does by itself."""
    await tx.execute("UPDATE session SET proxy_id = NULL WHERE proxy_id = ?", proxy_id)
    await tx.execute("DELETE FROM proxy WHERE id = ?", proxy_id)


async def without_session(tx: Transaction, count: int) -> list[int]:
    """The first *count* enabled proxies that no session is bound to."""
    return [row["id"] for row in await tx.fetch(_WITHOUT_SESSION, count)]
