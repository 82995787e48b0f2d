"""The breaker across holders of the engine: what one leaves in its snapshot, and how the next takes it up."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core.clock import Clock
from core.domain.breaker import Pause
from core.domain.verdict import Reason
from core.network.pool import Pool

_log = logging.getLogger(__name__)

NAME = "breaker"


def remembered(pool: Pool) -> dict[str, Any]:
    """What to put into the snapshot; nothing while the breaker is closed."""
    pause, until = pool.hearing.pause, pool.hearing.paused_until
    if pause is None or until is None:
        return {}
    told = {
        "reason": pause.reason.value,
        "look_ups_alone": pause.look_ups_alone,
        "failed_probes": pause.failed_probes,
        "until": until.isoformat(),
    }
    return {NAME: told}


def kept(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """The part of an earlier holder's *snapshot* that outlives it."""
    return {NAME: snapshot[NAME]} if NAME in snapshot else {}


def remind(pool: Pool, snapshot: Mapping[str, Any], clock: Clock) -> None:
    """Let the breaker stand as an earlier holder left it; what cannot be read leaves it closed."""
    told = snapshot.get(NAME)
    if told is None:
        return
    try:
        left = (datetime.fromisoformat(told["until"]) - clock.now()).total_seconds()
        pause = Pause(
            Reason(told["reason"]), bool(told["look_ups_alone"]), int(told["failed_probes"]), clock.monotonic() + left
        )
    except (KeyError, TypeError, ValueError):
        _log.warning("what was kept of the breaker cannot be read; it is closed")
        return
    pool.hearing.resume(pause)
