from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.active_hours import ActiveHours, read_active_hours
from core.domain.wall_time import local_label, moment_of
from core.errors import InvalidInput

BERLIN = ZoneInfo("Europe/Berlin")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_they_are_written_as_they_are_shown() -> None:
    assert str(read_active_hours(" 8:00 - 22:30 ")) == "08:00-22:30"
    assert str(read_active_hours("18:00–24:00")) == "18:00-24:00"
    assert read_active_hours("  ") is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("8-22", "write them as 08:00-22:00"),
        ("always", "write them as 08:00-22:00"),
        ("08:00-25:00", "from 00:00 to 24:00"),
        ("08:60-22:00", "from 00:00 to 24:00"),
        ("24:00-08:00", "from 00:00 to 24:00"),
        ("08:00-08:00", "holds no time"),
    ],
)
def test_hours_that_are_none_are_refused(text: str, why: str) -> None:
    with pytest.raises(InvalidInput, match=why):
        read_active_hours(text)


@pytest.mark.parametrize(
    ("hours", "at", "first"),
    [
        ("08:00-22:00", "2026-01-10T09:00", "2026-01-10T09:00"),
        ("08:00-22:00", "2026-01-10T06:59", "2026-01-10T07:00"),
        ("08:00-22:00", "2026-01-10T21:00", "2026-01-11T07:00"),
        ("22:00-06:00", "2026-01-10T23:30", "2026-01-10T23:30"),
        ("22:00-06:00", "2026-01-10T04:59", "2026-01-10T04:59"),
        ("22:00-06:00", "2026-01-10T05:00", "2026-01-10T21:00"),
        # Their beginning does not exist on that day, and exists twice on that one.
        ("02:30-05:00", "2026-03-29T00:00", "2026-03-29T01:30"),
        ("02:30-05:00", "2026-10-25T00:10", "2026-10-25T00:30"),
        ("02:30-05:00", "2026-10-25T01:10", "2026-10-25T01:30"),
    ],
)
def test_what_is_outside_waits_for_their_beginning(hours: str, at: str, first: str) -> None:
    active = read_active_hours(hours)
    assert active is not None
    assert active.first_inside(utc(at), BERLIN) == utc(first)


@given(
    start=st.integers(0, 1_439),
    end=st.integers(0, 1_440),
    zone=st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"]),
    at=st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001  # made aware below
)
def test_the_first_moment_inside_is_inside_and_never_earlier(start: int, end: int, zone: str, at: datetime) -> None:
    if start == end:
        return
    active, place, moment = ActiveHours(start, end), ZoneInfo(zone), at.replace(tzinfo=UTC)
    first = active.first_inside(moment, place)
    assert first >= moment
    begins = local_label(first, place).replace(hour=start // 60, minute=start % 60, second=0, microsecond=0)
    # Clocks may skip the beginning, and a short time behind it, too.
    assert active.hold(local_label(first, place)) or local_label(moment_of(begins, place), place) != begins
    if active.hold(local_label(moment, place)):
        assert first == moment
