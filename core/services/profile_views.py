"""Stored profiles as people see them."""

from __future__ import annotations

from datetime import datetime

from core.domain.feed import story_state
from core.domain.verdict import Outcome, Reason
from core.services.views import FeedRow, ProfileView
from core.storage.database import Row, from_sql_time


def profile_view(row: Row, now: datetime) -> ProfileView:
    """The profile of a row of :mod:`core.storage.profiles`."""
    until = _time(row["story_until"])
    return ProfileView(
        username=row["username"],
        niche=row["niche"],
        status=row["status"],
        last_outcome=_outcome(row),
        last_reason=_reason(row),
        last_checked_at=_time(row["last_checked_at"]),
        last_story_at=_time(row["last_story_at"]),
        checks_total=row["checks_total"],
        conclusive_total=row["conclusive_total"],
        stories_total=row["stories_total"],
        story_since=_time(row["story_since"]),
        story_until=until,
        live_now=until is not None and until > now,
        platform_id=row["platform_id"],
        is_private=None if row["is_private"] is None else bool(row["is_private"]),
        unknown_streak=row["unknown_streak"],
        created_at=from_sql_time(row["created_at"]),
        watched=bool(row["watched"]),
    )


def feed_row(row: Row, now: datetime) -> FeedRow:
    """The profile of a row of :mod:`core.storage.feed`."""
    until = _time(row["story_until"])
    return FeedRow(
        username=row["username"],
        niche=row["niche"],
        niche_id=row["niche_id"],
        status=row["status"],
        story=story_state(_outcome(row), until, now),
        live_now=until is not None and until > now,
        story_since=_time(row["story_since"]),
        story_until=until,
        last_outcome=_outcome(row),
        last_reason=_reason(row),
        last_checked_at=_time(row["last_checked_at"]),
        last_story_at=_time(row["last_story_at"]),
        checks_total=row["checks_total"],
        conclusive_total=row["conclusive_total"],
        stories_total=row["stories_total"],
        detection_ppm=row["detection_ppm"],
        unknown_streak=row["unknown_streak"],
        watched=bool(row["watched"]),
    )


def _outcome(row: Row) -> Outcome | None:
    return None if row["last_outcome"] is None else Outcome(row["last_outcome"])


def _reason(row: Row) -> Reason | None:
    return None if row["last_reason"] is None else Reason(row["last_reason"])


def _time(text: str | None) -> datetime | None:
    return None if text is None else from_sql_time(text)
