"""The only way to tell and to wait for time.  A fake one makes days pass in a test."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Protocol


class Timer(Protocol):
    """A call that has not happened yet."""

    def cancel(self) -> None:
        """Forget the call; harmless after it happened."""


class Clock(Protocol):
    """Wall time, steady time, and waiting for it."""

    def now(self) -> datetime:
        """Wall time, aware, UTC."""

    def monotonic(self) -> float:
        """Seconds that never run backwards; only differences mean anything."""

    async def sleep(self, seconds: float) -> None:
        """Wait *seconds*; zero or less only lets other tasks run."""

    def call_at(self, when: float, callback: Callable[[], None]) -> Timer:
        """Run *callback* when :meth:`monotonic` reaches *when*; at once if it has."""


class SystemClock:
    """The machine's own time."""

    # The functions themselves, because an exchange looks at the time a dozen times.
    now = staticmethod(partial(datetime.now, UTC))
    monotonic = staticmethod(time.monotonic)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(max(0.0, seconds))

    def call_at(self, when: float, callback: Callable[[], None]) -> Timer:
        # The event loop's clock need not start where time.monotonic() does, so hand over the difference.
        return asyncio.get_running_loop().call_later(max(0.0, when - time.monotonic()), callback)


class _FakeTimer:
    def __init__(self, callback: Callable[[], None]) -> None:
        self.callback: Callable[[], None] | None = callback

    def cancel(self) -> None:
        self.callback = None


class FakeClock:
    """Time that stands still until :meth:`advance` moves it."""

    def __init__(self, start: datetime = datetime(2026, 1, 1, tzinfo=UTC)) -> None:
        self._start = start
        self._elapsed = 0.0
        self._timers: list[tuple[float, int, _FakeTimer]] = []
        self._order = itertools.count()

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self._elapsed)

    def monotonic(self) -> float:
        return self._elapsed

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        done = asyncio.get_running_loop().create_future()
        timer = self.call_at(self._elapsed + seconds, lambda: None if done.done() else done.set_result(None))
        try:
            await done
        finally:
            timer.cancel()

    def call_at(self, when: float, callback: Callable[[], None]) -> Timer:
        timer = _FakeTimer(callback)
        heapq.heappush(self._timers, (when, next(self._order), timer))
        return timer

    def advance_to_next(self) -> bool:
        """Jump to the earliest timer and run it; False when none is waiting."""
        if self._next_at() is None:
            return False
        when, _, timer = heapq.heappop(self._timers)
        self._elapsed = max(self._elapsed, when)
        assert timer.callback is not None, "cancelled ones were dropped"
        timer.callback()
        return True

    async def advance(self, seconds: float) -> None:
        """Let *seconds* pass: every timer on the way runs in order, and tasks get to run after each."""
        end = self._elapsed + seconds
        await settle()
        while (at := self._next_at()) is not None and at <= end:
            self.advance_to_next()
            await settle()
        self._elapsed = end
        await settle()

    def _next_at(self) -> float | None:
        """When the earliest timer that was not cancelled runs."""
        while self._timers and self._timers[0][2].callback is None:
            heapq.heappop(self._timers)
        return self._timers[0][0] if self._timers else None


async def settle(rounds: int = 20) -> None:
    """Let every task that can run do so, a few steps deep."""
    for _ in range(rounds):
        await asyncio.sleep(0)
