"""When a schedule's runs come: its rule, and by how much each of them is put off.  Pure.

A run is due at the moments that the rule names.  It happens a little later: an interval's runs by a part of the
spread, so that schedules made together do not fire together, all of them by the jitter, and those outside the active
hours when these begin.  All of it follows from the schedule's id and the moment, so that a restart finds the same.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from core.domain.active_hours import ActiveHours
from core.domain.cron import Cron
from core.domain.span_text import in_words

MINUTE = 60
DAY = 86_400
SHORTEST_INTERVAL = MINUTE
LONGEST_INTERVAL = 366 * DAY
LONGEST_JITTER = 6 * 3_600
# An interval's runs are spread over a tenth of it, and over ten minutes at most.
_SPREAD_SHARE = 10
_LONGEST_SPREAD = 600.0
_FRACTIONS = 2**53


class Only(StrEnum):
    """Which profiles of its niches a schedule checks, as they were last known."""

    ALL = "all"
    WITH_STORY = "with_story"
    WITHOUT_STORY = "without_story"


class RunWhy(StrEnum):
    """Why a run happened."""

    DUE = "due"
    CATCH_UP = "catch-up"
    BY_HAND = "by hand"


class RunOutcome(StrEnum):
    """What became of a run."""

    OPEN = "open"
    STARTED = "started"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Timing:
    """When runs come.

    Args:
        schedule: The schedule's id, which decides its part of the spread; None for a preview, which has none.
        every: Seconds from run to run; None where *rule* says.
        starts_at: The first run of an interval; a cron rule names no moment before it.
        jitter: The most seconds by which a run is put off by chance.
    """

    schedule: int | None
    every: int | None
    rule: Cron | None
    zone: ZoneInfo
    starts_at: datetime
    jitter: int = 0
    active: ActiveHours | None = None

    @property
    def keeps_local_time(self) -> bool:
        """Whether its moments are those of clocks on walls: a cron rule, or an interval of whole days."""
        return self.every is None or self.every % DAY == 0

    @property
    def words(self) -> str:
        """The rule as people read it."""
        if self.every is not None:
            return f"every {in_words(self.every)}"
        assert self.rule is not None, "a schedule has an interval or a cron rule"
        return self.rule.text

    def happens(self, due: datetime) -> datetime:
        """When the run happens that is due at *due*: never earlier."""
        put_off = self._spread() + self.jitter * _fraction(f"{self.schedule} {due.timestamp():.0f}")
        at = due + timedelta(seconds=int(put_off))
        return at if self.active is None else self.active.first_inside(at, self.zone)

    def _spread(self) -> float:
        if self.every is None or self.schedule is None:
            return 0.0
        return min(self.every / _SPREAD_SHARE, _LONGEST_SPREAD) * _fraction(f"schedule {self.schedule}")


def _fraction(text: str) -> float:
    """A number from 0 up to 1 that only *text* decides."""
    digest = hashlib.sha256(text.encode()).digest()
    return (int.from_bytes(digest[:8]) % _FRACTIONS) / _FRACTIONS
