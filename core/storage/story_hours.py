"""Named queries over how many stories of a niche's profiles began in which hour."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.domain.verdict import Outcome
from core.storage.checks import FinishedCheck
from core.storage.database import Database, Transaction, from_sql_time, sql_time
from core.storage.row_values import slices

_LIVE = Outcome.LIVE.value

# A story is known already if it began no later than the one that is known, or, where that is over, than the last look
# that found one.  What is not in the table of profiles any more counts for nobody.
_ADD = """
INSERT INTO story_hour (niche_id, hour, count)
SELECT p.niche_id, substr(j.since, 1, 13) || ':00:00+00:00' AS began_in, count(*)
FROM (SELECT column1 AS username, column2 AS since FROM {rows}) AS j JOIN profile AS p ON p.username = j.username
WHERE j.since > COALESCE(p.story_since, p.last_story_at, '')
GROUP BY p.niche_id, began_in
ON CONFLICT (niche_id, hour) DO UPDATE SET count = story_hour.count + excluded.count
"""

_SINCE = "SELECT hour, count FROM story_hour WHERE niche_id = ? AND hour >= ? ORDER BY hour"


async def add(tx: Transaction, checks: Sequence[FinishedCheck]) -> None:
    """Count the stories that *checks*, one a profile, found for the first time; before they are added to profiles."""
    found = [(c.username, c.story_since) for c in checks if c.outcome == _LIVE and c.story_since is not None]
    for sql, values in slices(_ADD, found):
        await tx.execute(sql, *values)


async def since(db: Database, niche_id: int, moment: datetime) -> list[tuple[datetime, int]]:
    """The hours of a niche that began at *moment* or later, with the stories that began in them."""
    rows = await db.fetch(_SINCE, niche_id, sql_time(moment))
    return [(from_sql_time(row["hour"]), int(row["count"])) for row in rows]
