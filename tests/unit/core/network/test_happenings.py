"""What the pool tells of what happened: changes of state in order, and exchanges by the hour."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from core.domain.health import ProxyHealth, ProxyState, Report, SessionHealth, SessionState
from core.domain.transition import Kind, Transition
from core.domain.verdict import Blame, Reason
from core.network.pool import Needs
from core.network.roster import Roster
from tests.unit.core.network.pools import CHALLENGE, FREE, GOOD, LIMITED, PROXY_DOWN, WALL, Bench, until_ready

PATIENT = Needs(wait=1e6)


def told(bench: Bench, kind: Kind | None = None) -> list[tuple[str, str, str]]:
    """From, to and why of what happened since the last call."""
    changes = bench.pool.changed().transitions
    return [(each.before, each.after, each.reason) for each in changes if kind in (None, each.kind)]


def one_pair() -> Bench:
    return Bench(replace(FREE, rest_scale=1.0)).pairs(1)


# -- changes of state -----------------------------------------------------------------


async def test_a_proxy_is_told_from_its_quarantine_to_its_return() -> None:
    bench = one_pair()
    await bench.use(PROXY_DOWN, PROXY_DOWN, PROXY_DOWN)
    (change,) = [each for each in bench.pool.changed().transitions if each.kind is Kind.PROXY]
    until = bench.clock.now() + timedelta(seconds=150)
    assert change == Transition(bench.clock.now(), Kind.PROXY, 1, "ready", "quarantined", "proxy_error", until)
    await until_ready(bench, PATIENT)
    await bench.use(PROXY_DOWN)
    assert told(bench, Kind.PROXY) == [("quarantined", "quarantined", "proxy_error")]
    await until_ready(bench, PATIENT)
    await bench.use(GOOD)
    assert told(bench, Kind.PROXY) == [("quarantined", "ready", "recovered")]


async def test_the_end_of_a_rest_is_told_with_its_own_moment_however_late_somebody_looks() -> None:
    bench = one_pair()
    await bench.use(LIMITED)
    (cooled,) = bench.pool.changed().transitions
    assert (cooled.kind, cooled.before, cooled.after, cooled.reason) == (
        Kind.SESSION,
        "valid",
        "resting",
        "rate_limited",
    )
    await bench.clock.advance(6 * 3600)
    (rested,) = bench.pool.changed().transitions
    assert (rested.before, rested.after, rested.reason, rested.until) == ("resting", "valid", "rested", None)
    assert rested.at == cooled.until


async def test_a_session_is_told_when_it_is_suspected_and_when_it_freezes() -> None:
    bench = one_pair()
    await bench.use(WALL)
    assert told(bench) == [("valid", "suspected", "html_wall")]
    await until_ready(bench, PATIENT)
    await bench.use(WALL)
    assert told(bench) == [("suspected", "checkpoint", "html_wall")]


async def test_a_session_that_sees_nobody_is_told_with_that_reason() -> None:
    bench = one_pair()
    taken = await bench.take()
    taken.lease.report(GOOD)
    taken.lease.report_blind()
    await taken.back()
    assert told(bench) == [("valid", "suspected", "batch_unproven")]


async def test_what_did_not_reach_storage_comes_again_before_what_came_since() -> None:
    bench = Bench(FREE).pairs(1, 2)
    await bench.use(CHALLENGE, needs=Needs(only=1))
    lost = bench.pool.changed()
    await bench.use(CHALLENGE, needs=Needs(only=2))
    bench.pool.not_stored(lost)
    assert [each.subject_id for each in bench.pool.changed().transitions] == [1, 2]
    assert bench.pool.changed().transitions == ()


async def test_health_alone_is_handed_out_again_without_what_was_stored() -> None:
    bench = one_pair()
    await bench.use(CHALLENGE)
    stored = bench.pool.changed()
    bench.pool.not_stored(stored.health_alone)
    again = bench.pool.changed()
    assert ([each.id for each in again.sessions], again.transitions, again.hourly) == ([1], (), ())


async def test_a_good_exchange_tells_nothing_and_neither_does_a_cancelled_one() -> None:
    bench = one_pair()
    await bench.use(GOOD)
    taken = await bench.take()
    taken.lease.report(CHALLENGE)
    taken.lease.hold_tongue()
    await taken.back()
    assert told(bench) == []


async def test_a_rest_that_ended_while_nobody_had_the_engine_is_told_at_the_start_and_once() -> None:
    bench = Bench()
    ended = bench.clock.now() - timedelta(minutes=5)
    cooled, rested = ProxyHealth(state=ProxyState.COOLING, until=ended), SessionHealth(until=ended)
    bench.proxy(1, health=cooled)
    bench.session(1, 1, health=replace(rested, state=SessionState.RESTING))
    changes = bench.pool.changed()
    assert [(each.kind, each.at, each.reason) for each in changes.transitions] == [
        (Kind.PROXY, ended, "rested"),
        (Kind.SESSION, ended, "rested"),
    ]
    # The new state is stored too, or the next start would tell it again.
    assert [each.health.state for each in changes.proxies] == [ProxyState.READY]
    assert [each.health.state for each in changes.sessions] == [SessionState.VALID]


async def test_what_a_person_stored_is_not_told_again_by_the_engine() -> None:
    bench = one_pair()
    await bench.use(CHALLENGE)
    bench.pool.changed()
    bench.session(1, 1, health=SessionHealth())
    assert told(bench) == []


async def test_a_session_that_was_dropped_is_told_of_no_more() -> None:
    bench = one_pair()
    taken = await bench.take()
    bench.pool.drop_session(1)
    await taken.back(CHALLENGE)
    assert told(bench, Kind.SESSION) == []


# -- exchanges by the hour -------------------------------------------------------------


async def exchange(bench: Bench, elapsed_ms: float | None, report: Report = GOOD) -> None:
    taken = await bench.take()
    taken.lease.elapsed_ms = elapsed_ms
    await taken.back(report)


async def test_exchanges_are_counted_by_hour_proxy_reason_and_blame_with_their_times() -> None:
    bench = one_pair()
    start = bench.clock.now()
    for elapsed in (80.0, 90.0, 700.0):
        await exchange(bench, elapsed)
    await exchange(bench, None, PROXY_DOWN)
    good, bad = bench.pool.changed().hourly
    assert (good.hour, good.proxy_id, good.reason, good.blame, good.count) == (start, 1, "ok", "nobody", 3)
    assert good.times == (2, 0, 0, 1, 0, 0, 0, 0)
    assert (bad.reason, bad.blame, bad.count, sum(bad.times)) == ("proxy_error", "proxy", 1, 0)
    assert bench.pool.changed().hourly == ()


async def test_an_exchange_after_the_full_hour_counts_for_the_new_one() -> None:
    bench = one_pair()
    start = bench.clock.now()
    await exchange(bench, 80.0)
    await bench.clock.advance(3600)
    await exchange(bench, 80.0)
    assert [each.hour for each in bench.pool.changed().hourly] == [start, start + timedelta(hours=1)]


async def test_a_profile_that_is_not_there_is_no_fault_of_the_route_and_has_its_own_reason() -> None:
    bench = one_pair()
    await exchange(bench, 80.0, Report(ok=True, reason=Reason.NOT_FOUND, blame=Blame.PROFILE))
    (count,) = bench.pool.changed().hourly
    assert (count.reason, count.blame, count.count) == ("not_found", "profile", 1)


async def test_figures_that_did_not_reach_storage_come_again_and_nothing_twice() -> None:
    bench = one_pair()
    await exchange(bench, 80.0)
    bench.pool.not_stored(bench.pool.changed())
    await exchange(bench, 80.0)
    assert sum(each.count for each in bench.pool.changed().hourly) == 2
    assert bench.pool.changed().hourly == ()


async def test_a_blame_that_is_settled_later_moves_the_count_in_the_hour_of_its_exchange() -> None:
    bench = one_pair()
    failed_at = bench.clock.now()
    await bench.use(LIMITED)
    await bench.clock.advance(3600)
    await bench.use(GOOD)
    hours: Counter[tuple[object, str]] = Counter()
    for each in bench.pool.changed().hourly:
        hours[each.hour, each.blame] += each.count
    assert hours == {(failed_at, "route"): 0, (failed_at, "session"): 1, (bench.clock.now(), "nobody"): 1}


def test_the_breaker_can_be_told_through_the_same_chronicle() -> None:
    bench = one_pair()
    roster: Roster = bench.pool._roster
    change = Transition(bench.clock.now(), Kind.BREAKER, None, "closed", "open", "server_error", None, "platform")
    roster.chronicle.add(change)
    assert bench.pool.changed().transitions == (change,)
