"""What was done within one minute besides verdicts: a value that is counted in one place and added up in another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.domain.response_times import BUCKETS


@dataclass(slots=True)
class MinuteCount:
    """Exchanges of one minute, the time of the workers and what the process took.

    Args:
        minute: Its beginning.
        failures: Exchanges that failed through no profile's fault.
        rate_limited: Those of *failures* with which the platform asked for less.
        times: Those that brought an answer, by bucket of :mod:`core.domain.response_times`.
        answer_ms: What those took together.
        busy_ms: Worker time in exchanges, as *limited_ms* is that without a ready route while there was work, and
            *paused_ms* that in which the breaker let nobody ask.
        workers: The most that there were.
        memory_mb: The most that it was.
    """

    minute: datetime
    exchanges: int = 0
    failures: int = 0
    rate_limited: int = 0
    times: tuple[int, ...] = (0,) * BUCKETS
    answer_ms: int = 0
    busy_ms: int = 0
    limited_ms: int = 0
    paused_ms: int = 0
    workers: int = 0
    cpu_ms: int = 0
    memory_mb: int = 0

    def with_added(self, other: MinuteCount) -> MinuteCount:
        """Both of the same minute in one."""
        return MinuteCount(
            self.minute,
            self.exchanges + other.exchanges,
            self.failures + other.failures,
            self.rate_limited + other.rate_limited,
            tuple(one + more for one, more in zip(self.times, other.times, strict=True)),
            self.answer_ms + other.answer_ms,
            self.busy_ms + other.busy_ms,
            self.limited_ms + other.limited_ms,
            self.paused_ms + other.paused_ms,
            max(self.workers, other.workers),
            self.cpu_ms + other.cpu_ms,
            max(self.memory_mb, other.memory_mb),
        )


def beginning(moment: datetime) -> datetime:
    """When the minute of *moment* began."""
    return moment.replace(second=0, microsecond=0)
