"""A mailbox that is also reminded of the time."""

from __future__ import annotations

from dataclasses import dataclass

from core.clock import Clock, Timer
from core.events import Mailbox


@dataclass(frozen=True, slots=True)
class Tick:
    """So much time has passed."""

    subject: str = "tick"


class Ticking:
    """Puts a tick into a mailbox, one at a time.

    Args:
        every: Seconds from :meth:`start` to the tick.
    """

    def __init__(self, clock: Clock, mailbox: Mailbox, *, every: float) -> None:
        self._clock = clock
        self._mailbox = mailbox
        self._every = every
        self._timer: Timer | None = None

    def start(self) -> None:
        """See to it that a tick comes; one that is on its way stays."""
        if self._timer is None:
            self._timer = self._clock.call_at(self._clock.monotonic() + self._every, self._tick)

    def stop(self) -> None:
        """No tick comes any more."""
        if self._timer is not None:
            self._timer.cancel()

    def _tick(self) -> None:
        self._timer = None
        self._mailbox.put(Tick())
