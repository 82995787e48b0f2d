"""Quiet hours: a span of the day, which may go over midnight, and when it ends.  Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from core.errors import InvalidInput

_SPAN = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])\s*[-–]\s*([01]?[0-9]|2[0-3]):([0-5][0-9])")


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From a minute of the day until another one, in minutes since midnight; over midnight where the end is lower."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"{_time_of_day(self.start)}-{_time_of_day(self.end)}"

    def until(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """When the quiet that there is at *now* ends, in UTC; None where there is none."""
        local = now.astimezone(zone)
        minute = local.hour * 60 + local.minute
        over_midnight = self.end < self.start
        if over_midnight and (minute >= self.start or minute < self.end):
            days = 1 if minute >= self.start else 0
        elif self.start <= minute < self.end:
            days = 0
        else:
            return None
        end = (local + timedelta(days=days)).replace(
            hour=self.end // 60, minute=self.end % 60, second=0, microsecond=0, fold=0
        )
        return end.astimezone(UTC)


def read_quiet(text: str) -> QuietHours | None:
    """The hours that *text* names; ``none`` names none.

    Raises:
        InvalidInput: They cannot be read, or begin and end at once.
    """
    given = text.strip().lower()
    if given in {"", "none"}:
        return None
    found = _SPAN.fullmatch(given)
    if found is None:
        raise InvalidInput("quiet", f'"{text.strip()[:40]}" is no span; write 22:00-07:00, or none')
    start, end = (int(found[i]) * 60 + int(found[i + 1]) for i in (1, 3))
    if start == end:
        raise InvalidInput("quiet", "they end when they begin; to be told nothing, mute alerts or switch kinds off")
    return QuietHours(start, end)


def _time_of_day(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
