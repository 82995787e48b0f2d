"""How many proxies, sessions and canaries there are, as the sidebar of the settings tells it."""

from __future__ import annotations

from core.app import App
from core.domain.actor import Actor
from panel.live_updates import LiveUpdates, Row, Rows

TOPIC = "settings"
_EVERY = 1.0


def topics(live: LiveUpdates) -> None:
    """Make the counts something that can be watched."""
    live.topic(TOPIC, _read, every=_EVERY)


async def _read(app: App, actor: Actor) -> Rows:
    seen = await app.monitoring.first_steps(actor)
    counts: Row = {"id": TOPIC, "proxies": seen.proxies, "sessions": seen.sessions, "canaries": seen.canaries}
    return {TOPIC: counts}
