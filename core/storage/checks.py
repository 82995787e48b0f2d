"""Named queries over checks: create, claim, give back, read in the order of settling, erase."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol, TypeVar

import orjson

from core.storage.database import Database, Row, Transaction, from_sql_time, sql_time

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

# One statement over all rows holds the write lock a few milliseconds; executemany in a thread beside a busy
# loop was seen holding it for hundreds.  So was RETURNING with a row for each check: the thread waits
# for the loop before every row it hands over.  What many rows say therefore comes as one row of JSON.
_CLAIMABLE = """
SELECT json_group_array(json_array(c.id, p.username, p.platform_id, p.is_private, p.status, p.story_until,
    p.looked_at, p.created_at))
FROM (
    SELECT id, profile_id FROM checks
    WHERE batch_id = ? AND state = 'pending' AND id > ? AND (claimed_until IS NULL OR claimed_until < ?)
    ORDER BY id LIMIT ?
) AS c JOIN profile p ON p.username = c.profile_id
"""

_CLAIM = """
UPDATE checks SET claimed_by = ?, claimed_until = ?
WHERE id IN (SELECT value FROM json_each(?)) AND state = 'pending' AND (claimed_until IS NULL OR claimed_until < ?)
"""

_MINE = """
SELECT json_group_array(c.id) FROM json_each(?) AS j JOIN checks c ON c.id = j.value
WHERE c.state = 'pending' AND c.claimed_by = ? AND c.claimed_until = ?
"""

_RELEASE = """
UPDATE checks SET claimed_by = NULL, claimed_until = NULL
WHERE id IN (SELECT value FROM json_each(?)) AND state = 'pending' AND claimed_by = ?
"""

_RENEW = """
UPDATE checks SET claimed_until = ?
WHERE id IN (SELECT value FROM json_each(?)) AND state = 'pending' AND claimed_by = ?
"""

_VOID = """
UPDATE checks SET claimed_by = NULL, claimed_until = NULL WHERE state = 'pending' AND claimed_until IS NOT NULL
AND batch_id IN (SELECT id FROM batch WHERE status != 'done')
"""

# What is known of a profile counts as its verdict where it cannot have changed, or is younger than asked for (?5).
# A story whose end is known and past, and an UNKNOWN after a conclusive verdict, have to be looked at again.
# Without a moment (?4) nothing is fresh.
_CREATE = """
INSERT INTO checks (
    batch_id, profile_id, state, outcome, reason, attempts, story_since, story_until, checked_at, settled_in
)
SELECT ?1, k.username, CASE WHEN k.known IS NULL THEN 'pending' ELSE 'done' END, k.known,
    CASE WHEN k.known IS NOT NULL THEN 'fresh' END, 0,
    CASE WHEN k.known = 'live' THEN k.story_since END, CASE WHEN k.known = 'live' THEN k.story_until END,
    CASE WHEN k.known IS NOT NULL THEN COALESCE(k.last_conclusive_at, ?4) END,
    CASE WHEN k.known IS NOT NULL THEN ?2 END
FROM (
    SELECT p.username, p.story_since, p.story_until, p.last_conclusive_at, CASE
        WHEN p.story_until > ?4 THEN 'live'
        WHEN p.last_conclusive_at >= ?5 AND p.last_outcome IN ('none', 'private', 'gone') THEN p.last_outcome
        WHEN p.last_conclusive_at >= ?5 AND p.last_outcome = 'live' AND p.story_until IS NULL THEN 'live'
    END AS known
    FROM profile p WHERE p.username IN (SELECT value FROM json_each(?3))
) AS k
ORDER BY k.username
"""

_FRESH_OUTCOMES = "SELECT outcome, count(*) AS n FROM checks WHERE batch_id = ? AND settled_in = ? GROUP BY outcome"

_SETTLED = """
SELECT id, settled_in, profile_id, outcome, reason, attempts, trail, proxy_id, session_id, story_since, story_until,
    checked_at
FROM checks WHERE batch_id = ? AND (settled_in, id) > (?, ?) ORDER BY settled_in, id LIMIT ?
"""

_UNKNOWN_REASONS = """
SELECT reason, count(*) AS n FROM checks WHERE batch_id = ? AND outcome = 'unknown'
GROUP BY reason ORDER BY n DESC, reason
"""

_UNKNOWN_NAMES = """
SELECT reason, profile_id FROM checks
WHERE batch_id = ? AND outcome = 'unknown' AND (reason, profile_id) > (?, ?) ORDER BY reason, profile_id LIMIT ?
"""

_ERASE = "DELETE FROM checks WHERE id IN (SELECT id FROM checks WHERE batch_id = ? LIMIT ?)"


@dataclass(frozen=True, slots=True)
class CreatedChecks:
    """A slice of new checks: how many, and the outcomes of those that were fresh."""

    created: int
    fresh: dict[str, int]


class Claimed(Protocol[T_co]):
    """Makes what a claimed check is to be from what is known of it and of its profile."""

    def __call__(
        self,
        check_id: int,
        username: str,
        created_at: datetime,
        platform_id: str | None,
        known_private: bool,
        known_gone: bool,
        story_until: datetime | None,
        looked_at: datetime | None,
        /,
    ) -> T_co: ...


class FinishedCheck(NamedTuple):
    """One verdict on its way into the database.  All but its last field are the columns of its statement."""

    check_id: int
    outcome: str
    reason: str
    attempts: int
    trail: str
    latency_ms: int | None
    proxy_id: int | None
    session_id: int | None
    story_since: str | None
    story_until: str | None
    checked_at: str
    username: str


async def claim(
    tx: Transaction,
    make: Claimed[T],
    *,
    batch_id: str,
    holder: str,
    after: int,
    count: int,
    now: datetime,
    until: datetime,
) -> list[T]:
    """Up to *count* pending checks of the batch with an id above *after*, in the order of their ids."""
    # Read without the lock, because that takes longer than to claim them; so each is claimed only if it still can be.
    told = next(iter((await tx.glance(_CLAIMABLE, batch_id, after, sql_time(now), count))[0]))
    found = sorted(orjson.loads(told))
    if found:
        mine = await _claim(tx, [row[0] for row in found], holder, now, until)
        if len(mine) < len(found):
            found = [row for row in found if row[0] in mine]
    return [
        make(
            check_id,
            username,
            from_sql_time(created_at),
            platform_id,
            bool(is_private),
            status == "gone",
            story_until and from_sql_time(story_until),
            looked_at and from_sql_time(looked_at),
        )
        for check_id, username, platform_id, is_private, status, story_until, looked_at, created_at in found
    ]


async def _claim(tx: Transaction, check_ids: list[int], holder: str, now: datetime, until: datetime) -> set[int]:
    """Claim those of the checks that still can be; they."""
    ids, ending = orjson.dumps(check_ids).decode(), sql_time(until)
    if await tx.execute(_CLAIM, holder, ending, ids, sql_time(now)) == len(check_ids):
        return set(check_ids)
    return set(orjson.loads(await tx.fetch_value(_MINE, ids, holder, ending)))


async def release(tx: Transaction, check_ids: Sequence[int], *, holder: str) -> None:
    """Give unfinished checks back that *holder* has claimed."""
    await tx.execute(_RELEASE, orjson.dumps(list(check_ids)).decode(), holder)


async def renew(tx: Transaction, check_ids: Sequence[int], *, holder: str, until: datetime) -> None:
    """Keep claims that *holder* still works on."""
    await tx.execute(_RENEW, sql_time(until), orjson.dumps(list(check_ids)).decode(), holder)


async def void_claims(tx: Transaction) -> int:
    """End every claim: a new holder's first act.  How many there were."""
    return await tx.execute(_VOID)


async def create(
    tx: Transaction,
    *,
    batch_id: str,
    names: Sequence[str],
    number: int,
    now: datetime | None,
    fresh_since: datetime | None,
) -> CreatedChecks:
    """Create the checks of those of *names* that exist; fresh ones are done with the verdict that is known.

    Args:
        number: The commit number that fresh checks get; each slice of a batch needs its own.
        now: A story that ends later is known to be live; None: nothing is fresh.
        fresh_since: A conclusive verdict from then on is taken over.
    """
    moment, since = (None if at is None else sql_time(at) for at in (now, fresh_since))
    created = await tx.execute(_CREATE, batch_id, number, orjson.dumps(list(names)).decode(), moment, since)
    fresh = await tx.fetch(_FRESH_OUTCOMES, batch_id, number) if moment is not None else []
    return CreatedChecks(created, {row["outcome"]: row["n"] for row in fresh})


async def settled_after(db: Database, batch_id: str, *, number: int, check_id: int, count: int) -> list[Row]:
    """Up to *count* finished checks of the batch that come after this one, in the order of their commits.

    A commit shows all of its checks at once and later commits have higher numbers, so whoever goes on from
    the last row (``settled_in``, ``id``) gets every check exactly once.
    """
    return await db.fetch(_SETTLED, batch_id, number, check_id, count)


async def unknown_reasons(db: Database, batch_id: str) -> dict[str, int]:
    """How often each reason left a check of the batch unknown, the most frequent first."""
    return {row["reason"]: row["n"] for row in await db.fetch(_UNKNOWN_REASONS, batch_id)}


async def unknown_names(db: Database, batch_id: str, *, after: tuple[str, str], count: int) -> list[Row]:
    """Up to *count* profiles whose check stayed unknown, in the order of reason and name."""
    return await db.fetch(_UNKNOWN_NAMES, batch_id, *after, count)


async def erase(tx: Transaction, batch_id: str, count: int) -> int:
    """Erase up to *count* checks of the batch; how many there were."""
    return await tx.execute(_ERASE, batch_id, count)


async def pending_left(db: Database | Transaction, batch_id: str) -> bool:
    """Whether the batch has a check without a verdict."""
    rows = await db.fetch("SELECT 1 FROM checks WHERE batch_id = ? AND state = 'pending' LIMIT 1", batch_id)
    return bool(rows)
