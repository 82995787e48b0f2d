"""Health as plain JSON values and back, for whoever stores it.  Stores nothing itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from core.domain.health import Health, ProxyHealth, ProxyState, SessionHealth, SessionState

_MOMENTS = frozenset({"last_used_at", "last_success_at", "until"})
_NAMES = {kind: tuple(field.name for field in fields(kind)) for kind in (ProxyHealth, SessionHealth)}


def dump(health: ProxyHealth | SessionHealth) -> dict[str, Any]:
    """Every field by name; moments as ISO text, states as their words."""
    # Not asdict(), which copies deeply at ten times the cost: verdicts wait while health is stored.
    values = {name: getattr(health, name) for name in _NAMES[type(health)]}
    for name in _MOMENTS:
        if values[name] is not None:
            values[name] = values[name].isoformat()
    return values | {"state": health.state.value}


def load_proxy_health(stored: Mapping[str, Any]) -> ProxyHealth:
    """What :func:`dump` gave; absent fields have their first value, fields of another release are left out."""
    values = _known(ProxyHealth, stored)
    return ProxyHealth(**values | {"state": ProxyState(values.get("state", ProxyState.READY))})


def load_session_health(stored: Mapping[str, Any]) -> SessionHealth:
    """What :func:`dump` gave; absent fields have their first value, fields of another release are left out."""
    values = _known(SessionHealth, stored)
    return SessionHealth(**values | {"state": SessionState(values.get("state", SessionState.VALID))})


def _known(kind: type[Health], stored: Mapping[str, Any]) -> dict[str, Any]:
    names = {field.name for field in fields(kind)}
    values = {name: value for name, value in stored.items() if name in names}
    return values | {name: datetime.fromisoformat(values[name]) for name in _MOMENTS if values.get(name)}
