"""How fast: gaps, sliding windows, parallel and global limits, and limits that change under way."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.clock import settle
from core.domain.limits import Limits
from core.network.pool import Needs, ProxyLimits
from tests.unit.core.network.pools import FREE, GOOD, Bench, until_ready

LOOK_UP = Needs(look_up=True, wait=1e6)
ANY = Needs(wait=1e6)
DAY = 86_400.0


# -- gaps -----------------------------------------------------------------------


async def test_a_gap_is_counted_from_the_answer_to_the_next_request() -> None:
    bench = Bench(replace(FREE, route_gap_seconds=20.0)).pairs(1)
    taken = await bench.take()
    await bench.clock.advance(12)
    await taken.back(GOOD)
    assert await until_ready(bench) == 20


@pytest.mark.parametrize(("throw", "gap"), [(0.0, 20.0), (0.25, 25.0), (0.5, 30.0)])
async def test_chance_lengthens_a_gap_by_its_share_of_the_jitter(throw: float, gap: float) -> None:
    bench = Bench(replace(FREE, route_gap_seconds=20.0, route_gap_jitter=1.0), throw=throw).pairs(1)
    await bench.use(GOOD)
    assert await until_ready(bench) == gap


async def test_a_lease_that_sent_nothing_starts_no_gap() -> None:
    bench = Bench(replace(FREE, route_gap_seconds=20.0)).pairs(1)
    await (await bench.take()).unused()
    assert await bench.is_ready()


async def test_paced_routes_use_all_of_what_is_permitted() -> None:
    bench = Bench(replace(FREE, route_gap_seconds=0.5)).pairs(*range(10))
    sent = []
    while bench.clock.monotonic() < 100:
        task = bench.ask()
        await settle(3)
        while not task.done():
            bench.clock.advance_to_next()
            await settle(3)
        sent.append(bench.clock.monotonic())
        await task.result().back(GOOD)
    assert len(sent) == 10 * 100 / 0.5 + 1


# -- windows ----------------------------------------------------------------------


@pytest.mark.parametrize("limit", [1, 2, 5])
@pytest.mark.parametrize(("name", "span"), [("per_route_hour", 3600.0), ("per_route_day", DAY)])
async def test_a_session_sends_no_more_than_its_limit_in_any_window(limit: int, name: str, span: float) -> None:
    bench = Bench(replace(FREE, **{name: limit})).pairs(1)
    for _ in range(limit):
        await bench.use(GOOD)
        await bench.clock.advance(10)
    assert await until_ready(bench, ANY) == span - 10 * limit
    await bench.use(GOOD)
    if limit > 1:
        assert await until_ready(bench, ANY) == 10


@pytest.mark.parametrize("limit", [1, 2, 5])
@pytest.mark.parametrize(("name", "span"), [("per_proxy_hour", 3600.0), ("per_proxy_day", DAY)])
async def test_a_proxy_carries_no_more_than_its_limit_in_any_window(limit: int, name: str, span: float) -> None:
    bench = Bench(replace(FREE, **{name: limit}))
    bench.proxy(1)
    for session in range(8):
        bench.session(session, 1)
    assert await bench.use(*[GOOD] * limit) == list(range(limit))
    await bench.clock.advance(100)
    assert await until_ready(bench, ANY) == span - 100


async def test_exchanges_under_way_hold_their_places_in_a_window() -> None:
    bench = Bench(replace(FREE, per_proxy_hour=3))
    bench.proxy(1)
    for session in range(8):
        bench.session(session, 1)
    taken = [await bench.take() for _ in range(3)]
    assert not await bench.is_ready()
    await taken[0].unused()
    assert await bench.is_ready()


async def test_a_place_in_a_window_is_taken_until_a_span_after_the_answer() -> None:
    # From the reservation on it would be free before the platform, to which the request travelled slowly, agrees.
    bench = Bench(replace(FREE, per_route_hour=1)).pairs(1)
    taken = await bench.take()
    await bench.clock.advance(12)
    await taken.back(GOOD)
    assert await until_ready(bench, ANY) == 3600


async def test_a_lease_that_sent_nothing_takes_no_place() -> None:
    bench = Bench(replace(FREE, per_route_hour=1, per_proxy_hour=1, global_per_minute=1, lookups_hour=1)).pairs(1)
    for _ in range(3):
        await (await bench.take(LOOK_UP)).unused()
    assert await bench.is_ready(LOOK_UP)


@pytest.mark.parametrize(("name", "span"), [("lookups_hour", 3600.0), ("lookups_day", DAY)])
async def test_look_ups_have_limits_of_their_own_that_leave_other_questions_alone(name: str, span: float) -> None:
    bench = Bench(replace(FREE, **{name: 2})).pairs(1)
    await bench.use(GOOD, GOOD, needs=LOOK_UP)
    assert not await bench.is_ready(LOOK_UP)
    assert not bench.pool.look_up_ready()
    assert await bench.use(GOOD) == [1]
    assert await until_ready(bench, LOOK_UP) == span
    assert bench.pool.look_up_ready()


async def test_a_look_up_is_also_an_exchange_like_any_other() -> None:
    bench = Bench(replace(FREE, per_route_hour=2)).pairs(1)
    await bench.use(GOOD, GOOD, needs=LOOK_UP)
    assert not await bench.is_ready()


async def test_the_longest_rested_session_that_may_still_look_up_is_lent() -> None:
    bench = Bench(replace(FREE, lookups_hour=1)).pairs(1, 2, 3)
    assert await bench.use(GOOD, needs=LOOK_UP) == [1]
    await bench.use(GOOD, GOOD, GOOD, GOOD)
    assert await bench.use(GOOD, GOOD, needs=LOOK_UP) == [3, 2]


async def test_the_global_rate_holds_for_all_routes_together() -> None:
    bench = Bench(replace(FREE, global_per_minute=3)).pairs(*range(5))
    await bench.use(GOOD)
    await bench.clock.advance(20)
    await bench.use(GOOD, GOOD)
    assert repr(bench.pool) == "<Pool 0 ready, 0 cooling, 0 quarantined, 5 paced | 0 leased>"
    assert await until_ready(bench) == 40
    await bench.use(GOOD)
    assert await until_ready(bench) == 20


async def test_a_global_rate_filled_by_exchanges_under_way_waits_for_one_of_them() -> None:
    bench = Bench(replace(FREE, global_per_minute=1)).pairs(1, 2)
    taken = await bench.take()
    waiting = bench.ask()
    await bench.clock.advance(5)
    await taken.unused()
    await bench.clock.advance(0)
    assert waiting.done()


# -- new sessions --------------------------------------------------------------------


async def test_a_new_session_may_use_a_share_of_its_limits() -> None:
    bench = Bench(replace(FREE, per_route_hour=30, lookups_hour=6, new_session_share=0.33))
    bench.proxy(1)
    bench.session(1, 1, created_at=bench.clock.now() - timedelta(days=2))
    await bench.use(*[GOOD] * 9)
    assert not await bench.is_ready()
    await bench.clock.advance(3600)
    await bench.use(GOOD, needs=LOOK_UP)
    assert not await bench.is_ready(LOOK_UP)
    assert await bench.is_ready()


async def test_a_share_of_a_small_limit_is_one() -> None:
    bench = Bench(replace(FREE, per_route_hour=2, new_session_share=0.1))
    bench.proxy(1)
    bench.session(1, 1, created_at=bench.clock.now())
    assert await bench.use(GOOD) == [1]
    assert await until_ready(bench, ANY) == 3600


async def test_a_session_that_grows_old_has_its_whole_limit_at_that_moment() -> None:
    bench = Bench(replace(FREE, per_route_hour=4, new_session_days=3.0, new_session_share=0.25))
    bench.proxy(1)
    bench.session(1, 1, created_at=bench.clock.now() - timedelta(days=3) + timedelta(minutes=10))
    await bench.use(GOOD)
    assert await until_ready(bench, ANY) == 600
    assert await bench.use(GOOD, GOOD, GOOD) == [1, 1, 1]
    assert await until_ready(bench, ANY) == 3000


# -- limits of a proxy's own -----------------------------------------------------------


async def test_a_proxys_own_limits_replace_the_general_ones() -> None:
    bench = Bench(replace(FREE, per_proxy_hour=1, per_proxy_parallel=1))
    bench.proxy(1, limits=ProxyLimits(per_hour=3, parallel=2))
    bench.proxy(2, limits=ProxyLimits(per_hour=0, per_day=2))
    for session in range(4):
        bench.session(session, 1)
        bench.session(session + 10, 2)
    second = Needs(exclude=frozenset(range(4)))
    first = Needs(exclude=frozenset(range(10, 14)))
    taken = [await bench.take(first), await bench.take(first)]
    assert not await bench.is_ready(first)
    for each in taken:
        await each.back(GOOD)
    await bench.use(GOOD, needs=first)
    assert not await bench.is_ready(first)
    await bench.use(GOOD, GOOD, needs=second)
    assert not await bench.is_ready(second)


# -- limits that change ------------------------------------------------------------------


async def test_a_lower_limit_applies_at_once_to_what_was_sent_before() -> None:
    bench = Bench(replace(FREE, per_route_hour=10)).pairs(1)
    await bench.use(*[GOOD] * 5)
    bench.pool.set_limits(replace(FREE, per_route_hour=5))
    assert not await bench.is_ready()
    bench.pool.set_limits(replace(FREE, per_route_hour=6))
    assert await bench.use(GOOD) == [1]
    assert not await bench.is_ready()


async def test_a_limit_set_where_there_was_none_counts_what_was_sent_before() -> None:
    bench = Bench(FREE).pairs(1)
    await bench.use(*[GOOD] * 5)
    bench.pool.set_limits(replace(FREE, per_route_day=5, per_proxy_day=100))
    assert await until_ready(bench, ANY) == DAY


async def test_a_limit_that_is_lowered_and_raised_again_forgets_nothing() -> None:
    bench = Bench(replace(FREE, per_route_hour=10)).pairs(1)
    await bench.use(*[GOOD] * 8)
    bench.pool.set_limits(replace(FREE, per_route_hour=2))
    await bench.clock.advance(3600)
    await bench.use(GOOD, GOOD)
    bench.pool.set_limits(replace(FREE, per_route_hour=10))
    await bench.use(*[GOOD] * 8)
    assert not await bench.is_ready()


async def test_a_shorter_gap_serves_those_who_wait_at_once() -> None:
    bench = Bench(replace(FREE, route_gap_seconds=50.0)).pairs(1)
    await bench.use(GOOD)
    waiting = bench.ask()
    await bench.clock.advance(5)
    assert not waiting.done()
    bench.pool.set_limits(replace(FREE, route_gap_seconds=5.0))
    await bench.clock.advance(0)
    assert waiting.done()


async def test_a_longer_gap_holds_for_routes_that_were_ready() -> None:
    bench = Bench(FREE).pairs(1)
    await bench.use(GOOD)
    await bench.clock.advance(5)
    bench.pool.set_limits(replace(FREE, route_gap_seconds=20.0))
    assert await until_ready(bench) == 15


@pytest.mark.parametrize("opened", [{"per_proxy_parallel": 2}, {"per_proxy_parallel": 4}])
async def test_a_wider_proxy_serves_those_who_wait_at_once(opened: dict[str, int]) -> None:
    bench = Bench(replace(FREE, per_proxy_parallel=1))
    bench.proxy(1)
    for session in range(3):
        bench.session(session, 1)
    await bench.take()
    waiting = [bench.ask(), bench.ask()]
    await settle()
    bench.pool.set_limits(replace(FREE, **opened))
    await settle()
    assert [task.done() for task in waiting] == [True, opened["per_proxy_parallel"] > 2]


async def test_a_lower_global_rate_applies_to_those_who_wait() -> None:
    bench = Bench(replace(FREE, route_gap_seconds=30.0)).pairs(1, 2)
    await bench.use(GOOD, GOOD)
    waiting = [bench.ask(), bench.ask()]
    await settle()
    bench.pool.set_limits(replace(FREE, route_gap_seconds=0.0, global_per_minute=3))
    await settle()
    assert [task.done() for task in waiting] == [True, False]


async def test_the_limits_in_force_are_the_last_ones_set() -> None:
    bench = Bench()
    limits = Limits(connect_timeout=1.0, total_timeout=2.0)
    bench.pool.set_limits(limits)
    assert bench.pool.limits is limits
