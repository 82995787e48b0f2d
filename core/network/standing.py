"""The order of all routes for one kind of question: who is ready, and when the others will be.

Owns three rankings and keeps them true when it is told what changed.  Decides nothing about limits.
"""

from __future__ import annotations

from math import inf

from core.network.needs import NOBODY_BARRED, Bar
from core.network.ranking import Rank, Ranking
from core.network.routes import PooledProxy, Route


class Standing:
    """Who comes first.  A route that may ask is in one of two places:

    - ``resting``, by the moment from which it may ask on its own account;
    - ``ready`` of its proxy, by how long it has rested.  The proxy, if it carries, is in ``carrying``,
      at the rank of its best route.

    Args:
        question: Which of its proxy's rankings to use.
    """

    __slots__ = ("carrying", "question", "resting")

    def __init__(self, question: int) -> None:
        self.question = question
        self.carrying: Ranking[PooledProxy] = Ranking()
        self.resting: Ranking[Route] = Ranking()

    def place(self, route: Route, proxy: PooledProxy, at: float, now: float) -> None:
        """*route* may ask from *at* on; infinity: not until something else happens."""
        ready = proxy.ready[self.question]
        if at <= now:
            self.resting.discard(route)
            ready.put(route, route.last_used, route.order)
            return
        ready.discard(route)
        if at < inf:
            self.resting.put(route, at)
        else:
            self.resting.discard(route)

    def place_proxy(self, proxy: PooledProxy, *, carries: bool) -> None:
        """*proxy* carries or not, or its ready routes have changed."""
        rank = proxy.ready[self.question].first_rank() if carries else None
        if rank is None:
            self.carrying.discard(proxy)
        else:
            self.carrying.put(proxy, *rank)

    def pop_due(self, now: float) -> list[Route]:
        """Let the routes whose moment has come be ready; then placing their proxies is due."""
        due = []
        while (route := self.resting.pop_due(now)) is not None:
            assert route.proxy is not None, "only routes with a proxy rest"
            route.proxy.ready[self.question].put(route, route.last_used, route.order)
            due.append(route)
        return due

    def is_ready(self, route: Route) -> bool:
        """Whether *route* is ready, on a proxy that carries."""
        proxy = route.proxy
        return proxy is not None and route in proxy.ready[self.question] and proxy in self.carrying

    def longest_rested(self, bar: Bar) -> Route | None:
        """The first ready route that *bar* passes, on a proxy that carries."""
        if bar is NOBODY_BARRED:
            proxy = self.carrying.first()
            return None if proxy is None else proxy.ready[self.question].first()
        found = self.carrying.least(lambda proxy, _: best[0] if (best := self.best_of(proxy, bar)) else None)
        best = None if found is None else self.best_of(found[1], bar)
        return None if best is None else best[1]

    def best_of(self, proxy: PooledProxy, bar: Bar) -> tuple[Rank, Route] | None:
        """The first route of *proxy*, carrying or not, that is ready on its own account and that *bar* passes."""
        return proxy.ready[self.question].least(lambda route, rank: rank if bar.passes(route) else None)
