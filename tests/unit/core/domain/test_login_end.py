"""What is said of a login before it ends by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.domain.login_end import warning

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(days=7, seconds=1), None),
        (timedelta(days=7), "Its cookies end in 7 days; bring those of a new login before."),
        (timedelta(days=1), "Its cookies end in 1 day; bring those of a new login before."),
        (timedelta(hours=23), "Its cookies end within a day; bring those of a new login before."),
        (timedelta(0), "Its cookies have ended; bring those of a new login."),
        (timedelta(days=-30), "Its cookies have ended; bring those of a new login."),
    ],
)
def test_the_end_is_told_from_seven_days_before(left: timedelta, said: str | None) -> None:
    assert warning(NOW + left, NOW) == said


def test_nothing_is_said_where_nobody_knows_the_end() -> None:
    assert warning(None, NOW) is None
