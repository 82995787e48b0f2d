"""What is wrong with an installation that opens, and how to mend it: asked by the command line and by the bot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from core.clock import Clock
from core.domain.actor import Actor, Role
from core.errors import Unavailable
from core.services.canaries import Canaries
from core.services.diagnostics import Diagnostics
from core.services.monitoring import Monitoring
from core.services.proxies import Proxies
from core.services.sessions import Sessions
from core.services.views.findings import FAILED, OK, WARNING, Finding

_NAMED = 5
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


@dataclass(frozen=True, slots=True)
class Installation:
    """What the settings say.

    Args:
        database: Where it is.
        key: What opens what is stored.
        platform: Which one is watched, and where it is.
        is_sandbox: It is a pretend one.
        brings_routes: Proxies and sessions come by themselves with the first start of an engine.
    """

    database: str
    key: str
    platform: str
    is_sandbox: bool
    brings_routes: bool


class Doctor:
    """Looks, and changes nothing."""

    def __init__(
        self,
        installation: Installation,
        clock: Clock,
        monitoring: Monitoring,
        proxies: Proxies,
        sessions: Sessions,
        canaries: Canaries,
        diagnostics: Diagnostics,
    ) -> None:
        self._installation = installation
        self._clock = clock
        self._monitoring = monitoring
        self._proxies = proxies
        self._sessions = sessions
        self._canaries = canaries
        self._diagnostics = diagnostics

    async def examine(self, actor: Actor) -> tuple[Finding, ...]:
        """All looks at an application that opened; opening it has proved the database and its key."""
        actor.must_be(Role.VIEWER, "see what is wrong")
        here = self._installation
        fix = "set STORYWATCH_PLATFORM=instagram to watch a real one" if here.is_sandbox else ""
        return (
            Finding("database", OK, f"{here.database} is up to date"),
            Finding("key", OK, f"{here.key} opens what is stored"),
            Finding("platform", OK, here.platform, fix),
            await self._engine(actor),
            await self._of_proxies(actor),
            await self._of_sessions(actor),
            await self._of_canaries(actor),
            await self._routes(actor),
        )

    async def diagnostics(self, actor: Actor) -> str:
        """What somebody who is asked for help wants to know, as one text without secrets."""
        actor.must_be(Role.ADMIN, "take the diagnostics")
        return await self._diagnostics.text(actor, await self.examine(actor))

    async def bundle(self, actor: Actor) -> bytes:
        """The same as a ZIP with one text for each part."""
        actor.must_be(Role.ADMIN, "take the diagnostics")
        return await self._diagnostics.archive(actor, await self.examine(actor))

    async def _engine(self, actor: Actor) -> Finding:
        engine = await self._monitoring.engine(actor)
        if engine.alive:
            detail = f"storywatch {engine.holder} (process {engine.pid}) is at work; {engine.pool}"
            return Finding("engine", OK, detail)
        fix = "start one with: storywatch run (check and batch start --wait bring their own)"
        last = _ago(engine.heartbeat_at, self._clock.now())
        return Finding("engine", WARNING, f"none is at work, last heartbeat: {last}", fix)

    async def _of_proxies(self, actor: Actor) -> Finding:
        views = await self._proxies.list(actor)
        states = _counted(view.state if view.enabled else "off" for view in views)
        if not any(view.enabled for view in views):
            fix = "add some with: storywatch proxy import FILE"
            return Finding("proxies", self._missing, states or "there is none", fix)
        return Finding("proxies", OK, states)

    async def _of_sessions(self, actor: Actor) -> Finding:
        views = await self._sessions.list(actor)
        states = _counted(view.state for view in views)
        if not views:
            fix = "add one with: storywatch session add --label NAME --proxy ID < cookies.txt"
            return Finding("sessions", self._missing, "there is none", fix)
        frozen = [view.label for view in views if view.state in {"expired", "checkpoint"}]
        if frozen:
            fix = f"log in again and import the cookies, or: storywatch session enable {frozen[0]}"
            detail = f"{states}; waiting for a person: {', '.join(frozen[:_NAMED])}"
            return Finding("sessions", WARNING, detail, fix)
        unbound = [view.label for view in views if view.proxy is None]
        if unbound:
            detail = f"{states}; without a proxy and unused: {', '.join(unbound[:_NAMED])}"
            return Finding("sessions", WARNING, detail, f"storywatch session bind {unbound[0]} PROXY")
        return Finding("sessions", OK, states)

    async def _of_canaries(self, actor: Actor) -> Finding:
        views = await self._canaries.list(actor)
        if not views:
            return Finding("canaries", OK, "none of your own; the platform's list is used")
        states = _counted(view.state for view in views)
        if all(view.state == "missing" for view in views):
            fix = "add accounts that are always live: storywatch canary add NAME…"
            return Finding("canaries", WARNING, f"{states}: without one, absence proves nothing", fix)
        return Finding("canaries", OK, states)

    async def _routes(self, actor: Actor) -> Finding:
        try:
            await self._monitoring.require_route(actor)
        except Unavailable as error:
            detail, _, fix = str(error).partition("; ")
            return Finding("routes", self._missing, detail, fix)
        return Finding("routes", OK, "some session may ask")

    @property
    def _missing(self) -> str:
        return WARNING if self._installation.brings_routes else FAILED


def _counted(states: Iterable[str]) -> str:
    return ", ".join(f"{count:,} {state}" for state, count in Counter(states).most_common())


def _ago(then: datetime | None, now: datetime) -> str:
    if then is None:
        return "never"
    seconds = (now - then).total_seconds()
    for unit, size in (("d", _DAY), ("h", _HOUR), ("min", _MINUTE)):
        if seconds >= size:
            return f"{int(seconds // size)} {unit} ago"
    return "just now"
