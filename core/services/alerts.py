"""The verbs of alerts: list.  Their delivery is another matter."""

from __future__ import annotations

from core.domain.actor import Actor, Role
from core.services.views import AlertView
from core.storage import alerts as rows
from core.storage.database import Database

MOST = 10_000


class Alerts:
    """What people asked to be told."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list(self, actor: Actor, *, count: int = 100) -> tuple[AlertView, ...]:
        """The last *count* alerts, the newest last."""
        actor.must_be(Role.VIEWER, "list alerts")
        stored = await rows.latest(self._database, max(1, min(count, MOST)))
        return tuple(
            AlertView(alert.id, alert.kind, alert.subject, alert.text, alert.created_at, alert.delivered_at)
            for alert in reversed(stored)
        )
