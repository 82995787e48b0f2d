"""Which routes are ready, who of them rested longest, and when the others will be.

Owns all choosing and every reservation, in synchronous steps of O(log n).  Knows no waiters, no
network, and of health only whether somebody rests or is out of service.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from math import inf

from core.domain.breaker import Breaker
from core.domain.health import SessionState
from core.domain.limits import MINUTE, Limits
from core.domain.proxy_address import ProxyAddress
from core.network.needs import NOBODY_BARRED, Bar
from core.network.pace import Pace
from core.network.ranking import Rank, Ranking
from core.network.routes import ANY_QUESTION, LOOK_UP, PooledProxy, Route
from core.network.standing import Standing
from core.network.windows import Sends


@dataclass(slots=True, eq=False)
class Loan:
    """A reservation: one exchange of one route.

    Args:
        probe: The proxy has to pass it to come out of quarantine.
        covered: It is part of a stored allowance.
        for_breaker: The platform has to answer it before others may ask.
        at: When it was made.
    """

    route: Route
    proxy: PooledProxy
    address: ProxyAddress
    look_up: bool
    probe: bool
    covered: bool = False
    for_breaker: bool = False
    at: float = 0.0


class Readiness:
    """The standing of all routes.  Moments are those of the clock's ``monotonic``.

    Whoever changes something about a route or proxy places it anew, and lets what is due be ready
    (:meth:`advance`) before choosing for a later moment than before.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.pace = Pace.of(limits)
        self.breaker = Breaker()
        self.sessions: dict[int, Route] = {}
        self.in_service = 0
        self.lent: dict[Route, Loan] = {}
        self._any = Standing(ANY_QUESTION)
        self._look_ups = Standing(LOOK_UP)
        # Look-ups are rare, so their standing is worked out when one asks: here is what changed since.
        self._unsorted: dict[Route, None] = {}
        self._unsorted_proxies: dict[PooledProxy, None] = {}
        # Proxies that have somebody to carry, by the moment at which rest or windows let them.
        self._closed: Ranking[PooledProxy] = Ranking()
        self._due = inf  # never later than the first moment in it and in ``_any.resting``
        self._all = Sends()
        self._uses = itertools.count()

    # -- what changed -----------------------------------------------------------

    def set_limits(self, limits: Limits) -> None:
        """Follow *limits* from now on; then placing everything anew is due."""
        self.limits = limits
        self.pace = Pace.of(limits)

    def next_order(self) -> int:
        """A number for who comes first among equals."""
        return next(self._uses)

    def count(self, route: Route) -> None:
        """Whether *route* is in service may have changed; then placing it is due."""
        serves = route.in_service
        if serves != route.counted:
            self.in_service += 1 if serves else -1
            route.counted = serves

    def place(self, route: Route, now: float) -> None:
        """Put *route* where its present state says; then :meth:`place_proxy` is due."""
        proxy = route.proxy
        if proxy is None:
            return
        at = route.ready_at(self.pace, now) if route.counted and route not in self.lent else inf
        self._any.place(route, proxy, at, now)
        if now < at < self._due:
            self._due = at
        self._unsorted[route] = None

    def place_proxy(self, proxy: PooledProxy, now: float) -> None:
        """Let *proxy* carry or not, as its present state says, at the rank of its best route."""
        self._unsorted_proxies[proxy] = None
        rank = proxy.ready[ANY_QUESTION].first_rank()
        if rank is None and not proxy.cooling:
            # Nobody to carry: whether it could is looked at when there is.
            self._closed.discard(proxy)
            self._any.carrying.discard(proxy)
            return
        opens_at = proxy.opens_at()
        if opens_at <= now:
            self._closed.discard(proxy)
            if rank is not None and not proxy.is_full():
                self._any.carrying.put(proxy, *rank)
                return
        elif opens_at < inf and proxy.address is not None:
            self._closed.put(proxy, opens_at)
            self._due = min(self._due, opens_at)
        self._any.carrying.discard(proxy)

    def detach(self, route: Route, now: float) -> None:
        """Take *route* off its proxy, which it leaves for good or for another one."""
        proxy = route.proxy
        if proxy is None:
            return
        for standing in (self._any, self._look_ups):
            standing.place(route, proxy, inf, now)
        self._unsorted.pop(route, None)
        del proxy.routes[route]
        route.proxy = None
        self.count(route)
        self.place_proxy(proxy, now)

    def is_due(self, now: float) -> bool:
        """Whether :meth:`advance` may have something to do."""
        return self._due <= now

    def advance(self, now: float) -> tuple[list[Route], list[PooledProxy]]:
        """Let everything whose moment has come be ready.

        Returns:
            Routes and proxies whose rest (not merely a gap or a window) ended with it.
        """
        routes = self._any.pop_due(now)
        touched = {route.proxy: None for route in routes if route.proxy is not None}
        proxies = []
        while (proxy := self._closed.pop_due(now)) is not None:
            touched[proxy] = None
            proxies.append(proxy)
        self._due = min(self._any.resting.first_at(), self._closed.first_at())
        for proxy in touched:
            self.place_proxy(proxy, now)
        return (
            [route for route in routes if route.health.state is SessionState.RESTING],
            [proxy for proxy in proxies if proxy.cooling],
        )

    def next_at(self, now: float, *, look_ups: bool) -> float:
        """When something may become ready; look-ups are counted in on request."""
        at = self._due
        if look_ups:
            at = min(at, self._look_up_standing(now).resting.first_at())
        gate = self._gate_at()
        return min(at, gate) if gate > now else at

    def is_used_up(self, loan: Loan, until: float) -> bool:
        """Whether the route of *loan*, which has ended, can carry no other question of its kind before *until*."""
        route = loan.route
        at = route.look_up_at(self.pace, until) if loan.look_up else route.ready_at(self.pace, until)
        return at > until or loan.proxy.opens_at() > until

    # -- lending ----------------------------------------------------------------

    def lend(self, route: Route, now: float, *, look_up: bool) -> Loan:
        """Reserve *route* for one exchange."""
        proxy = route.proxy
        assert proxy is not None, "a ready route has a proxy"
        assert proxy.address is not None, "a ready route's proxy has an address"
        loan = Loan(route, proxy, proxy.address, look_up, proxy.probing, at=now)
        if self.breaker.paused:
            loan.for_breaker = self.breaker.lend(look_up)
        self.lent[route] = loan
        route.sends.under_way += 1
        proxy.sends.under_way += 1
        self._all.under_way += 1
        if look_up:
            route.look_ups.under_way += 1
        proxy.ready[ANY_QUESTION].discard(route)
        self._unsorted[route] = None
        self.place_proxy(proxy, now)
        return loan

    def end(self, loan: Loan, now: float, *, sent: bool, chance: float) -> None:
        """Take a loan back.  One that sent nothing leaves no trace.

        Args:
            chance: Which part of the gap's jitter applies before the next loan.
        """
        route, proxy, pace = loan.route, loan.proxy, self.pace
        del self.lent[route]
        if loan.for_breaker:
            self.breaker.probe_unused()
        route.sends.under_way -= 1
        proxy.sends.under_way -= 1
        self._all.under_way -= 1
        if loan.look_up:
            route.look_ups.under_way -= 1
        if sent:
            route.sends.add(now, pace.kept)
            proxy.sends.add(now, proxy.kept)
            self._all.add(now, pace.kept_of_all)
            if loan.look_up:
                route.look_ups.add(now, pace.kept_look_ups)
            route.last_used, route.order, route.chance = now, next(self._uses), chance
        self.place(route, now)
        self.place_proxy(proxy, now)
        if route.proxy is not None and route.proxy is not proxy:
            self.place_proxy(route.proxy, now)

    def recall(self, route: Route | None, proxy: PooledProxy | None, at: float, sent: int, look_ups: int) -> None:
        """Count what ended at *at*, before this process began; then placing everything anew is due."""
        pace = self.pace
        counted = [(self._all, sent, pace.kept_of_all)]
        if proxy is not None:
            counted.append((proxy.sends, sent, proxy.kept))
        if route is not None:
            counted += [(route.sends, sent, pace.kept), (route.look_ups, look_ups, pace.kept_look_ups)]
        for sends, count, kept in counted:
            for _ in range(min(count, kept)):
                sends.add(at, kept)

    # -- choosing ---------------------------------------------------------------

    def any_ready(self, question: int, now: float) -> bool:
        """Whether some route could be lent at once."""
        return len(self._standing(question, now).carrying) > 0 and self._gate_for(question) <= now

    def is_anything_ready(self, now: float) -> bool:
        """Whether some route could be lent at once for some question."""
        gate = min(self._gate_for(ANY_QUESTION), self._gate_for(LOOK_UP)) if self.breaker.paused else self._gate_at()
        return len(self._any.carrying) > 0 and gate <= now

    def is_paused(self, question: int, now: float) -> bool:
        """Whether the breaker lets nobody ask, and no probe is under way that could end that."""
        return bool(self.breaker.paused) and now < self.breaker.free_at(question == LOOK_UP) < inf

    def is_ready(self, route: Route, now: float) -> bool:
        """Whether *route* could be lent at once, for whatever question; worked out anew, moving nothing."""
        proxy = route.proxy
        if proxy is None or not route.counted or route in self.lent or proxy.is_full():
            return False
        return max(route.ready_at(self.pace, now), proxy.opens_at(), self._gate_at()) <= now

    def best(self, question: int, bar: Bar, now: float) -> Route | None:
        """The ready route that rested longest among those that *bar* passes."""
        if (self.pace.per_minute is not None or self.breaker.paused) and self._gate_for(question) > now:
            return None
        if bar is NOBODY_BARRED and question == ANY_QUESTION:
            proxy = self._any.carrying.first()
            return None if proxy is None else proxy.ready[ANY_QUESTION].first()
        return self._longest_rested(self._standing(question, now), bar)

    def earliest(self, question: int, bar: Bar, now: float) -> float:
        """When a route that *bar* passes can be ready, as far as is known now.

        *now* where one is ready, or only waits for an exchange under way to end; infinity where none
        is in service.
        """
        standing = self._standing(question, now)
        if self._longest_rested(standing, bar) is not None:
            at = now
        else:
            resting = self._first_rested(standing, bar, now)
            closed = self._closed.least(lambda proxy, rank: rank if standing.best_of(proxy, bar) else None)
            lent = (self._back_at(loan, standing, bar, now) for loan in self.lent.values())
            at = min(resting, closed[0][0] if closed else inf, *lent)
        gate = self._gate_for(question)
        return max(at, now if gate == inf else gate)

    def _longest_rested(self, standing: Standing, bar: Bar) -> Route | None:
        if bar.only is None:
            return standing.longest_rested(bar)
        route = self.sessions.get(bar.only)
        return route if route is not None and bar.passes(route) and standing.is_ready(route) else None

    def _first_rested(self, standing: Standing, bar: Bar, now: float) -> float:
        """When the first resting route that *bar* passes is ready and its proxy lets it."""

        def ready_at(route: Route, rank: Rank) -> Rank | None:
            if route.proxy is None or not bar.passes(route):
                return None
            return (max(rank[0], _opens_at(route.proxy, now)), 0)

        if bar.only is None:
            found = standing.resting.least(ready_at)
            return found[0][0] if found else inf
        sole = self.sessions.get(bar.only)
        rank = None if sole is None else standing.resting.rank_of(sole)
        at = None if sole is None or rank is None else ready_at(sole, rank)
        return inf if at is None else at[0]

    def _back_at(self, loan: Loan, standing: Standing, bar: Bar, now: float) -> float:
        """The earliest moment that the end of *loan* can bring a route that *bar* passes."""
        if standing.best_of(loan.proxy, bar) is not None:
            return _opens_at(loan.proxy, now)
        route = loan.route
        if not (route.counted and route.proxy is not None and bar.passes(route)):
            return inf
        at = route.ready_at(self.pace, now) if standing is self._any else route.look_up_at(self.pace, now)
        return max(now + self.pace.gap, now if at == inf else at, _opens_at(route.proxy, now))

    def gate_at(self, question: int) -> float:
        """When the rate of all routes and the breaker let one more leave; infinity while an exchange's end decides."""
        return self._gate_for(question)

    def _gate_at(self) -> float:
        limit = self.pace.per_minute
        return -inf if limit is None else self._all.free_at(limit, MINUTE)

    def _gate_for(self, question: int) -> float:
        """The same for one kind of question, which the breaker may let wait longer."""
        gate = self._gate_at()
        return max(gate, self.breaker.free_at(question == LOOK_UP)) if self.breaker.paused else gate

    def _standing(self, question: int, now: float) -> Standing:
        return self._any if question == ANY_QUESTION else self._look_up_standing(now)

    def _look_up_standing(self, now: float) -> Standing:
        """The standing for look-ups, brought up to date."""
        standing, proxies = self._look_ups, self._unsorted_proxies
        for route in self._unsorted:
            if (proxy := route.proxy) is not None:
                serves = route.counted and route not in self.lent
                standing.place(route, proxy, route.look_up_at(self.pace, now) if serves else inf, now)
                proxies[proxy] = None
        for route in standing.pop_due(now):
            if (proxy := route.proxy) is not None:
                proxies[proxy] = None
        for proxy in proxies:
            standing.place_proxy(proxy, carries=proxy in self._any.carrying)
        self._unsorted.clear()
        proxies.clear()
        return standing


def _opens_at(proxy: PooledProxy, now: float) -> float:
    """When *proxy* opens; *now* where that takes only the end of an exchange."""
    at = proxy.opens_at()
    return now if at == inf else max(now, at)
