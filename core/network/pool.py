"""The pool: all routes of this process.  It lends the least recently used one that is ready.

Owns the lease from its beginning to its end; everything else is put together from the nouns beside
it: who is there and how they are (:mod:`core.network.roster`), who is ready and who comes first
(:mod:`core.network.readiness`), who waits (:mod:`core.network.line`).  It does not know storage:
whoever holds the engine puts records in and takes changes out.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf
from random import Random

from core import log
from core.clock import Clock
from core.domain.health import ProxyState, Report
from core.domain.limits import Limits
from core.domain.proxy_limits import ProxyLimits
from core.network.allowance import Allowances
from core.network.changes import Changes, ProxySnapshot, SessionSnapshot
from core.network.errors import NoRouteAvailable, TransportError
from core.network.hearing import Hearing
from core.network.inspection import Inspection, TrialLine
from core.network.lease import Client, Lease
from core.network.line import Line
from core.network.needs import ANYTHING, Needs
from core.network.readiness import Loan, Readiness
from core.network.recollection import Sent, recall
from core.network.roster import Roster
from core.network.routes import LOOK_UP, ProxyRecord, Route, RouteKey, SessionRecord
from core.sources.base import Login

__all__ = [
    "Changes",
    "Client",
    "Lease",
    "Needs",
    "NoRouteAvailable",
    "Outlook",
    "Pool",
    "ProxyLimits",
    "ProxyRecord",
    "ProxySnapshot",
    "Report",
    "RouteKey",
    "SessionRecord",
    "SessionSnapshot",
    "TransportError",
]

_ALWAYS_SHOWN = ("ready", "cooling", "quarantined")
_SHOWN_IF_ANY = ("paced", "frozen", "off")


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a question can hope for.

    Args:
        in_service: Sessions that may ask now or later without a person's help.
        ready_at: When a route that meets the needs can be ready, as far as is known: now where one is,
            or only waits for an exchange to end; None where a person has to act.
    """

    in_service: int
    ready_at: datetime | None


class Pool:
    """Proxies, sessions, and who may use them when.

    Everything may be changed while leases are out, and applies at once; a lease that is out keeps
    the address that it was lent with.

    Args:
        client: Carries the exchanges of the leases.
        random: Chance for jitter; seeded in tests.
    """

    def __init__(self, *, clock: Clock, client: Client, limits: Limits, random: Random) -> None:
        self._clock = clock
        self._client = client
        self._random = random
        self._readiness = Readiness(limits)
        self._roster = Roster(clock=clock, readiness=self._readiness, random=random)
        self._line = Line(clock=clock, readiness=self._readiness, woken=self._roster.woken)
        self.hearing = Hearing(clock=clock, roster=self._roster, readiness=self._readiness, random=random)
        self.allowances = Allowances(clock)
        self.inspection = Inspection(clock=clock, roster=self._roster, readiness=self._readiness, line=self._line)

    # -- lending ----------------------------------------------------------------

    def lease(self, needs: Needs = ANYTHING) -> AbstractAsyncContextManager[Lease]:
        """Lend the least recently used ready route for one attempt; it returns when the block ends.

        Waits in order of arrival until a route is ready; O(log n) in the number of routes.
        What :meth:`Lease.report` is told, or the blame a :class:`TransportError` carries,
        moves the route's health.  A block that is cancelled moves nothing but the moment of last
        use: stopping a batch must not make good proxies look bad.

        Raises:
            NoRouteAvailable: No route can become ready within the claim.  ``retry_at`` says when one will.
        """
        return _Block(self._line, needs, self._take_up, self._end, self._cover)

    def trial(self, needs: Needs) -> AbstractAsyncContextManager[Lease]:
        """Lend the one session that *needs* names though it is frozen, because a person asked.

        Everything else is as with :meth:`lease`.
        """
        trial = TrialLine(clock=self._clock, readiness=self._readiness, line=self._line)
        return _Block(trial, needs, self._take_up, self._end, self._cover)

    async def _cover(self, lease: Lease) -> bool:
        """Wait until storage has granted what *lease* may send; False when other limits apply by then."""
        granted = self.allowances.spend(lease.loan)
        if granted is None:
            return True
        pace = self._readiness.pace
        try:
            await granted
        except BaseException:
            self._end(lease)
            raise
        if self._readiness.pace is pace:
            return True
        self._end(lease)
        return False

    def _take_up(self, loan: Loan) -> Lease:
        return Lease(loan, self._client, self._readiness.limits)

    def _end(self, lease: Lease) -> None:
        loan = lease.loan
        worse = lease.sent and self.hearing.hear(lease) | self._roster.apply(lease)
        self._line.take_back(loan, sent=lease.sent, chance=self._random.random(), worse=worse)
        if loan.covered or loan.proxy.grant:
            self.allowances.ended(loan, sent=lease.sent)
        if not loan.route.present:
            self._roster.leave_no_trace(loan.route)

    def outlook(self, needs: Needs = ANYTHING) -> Outlook:
        """Whether any route is usable, and when the next one that meets *needs* is ready."""
        now = self._line.advance()
        at = self._readiness.earliest(needs.question, needs.bars()[-1], now)
        ready_at = None if at == inf else self._clock.now() + timedelta(seconds=at - now)
        return Outlook(self._readiness.in_service, ready_at)

    def sessions_usable(self) -> int:
        """Sessions that may ask now or later without a person's help."""
        return self._readiness.in_service

    def is_paused(self, *, look_up: bool) -> bool:
        """Whether the breaker is open for this kind of question: the platform refuses everybody who asks it."""
        return look_up in self._readiness.breaker.paused

    @property
    def waited(self) -> float:
        """Seconds that everybody together has waited for a route until now."""
        return self._line.waited

    def has_carried(self, proxy_id: int) -> bool:
        """Whether the last exchange over the proxy reached the platform."""
        return self.hearing.vouches(proxy_id)

    def look_up_ready(self) -> bool:
        """Whether a look-up could leave at once."""
        return self._readiness.any_ready(LOOK_UP, self._line.advance())

    # -- what there is ------------------------------------------------------------

    @property
    def limits(self) -> Limits:
        """The operating limits in force."""
        return self._readiness.limits

    def login_of(self, session_id: int) -> Login | None:
        """What the session carries now, with what the platform renewed; None: it is not here."""
        route = self._readiness.sessions.get(session_id)
        return None if route is None or not route.present else route.login

    def put_proxy(self, record: ProxyRecord) -> None:
        """Add a proxy, or change the one with this id."""
        self._roster.put_proxy(record)
        self._line.reconsider()

    def put_session(self, record: SessionRecord) -> None:
        """Add a session, or change the one with this id.  It moves only if it is put in bound elsewhere."""
        self._roster.put_session(record)
        self._line.reconsider()

    def drop_proxy(self, proxy_id: int) -> None:
        """Forget a proxy; the sessions bound to it stay, and are not used."""
        self._roster.drop_proxy(proxy_id)
        self.hearing.forget_proxy(proxy_id)
        self._line.reconsider()

    def drop_session(self, session_id: int) -> None:
        """Forget a session."""
        self._roster.drop_session(session_id)
        self.hearing.forget_session(session_id)
        self._line.reconsider()

    def set_limits(self, limits: Limits) -> None:
        """Put *limits* in force for everything that is not yet lent, and for everyone who waits."""
        self._roster.set_limits(limits)
        self.allowances.count_unbooked(self._roster.sessions)
        self._line.reconsider()

    # -- what was before ----------------------------------------------------------

    def recall(self, sent: Iterable[Sent]) -> None:
        """Count exchanges of earlier processes, the earliest first; before anything is lent."""
        recall(sent, readiness=self._readiness, proxies=self._roster.proxies, clock=self._clock)

    def go_on(self, interrupted: Mapping[int, datetime], *, wake: Callable[[], None]) -> None:
        """Everything of before has been recalled; from now on no limit is exceeded across a crash either.

        Args:
            interrupted: Sessions that ended without saying when they were last used, and the latest moment it can be.
            wake: Told when somebody waits for the next commit.
        """
        self._roster.interrupted(interrupted)
        self.allowances.require(wake)
        self._line.reconsider()

    # -- what moved ---------------------------------------------------------------

    def changed(self) -> Changes:
        """Proxies and sessions that moved since the last call, each once, as they are now."""
        self._line.advance()
        return self._roster.changed()

    @property
    def has_turned(self) -> bool:
        """Whether somebody's state has changed since :meth:`changed` was last called."""
        return bool(self._roster.chronicle)

    def not_stored(self, changes: Changes) -> None:
        """Hand *changes* out again next time: they did not reach storage."""
        self._roster.not_stored(changes)

    def __repr__(self) -> str:
        counts = self.counts()
        shown = [f"{counts[word]} {word}" for word in _ALWAYS_SHOWN]
        shown += [f"{counts[word]} {word}" for word in _SHOWN_IF_ANY if counts[word]]
        waiting = f", {len(self._line)} waiting" if len(self._line) else ""
        return f"<Pool {', '.join(shown)} | {counts['leased']} leased{waiting}{self.hearing.shown}>"

    def counts(self) -> Counter[str]:
        """How many sessions are ready, leased, paced, cooling, quarantined, frozen and off; each is one of them."""
        now = self._clock.monotonic()
        return Counter(self._word_for(route, now) for route in self._roster.sessions)

    def _word_for(self, route: Route, now: float) -> str:
        if route in self._readiness.lent:
            return "leased"
        proxy = route.proxy
        if not route.in_service or proxy is None:
            return "frozen" if route.health.frozen else "off"
        if proxy.rest_until > now:
            return "quarantined" if proxy.health.state is ProxyState.QUARANTINED else "cooling"
        if route.rest_until > now:
            return "cooling"
        return "ready" if self._readiness.is_ready(route, now) else "paced"


class _Block:
    """The block of a lease.  A class, because a generator takes three times as long, once an exchange."""

    __slots__ = ("_before", "_cover", "_end", "_lease", "_line", "_needs", "_start")

    def __init__(
        self,
        line: Line | TrialLine,
        needs: Needs,
        start: Callable[[Loan], Lease],
        end: Callable[[Lease], None],
        cover: Callable[[Lease], Awaitable[bool]],
    ) -> None:
        self._line = line
        self._needs = needs
        self._start = start
        self._end = end
        self._cover = cover

    async def __aenter__(self) -> Lease:
        while True:
            loan = self._line.lend_at_once(self._needs) or await self._line.lend(self._needs)
            lease = self._lease = self._start(loan)
            if not loan.proxy.grant or await self._cover(lease):
                # What is logged until the lease has ended, and of what it ends with, is about its route.
                self._before = log.begin(lease.ids)
                return lease

    async def __aexit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        if kind is not None and issubclass(kind, (asyncio.CancelledError, GeneratorExit)):
            self._lease.hold_tongue()
        try:
            self._end(self._lease)
        finally:
            log.end(self._before)
