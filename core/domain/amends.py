"""What a blame that is settled later does to the health of whom it meets.  Pure: values in, values out.

The exchange itself was counted when it ended; only whose it was is new.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from core.domain import rests
from core.domain.health import (
    UNPROVEN_IN_A_ROW,
    Health,
    ProxyHealth,
    ProxyState,
    SessionHealth,
    SessionState,
    quarantined,
)
from core.domain.tally import failed
from core.domain.verdict import Reason

_H = TypeVar("_H", bound=Health)


def charged(health: _H, reason: Reason, now: datetime) -> _H:
    """*health* once an exchange that was counted for neither side turns out to speak against it."""
    return replace(failed(health, now, reason), requests=health.requests, last_used_at=health.last_used_at)


def proxy_charged(
    health: ProxyHealth, reason: Reason, *, now: datetime, proxy_failures: int, rest_scale: float, draw: float
) -> ProxyHealth:
    """A proxy's health after :func:`charged`; it goes into quarantine if that was one failure too many."""
    health = charged(health, reason, now)
    if health.state is ProxyState.QUARANTINED or health.consecutive_failures < proxy_failures:
        return health
    return quarantined(health, now, rests.quarantine(health.quarantines, draw) * rest_scale)


def acquitted(health: _H) -> _H:
    """*health* once a failure that was counted against it turns out to be somebody else's.

    Which of the last exchanges it was is not kept; one failure less is what counts.
    """
    return replace(
        health,
        failures=max(0, health.failures - 1),
        consecutive_failures=max(0, health.consecutive_failures - 1),
        outcomes=_without_a_failure(health.outcomes, health.judged),
        judged=max(0, health.judged - 1),
    )


def _without_a_failure(outcomes: int, judged: int) -> int:
    """The bits of *outcomes* without the newest 0 among them."""
    for place in range(judged):
        if not outcomes >> place & 1:
            return outcomes >> place + 1 << place | outcomes & (1 << place) - 1
    return outcomes


def suspicion_lifted(health: SessionHealth, until: datetime | None) -> SessionHealth:
    """A session's health once the sign of a dead login turns out to be what everybody sees.

    Args:
        until: The rest that it had before.
    """
    if not health.accused:
        return health
    lifted = replace(health, accused=False, until=until, state=SessionState.VALID)
    if health.unproven >= UNPROVEN_IN_A_ROW:
        return replace(lifted, state=SessionState.SUSPECTED)
    return replace(lifted, state=SessionState.RESTING) if until is not None else lifted
