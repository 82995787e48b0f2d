"""Exchanges counted by the minute, with their response times, until somebody stores them.

Written once an exchange, so it costs a comparison and a few additions.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from core.domain.failure import THROTTLES
from core.domain.health import Report
from core.domain.minute_count import MinuteCount, beginning
from core.domain.response_times import BUCKETS, bucket
from core.domain.verdict import Blame

_MINUTE = timedelta(minutes=1)
# Behind the buckets: exchanges that brought no answer.
_UNTIMED = BUCKETS


class MinuteFigures:
    """What was counted since somebody last took it."""

    def __init__(self) -> None:
        self._minute: datetime | None = None
        self._minute_ends: datetime | None = None
        self._times = [0] * (BUCKETS + 1)
        self._answer_ms = 0.0
        self._failures = 0
        self._rate_limited = 0
        self._earlier: list[MinuteCount] = []

    def count(self, report: Report, elapsed_ms: float | None, now: datetime) -> None:
        """An exchange ended at *now*, as *report* says."""
        # A clock that was set back is in another minute, too.
        if self._minute is None or self._minute_ends is None or not self._minute <= now < self._minute_ends:
            self._close()
            self._minute = beginning(now)
            self._minute_ends = self._minute + _MINUTE
        if elapsed_ms is None:
            self._times[_UNTIMED] += 1
        else:
            self._times[bucket(elapsed_ms)] += 1
            self._answer_ms += elapsed_ms
        if not report.ok and report.blame is not Blame.PROFILE:
            self._failures += 1
            self._rate_limited += report.reason in THROTTLES

    def take(self) -> tuple[MinuteCount, ...]:
        """All since the last call."""
        self._close()
        taken = tuple(self._earlier)
        self._earlier.clear()
        return taken

    def put_back(self, counts: Iterable[MinuteCount]) -> None:
        """They did not reach storage: hand them out again."""
        self._earlier.extend(counts)

    def _close(self) -> None:
        """Put what is being counted among what waits to be taken."""
        exchanges = sum(self._times)
        if self._minute is None or not exchanges:
            return
        times, answer_ms = tuple(self._times[:BUCKETS]), round(self._answer_ms)
        counted = MinuteCount(self._minute, exchanges, self._failures, self._rate_limited, times, answer_ms)
        self._earlier.append(counted)
        self._times = [0] * (BUCKETS + 1)
        self._answer_ms = 0.0
        self._failures = self._rate_limited = 0
