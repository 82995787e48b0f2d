"""What checks bring that people asked to be told, written in the transaction that makes it true: batches, stories.

Each is told once, whatever is stored again later.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import orjson

from core.domain.alarms import AlertKind, NewAlert
from core.domain.alert_rules import Batches
from core.storage import alert_rules, alerts
from core.storage.checks import FinishedCheck
from core.storage.database import Row, Transaction, from_sql_time

# So long a story is seen from its beginning on.
_STORY_LIVES = timedelta(hours=24)

_ANYBODY_WATCHED = "SELECT 1 FROM profile INDEXED BY idx_profile_watched WHERE watched = 1 LIMIT 1"
_WATCHED = """
SELECT p.username, n.name AS niche, p.story_until
FROM profile p INDEXED BY idx_profile_watched JOIN niche n ON n.id = p.niche_id
WHERE p.watched = 1 AND p.username IN (SELECT value FROM json_each(?))
"""
_FINISHED = """
SELECT b.id, b.name, b.live, b.total, b.schedule_id FROM batch b
WHERE b.id IN (SELECT value FROM json_each(?)) AND b.status = 'done' AND b.total > 0
    AND NOT EXISTS (SELECT 1 FROM told WHERE key = 'batch:' || b.id)
"""


async def batches_finished(tx: Transaction, batch_ids: Sequence[str], at: datetime) -> None:
    """Tell of those of these batches that are done, if people want to hear of such."""
    if not batch_ids:
        return
    found = await tx.fetch(_FINISHED, orjson.dumps(list(batch_ids)).decode())
    if not found:
        return
    wanted = (await alert_rules.read(tx)).batches
    for row in found:
        if wanted is Batches.ALL or (wanted is Batches.SCHEDULED and row["schedule_id"] is not None):
            text = f'The batch "{row["name"]}" is finished: {row["live"]:,} of {row["total"]:,} are live.'
            news = NewAlert(AlertKind.BATCH_FINISHED, row["name"], text, row["id"])
            await alerts.add_once(tx, f"batch:{row['id']}", news, at)


async def watched(tx: Transaction, checks: Sequence[FinishedCheck]) -> list[Row]:
    """The watched profiles among those that *checks* found live, as they are before these are stored."""
    live = [check.username for check in checks if check.outcome == "live"]
    # Mostly nobody is watched: that is found out without keeping others from writing.
    if not live or not await tx.glance(_ANYBODY_WATCHED):
        return []
    return await tx.fetch(_WATCHED, orjson.dumps(live).decode())


async def stories_seen(tx: Transaction, before: Sequence[Row], checks: Sequence[FinishedCheck]) -> None:
    """Tell of stories that are new.

    Args:
        before: The watched profiles, as they were.
        checks: Those that count, one a profile.
    """
    live = {check.username: check for check in checks if check.outcome == "live"}
    for row in before:
        check = live.get(row["username"])
        if check is not None and _is_new(check, row):
            until = "" if check.story_until is None else f"; it ends at {from_sql_time(check.story_until):%H:%M} UTC"
            text = f"The watched profile {check.username} ({row['niche']}) has a new story{until}."
            key = f"story:{check.username}:{check.story_since or check.story_until}"
            news = NewAlert(AlertKind.STORY, check.username, text)
            await alerts.add_once(tx, key, news, from_sql_time(check.checked_at))


def _is_new(check: FinishedCheck, before: Row) -> bool:
    """Whether nothing of what is live now was there when the profile was last seen live.

    A story grows by its newest end and shrinks by its oldest, so what remains of a known one is no news.
    """
    if before["story_until"] is None or before["story_until"] <= check.checked_at:
        return True
    newest_known = from_sql_time(before["story_until"]) - _STORY_LIVES
    return check.story_since is not None and from_sql_time(check.story_since) > newest_known
