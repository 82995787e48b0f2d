"""Quiet hours end when they say, over midnight and over changes of clocks."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from core.domain.quiet import QuietHours, read_quiet
from core.errors import InvalidInput

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = QuietHours(22 * 60, 7 * 60)


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (at(10, 21, 59), None),
        (at(10, 22), at(11, 7)),
        (at(10, 23, 59), at(11, 7)),
        (at(11, 0), at(11, 7)),
        (at(11, 6, 59), at(11, 7)),
        (at(11, 7), None),
        (at(11, 12), None),
    ],
)
def test_a_night_ends_in_the_morning(now: datetime, until: datetime | None) -> None:
    assert NIGHT.until(now, BERLIN) == until


def test_hours_within_a_day_end_on_it() -> None:
    noon = QuietHours(12 * 60, 13 * 60 + 30)
    assert noon.until(at(10, 12), BERLIN) == at(10, 13, 30)
    assert noon.until(at(10, 13, 30), BERLIN) is None
    assert noon.until(at(10, 11, 59), BERLIN) is None


def test_the_end_is_by_the_clock_on_the_wall_also_in_the_night_in_which_it_changes() -> None:
    spring = NIGHT.until(at(28, 23, month=3), BERLIN)
    assert spring == datetime(2026, 3, 29, 5, tzinfo=UTC)
    autumn = NIGHT.until(at(24, 23, month=10), BERLIN)
    assert autumn == datetime(2026, 10, 25, 6, tzinfo=UTC)


def test_hours_are_read_as_they_are_shown() -> None:
    assert read_quiet("22:00-07:00") == NIGHT
    assert read_quiet(" 22:00 – 7:00 ") == NIGHT
    assert str(NIGHT) == "22:00-07:00"
    assert read_quiet("none") is None


@pytest.mark.parametrize("text", ["22-7", "24:00-07:00", "22:60-07:00", "at night", "22:00-07:00-08:00"])
def test_what_is_no_span_is_refused_with_one_that_is(text: str) -> None:
    with pytest.raises(InvalidInput, match="write 22:00-07:00, or none"):
        read_quiet(text)
