"""What earlier processes sent, put back into the windows: late is allowed, early never.

Owns the way from counted minutes to moments.  Knows no storage and lends nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.clock import Clock
from core.network.readiness import Readiness
from core.network.routes import PooledProxy

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Sent:
    """How many exchanges a session made over a proxy in the minute that began at *minute*.

    Args:
        look_ups: Those of *sent* that were look-ups.
    """

    session_id: int
    proxy_id: int
    minute: datetime
    sent: int
    look_ups: int


def recall(sent: Iterable[Sent], *, readiness: Readiness, proxies: Mapping[int, PooledProxy], clock: Clock) -> None:
    """Count *sent*, the earliest minute first, as if each exchange had ended as late as it can have.

    That is the end of its minute, or now: a minute that a clock ahead of its time wrote down is over now.
    """
    wall, now = clock.now(), clock.monotonic()
    for each in sent:
        at = now + (min(each.minute + _MINUTE, wall) - wall).total_seconds()
        readiness.recall(
            readiness.sessions.get(each.session_id), proxies.get(each.proxy_id), at, each.sent, each.look_ups
        )
