from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain import rests

DRAWS = st.floats(0, 1, exclude_max=True)


def test_a_cool_down_starts_at_fifteen_minutes_and_doubles_to_four_hours() -> None:
    assert [rests.cool(n, 0.0) / 60 for n in range(7)] == [15, 30, 60, 120, 240, 240, 240]


@given(st.integers(0, 10_000), DRAWS)
def test_chance_lengthens_a_cool_down_by_a_quarter_at_most_and_never_past_four_hours(cools: int, draw: float) -> None:
    least = rests.cool(cools, 0.0)
    assert least <= rests.cool(cools, draw) <= min(4 * 3600, least * 1.25)


@pytest.mark.parametrize(("told", "kept"), [(1.0, 1.0), (3600.0, 3600.0), (86_400.0, 14_400.0)])
def test_what_the_platform_names_is_kept_up_to_four_hours(told: float, kept: float) -> None:
    assert rests.told_to_cool(told) == kept


@given(st.integers(0, 10_000), DRAWS)
def test_a_quarantine_takes_between_a_tenth_and_all_of_its_doubling_ceiling(quarantines: int, draw: float) -> None:
    ceiling = min(3600.0, 300.0 * 2 ** min(quarantines, 20))
    assert 0.1 * ceiling <= rests.quarantine(quarantines, draw) <= ceiling


def test_a_quarantine_ceiling_doubles_from_five_minutes_to_an_hour() -> None:
    assert [round(rests.quarantine(n, 0.999999999)) / 60 for n in range(6)] == [5, 10, 20, 40, 60, 60]
