"""The verbs that tell what happened to proxies, sessions and canaries."""

from __future__ import annotations

from collections.abc import Iterable

from core.domain.actor import Actor, Role
from core.domain.transition import Kind
from core.errors import NotFound
from core.services.named import row_number, usernames
from core.services.proxy_finding import find_proxy
from core.services.session_binding import find_session
from core.services.views import ResourceEventView
from core.storage import resource_events
from core.storage.database import Database
from core.storage.resource_events import StoredEvent

MOST = 10_000


class ResourceLog:
    """Changes of state and what people did, for 30 days.  Each verb gives the last *count* lines, the newest last."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def proxies(self, actor: Actor, proxy: str | None = None, *, count: int = 100) -> list[ResourceEventView]:
        """Of one proxy, by id or HOST:PORT; of all of them, and of the breaker that makes all of them wait.

        Raises:
            NotFound: There is no such proxy, and nothing is known of a removed one of this id.
            Conflict: HOST:PORT names several.
        """
        actor.must_be(Role.VIEWER, "see the log of proxies")
        if proxy is None:
            found = await self._latest(Kind.PROXY, count) + await self._latest(Kind.BREAKER, count)
            return _in_order(sorted(found, key=lambda event: event.id)[-_bounded(count) :])
        try:
            proxy_id: int = (await find_proxy(self._database, proxy))["id"]
        except NotFound:
            if removed := await self._of_removed(Kind.PROXY, proxy, count):
                return _in_order(removed)
            raise
        return _in_order(await self._latest(Kind.PROXY, count, subject_id=proxy_id))

    async def sessions(self, actor: Actor, session: str | None = None, *, count: int = 100) -> list[ResourceEventView]:
        """Of one session, by id or label; of all of them.

        Raises:
            NotFound: There is no such session, and nothing is known of a removed one of this id or label.
        """
        actor.must_be(Role.VIEWER, "see the log of sessions")
        if session is None:
            return _in_order(await self._latest(Kind.SESSION, count))
        try:
            session_id: int = (await find_session(self._database, session))["id"]
        except NotFound:
            if removed := await self._of_removed(Kind.SESSION, session, count):
                return _in_order(removed)
            raise
        return _in_order(await self._latest(Kind.SESSION, count, subject_id=session_id))

    async def canaries(self, actor: Actor, canary: str | None = None, *, count: int = 100) -> list[ResourceEventView]:
        """Of one canary; of all of them.

        Raises:
            InvalidInput: It is no username.
        """
        actor.must_be(Role.VIEWER, "see the log of canaries")
        name = None if canary is None else usernames([canary])[0]
        return _in_order(await self._latest(Kind.CANARY, count, subject=name))

    async def last_of_troubled_sessions(self, actor: Actor) -> dict[int, ResourceEventView]:
        """What last happened to each session that is not valid, or switched off, or unbound, by its id."""
        actor.must_be(Role.VIEWER, "see the log of sessions")
        found = [_view(event) for event in await resource_events.last_of_each_troubled_session(self._database)]
        return {view.subject_id: view for view in found if view.subject_id is not None}

    async def _of_removed(self, kind: Kind, reference: str, count: int) -> list[StoredEvent]:
        wanted = reference.strip()
        number = row_number(wanted)
        if number is not None:
            return await self._latest(kind, count, subject_id=number)
        return await self._latest(kind, count, subject=wanted)

    async def _latest(
        self, kind: Kind, count: int, *, subject_id: int | None = None, subject: str | None = None
    ) -> list[StoredEvent]:
        return await resource_events.latest(
            self._database, kind, _bounded(count), subject_id=subject_id, subject=subject
        )


def _bounded(count: int) -> int:
    return max(1, min(count, MOST))


def _in_order(events: Iterable[StoredEvent]) -> list[ResourceEventView]:
    """As things happened; some are noticed a moment after others that came later."""
    ordered = sorted(events, key=lambda event: (event.change.at, event.id))
    return [_view(event) for event in ordered]


def _view(event: StoredEvent) -> ResourceEventView:
    change = event.change
    return ResourceEventView(
        id=event.id,
        at=change.at,
        kind=change.kind.value,
        subject_id=change.subject_id,
        subject=change.subject,
        before=change.before,
        after=change.after,
        reason=change.reason,
        until=change.until,
    )
