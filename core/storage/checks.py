"""Named queries over checks: create, claim, finish, give back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from core.storage.database import Database, Transaction, from_sql_time, sql_time

# One statement over json_each holds the write lock a few milliseconds; executemany in a thread beside a
# busy loop was seen holding it for hundreds.
_CLAIM = """
UPDATE checks SET claimed_by = ?, claimed_until = ?
WHERE id IN (
    SELECT id FROM checks
    WHERE batch_id = ? AND state = 'pending' AND id > ? AND (claimed_until IS NULL OR claimed_until < ?)
    ORDER BY id LIMIT ?
)
RETURNING id, profile_id
"""

_CLAIMED_PROFILES = """
SELECT username, platform_id, is_private, status, story_until, looked_at, created_at FROM profile
WHERE username IN (SELECT value FROM json_each(?))
"""

_FINISH = """
UPDATE checks SET
    state = 'done', claimed_by = NULL, claimed_until = NULL,
    outcome = json_extract(j.value, '$[1]'), reason = json_extract(j.value, '$[2]'),
    attempts = json_extract(j.value, '$[3]'), trail = json_extract(j.value, '$[4]'),
    latency_ms = json_extract(j.value, '$[5]'), proxy_id = json_extract(j.value, '$[6]'),
    session_id = json_extract(j.value, '$[7]'), story_since = json_extract(j.value, '$[8]'),
    story_until = json_extract(j.value, '$[9]'), checked_at = json_extract(j.value, '$[10]')
FROM json_each(?) AS j
WHERE checks.id = json_extract(j.value, '$[0]') AND checks.state = 'pending'
RETURNING id
"""

_RELEASE = """
UPDATE checks SET claimed_by = NULL, claimed_until = NULL
WHERE id IN (SELECT value FROM json_each(?)) AND state = 'pending'
"""

_RENEW = """
UPDATE checks SET claimed_until = ?
WHERE id IN (SELECT value FROM json_each(?)) AND state = 'pending' AND claimed_by = ?
"""

_VOID = """
UPDATE checks SET claimed_by = NULL, claimed_until = NULL WHERE state = 'pending' AND claimed_until IS NOT NULL
AND batch_id IN (SELECT id FROM batch WHERE status != 'done')
"""

_CREATE = """
INSERT INTO checks (batch_id, profile_id, state, attempts)
SELECT ?, p.username, 'pending', 0 FROM profile p WHERE {which}
ORDER BY p.username
"""

_FRESH = """
INSERT INTO checks (batch_id, profile_id, state, outcome, reason, attempts, story_since, story_until, checked_at)
SELECT ?, p.username, 'done', CASE WHEN p.story_until > ? THEN 'live' ELSE p.last_outcome END, 'fresh', 0,
    CASE WHEN p.story_until > ? THEN p.story_since END, CASE WHEN p.story_until > ? THEN p.story_until END, ?
FROM profile p WHERE {which} ORDER BY p.username
"""


@dataclass(frozen=True, slots=True)
class ClaimedCheck:
    """A check that this holder may work on until its claim ends, with what is known of its profile."""

    check_id: int
    username: str
    platform_id: str | None
    known_private: bool
    known_gone: bool
    story_until: datetime | None
    looked_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class FinishedCheck:
    """One verdict on its way into the database."""

    check_id: int
    batch_id: str
    username: str
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


async def claim(
    tx: Transaction, *, batch_id: str, holder: str, after: int, count: int, now: datetime, until: datetime
) -> list[ClaimedCheck]:
    """Up to *count* pending checks of the batch with an id above *after*, in the order of their ids."""
    rows = await tx.fetch(_CLAIM, holder, sql_time(until), batch_id, after, sql_time(now), count)
    if not rows:
        return []
    names = orjson.dumps([row["profile_id"] for row in rows]).decode()
    known = {row["username"]: row for row in await tx.fetch(_CLAIMED_PROFILES, names)}
    claimed = []
    for row in sorted(rows, key=lambda r: r["id"]):
        profile = known[row["profile_id"]]
        claimed.append(
            ClaimedCheck(
                row["id"],
                row["profile_id"],
                profile["platform_id"],
                bool(profile["is_private"]),
                profile["status"] == "gone",
                _time(profile["story_until"]),
                _time(profile["looked_at"]),
                from_sql_time(profile["created_at"]),
            )
        )
    return claimed


async def finish(tx: Transaction, checks: Sequence[FinishedCheck]) -> set[int]:
    """Store verdicts; the ids that were still pending and so count now."""
    rows: list[list[Any]] = [
        [
            c.check_id,
            c.outcome,
            c.reason,
            c.attempts,
            c.trail,
            c.latency_ms,
            c.proxy_id,
            c.session_id,
            c.story_since,
            c.story_until,
            c.checked_at,
        ]
        for c in checks
    ]
    return {row["id"] for row in await tx.fetch(_FINISH, orjson.dumps(rows).decode())}


async def release(tx: Transaction, check_ids: Sequence[int]) -> None:
    """Give unfinished checks back."""
    await tx.execute(_RELEASE, orjson.dumps(list(check_ids)).decode())


async def renew(tx: Transaction, check_ids: Sequence[int], *, holder: str, until: datetime) -> None:
    """Keep claims that *holder* still works on."""
    await tx.execute(_RENEW, sql_time(until), orjson.dumps(list(check_ids)).decode(), holder)


async def void_claims(tx: Transaction) -> int:
    """End every claim: a new holder's first act.  How many there were."""
    return await tx.execute(_VOID)


async def add_fresh(tx: Transaction, *, batch_id: str, which: str, values: Sequence[Any], now: datetime) -> int:
    """Finish at once, with the stored verdict, the checks of the profiles that *which* selects."""
    at = sql_time(now)
    return await tx.execute(_FRESH.format(which=which), batch_id, at, at, at, at, *values)


async def add_pending(tx: Transaction, *, batch_id: str, which: str, values: Sequence[Any]) -> int:
    """Create the pending checks of the profiles that *which* selects."""
    return await tx.execute(_CREATE.format(which=which), batch_id, *values)


async def pending_left(db: Database | Transaction, batch_id: str) -> bool:
    """Whether the batch has a check without a verdict."""
    rows = await db.fetch("SELECT 1 FROM checks WHERE batch_id = ? AND state = 'pending' LIMIT 1", batch_id)
    return bool(rows)


def _time(text: str | None) -> datetime | None:
    return None if text is None else from_sql_time(text)
