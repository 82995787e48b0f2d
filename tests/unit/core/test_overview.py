"""What goes on as a whole, from the engine's stored state and the batches in line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.services.monitoring import overview
from core.services.views import Activity
from core.storage.batches import LineCounts
from core.storage.engine_state import StoredEngineState

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
COUNTS = {"ready": 30, "leased": 5, "paced": 6, "cooling": 4, "quarantined": 2, "frozen": 3, "off": 7}


def state(*, alive: bool = True, **snapshot: Any) -> StoredEngineState:
    heartbeat = NOW - timedelta(seconds=3 if alive else 30)
    return StoredEngineState("run:1:a", 1, heartbeat, 4, {"counts": COUNTS, **snapshot}, None)


def line(running: int = 0, waiting: int = 0, in_line: int = 0) -> LineCounts:
    return LineCounts(running, waiting, in_line, "all routes rest" if waiting else None, NOW if waiting else None)


@pytest.mark.parametrize(
    ("stored", "counts", "activity", "reason"),
    [
        (state(), line(), Activity.IDLE, None),
        (state(), line(running=2, waiting=1), Activity.CHECKING, None),
        (state(), line(running=2, waiting=2), Activity.WAITING, "all routes rest"),
        (state(alive=False), line(), Activity.IDLE, None),
        (state(alive=False), line(in_line=1), Activity.AWAY, "nobody holds the engine"),
        (
            state(breaker={"reason": "http_error", "until": NOW.isoformat()}),
            line(running=1),
            Activity.PAUSED,
            "http_error",
        ),
    ],
)
def test_what_goes_on_is_told_from_heartbeat_line_and_breaker(
    stored: StoredEngineState, counts: LineCounts, activity: Activity, reason: str | None
) -> None:
    seen = overview(stored, counts, NOW)
    assert (seen.activity, seen.reason) == (activity, reason)


def test_a_session_that_is_used_or_paced_counts_as_ready_and_one_that_is_off_as_none() -> None:
    seen = overview(state(), line(), NOW)
    assert (seen.ready, seen.resting, seen.frozen, seen.routes) == (41, 6, 3, 50)
