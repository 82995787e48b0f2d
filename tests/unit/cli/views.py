"""Views with everything filled in, for what renders them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from core.domain.verdict import Outcome, Reason
from core.services.views import BatchView, CheckView

NOW = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)

_BATCH = BatchView(
    id="0a1b2c3d-0000-4000-8000-000000000000",
    name="food 27 Nov 12:00",
    niche="food",
    status="in_progress",
    requested_at=NOW,
    position=1,
    place_in_line=None,
    total=100,
    finished=41,
    live=20,
    none=15,
    private=1,
    gone=1,
    unknown=4,
    skipped=0,
    requests=12,
    seconds=3.5,
    waiting_reason=None,
    waiting_until=None,
    created_by="cli:ann",
    created_at=NOW,
    started_at=NOW,
    finished_at=None,
)
_CHECK = CheckView(
    username="ann",
    outcome=Outcome.LIVE,
    reason=Reason.OK,
    attempts=2,
    story_since=NOW - timedelta(hours=1),
    story_until=NOW + timedelta(hours=3),
    checked_at=NOW,
    proxy=7,
    session=9,
)


def batch(**changes: Any) -> BatchView:
    """A batch that runs and is done to 41 %."""
    return replace(_BATCH, **changes)


def check(**changes: Any) -> CheckView:
    """A check that found a story."""
    return replace(_CHECK, **changes)
