"""What the workers' time was spent on, minute by minute, and what the process took meanwhile.

The time in exchanges and in line is exact.  Whether idle workers wait for a route is looked at whenever somebody
takes the figures, which is every second or two.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from core.clock import Clock
from core.domain.minute_count import MinuteCount, beginning
from core.engine.own_use import OwnUse
from core.network.pool import Pool


class Idleness(StrEnum):
    """Why a worker has nothing to do."""

    NO_WORK = "no_work"
    LIMITED = "limited"  # there is work, and no route is ready for it
    PAUSED = "paused"  # there is work, and the breaker lets nobody ask


class Workforce(Protocol):
    """Who works."""

    @property
    def workers(self) -> int:
        """Exchanges that may be in flight at once."""

    @property
    def idleness(self) -> Idleness:
        """What idle workers wait for."""


class Minutes:
    """The figures of one holder besides verdicts, until they are stored."""

    def __init__(self, clock: Clock, pool: Pool) -> None:
        self._clock = clock
        self._pool = pool
        self._own_use = OwnUse()
        self._workforce: Workforce | None = None
        self._busy = 0
        self._busy_seconds = 0.0
        self._counted_until = self._taken_at = clock.monotonic()
        self._waited_before = pool.waited

    def of(self, workforce: Workforce) -> None:
        """Whose time it is."""
        self._workforce = workforce

    def step_began(self) -> None:
        """A worker took up a step: from now on it is in line or in an exchange."""
        self._count_time()
        self._busy += 1

    def step_ended(self) -> None:
        """It has carried it out, or was cancelled."""
        self._count_time()
        self._busy -= 1

    def take(self, exchanges: tuple[MinuteCount, ...]) -> tuple[MinuteCount, ...]:
        """*exchanges*, as the pool counted them, and all else since the last call."""
        self._count_time()
        spent = MinuteCount(
            beginning(self._clock.now()), cpu_ms=self._own_use.cpu_ms(), memory_mb=self._own_use.memory_mb()
        )
        self._share_out(spent, self._counted_until - self._taken_at)
        self._taken_at, self._busy_seconds = self._counted_until, 0.0
        return (*exchanges, spent)

    def _count_time(self) -> None:
        now = self._clock.monotonic()
        self._busy_seconds += self._busy * (now - self._counted_until)
        self._counted_until = now

    def _share_out(self, spent: MinuteCount, seconds: float) -> None:
        """Put the workers' time of the last *seconds* where it belongs."""
        waited = self._pool.waited
        in_line, self._waited_before = waited - self._waited_before, waited
        if self._workforce is None:
            return
        workers, idleness = self._workforce.workers, self._workforce.idleness
        idle = max(0.0, workers * seconds - self._busy_seconds)
        lost = round((in_line + (0.0 if idleness is Idleness.NO_WORK else idle)) * 1_000)
        spent.workers = workers
        spent.busy_ms = max(0, round((self._busy_seconds - in_line) * 1_000))
        if idleness is Idleness.PAUSED:
            spent.paused_ms = lost
        else:
            spent.limited_ms = lost
