"""The pool over any number of starts, crashes and failed commits: never beyond the limits, as the platform sees it."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from core.clock import FakeClock, settle
from core.domain.limits import Limits
from core.network.needs import Needs
from tests.unit.core.network.ledger import Ledger
from tests.unit.core.network.other_side import Platform
from tests.unit.core.network.pools import FREE, GOOD, Taken

T = TypeVar("T")

SESSIONS = {1: 1, 2: 1, 3: 2}
LIMITS = st.sampled_from(
    [
        replace(FREE, per_route_hour=3, per_route_day=7),
        replace(FREE, route_gap_seconds=20.0),
        replace(FREE, route_gap_seconds=0.5, per_route_hour=20),
        replace(FREE, per_proxy_hour=4, per_proxy_day=9, lookups_hour=1),
        replace(FREE, lookups_hour=2, lookups_day=5, per_proxy_parallel=1),
        replace(FREE, global_per_minute=3, per_route_hour=15),
    ]
)
TIMES = st.sampled_from([0.5, 7.0, 20.0, 61.0, 600.0, 3600.0, 40_000.0])


class PoolOverManyStarts(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.platform = Platform()
        self.limits = replace(FREE, per_route_hour=3, per_route_day=7)
        self.ledger = Ledger(FakeClock())
        self.asking: list[asyncio.Task[Taken]] = []
        self.loans: list[Taken] = []
        self.bench = self.ledger.open(self.limits, SESSIONS)

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(coroutine)

    def teardown(self) -> None:
        self.forget()
        self.loop.close()

    def forget(self) -> None:
        """What was under way is no more: the connections of a process that has died are closed."""
        for taken in self.loans:
            self.platform.answered[taken.session] = self.ledger.clock.monotonic()
        for task in self.asking:
            task.cancel()
        self.run(settle(3))
        self.asking, self.loans = [], []

    def start(self) -> None:
        self.bench = self.ledger.open(self.limits, SESSIONS)

    def collect(self) -> None:
        """Whoever was given a route sends at once."""
        self.run(settle(3))
        for task in [task for task in self.asking if task.done()]:
            self.asking.remove(task)
            if task.exception() is None:
                self.platform.asks(self.ledger.clock.monotonic(), task.result().lease, self.limits)
                self.loans.append(task.result())

    # -- exchanges ----------------------------------------------------------------

    @rule(look_up=st.booleans(), only=st.sampled_from([None, None, 1, 2, 3]), wait=st.sampled_from([0.0, 60.0]))
    def ask(self, look_up: bool, only: int | None, wait: float) -> None:
        async def ask() -> None:
            self.asking.append(self.bench.ask(Needs(look_up=look_up, only=only, wait=wait)))

        self.run(ask())
        self.collect()

    @rule(look_up=st.booleans(), times=st.integers(2, 12))
    def ask_again_and_again(self, look_up: bool, times: int) -> None:
        for _ in range(times):
            self.ask(look_up, None, 0.0)
            if self.bench.pool.allowances.are_low:
                self.commit(stands=True)
            while self.loans:
                self.end()

    @precondition(lambda self: self.loans)
    @rule()
    def end(self) -> None:
        taken = self.loans.pop(0)
        self.platform.answered[taken.session] = self.ledger.clock.monotonic()
        self.run(taken.back(GOOD))
        self.collect()

    @rule(seconds=TIMES)
    def pass_time(self, seconds: float) -> None:
        self.run(self.ledger.clock.advance(seconds))
        self.collect()

    # -- commits and processes -------------------------------------------------------

    @rule(stands=st.sampled_from([True, True, True, False]))
    def commit(self, stands: bool) -> None:
        self.ledger.commit(self.bench, stands=stands)
        self.collect()

    @rule()
    def die(self) -> None:
        self.forget()
        self.start()

    @rule(stands=st.booleans())
    def die_in_a_commit(self, stands: bool) -> None:
        self.ledger.commit(self.bench, stands=stands, learns=False)
        self.die()

    @rule()
    def stop_and_start(self) -> None:
        while self.loans:
            self.end()
        self.forget()
        self.ledger.commit(self.bench, closing=True)
        assert not any(self.ledger.unspent.values())
        self.start()

    @rule(limits=LIMITS)
    def set_limits(self, limits: Limits) -> None:
        self.limits = limits
        self.bench.pool.set_limits(limits)
        self.collect()

    @invariant()
    def storage_counts_at_least_what_was_sent(self) -> None:
        for session in SESSIONS:
            stored = sum(count for (_, whose, _), count in self.ledger.sent.items() if whose == session)
            assert stored + self.ledger.unspent.get(session, 0) >= len(self.platform.asked["session", session])


TestPoolOverManyStarts = PoolOverManyStarts.TestCase
TestPoolOverManyStarts.settings = settings(max_examples=120, stateful_step_count=50, deadline=None)
