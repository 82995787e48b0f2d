"""Looking at one proxy or one session by name: what people and the clock do outside of all batches.

Owns the trial of a frozen session, which nobody else may lend, and what a proxy's connection alone tells of it.
Limits, gaps and rests hold here as anywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf
from typing import Protocol

from core.clock import Clock
from core.domain.health import ProxyState, Report, SessionState
from core.domain.proxy_address import ProxyAddress
from core.network.errors import NoRouteAvailable
from core.network.lease import Client
from core.network.line import Line
from core.network.needs import Needs
from core.network.readiness import Loan, Readiness
from core.network.roster import Roster
from core.network.routes import PooledProxy, Route

# How soon a trial looks again while its session or proxy is busy.
_LOOK_AGAIN = 0.05


class Wire(Client, Protocol):
    """A client that can also be let in by a proxy without asking anything of the platform."""

    async def connect(self, address: ProxyAddress, *, connect_timeout: float, total_timeout: float) -> float:
        """The seconds that it took to reach the proxy and be let in.

        Raises:
            TransportError: It was not reached, or did not let us in.
        """


@dataclass(frozen=True, slots=True)
class ProxyAtHand:
    """A proxy as it is now.

    Args:
        sessions: Ids of the sessions bound to it that may ask, now or later, without a person's help.
        frozen: How many of its sessions wait for a person.
        used_at: End of the last exchange; None before the first.
    """

    id: int
    address: ProxyAddress
    enabled: bool
    state: ProxyState
    sessions: tuple[int, ...]
    frozen: int
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class SessionAtHand:
    """A session as it is now.

    Args:
        usable: It may ask, now or later, without a person's help.
    """

    id: int
    enabled: bool
    state: SessionState
    proxy_id: int | None
    proxy_enabled: bool
    usable: bool


class Inspection:
    """The pool, seen one by one."""

    def __init__(self, *, clock: Clock, roster: Roster, readiness: Readiness, line: Line) -> None:
        self._clock = clock
        self._roster = roster
        self._readiness = readiness
        self._line = line

    # -- proxies ----------------------------------------------------------------------

    def unused(self, span: Callable[[int], float] | None) -> list[ProxyAtHand]:
        """Proxies that could be connected to now, because nothing else will tell how they are.

        Those are the ones that were not used for the *span* of seconds of their id, and quarantined ones whose
        probe no session can carry.

        Args:
            span: None leaves out those that are merely unused.
        """
        now, wall = self._clock.monotonic(), self._clock.now()
        found = []
        for proxy in self._roster.proxies.values():
            if proxy.address is None or not proxy.enabled or proxy.rest_until > now or proxy.sends.under_way:
                continue
            used_at = proxy.health.last_used_at
            idle = span is not None and (used_at is None or (wall - used_at).total_seconds() >= span(proxy.id))
            if idle or _waits_in_vain(proxy):
                found.append(self._at_hand(proxy, proxy.address))
        return found

    def proxy(self, proxy_id: int) -> ProxyAtHand | None:
        """The proxy of this id."""
        proxy = self._roster.proxies.get(proxy_id)
        return None if proxy is None or proxy.address is None else self._at_hand(proxy, proxy.address)

    def connected(self, proxy_id: int, report: Report, *, passes: bool) -> None:
        """A proxy was reached and let us in, or did not; that moves its health as an exchange does.

        Args:
            passes: Being let in is all that a quarantined one has to show.
        """
        self._line.advance()
        self._roster.connected(proxy_id, report, passes=passes)
        self._line.reconsider()

    def end_quarantine(self, proxy_id: int) -> None:
        """Let a quarantined proxy have its probe now; it stays quarantined until that passes."""
        self._roster.end_quarantine(proxy_id)
        self._line.reconsider()

    def _at_hand(self, proxy: PooledProxy, address: ProxyAddress) -> ProxyAtHand:
        return ProxyAtHand(
            id=proxy.id,
            address=address,
            enabled=proxy.enabled,
            state=proxy.health.state,
            sessions=tuple(route.session_id for route in proxy.routes if route.in_service),
            frozen=sum(route.health.frozen for route in proxy.routes),
            used_at=proxy.health.last_used_at,
        )

    def hurry_probe(self) -> bool:
        """Let the next question leave at once as the probe of the breaker; False: it is closed."""
        if not self._readiness.breaker.paused:
            return False
        self._readiness.breaker.hurry(self._clock.monotonic())
        self._line.reconsider()
        return True

    # -- sessions ---------------------------------------------------------------------

    def session(self, session_id: int) -> SessionAtHand | None:
        """The session of this id."""
        route = self._readiness.sessions.get(session_id)
        if route is None or not route.present:
            return None
        proxy = route.proxy
        return SessionAtHand(
            id=session_id,
            enabled=route.enabled,
            state=route.health.state,
            proxy_id=None if proxy is None else proxy.id,
            proxy_enabled=proxy is not None and proxy.in_service,
            usable=route.in_service,
        )

    def acquit(self, session_id: int) -> None:
        """A session passed the probe that a person asked for: it is valid again, whatever it was."""
        self._roster.acquit(session_id)
        self._line.reconsider()


def _waits_in_vain(proxy: PooledProxy) -> bool:
    """Whether it has to pass a probe, and all its sessions wait for a person."""
    if not proxy.probing or any(route.in_service for route in proxy.routes):
        return False
    return any(route.health.frozen for route in proxy.routes)


class TrialLine:
    """Lends one session because a person asked, though it is frozen; a line of one.

    It neither passes those in line nor breaks a limit: nobody else may lend what is frozen.
    """

    def __init__(self, *, clock: Clock, readiness: Readiness, line: Line) -> None:
        self._clock = clock
        self._readiness = readiness
        self._line = line

    def lend_at_once(self, needs: Needs) -> Loan | None:
        """Nothing: a person waits for this one, so nothing is to be won."""
        return None

    async def lend(self, needs: Needs) -> Loan:
        """Reserve the session that *needs* names as soon as its gap, its windows and its proxy let it.

        Raises:
            NoRouteAvailable: Not within the claim, or not without a person.
        """
        deadline = self._clock.monotonic() + needs.wait
        while True:
            now = self._line.advance()
            route = self._readiness.sessions.get(-1 if needs.only is None else needs.only)
            if route is None or not _may_be_tried(route):
                raise NoRouteAvailable(None)
            at = self._ready_at(route, now, needs)
            if at <= now and self._is_free(route):
                return self._readiness.lend(route, now, look_up=needs.look_up)
            if max(at, now + _LOOK_AGAIN) > deadline:
                raise NoRouteAvailable(self._clock.now() + timedelta(seconds=max(0.0, at - now)))
            await self._clock.sleep(max(_LOOK_AGAIN, at - now))

    def _ready_at(self, route: Route, now: float, needs: Needs) -> float:
        """When its gap, its windows, its proxy and the gate of all let it; now where an exchange's end decides."""
        assert route.proxy is not None, "who may be tried has a proxy"
        pace = self._readiness.pace
        own = route.look_up_at(pace, now) if needs.look_up else route.ready_at(pace, now)
        at = max(own, route.proxy.opens_at(), self._readiness.gate_at(needs.question))
        return now + _LOOK_AGAIN if at == inf else at

    def _is_free(self, route: Route) -> bool:
        return route not in self._readiness.lent and route.proxy is not None and not route.proxy.is_full()


def _may_be_tried(route: Route) -> bool:
    return route.present and route.enabled and route.proxy is not None and route.proxy.in_service
