"""Named queries that hold a finished batch against the run before it.

They look at every check of both, so they are asked beside the writer: 1,000,000 checks take some seconds.
"""

from __future__ import annotations

from core.storage.database import Database, Row

_BATCH = """
SELECT b.id, b.name, b.niche_id, b.schedule_id, b.total, b.live, b."none", b.private, b.gone, b.unknown, b.requests,
    b.active_seconds, b.finished_at, s.name AS schedule, s.only_changes, s.channel_id, s.mention
FROM batch b LEFT JOIN schedule s ON s.id = b.schedule_id WHERE b.id = ? AND b.status = 'done'
"""
# One whose results were forgotten cannot be compared with.
_BEFORE = """
SELECT b.id, b.live, b.finished_at FROM batch b
WHERE b.{same} = ? AND b.status = 'done' AND b.results = 'kept' AND b.finished > 0 AND b.finished_at < ? AND b.id != ?
ORDER BY b.finished_at DESC LIMIT 1
"""
_BEFORE_OF_SCHEDULE = _BEFORE.format(same="schedule_id")
_BEFORE_OF_NICHE = _BEFORE.format(same="niche_id")
# A story that began after the run before looked is new, whatever that run saw.
_NEW = "c.outcome = 'live' AND (p.outcome IS NOT 'live' OR c.story_since > p.checked_at)"
_PAIRS = """
FROM checks c LEFT JOIN checks p ON p.profile_id = c.profile_id AND p.batch_id = ?2
WHERE c.batch_id = ?1 AND c.settled_in > 0
"""
_CHANGES = f"""
SELECT COALESCE(sum({_NEW}), 0) AS new,
    COALESCE(sum(p.outcome = 'live' AND c.outcome IN ('none', 'private', 'gone')), 0) AS ended,
    COALESCE(sum(c.outcome = 'gone' AND p.outcome IS NOT 'gone'), 0) AS newly_gone
{_PAIRS}
"""
_NAMES = f"SELECT c.profile_id {_PAIRS} AND {_NEW} LIMIT ?3"


async def finished_batch(db: Database, batch_id: str) -> Row | None:
    """A batch that is done, with what its schedule says; None where it was deleted."""
    return await db.fetch_one(_BATCH, batch_id)


async def run_before(db: Database, batch: Row) -> Row | None:
    """The last run of the same schedule, or without one of the same niche, that ended before: id, live, finished_at."""
    if batch["schedule_id"] is not None:
        return await db.fetch_one(_BEFORE_OF_SCHEDULE, batch["schedule_id"], batch["finished_at"], batch["id"])
    if batch["niche_id"] is None:
        return None
    return await db.fetch_one(_BEFORE_OF_NICHE, batch["niche_id"], batch["finished_at"], batch["id"])


async def changes(db: Database, batch_id: str, before: str | None) -> Row:
    """How many profiles have a new story, lost the one that they had, and are newly gone: new, ended, newly_gone."""
    (row,) = await db.scan(_CHANGES, batch_id, before)
    return row


async def new_stories(db: Database, batch_id: str, before: str | None, count: int) -> list[str]:
    """The first *count* profiles with a new story."""
    return [row["profile_id"] for row in await db.scan(_NAMES, batch_id, before, count)]
