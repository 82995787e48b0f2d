"""Canaries, and how often stories would have been missed, as pages watch them."""

from __future__ import annotations

from core.app import App
from core.domain.actor import Actor
from core.services.views import CanaryView
from panel.live_updates import LiveUpdates, Row, Rows
from panel.pages.settings.words import moment

TOPIC = "canaries"
MISSES_TOPIC = "misses"
_EVERY = 1.0
_MISSES_EVERY = 10.0
_DAYS = 7

_WORDS = {"proven": "Proven", "missing": "Missing", "untested": "Untested", "retired": "Retired"}
_DOTS = {"proven": "good", "missing": "warn", "untested": "idle", "retired": "bad"}
_RANKS = {"retired": 0, "missing": 1, "untested": 2, "proven": 3}
_TOLD = {
    "missing": "Absent from three proven answers in a row, or never seen. It is asked along and may come back.",
    "untested": "The next check asks it along.",
    "proven": "",
}


def topics(live: LiveUpdates) -> None:
    """Make both something that can be watched."""
    live.topic(TOPIC, _read, every=_EVERY)
    live.topic(MISSES_TOPIC, _read_misses, every=_MISSES_EVERY)


async def _read(app: App, actor: Actor) -> Rows:
    return {view.username: row(view) for view in await app.canaries.list(actor)}


async def _read_misses(app: App, actor: Actor) -> Rows:
    misses = await app.canaries.misses(actor)
    days = await app.canaries.misses_by_day(actor, days=_DAYS, zone=app.settings.zone)
    limits = {view.name: view.value for view in await app.limits.show(actor)}
    told: Row = {
        "id": MISSES_TOPIC,
        "share": misses.share,
        "stories": misses.stories,
        "found_late": misses.found_late,
        "days": [[day.day.strftime("%a"), day.share, day.stories, day.found_late] for day in days],
        "group_size": limits["group_size"],
        "confirm_size": limits["confirm_size"],
    }
    return {MISSES_TOPIC: told}


def row(view: CanaryView) -> Row:
    """A canary as a row."""
    return {
        "id": view.username,
        "name": f"@{view.username}",
        "state": view.state,
        "word": _WORDS.get(view.state, view.state),
        "dot": _DOTS.get(view.state, "idle"),
        "rank": _RANKS.get(view.state, 2),
        "until": None,
        "score": None if view.live_share is None else round(100 * view.live_share),
        "level": "unjudged" if view.live_share is None else "healthy" if view.state == "proven" else "degraded",
        "asked": view.asked,
        "seen": moment(view.last_seen_at),
        "told": f"Not used any more: {view.why or 'it was missing everywhere'}."
        if view.state == "retired"
        else _TOLD.get(view.state, ""),
    }
