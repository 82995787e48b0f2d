"""A pool to try things on: a fake clock, a client that answers as told, and leases that end by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from random import Random

from core.clock import FakeClock, settle
from core.domain.health import ProxyHealth, Report, SessionHealth
from core.domain.limits import Limits
from core.domain.proxy_address import ProxyAddress
from core.domain.verdict import Act, Blame, Consequence, Reason
from core.network.needs import ANYTHING
from core.network.pool import Lease, Needs, Pool, ProxyLimits, ProxyRecord, SessionRecord
from core.secrets import Secret
from core.sources.base import Login, Response, WireRequest
from core.tasks import spawn

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
FREE = Limits(
    per_route_hour=None,
    per_route_day=None,
    route_gap_seconds=0.0,
    route_gap_jitter=0.0,
    lookups_hour=None,
    lookups_day=None,
    per_proxy_hour=None,
    per_proxy_day=None,
)
NO_OWN_LIMITS = ProxyLimits()
REQUEST = WireRequest("http://127.0.0.1/stories", {})

GOOD = Report(ok=True)
PROXY_DOWN = Report(ok=False, reason=Reason.PROXY_ERROR, blame=Blame.PROXY, consequence=Consequence(Act.PROXY_FAILED))
LIMITED = Report(ok=False, reason=Reason.RATE_LIMITED, blame=Blame.ROUTE, consequence=Consequence(Act.COOL))
UNCLEAR = Report(ok=False, reason=Reason.TIMEOUT, blame=Blame.ROUTE)
WALL = Report(ok=False, reason=Reason.HTML_WALL, blame=Blame.SESSION, consequence=Consequence(Act.SUSPECT, 300))
CHALLENGE = Report(
    ok=False, reason=Reason.CHALLENGE, blame=Blame.SESSION, consequence=Consequence(Act.FREEZE_CHECKPOINT)
)


class Dice(Random):
    """Always throws the same."""

    def __init__(self, throw: float = 0.5) -> None:
        super().__init__(0)
        self.throw = throw

    def random(self) -> float:
        return self.throw


class ScriptedClient:
    """Answers at once, or fails, or hangs until :meth:`let_go`."""

    def __init__(self) -> None:
        self.asked: list[tuple[ProxyAddress, WireRequest, float, float]] = []
        self.failure: Exception | None = None
        self.hangs: asyncio.Event | None = None
        self.elapsed = 0.1

    async def fetch(
        self, address: ProxyAddress, request: WireRequest, *, connect_timeout: float, total_timeout: float
    ) -> Response:
        self.asked.append((address, request, connect_timeout, total_timeout))
        if self.hangs is not None:
            await self.hangs.wait()
        if self.failure is not None:
            raise self.failure
        return Response(200, {}, b"{}", self.elapsed, LONG_AGO)


class Taken:
    """A lease that a test ends when it likes."""

    def __init__(self, block: AbstractAsyncContextManager[Lease], lease: Lease) -> None:
        self._block = block
        self.lease = lease

    @property
    def session(self) -> int:
        return self.lease.session_id

    async def back(self, report: Report | None = None) -> None:
        """End it after an exchange."""
        self.lease.sent = True
        if report is not None:
            self.lease.report(report)
        await self._block.__aexit__(None, None, None)

    async def broken_off(self, report: Report | None = None) -> None:
        """Cancel it after its exchange has left, whatever was said of it before."""
        self.lease.sent = True
        if report is not None:
            self.lease.report(report)
        await self._block.__aexit__(asyncio.CancelledError, asyncio.CancelledError(), None)

    async def unused(self) -> None:
        """End it without one."""
        await self._block.__aexit__(None, None, None)


class Bench:
    """A pool and what belongs to it."""

    def __init__(self, limits: Limits = FREE, *, throw: float = 0.5, clock: FakeClock | None = None) -> None:
        self.clock = clock or FakeClock()
        self.client = ScriptedClient()
        self.dice = Dice(throw)
        self.pool = Pool(clock=self.clock, client=self.client, limits=limits, random=self.dice)

    def proxy(
        self,
        proxy_id: int,
        *,
        enabled: bool = True,
        health: ProxyHealth | None = None,
        limits: ProxyLimits = NO_OWN_LIMITS,
        host: str = "proxy.test",
    ) -> None:
        address = ProxyAddress("http", host, 8000 + proxy_id, "", None)
        self.pool.put_proxy(ProxyRecord(proxy_id, address, enabled, health, limits))

    def session(
        self,
        session_id: int,
        proxy_id: int | None,
        *,
        enabled: bool = True,
        health: SessionHealth | None = None,
        created_at: datetime = LONG_AGO,
    ) -> None:
        login = Login({"sessionid": Secret(f"s{session_id}")}, "agent")
        self.pool.put_session(SessionRecord(session_id, proxy_id, login, created_at, enabled, health))

    def pairs(self, *ids: int) -> Bench:
        """A proxy and a session of the same id for each of *ids*."""
        for each in ids:
            self.proxy(each)
            self.session(each, each)
        return self

    async def take(self, needs: Needs = ANYTHING) -> Taken:
        """Borrow a route that is ready; fails the test when it would have to wait."""
        task = self.ask(needs)
        await settle(3)
        if not task.done():
            task.cancel()
            raise AssertionError(f"nothing is ready in {self.pool!r}")
        return task.result()

    async def is_ready(self, needs: Needs = ANYTHING) -> bool:
        """Whether a route that meets *needs* could be borrowed at once; leaves no trace."""
        task = self.ask(needs)
        await settle(3)
        if not task.done():
            task.cancel()
            await settle(3)
            return False
        if task.exception() is not None:
            return False
        await task.result().unused()
        return True

    def ask(self, needs: Needs = ANYTHING) -> asyncio.Task[Taken]:
        """Borrow a route, waiting for it in the background."""

        async def borrow() -> Taken:
            block = self.pool.lease(needs)
            return Taken(block, await block.__aenter__())

        return spawn(borrow(), name="borrow")

    async def use(self, *reports: Report | None, needs: Needs = ANYTHING) -> list[int]:
        """Borrow and give back, once for each report; the sessions that were lent."""
        sessions = []
        for report in reports:
            taken = await self.take(needs)
            sessions.append(taken.session)
            await taken.back(report)
        return sessions

    def session_health(self, session_id: int) -> SessionHealth:
        return self.pool._roster._sessions[session_id].health

    def proxy_health(self, proxy_id: int) -> ProxyHealth:
        return self.pool._roster._proxies[proxy_id].health


async def until_ready(bench: Bench, needs: Needs = ANYTHING) -> float:
    """Seconds until a route is lent; time passes only as far as timers ask."""
    start = bench.clock.monotonic()
    task = bench.ask(needs)
    await settle()
    while not task.done():
        assert bench.clock.advance_to_next(), f"nobody is woken in {bench.pool!r}"
        await settle()
    await task.result().unused()
    return bench.clock.monotonic() - start


def finished(tasks: Iterable[asyncio.Task[Taken]]) -> list[bool]:
    return [task.done() for task in tasks]
