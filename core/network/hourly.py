"""Exchanges counted by hour, proxy, reason and blame, with their response times, until somebody stores them.

Written once an exchange, so good ones, which are most, cost one look and one addition.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from core.domain.health import Report
from core.domain.hourly_count import HourlyCount
from core.domain.response_times import BUCKETS, bucket
from core.domain.verdict import Blame, Reason

_HOUR = timedelta(hours=1)
# Behind the buckets: exchanges that brought no answer.
_UNTIMED = BUCKETS
_GOOD = (Reason.OK.value, Blame.NOBODY.value)


class HourlyFigures:
    """What was counted since somebody last took it."""

    def __init__(self) -> None:
        self._hour: datetime | None = None
        self._hour_ends: datetime | None = None
        self._good: dict[int, list[int]] = {}
        self._others: dict[tuple[int, str, str], list[int]] = {}
        self._last: dict[tuple[int, str, str], datetime] = {}
        self._earlier: list[HourlyCount] = []

    def count(self, proxy_id: int, report: Report, elapsed_ms: float | None, now: datetime) -> None:
        """An exchange over the proxy ended at *now*, as *report* says."""
        if self._hour_ends is None or now >= self._hour_ends:
            self._next_hour(now)
        if report.ok and report.reason is Reason.OK:
            counts = self._good.get(proxy_id)
            if counts is None:
                counts = self._good[proxy_id] = [0] * (BUCKETS + 1)
        else:
            key = (proxy_id, report.reason.value, report.blame.value)
            counts = self._others.setdefault(key, [0] * (BUCKETS + 1))
            self._last[key] = now
        counts[_UNTIMED if elapsed_ms is None else bucket(elapsed_ms)] += 1

    def resettle(self, proxy_id: int, reason: Reason, was: Blame, now_is: Blame, at: datetime) -> None:
        """An exchange that ended at *at* and was counted for one blame is another's.  Rare."""
        hour, no_times = _beginning(at), (0,) * BUCKETS
        for blame, count in ((was, -1), (now_is, 1)):
            self._earlier.append(HourlyCount(hour, proxy_id, reason.value, blame.value, count, no_times, at))

    def take(self) -> tuple[HourlyCount, ...]:
        """All since the last call."""
        self._close()
        taken = tuple(self._earlier)
        self._earlier.clear()
        return taken

    def put_back(self, counts: Iterable[HourlyCount]) -> None:
        """They did not reach storage: hand them out again."""
        self._earlier.extend(counts)

    def _next_hour(self, now: datetime) -> None:
        self._close()
        self._hour = _beginning(now)
        self._hour_ends = self._hour + _HOUR

    def _close(self) -> None:
        """Put what is being counted among what waits to be taken."""
        if self._hour is None:
            return
        self._earlier += [_counted(self._hour, proxy, *_GOOD, counts) for proxy, counts in self._good.items()]
        self._earlier += [_counted(self._hour, *key, counts, self._last[key]) for key, counts in self._others.items()]
        self._good.clear()
        self._others.clear()
        self._last.clear()


def _beginning(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def _counted(
    hour: datetime, proxy_id: int, reason: str, blame: str, counts: list[int], last: datetime | None = None
) -> HourlyCount:
    return HourlyCount(hour, proxy_id, reason, blame, sum(counts), tuple(counts[:BUCKETS]), last)
