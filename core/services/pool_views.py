"""Stored proxies and sessions as people see them.  Never a secret."""

from __future__ import annotations

from datetime import datetime

import orjson

from core.domain import login_end
from core.domain.health import ProxyState, SessionState
from core.domain.health_record import load_proxy_health, load_session_health
from core.domain.limits import Limits
from core.domain.proxy_address import ProxyAddress
from core.secrets import MASK, Secret
from core.services.views import ProxyView, SessionView
from core.storage.database import Row, from_sql_time

# So many at a time, and then a breath for everybody else: each takes some 30 µs.
BREATH = 200
# What keeps such a session from use is told already.
_NO_WARNING = frozenset({SessionState.DISABLED, SessionState.EXPIRED, SessionState.CHECKPOINT})


def proxy_view(row: Row, labels: tuple[str, ...], p95_ms: float | None, limits: Limits, now: datetime) -> ProxyView:
    """The stored proxy as people see it, its password masked."""
    health = load_proxy_health(orjson.loads(row["health"]))
    until = None if row["cooldown_until"] is None else from_sql_time(row["cooldown_until"])
    resting = until is not None and until > now
    # The state is stored when it changes; a rest that ended since then needs nobody to write that it did.
    state = ProxyState.READY.value if row["state"] == ProxyState.COOLING and not resting else row["state"]
    return ProxyView(
        id=row["id"],
        address=masked(row).shown,
        kind=row["scheme"],
        enabled=bool(row["enabled"]),
        state=state,
        ready_at=until if resting else None,
        requests=row["requests"],
        successes=row["successes"],
        failures=row["failures"],
        consecutive_failures=row["consecutive_failures"],
        last_error=row["last_error"],
        response_ms=row["response_ms"],
        p95_ms=p95_ms,
        score=health.score,
        level=health.level(degraded_below=limits.degraded_below, failing_below=limits.failing_below).value,
        sessions=labels,
        last_used_at=_time(row["last_used_at"]),
        last_success_at=_time(row["last_success_at"]),
        created_at=from_sql_time(row["created_at"]),
        label=row["label"],
        per_hour=row["own_hour"],
        per_day=row["own_day"],
        parallel=row["own_parallel"],
    )


def session_view(row: Row, limits: Limits, now: datetime) -> SessionView:
    """The stored session as people see it."""
    health = load_session_health(orjson.loads(row["health"]))
    until = _time(row["resting_until"])
    resting = until is not None and until > now
    state = _state(row, resting=resting)
    expires_at = _time(row["expires_at"])
    return SessionView(
        id=row["id"],
        label=row["label"],
        account_id=row["account_id"],
        proxy=row["proxy_id"],
        state=state,
        ready_at=until if resting else None,
        requests=row["requests"],
        successes=row["successes"],
        failures=row["failures"],
        consecutive_failures=row["consecutive_failures"],
        last_error=row["last_error"],
        score=health.score,
        level=health.level(degraded_below=limits.degraded_below, failing_below=limits.failing_below).value,
        canary_share=row["canaries_seen"] / row["canaries_asked"] if row["canaries_asked"] else None,
        user_agent=row["user_agent"],
        last_used_at=_time(row["last_used_at"]),
        last_success_at=_time(row["last_success_at"]),
        created_at=from_sql_time(row["created_at"]),
        expires_at=expires_at,
        warning=None if state in _NO_WARNING else login_end.warning(expires_at, now),
    )


def masked(row: Row) -> ProxyAddress:
    """The stored address, to be shown: its password stays sealed."""
    password = None if row["password"] is None else Secret(MASK)
    return ProxyAddress(row["scheme"], row["host"], row["port"], row["user"], password)


def _state(row: Row, *, resting: bool) -> str:
    """The state people see.  It is stored when it changes, and the end of a rest needs nobody to write it."""
    if not row["enabled"]:
        return SessionState.DISABLED.value
    if row["state"] not in {SessionState.VALID, SessionState.RESTING}:
        return str(row["state"])
    # Without a proxy it is not used, whatever it could do.
    return (SessionState.RESTING if resting or row["proxy_id"] is None else SessionState.VALID).value


def _time(text: str | None) -> datetime | None:
    return None if text is None else from_sql_time(text)
