"""The hours of a day in which something may happen, by the clocks of a time zone.  Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.domain.wall_time import local_label, moments_of
from core.errors import InvalidInput

MIDNIGHT = 1_440
_TEXT = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")
_FIELD = "active hours"


@dataclass(frozen=True, slots=True)
class ActiveHours:
    """From one minute of the day until another, which is not among them; over midnight where it comes earlier."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.start // 60:02}:{self.start % 60:02}-{self.end // 60:02}:{self.end % 60:02}"

    def hold(self, label: datetime) -> bool:
        """Whether clocks that show *label* are within them."""
        minute = label.hour * 60 + label.minute
        if self.start < self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end

    def first_inside(self, at: datetime, zone: ZoneInfo) -> datetime:
        """*at* where it is inside, or the moment at which they begin next."""
        label = local_label(at, zone)
        if self.hold(label):
            return at
        begin = label.replace(hour=self.start // 60, minute=self.start % 60, second=0, microsecond=0)
        # Where clocks are changed, the day's first beginning may be over while a second one is to come.
        begins = [moment for days in (0, 1, 2) for moment in moments_of(begin + timedelta(days=days), zone)]
        return min(moment for moment in begins if moment >= at)


def read_active_hours(text: str) -> ActiveHours | None:
    """The hours that *text* spells; None when it is empty.

    Raises:
        InvalidInput: It spells none.
    """
    if not text.strip():
        return None
    matched = _TEXT.fullmatch(text.strip())
    if matched is None:
        raise InvalidInput(_FIELD, f'write them as 08:00-22:00, not "{text.strip()[:40]}"')
    hour, minute, end_hour, end_minute = (int(number) for number in matched.groups())
    start, end = hour * 60 + minute, end_hour * 60 + end_minute
    if minute > 59 or end_minute > 59 or start >= MIDNIGHT or end > MIDNIGHT:
        raise InvalidInput(_FIELD, f'a day goes from 00:00 to 24:00; "{text.strip()}" is beyond it')
    if start == end:
        raise InvalidInput(_FIELD, f'"{text.strip()}" holds no time; leave them empty for the whole day')
    return ActiveHours(start, end)
