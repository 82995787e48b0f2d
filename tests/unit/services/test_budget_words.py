"""What a budget says: what something costs, and why it is too much."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.domain.budget import Carrier
from core.domain.budget_plan import Need, Spent, plan
from core.domain.limits import DAY, HOUR, Limits
from core.domain.proxy_limits import NO_LIMITS_OF_ITS_OWN
from core.services.views import BudgetView
from core.services.views.estimates import lasting


def told(need: Need, routes: int = 12, limits: Limits | None = None, spent: Spent | None = None) -> BudgetView:
    """The budget of *need* over so many routes."""
    spent = spent or Spent()
    planned = plan(limits or Limits(), [Carrier(NO_LIMITS_OF_ITS_OWN, 1)] * routes, need, spent)
    return BudgetView(
        profiles=4 * need.requests,
        requests=need.requests,
        look_ups=need.look_ups,
        runs_a_day=need.runs_a_day,
        interval=need.interval,
        spent_hour=spent.hour,
        spent_day=spent.day,
        spent_look_ups=spent.look_ups_day,
        plan=planned,
    )


@pytest.mark.parametrize(
    ("need", "cost"),
    [
        (Need(0), "≈ 0 requests"),
        (Need(1), "≈ 1 request, about 1 s, under 1 % of a day's budget"),
        (Need(360), "≈ 360 requests, about 15 min, 10 % of a day's budget"),
        (Need(60, look_ups=60), "≈ 60 requests, about 2 min, 2 % of a day's budget"),
        (Need(90, look_ups=90), "≈ 90 requests, about 60 min, 2 % of a day's budget"),
        (
            Need(700, runs_a_day=6, interval=4 * HOUR),
            "≈ 700 requests a run, about 60 min, ≈ 4,200 requests a day, 117 % of a day's budget",
        ),
    ],
)
def test_the_cost_is_said_in_round_words(need: Need, cost: str) -> None:
    assert told(need).cost == cost


def test_without_limits_there_is_no_share_and_without_a_route_no_time() -> None:
    assert told(Need(100), 10, Limits.sandbox()).cost == "≈ 100 requests, about 7 s"
    assert told(Need(100), 0).cost == "≈ 100 requests, and no route is ready"


def test_nothing_is_said_where_it_fits() -> None:
    assert told(Need(360)).warning == ""
    assert told(Need(360)).fits


def test_a_schedule_that_needs_too_much_says_how_many_routes_would_do() -> None:
    budget = told(Need(700, runs_a_day=6, interval=4 * HOUR))
    assert budget.warning == "It needs 4,200 requests a day; 12 routes give 3,600; 14 would do."
    assert not budget.fits


def test_a_run_that_is_not_done_before_the_next_one_says_so() -> None:
    budget = told(Need(300, runs_a_day=2, interval=HOUR / 2))
    assert (
        budget.warning == "A run needs 300 requests; 12 routes give 180 in the 30 min until the next one; 20 would do."
    )


def test_a_batch_that_needs_too_much_says_what_is_used_up() -> None:
    budget = told(Need(700), spent=Spent(day=3_000))
    assert budget.warning == (
        "It needs 700 requests; 12 routes give 3,600 a day, of which 3,000 are used up; 13 would do."
    )


def test_look_ups_are_named_where_they_decide() -> None:
    budget = told(Need(90, look_ups=51), 1)
    assert budget.warning == "It needs 51 look-ups of profiles by name; 1 route gives 50 a day; 2 would do."


def test_a_narrow_fit_warns_and_refuses_nothing() -> None:
    budget = told(Need(3_000))
    assert budget.warning == (
        "It needs 3,000 requests; 12 routes give 3,600 a day. That is more than 80 % of it, so little may fail."
    )
    assert budget.fits


def test_a_gate_that_more_routes_do_not_widen_is_named() -> None:
    budget = told(Need(1_500), limits=replace(Limits(), global_per_minute=1))
    assert budget.warning == (
        "It needs 1,500 requests; 12 routes give 1,440 a day. More routes would not help, because global_per_minute "
        "holds all of them back."
    )


def test_without_a_route_it_says_how_many_would_do_and_refuses_nothing() -> None:
    budget = told(Need(301), 0)
    assert budget.warning == "No route is in service; 2 would do."
    assert budget.fits


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.7, "1 s"), (89.0, "89 s"), (900.0, "15 min"), (2 * HOUR, "2 h"), (40 * HOUR, "40 h"), (12 * DAY, "12 days")],
)
def test_times_are_said_in_their_largest_unit(seconds: float, words: str) -> None:
    assert lasting(seconds) == words
