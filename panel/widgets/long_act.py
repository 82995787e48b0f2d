"""A notice that an act is under way, and how far; only where it takes so long that somebody would wonder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from nicegui import ui

from core.clock import Clock

_WONDER_AFTER = 0.5
_SAID_EVERY = 0.3


class LongAct:
    """How far an act on *total* profiles is; told with each step how many are done.

    Args:
        what: What is done, as it goes on: "Pausing".
    """

    def __init__(self, clock: Clock, what: str, total: int) -> None:
        self._clock = clock
        self._what = what
        self._total = total
        self._say_at = clock.monotonic() + _WONDER_AFTER
        self._notice: ui.notification | None = None

    def __call__(self, done: int) -> None:
        now = self._clock.monotonic()
        if now < self._say_at:
            return
        self._say_at = now + _SAID_EVERY
        text = f"{self._what}: {min(done, self._total):,} of {self._total:,}"
        if self._notice is None:
            self._notice = ui.notification(text, spinner=True, timeout=None)
        else:
            self._notice.message = text

    def end(self) -> None:
        """Take the notice away."""
        if self._notice is not None:
            self._notice.dismiss()


@contextmanager
def long_act(clock: Clock, what: str, total: int) -> Iterator[LongAct]:
    """Tells how far an act is for as long as the block runs; in the slot that is open."""
    act = LongAct(clock, what, total)
    try:
        yield act
    finally:
        act.end()
