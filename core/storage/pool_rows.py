"""What the engine's pool is loaded from: limits, proxies, sessions and canaries as plain values, secrets opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from core.domain.limits import Limits
from core.domain.proxy_address import ProxyAddress
from core.domain.proxy_limits import ProxyLimits
from core.secrets import Secret, Vault
from core.storage import canaries, limits, proxies, sessions
from core.storage.database import Database, Row, Transaction, from_sql_time


@dataclass(frozen=True, slots=True)
class ProxyRow:
    """A stored proxy.

    Args:
        health: What :func:`core.domain.health_record.dump` gave; empty before the first exchange.
    """

    id: int
    address: ProxyAddress
    label: str
    enabled: bool
    state: str
    health: dict[str, Any] = field(repr=False)
    cooldown_until: datetime | None
    requests: int
    successes: int
    failures: int
    consecutive_failures: int
    response_ms: float | None
    last_used_at: datetime | None
    last_success_at: datetime | None
    last_error: str | None
    limits: ProxyLimits
    created_at: datetime


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A stored session.

    Args:
        cookies: Name to value.
        health: What :func:`core.domain.health_record.dump` gave; empty before the first exchange.
        proxy_id: None: it is not used.
        expires_at: When its cookies end, where that is known.
    """

    id: int
    label: str
    account_id: str
    cookies: dict[str, Secret] = field(repr=False)
    user_agent: str
    proxy_id: int | None
    enabled: bool
    state: str
    health: dict[str, Any] = field(repr=False)
    resting_until: datetime | None
    requests: int
    successes: int
    failures: int
    consecutive_failures: int
    last_used_at: datetime | None
    last_success_at: datetime | None
    last_error: str | None
    created_at: datetime
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CanaryRow:
    """A stored canary; *missed_in_a_row* counts answers since it was last seen.  One that *retired* is not used."""

    username: str
    platform_id: str | None
    asked: int
    seen: int
    missed_in_a_row: int
    last_seen_at: datetime | None
    missing_since: datetime | None
    retired_at: datetime | None
    created_at: datetime


async def load_limits(db: Database | Transaction, base: Limits) -> Limits:
    """The limits in force: *base* with what people changed."""
    return base.with_stored(await limits.changed(db))


async def load_proxies(db: Database | Transaction, vault: Vault) -> list[ProxyRow]:
    """All proxies in the order of their ids, disabled ones too.

    Raises:
        ConfigError: A password was sealed with another key.
    """
    rows = await proxies.every(db)
    return [proxy_row(row, None if row["password"] is None else vault.open(row["password"])) for row in rows]


async def load_sessions(db: Database | Transaction, vault: Vault) -> list[SessionRow]:
    """All sessions in the order of their ids, unbound, frozen and disabled ones too.

    Raises:
        ConfigError: Cookies were sealed with another key.
    """
    return [session_row(row, open_cookies(row["cookies"], vault)) for row in await sessions.every(db)]


async def load_canaries(db: Database | Transaction) -> list[CanaryRow]:
    """All canaries that people added, in the order of their names."""
    return [
        CanaryRow(
            row["username"],
            row["platform_id"],
            row["asked"],
            row["seen"],
            row["missed_in_a_row"],
            _time(row["last_seen_at"]),
            _time(row["missing_since"]),
            _time(row["retired_at"]),
            from_sql_time(row["created_at"]),
        )
        for row in await canaries.every(db)
    ]


def proxy_row(row: Row, password: Secret | None) -> ProxyRow:
    """The stored proxy with its *password*, which was opened before."""
    return ProxyRow(
        id=row["id"],
        address=ProxyAddress(row["scheme"], row["host"], row["port"], row["user"], password),
        label=row["label"],
        enabled=bool(row["enabled"]),
        state=row["state"],
        health=orjson.loads(row["health"]),
        cooldown_until=_time(row["cooldown_until"]),
        requests=row["requests"],
        successes=row["successes"],
        failures=row["failures"],
        consecutive_failures=row["consecutive_failures"],
        response_ms=row["response_ms"],
        last_used_at=_time(row["last_used_at"]),
        last_success_at=_time(row["last_success_at"]),
        last_error=row["last_error"],
        limits=proxies.own_limits(row),
        created_at=from_sql_time(row["created_at"]),
    )


def session_row(row: Row, cookies: dict[str, Secret]) -> SessionRow:
    """The stored session with its *cookies*, which were opened before."""
    return SessionRow(
        id=row["id"],
        label=row["label"],
        account_id=row["account_id"],
        cookies=cookies,
        user_agent=row["user_agent"],
        proxy_id=row["proxy_id"],
        enabled=bool(row["enabled"]),
        state=row["state"],
        health=orjson.loads(row["health"]),
        resting_until=_time(row["resting_until"]),
        requests=row["requests"],
        successes=row["successes"],
        failures=row["failures"],
        consecutive_failures=row["consecutive_failures"],
        last_used_at=_time(row["last_used_at"]),
        last_success_at=_time(row["last_success_at"]),
        last_error=row["last_error"],
        created_at=from_sql_time(row["created_at"]),
        expires_at=_time(row["expires_at"]),
    )


def seal_cookies(cookies: Mapping[str, Secret], vault: Vault) -> str:
    """Cookies as they are stored: a sealed JSON object of names and values."""
    plain = orjson.dumps({name: value.reveal() for name, value in cookies.items()}).decode()
    return vault.seal(Secret(plain))


def open_cookies(token: str, vault: Vault) -> dict[str, Secret]:
    """What :func:`seal_cookies` sealed.

    Raises:
        ConfigError: It was sealed with another key.
    """
    plain: dict[str, str] = orjson.loads(vault.open(token).reveal())
    return {name: Secret(value) for name, value in plain.items()}


def _time(text: str | None) -> datetime | None:
    return None if text is None else from_sql_time(text)
