"""What a batch or a schedule needs, held against what routes may do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.domain.budget import Carrier
from core.domain.budget_plan import BudgetPlan, Fit, Need, Span, Spent, plan, rhythm, waits_for_window
from core.domain.limits import DAY, HOUR, Limits
from core.domain.proxy_limits import NO_LIMITS_OF_ITS_OWN, ProxyLimits

ONE = Carrier(NO_LIMITS_OF_ITS_OWN, 1)
NOW = datetime(2024, 11, 29, 9, tzinfo=UTC)


def held(need: Need, routes: int = 12, limits: Limits | None = None, spent: Spent | None = None) -> BudgetPlan:
    """*need* against so many routes, each on a proxy of its own."""
    return plan(limits or Limits(), [ONE] * routes, need, spent or Spent())


# -- whether it fits -----------------------------------------------------------


def test_a_small_batch_fits() -> None:
    told = held(Need(360))
    assert (told.fit, told.needed, told.given, told.would_do) == (Fit.FITS, 360, 3_600, None)
    assert (told.an_hour, told.a_day, told.hour_share, told.day_share) == (360, 3_600, 1.0, 0.1)


def test_more_than_four_fifths_of_a_day_are_tight() -> None:
    assert held(Need(2_880)).fit is Fit.FITS
    told = held(Need(2_881))
    assert (told.fit, told.would_do) == (Fit.TIGHT, None)


def test_more_than_a_day_allows_is_too_much_and_says_how_many_routes_would_do() -> None:
    told = held(Need(4_200))
    assert (told.fit, told.span, told.needed, told.given, told.would_do) == (
        Fit.TOO_MUCH,
        Span.DAY,
        4_200,
        3_600,
        14,
    )


def test_what_was_spent_in_the_last_day_counts_for_a_batch() -> None:
    told = held(Need(360), spent=Spent(day=3_300))
    assert (told.fit, told.needed, told.would_do) == (Fit.TOO_MUCH, 3_660, 13)
    assert told.day_share == pytest.approx(3_660 / 3_600)


def test_what_was_spent_does_not_count_for_a_schedule_which_goes_on_for_days() -> None:
    told = held(Need(360, runs_a_day=2, interval=12 * HOUR), spent=Spent(hour=360, day=3_600))
    assert (told.fit, told.requests_a_day, told.day_share) == (Fit.FITS, 720, 0.2)
    assert told.seconds is not None
    assert told.seconds < HOUR


def test_nobody_to_ask_always_fits() -> None:
    for routes in (0, 12):
        told = held(Need(0), routes, spent=Spent(hour=360, day=4_000, look_ups_day=4_000))
        assert (told.fit, told.needed, told.seconds, told.would_do) == (Fit.FITS, 0, 0.0, None)


def test_without_a_route_it_says_how_many_would_do() -> None:
    told = held(Need(301), 0)
    assert (told.fit, told.routes, told.given, told.would_do, told.seconds) == (Fit.NO_ROUTE, 0, 0, 2, None)
    assert (told.hour_share, told.day_share) == (None, None)


def test_without_a_route_and_without_limits_one_would_do() -> None:
    assert held(Need(301), 0, Limits.sandbox()).would_do == 1


def test_without_limits_everything_fits() -> None:
    told = held(Need(1_000_000), 1, Limits.sandbox())
    assert (told.fit, told.given, told.an_hour, told.hour_share, told.day_share) == (Fit.FITS, None, None, None, None)


def test_the_look_ups_have_limits_of_their_own() -> None:
    told = held(Need(700, look_ups=601))
    assert (told.fit, told.by_look_ups, told.needed, told.given, told.would_do) == (Fit.TOO_MUCH, True, 601, 600, 13)


def test_where_both_are_too_much_enough_routes_for_both_are_told() -> None:
    told = held(Need(5_000, look_ups=601))
    assert (told.by_look_ups, told.needed, told.would_do) == (False, 5_000, 17)


def test_a_gate_for_everything_is_not_mended_by_routes() -> None:
    gated = replace(Limits(), global_per_minute=1)
    told = held(Need(1_441), limits=gated)
    assert (told.fit, told.needed, told.given, told.would_do) == (Fit.TOO_MUCH, 1_441, 1_440, None)
    assert held(Need(1_440), 1, gated).would_do == 5


def test_a_proxy_of_narrow_limits_is_mended_by_one_route_elsewhere() -> None:
    free = replace(Limits.sandbox(), per_proxy_hour=None)
    narrow = Carrier(ProxyLimits(per_hour=5, per_day=20), 1)
    assert plan(free, [narrow], Need(21), Spent()).would_do == 2


# -- schedules -------------------------------------------------------------------


def test_a_schedule_needs_its_runs_of_a_day() -> None:
    told = held(Need(700, runs_a_day=6, interval=4 * HOUR))
    assert (told.fit, told.requests_a_day, told.span, told.needed, told.given, told.would_do) == (
        Fit.TOO_MUCH,
        4_200,
        Span.DAY,
        4_200,
        3_600,
        14,
    )


def test_a_run_that_is_not_done_before_the_next_one_is_too_much() -> None:
    # Half an hour gives half of what an hour does, although a day would have room for both runs.
    told = held(Need(300, runs_a_day=2, interval=HOUR / 2))
    assert (told.fit, told.span, told.needed, told.given, told.would_do) == (Fit.TOO_MUCH, Span.INTERVAL, 300, 180, 20)


def test_a_run_of_hours_has_no_more_than_a_day_gives() -> None:
    told = held(Need(3_700, runs_a_day=1, interval=20 * HOUR))
    assert (told.fit, told.given) == (Fit.TOO_MUCH, 3_600)


def test_a_weekly_run_has_a_week() -> None:
    told = held(Need(20_000, runs_a_day=1 / 7, interval=7 * DAY))
    assert (told.fit, told.requests_a_day) == (Fit.FITS, 2_858)


def test_a_schedule_without_a_second_run_has_a_day() -> None:
    assert held(Need(3_601, runs_a_day=1.0)).fit is Fit.TOO_MUCH


# -- how long it takes -------------------------------------------------------------


def test_what_a_window_has_no_room_for_waits_until_the_first_ones_leave_it() -> None:
    hourly = replace(Limits.sandbox(), per_route_hour=30)
    assert held(Need(60), 2, hourly).seconds == pytest.approx(21.0)
    assert held(Need(61), 2, hourly).seconds == pytest.approx(3600.0)


def test_look_ups_wait_for_a_window_of_their_own() -> None:
    few = replace(Limits.sandbox(), lookups_hour=6)
    assert held(Need(24, look_ups=12), 2, few).seconds == pytest.approx(8.4)
    assert held(Need(24, look_ups=13), 2, few).seconds == pytest.approx(3600.0)


def test_an_hour_that_is_used_up_is_waited_for() -> None:
    hourly = replace(Limits.sandbox(), per_route_hour=30)
    assert held(Need(30), 2, hourly, Spent(hour=60)).seconds == pytest.approx(1800.0)


def test_what_the_gate_holds_back_waits_minutes() -> None:
    gated = replace(Limits.sandbox(), global_per_minute=10)
    assert held(Need(25), 5, gated).seconds == pytest.approx(120.0)


def test_the_windows_of_a_new_session_are_narrower() -> None:
    hourly = replace(Limits.sandbox(), per_route_hour=30, new_session_share=0.5)
    told = plan(hourly, [Carrier(NO_LIMITS_OF_ITS_OWN, 0, young=1)], Need(16), Spent())
    assert told.seconds == pytest.approx(3600.0)


@pytest.mark.parametrize(
    ("asked", "spent", "waits"),
    [
        (0, 10, 0.0),
        (10, 0, 0.0),
        (11, 0, 60.0),
        (20, 0, 60.0),
        (21, 0, 120.0),
        (1, 10, 6.0),
        (10, 10, 60.0),
        (11, 10, 66.0),
        (7, 5, 24.0),
        (10, 5, 60.0),
        (12, 5, 60.0),
        (3, 99, 18.0),
    ],
)
def test_the_last_one_waits_for_its_place_in_the_window(asked: int, spent: int, waits: float) -> None:
    assert waits_for_window(asked, 10, 60.0, spent) == pytest.approx(waits)


# -- the rhythm of a schedule ---------------------------------------------------------


def every(seconds: float, count: int) -> list[datetime]:
    """So many runs, so far apart."""
    return [NOW + timedelta(seconds=seconds * number) for number in range(count)]


def test_the_rhythm_of_an_interval_is_the_interval() -> None:
    assert rhythm(every(4 * HOUR, 30)) == (6.0, 4 * HOUR)


def test_runs_that_do_not_fill_a_day_go_on_as_they_began() -> None:
    assert rhythm(every(60, 300)) == (1440.0, 60.0)


def test_the_busiest_day_counts() -> None:
    days = [NOW, NOW + timedelta(days=1), NOW + timedelta(days=1, hours=2), NOW + timedelta(days=1, hours=9)]
    assert rhythm([*days, NOW + timedelta(days=3)]) == (3.0, 2 * HOUR)


def test_days_between_runs_share_them() -> None:
    assert rhythm(every(2 * DAY, 10)) == (0.5, 2 * DAY)


def test_one_run_or_none_has_no_rhythm() -> None:
    assert rhythm([NOW]) == (1.0, None)
    assert rhythm([]) == (0.0, None)
