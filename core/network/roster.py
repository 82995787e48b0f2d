"""Who is in the pool, and how they are: the records that were put in, and their health since.

Owns proxies, sessions and what changed about them.  It lends nothing and judges nothing: the judging
is :mod:`core.domain.health`; this applies it, keeps what storage has to learn, and logs each change
of state once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from math import inf
from random import Random

from core.clock import Clock
from core.domain.health import (
    ProxyHealth,
    Report,
    SessionHealth,
    does_well,
    proxy_after,
    proxy_rested,
    session_acquitted,
    session_after,
    session_rested,
    session_saw_nobody,
    session_saw_somebody,
    used,
)
from core.domain.limits import Limits
from core.domain.tally import count_success
from core.domain.transition import Kind
from core.network.changes import Changes, ProxySnapshot, SessionSnapshot
from core.network.chronicle import Chronicle
from core.network.hourly import HourlyFigures
from core.network.lease import Lease, Sight
from core.network.minutes import MinuteFigures
from core.network.readiness import Readiness
from core.network.routes import PooledProxy, ProxyRecord, Route, SessionRecord
from core.sources.base import Login

_log = logging.getLogger(__name__)

# Seconds by which a stored moment, and the one that it is compared with, may be earlier than they were: wall time has
# whole microseconds.  Late is allowed, early is not.
_ROUNDED = 2e-6


class Roster:
    """All proxies and sessions by id."""

    def __init__(self, *, clock: Clock, readiness: Readiness, random: Random) -> None:
        self._clock = clock
        self._readiness = readiness
        self._random = random
        self._proxies: dict[int, PooledProxy] = {}
        self._sessions = readiness.sessions
        self._changed_proxies: dict[int, PooledProxy] = {}
        self._changed_sessions: dict[int, Route] = {}
        self._renewed: dict[int, Login] = {}
        self.hourly = HourlyFigures()
        self.minutes = MinuteFigures()
        self.chronicle = Chronicle(clock)

    @property
    def sessions(self) -> Iterable[Route]:
        """Every session, bound or not."""
        return self._sessions.values()

    @property
    def proxies(self) -> Mapping[int, PooledProxy]:
        """Every proxy by id, and those that only sessions name."""
        return self._proxies

    # -- who is there -------------------------------------------------------------

    def put_proxy(self, record: ProxyRecord) -> None:
        """Add a proxy, or change the one with this id."""
        proxy = self._proxy(record.id)
        proxy.address, proxy.enabled, proxy.limits = record.address, record.enabled, record.limits
        if record.health is not None:
            proxy.take_health(record.health, self._moment(record.health.until))
        if proxy.rest_until <= self._clock.monotonic() and (rested := proxy_rested(proxy.health)) is not proxy.health:
            self._set_proxy(proxy, rested)
        proxy.keep_to(self._readiness.pace)
        self._place_all(proxy)

    def put_session(self, record: SessionRecord) -> None:
        """Add a session, or change the one with this id.  Bound elsewhere than before, it moves."""
        now = self._clock.monotonic()
        route = self._sessions.get(record.id)
        if route is None:
            route = self._sessions[record.id] = Route(record.id, login=record.login, order=self._readiness.next_order())
            route.chance = self._random.random()
        if record.login is not route.login:
            # Another one was brought: what the platform renewed of the old one would only overwrite it.
            self._renewed.pop(record.id, None)
        route.present, route.enabled, route.login = True, record.enabled, record.login
        route.created = self._moment(record.created_at)
        if record.health is not None:
            self._adopt(route, record.health, now)
        if route.rest_until <= now and (rested := session_rested(route.health)) is not route.health:
            self._set_session(route, rested)
        self._bind(route, record.proxy_id, now)

    def drop_proxy(self, proxy_id: int) -> None:
        """Forget a proxy; the sessions bound to it stay, and are not used."""
        proxy = self._proxies.get(proxy_id)
        if proxy is not None:
            proxy.address = None
            self._changed_proxies.pop(proxy_id, None)
            self._place_all(proxy)
            self._clear_away(proxy)

    def drop_session(self, session_id: int) -> None:
        """Forget a session."""
        route = self._sessions.get(session_id)
        if route is not None:
            route.present = False
            self._changed_sessions.pop(session_id, None)
            self._renewed.pop(session_id, None)
            self._bind(route, None, self._clock.monotonic())
            self.leave_no_trace(route)

    def set_limits(self, limits: Limits) -> None:
        """Put *limits* in force for all."""
        self._readiness.set_limits(limits)
        for proxy in self._proxies.values():
            proxy.keep_to(self._readiness.pace)
            self._place_all(proxy)

    def interrupted(self, last_uses: Mapping[int, datetime]) -> None:
        """Count these sessions as last used then, if not later, and place everything anew."""
        now = self._clock.monotonic()
        for session_id, at in last_uses.items():
            route = self._sessions.get(session_id)
            if route is not None:
                route.last_used = max(route.last_used, self._used_at(at, now))
        for proxy in self._proxies.values():
            self._place_all(proxy)

    def leave_no_trace(self, route: Route) -> None:
        """Let go of *route* if it was dropped and is not lent: a session that comes back while its
        old lease is out must be the same one, or it would ask twice at once."""
        if not route.present and route not in self._readiness.lent:
            self._sessions.pop(route.session_id, None)

    def _adopt(self, route: Route, health: SessionHealth, now: float) -> None:
        route.health, route.rest_until = health, self._moment(health.until)
        if route.last_used == -inf and health.last_used_at is not None:
            route.last_used = self._used_at(health.last_used_at, now)

    def _bind(self, route: Route, proxy_id: int | None, now: float) -> None:
        old = route.proxy
        new = None if proxy_id is None else self._proxy(proxy_id)
        if old is not new:
            self._readiness.detach(route, now)
            route.proxy = new
            if new is not None:
                new.routes[route] = None
            if old is not None:
                self._clear_away(old)
        self._readiness.count(route)
        self._readiness.place(route, now)
        if new is not None:
            self._readiness.place_proxy(new, now)

    def _proxy(self, proxy_id: int) -> PooledProxy:
        proxy = self._proxies.get(proxy_id)
        if proxy is None:
            proxy = self._proxies[proxy_id] = PooledProxy(proxy_id)
        return proxy

    def _place_all(self, proxy: PooledProxy) -> None:
        now = self._clock.monotonic()
        for route in proxy.routes:
            self._readiness.count(route)
            self._readiness.place(route, now)
        self._readiness.place_proxy(proxy, now)

    def _clear_away(self, proxy: PooledProxy) -> None:
        # Exchanges under way keep it: they count on if the proxy comes back meanwhile.
        if proxy.address is None and not proxy.routes and not proxy.sends.under_way:
            self._proxies.pop(proxy.id, None)

    # -- how they are ---------------------------------------------------------------

    def apply(self, lease: Lease) -> bool:
        """Move the health of a route by what its lease had to say.

        Returns:
            Whether one of the two now rests, or is out of service.
        """
        route, proxy = lease.loan.route, lease.loan.proxy
        now = self._clock.now()
        if lease.renewed is not None and route.login is lease.lent_login:
            route.login = self._renewed[route.session_id] = lease.renewed
        report, sight = lease.report_made, lease.sight
        if report is not None:
            self.hourly.count(proxy.id, report, lease.elapsed_ms, now)
            self.minutes.count(report, lease.elapsed_ms, now)
            if report.ok and (sight is None or sight is Sight.SAW) and does_well(route.health) and not lease.loan.probe:
                # Most exchanges are of this kind, and nobody else holds the health of either.
                self._count_success(route, proxy, now, lease.elapsed_ms)
                return False
        session_health, proxy_health = self._judged(lease, now)
        if sight is not None:
            session_health = _seen(session_health, sight, now, self._readiness.limits.rest_scale)
        return self._set_session(route, session_health, report) | self._set_proxy(proxy, proxy_health, report)

    def amend_session(self, session_id: int, amend: Callable[[SessionHealth], SessionHealth]) -> bool:
        """Move the health of a session for what is known only now; whether its state or rest changed."""
        route = self._sessions.get(session_id)
        if route is None or not self._set_session(route, amend(route.health)):
            return False
        self._bind(route, None if route.proxy is None else route.proxy.id, self._clock.monotonic())
        return True

    def amend_proxy(self, proxy_id: int, amend: Callable[[ProxyHealth], ProxyHealth]) -> bool:
        """Move the health of a proxy for what is known only now; whether its state or rest changed."""
        proxy = self._proxies.get(proxy_id)
        if proxy is None or not self._set_proxy(proxy, amend(proxy.health)):
            return False
        self._place_all(proxy)
        return True

    def acquit(self, session_id: int) -> None:
        """The session passed the probe that a person asked for."""
        route = self._sessions.get(session_id)
        if route is not None and self._set_session(route, session_acquitted(route.health)):
            self._bind(route, None if route.proxy is None else route.proxy.id, self._clock.monotonic())

    def connected(self, proxy_id: int, report: Report, *, passes: bool) -> None:
        """Move the health of a proxy by a connection to it over which nothing was asked."""
        proxy = self._proxies.get(proxy_id)
        if proxy is None or proxy.address is None:
            return
        limits, passed = self._readiness.limits, report.ok and passes
        health = proxy_after(
            proxy.health,
            report,
            now=self._clock.now(),
            proxy_failures=limits.proxy_failures,
            rest_scale=limits.rest_scale,
            draw=self._random.random(),
            probe=proxy.probing and (passed or (not report.ok and proxy.rest_until <= self._clock.monotonic())),
        )
        self._set_proxy(proxy, health, report)
        self._place_all(proxy)

    def end_quarantine(self, proxy_id: int) -> None:
        """Let a quarantined proxy be probed from now on."""
        proxy = self._proxies.get(proxy_id)
        if proxy is not None and proxy.probing:
            proxy.take_health(replace(proxy.health, until=None), -inf)
            self._place_all(proxy)

    def woken(self, routes: Iterable[Route], proxies: Iterable[PooledProxy]) -> None:
        """The rest of these has ended."""
        for route in routes:
            self._set_session(route, session_rested(route.health))
        for proxy in proxies:
            self._set_proxy(proxy, proxy_rested(proxy.health))

    def changed(self) -> Changes:
        """What moved since the last call, each once, as it is now."""
        proxies = tuple(ProxySnapshot(proxy.id, replace(proxy.health)) for proxy in self._changed_proxies.values())
        sessions = tuple(
            SessionSnapshot(route.session_id, replace(route.health), self._renewed.get(route.session_id))
            for route in self._changed_sessions.values()
        )
        self._changed_proxies.clear()
        self._changed_sessions.clear()
        self._renewed.clear()
        return Changes(proxies, sessions, self.chronicle.take(), self.hourly.take(), self.minutes.take())

    def not_stored(self, changes: Changes) -> None:
        """Hand *changes* out again next time, as things are then: they did not reach storage."""
        self.chronicle.put_back(changes.transitions)
        self.hourly.put_back(changes.hourly)
        self.minutes.put_back(changes.minutes)
        for proxy in changes.proxies:
            if proxy.id in self._proxies:
                self._changed_proxies.setdefault(proxy.id, self._proxies[proxy.id])
        for session in changes.sessions:
            if session.id in self._sessions:
                self._changed_sessions.setdefault(session.id, self._sessions[session.id])
                if session.login is not None:
                    self._renewed.setdefault(session.id, session.login)

    def _count_success(self, route: Route, proxy: PooledProxy, now: datetime, elapsed_ms: float | None) -> None:
        count_success(route.health, now, elapsed_ms)
        count_success(proxy.health, now, elapsed_ms)
        if route.present:
            self._changed_sessions[route.session_id] = route
        if proxy.address is not None:
            self._changed_proxies[proxy.id] = proxy

    def _judged(self, lease: Lease, now: datetime) -> tuple[SessionHealth, ProxyHealth]:
        route, proxy, report = lease.loan.route, lease.loan.proxy, lease.report_made
        if report is None:
            return used(route.health, now), used(proxy.health, now)
        limits = self._readiness.limits
        session_health = session_after(
            route.health,
            report,
            now=now,
            rest_scale=limits.rest_scale,
            draw=self._random.random(),
            elapsed_ms=lease.elapsed_ms,
        )
        proxy_health = proxy_after(
            proxy.health,
            report,
            now=now,
            proxy_failures=limits.proxy_failures,
            rest_scale=limits.rest_scale,
            draw=self._random.random(),
            elapsed_ms=lease.elapsed_ms,
            probe=lease.loan.probe,
        )
        return session_health, proxy_health

    def _set_session(self, route: Route, health: SessionHealth, report: Report | None = None) -> bool:
        before, route.health = route.health, health
        if route.present:
            self._changed_sessions[route.session_id] = route
        if health.state is before.state and health.until is before.until:
            return False
        route.rest_until = self._moment(health.until)
        if route.present:
            self.chronicle.changed(Kind.SESSION, route.session_id, before, health, report)
        if health.state is not before.state:
            _log.info("session changed state", extra={"session": route.session_id, **_change(before, health)})
            self._readiness.count(route)
        return True

    def _set_proxy(self, proxy: PooledProxy, health: ProxyHealth, report: Report | None = None) -> bool:
        before = proxy.health
        if proxy.address is not None:
            self._changed_proxies[proxy.id] = proxy
        if health.state is before.state and health.until is before.until:
            proxy.health = health
            return False
        proxy.take_health(health, self._moment(health.until))
        if proxy.address is not None:
            self.chronicle.changed(Kind.PROXY, proxy.id, before, health, report)
        if health.state is not before.state:
            _log.info("proxy changed state", extra={"proxy": proxy.id, **_change(before, health)})
        return True

    def _used_at(self, at: datetime, now: float) -> float:
        """A stored moment of last use, from which a gap is counted; no later than *now*."""
        # A clock that was set back must not make a gap longer than a gap.
        return min(now, self._moment(at) + _ROUNDED)

    def _moment(self, at: datetime | None) -> float:
        """A wall time on the clock that never jumps; long ago for None."""
        if at is None:
            return -inf
        return self._clock.monotonic() + (at - self._clock.now()).total_seconds()


def _seen(health: SessionHealth, sight: Sight, now: datetime, rest_scale: float) -> SessionHealth:
    if sight is Sight.SAW:
        return session_saw_somebody(health)
    return session_saw_nobody(health, now=now, rest_scale=rest_scale, certain=sight is Sight.IS_BLIND)


def _change(before: ProxyHealth | SessionHealth, after: ProxyHealth | SessionHealth) -> dict[str, object]:
    return {
        "from": before.state.value,
        "to": after.state.value,
        "until": after.until,
        "reason": after.last_error,
    }
