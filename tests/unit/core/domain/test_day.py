"""A day begins at local midnight, whatever the clocks do."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from core.domain.day import day_began


@pytest.mark.parametrize(
    ("zone", "now", "began"),
    [
        ("UTC", "2026-11-29T19:00:00+00:00", "2026-11-29T00:00:00+00:00"),
        ("Europe/Berlin", "2026-11-29T19:00:00+00:00", "2026-11-28T23:00:00+00:00"),
        ("Europe/Berlin", "2026-11-29T23:30:00+00:00", "2026-11-29T23:00:00+00:00"),
        ("Asia/Kolkata", "2026-11-29T18:29:59+00:00", "2026-11-28T18:30:00+00:00"),
        # The day on which summer time ends has 25 hours, the one on which it begins 23.
        ("Europe/Berlin", "2026-10-25T22:59:00+00:00", "2026-10-24T22:00:00+00:00"),
        ("Europe/Berlin", "2026-03-29T12:00:00+00:00", "2026-03-28T23:00:00+00:00"),
        # There was no midnight on this day: the clocks went from 24:00 to 01:00.
        ("Asia/Beirut", "2022-03-27T10:00:00+00:00", "2022-03-26T22:00:00+00:00"),
    ],
)
def test_a_day_begins_at_local_midnight(zone: str, now: str, began: str) -> None:
    found = day_began(datetime.fromisoformat(now), ZoneInfo(zone))
    assert found.isoformat() == began
