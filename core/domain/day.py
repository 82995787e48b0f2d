"""When a day began, where the people are."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

UTC_ZONE = ZoneInfo("UTC")


def day_began(now: datetime, zone: ZoneInfo) -> datetime:
    """The midnight before *now* in *zone*, in UTC; where clocks skip midnight, the moment at which they do."""
    return now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0, fold=0).astimezone(UTC)
