"""Who is lent: the least recently used among the ready, and only they."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.clock import FakeClock
from core.domain.health import ProxyHealth, ProxyState, SessionHealth, SessionState
from core.domain.verdict import Blame, Reason
from core.network.errors import NoRouteAvailable, TransportError
from core.network.pool import Needs, ProxyLimits, RouteKey
from tests.unit.core.network.pools import CHALLENGE, FREE, GOOD, LIMITED, PROXY_DOWN, REQUEST, Bench


def avoid(*sessions: int) -> Needs:
    return Needs(avoid=frozenset(sessions))


def exclude(*sessions: int) -> Needs:
    return Needs(exclude=frozenset(sessions))


async def test_new_routes_are_lent_in_the_order_they_came_in() -> None:
    bench = Bench().pairs(3, 1, 2)
    assert await bench.use(GOOD, GOOD, GOOD, GOOD) == [3, 1, 2, 3]


async def test_the_route_that_rested_longest_is_lent_counted_from_its_answer() -> None:
    bench = Bench().pairs(1, 2, 3)
    first, second, third = [await bench.take() for _ in range(3)]
    for taken in (third, first, second):
        await taken.back(GOOD)
    assert await bench.use(GOOD, GOOD, GOOD) == [3, 1, 2]


async def test_a_lease_that_sent_nothing_leaves_the_order_as_it_was() -> None:
    bench = Bench().pairs(1, 2)
    await (await bench.take()).unused()
    assert await bench.use(GOOD, GOOD) == [1, 2]


async def test_stored_moments_of_use_order_the_routes_and_never_used_ones_come_first() -> None:
    bench = Bench()
    now = bench.clock.now()
    for each, minutes in ((1, 5), (2, 90), (3, None), (4, 30)):
        used = None if minutes is None else now - timedelta(minutes=minutes)
        bench.proxy(each)
        bench.session(each, each, health=SessionHealth(last_used_at=used))
    assert await bench.use(GOOD, GOOD, GOOD, GOOD) == [3, 2, 4, 1]


async def test_routes_that_leave_their_rest_late_keep_their_place_by_last_use() -> None:
    bench = Bench().pairs(1, 2)
    one, two = await bench.take(), await bench.take()
    await one.back(LIMITED)
    bench.clock._elapsed += 2000
    await two.back(GOOD)
    # Session 1 has rested longer than 2, although it became ready later than 2 was used.
    assert await bench.use(GOOD, GOOD) == [1, 2]


async def test_a_session_asks_one_thing_at_a_time() -> None:
    bench = Bench().pairs(1)
    taken = await bench.take()
    assert not await bench.is_ready()
    await taken.back(GOOD)
    assert await bench.is_ready()


@pytest.mark.parametrize("parallel", [1, 2, 4])
async def test_a_proxy_carries_no_more_at_once_than_its_limit(parallel: int) -> None:
    bench = Bench()
    bench.proxy(1, limits=ProxyLimits(parallel=parallel))
    for session in range(6):
        bench.session(session, 1)
    taken = [await bench.take() for _ in range(parallel)]
    assert not await bench.is_ready()
    await taken[0].back(GOOD)
    assert (await bench.take()).session == parallel


async def test_a_full_proxy_does_not_stand_in_the_way_of_others() -> None:
    bench = Bench()
    bench.proxy(1, limits=ProxyLimits(parallel=1))
    bench.proxy(2)
    for session, proxy in ((1, 1), (2, 1), (3, 2)):
        bench.session(session, proxy)
    first = await bench.take()
    assert (await bench.take()).session == 3
    await first.back(GOOD)
    assert (await bench.take()).session == 2


@pytest.mark.parametrize("state", [SessionState.EXPIRED, SessionState.CHECKPOINT])
async def test_what_is_out_of_service_is_never_lent(state: SessionState) -> None:
    bench = Bench().pairs(1)
    bench.session(2, None)
    bench.session(3, 1, enabled=False)
    bench.session(4, 1, health=SessionHealth(state=state))
    bench.session(5, 99)
    bench.proxy(6, enabled=False)
    bench.session(6, 6)
    assert bench.pool.sessions_usable() == 1
    await bench.take()
    assert not await bench.is_ready()
    assert repr(bench.pool) == "<Pool 0 ready, 0 cooling, 0 quarantined, 1 frozen, 4 off | 1 leased>"


async def test_a_session_put_in_before_its_proxy_serves_once_the_proxy_is_there() -> None:
    bench = Bench()
    bench.session(1, 1)
    assert not await bench.is_ready()
    bench.proxy(1)
    assert await bench.use(GOOD) == [1]


# -- needs ----------------------------------------------------------------------


async def test_excluded_sessions_are_not_lent() -> None:
    bench = Bench().pairs(1, 2, 3)
    assert (await bench.take(exclude(1, 2))).session == 3
    with pytest.raises(NoRouteAvailable) as refused:
        await bench.take(exclude(1, 2, 3))
    assert refused.value.retry_at is None


async def test_avoided_sessions_are_lent_when_no_other_is_in_service() -> None:
    bench = Bench().pairs(1, 2)
    bench.session(3, None)
    assert (await bench.take(avoid(1))).session == 2
    assert (await bench.take(avoid(1, 2))).session == 1


async def test_an_avoided_session_is_not_lent_while_another_can_be_ready_within_the_claim() -> None:
    bench = Bench().pairs(1, 2)
    other = await bench.take(exclude(1))
    waiting = bench.ask(avoid(1))
    await bench.clock.advance(1)
    assert not waiting.done()
    assert await bench.use(GOOD) == [1]
    await other.back(GOOD)
    await bench.clock.advance(0)
    assert waiting.result().session == 2


async def test_an_avoided_session_is_lent_when_the_others_rest_beyond_the_claim() -> None:
    bench = Bench().pairs(1, 2)
    await bench.use(LIMITED, needs=exclude(1))
    assert (await bench.take(avoid(1))).session == 1


async def test_an_avoided_session_is_lent_once_the_others_turn_out_to_rest_beyond_the_claim() -> None:
    bench = Bench().pairs(1, 2)
    other = await bench.take(exclude(1))
    waiting = bench.ask(avoid(1))
    await bench.clock.advance(1)
    await other.back(LIMITED)
    await bench.clock.advance(0)
    assert waiting.result().session == 1


async def test_an_avoided_session_is_lent_at_the_end_of_the_claim() -> None:
    bench = Bench().pairs(1, 2)
    await bench.take(exclude(1))
    waiting = bench.ask(avoid(1))
    await bench.clock.advance(59.9)
    assert not waiting.done()
    await bench.clock.advance(0.1)
    assert waiting.result().session == 1


async def test_the_longest_rested_is_found_behind_avoided_and_excluded_ones() -> None:
    bench = Bench().pairs(*range(1, 8))
    await bench.use(*[GOOD] * 7)
    needs = Needs(avoid=frozenset({1, 2}), exclude=frozenset({3, 5}))
    assert [(await bench.take(needs)).session for _ in range(3)] == [4, 6, 7]


async def test_a_session_behind_an_excluded_one_on_the_same_proxy_is_found_in_its_place() -> None:
    bench = Bench()
    bench.proxy(1)
    bench.proxy(2)
    for session, proxy in ((1, 1), (2, 2), (3, 1), (4, 2)):
        bench.session(session, proxy)
    assert (await bench.take(exclude(1))).session == 2
    assert (await bench.take(exclude(1))).session == 3


async def test_avoided_proxies_are_used_when_nothing_else_is_there_before_avoided_sessions_are() -> None:
    bench = Bench()
    bench.proxy(1)
    bench.proxy(2)
    for session, proxy in ((1, 1), (2, 2), (3, 1)):
        bench.session(session, proxy)
    needs = Needs(avoid=frozenset({2}), avoid_proxies=frozenset({1}))
    assert await bench.use(GOOD, GOOD, GOOD, needs=needs) == [1, 3, 1]
    bench.proxy(1, enabled=False)
    assert await bench.use(GOOD, needs=needs) == [2]
    assert await bench.use(GOOD, needs=Needs(avoid_proxies=frozenset({2}))) == [2]


async def test_a_need_for_one_session_takes_only_that_one() -> None:
    bench = Bench().pairs(1, 2, 3)
    taken = await bench.take(Needs(only=2))
    waiting = bench.ask(Needs(only=2))
    await bench.clock.advance(1)
    assert not waiting.done()
    await taken.back(GOOD)
    await bench.clock.advance(0)
    assert waiting.result().session == 2


@pytest.mark.parametrize("needs", [Needs(only=9), Needs(only=2), Needs(only=1, exclude=frozenset({1}))])
async def test_a_need_for_one_session_that_cannot_serve_is_refused_at_once(needs: Needs) -> None:
    bench = Bench().pairs(1)
    bench.session(2, 1, enabled=False)
    with pytest.raises(NoRouteAvailable) as refused:
        await bench.take(needs)
    assert refused.value.retry_at is None


# -- none available -----------------------------------------------------------------


async def test_an_empty_pool_refuses_at_once_and_names_no_time() -> None:
    bench = Bench()
    with pytest.raises(NoRouteAvailable) as refused:
        await bench.take()
    assert refused.value.retry_at is None
    assert repr(bench.pool) == "<Pool 0 ready, 0 cooling, 0 quarantined | 0 leased>"


async def test_rests_beyond_the_claim_refuse_at_once_and_say_until_when() -> None:
    bench = Bench().pairs(1, 2)
    await bench.use(LIMITED, LIMITED)
    with pytest.raises(NoRouteAvailable) as refused:
        await bench.take()
    assert refused.value.retry_at == bench.session_health(1).until
    assert str(refused.value) == "no route is ready before 00:16:52"


async def test_the_claim_decides_between_waiting_and_refusing() -> None:
    bench = Bench().pairs(1)
    await bench.use(LIMITED)
    rest = 900 * 1.125
    with pytest.raises(NoRouteAvailable):
        await bench.take(Needs(wait=rest - 1))
    waiting = bench.ask(Needs(wait=rest))
    await bench.clock.advance(rest)
    assert waiting.result().session == 1


async def test_a_proxys_rest_counts_for_when_a_route_can_be_ready() -> None:
    bench = Bench()
    until = bench.clock.now() + timedelta(minutes=10)
    bench.proxy(1, health=ProxyHealth(state=ProxyState.COOLING, until=until))
    bench.session(1, 1)
    bench.session(2, 1, health=SessionHealth(state=SessionState.RESTING, until=until + timedelta(minutes=5)))
    with pytest.raises(NoRouteAvailable) as refused:
        await bench.take()
    assert refused.value.retry_at == until
    with pytest.raises(NoRouteAvailable) as refused:
        await bench.take(exclude(1))
    assert refused.value.retry_at == until + timedelta(minutes=5)
    with pytest.raises(NoRouteAvailable) as refused:
        await bench.take(Needs(only=2))
    assert refused.value.retry_at == until + timedelta(minutes=5)


async def test_a_lease_that_is_out_for_the_whole_claim_refuses_at_its_end() -> None:
    bench = Bench().pairs(1)
    await bench.take()
    waiting = bench.ask()
    await bench.clock.advance(59)
    assert not waiting.done()
    await bench.clock.advance(1)
    assert isinstance(waiting.exception(), NoRouteAvailable)
    assert repr(bench.pool) == "<Pool 0 ready, 0 cooling, 0 quarantined | 1 leased>"


async def test_the_outlook_says_how_many_serve_and_when_one_is_ready() -> None:
    bench = Bench()
    assert (bench.pool.outlook().in_service, bench.pool.outlook().ready_at) == (0, None)
    bench.pairs(1, 2)
    now = bench.clock.now()
    assert (bench.pool.outlook().in_service, bench.pool.outlook().ready_at) == (2, now)
    await bench.use(LIMITED, CHALLENGE)
    outlook = bench.pool.outlook()
    assert (outlook.in_service, outlook.ready_at) == (1, bench.session_health(1).until)
    assert bench.pool.outlook(exclude(1)).ready_at is None


# -- the lease ----------------------------------------------------------------------


async def test_a_lease_says_what_it_is_and_carries_one_request_over_its_proxy() -> None:
    bench = Bench().pairs(7)
    async with bench.pool.lease() as lease:
        assert (lease.proxy_id, lease.session_id, lease.route) == (7, 7, RouteKey(7, 7))
        assert lease.login.cookies["sessionid"].reveal() == "s7"
        response = await lease.fetch(REQUEST)
        assert repr(lease) == "<Lease session 7 over proxy 7, sent>"
        with pytest.raises(RuntimeError, match="one exchange"):
            await lease.fetch(REQUEST)
    assert response.status == 200
    ((address, request, connect, total),) = bench.client.asked
    assert (address, request, connect, total) == (lease.address, REQUEST, 5.0, 15.0)


async def test_a_good_answers_time_goes_into_the_response_time() -> None:
    bench = Bench().pairs(1)
    async with bench.pool.lease() as lease:
        await lease.fetch(REQUEST)
        lease.report(GOOD)
    assert bench.session_health(1).response_ms == bench.proxy_health(1).response_ms == pytest.approx(100)


async def test_a_transport_error_reports_itself_and_goes_on() -> None:
    bench = Bench().pairs(1)
    bench.client.failure = TransportError("connect", Reason.PROXY_ERROR, Blame.PROXY, "refused")
    with pytest.raises(TransportError, match="proxy_error while in connect: refused"):
        async with bench.pool.lease() as lease:
            await lease.fetch(REQUEST)
    assert (bench.proxy_health(1).consecutive_failures, bench.session_health(1).failures) == (1, 0)


async def test_a_transport_error_that_is_caught_inside_the_block_counts_once() -> None:
    bench = Bench().pairs(1)
    bench.client.failure = TransportError("headers", Reason.TIMEOUT, Blame.ROUTE)
    async with bench.pool.lease() as lease:
        with pytest.raises(TransportError):
            await lease.fetch(REQUEST)
    assert (bench.proxy_health(1).requests, bench.session_health(1).requests) == (1, 1)
    assert (bench.session_health(1).state, bench.proxy_health(1).failures) == (SessionState.RESTING, 0)


async def test_a_bug_in_the_block_returns_the_route_and_keeps_what_was_reported() -> None:
    bench = Bench().pairs(1)

    async def stumble() -> None:
        async with bench.pool.lease() as lease:
            lease.report(PROXY_DOWN)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await stumble()
    assert bench.proxy_health(1).failures == 1
    assert await bench.is_ready()


async def test_an_address_that_changes_while_a_lease_is_out_is_used_from_the_next_one_on() -> None:
    bench = Bench().pairs(1)
    async with bench.pool.lease() as lease:
        bench.proxy(1, host="elsewhere.test")
        await lease.fetch(REQUEST)
    async with bench.pool.lease() as lease:
        await lease.fetch(REQUEST)
    assert [address.host for address, *_ in bench.client.asked] == ["proxy.test", "elsewhere.test"]


async def test_the_pool_shows_what_a_person_wants_to_know() -> None:
    bench = Bench(FREE, clock=FakeClock()).pairs(*range(1, 7))
    await bench.use(LIMITED, CHALLENGE)
    bench.proxy(3, health=ProxyHealth(state=ProxyState.QUARANTINED, until=bench.clock.now() + timedelta(minutes=5)))
    await bench.take()
    assert repr(bench.pool) == "<Pool 2 ready, 1 cooling, 1 quarantined, 1 frozen | 1 leased>"
