"""The verb of the audit log: list."""

from __future__ import annotations

from core.domain.actor import Actor, Role
from core.services.views import AuditEntryView, AuditPage
from core.storage import audit as rows
from core.storage.database import Database

MOST = 1_000


class Audit:
    """Who did what, at all doors."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list(
        self, actor: Actor, *, after: int | None = None, count: int = 50, who: str = "", verb: str = ""
    ) -> AuditPage:
        """Up to *count* lines, the newest first.

        Args:
            after: What the page before gave to ask on with.
            who: A part of the actor's name, in upper or lower case.
            verb: How the verb begins: ``person``, ``proxy.remove``.
        """
        actor.must_be(Role.ADMIN, "see who did what")
        wanted = max(1, min(count, MOST))
        found = await rows.page(self._database, after=after, count=wanted + 1, who=who.strip(), verb=verb.strip())
        entries = tuple(
            AuditEntryView(entry.id, entry.at, entry.actor, entry.verb, entry.subject, entry.detail)
            for entry in found[:wanted]
        )
        return AuditPage(entries, entries[-1].id if len(found) > wanted else None)
