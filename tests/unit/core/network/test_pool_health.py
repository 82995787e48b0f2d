"""What becomes of routes that fail: who rests, how long, and how each comes back by itself."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from core.clock import settle
from core.domain.health import ProxyState, Report, SessionState
from core.domain.verdict import Act, Blame, Consequence, Reason
from core.network.pool import Needs
from core.sources.base import Reading
from tests.unit.core.network.pools import (
    CHALLENGE,
    FREE,
    GOOD,
    LIMITED,
    PROXY_DOWN,
    UNCLEAR,
    WALL,
    Bench,
    until_ready,
)

PATIENT = Needs(wait=1e6)


def bench_of_one_proxy(sessions: int = 4, *, rest_scale: float = 1.0) -> Bench:
    bench = Bench(replace(FREE, rest_scale=rest_scale))
    bench.proxy(1)
    for session in range(1, sessions + 1):
        bench.session(session, 1)
    return bench


# -- proxies ----------------------------------------------------------------------


async def test_three_own_failures_in_a_row_take_all_of_a_proxys_sessions_away() -> None:
    bench = bench_of_one_proxy()
    await bench.use(PROXY_DOWN, PROXY_DOWN, PROXY_DOWN)
    assert repr(bench.pool) == "<Pool 0 ready, 0 cooling, 4 quarantined | 0 leased>"
    assert bench.proxy_health(1).until == bench.clock.now() + timedelta(seconds=150)


async def test_a_quarantined_proxy_comes_back_with_one_probe_that_succeeds() -> None:
    bench = bench_of_one_proxy()
    await bench.use(PROXY_DOWN, PROXY_DOWN, PROXY_DOWN)
    assert await until_ready(bench, PATIENT) == 150
    probe = await bench.take()
    assert not await bench.is_ready()
    assert bench.proxy_health(1).state is ProxyState.QUARANTINED
    await probe.back(GOOD)
    assert bench.proxy_health(1).state is ProxyState.READY
    assert [(await bench.take()).session for _ in range(4)]


async def test_a_probe_that_fails_lengthens_the_quarantine_up_to_an_hour() -> None:
    bench = bench_of_one_proxy()
    await bench.use(PROXY_DOWN, PROXY_DOWN, PROXY_DOWN)
    rests = []
    for _ in range(6):
        rests.append(await until_ready(bench, PATIENT))
        await bench.use(PROXY_DOWN)
    assert rests == [150, 300, 600, 1200, 1800, 1800]


async def test_a_probe_that_is_cancelled_leaves_the_next_one_to_try() -> None:
    bench = bench_of_one_proxy()
    await bench.use(PROXY_DOWN, PROXY_DOWN, PROXY_DOWN)
    await bench.clock.advance(150)
    probe = await bench.take()
    probe.lease.hold_tongue()
    await probe.back()
    assert bench.proxy_health(1).state is ProxyState.QUARANTINED
    await bench.use(GOOD)
    assert bench.proxy_health(1).state is ProxyState.READY


async def test_answers_that_were_under_way_when_the_quarantine_began_are_no_probes() -> None:
    bench = bench_of_one_proxy()
    under_way = await bench.take()
    await bench.use(PROXY_DOWN, PROXY_DOWN, PROXY_DOWN)
    until = bench.proxy_health(1).until
    await under_way.back(GOOD)
    assert (bench.proxy_health(1).state, bench.proxy_health(1).until) == (ProxyState.QUARANTINED, until)


async def test_a_straggler_that_ends_during_the_probe_decides_nothing() -> None:
    bench = bench_of_one_proxy()
    bench.pool.set_limits(replace(FREE, rest_scale=0.1))
    straggler = await bench.take()
    await bench.use(PROXY_DOWN, PROXY_DOWN, PROXY_DOWN)
    await bench.clock.advance(15)
    assert not await bench.is_ready(), "the straggler still takes the one place"
    await straggler.back(PROXY_DOWN)
    assert bench.proxy_health(1).quarantines == 1
    await bench.use(GOOD)
    assert bench.proxy_health(1).state is ProxyState.READY


async def test_failures_over_other_proxies_do_not_add_up() -> None:
    bench = Bench().pairs(1, 2)
    await bench.use(PROXY_DOWN, PROXY_DOWN, PROXY_DOWN, PROXY_DOWN)
    assert repr(bench.pool) == "<Pool 2 ready, 0 cooling, 0 quarantined | 0 leased>"


async def test_how_many_failures_quarantine_is_a_limit_that_applies_at_once() -> None:
    bench = bench_of_one_proxy()
    await bench.use(PROXY_DOWN)
    bench.pool.set_limits(replace(FREE, proxy_failures=2))
    await bench.use(PROXY_DOWN)
    assert bench.proxy_health(1).state is ProxyState.QUARANTINED


async def test_a_held_proxy_rests_and_is_ready_again_by_itself() -> None:
    bench = bench_of_one_proxy(rest_scale=0.5)
    block = Report(False, Reason.IP_BLOCK, Blame.PROXY, Consequence(Act.PROXY_HOLD, 600))
    await bench.use(block)
    assert repr(bench.pool) == "<Pool 0 ready, 4 cooling, 0 quarantined | 0 leased>"
    assert await until_ready(bench, PATIENT) == 300
    assert bench.proxy_health(1).state is ProxyState.READY
    assert [(await bench.take()).session for _ in range(4)]


async def test_a_session_whose_proxy_is_away_rests_and_does_not_wander() -> None:
    bench = Bench().pairs(1, 2)
    first = Needs(only=1)
    await bench.use(PROXY_DOWN, PROXY_DOWN, PROXY_DOWN, needs=first)
    assert await bench.use(GOOD, GOOD) == [2, 2]
    assert not await bench.is_ready(first)


# -- sessions ----------------------------------------------------------------------


async def test_a_429_cools_the_one_route_and_leaves_the_proxy_to_the_others() -> None:
    bench = bench_of_one_proxy(2)
    await bench.use(LIMITED)
    assert repr(bench.pool) == "<Pool 1 ready, 1 cooling, 0 quarantined | 0 leased>"
    assert await bench.use(GOOD, GOOD) == [2, 2]


async def test_cool_downs_climb_their_ladder_and_a_good_answer_takes_them_down() -> None:
    bench = bench_of_one_proxy(1)
    rests = []
    for report in (LIMITED, LIMITED, LIMITED, GOOD, LIMITED):
        await bench.use(report)
        rests.append(await until_ready(bench, PATIENT))
    assert rests == [1012.5, 2025.0, 4050.0, 0, 1012.5]


async def test_a_retry_after_holds_to_the_second_in_the_sandbox_too() -> None:
    bench = bench_of_one_proxy(1, rest_scale=0.002)
    await bench.use(Report(False, Reason.RATE_LIMITED, Blame.ROUTE, Consequence(Act.COOL, 37, told=True)))
    assert await until_ready(bench) == 37


async def test_rests_of_ours_follow_the_scale() -> None:
    bench = bench_of_one_proxy(1, rest_scale=0.002)
    await bench.use(LIMITED)
    assert await until_ready(bench) == pytest.approx(900 * 1.125 * 0.002, abs=1e-5)


async def test_what_cannot_be_told_apart_rests_the_route_shortly() -> None:
    bench = bench_of_one_proxy(2)
    await bench.use(UNCLEAR)
    assert bench.session_health(1).state is SessionState.RESTING
    assert await bench.use(GOOD) == [2]
    assert await until_ready(bench, Needs(only=1)) == 30
    assert bench.session_health(1).state is SessionState.VALID


async def test_a_challenge_freezes_the_session_until_a_person_puts_it_in_again() -> None:
    bench = bench_of_one_proxy(1)
    await bench.use(CHALLENGE)
    frozen = bench.session_health(1)
    assert frozen.state is SessionState.CHECKPOINT
    await bench.clock.advance(30 * 86_400)
    assert not await bench.is_ready()
    bench.session(1, 1)
    assert not await bench.is_ready(), "a change of something else is no word about its health"
    bench.session(1, 1, health=replace(frozen, state=SessionState.VALID))
    assert await bench.use(GOOD) == [1]


async def test_a_suspected_session_is_tried_once_more_and_then_frozen() -> None:
    bench = bench_of_one_proxy(1)
    await bench.use(WALL)
    assert bench.session_health(1).state is SessionState.SUSPECTED
    assert await until_ready(bench, PATIENT) == 300
    await bench.use(WALL)
    assert bench.session_health(1).state is SessionState.CHECKPOINT
    assert bench.pool.sessions_usable() == 0


async def test_a_suspected_session_that_does_well_is_valid_again() -> None:
    bench = bench_of_one_proxy(1)
    await bench.use(WALL)
    await bench.clock.advance(300)
    await bench.use(GOOD)
    assert bench.session_health(1).state is SessionState.VALID


async def test_three_blank_answers_in_a_row_hold_a_session_for_an_hour() -> None:
    bench = bench_of_one_proxy(1)
    for _ in range(3):
        taken = await bench.take()
        taken.lease.report_unproven()
        await taken.back(GOOD)
    assert bench.session_health(1).state is SessionState.SUSPECTED
    assert await until_ready(bench, PATIENT) == 3600
    taken = await bench.take()
    taken.lease.report_proven()
    await taken.back(GOOD)
    assert bench.session_health(1).state is SessionState.VALID


async def test_a_proven_answer_between_blank_ones_starts_the_count_again() -> None:
    bench = bench_of_one_proxy(1)
    for proven in (False, False, True, False, False):
        taken = await bench.take()
        (taken.lease.report_proven if proven else taken.lease.report_unproven)()
        await taken.back(GOOD)
    assert bench.session_health(1).state is SessionState.VALID


async def test_a_session_that_is_surely_blind_is_held_at_once() -> None:
    bench = bench_of_one_proxy(1)
    taken = await bench.take()
    taken.lease.report_blind()
    await taken.back(GOOD)
    assert bench.session_health(1).state is SessionState.SUSPECTED


# -- readings ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reading", "session_counts", "proxy_counts"),
    [
        (Reading(Reason.OK), (1, 0), (1, 0)),
        (Reading(Reason.NOT_FOUND, Blame.PROFILE, missing=True), (1, 0), (1, 0)),
        (Reading(Reason.SESSION_EXPIRED, Blame.SESSION), (0, 1), (1, 0)),
        (Reading(Reason.BAD_JSON, Blame.PROXY), (0, 0), (0, 1)),
        (Reading(Reason.SERVER_ERROR, Blame.PLATFORM), (0, 0), (0, 0)),
        (Reading(Reason.TOO_MANY_IDS, Blame.NOBODY), (0, 0), (0, 0)),
        (Reading(Reason.RATE_LIMITED, Blame.ROUTE), (0, 0), (0, 0)),
    ],
    ids=lambda value: value.reason.value if isinstance(value, Reading) else None,
)
async def test_a_reading_counts_for_or_against_whom_it_blames(
    reading: Reading, session_counts: tuple[int, int], proxy_counts: tuple[int, int]
) -> None:
    bench = bench_of_one_proxy(1)
    async with bench.pool.lease() as lease:
        lease.report(reading)
    session, proxy = bench.session_health(1), bench.proxy_health(1)
    assert (session.successes, session.failures) == session_counts
    assert (proxy.successes, proxy.failures) == proxy_counts
    assert session.requests == proxy.requests == 1


async def test_the_last_word_about_an_exchange_counts() -> None:
    bench = bench_of_one_proxy(1)
    async with bench.pool.lease() as lease:
        lease.report(CHALLENGE)
        lease.report(GOOD)
    assert (bench.session_health(1).successes, bench.session_health(1).failures) == (1, 0)


# -- the log ---------------------------------------------------------------------------


async def test_each_change_of_state_is_logged_once_each_way(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "core.network.roster")
    bench = bench_of_one_proxy(1)
    await bench.use(UNCLEAR)
    await until_ready(bench, PATIENT)
    await bench.use(GOOD, PROXY_DOWN, PROXY_DOWN, PROXY_DOWN)
    await until_ready(bench, PATIENT)
    await bench.use(PROXY_DOWN)
    await until_ready(bench, PATIENT)
    await bench.use(GOOD)
    await settle()
    said = [(record.getMessage(), vars(record)["from"], vars(record)["to"]) for record in caplog.records]
    assert said == [
        ("session changed state", "valid", "resting"),
        ("session changed state", "resting", "valid"),
        ("proxy changed state", "ready", "quarantined"),
        ("proxy changed state", "quarantined", "ready"),
    ]
