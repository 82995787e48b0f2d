"""The limits as the pool reads them: worked out once when they change, not once a lease."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import NamedTuple

from core.domain.limits import DAY, HOUR, Limits
from core.network.windows import Sends

# At most so many exchanges may be forgotten by a crash, and are therefore counted after it.
MOST_GRANTED = 10
# Less is granted where it is enough or would cost much: what a session can send in so many seconds, and this
# part of the narrowest window.
_GRANTED_SECONDS = 5.0
_GRANTED_PART = 4

# How many moments are kept while there is no limit, so that one set later counts what went before.
KEPT_WITHOUT_LIMIT = 1000


class Rates(NamedTuple):
    """So many in any hour and any day; None is "no limit"."""

    hour: int | None
    day: int | None

    @property
    def kept(self) -> int:
        """How many moments the windows can ask for."""
        return max(KEPT_WITHOUT_LIMIT if limit is None else limit for limit in self)

    def free_at(self, sends: Sends) -> float:
        """When both windows have a place; infinity while exchanges under way fill one."""
        at = -inf if self.hour is None else sends.free_at(self.hour, HOUR)
        return at if self.day is None else max(at, sends.free_at(self.day, DAY))

    def part(self, share: float) -> Rates:
        """*share* of these, but at least one."""
        return Rates(*(None if limit is None else max(1, int(limit * share)) for limit in self))


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast routes may go.

    Args:
        gap: Seconds from an answer to the next request; chance adds up to *jitter* times as much.
        sends: All exchanges of one session; ``young_sends`` while it is younger than *young_seconds*.
        kept: How many moments the windows of a session can ask for; the others likewise.
    """

    gap: float
    jitter: float
    sends: Rates
    look_ups: Rates
    young_seconds: float
    young_sends: Rates
    young_look_ups: Rates
    proxy_sends: Rates
    proxy_parallel: int
    per_minute: int | None
    kept: int
    kept_look_ups: int
    kept_of_all: int

    @classmethod
    def of(cls, limits: Limits) -> Pace:
        """The pace that *limits* ask for."""
        sends = Rates(limits.per_route_hour, limits.per_route_day)
        look_ups = Rates(limits.lookups_hour, limits.lookups_day)
        return cls(
            gap=limits.route_gap_seconds,
            jitter=limits.route_gap_jitter,
            sends=sends,
            look_ups=look_ups,
            young_seconds=limits.new_session_days * DAY,
            young_sends=sends.part(limits.new_session_share),
            young_look_ups=look_ups.part(limits.new_session_share),
            proxy_sends=Rates(limits.per_proxy_hour, limits.per_proxy_day),
            proxy_parallel=limits.per_proxy_parallel,
            per_minute=limits.global_per_minute,
            kept=sends.kept,
            kept_look_ups=look_ups.kept,
            kept_of_all=Rates(limits.global_per_minute, limits.global_per_minute).kept,
        )

    def grant(self, proxy_sends: Rates) -> int:
        """How many exchanges a session is granted at a time over a proxy with these rates; 0: nothing limits it."""
        windows = [most for most in (*self.sends, *proxy_sends, self.per_minute) if most is not None]
        if not windows and not self.gap and self.look_ups == Rates(None, None):
            return 0
        at_a_time = [MOST_GRANTED, *(max(1, most // _GRANTED_PART) for most in windows)]
        if self.gap:
            at_a_time.append(1 + int(_GRANTED_SECONDS / self.gap))
        return min(at_a_time)
