"""What the platform allows a session and an address, as sliding windows.  Tells no time of its own."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

from sandbox.logins import Login
from sandbox.scenario import Scenario

MINUTE = 60.0
HOUR = 3600.0


class Window:
    """At most *limit* requests in any *span* seconds."""

    def __init__(self, limit: int, span: float) -> None:
        self._limit = limit
        self._span = span
        self._sent: deque[float] = deque()

    def wait(self, now: float) -> float:
        """Seconds until one more is allowed; 0 when it is allowed now."""
        while self._sent and self._sent[0] <= now - self._span:
            self._sent.popleft()
        return 0.0 if len(self._sent) < self._limit else self._sent[0] + self._span - now

    def count(self, now: float) -> None:
        """One was allowed."""
        self._sent.append(now)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Which limit was exceeded, and for how many whole seconds still."""

    limit: str
    seconds: int


class Allowance:
    """All windows of one platform."""

    def __init__(self, scenario: Scenario) -> None:
        self._gap = scenario.gap_seconds
        self._gap_enforced = scenario.gap_enforced
        self._kinds = (
            ("session_per_minute", scenario.session_per_minute, MINUTE),
            ("session_per_hour", scenario.session_per_hour, HOUR),
            ("address_per_minute", scenario.address_per_minute, MINUTE),
            ("address_per_hour", scenario.address_per_hour, HOUR),
        )
        self._windows: dict[tuple[str, str], Window] = {}

    def is_early(self, login: Login, now: float) -> bool:
        """Whether the session asks sooner than the gap after its last answer, or before that answer."""
        if not self._gap:
            return False
        return login.in_flight > 0 or (login.answered_at is not None and now - login.answered_at < self._gap)

    def refusal(self, login: Login, address: str, now: float) -> Refusal | None:
        """The limit that this request exceeds; None when it is allowed, and then it is counted."""
        if self._gap_enforced and self.is_early(login, now):
            return Refusal("gap", max(1, math.ceil(self._gap)))
        windows = [
            (name, self._window(name, login.account if name.startswith("session") else address, limit, span))
            for name, limit, span in self._kinds
            if limit is not None
        ]
        for name, window in windows:
            if (wait := window.wait(now)) > 0:
                return Refusal(name, math.ceil(wait))
        for _, window in windows:
            window.count(now)
        return None

    def _window(self, name: str, who: str, limit: int, span: float) -> Window:
        window = self._windows.get((name, who))
        if window is None:
            window = self._windows[name, who] = Window(limit, span)
        return window
