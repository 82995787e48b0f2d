"""What checking profiles will probably take."""

from __future__ import annotations

import pytest

from core.domain.estimate import USUAL_REQUESTS, expected_requests, least_seconds, requests_a_profile
from core.domain.limits import Limits


def test_the_last_batches_say_what_a_verdict_takes() -> None:
    assert requests_a_profile([(30, 100), (10, 100)]) == pytest.approx(0.2)


def test_batches_that_asked_nobody_say_nothing() -> None:
    assert requests_a_profile([(0, 5_000), (30, 100)]) == pytest.approx(0.3)


def test_batches_of_new_profiles_say_nothing_of_the_next_ones() -> None:
    assert requests_a_profile([(125, 100), (30, 100)]) == pytest.approx(0.3)
    assert requests_a_profile([(125, 100)]) == USUAL_REQUESTS


def test_a_few_checks_are_too_few_to_learn_from() -> None:
    assert requests_a_profile([(9, 19)]) == USUAL_REQUESTS
    assert requests_a_profile([]) == USUAL_REQUESTS


def test_requests_are_rounded_up_and_nobody_costs_none() -> None:
    assert expected_requests(37, 0.2) == 8
    assert expected_requests(1, 0.2) == 1
    assert expected_requests(0, 0.2) == 0


def test_without_a_route_nobody_can_tell_the_time() -> None:
    assert least_seconds(8, 0, Limits()) is None


def test_without_gaps_and_rates_only_the_exchanges_take_time() -> None:
    assert least_seconds(100, 10, Limits.sandbox()) == pytest.approx(7.0)


def test_a_session_rests_between_its_requests() -> None:
    # Three requests on each of two routes: two gaps of twenty seconds, half of that more by chance on average.
    assert least_seconds(6, 2, Limits()) == pytest.approx(3 * 0.7 + 2 * 30.0)
