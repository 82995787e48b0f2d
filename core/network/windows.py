"""Sliding windows over what was sent: exact, in constant time, with memory only for what was sent.

Owns the moments of the newest exchanges of one session, one proxy or the whole pool.  Any number of
windows (an hour, a day) read the same ring.  Knows no limits of its own.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from math import inf


class Sends:
    """The newest exchanges: those under way, and the moments at which the others ended.

    ``under_way`` counts the exchanges that are reserved and have not ended; whoever reserves sets it.
    An exchange takes its place when it is reserved and keeps it until a window's length after its
    *end*.  The platform receives it somewhere between, so no window is overrun as seen from there,
    however long a connection takes (a place counted from the reservation would free itself early).
    """

    __slots__ = ("_forgotten", "_moments", "_oldest", "under_way")

    def __init__(self) -> None:
        self.under_way = 0
        self._moments = array("d")  # a ring once it is full; grows with use
        self._oldest = 0
        # The newest moment that was overwritten: everything beyond the ring is at most as new.
        self._forgotten = -inf

    def add(self, at: float, keep: int) -> None:
        """One more exchange ended, at *at*, which is never before an earlier end.

        Args:
            keep: How many moments are worth keeping: the largest limit of any window.
        """
        moments = self._moments
        if len(moments) < keep:
            if self._oldest:
                # The limit was raised after the ring had closed: lay it out from the oldest on again.
                moments = self._moments = moments[self._oldest :] + moments[: self._oldest]
                self._oldest = 0
            moments.append(at)
            return
        self._forgotten = moments[self._oldest]
        moments[self._oldest] = at
        self._oldest = (self._oldest + 1) % len(moments)

    def after(self, moment: float) -> Iterator[float]:
        """The kept moments later than *moment*, the newest first."""
        moments = self._moments
        for back in range(1, len(moments) + 1):
            at = moments[(self._oldest - back) % len(moments)]
            if at <= moment:
                return
            yield at

    def free_at(self, limit: int, span: float) -> float:
        """When one more exchange fits into *limit* in any *span* seconds.

        Minus infinity while fewer were ever sent; infinity while exchanges under way fill it.
        """
        place = limit - self.under_way
        if place <= 0:
            return inf
        kept = len(self._moments)
        # The place-th newest has to be out of the window.
        last = self._forgotten if place > kept else self._moments[(self._oldest - place) % kept]
        return last + span
