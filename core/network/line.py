"""The line of those who wait for a route: served in order of arrival, without polling.

Owns the waiters and the one timer that wakes for the next route or the next deadline.  It chooses
no route itself and knows no health.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from math import inf

from core.clock import Clock, Timer
from core.network.errors import NoRouteAvailable
from core.network.needs import ANYTHING, CLAIM_SECONDS, NOBODY_BARRED, Needs
from core.network.ranking import Ranking
from core.network.readiness import Loan, Readiness
from core.network.routes import ANY_QUESTION, LOOK_UP, PooledProxy, Route


class _Waiter:
    """One wish for a route."""

    __slots__ = ("bars", "deadline", "look_up", "question")

    def __init__(self, needs: Needs, now: float) -> None:
        self.look_up = needs.look_up
        self.question = LOOK_UP if needs.look_up else ANY_QUESTION
        self.bars = needs.bars()
        self.deadline = now + needs.wait


class Line:
    """Hands routes to who asked first among those that a route suits.

    A newcomer passes nobody: whenever a route becomes ready everyone in line is offered it first, so
    what is ready when a newcomer comes suits none of them.

    Args:
        woken: Told the routes and proxies whose rest has ended.
    """

    def __init__(
        self, *, clock: Clock, readiness: Readiness, woken: Callable[[list[Route], list[PooledProxy]], None]
    ) -> None:
        self._clock = clock
        self._readiness = readiness
        self._woken = woken
        self._waiting: dict[_Waiter, asyncio.Future[Loan]] = {}
        self._deadlines: Ranking[_Waiter] = Ranking()
        self._look_ups = 0  # how many of them wait to look up
        self._timer: Timer | None = None
        self._timer_at = inf
        self._waited = 0.0
        self._waited_until = clock.monotonic()

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def waited(self) -> float:
        """Seconds that everybody together has waited in line until now."""
        self._count_waiting(self._clock.monotonic())
        return self._waited

    def lend_at_once(self, needs: Needs) -> Loan | None:
        """What :meth:`lend` gives without waiting, for what most ask; None leaves it to that."""
        if needs is not ANYTHING:
            return None
        now = self.advance()
        route = self._readiness.best(ANY_QUESTION, NOBODY_BARRED, now)
        return None if route is None else self._readiness.lend(route, now, look_up=False)

    async def lend(self, needs: Needs) -> Loan:
        """Reserve the least recently used ready route that meets *needs*; waits in line for one.

        Raises:
            NoRouteAvailable: None can be ready within the claim.
        """
        now = self.advance()
        waiter = _Waiter(needs, now)
        loan = self._take(waiter, now)
        if loan is not None:
            return loan
        if (refusal := self._refusal(waiter, now)) is not None:
            raise refusal
        return await self._in_line(waiter, now)

    def take_back(self, loan: Loan, *, sent: bool, chance: float = 0.0, worse: bool = False) -> None:
        """End *loan* and offer its route to the line.

        Args:
            sent: It carried an exchange; otherwise it leaves no trace.
            chance: Which part of the gap's jitter applies before the route's next loan.
            worse: A rest or the end of service came of it: whoever hopes in vain is told now.
        """
        now = self._clock.monotonic()
        self._readiness.end(loan, now, sent=sent, chance=chance)
        if self._waiting:
            self._let_due(now)
            # A window that this exchange filled is news for those who hoped for the route.
            self._serve(now, worse=worse or self._readiness.is_used_up(loan, now + CLAIM_SECONDS))

    def advance(self) -> float:
        """Let what is due be ready and offer it to the line.  The present moment.

        Whoever chooses does so for this moment: for a later one, something else might be due.
        """
        now = self._clock.monotonic()
        self._let_due(now)
        if self._waiting:
            self._serve(now)
        return now

    def reconsider(self) -> None:
        """Something was added, changed or removed by hand: everyone in line is looked at again."""
        if self._waiting:
            now = self._clock.monotonic()
            self._let_due(now)
            self._serve(now, worse=True)

    def _let_due(self, now: float) -> None:
        if self._readiness.is_due(now):
            self._woken(*self._readiness.advance(now))

    def _serve(self, now: float, *, worse: bool = False) -> None:
        """Offer what is ready to everyone in line, the first come first.

        Args:
            worse: Whoever hopes in vain is told now.
        """
        served = []
        for waiter, future in self._waiting.items():
            if not worse and not self._readiness.is_anything_ready(now):
                break
            # A future that is done here was cancelled; its own task takes it out of the line.
            if not future.done() and self._offer(waiter, future, now, worse=worse):
                served.append(waiter)
        for waiter in served:
            self._leave(waiter)
        self._arm(now)

    def _offer(self, waiter: _Waiter, future: asyncio.Future[Loan], now: float, *, worse: bool) -> bool:
        """Whether the wait is over, one way or the other."""
        if (loan := self._take(waiter, now)) is not None:
            future.set_result(loan)
            return True
        if worse and (refusal := self._refusal(waiter, now)) is not None:
            future.set_exception(refusal)
            return True
        return False

    def _take(self, waiter: _Waiter, now: float, *, last_call: bool = False) -> Loan | None:
        """Reserve what suits best; a second choice only when no better one can come within the claim."""
        readiness = self._readiness
        for bar in waiter.bars:
            route = readiness.best(waiter.question, bar, now)
            if route is not None:
                return readiness.lend(route, now, look_up=waiter.look_up)
            if last_call or bar is waiter.bars[-1]:
                continue
            if readiness.earliest(waiter.question, bar, now) <= waiter.deadline:
                return None
        return None

    def _refusal(self, waiter: _Waiter, now: float) -> NoRouteAvailable | None:
        """The error for a wait that is in vain; None while it is not."""
        at = self._readiness.earliest(waiter.question, waiter.bars[-1], now)
        # While the platform refuses everybody, whoever waits gives back what it holds at once.
        hopes = at <= waiter.deadline and not self._readiness.is_paused(waiter.question, now)
        return None if hopes else self._none_before(at, now)

    def _none_before(self, at: float, now: float) -> NoRouteAvailable:
        return NoRouteAvailable(None if at == inf else self._clock.now() + timedelta(seconds=at - now))

    async def _in_line(self, waiter: _Waiter, now: float) -> Loan:
        future: asyncio.Future[Loan] = asyncio.get_running_loop().create_future()
        self._count_waiting(now)
        self._waiting[waiter] = future
        self._deadlines.put(waiter, waiter.deadline)
        self._look_ups += waiter.look_up
        self._arm(now)
        try:
            return await future
        except asyncio.CancelledError:
            self._leave(waiter)
            if future.done() and not future.cancelled() and future.exception() is None:
                # The route was handed over while the cancellation was on its way.
                self.take_back(future.result(), sent=False)
            raise

    def _count_waiting(self, now: float) -> None:
        """Before the line becomes longer or shorter."""
        self._waited += len(self._waiting) * (now - self._waited_until)
        self._waited_until = now

    def _leave(self, waiter: _Waiter) -> None:
        self._count_waiting(self._clock.monotonic())
        if self._waiting.pop(waiter, None) is not None:
            self._look_ups -= waiter.look_up
        self._deadlines.discard(waiter)
        if not self._waiting and self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _arm(self, now: float) -> None:
        """Wake at the next moment that can matter to somebody in line."""
        if not self._waiting:
            return
        due = min(self._readiness.next_at(now, look_ups=self._look_ups > 0), self._deadlines.first_at())
        if due == inf or (self._timer is not None and self._timer_at <= due):
            # A timer that fires too early arms the next one.
            return
        if self._timer is not None:
            self._timer.cancel()
        self._timer_at = due
        self._timer = self._clock.call_at(due, self._wake)

    def _wake(self) -> None:
        self._timer = None
        now = self.advance()
        while (waiter := self._deadlines.pop_due(now)) is not None:
            future = self._waiting[waiter]
            self._leave(waiter)
            if future.done():
                continue
            if (loan := self._take(waiter, now, last_call=True)) is not None:
                future.set_result(loan)
            else:
                at = self._readiness.earliest(waiter.question, waiter.bars[-1], now)
                future.set_exception(self._none_before(at, now))
        self._arm(now)
