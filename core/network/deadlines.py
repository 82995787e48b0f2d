"""Until when each exchange may take: one timer for all that may take equally long, not one for each.

Nearly every exchange ends long before its time is over, and making a timer only to cancel it costs more than this.
"""

from __future__ import annotations

import asyncio
from typing import Protocol


class Exchange(Protocol):
    """What may take only so long."""

    def out_of_time(self) -> None:
        """Its time is over."""


class Deadlines:
    """Those whose time runs."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._lines: dict[float, _Line] = {}

    def __len__(self) -> int:
        return sum(len(line.running) for line in self._lines.values())

    def begin(self, exchange: Exchange, seconds: float) -> None:
        """Give *exchange* so many seconds from now."""
        line = self._lines.get(seconds)
        if line is None:
            line = self._lines[seconds] = _Line(self._loop)
        line.join(exchange, self._loop.time() + seconds)

    def end(self, exchange: Exchange, seconds: float) -> None:
        """It has ended by itself; harmless when it has not."""
        line = self._lines.get(seconds)
        if line is not None:
            line.running.pop(exchange, None)

    def close(self) -> None:
        """Nobody's time runs any more."""
        for line in self._lines.values():
            line.close()
        self._lines.clear()


class _Line:
    """Exchanges that may take equally long, so that the one that came first is due first."""

    __slots__ = ("_loop", "_timer", "running")

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.running: dict[Exchange, float] = {}
        self._loop = loop
        self._timer: asyncio.TimerHandle | None = None

    def join(self, exchange: Exchange, due: float) -> None:
        self.running[exchange] = due
        if self._timer is None:
            self._timer = self._loop.call_at(due, self._look)

    def close(self) -> None:
        self.running.clear()
        if self._timer is not None:
            self._timer.cancel()

    def _look(self) -> None:
        """Tell those whose time is over, and wait for the next one's."""
        self._timer = None
        now, late = self._loop.time(), []
        for exchange, due in self.running.items():
            if due > now:
                self._timer = self._loop.call_at(due, self._look)
                break
            late.append(exchange)
        for exchange in late:
            del self.running[exchange]
            exchange.out_of_time()
