"""Sessions as the rows that pages show: words, moments and numbers.  Nothing of their cookies."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.app import App
from core.domain.actor import Actor
from core.services.views import LastDay, LimitView, ResourceEventView, SessionView
from panel.live_updates import LiveUpdates, Row, Rows
from panel.pages.settings.pool_reader import EVERY, PoolReader, in_breaths
from panel.pages.settings.proxy_rows import name_of
from panel.pages.settings.words import error_in_words, moment

TOPIC = "sessions"
_ROUGHLY = 20

_WORDS = {
    "valid": "Valid",
    "resting": "Resting",
    "suspected": "Suspected",
    "expired": "Expired",
    "checkpoint": "Checkpoint",
    "disabled": "Off",
    "unbound": "Not bound",
}
_DOTS = {
    "valid": "good",
    "resting": "warn",
    "suspected": "warn",
    "expired": "bad",
    "checkpoint": "bad",
    "disabled": "idle",
    "unbound": "idle",
}
# Who waits for a person comes first.
_RANKS = {"checkpoint": 0, "expired": 1, "unbound": 2, "suspected": 4, "resting": 5, "valid": 6, "disabled": 7}
_RENEW_SOON_RANK = 3
_GROUPS = {
    "valid": "valid",
    "resting": "resting",
    "suspected": "resting",
    "expired": "waiting",
    "checkpoint": "waiting",
    "unbound": "waiting",
    "disabled": "off",
}
# The one thing to do about it, and what a button says of it.
_ACTS = {
    "checkpoint": ("steps", "Open the steps"),
    "expired": ("renew", "Paste cookies"),
    "unbound": ("bind", "Bind…"),
    "disabled": ("enable", "Switch on"),
}
_TEST = ("test", "Test")


class Reader(PoolReader):
    """Reads the sessions."""

    async def rows(self, app: App, actor: Actor, limits: dict[str, LimitView]) -> Rows:
        """All sessions."""
        happened = await app.resource_log.last_of_troubled_sessions(actor)
        proxies = {view.id: name_of(view) for view in await app.proxies.list(actor)}
        views = in_breaths(await app.sessions.list(actor), app.clock)
        return {str(view.id): row(view, self.day, limits, happened.get(view.id), proxies) async for view in views}


def topics(live: LiveUpdates) -> None:
    """Make the sessions something that can be watched."""
    live.topic(TOPIC, Reader(), every=EVERY)


def row(
    view: SessionView,
    day: LastDay,
    limits: dict[str, LimitView],
    happened: ResourceEventView | None,
    proxies: dict[int, str],
) -> Row:
    """A session as a row."""
    state = "unbound" if view.proxy is None and view.state in ("valid", "resting") else view.state
    renew_soon = view.warning is not None
    # What keeps it from use now comes first.
    act, button = _ACTS.get(state, _ACTS["expired"] if renew_soon else _TEST)
    word, dot = _WORDS.get(state, state), _DOTS.get(state, "idle")
    limit = limits["per_route_day"].value
    return {
        "id": str(view.id),
        "label": view.label,
        "state": state,
        "word": f"{word}, renew soon" if renew_soon else word,
        "dot": "warn" if renew_soon and dot == "good" else dot,
        "comes": "until" if view.ready_at else "",
        "until": moment(view.ready_at),
        "rank": min(_RANKS.get(state, 6), _RENEW_SOON_RANK) if renew_soon else _RANKS.get(state, 6),
        "group": _GROUPS.get(state, "valid"),
        "told": " ".join(filter(None, (told(view, state, happened), view.warning))),
        "proxy": "" if view.proxy is None else proxies.get(view.proxy, f"Proxy {view.proxy}"),
        "proxy_id": view.proxy,
        "score": None if view.score is None else round(view.score),
        "level": view.level,
        "canaries": None if view.canary_share is None else round(100 * view.canary_share),
        "day": day.by_session.get(view.id),
        "day_limit": None if limit is None else int(limit),
        "requests": view.requests,
        "successes": view.successes,
        "failures": view.failures,
        "error": error_in_words(view.last_error),
        "account": view.account_id,
        "user_agent": view.user_agent,
        "used": moment(_roughly(view.last_used_at)),
        "created": moment(view.created_at),
        "ends": moment(view.expires_at),
        "act": act,
        "button": button,
    }


def told(view: SessionView, state: str, happened: ResourceEventView | None) -> str:
    """What happened, and what comes next."""
    if state == "unbound":
        return "It has no proxy, so it is not used. Bind it to one."
    if state == "valid":
        if view.canary_share is None:
            return "Not used yet." if not view.requests else "No answer of its own about a canary yet."
        return f"Saw canaries in {view.canary_share:.0%} of its answers."
    if happened is None:
        return {"disabled": "Switched off."}.get(state, "")
    # Until when stands beside its state.
    said = replace(happened, until=None).happened
    return said[:1].upper() + said[1:] + "."


def _roughly(at: datetime | None) -> datetime | None:
    return None if at is None else at.replace(second=at.second // _ROUGHLY * _ROUGHLY, microsecond=0)
