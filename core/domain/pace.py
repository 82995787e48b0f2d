"""How fast something goes, over the last half minute, and when it will be done.  Pure."""

from __future__ import annotations

from collections import deque

# Long enough that a group of checks does not make it jump, short enough that a change shows.
WINDOW_SECONDS = 30.0


class Pace:
    """Counts that were seen at certain times.

    Args:
        window: Seconds over which the rate is taken.
    """

    def __init__(self, window: float = WINDOW_SECONDS) -> None:
        self._window = window
        self._seen: deque[tuple[float, int]] = deque()

    def note(self, at: float, count: int) -> None:
        """At the monotonic time *at* so many were done; a smaller count than before begins anew."""
        if self._seen and count < self._seen[-1][1]:
            self._seen.clear()
        self._seen.append((at, count))
        # One sight from before the window stays, so that the window is always full.
        while len(self._seen) > 2 and self._seen[1][0] <= at - self._window:
            self._seen.popleft()

    @property
    def rate(self) -> float | None:
        """A second; None until two sights lie at least a second apart."""
        if len(self._seen) < 2:
            return None
        (began, first), (ended, last) = self._seen[0], self._seen[-1]
        return (last - first) / (ended - began) if ended - began >= 1.0 else None

    def seconds_left(self, total: int) -> float | None:
        """Until *total* is reached at this rate; None where nothing moves."""
        if not self._seen or not (rate := self.rate):
            return None
        return max(0.0, (total - self._seen[-1][1]) / rate)
