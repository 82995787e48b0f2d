"""Named queries over how many stories of a niche's profiles began in which hour."""

from __future__ import annotations

from datetime import datetime

from core.storage.database import Database, from_sql_time, sql_time

_SINCE = "SELECT hour, count FROM story_hour WHERE niche_id = ? AND hour >= ? ORDER BY hour"


async def since(db: Database, niche_id: int, moment: datetime) -> list[tuple[datetime, int]]:
    """The hours of a niche that began at *moment* or later, with the stories that began in them."""
    rows = await db.fetch(_SINCE, niche_id, sql_time(moment))
    return [(from_sql_time(row["hour"]), int(row["count"])) for row in rows]
