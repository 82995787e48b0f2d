"""Proxies as the rows that pages show: words, moments and numbers.  Nothing of a password."""

from __future__ import annotations

from datetime import datetime

from core.app import App
from core.domain.actor import Actor
from core.services.views import LastDay, LimitView, ProxyView
from panel.live_updates import LiveUpdates, Row, Rows
from panel.pages.settings.pool_reader import EVERY, PoolReader, in_breaths
from panel.pages.settings.words import error_in_words, moment, shared_limit

TOPIC = "proxies"
# Moments of use change with every exchange; so much later is soon enough, and spares most of the rows.
_ROUGHLY = 20

_WORDS = {"ready": "Ready", "cooling": "Cooling", "quarantined": "Quarantined", "off": "Off"}
_DOTS = {"ready": "good", "cooling": "warn", "quarantined": "bad", "off": "idle"}
_COMES = {"cooling": "ready in", "quarantined": "probe in"}
# Trouble first; what is off is nobody's trouble.
_RANKS = {"quarantined": 0, "cooling": 1, "ready": 2, "off": 3}
_GROUPS = {"quarantined": "resting", "cooling": "resting", "ready": "ready", "off": "off"}


class Reader(PoolReader):
    """Reads the proxies."""

    async def rows(self, app: App, actor: Actor, limits: dict[str, LimitView]) -> Rows:
        """All proxies."""
        views = await app.proxies.list(actor)
        return {str(view.id): row(view, self.day, limits) async for view in in_breaths(views, app.clock)}


def topics(live: LiveUpdates) -> None:
    """Make the proxies something that can be watched."""
    live.topic(TOPIC, Reader(), every=EVERY)


def row(view: ProxyView, day: LastDay, limits: dict[str, LimitView]) -> Row:
    """A proxy as a row."""
    state = view.state if view.enabled else "off"
    until = view.ready_at if view.enabled else None
    return {
        "id": str(view.id),
        "name": name_of(view),
        "label": view.label,
        "address": view.address,
        "place": view.address.partition("://")[2],
        "kind": view.kind,
        "state": state,
        "word": _WORDS.get(state, state),
        "dot": _DOTS.get(state, "idle"),
        "comes": _COMES.get(state, "") if until else "",
        "until": moment(until),
        "rank": _RANKS.get(state, 2),
        "group": _GROUPS.get(state, "ready"),
        "score": None if view.score is None else round(view.score),
        "level": view.level,
        "response": None if view.response_ms is None else round(view.response_ms, -1),
        "p95": view.p95_ms,
        "day": day.by_proxy.get(view.id, 0),
        "day_limit": shared_limit(view.per_day, limits["per_proxy_day"].value),
        "sessions": list(view.sessions),
        "used": moment(_roughly(view.last_used_at)),
        "error": error_in_words(view.last_error),
        "requests": view.requests,
        "successes": view.successes,
        "failures": view.failures,
        "per_hour": view.per_hour,
        "per_day": view.per_day,
        "parallel": view.parallel,
        "created": moment(view.created_at),
    }


def name_of(view: ProxyView) -> str:
    """What people call it."""
    return view.label or f"Proxy {view.id}"


def _roughly(at: datetime | None) -> datetime | None:
    return None if at is None else at.replace(second=at.second // _ROUGHLY * _ROUGHLY, microsecond=0)
