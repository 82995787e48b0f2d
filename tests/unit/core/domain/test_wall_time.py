"""Clocks that are changed: what is skipped comes once right after, what is repeated comes once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.wall_time import Labels, local_label, moment_of, next_moment

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")


def daily(hour: int, minute: int) -> Labels:
    """One label a day."""

    def labels(since: datetime) -> Iterator[datetime]:
        label = since.replace(hour=hour, minute=minute, second=0, microsecond=0)
        while True:
            if label >= since:
                yield label
            label += timedelta(days=1)

    return labels


def evenly(minutes: int) -> Labels:
    """A label at each multiple of so many minutes of the hour."""

    def labels(since: datetime) -> Iterator[datetime]:
        label = since.replace(minute=0, second=0, microsecond=0)
        while True:
            if label >= since:
                yield label
            label += timedelta(minutes=minutes)

    return labels


def moments(labels: Labels, zone: ZoneInfo, after: datetime, *, twice: bool = False) -> Iterator[datetime]:
    while (found := next_moment(labels, zone, after, twice=twice)) is not None:
        yield found.at
        after = found.at


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "hour", "minute", "after", "expected"),
    [
        # 02:30 does not exist on 29 March in Berlin: it comes at 03:30 summer time.
        (BERLIN, 2, 30, "2026-03-28T02:00", ["2026-03-29T01:30", "2026-03-30T00:30", "2026-03-31T00:30"]),
        # 02:30 comes twice on 25 October: the first one counts.
        (BERLIN, 2, 30, "2026-10-24T02:00", ["2026-10-25T00:30", "2026-10-26T01:30"]),
        (NEW_YORK, 2, 15, "2026-03-07T12:00", ["2026-03-08T07:15", "2026-03-09T06:15"]),
        (NEW_YORK, 1, 30, "2026-10-31T12:00", ["2026-11-01T05:30", "2026-11-02T06:30"]),
        # Half an hour is skipped on 4 October, and repeated on 5 April, on Lord Howe Island.
        (LORD_HOWE, 2, 10, "2026-10-02T20:00", ["2026-10-03T15:40", "2026-10-04T15:10"]),
        (LORD_HOWE, 1, 45, "2026-04-03T20:00", ["2026-04-04T14:45", "2026-04-05T15:15"]),
    ],
)
def test_a_label_comes_once_a_day_whatever_clocks_do(
    zone: ZoneInfo, hour: int, minute: int, after: str, expected: list[str]
) -> None:
    found = list(islice(moments(daily(hour, minute), zone, utc(after)), len(expected)))
    assert found == [utc(text) for text in expected]


@pytest.mark.parametrize(
    ("zone", "after"),
    [
        (BERLIN, "2026-03-28T22:00"),
        (BERLIN, "2026-10-24T22:00"),
        (NEW_YORK, "2026-03-08T03:00"),
        (NEW_YORK, "2026-11-01T03:00"),
        (LORD_HOWE, "2026-10-03T12:00"),
        (LORD_HOWE, "2026-04-04T12:00"),
    ],
)
def test_what_means_every_half_hour_goes_on_evenly(zone: ZoneInfo, after: str) -> None:
    found = list(islice(moments(evenly(30), zone, utc(after), twice=True), 24))
    assert found == [utc(after) + timedelta(minutes=30 * number) for number in range(1, 25)]


def test_a_label_behind_a_gap_may_come_before_one_in_it() -> None:
    def both(since: datetime) -> Iterator[datetime]:
        for label in evenly(30)(since):
            if label.hour in {2, 3}:
                yield label

    found = list(islice(moments(both, BERLIN, utc("2026-03-28T12:00")), 3))
    assert found == [utc("2026-03-29T01:00"), utc("2026-03-29T01:30"), utc("2026-03-30T00:00")]


def test_labels_that_end_have_no_moment_behind_the_last_one() -> None:
    def once(since: datetime) -> Iterator[datetime]:
        label = datetime(2026, 3, 29, 2, 30)  # noqa: DTZ001  # a label has no zone
        if label >= since:
            yield label

    first = next_moment(once, BERLIN, utc("2026-03-29T00:45"), twice=False)
    assert first is not None
    assert first.at == utc("2026-03-29T01:30")
    assert next_moment(once, BERLIN, first.at, twice=False) is None


@given(
    zone=st.sampled_from([BERLIN, NEW_YORK, LORD_HOWE, ZoneInfo("UTC"), ZoneInfo("Asia/Kathmandu")]),
    start=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)),  # noqa: DTZ001  # made aware below
    hour=st.integers(0, 23),
    minute=st.integers(0, 59),
)
def test_daily_moments_rise_by_about_a_day(zone: ZoneInfo, start: datetime, hour: int, minute: int) -> None:
    found = list(islice(moments(daily(hour, minute), zone, start.replace(tzinfo=UTC)), 4))
    apart = [later - earlier for earlier, later in pairwise(found)]
    assert all(timedelta(hours=22) < gap < timedelta(hours=26) for gap in apart)
    days = [local_label(at, zone).date() for at in found]
    assert len(set(days)) == len(days)


def test_a_label_and_its_moment_belong_together() -> None:
    label = local_label(utc("2026-07-01T10:00"), BERLIN)
    assert label.hour == 12
    assert moment_of(label, BERLIN) == utc("2026-07-01T10:00")
