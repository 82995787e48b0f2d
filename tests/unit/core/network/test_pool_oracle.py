"""The pool against a linear scan, whatever happens in whatever order: exact, within the limits, in line."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from core.clock import settle
from core.domain.health import ProxyState, SessionHealth, SessionState, session_rested
from core.domain.limits import DAY, HOUR, MINUTE, Limits
from core.domain.verdict import Act, Blame, Consequence, Reason
from core.network.errors import NoRouteAvailable
from core.network.pool import Needs, ProxyLimits, Report
from tests.unit.core.network.oracle import Oracle, OracleProxy, OracleSession, tiers
from tests.unit.core.network.pools import (
    CHALLENGE,
    FREE,
    GOOD,
    LIMITED,
    PROXY_DOWN,
    UNCLEAR,
    WALL,
    Bench,
    Taken,
)

T = TypeVar("T")

PROXIES = st.integers(1, 4)
SESSIONS = st.integers(1, 9)
FEW_SESSIONS = st.frozensets(SESSIONS, max_size=4)
NEEDS = st.one_of(
    st.just(Needs()),
    st.builds(
        Needs,
        look_up=st.booleans(),
        avoid=st.one_of(st.just(frozenset[int]()), FEW_SESSIONS),
        exclude=st.one_of(st.just(frozenset[int]()), FEW_SESSIONS),
        avoid_proxies=st.one_of(st.just(frozenset[int]()), st.frozensets(PROXIES, max_size=2)),
        only=st.one_of(st.none(), st.none(), SESSIONS),
        wait=st.sampled_from([0.0, 5.0, 60.0, 2000.0]),
    ),
)
BLOCKED = Report(False, Reason.IP_BLOCK, Blame.PROXY, Consequence(Act.PROXY_HOLD, 40))
RETRY_AFTER = Report(False, Reason.RATE_LIMITED, Blame.ROUTE, Consequence(Act.COOL, 7, told=True))
REPORTS = st.sampled_from(
    [None, *[GOOD] * 6, *[PROXY_DOWN] * 3, LIMITED, UNCLEAR, WALL, CHALLENGE, BLOCKED, RETRY_AFTER]
)
# Rests are short, and every moment a multiple of a half, so that sums of them are exact.
QUICK = replace(FREE, rest_scale=0.25)
LIMITS = st.sampled_from(
    [
        QUICK,
        replace(QUICK, route_gap_seconds=2.0, lookups_hour=1, lookups_day=2),
        replace(QUICK, per_route_hour=2, per_route_day=3, per_proxy_parallel=2),
        replace(QUICK, per_proxy_hour=3, per_proxy_day=5, per_proxy_parallel=1, lookups_day=1),
        replace(QUICK, global_per_minute=1, route_gap_seconds=0.5),
        replace(QUICK, global_per_minute=3, per_route_hour=1, per_proxy_hour=2, lookups_hour=1, proxy_failures=1),
    ]
)


@dataclass(eq=False)
class Loan:
    taken: Taken
    session: OracleSession
    proxy: OracleProxy
    probe: bool


@dataclass(eq=False)
class Wish:
    task: asyncio.Task[Taken]
    needs: Needs
    deadline: float


class PoolAgainstALinearScan(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.bench = Bench(QUICK)
        self.oracle = Oracle(self.bench, QUICK)
        self.line: list[Wish] = []
        self.loans: list[Loan] = []

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(coroutine)

    def teardown(self) -> None:
        async def end() -> None:
            for wish in self.line:
                wish.task.cancel()
            await settle(3)

        self.run(end())
        self.loop.close()

    # -- who is there ---------------------------------------------------------------

    @rule(proxy_id=PROXIES, enabled=st.sampled_from([True, True, True, False]), parallel=st.sampled_from([None, 1, 2]))
    def put_proxy(self, proxy_id: int, enabled: bool, parallel: int | None) -> None:
        known = self.oracle.proxy(proxy_id)
        known.present, known.enabled, known.parallel = True, enabled, parallel
        self.bench.proxy(proxy_id, enabled=enabled, limits=ProxyLimits(parallel=parallel))
        self.agree()

    @rule(session_id=SESSIONS, proxy_id=PROXIES, enabled=st.sampled_from([True, True, True, False]))
    def put_session(self, session_id: int, proxy_id: int, enabled: bool) -> None:
        known = self.oracle.sessions.get(session_id)
        if known is None:
            known = self.oracle.sessions[session_id] = OracleSession(session_id, self.oracle.next_use())
        known.present, known.enabled, known.proxy = True, enabled, self.oracle.proxy(proxy_id)
        self.bench.session(session_id, proxy_id, enabled=enabled)
        self.agree()

    @rule(proxy_id=PROXIES)
    def drop_proxy(self, proxy_id: int) -> None:
        known = self.oracle.proxy(proxy_id)
        known.present = False
        self.oracle.settler.forget_proxy(proxy_id)
        if not known.under_way and not any(each.proxy is known for each in self.oracle.sessions.values()):
            del self.oracle.proxies[proxy_id]
        self.bench.pool.drop_proxy(proxy_id)
        self.agree()

    @rule(session_id=SESSIONS)
    def drop_session(self, session_id: int) -> None:
        known = self.oracle.sessions.get(session_id)
        self.oracle.settler.forget_session(session_id)
        if known is not None:
            known.present, proxy, known.proxy = False, known.proxy, None
            if not known.lent:
                del self.oracle.sessions[session_id]
            others = (each.proxy for each in self.oracle.sessions.values())
            if proxy is not None and not proxy.present and not proxy.under_way and proxy not in others:
                self.oracle.proxies.pop(proxy.id, None)
        self.bench.pool.drop_session(session_id)
        self.agree()

    @rule(limits=LIMITS)
    def set_limits(self, limits: Limits) -> None:
        self.oracle.limits = limits
        self.bench.pool.set_limits(limits)
        self.agree()

    # -- who asks and who comes back ----------------------------------------------------

    @rule(needs=NEEDS)
    def ask(self, needs: Needs) -> None:
        deadline = self.oracle.now + needs.wait
        expected = self.oracle.choice(needs, deadline)
        paused = self.oracle.is_paused(look_up=needs.look_up)
        refused = expected is None and (paused or self.earliest(needs) > deadline)
        retry_at = self.earliest(needs)

        async def start() -> asyncio.Task[Taken]:
            task = self.bench.ask(needs)
            await settle(3)
            return task

        task = self.run(start())
        if expected is not None:
            assert task.result().session == expected.id
            self.lent(task.result(), needs)
        elif refused:
            self.check_refusal(task, retry_at)
        else:
            assert not task.done()
            self.line.append(Wish(task, needs, deadline))
            self.agree()

    @precondition(lambda self: self.loans)
    @rule(data=st.data(), report=REPORTS, sent=st.sampled_from([True, True, True, False]))
    def end(self, data: st.DataObject, report: Report | None, sent: bool) -> None:
        loan = self.loans.pop(data.draw(st.integers(0, len(self.loans) - 1)))
        self.oracle.end(loan.session, loan.proxy, report, sent=sent, probe=loan.probe)
        if not loan.session.present:
            self.oracle.sessions.pop(loan.session.id)
        self.run(loan.taken.back(report) if sent else loan.taken.unused())
        self.agree()

    @precondition(lambda self: self.loans)
    @rule(data=st.data(), report=REPORTS)
    def break_off(self, data: st.DataObject, report: Report | None) -> None:
        """A lease that is cancelled counts for gap and windows, and its report for nothing."""
        loan = self.loans.pop(data.draw(st.integers(0, len(self.loans) - 1)))
        self.oracle.end(loan.session, loan.proxy, None, sent=True, probe=loan.probe)
        if not loan.session.present:
            self.oracle.sessions.pop(loan.session.id)
        self.run(loan.taken.broken_off(report))
        self.agree()

    @precondition(lambda self: self.line)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        wish = self.line.pop(data.draw(st.integers(0, len(self.line) - 1)))

        async def cancel() -> None:
            wish.task.cancel()
            await settle(3)

        self.run(cancel())
        assert wish.task.cancelled()
        self.agree()

    @rule(halves=st.sampled_from([1, 2, 3, 10, 25, 80]))
    def pass_time(self, halves: int) -> None:
        for _ in range(halves if self.line else 1):
            self.run(self.bench.clock.advance(0.5 if self.line else halves * 0.5))
            self.agree()

    @precondition(lambda self: not self.line)
    @rule(hours=st.sampled_from([0.5, 1.0, 24.0]))
    def pass_hours(self, hours: float) -> None:
        self.run(self.bench.clock.advance(hours * HOUR))
        self.agree()

    # -- what has to hold -------------------------------------------------------------------

    def earliest(self, needs: Needs) -> float:
        return self.oracle.earliest(tiers(needs)[-1], look_up=needs.look_up)

    def lent(self, taken: Taken, needs: Needs) -> None:
        session = self.oracle.sessions[taken.session]
        assert session.proxy is not None
        assert taken.lease.proxy_id == session.proxy.id
        self.check_windows(session, session.proxy, look_up=needs.look_up)
        probe = session.proxy.health.state is ProxyState.QUARANTINED
        self.oracle.lend(session, look_up=needs.look_up)
        self.loans.append(Loan(taken, session, session.proxy, probe))

    def check_windows(self, session: OracleSession, proxy: OracleProxy, *, look_up: bool) -> None:
        """One more exchange may start: said without a word about when windows are free."""
        limits, now = self.oracle.limits, self.oracle.now
        out = len(self.loans)

        def fits(ends: list[float], under_way: int, limit: int | None, span: float) -> bool:
            return limit is None or len([end for end in ends if end > now - span]) + under_way < limit

        assert not session.lent
        assert fits(session.ends, 0, limits.per_route_hour, HOUR)
        assert fits(session.ends, 0, limits.per_route_day, DAY)
        assert fits(proxy.ends, proxy.under_way, limits.per_proxy_hour, HOUR)
        assert fits(proxy.ends, proxy.under_way, limits.per_proxy_day, DAY)
        assert fits(self.oracle.ends, out, limits.global_per_minute, MINUTE)
        if look_up:
            assert fits(session.look_ups, 0, limits.lookups_hour, HOUR)
            assert fits(session.look_ups, 0, limits.lookups_day, DAY)
        assert now >= session.last_used + limits.route_gap_seconds

    def check_refusal(self, task: asyncio.Task[Taken], retry_at: float) -> None:
        error = task.exception()
        assert isinstance(error, NoRouteAvailable)
        if retry_at == float("inf"):
            assert error.retry_at is None
        else:
            assert error.retry_at is not None
            assert (error.retry_at - self.bench.clock.now()).total_seconds() == retry_at - self.oracle.now

    def agree(self) -> None:
        """Whoever was served since was first in line for what they got, and nobody waits for what is there."""
        self.run(self.bench.clock.advance(0))
        self.oracle.let_rest_end()
        for position, wish in enumerate(list(self.line)):
            if not wish.task.done():
                continue
            expired = self.oracle.now >= wish.deadline
            if wish.task.exception() is not None:
                retry_at = self.earliest(wish.needs)
                paused = self.oracle.is_paused(look_up=wish.needs.look_up)
                assert expired or paused or retry_at > wish.deadline
                self.check_refusal(wish.task, retry_at)
                continue
            for earlier in self.line[:position]:
                if not earlier.task.done():
                    assert self.oracle.choice(earlier.needs, earlier.deadline) is None, "somebody was passed"
            expected = self.oracle.choice(wish.needs, wish.deadline, last_call=expired)
            assert expected is not None
            assert wish.task.result().session == expected.id
            self.lent(wish.task.result(), wish.needs)
        self.line = [wish for wish in self.line if not wish.task.done()]
        for wish in self.line:
            assert self.oracle.now < wish.deadline
            ready = self.oracle.ready(tiers(wish.needs)[0], look_up=wish.needs.look_up)
            assert not ready, "somebody waits for a route that is ready"

    @invariant()
    def counts(self) -> None:
        oracle = self.oracle
        serving = sum(oracle.in_service(session) for session in oracle.sessions.values())
        assert self.bench.pool.sessions_usable() == serving
        look_up = bool(oracle.ready(tiers(Needs())[0], look_up=True))
        assert self.bench.pool.look_up_ready() == look_up
        assert f"| {len(self.loans)} leased" in repr(self.bench.pool)
        ready = len(oracle.ready(tiers(Needs())[0], look_up=False))
        assert repr(self.bench.pool).startswith(f"<Pool {ready} ready, ")
        for session in oracle.sessions.values():
            assert self.standing(self.bench.session_health(session.id)) == self.standing(session.health)

    def standing(self, health: SessionHealth) -> tuple[SessionState, datetime | None]:
        """State and rest.  A rest that is over is none, though nobody looks before the session may ask."""
        if health.until is not None and health.until <= self.bench.clock.now():
            health = session_rested(health)
        return health.state, health.until


TestPoolAgainstALinearScan = PoolAgainstALinearScan.TestCase
TestPoolAgainstALinearScan.settings = settings(max_examples=120, stateful_step_count=50, deadline=None)


async def test_not_one_of_twenty_thousand_picks_differs_from_a_linear_scan() -> None:
    """Gaps of all lengths, so that routes leave their rest in another order than they were used."""
    random = Random(7)
    bench = Bench(replace(FREE, route_gap_seconds=10.0, route_gap_jitter=3.0)).pairs(*range(200))
    last_used = dict.fromkeys(range(200), (-1.0, 0))
    rests_until = dict.fromkeys(range(200), 0.0)
    picks = wrong = 0
    while picks < 20_000:
        bench.clock._elapsed += random.random() * 0.3
        now = bench.clock.monotonic()
        ready = [each for each in range(200) if rests_until[each] <= now]
        if not ready:
            continue
        picks += 1
        bench.dice.throw = random.random()
        async with bench.pool.lease() as lease:
            lease.report(GOOD)
            wrong += lease.session_id != min(ready, key=lambda each: last_used[each])
        last_used[lease.session_id] = (now, picks)
        rests_until[lease.session_id] = now + 10.0 * (1 + 3.0 * bench.dice.throw)
    assert wrong == 0
