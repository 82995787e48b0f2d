from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.network.pace import Rates
from core.network.windows import Sends


def ended(*moments: float, keep: int = 100) -> Sends:
    sends = Sends()
    for moment in moments:
        sends.add(moment, keep)
    return sends


def test_a_window_that_was_never_filled_is_free_since_ever() -> None:
    assert ended(1.0, 2.0).free_at(3, 60) == -inf


@pytest.mark.parametrize(("limit", "free_at"), [(1, 63.0), (2, 62.0), (3, 61.0), (4, -inf)])
def test_a_full_window_is_free_when_its_oldest_place_is(limit: int, free_at: float) -> None:
    assert ended(1.0, 2.0, 3.0).free_at(limit, 60) == free_at


def test_an_exchange_under_way_takes_a_place() -> None:
    sends = ended(1.0, 2.0)
    sends.under_way = 1
    assert sends.free_at(3, 60) == 61.0
    assert sends.free_at(2, 60) == 62.0


def test_a_window_filled_by_exchanges_under_way_waits_for_one_of_them() -> None:
    sends = Sends()
    sends.under_way = 2
    assert sends.free_at(2, 60) == inf


def test_hours_and_days_read_the_same_moments() -> None:
    sends = ended(0.0, 10.0, 20.0)
    assert Rates(2, 3).free_at(sends) == 86_400.0
    assert Rates(2, None).free_at(sends) == 3610.0
    assert Rates(None, None).free_at(sends) == -inf


def test_a_share_of_a_rate_is_at_least_one() -> None:
    assert Rates(30, None).part(0.33) == Rates(9, None)
    assert Rates(2, 1).part(0.01) == Rates(1, 1)


def test_a_raised_limit_knows_what_the_ring_has_forgotten() -> None:
    # Four in the last minute, two of them overwritten: a limit of five may let one more pass, not three.
    sends = ended(1.0, 2.0, 3.0, 4.0, keep=2)
    assert sends.free_at(4, 60) == 62.0
    assert sends.free_at(5, 60) == 62.0


def test_a_ring_grows_when_a_limit_is_raised() -> None:
    sends = ended(1.0, 2.0, 3.0, keep=2)
    for moment in (4.0, 5.0, 6.0):
        sends.add(moment, 4)
    assert [sends.free_at(limit, 60) for limit in (1, 2, 3, 4)] == [66.0, 65.0, 64.0, 63.0]


def test_without_a_limit_a_thousand_moments_are_kept_for_one_that_is_set_later() -> None:
    assert Rates(None, 5).kept == 1000
    assert Rates(7, 5).kept == 7


@given(
    st.lists(st.tuples(st.floats(0, 50), st.integers(1, 6), st.integers(1, 6)), max_size=60),
    st.sampled_from([10.0, 100.0]),
)
def test_no_window_is_ever_overrun_whatever_the_limits_change_to(
    steps: list[tuple[float, int, int]], span: float
) -> None:
    sends, now, moments = Sends(), 0.0, [0.0] * 0
    for pause, limit, keep in steps:
        now += pause
        if sends.free_at(limit, span) <= now:
            assert len([moment for moment in moments if moment > now - span]) < limit
            moments.append(now)
            sends.add(now, keep)


@given(st.lists(st.floats(0, 50), max_size=60), st.integers(1, 5), st.sampled_from([10.0, 100.0]))
def test_with_a_ring_as_long_as_the_limit_a_window_is_free_exactly_when_it_has_a_place(
    pauses: list[float], limit: int, span: float
) -> None:
    sends, now, moments = Sends(), 0.0, [0.0] * 0
    for pause in pauses:
        now += pause
        has_place = len([moment for moment in moments if moment + span > now]) < limit
        assert (sends.free_at(limit, span) <= now) == has_place
        if has_place:
            moments.append(now)
            sends.add(now, limit)
