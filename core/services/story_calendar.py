"""Puts together when the profiles of a niche post: stories by weekday and hour."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.services.views.monitoring import CalendarView
from core.storage import story_hours
from core.storage.database import Database
from core.storage.niches import StoredNiche

_WEEKDAYS = 7
_HOURS = 24


async def story_calendar(db: Database, now: datetime, niche: StoredNiche, weeks: int, zone: ZoneInfo) -> CalendarView:
    """Stories that began within the last *weeks*, up to the present hour.

    Hours are counted in UTC; in a zone that is half an hour off, an hour stands for the one in which it begins.
    """
    since = now.replace(minute=0, second=0, microsecond=0) - timedelta(weeks=weeks)
    cells = [[0] * _HOURS for _ in range(_WEEKDAYS)]
    for hour, count in await story_hours.since(db, niche.id, since):
        local = hour.astimezone(zone)
        cells[local.weekday()][local.hour] += count
    most, busiest = max(
        ((count, (day, hour)) for day, counts in enumerate(cells) for hour, count in enumerate(counts)),
        key=lambda cell: cell[0],
    )
    return CalendarView(
        niche=niche.name,
        weeks=weeks,
        since=since,
        timezone=zone.key,
        cells=tuple(tuple(counts) for counts in cells),
        stories=sum(map(sum, cells)),
        most=most,
        busiest=busiest if most else None,
    )
