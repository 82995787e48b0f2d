"""How fast batches go, as the bot sees them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from core.clock import Clock
from core.domain.pace import Pace
from core.services.views import BatchView


class Paces:
    """The paces of the batches that run."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._paces: dict[str, Pace] = {}

    def note(self, batches: Iterable[BatchView]) -> None:
        """Note how far these are; the others are forgotten."""
        now = self._clock.monotonic()
        noted: dict[str, Pace] = {}
        for batch in batches:
            if is_running(batch):
                noted[batch.id] = self._paces.get(batch.id) or Pace()
                noted[batch.id].note(now, batch.finished)
        self._paces = noted

    @property
    def running(self) -> Collection[str]:
        """The batches whose pace is known."""
        return self._paces.keys()

    def rate(self, batch: BatchView) -> float | None:
        """Checks a second; None where it does not move, or nobody knows yet."""
        pace = self._paces.get(batch.id)
        return (pace.rate or None) if pace is not None and is_running(batch) else None

    def done_at(self, batch: BatchView) -> datetime | None:
        """When it will be done at this rate."""
        pace = self._paces.get(batch.id)
        left = pace.seconds_left(batch.total) if pace is not None and is_running(batch) else None
        return None if left is None else self._clock.now() + timedelta(seconds=left)


def is_running(batch: BatchView) -> bool:
    """Whether checks of it are being made."""
    return batch.status == "in_progress" and batch.waiting_reason is None
