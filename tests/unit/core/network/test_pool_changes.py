"""What comes and goes: proxies and sessions changed while leases are out, snapshots, and a new start."""

from __future__ import annotations

import gc
import tracemalloc
from dataclasses import replace
from datetime import timedelta

import pytest

from core.clock import FakeClock, settle
from core.domain.health import ProxyHealth, ProxyState, SessionHealth, SessionState
from core.domain.health_record import dump, load_proxy_health, load_session_health
from core.domain.limits import Limits
from core.network.pool import Needs
from core.secrets import Secret
from core.sources.base import Login
from tests.unit.core.network.pools import CHALLENGE, FREE, GOOD, LIMITED, PROXY_DOWN, Bench, until_ready

PATIENT = Needs(wait=1e6)


async def test_what_was_handed_out_of_health_stays_as_it_was_then() -> None:
    bench = Bench().pairs(1)
    await bench.use(GOOD)
    before = bench.pool.changed()
    await bench.use(GOOD, GOOD)
    after = bench.pool.changed()
    told = [(one.proxies[0].health.successes, one.sessions[0].health.successes) for one in (before, after)]
    assert told == [(1, 1), (3, 3)]


# -- while leases are out ----------------------------------------------------------


async def test_a_proxy_that_is_disabled_while_lent_ends_its_lease_and_is_lent_no_more() -> None:
    bench = Bench().pairs(1, 2)
    taken = await bench.take()
    bench.proxy(1, enabled=False)
    await taken.back(GOOD)
    assert bench.proxy_health(1).successes == 1
    assert await bench.use(GOOD, GOOD) == [2, 2]
    bench.proxy(1)
    assert await bench.use(GOOD) == [1]


async def test_a_session_that_is_dropped_while_lent_ends_its_lease_and_is_forgotten() -> None:
    bench = Bench().pairs(1)
    taken = await bench.take()
    bench.pool.drop_session(1)
    await taken.back(GOOD)
    assert repr(bench.pool) == "<Pool 0 ready, 0 cooling, 0 quarantined | 0 leased>"
    assert not bench.pool.changed().sessions


async def test_a_session_that_is_dropped_and_put_in_again_while_lent_still_asks_one_thing_at_a_time() -> None:
    bench = Bench().pairs(1)
    taken = await bench.take()
    bench.pool.drop_session(1)
    bench.session(1, 1)
    assert not await bench.is_ready()
    await taken.back(GOOD)
    assert await bench.use(GOOD) == [1]


async def test_a_proxy_that_is_dropped_and_put_in_again_while_lent_counts_what_is_under_way() -> None:
    bench = Bench(replace(FREE, per_proxy_parallel=1)).pairs(1)
    taken = await bench.take()
    bench.pool.drop_session(1)
    bench.pool.drop_proxy(1)
    bench.pairs(1)
    bench.session(2, 1)
    assert not await bench.is_ready()
    await taken.back(GOOD)
    assert await bench.is_ready()


async def test_dropping_what_is_not_there_does_nothing() -> None:
    bench = Bench().pairs(1)
    bench.pool.drop_proxy(7)
    bench.pool.drop_session(7)
    assert await bench.use(GOOD) == [1]


async def test_a_session_of_a_dropped_proxy_is_kept_and_not_used() -> None:
    bench = Bench().pairs(1)
    bench.pool.drop_proxy(1)
    assert not await bench.is_ready()
    assert repr(bench.pool) == "<Pool 0 ready, 0 cooling, 0 quarantined, 1 off | 0 leased>"
    bench.proxy(1)
    assert await bench.is_ready()


async def test_a_session_that_a_person_binds_elsewhere_while_lent_moves_when_it_is_back() -> None:
    bench = Bench().pairs(1)
    bench.proxy(2)
    taken = await bench.take()
    bench.session(1, 2)
    assert not await bench.is_ready()
    await taken.back(PROXY_DOWN)
    assert (bench.proxy_health(1).failures, bench.proxy_health(2).failures) == (1, 0)
    assert (await bench.take()).lease.proxy_id == 2


async def test_a_change_of_something_else_keeps_health_order_and_windows() -> None:
    bench = Bench(replace(FREE, per_route_hour=2)).pairs(1, 2)
    await bench.use(GOOD, GOOD)
    health = bench.session_health(1), bench.proxy_health(1)
    bench.pairs(1)
    assert (bench.session_health(1), bench.proxy_health(1)) == health
    assert await bench.use(GOOD, GOOD) == [1, 2]
    assert not await bench.is_ready()


# -- snapshots -----------------------------------------------------------------------


async def test_what_moved_is_handed_out_once_as_it_is_now() -> None:
    bench = Bench().pairs(1, 2, 3)
    assert not bench.pool.changed()
    await bench.use(GOOD, LIMITED, needs=Needs(exclude=frozenset({3})))
    changes = bench.pool.changed()
    assert {session.id: session.health.state for session in changes.sessions} == {
        1: SessionState.VALID,
        2: SessionState.RESTING,
    }
    assert {proxy.id: proxy.health.requests for proxy in changes.proxies} == {1: 1, 2: 1}
    assert not bench.pool.changed()


async def test_a_lease_that_sent_nothing_moved_nothing() -> None:
    bench = Bench().pairs(1)
    await (await bench.take()).unused()
    assert not bench.pool.changed()


async def test_the_end_of_a_rest_is_news_too() -> None:
    bench = Bench().pairs(1)
    await bench.use(LIMITED)
    bench.pool.changed()
    await bench.clock.advance(1013)
    (session,) = bench.pool.changed().sessions
    assert (session.health.state, session.health.until) == (SessionState.VALID, None)


async def test_what_did_not_reach_storage_is_handed_out_again_as_it_is_then() -> None:
    bench = Bench().pairs(1)
    await bench.use(GOOD)
    lost = bench.pool.changed()
    await bench.use(GOOD)
    bench.pool.not_stored(lost)
    changes = bench.pool.changed()
    assert [session.health.requests for session in changes.sessions] == [2]
    bench.pool.drop_session(1)
    bench.pool.not_stored(changes)
    assert not bench.pool.changed().sessions


async def test_a_renewed_login_is_used_from_then_on_and_handed_out_for_storage() -> None:
    bench = Bench().pairs(1)
    renewed = Login({"sessionid": Secret("fresh")}, "agent")
    async with bench.pool.lease() as lease:
        lease.report(GOOD)
        lease.renew(renewed)
        assert lease.login is renewed
    async with bench.pool.lease() as lease:
        assert lease.login is renewed
    (snapshot,) = bench.pool.changed().sessions
    assert snapshot.login is renewed
    assert "fresh" not in repr(snapshot)


async def test_logins_and_passwords_show_nowhere() -> None:
    bench = Bench().pairs(1)
    taken = await bench.take()
    shown = f"{bench.pool!r} {taken.lease!r} {bench.pool.changed()!r} {taken.lease.login!r} {taken.lease.address!r}"
    assert "s1" not in shown


# -- a new start -----------------------------------------------------------------------


def restarted(bench: Bench, *, away: float = 0.0) -> Bench:
    """Another pool with the same routes, as stored by the first one, *away* seconds later."""
    changes = bench.pool.changed()
    clock = FakeClock(bench.clock.now() + timedelta(seconds=away))
    clock._elapsed = 12_345.5
    clock._start -= timedelta(seconds=12_345.5)
    again = Bench(bench.pool.limits, clock=clock)
    for proxy in changes.proxies:
        again.proxy(proxy.id, health=load_proxy_health(dump(proxy.health)))
    for session in changes.sessions:
        again.session(session.id, session.id, health=load_session_health(dump(session.health)))
    return again


async def test_health_is_after_a_restart_as_it_was_before() -> None:
    bench = Bench().pairs(1, 2, 3)
    await bench.use(GOOD, LIMITED, CHALLENGE)
    again = restarted(bench)
    for each in (1, 2, 3):
        assert again.session_health(each) == bench.session_health(each)
        assert again.proxy_health(each) == bench.proxy_health(each)
    assert repr(again.pool) == repr(bench.pool)


@pytest.mark.parametrize("away", [0.0, 100.0, 5000.0])
async def test_a_cool_down_goes_on_by_the_wall_clock(away: float) -> None:
    bench = Bench().pairs(1)
    await bench.use(LIMITED)
    again = restarted(bench, away=away)
    assert await until_ready(again, PATIENT) == max(0.0, 1012.5 - away)
    assert again.session_health(1).state is SessionState.VALID


async def test_a_quarantine_goes_on_and_ends_with_one_probe() -> None:
    bench = Bench().pairs(1)
    await bench.use(PROXY_DOWN, PROXY_DOWN, PROXY_DOWN)
    again = restarted(bench, away=50)
    again.session(2, 1)
    assert await until_ready(again, PATIENT) == 100
    probe = await again.take()
    assert not await again.is_ready()
    await probe.back(PROXY_DOWN)
    assert await until_ready(again, PATIENT) == 300


async def test_the_order_of_use_outlives_a_restart() -> None:
    bench = Bench().pairs(1, 2, 3)
    for each in (2, 3, 1):
        await bench.use(GOOD, needs=Needs(only=each))
        await bench.clock.advance(1)
    assert await restarted(bench).use(GOOD, GOOD, GOOD) == [2, 3, 1]


async def test_a_gap_outlives_a_restart() -> None:
    bench = Bench(replace(FREE, route_gap_seconds=20.0)).pairs(1)
    await bench.use(GOOD)
    # Late by what stored moments are rounded by, never early.
    assert 15 <= await until_ready(restarted(bench, away=5), PATIENT) < 15.00001


async def test_a_moment_of_use_in_the_future_makes_no_gap_longer_than_a_gap() -> None:
    bench = Bench(replace(FREE, route_gap_seconds=20.0))
    bench.proxy(1)
    bench.session(1, 1, health=SessionHealth(last_used_at=bench.clock.now() + timedelta(hours=5)))
    assert await until_ready(bench) == 20


async def test_a_rest_that_ended_while_we_were_away_is_over() -> None:
    bench = Bench()
    over = bench.clock.now() - timedelta(minutes=1)
    bench.proxy(1, health=ProxyHealth(state=ProxyState.COOLING, until=over))
    bench.session(1, 1, health=SessionHealth(state=SessionState.RESTING, until=over))
    assert bench.proxy_health(1).state is ProxyState.READY
    assert bench.session_health(1).state is SessionState.VALID


# -- size --------------------------------------------------------------------------------


async def test_ten_thousand_routes_take_less_than_fifty_megabytes_with_full_hourly_windows() -> None:
    gc.collect()
    tracemalloc.start()
    bench = Bench(Limits(per_route_hour=None, per_route_day=None, per_proxy_hour=None, per_proxy_day=None))
    bench.pool.set_limits(Limits())
    bench.pairs(*range(10_000))
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size < 50e6
    assert bench.pool.sessions_usable() == 10_000
    await settle(1)
