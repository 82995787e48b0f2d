"""The operating limits, and what they allow, as pages watch them."""

from __future__ import annotations

from core.app import App
from core.domain.actor import Actor
from panel.live_updates import LiveUpdates, Rows

TOPIC = "limits"
ALLOWED = "allowed"
_EVERY = 1.0


def topics(live: LiveUpdates) -> None:
    """Make the limits something that can be watched."""
    live.topic(TOPIC, _read, every=_EVERY)


async def _read(app: App, actor: Actor) -> Rows:
    budget = await app.limits.budget(actor)
    allowed = {"id": ALLOWED, "an_hour": budget.an_hour, "a_day": budget.a_day, "decides": budget.decides}
    limits = {
        view.name: {"id": view.name, "value": view.value, "default": view.default, "takes": view.takes}
        for view in await app.limits.show(actor)
    }
    return {ALLOWED: allowed, **limits}
