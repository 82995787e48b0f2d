"""The pool while the platform refuses everybody, and whose health pays when a blame is settled."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from core.clock import settle
from core.domain.breaker import Pause
from core.domain.health import ProxyState, SessionState
from core.domain.transition import Kind
from core.domain.verdict import Act, Blame, Consequence, Reason
from core.network.pool import Needs, NoRouteAvailable, Report
from tests.unit.core.network.pools import CHALLENGE, FREE, GOOD, LIMITED, PROXY_DOWN, UNCLEAR, Bench, Taken

CHANGED = Report(ok=False, reason=Reason.WRONG_SHAPE, blame=Blame.PLATFORM)
LOGIN = Report(ok=False, reason=Reason.LOGIN_REQUIRED, blame=Blame.SESSION, consequence=Consequence(Act.SUSPECT, 300))
BROKEN = Report(ok=False, reason=Reason.SERVER_ERROR, blame=Blame.PLATFORM, consequence=Consequence(Act.COOL, 30))
LOOK_UP = Needs(look_up=True)


def only(session: int) -> Needs:
    return Needs(only=session)


async def broken(report: Report = CHANGED, *, needs: Needs | None = None, sessions: int = 5) -> Bench:
    """A pool of as many routes, three of which have just met what the platform answers everybody."""
    bench = Bench().pairs(*range(1, sessions + 1))
    taken = [await bench.take(needs or Needs()) for _ in range(3)]
    for each in taken:
        await each.back(report)
    return bench


async def refused(bench: Bench, needs: Needs | None = None) -> NoRouteAvailable:
    task = bench.ask(needs or Needs())
    await settle()
    assert task.done(), "it waits"
    error = task.exception()
    assert isinstance(error, NoRouteAvailable)
    return error


async def waits(bench: Bench, needs: Needs | None = None) -> asyncio.Task[Taken]:
    task = bench.ask(needs or Needs())
    await settle()
    assert not task.done()
    return task


# -- the breaker ----------------------------------------------------------------------


async def test_while_the_platform_refuses_everybody_nothing_is_lent_and_the_pool_says_until_when() -> None:
    bench = await broken()
    assert (await refused(bench)).retry_at == bench.clock.now() + timedelta(seconds=30)
    assert (await refused(bench, LOOK_UP)).retry_at == bench.clock.now() + timedelta(seconds=30)
    until = bench.clock.now() + timedelta(seconds=30)
    assert repr(bench.pool).endswith(f"| the platform refuses everybody (wrong_shape) until {until:%H:%M:%S}>")
    assert bench.pool.outlook().ready_at == until
    assert bench.pool.is_paused(look_up=False)
    assert bench.pool.is_paused(look_up=True)


async def test_whoever_waits_in_line_is_told_when_it_opens() -> None:
    bench = Bench(replace(FREE, per_proxy_parallel=1)).pairs(1, 2, 3)
    taken = [await bench.take() for _ in range(3)]
    waiting = await waits(bench)
    for each in taken[:2]:
        bench.pool.set_limits(replace(FREE, per_proxy_parallel=1, global_per_minute=3))
        await each.back(CHANGED)
    assert not waiting.done()
    await taken[2].back(CHANGED)
    await settle()
    assert isinstance(waiting.exception(), NoRouteAvailable)


async def test_one_probe_leaves_and_the_others_wait_for_what_it_brings() -> None:
    bench = await broken()
    await bench.clock.advance(30)
    probe = await bench.take()
    waiting = [await waits(bench) for _ in range(2)]
    await probe.back(GOOD)
    await settle()
    assert all(task.done() for task in waiting)
    assert len({task.result().session for task in waiting}) == 2
    assert repr(bench.pool) == "<Pool 3 ready, 0 cooling, 0 quarantined | 2 leased>"


async def test_a_probe_that_fails_sends_everybody_away_for_twice_as_long() -> None:
    bench = await broken()
    await bench.clock.advance(30)
    probe = await bench.take()
    waiting = await waits(bench)
    await probe.back(CHANGED)
    await settle()
    assert isinstance(waiting.exception(), NoRouteAvailable)
    assert (await refused(bench)).retry_at == bench.clock.now() + timedelta(seconds=60)


async def test_while_it_is_open_one_exchange_leaves_for_each_probe() -> None:
    bench = await broken()
    left = 0
    for _ in range(int(2 * 3600 / 5)):
        await bench.clock.advance(5)
        task = bench.ask(Needs(wait=0))
        await settle()
        if task.exception() is None:
            left += 1
            await task.result().back(CHANGED)
    assert left == 8, "after 30 s, 1, 2, 4, 8, 16, 30 and 30 minutes"


async def test_a_probe_that_is_cancelled_leaves_its_place_to_whoever_waits() -> None:
    bench = await broken()
    await bench.clock.advance(30)
    probe = await bench.take()
    waiting = await waits(bench)
    await probe.unused()
    await settle()
    assert waiting.done()
    probe = waiting.result()
    waiting = await waits(bench)
    probe.lease.hold_tongue()
    await probe.back()
    await settle()
    assert waiting.done()


async def test_a_probe_that_its_proxy_lost_says_nothing_of_the_platform() -> None:
    bench = await broken()
    await bench.clock.advance(30)
    await (await bench.take()).back(PROXY_DOWN)
    assert (await refused(bench)).retry_at == bench.clock.now() + timedelta(seconds=30)


async def test_look_ups_that_are_refused_leave_stories_alone() -> None:
    bench = await broken(needs=LOOK_UP)
    await refused(bench, LOOK_UP)
    assert not bench.pool.is_paused(look_up=False)
    assert await bench.use(GOOD)
    assert not bench.pool.look_up_ready()
    assert "the platform refuses look-ups (wrong_shape)" in repr(bench.pool)


async def test_a_look_up_that_goes_well_is_followed_by_a_probe_for_stories() -> None:
    bench = await broken()
    await bench.clock.advance(30)
    probe = await bench.take(LOOK_UP)
    stories, look_up = await waits(bench), await waits(bench, LOOK_UP)
    await probe.back(GOOD)
    await settle()
    assert stories.done()
    assert look_up.done(), "look-ups go on"
    waiting = await waits(bench)
    await stories.result().back(GOOD)
    await settle()
    assert waiting.done()


async def test_pauses_follow_the_scale_of_rests() -> None:
    bench = Bench(replace(FREE, rest_scale=0.01)).pairs(1, 2, 3)
    await bench.use(CHANGED, CHANGED, CHANGED)
    assert (await refused(bench)).retry_at == bench.clock.now() + timedelta(seconds=0.3)


async def test_a_breaker_that_another_holder_left_open_accuses_no_session_of_what_everybody_gets() -> None:
    bench = Bench().pairs(1, 2)
    bench.pool.hearing.resume(Pause(Reason.LOGIN_REQUIRED, False, 2, bench.clock.monotonic() + 100))
    assert (await refused(bench)).retry_at == bench.clock.now() + timedelta(seconds=100)
    for _ in range(3):
        await bench.clock.advance(1800)
        await bench.use(LOGIN)
    assert {bench.session_health(each).state for each in (1, 2)} == {SessionState.VALID}
    await bench.clock.advance(1800)
    await bench.use(GOOD)
    assert not bench.pool.is_paused(look_up=False)


async def test_its_changes_are_told_once_each_way_and_failed_probes_as_well(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, "core.network.hearing")
    bench = await broken()
    for report in (CHANGED, GOOD):
        await bench.clock.advance(60)
        await bench.use(report)
    told = [each for each in bench.pool.changed().transitions if each.kind is Kind.BREAKER]
    assert [(each.before, each.after, each.reason) for each in told] == [
        ("closed", "open", "wrong_shape"),
        ("open", "open", "wrong_shape"),
        ("open", "closed", "recovered"),
    ]
    assert {each.subject for each in told} == {"platform"}
    assert [each.until is None for each in told] == [False, False, True]
    assert len(caplog.records) == 2


# -- who pays ----------------------------------------------------------------------------


async def test_a_429_before_a_good_exchange_is_the_sessions_and_counts_once() -> None:
    bench = Bench()
    bench.proxy(1)
    bench.session(1, 1)
    bench.session(2, 1)
    await bench.use(LIMITED, needs=only(1))
    await bench.use(GOOD, GOOD, needs=only(2))
    session = bench.session_health(1)
    assert (session.requests, session.failures, session.judged) == (1, 1, 1)
    assert (session.consecutive_failures, session.last_error) == (1, "rate_limited")
    assert bench.proxy_health(1).failures == 0


async def test_what_broke_before_a_good_exchange_counts_against_nobody() -> None:
    bench = Bench().pairs(1)
    await bench.use(UNCLEAR)
    await bench.clock.advance(30)
    await bench.use(GOOD)
    assert (bench.session_health(1).failures, bench.proxy_health(1).failures) == (0, 0)


async def test_a_proxy_that_breaks_on_while_others_do_well_is_quarantined_for_all_of_it() -> None:
    bench = Bench().pairs(1, 2)
    for _ in range(3):
        await bench.use(UNCLEAR, needs=only(1))
        await bench.use(GOOD, needs=only(2))
        await bench.clock.advance(30)
    proxy = bench.proxy_health(1)
    assert (proxy.requests, proxy.failures, proxy.state) == (3, 3, ProxyState.QUARANTINED)
    assert bench.session_health(1).failures == 0


async def test_a_probe_that_breaks_lengthens_the_quarantine() -> None:
    bench = Bench().pairs(1, 2)
    await bench.use(PROXY_DOWN, PROXY_DOWN, PROXY_DOWN, needs=only(1))
    await bench.clock.advance(150)
    await bench.use(UNCLEAR, needs=only(1))
    assert bench.proxy_health(1).quarantines == 2


async def test_a_session_for_which_alone_the_platform_breaks_down_cools_like_one_that_is_blocked() -> None:
    bench = Bench().pairs(1, 2)
    for _ in range(3):
        taken = await bench.take(only(1))
        taken.lease.elapsed_ms = 100.0
        await taken.back(BROKEN)
        await bench.use(GOOD, needs=only(2))
        await bench.clock.advance(30)
    session = bench.session_health(1)
    assert session.failures == 1
    assert session.until == bench.clock.now() + timedelta(minutes=30, seconds=-30)


async def test_no_session_is_held_or_frozen_for_a_sign_that_everybody_sees() -> None:
    bench = await broken(LOGIN)
    for session in (1, 2, 3):
        health = bench.session_health(session)
        assert (health.state, health.until, health.accused) == (SessionState.VALID, None, False)
        assert (health.failures, health.consecutive_failures, health.judged) == (0, 0, 0)
    assert bench.pool.sessions_usable() == 5


async def test_a_rest_that_ran_before_the_sign_goes_on() -> None:
    bench = Bench().pairs(1, 2, 3, 4)
    taken = [await bench.take() for _ in range(3)]
    for each in taken:
        await each.back(LOGIN)
    assert bench.session_health(1).state is SessionState.VALID
    await bench.clock.advance(30)
    probe = await bench.take(only(1))
    await probe.back(Report(False, Reason.RATE_LIMITED, Blame.ROUTE, Consequence(Act.COOL, 7, told=True)))
    assert bench.session_health(1).until == bench.clock.now() + timedelta(seconds=7)


async def test_a_challenge_freezes_whoever_gets_it_even_when_everybody_does() -> None:
    bench = await broken(CHALLENGE)
    frozen = [bench.session_health(session).state for session in (1, 2, 3)]
    assert frozen == [SessionState.CHECKPOINT] * 3
    assert bench.pool.sessions_usable() == 2
    await refused(bench)


async def test_proxies_are_acquitted_of_answers_that_everybody_gets() -> None:
    empty = Report(False, Reason.EMPTY_BODY, Blame.PROXY, Consequence(Act.PROXY_FAILED))
    bench = Bench().pairs(1, 2, 3)
    taken = [await bench.take() for _ in range(3)]
    for each in taken:
        each.lease.elapsed_ms = 100.0
        await each.back(empty)
    healths = [bench.proxy_health(proxy) for proxy in (1, 2, 3)]
    assert [(health.failures, health.consecutive_failures, health.judged) for health in healths] == [(0, 0, 0)] * 3


async def test_a_dropped_session_or_proxy_pays_no_more() -> None:
    bench = Bench()
    bench.proxy(1)
    bench.session(1, 1)
    bench.session(2, 1)
    await bench.use(LIMITED, needs=only(1))
    bench.pool.drop_session(1)
    assert await bench.use(GOOD) == [2]
