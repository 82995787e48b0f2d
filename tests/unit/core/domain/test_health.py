from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.health import (
    Health,
    Level,
    ProxyHealth,
    ProxyState,
    Report,
    SessionHealth,
    SessionState,
    proxy_after,
    proxy_rested,
    session_after,
    session_rested,
    session_saw_nobody,
    session_saw_somebody,
    used,
)
from core.domain.health_record import dump, load_proxy_health, load_session_health
from core.domain.verdict import Act, Blame, Consequence, Reason

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
GOOD = Report(ok=True)
PROXY_DOWN = Report(ok=False, reason=Reason.PROXY_ERROR, blame=Blame.PROXY, consequence=Consequence(Act.PROXY_FAILED))
UNCLEAR = Report(ok=False, reason=Reason.TIMEOUT, blame=Blame.ROUTE)
OUTAGE = Report(ok=False, reason=Reason.SERVER_ERROR, blame=Blame.PLATFORM)
OURS = Report(ok=False, reason=Reason.BAD_REQUEST, blame=Blame.NOBODY)


def told(
    act: Act, reason: Reason, *, seconds: float = 0.0, blame: Blame = Blame.SESSION, header: bool = False
) -> Report:
    return Report(ok=False, reason=reason, blame=blame, consequence=Consequence(act, seconds, header))


LIMITED = told(Act.COOL, Reason.RATE_LIMITED, blame=Blame.ROUTE)
WALL = told(Act.SUSPECT, Reason.HTML_WALL, seconds=300)
LOGGED_OUT = told(Act.SUSPECT, Reason.LOGIN_REQUIRED, seconds=300)


def proxy(
    health: ProxyHealth, *reports: Report, at: datetime = NOW, draw: float = 0.5, probe: bool = False
) -> ProxyHealth:
    for report in reports:
        health = proxy_after(
            health, report, now=at, proxy_failures=3, rest_scale=1.0, draw=draw, elapsed_ms=100.0, probe=probe
        )
    return health


def session(
    health: SessionHealth, *reports: Report, at: datetime = NOW, draw: float = 0.0, scale: float = 1.0
) -> SessionHealth:
    for report in reports:
        health = session_after(health, report, now=at, rest_scale=scale, draw=draw, elapsed_ms=100.0)
    return health


def rest(health: Health, now: datetime = NOW) -> float | None:
    return None if health.until is None else (health.until - now).total_seconds()


# -- counters and score -------------------------------------------------------


def test_a_good_exchange_counts_for_proxy_and_session() -> None:
    for health in (proxy(ProxyHealth(), GOOD), session(SessionHealth(), GOOD)):
        assert (health.requests, health.successes, health.failures) == (1, 1, 0)
        assert health.last_used_at == health.last_success_at == NOW
        assert health.response_ms == 100.0


def test_the_response_time_is_a_moving_average_of_good_answers() -> None:
    health = session_after(SessionHealth(response_ms=100.0), GOOD, now=NOW, rest_scale=1, draw=0, elapsed_ms=200.0)
    assert health.response_ms == pytest.approx(120.0)
    assert session_after(
        health, LIMITED, now=NOW, rest_scale=1, draw=0, elapsed_ms=9000.0
    ).response_ms == pytest.approx(120.0)


def test_a_proxys_failure_counts_against_the_proxy_alone() -> None:
    carried, asked = proxy(ProxyHealth(), PROXY_DOWN), session(SessionHealth(), PROXY_DOWN)
    assert (carried.failures, carried.consecutive_failures, carried.last_error) == (1, 1, "proxy_error")
    assert (asked.requests, asked.failures, asked.judged, asked.last_error) == (1, 0, 0, None)


def test_a_sessions_failure_speaks_for_the_proxy_that_brought_it() -> None:
    carried, asked = proxy(ProxyHealth(consecutive_failures=2), WALL), session(SessionHealth(), WALL)
    assert (carried.successes, carried.consecutive_failures) == (1, 0)
    assert (asked.failures, asked.consecutive_failures, asked.last_error) == (1, 1, "html_wall")


@pytest.mark.parametrize("report", [UNCLEAR, OUTAGE, OURS, LIMITED], ids=lambda report: report.blame.value)
def test_what_cannot_be_told_or_is_the_platforms_moves_no_score(report: Report) -> None:
    for health in (
        proxy(ProxyHealth(consecutive_failures=2), report),
        session(SessionHealth(consecutive_failures=2), report),
    ):
        assert (health.requests, health.judged, health.failures, health.consecutive_failures) == (1, 0, 0, 2)


def test_a_score_is_judged_from_five_exchanges_on_and_over_the_last_fifty() -> None:
    four = proxy(ProxyHealth(), *[GOOD] * 4)
    assert four.score is None
    assert proxy(four, PROXY_DOWN).score == 80.0
    health = ProxyHealth()
    for _ in range(30):
        health = proxy(health, PROXY_DOWN)
    for _ in range(45):
        health = proxy(health, GOOD)
    assert (health.judged, health.score) == (50, 90.0)


@pytest.mark.parametrize(
    ("good", "bad", "level"),
    [
        (4, 0, Level.UNJUDGED),
        (5, 0, Level.HEALTHY),
        (4, 1, Level.HEALTHY),
        (3, 2, Level.DEGRADED),
        (1, 1, Level.UNJUDGED),
        (2, 3, Level.FAILING),
        (5, 5, Level.DEGRADED),
    ],
)
def test_the_level_follows_the_score(good: int, bad: int, level: Level) -> None:
    health = SessionHealth(outcomes=(1 << good) - 1, judged=good + bad)
    assert health.level(degraded_below=80, failing_below=50) is level


def test_an_unreported_use_moves_only_the_moment_of_last_use() -> None:
    before = SessionHealth(requests=4, last_used_at=NOW - timedelta(hours=1))
    assert used(before, NOW) == replace(before, last_used_at=NOW)


@given(st.lists(st.sampled_from([GOOD, PROXY_DOWN, UNCLEAR, OUTAGE, WALL, LIMITED]), max_size=80))
def test_successes_and_failures_never_exceed_requests_and_the_score_stays_a_percentage(reports: list[Report]) -> None:
    for health in (proxy(ProxyHealth(), *reports), session(SessionHealth(), *reports)):
        assert health.requests == len(reports)
        assert health.successes + health.failures <= health.requests
        assert health.score is None or 0 <= health.score <= 100


def test_a_transition_leaves_the_old_health_as_it_was() -> None:
    before = ProxyHealth()
    proxy(before, GOOD, PROXY_DOWN, PROXY_DOWN, PROXY_DOWN)
    assert before == ProxyHealth()


# -- proxies ------------------------------------------------------------------


def test_the_third_own_failure_in_a_row_quarantines_a_proxy() -> None:
    two = proxy(ProxyHealth(), PROXY_DOWN, PROXY_DOWN)
    assert (two.state, two.until) == (ProxyState.READY, None)
    three = proxy(two, PROXY_DOWN)
    assert (three.state, rest(three), three.quarantines) == (ProxyState.QUARANTINED, 150.0, 1)


def test_failures_with_a_good_answer_between_them_do_not_quarantine() -> None:
    assert proxy(ProxyHealth(), PROXY_DOWN, PROXY_DOWN, GOOD, PROXY_DOWN, PROXY_DOWN).state is ProxyState.READY


def test_a_passed_probe_ends_the_quarantine_and_its_ladder() -> None:
    away = ProxyHealth(state=ProxyState.QUARANTINED, quarantines=4, until=NOW, consecutive_failures=6)
    back = proxy(away, GOOD, probe=True)
    assert (back.state, back.quarantines, back.until, back.consecutive_failures) == (ProxyState.READY, 0, None, 0)


def test_a_failed_probe_lengthens_the_quarantine() -> None:
    away = ProxyHealth(state=ProxyState.QUARANTINED, quarantines=1, until=NOW, consecutive_failures=3)
    longer = proxy(away, PROXY_DOWN, probe=True)
    assert (longer.state, rest(longer), longer.quarantines) == (ProxyState.QUARANTINED, 300.0, 2)


@pytest.mark.parametrize("report", [OUTAGE, UNCLEAR])
def test_a_probe_that_tells_nothing_leaves_the_proxy_to_the_next_probe(report: Report) -> None:
    away = ProxyHealth(state=ProxyState.QUARANTINED, quarantines=1, until=NOW)
    after = proxy(away, report, probe=True)
    assert (after.state, after.until, after.quarantines) == (ProxyState.QUARANTINED, NOW, 1)


@pytest.mark.parametrize("report", [GOOD, PROXY_DOWN])
def test_a_straggler_neither_ends_nor_lengthens_a_quarantine(report: Report) -> None:
    until = NOW + timedelta(minutes=4)
    away = ProxyHealth(state=ProxyState.QUARANTINED, quarantines=1, until=until, consecutive_failures=3)
    after = proxy(away, report)
    assert (after.state, after.until, after.quarantines) == (ProxyState.QUARANTINED, until, 1)


def test_a_held_proxy_rests_and_comes_back_by_itself() -> None:
    held = proxy(ProxyHealth(), told(Act.PROXY_HOLD, Reason.IP_BLOCK, seconds=600, blame=Blame.PROXY))
    assert (held.state, rest(held)) == (ProxyState.COOLING, 600.0)
    assert proxy_rested(held).state is ProxyState.READY


def test_a_good_answer_from_before_does_not_end_a_hold() -> None:
    held = ProxyHealth(state=ProxyState.COOLING, until=NOW + timedelta(hours=6))
    after = proxy(held, GOOD)
    assert (after.state, after.until) == (held.state, held.until)


def test_a_rested_proxy_in_quarantine_still_has_to_pass_its_probe() -> None:
    away = ProxyHealth(state=ProxyState.QUARANTINED, until=NOW)
    assert proxy_rested(away) is away


# -- sessions -----------------------------------------------------------------


def test_a_429_cools_the_route_for_fifteen_minutes_and_longer_each_time() -> None:
    health, rests = SessionHealth(), []
    for _ in range(6):
        now = health.until or NOW
        health = session(health, LIMITED, at=now)
        rests.append(rest(health, now))
    assert rests == [900, 1800, 3600, 7200, 14_400, 14_400]
    assert health.state is SessionState.RESTING


def test_a_good_exchange_takes_the_cool_down_back_to_its_first_step() -> None:
    health = session(SessionHealth(), LIMITED, LIMITED, GOOD)
    assert (health.state, health.until, health.cools) == (SessionState.VALID, None, 0)


def test_a_retry_after_is_kept_as_told_whatever_the_scale_and_at_most_four_hours() -> None:
    named = told(Act.COOL, Reason.RATE_LIMITED, seconds=90, header=True)
    assert rest(session(SessionHealth(), named, scale=0.002)) == 90
    assert (
        rest(session(SessionHealth(), replace(named, consequence=Consequence(Act.COOL, 99_999, True)), scale=0.002))
        == 14_400
    )


def test_a_retry_after_of_zero_leaves_it_to_the_ladder() -> None:
    assert rest(session(SessionHealth(), told(Act.COOL, Reason.RATE_LIMITED, header=True))) == 900


@pytest.mark.parametrize(
    ("report", "seconds"),
    [
        (LIMITED, 900),
        (told(Act.COOL, Reason.RATE_LIMITED, seconds=660), 660),
        (told(Act.HOLD, Reason.FEEDBACK, seconds=86_400), 86_400),
        (told(Act.HOLD, Reason.SOFT_WAIT), 1800),
        (WALL, 300),
        (UNCLEAR, 30),
    ],
)
def test_every_rest_of_ours_follows_the_scale(report: Report, seconds: float) -> None:
    for scale in (1.0, 0.002, 2.0):
        assert rest(session(SessionHealth(), report, scale=scale)) == pytest.approx(seconds * scale)


@pytest.mark.parametrize(
    ("act", "state"),
    [(Act.FREEZE_EXPIRED, SessionState.EXPIRED), (Act.FREEZE_CHECKPOINT, SessionState.CHECKPOINT)],
)
def test_a_freeze_waits_for_a_person(act: Act, state: SessionState) -> None:
    frozen = session(SessionHealth(), told(act, Reason.CHALLENGE))
    assert (frozen.state, frozen.until, frozen.frozen) == (state, None, True)
    for after in (
        session(frozen, GOOD),
        session(frozen, WALL, WALL),
        session_rested(frozen),
        session_saw_somebody(frozen),
    ):
        assert after.state is state
    assert session_saw_nobody(frozen, now=NOW, rest_scale=1, certain=True).state is state


@pytest.mark.parametrize(
    ("second", "state"),
    [(LOGGED_OUT, SessionState.EXPIRED), (WALL, SessionState.CHECKPOINT)],
)
def test_a_suspected_session_freezes_when_it_shows_such_a_sign_again(second: Report, state: SessionState) -> None:
    suspected = session(SessionHealth(), WALL)
    assert (suspected.state, suspected.accused, suspected.frozen) == (SessionState.SUSPECTED, True, False)
    assert session(suspected, second).state is state


def test_a_good_exchange_clears_the_suspicion() -> None:
    cleared = session(SessionHealth(), WALL, GOOD)
    assert (cleared.state, cleared.accused, cleared.until) == (SessionState.VALID, False, None)
    assert session(cleared, WALL).state is SessionState.SUSPECTED


def test_a_failure_of_another_kind_leaves_the_suspicion_standing() -> None:
    limited = session(SessionHealth(), WALL, LIMITED)
    assert limited.state is SessionState.SUSPECTED
    assert session(limited, WALL).state is SessionState.CHECKPOINT


def test_a_suspected_session_stays_suspected_when_its_rest_is_over() -> None:
    suspected = session(SessionHealth(), WALL)
    assert session_rested(suspected) is suspected


def test_a_resting_session_is_valid_again_when_its_rest_is_over() -> None:
    rested = session_rested(session(SessionHealth(), LIMITED))
    assert (rested.state, rested.until, rested.cools) == (SessionState.VALID, None, 1)


def test_a_longer_rest_that_runs_is_not_cut_short() -> None:
    held = session(SessionHealth(), told(Act.HOLD, Reason.FEEDBACK, seconds=86_400), UNCLEAR)
    assert rest(held) == 86_400


def test_three_answers_in_a_row_that_saw_nobody_make_a_session_suspected_for_an_hour() -> None:
    health, states = SessionHealth(), []
    for _ in range(3):
        health = session_saw_nobody(session(health, GOOD), now=NOW, rest_scale=0.5)
        states.append((health.state, rest(health)))
    assert states == [(SessionState.VALID, None), (SessionState.VALID, None), (SessionState.SUSPECTED, 1800.0)]
    assert health.last_error == "batch_unproven"


def test_an_answer_that_saw_somebody_starts_the_count_again() -> None:
    health = SessionHealth(unproven=2)
    seeing = session_saw_somebody(health)
    assert session_saw_nobody(seeing, now=NOW, rest_scale=1).state is SessionState.VALID


def test_a_blind_session_is_cleared_only_by_seeing_somebody() -> None:
    blind = session_saw_nobody(SessionHealth(unproven=2), now=NOW, rest_scale=1)
    answered = session(blind, GOOD)
    assert answered.state is SessionState.SUSPECTED
    assert session_saw_somebody(answered).state is SessionState.VALID


def test_a_session_that_still_sees_nobody_after_its_hold_is_held_again() -> None:
    blind = session_saw_nobody(SessionHealth(unproven=2), now=NOW, rest_scale=1)
    later = NOW + timedelta(hours=1)
    again = session_saw_nobody(session(blind, GOOD, at=later), now=later, rest_scale=1)
    assert (again.state, rest(again, later)) == (SessionState.SUSPECTED, 3600.0)


def test_what_others_find_and_it_does_not_makes_a_session_suspected_at_once() -> None:
    blind = session_saw_nobody(SessionHealth(), now=NOW, rest_scale=1, certain=True)
    assert (blind.state, blind.unproven, rest(blind)) == (SessionState.SUSPECTED, 3, 3600.0)


def test_seeing_somebody_does_not_clear_a_sign_of_a_dead_login() -> None:
    accused = replace(session(SessionHealth(), WALL), unproven=1)
    assert session_saw_somebody(accused).state is SessionState.SUSPECTED


# -- stored -------------------------------------------------------------------

MOMENTS = st.none() | st.datetimes(timezones=st.just(UTC))
COMMON = {
    "requests": st.integers(0, 9),
    "outcomes": st.integers(0, 2**50 - 1),
    "response_ms": st.none() | st.floats(0, 1e6),
    "last_used_at": MOMENTS,
    "last_success_at": MOMENTS,
    "until": MOMENTS,
    "last_error": st.none() | st.text(max_size=9),
}


@given(st.builds(ProxyHealth, state=st.sampled_from(ProxyState), quarantines=st.integers(0, 9), **COMMON))
def test_a_proxys_health_comes_back_from_storage_as_it_was(health: ProxyHealth) -> None:
    assert load_proxy_health(dump(health)) == health


@given(st.builds(SessionHealth, state=st.sampled_from(SessionState), accused=st.booleans(), **COMMON))
def test_a_sessions_health_comes_back_from_storage_as_it_was(health: SessionHealth) -> None:
    assert load_session_health(dump(health)) == health


def test_stored_health_of_another_release_is_read_as_far_as_it_goes() -> None:
    assert load_proxy_health({}) == ProxyHealth()
    assert load_session_health({"requests": 3, "mood": "fine"}) == SessionHealth(requests=3)
