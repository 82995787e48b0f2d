"""What a blame that is settled later does to the health of whom it meets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from core.domain.amends import acquitted, charged, proxy_charged, suspicion_lifted
from core.domain.health import ProxyHealth, ProxyState, SessionHealth, SessionState
from core.domain.tally import failed
from core.domain.verdict import Reason

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
BEFORE = NOW - timedelta(minutes=1)


def test_an_exchange_that_was_counted_already_is_charged_once_and_not_counted_again() -> None:
    health = SessionHealth(requests=8, successes=7, outcomes=0b1111111, judged=7, last_used_at=BEFORE)
    health = charged(health, Reason.RATE_LIMITED, NOW)
    assert (health.requests, health.failures, health.consecutive_failures) == (8, 1, 1)
    assert (health.outcomes, health.judged, health.last_error) == (0b11111110, 8, "rate_limited")
    assert health.last_used_at == BEFORE, "gaps are counted from the exchange itself"


def charge(health: ProxyHealth) -> ProxyHealth:
    return proxy_charged(health, Reason.TIMEOUT, now=NOW, proxy_failures=3, rest_scale=1.0, draw=0.5)


def test_a_proxy_that_is_charged_once_too_often_is_quarantined() -> None:
    health = ProxyHealth()
    states = []
    for _ in range(4):
        health = charge(health)
        states.append(health.state)
    assert states == [ProxyState.READY, ProxyState.READY, ProxyState.QUARANTINED, ProxyState.QUARANTINED]
    assert (health.quarantines, health.until) == (1, NOW + timedelta(seconds=150))


def test_a_failure_that_was_somebody_elses_is_taken_back() -> None:
    before = SessionHealth(successes=3, outcomes=0b111, judged=3)
    after = acquitted(failed(before, NOW, Reason.LOGIN_REQUIRED))
    assert (after.failures, after.consecutive_failures) == (0, 0)
    assert (after.outcomes, after.judged) == (before.outcomes, before.judged)


def test_good_exchanges_since_then_keep_their_place() -> None:
    health = SessionHealth(failures=2, outcomes=0b011011, judged=6)
    assert (acquitted(health).outcomes, acquitted(health).judged) == (0b01111, 5)


def test_where_no_failure_is_left_there_is_none_to_take_back() -> None:
    health = acquitted(SessionHealth())
    assert (health.failures, health.consecutive_failures, health.outcomes, health.judged) == (0, 0, 0, 0)


def test_a_suspicion_is_lifted_and_so_is_what_it_led_to() -> None:
    for state in (SessionState.SUSPECTED, SessionState.EXPIRED, SessionState.CHECKPOINT):
        accused = SessionHealth(state=state, accused=True, until=NOW)
        lifted = suspicion_lifted(accused, None)
        assert (lifted.state, lifted.accused, lifted.until) == (SessionState.VALID, False, None)


def test_the_rest_that_ran_before_a_suspicion_runs_on() -> None:
    accused = SessionHealth(state=SessionState.SUSPECTED, accused=True, until=NOW + timedelta(hours=1))
    lifted = suspicion_lifted(accused, NOW + timedelta(minutes=3))
    assert (lifted.state, lifted.until) == (SessionState.RESTING, NOW + timedelta(minutes=3))


def test_a_session_that_sees_nobody_stays_suspected() -> None:
    blind = SessionHealth(state=SessionState.SUSPECTED, accused=True, unproven=3)
    assert suspicion_lifted(blind, None).state is SessionState.SUSPECTED


def test_whoever_was_frozen_without_a_suspicion_stays_frozen() -> None:
    challenged = SessionHealth(state=SessionState.CHECKPOINT)
    assert suspicion_lifted(challenged, None) == challenged
