"""Named queries that finish checks, and what a finished check adds to everything else, in the same statement.

A thread beside a busy event loop waits for its turn twice a statement, up to some milliseconds each time, with the
write lock held.  So the profile, the story's hour and the minute are not statements of their own but triggers of the
check that they count: they run within its statement, once for each check that was still pending, and never otherwise.
They are of the writer's connection alone (``TEMP``), so that no other program's changes to checks set them off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from core.storage import news
from core.storage.checks import FinishedCheck
from core.storage.database import Transaction
from core.storage.row_values import slices

_FINISH = """
UPDATE checks SET
    state = 'done', claimed_by = NULL, claimed_until = NULL,
    outcome = j.outcome, reason = j.reason, attempts = j.attempts, trail = j.trail, latency_ms = j.latency_ms,
    proxy_id = j.proxy_id, session_id = j.session_id, story_since = j.story_since, story_until = j.story_until,
    checked_at = j.checked_at,
    settled_in = (SELECT commits + 1 FROM batch WHERE batch.id = checks.batch_id)
FROM (
    SELECT column1 AS id, column2 AS outcome, column3 AS reason, column4 AS attempts, column5 AS trail,
        column6 AS latency_ms, column7 AS proxy_id, column8 AS session_id, column9 AS story_since,
        column10 AS story_until, column11 AS checked_at
    FROM {rows}
) AS j
WHERE checks.id = j.id AND checks.state = 'pending'
"""

# Of those checks, the ones that this transaction finished: the batch's commit is not counted yet.
_FINISHED = """
SELECT json_group_array(c.id) FROM json_each(?) AS j JOIN checks c ON c.id = j.value
WHERE c.state = 'done' AND c.settled_in = (SELECT commits + 1 FROM batch WHERE batch.id = c.batch_id)
"""


async def store(tx: Transaction, checks: Sequence[FinishedCheck]) -> set[int]:
    """Store verdicts and what they add to profiles, hours and minutes; the ids that were still pending and so count.

    Of two checks of one profile each counts, in order.  Their batches' next commit number is theirs:
    :func:`core.storage.results.add_to_batches` belongs to the same transaction and counts the commit.
    """
    return await Verdicts(checks).store(tx)


class Verdicts:
    """Verdicts that :meth:`store` stores as :func:`store` does, its statements worked out beforehand."""

    def __init__(self, checks: Sequence[FinishedCheck]) -> None:
        self._rounds: list[_Round] = []
        waiting = list(checks)
        while waiting:
            # One statement takes its rows in the order that suits it, so a second check of a profile takes another.
            now: dict[str, FinishedCheck] = {}
            later = [check for check in waiting if now.setdefault(check.username, check) is not check]
            some = list(now.values())
            self._rounds.append(_Round(some, list(slices(_FINISH, [check[:-1] for check in some]))))
            waiting = later

    async def store(self, tx: Transaction) -> set[int]:
        """Store them; the ids of those that were still pending and so count."""
        counted: set[int] = set()
        for each in self._rounds:
            counted |= await _store_some(tx, each)
        return counted


@dataclass(frozen=True, slots=True)
class _Round:
    """Checks of different profiles, and the statements that finish them."""

    checks: list[FinishedCheck]
    statements: list[tuple[str, list[Any]]]


async def _store_some(tx: Transaction, some: _Round) -> set[int]:
    watched = await news.watched(tx, some.checks)
    counted = await _finish(tx, some)
    if watched:
        await news.stories_seen(tx, watched, [check for check in some.checks if check.check_id in counted])
    return counted


async def _finish(tx: Transaction, some: _Round) -> set[int]:
    ids = {check.check_id for check in some.checks}
    changed = 0
    for sql, values in some.statements:
        changed += await tx.execute(sql, *values)
    if changed == len(ids):
        return ids
    return set(orjson.loads(await tx.fetch_value(_FINISHED, orjson.dumps(list(ids)).decode())))
