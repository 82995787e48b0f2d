"""Times on their way into the database: one by one and many at once, they are the same texts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.storage.database import from_sql_time, sql_time, sql_times

MOMENTS = st.datetimes(
    min_value=datetime(1970, 1, 2),  # noqa: DTZ001  # the zone comes beside it
    max_value=datetime(9999, 12, 30),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30)), timezone(-timedelta(hours=3))]),
)


@given(st.lists(st.none() | MOMENTS))
def test_many_at_once_are_spelled_as_each_by_itself(moments: list[datetime | None]) -> None:
    told = sql_times(moments)
    assert told == [None if moment is None else sql_time(moment) for moment in moments]
    assert [None if text is None else from_sql_time(text) for text in told] == moments


def test_whole_seconds_are_spelled_alike_too() -> None:
    moment = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert sql_times([moment, moment.replace(microsecond=70)]) == [
        "2026-01-02 03:04:05+00:00",
        "2026-01-02 03:04:05.000070+00:00",
    ]


def test_a_time_without_a_zone_is_refused_among_others() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        sql_times([datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 1, 2)])  # noqa: DTZ001
