"""That the figures may have changed: what they are is for each page to ask, because each looks at another span."""

from __future__ import annotations

from core.app import App
from core.domain.actor import Actor
from panel.live_updates import LiveUpdates, Rows

TOPIC = "monitor changes"


def register(live: LiveUpdates) -> None:
    """Make it something that a page can watch."""
    live.topic(TOPIC, Changed())


class Changed:
    """Another row each time that it is read, which is when anything in the database changed; or time passed."""

    def __init__(self) -> None:
        self._times = 0

    async def __call__(self, app: App, actor: Actor) -> Rows:
        self._times += 1
        return {TOPIC: {"id": TOPIC, "times": self._times}}
