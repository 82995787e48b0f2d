"""Named queries that forget what is kept for a time only, up to so many rows at once.

Nothing here looks at rows that are young: what is old is found through an index, or at the beginning of a table whose
rows are written in the order of their time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.storage import checks
from core.storage.database import Transaction, sql_time

RESULTS_KEPT = timedelta(days=90)

_BEGUN = "SELECT id FROM batch WHERE results = 'going' LIMIT 1"
_OLDEST = """
SELECT id FROM batch WHERE results = 'kept' AND finished_at < ? AND status = 'done' ORDER BY finished_at LIMIT 1
"""
_MARK = "UPDATE batch SET results = ? WHERE id = ?"


@dataclass(frozen=True, slots=True)
class OldRows:
    """The rows of one table that are older than *life*.

    Args:
        find: The keys of those from before ``?1``, at most ``?2``.
    """

    table: str
    key: str
    life: timedelta
    find: str

    async def forget(self, tx: Transaction, now: datetime, count: int) -> int:
        """Forget up to *count* of them; how many."""
        sql = f"DELETE FROM {self.table} WHERE {self.key} IN ({self.find})"  # noqa: S608  # put together from constants
        return await tx.execute(sql, sql_time(now - self.life), count)


def _by_time(table: str, column: str, days: int, *, key: str = "id") -> OldRows:
    """Where an index has the time."""
    find = f"SELECT {key} FROM {table} WHERE {column} < ?1 LIMIT ?2"  # noqa: S608  # constants
    return OldRows(table, key, timedelta(days=days), find)


def _by_order(table: str, column: str, days: int) -> OldRows:
    """Where none has it, and rows come in the order of their time: only the first ones are looked at."""
    first = f"SELECT id, {column} AS at FROM {table} ORDER BY id LIMIT ?2"  # noqa: S608  # constants
    return OldRows(table, "id", timedelta(days=days), f"SELECT id FROM ({first}) WHERE at < ?1")  # noqa: S608


batch_events = _by_order("batch_event", "at", 30)
# There are few of them, so that no index is worth its room.
error_groups = _by_time("error_group", "last_seen", 90, key="fingerprint")
told = _by_time("told", "at", 365, key="key")
story_hours = _by_order("story_hour", "hour", 365)
audit_lines = _by_order("audit_entry", "at", 365)


async def forget_results(tx: Transaction, now: datetime, count: int) -> int:
    """Forget up to *count* checks of batches that were done 90 days ago, one batch after the other.

    The batches stay with their counters, and so do the totals of profiles.  A batch that is not done keeps its checks.

    Returns:
        How many checks went, and how many batches have none any more.
    """
    before = sql_time(now - RESULTS_KEPT)
    done = 0
    while done < count:
        batch_id = await tx.fetch_value(_BEGUN) or await tx.fetch_value(_OLDEST, before)
        if batch_id is None:
            break
        erased = await checks.erase(tx, batch_id, count - done)
        is_over = erased < count - done
        await tx.execute(_MARK, "forgotten" if is_over else "going", batch_id)
        done += erased + is_over
    return done
