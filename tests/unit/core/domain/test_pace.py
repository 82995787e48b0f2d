"""How fast something goes, and when it will be done."""

from __future__ import annotations

from core.domain.pace import Pace


def test_nothing_is_said_from_one_sight() -> None:
    pace = Pace()
    pace.note(10.0, 5)
    assert pace.rate is None
    assert pace.seconds_left(100) is None


def test_two_sights_give_the_rate_and_the_time_left() -> None:
    pace = Pace()
    pace.note(0.0, 0)
    pace.note(10.0, 30)
    assert pace.rate == 3.0
    assert pace.seconds_left(90) == 20.0


def test_only_the_window_counts() -> None:
    pace = Pace(window=30.0)
    for second in range(120):
        pace.note(float(second), min(second, 60))
    assert pace.rate == 0.0
    assert pace.seconds_left(100) is None


def test_a_smaller_count_begins_anew() -> None:
    pace = Pace()
    pace.note(0.0, 50)
    pace.note(10.0, 100)
    pace.note(20.0, 0)
    assert pace.rate is None
    pace.note(22.0, 10)
    assert pace.rate == 5.0


def test_more_than_all_leaves_no_time() -> None:
    pace = Pace()
    pace.note(0.0, 0)
    pace.note(2.0, 20)
    assert pace.seconds_left(10) == 0.0
