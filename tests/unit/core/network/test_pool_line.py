"""Who waits: served in order of arrival, woken by one timer, and gone without a trace when cancelled."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from core.clock import settle
from core.network.errors import NoRouteAvailable
from core.network.pool import Needs
from tests.unit.core.network.pools import CHALLENGE, FREE, GOOD, LIMITED, REQUEST, Bench, finished

LOOK_UP = Needs(look_up=True)


async def test_waiters_are_served_in_order_of_arrival() -> None:
    bench = Bench().pairs(1)
    taken = await bench.take()
    waiting = [bench.ask() for _ in range(4)]
    for position in range(4):
        await settle()
        assert finished(waiting) == [index < position for index in range(4)]
        await taken.back(GOOD)
        await settle()
        taken = waiting[position].result()
    assert repr(bench.pool) == "<Pool 0 ready, 0 cooling, 0 quarantined | 1 leased>"


async def test_a_waiter_that_nothing_satisfies_does_not_hold_up_those_behind_it() -> None:
    bench = Bench().pairs(1, 2)
    one, two = await bench.take(), await bench.take()
    picky, easy = bench.ask(Needs(only=1)), bench.ask()
    await two.back(GOOD)
    await settle()
    assert finished([picky, easy]) == [False, True]
    await one.back(GOOD)
    await settle()
    assert picky.result().session == 1


async def test_a_newcomer_does_not_pass_a_waiter_when_time_makes_a_route_ready() -> None:
    bench = Bench(replace(FREE, route_gap_seconds=10.0)).pairs(1)
    await bench.use(GOOD)
    waiting = bench.ask()
    await settle()
    # The moment has come, but the timer has not fired yet when the newcomer asks.
    bench.clock._elapsed += 10
    newcomer = bench.ask()
    await settle()
    assert finished([waiting, newcomer]) == [True, False]


async def test_a_newcomer_does_not_pass_a_waiter_when_the_global_rate_frees_itself() -> None:
    bench = Bench(replace(FREE, global_per_minute=1)).pairs(1, 2, 3)
    await bench.use(GOOD)
    waiting = bench.ask()
    await settle()
    bench.clock._elapsed += 60
    newcomer = bench.ask()
    await settle()
    assert finished([waiting, newcomer]) == [True, False]


async def test_a_newcomer_takes_what_suits_nobody_in_line() -> None:
    bench = Bench().pairs(1, 2)
    one = await bench.take(Needs(only=1))
    waiting = bench.ask(Needs(only=1))
    await settle()
    assert (await bench.take()).session == 2
    await one.back(GOOD)
    await settle()
    assert waiting.done()


async def test_several_routes_that_become_ready_together_go_to_the_first_in_line() -> None:
    bench = Bench(replace(FREE, route_gap_seconds=10.0)).pairs(1, 2)
    await bench.use(GOOD, GOOD)
    waiting = [bench.ask() for _ in range(3)]
    await bench.clock.advance(10)
    assert [task.result().session for task in waiting[:2]] == [1, 2]
    assert not waiting[2].done()


async def test_a_route_put_in_goes_to_whoever_waits() -> None:
    bench = Bench().pairs(1)
    await bench.take()
    waiting = bench.ask()
    await settle()
    bench.pairs(2)
    await settle()
    assert waiting.result().session == 2


async def test_nothing_is_timed_while_nobody_waits_and_one_timer_serves_all_who_do() -> None:
    bench = Bench(replace(FREE, route_gap_seconds=10.0)).pairs(1, 2)
    await bench.use(GOOD, GOOD)
    assert not bench.clock._timers
    waiting = [bench.ask() for _ in range(5)]
    await settle()
    assert len([timer for *_, timer in bench.clock._timers if timer.callback is not None]) == 1
    for task in waiting:
        task.cancel()
    await settle()
    assert not [timer for *_, timer in bench.clock._timers if timer.callback is not None]


async def test_a_cancelled_waiter_leaves_the_line() -> None:
    bench = Bench().pairs(1)
    taken = await bench.take()
    first, second = bench.ask(), bench.ask()
    await settle()
    first.cancel()
    await settle()
    await taken.back(GOOD)
    await settle()
    assert first.cancelled()
    assert second.result().session == 1


async def test_a_route_handed_to_a_waiter_that_is_cancelled_goes_to_the_next_one_unharmed() -> None:
    bench = Bench().pairs(1)
    taken = await bench.take()
    first, second = bench.ask(), bench.ask()
    await settle()
    await taken.back(GOOD)
    # The route is in the first one's hands already, but its task has not run yet.
    before = bench.session_health(1)
    first.cancel()
    await settle()
    assert first.cancelled()
    await second.result().unused()
    assert bench.session_health(1) is before
    assert repr(bench.pool) == "<Pool 1 ready, 0 cooling, 0 quarantined | 0 leased>"


async def test_a_waiter_cancelled_when_it_is_refused_ends_quietly() -> None:
    bench = Bench().pairs(1)
    await bench.take()
    waiting = bench.ask()
    await settle()
    bench.pool.drop_session(1)
    waiting.cancel()
    await settle()
    assert waiting.cancelled()


async def test_whoever_hopes_in_vain_is_told_at_once_when_the_last_route_goes() -> None:
    bench = Bench().pairs(1)
    taken = await bench.take()
    waiting = bench.ask()
    await settle()
    await taken.back(CHALLENGE)
    await settle()
    error = waiting.exception()
    assert isinstance(error, NoRouteAvailable)
    assert error.retry_at is None


async def test_whoever_hopes_in_vain_is_told_until_when_the_route_rests() -> None:
    bench = Bench().pairs(1)
    taken = await bench.take()
    waiting = bench.ask()
    await settle()
    await taken.back(LIMITED)
    await settle()
    error = waiting.exception()
    assert isinstance(error, NoRouteAvailable)
    assert error.retry_at == bench.session_health(1).until


@pytest.mark.parametrize("change", ["drop_proxy", "drop_session", "disable_proxy", "disable_session", "unbind"])
async def test_whoever_hopes_in_vain_is_told_when_a_person_takes_the_last_route_away(change: str) -> None:
    bench = Bench(replace(FREE, route_gap_seconds=10.0)).pairs(1)
    await bench.use(GOOD)
    waiting = bench.ask()
    await settle()
    assert not waiting.done()
    match change:
        case "drop_proxy":
            bench.pool.drop_proxy(1)
        case "drop_session":
            bench.pool.drop_session(1)
        case "disable_proxy":
            bench.proxy(1, enabled=False)
        case "disable_session":
            bench.session(1, 1, enabled=False)
        case "unbind":
            bench.session(1, None)
    await settle()
    assert isinstance(waiting.exception(), NoRouteAvailable)


async def test_one_who_waits_to_look_up_is_woken_when_look_ups_are_allowed_again() -> None:
    bench = Bench(replace(FREE, lookups_hour=1)).pairs(1)
    await bench.use(GOOD, needs=LOOK_UP)
    waiting = bench.ask(Needs(look_up=True, wait=3600))
    await bench.clock.advance(3599)
    assert not waiting.done()
    assert await bench.use(GOOD) == [1]
    await bench.clock.advance(1)
    assert waiting.result().session == 1


async def test_one_who_waits_to_look_up_does_not_hold_up_other_questions() -> None:
    bench = Bench(replace(FREE, lookups_hour=1)).pairs(1)
    await bench.use(GOOD, needs=LOOK_UP)
    waiting = bench.ask(Needs(look_up=True, wait=3600))
    await settle()
    assert await bench.use(GOOD, GOOD) == [1, 1]
    assert not waiting.done()


@pytest.mark.parametrize("steps", range(12))
async def test_cancelled_after_any_number_of_steps_a_borrower_leaves_no_trace(steps: int) -> None:
    bench = Bench(replace(FREE, route_gap_seconds=5.0)).pairs(1)
    bench.client.hangs = asyncio.Event()
    taken = await bench.take()
    before = (bench.session_health(1), bench.proxy_health(1))

    async def borrow() -> None:
        async with bench.pool.lease() as lease:
            await lease.fetch(REQUEST)
            lease.report(GOOD)

    async with asyncio.TaskGroup() as group:
        task = group.create_task(borrow())
        await settle(2)
        await taken.unused()
        await settle(steps)
        task.cancel()
    after = (bench.session_health(1), bench.proxy_health(1))
    # The request may have left: then the moment of use has to count, for the sake of the gap.
    assert [replace(health, last_used_at=None) for health in after] == list(before)
    assert bench.pool._readiness.lent == {}
    await bench.clock.advance(5)
    assert repr(bench.pool) == "<Pool 1 ready, 0 cooling, 0 quarantined | 0 leased>"


async def test_a_cancelled_lease_that_had_reported_changes_no_health() -> None:
    bench = Bench().pairs(1)
    before = bench.session_health(1), bench.proxy_health(1)
    started = asyncio.Event()

    async def borrow() -> None:
        async with bench.pool.lease() as lease:
            await lease.fetch(REQUEST)
            lease.report(LIMITED)
            lease.report_unproven()
            started.set()
            await asyncio.Event().wait()

    async with asyncio.TaskGroup() as group:
        task = group.create_task(borrow())
        await started.wait()
        task.cancel()
    after = bench.session_health(1), bench.proxy_health(1)
    assert tuple(replace(health, last_used_at=None) for health in after) == before
    assert after[0].last_used_at == bench.clock.now()


async def test_a_cancelled_exchange_still_counts_for_gap_and_windows() -> None:
    bench = Bench(replace(FREE, route_gap_seconds=5.0, per_route_hour=2)).pairs(1)
    bench.client.hangs = asyncio.Event()

    async def borrow() -> None:
        async with bench.pool.lease() as lease:
            await lease.fetch(REQUEST)

    for _ in range(2):
        async with asyncio.TaskGroup() as group:
            task = group.create_task(borrow())
            await settle()
            task.cancel()
        assert not await bench.is_ready()
        await bench.clock.advance(5)
    assert not await bench.is_ready(), "two requests may have reached the platform this hour"


async def test_two_hundred_borrowers_share_fifty_routes_and_all_are_served() -> None:
    bench = Bench().pairs(*range(50))
    order: list[int] = []

    async def borrow(number: int) -> None:
        async with bench.pool.lease() as lease:
            order.append(number)
            await asyncio.sleep(0)
            lease.report(GOOD)

    async with asyncio.TaskGroup() as group:
        for number in range(200):
            group.create_task(borrow(number))
    assert order == list(range(200))
    assert repr(bench.pool) == "<Pool 50 ready, 0 cooling, 0 quarantined | 0 leased>"
