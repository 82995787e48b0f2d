from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.clock import FakeClock, settle
from core.domain.limits import Limits
from core.network.needs import ANYTHING
from core.network.pace import Pace, Rates
from core.network.pool import Needs
from core.network.recollection import Sent
from tests.unit.core.network.ledger import Ledger
from tests.unit.core.network.pools import FREE, GOOD, Bench

HOURLY = replace(FREE, per_route_hour=40)
LOOK_UP = Needs(look_up=True)
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
# Seconds by which stored moments are counted late, so that they are never early.
ROUNDED = 1e-5


@pytest.fixture
def ledger() -> Ledger:
    return Ledger(FakeClock(NOON))


async def used(ledger: Ledger, bench: Bench, times: int = 1, needs: Needs = ANYTHING) -> None:
    """Exchanges, with a commit whenever one is waited for."""
    for _ in range(times):
        task = bench.ask(needs)
        await settle(3)
        if not task.done():
            ledger.commit(bench)
            await settle(3)
        await task.result().back(GOOD)


async def ready_in(ledger: Ledger, bench: Bench, needs: Needs = ANYTHING) -> float:
    """Seconds until a route is lent; time passes only as far as timers ask, and commits take none."""
    start = ledger.clock.monotonic()
    task = bench.ask(replace(needs, wait=1e6))
    await settle()
    while not task.done():
        if bench.pool.allowances.are_low:
            ledger.commit(bench)
        else:
            assert ledger.clock.advance_to_next(), f"nobody is woken in {bench.pool!r}"
        await settle()
    await task.result().unused()
    return ledger.clock.monotonic() - start


# -- what is granted ---------------------------------------------------------------


async def test_a_session_with_limits_waits_until_storage_has_granted_an_allowance(ledger: Ledger) -> None:
    bench = ledger.open(HOURLY, {1: 1})
    task = bench.ask()
    await settle(3)
    assert not task.done()
    assert ledger.woken == 1
    ledger.commit(bench)
    await settle(3)
    assert task.result().session == 1
    assert ledger.unspent == {1: 10}


async def test_without_any_limit_nobody_waits_and_nothing_is_stored(ledger: Ledger) -> None:
    bench = ledger.open(FREE, {1: 1})
    assert await bench.use(*[GOOD] * 50) == [1] * 50
    assert ledger.woken == 0
    assert bench.pool.allowances.statement(everything=True, closing=True) is None


async def test_a_pool_that_nobody_stores_for_lends_without_allowances() -> None:
    bench = Bench(HOURLY).pairs(1)
    assert await bench.use(GOOD, GOOD) == [1, 1]
    assert bench.pool.allowances.statement(everything=True) is None


@pytest.mark.parametrize(
    ("limits", "granted"),
    [
        (FREE, 0),
        (replace(FREE, per_proxy_parallel=1), 0),
        (replace(FREE, per_route_hour=40), 10),
        (replace(FREE, per_route_hour=39), 9),
        (replace(FREE, per_route_day=3), 1),
        (replace(FREE, lookups_hour=2), 10),
        (replace(FREE, per_proxy_day=1000), 10),
        (replace(FREE, global_per_minute=8), 2),
        (replace(FREE, route_gap_seconds=1.0), 6),
        (replace(FREE, route_gap_seconds=20.0), 1),
        (Limits(), 1),
        (Limits.sandbox(), 0),
    ],
)
def test_what_can_be_used_soon_is_granted_but_no_more_than_ten_or_a_quarter_of_a_window(
    limits: Limits, granted: int
) -> None:
    pace = Pace.of(limits)
    assert pace.grant(pace.proxy_sends) == granted


def test_a_proxys_own_limits_make_an_allowance_necessary() -> None:
    assert Pace.of(FREE).grant(Rates(None, 20)) == 5


async def test_ten_exchanges_cost_two_commits(ledger: Ledger) -> None:
    bench = ledger.open(HOURLY, {1: 1})
    await used(ledger, bench, times=6)
    ledger.commit(bench)
    await used(ledger, bench, times=4)
    assert ledger.woken == 1, "nobody waited but the first"
    assert sum(ledger.sent.values()) == 6
    assert ledger.unspent == {1: 10}


async def test_what_is_stored_counts_at_least_what_was_sent_whenever_the_process_dies(ledger: Ledger) -> None:
    bench = ledger.open(HOURLY, {1: 1})
    for number in range(1, 31):
        await used(ledger, bench)
        if number % 7 == 0:
            ledger.commit(bench)
        assert sum(ledger.sent.values()) + ledger.unspent[1] >= number


async def test_an_exchange_under_way_stays_part_of_what_is_unspent(ledger: Ledger) -> None:
    bench = ledger.open(replace(FREE, route_gap_seconds=20.0), {1: 1})
    task = bench.ask()
    await settle(3)
    ledger.commit(bench)
    await settle(3)
    assert ledger.unspent == {1: 1}
    ledger.commit(bench)
    assert ledger.unspent == {1: 2}, "one is under way and one more may follow"
    await task.result().back(GOOD)
    ledger.commit(bench)
    assert (sum(ledger.sent.values()), ledger.unspent) == (1, {1: 1})


async def test_what_is_under_way_is_part_of_the_ten_that_a_crash_may_cost(ledger: Ledger) -> None:
    bench = ledger.open(HOURLY, {1: 1})
    await used(ledger, bench, times=9)
    taken = await bench.take()
    ledger.commit(bench)
    assert ledger.unspent == {1: 10}
    await taken.back(GOOD)


async def test_a_lease_that_sends_nothing_leaves_the_allowance_as_it_was(ledger: Ledger) -> None:
    bench = ledger.open(HOURLY, {1: 1})
    await used(ledger, bench)
    for _ in range(40):
        await (await bench.take()).unused()
    assert ledger.woken == 1
    ledger.commit(bench)
    assert (sum(ledger.sent.values()), ledger.unspent) == (1, {1: 9})


async def test_who_is_cancelled_while_waiting_for_an_allowance_gives_the_route_back(ledger: Ledger) -> None:
    bench = ledger.open(HOURLY, {1: 1})
    task = bench.ask()
    await settle(3)
    task.cancel()
    await settle(3)
    assert repr(bench.pool) == "<Pool 1 ready, 0 cooling, 0 quarantined | 0 leased>"
    await used(ledger, bench)
    assert ledger.unspent == {1: 10}


async def test_who_is_cancelled_when_the_allowance_has_just_come_gives_it_back(ledger: Ledger) -> None:
    bench = ledger.open(HOURLY, {1: 1})
    task = bench.ask()
    await settle(3)
    ledger.commit(bench)
    task.cancel()
    await settle(3)
    assert await bench.use(*[GOOD] * 10) == [1] * 10
    assert ledger.woken == 1


# -- commits that fail --------------------------------------------------------------


async def test_a_commit_that_fails_grants_nothing(ledger: Ledger) -> None:
    bench = ledger.open(HOURLY, {1: 1})
    task = bench.ask()
    await settle(3)
    ledger.commit(bench, stands=False)
    await settle(3)
    assert not task.done()
    assert bench.pool.allowances.are_low, "it is tried again"
    ledger.commit(bench)
    await settle(3)
    assert task.done()


async def test_what_was_sent_and_could_not_be_stored_is_stored_later(ledger: Ledger) -> None:
    bench = ledger.open(HOURLY, {1: 1})
    await used(ledger, bench, times=3)
    await used(ledger, bench, needs=LOOK_UP)
    ledger.commit(bench, stands=False)
    await used(ledger, bench)
    ledger.commit(bench)
    assert list(ledger.sent.values()) == [5]
    assert list(ledger.look_ups.values()) == [1]


# -- what is given back ---------------------------------------------------------------


async def test_an_allowance_that_nobody_used_for_a_minute_or_two_is_given_back(ledger: Ledger) -> None:
    bench = ledger.open(HOURLY, {1: 1})
    await used(ledger, bench)
    for _ in range(2):
        await ledger.clock.advance(60)
        ledger.commit(bench)
    assert ledger.unspent == {}
    assert sum(ledger.sent.values()) == 1
    task = bench.ask()
    await settle(3)
    assert not task.done(), "it has to be granted anew"


async def test_an_allowance_in_use_is_kept(ledger: Ledger) -> None:
    bench = ledger.open(HOURLY, {1: 1})
    for _ in range(5):
        await used(ledger, bench)
        await ledger.clock.advance(60)
        ledger.commit(bench)
    assert ledger.woken == 1


async def test_a_pool_that_closes_leaves_nothing_unspent(ledger: Ledger) -> None:
    bench = ledger.open(HOURLY, {1: 1, 2: 1})
    await used(ledger, bench, times=7)
    ledger.commit(bench, closing=True)
    assert ledger.unspent == {}
    assert sum(ledger.sent.values()) == 7


async def test_an_exchange_that_takes_minutes_keeps_its_part_of_the_allowance(ledger: Ledger) -> None:
    bench = ledger.open(HOURLY, {1: 1})
    await used(ledger, bench)
    taken = await bench.take()
    for _ in range(3):
        await ledger.clock.advance(60)
        ledger.commit(bench)
    assert ledger.unspent[1] >= 1
    await taken.back(GOOD)


async def test_what_is_under_way_while_the_pool_closes_stays_unspent_and_nothing_else(ledger: Ledger) -> None:
    bench = ledger.open(HOURLY, {1: 1})
    await used(ledger, bench)
    taken = await bench.take()
    ledger.commit(bench, closing=True)
    assert ledger.unspent == {1: 1}
    await taken.back(GOOD)
    task = bench.ask()
    await settle(3)
    assert not task.done(), "storage has granted nothing more"


async def test_without_the_moments_of_last_use_nothing_is_given_back(ledger: Ledger) -> None:
    bench = ledger.open(replace(FREE, route_gap_seconds=300.0), {1: 1})
    await used(ledger, bench)
    allowances = bench.pool.allowances
    statement = allowances.statement(everything=True, closing=True)
    assert statement is not None
    assert statement.given_back == [1]
    # A person changed something that the engine has not seen: health is not stored, and so they are not deleted.
    statement.given_back.clear()
    ledger.store(statement)
    allowances.over(statement, stands=True, given_back=False)
    assert ledger.unspent == {1: 1}
    assert await ready_in(ledger, ledger.open(replace(FREE, route_gap_seconds=300.0), {1: 1})) == 300.0


# -- the next process --------------------------------------------------------------


async def test_what_was_unspent_counts_as_sent_at_the_next_start(ledger: Ledger) -> None:
    first = ledger.open(replace(FREE, per_route_hour=12), {1: 1})
    await used(ledger, first, times=4)
    await ledger.clock.advance(600)
    # Three were granted, used and stored; of the next three one was used when the process died.
    second = ledger.open(replace(FREE, per_route_hour=12), {1: 1})
    await used(ledger, second, times=6)
    assert await ready_in(ledger, second) == 3060.0, "the first minute has to leave the window"


async def test_what_was_unspent_counts_as_looked_up_too(ledger: Ledger) -> None:
    await used(ledger, ledger.open(replace(FREE, lookups_hour=4, per_route_hour=30), {1: 1}), needs=LOOK_UP)
    assert await ready_in(ledger, ledger.open(replace(FREE, lookups_hour=4), {1: 1}), LOOK_UP) == 3600.0


async def test_two_starts_in_a_row_count_what_was_unspent_once(ledger: Ledger) -> None:
    await used(ledger, ledger.open(HOURLY, {1: 1}), times=2)
    ledger.open(HOURLY, {1: 1})
    ledger.open(HOURLY, {1: 1})
    assert sum(ledger.sent.values()) == 10


async def test_a_session_that_ended_in_a_crash_was_last_used_at_the_next_start(ledger: Ledger) -> None:
    paced = replace(FREE, route_gap_seconds=20.0)
    await used(ledger, ledger.open(paced, {1: 1}))
    await ledger.clock.advance(500)
    ledger.open(paced, {1: 1})
    await ledger.clock.advance(5)
    # That one died as well, before it lent anything.
    assert 15.0 <= await ready_in(ledger, ledger.open(paced, {1: 1})) < 15.0 + ROUNDED


async def test_a_session_that_was_given_back_was_last_used_when_its_health_says(ledger: Ledger) -> None:
    paced = replace(FREE, route_gap_seconds=20.0)
    bench = ledger.open(paced, {1: 1})
    await used(ledger, bench)
    ledger.commit(bench, closing=True)
    await ledger.clock.advance(5)
    assert 15.0 <= await ready_in(ledger, ledger.open(paced, {1: 1})) < 15.0 + ROUNDED


@pytest.mark.parametrize(("seconds", "ready_in_seconds"), [(5.0, 3600.0), (49.0, 3600.0), (110.0, 3540.0)])
async def test_what_was_sent_in_a_minute_counts_from_its_end_and_never_from_after_now(
    ledger: Ledger, seconds: float, ready_in_seconds: float
) -> None:
    one = replace(FREE, per_route_hour=1)
    await ledger.clock.advance(10)
    bench = ledger.open(one, {1: 1})
    await used(ledger, bench)
    ledger.commit(bench, closing=True)
    await ledger.clock.advance(seconds)
    assert await ready_in(ledger, ledger.open(one, {1: 1})) == ready_in_seconds


def test_a_minute_that_a_clock_ahead_of_its_time_wrote_down_is_over_now(ledger: Ledger) -> None:
    bench = Bench(replace(FREE, per_route_hour=1), clock=ledger.clock).pairs(1)
    bench.pool.recall([Sent(1, 1, NOON + timedelta(days=3), 1, 0)])
    bench.pool.go_on({1: NOON + timedelta(days=3)}, wake=lambda: None)
    ready_at = bench.pool.outlook(ANYTHING).ready_at
    assert ready_at == NOON + timedelta(hours=1)


async def test_a_proxys_window_counts_what_all_sessions_sent_over_it(ledger: Ledger) -> None:
    shared = replace(FREE, per_proxy_hour=5)
    bench = ledger.open(shared, {1: 1, 2: 1, 3: 2})
    for session in (1, 2, 2):
        await used(ledger, bench, needs=Needs(only=session))
    ledger.commit(bench, closing=True)
    # Session 2 is gone, and what it sent over proxy 1 stays.
    again = ledger.open(shared, {1: 1, 3: 2})
    await used(ledger, again, times=2, needs=Needs(only=1))
    assert not await again.is_ready(Needs(only=1))
    await used(ledger, again, times=5, needs=Needs(only=3))


async def test_all_routes_together_keep_to_their_rate_across_a_crash(ledger: Ledger) -> None:
    together = replace(FREE, global_per_minute=3)
    await used(ledger, ledger.open(together, {1: 1, 2: 2}), times=3)
    assert await ready_in(ledger, ledger.open(together, {1: 1, 2: 2})) == 60.0


# -- limits that change --------------------------------------------------------------


async def test_limits_set_while_running_count_what_was_sent_before_across_starts_too(ledger: Ledger) -> None:
    bench = ledger.open(FREE, {1: 1})
    await ledger.clock.advance(1)
    await bench.use(GOOD, GOOD)
    await bench.use(GOOD, needs=LOOK_UP)
    await ledger.clock.advance(600)
    bench.pool.set_limits(replace(FREE, per_route_hour=3))
    assert ledger.woken == 1
    assert not await bench.is_ready()
    ledger.commit(bench)
    assert [list(ledger.sent.values()), list(ledger.look_ups.values())] == [[3], [1]]
    await ledger.clock.advance(60)
    # The minute of noon ended 601 s ago.
    assert await ready_in(ledger, ledger.open(replace(FREE, per_route_hour=3), {1: 1})) == 2999.0


async def test_limits_that_are_set_twice_count_nothing_twice(ledger: Ledger) -> None:
    bench = ledger.open(FREE, {1: 1})
    await ledger.clock.advance(1)
    await bench.use(GOOD, GOOD)
    for limits in (HOURLY, FREE, HOURLY):
        bench.pool.set_limits(limits)
        ledger.commit(bench)
    assert sum(ledger.sent.values()) == 2


async def test_a_limit_below_what_is_used_waits_and_a_raised_one_applies_at_once(ledger: Ledger) -> None:
    bench = ledger.open(HOURLY, {1: 1})
    await used(ledger, bench, times=8)
    bench.pool.set_limits(replace(FREE, per_route_hour=5))
    assert not await bench.is_ready()
    bench.pool.set_limits(replace(FREE, per_route_hour=9))
    await used(ledger, bench)
    assert not await bench.is_ready()


async def test_limits_set_while_an_allowance_is_waited_for_apply_to_who_waits(ledger: Ledger) -> None:
    bench = ledger.open(HOURLY, {1: 1})
    await used(ledger, bench)
    ledger.commit(bench, closing=True)
    task = bench.ask()
    await settle(3)
    bench.pool.set_limits(replace(FREE, route_gap_seconds=20.0))
    ledger.commit(bench)
    await ledger.clock.advance(19.9)
    assert not task.done()
    await ledger.clock.advance(0.1)
    assert task.result().session == 1
