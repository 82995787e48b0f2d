"""Named queries of the recorder: what a commit changes besides checks and what they count in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson

from core.storage import news
from core.storage.database import Row, Transaction, from_sql_time, sql_time

_LEARNED = """
UPDATE profile SET platform_id = j.found_id, is_private = j.found_private, looked_at = j.at
FROM (
    SELECT json_extract(value, '$[0]') AS username, json_extract(value, '$[1]') AS found_id,
        json_extract(value, '$[2]') AS found_private, json_extract(value, '$[3]') AS at
    FROM json_each(?)
) AS j
WHERE profile.username = j.username
"""

_BATCHES = """
UPDATE batch SET
    finished = batch.finished + j.d_finished, live = batch.live + j.d_live, "none" = batch."none" + j.d_none,
    private = batch.private + j.d_private, gone = batch.gone + j.d_gone, unknown = batch.unknown + j.d_unknown,
    requests = batch.requests + j.d_requests, second_finds = batch.second_finds + j.d_second_finds,
    active_seconds = batch.active_seconds + j.d_seconds, commits = batch.commits + 1,
    finished_at = CASE WHEN batch.finished + j.d_finished >= batch.total AND batch.status != 'done' THEN j.at
        ELSE batch.finished_at END,
    waiting_reason = CASE WHEN batch.finished + j.d_finished >= batch.total THEN NULL ELSE batch.waiting_reason END,
    waiting_until = CASE WHEN batch.finished + j.d_finished >= batch.total THEN NULL ELSE batch.waiting_until END,
    -- One that is being erased stays hidden.
    status = CASE WHEN batch.finished + j.d_finished >= batch.total AND batch.status != 'hidden' THEN 'done'
        ELSE batch.status END
FROM (
    SELECT json_extract(value, '$[0]') AS batch_id, json_extract(value, '$[1]') AS d_finished,
        json_extract(value, '$[2]') AS d_live, json_extract(value, '$[3]') AS d_none,
        json_extract(value, '$[4]') AS d_private, json_extract(value, '$[5]') AS d_gone,
        json_extract(value, '$[6]') AS d_unknown, json_extract(value, '$[7]') AS d_requests,
        json_extract(value, '$[8]') AS d_second_finds, json_extract(value, '$[9]') AS d_seconds,
        json_extract(value, '$[10]') AS at
    FROM json_each(?)
) AS j
WHERE batch.id = j.batch_id
RETURNING id, status, total, finished, live, "none", private, gone, unknown, requests
"""

_EVENTS = """
INSERT INTO batch_event (batch_id, at, what, text, username)
SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]'),
    json_extract(value, '$[3]'), json_extract(value, '$[4]')
FROM json_each(?) WHERE json_extract(value, '$[0]') IN (SELECT id FROM batch)
"""

_ERROR = """
INSERT INTO error_group (fingerprint, kind, title, count, first_seen, last_seen, sample)
VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (fingerprint) DO UPDATE SET
    count = count + excluded.count, last_seen = excluded.last_seen, sample = COALESCE(sample, excluded.sample)
"""


@dataclass(slots=True)
class BatchSums:
    """What one commit adds to a batch."""

    batch_id: str
    at: str
    finished: int = 0
    live: int = 0
    none: int = 0
    private: int = 0
    gone: int = 0
    unknown: int = 0
    requests: int = 0
    second_finds: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Learned:
    """What a look-up found out about a profile."""

    username: str
    platform_id: str
    is_private: bool
    at: str


@dataclass(frozen=True, slots=True)
class LoggedEvent:
    """A line for a batch's log."""

    batch_id: str
    at: str
    what: str
    text: str
    username: str | None


@dataclass(slots=True)
class ErrorSighting:
    """Errors or unread answers of one kind since the last commit."""

    fingerprint: str
    kind: str
    title: str
    sample: str | None
    count: int = 1


async def add_learned(tx: Transaction, learned: Sequence[Learned]) -> None:
    """Keep ids and whether profiles are private."""
    rows = [[item.username, item.platform_id, int(item.is_private), item.at] for item in learned]
    await tx.execute(_LEARNED, orjson.dumps(rows).decode())


async def add_to_batches(tx: Transaction, sums: Sequence[BatchSums]) -> list[Row]:
    """Add to the batches' counters; a batch whose last check this was is done.  The batches as they are now."""
    rows = [
        [
            s.batch_id,
            s.finished,
            s.live,
            s.none,
            s.private,
            s.gone,
            s.unknown,
            s.requests,
            s.second_finds,
            s.seconds,
            s.at,
        ]
        for s in sums
    ]
    changed = await tx.fetch(_BATCHES, orjson.dumps(rows).decode())
    if done := [row["id"] for row in changed if row["status"] == "done"]:
        await news.batches_finished(tx, done, from_sql_time(sums[0].at))
    return changed


async def add_events(tx: Transaction, events: Sequence[LoggedEvent]) -> None:
    """Write lines of batches' logs; those of a batch deleted meanwhile are dropped."""
    rows = [[e.batch_id, e.at, e.what, e.text, e.username] for e in events]
    await tx.execute(_EVENTS, orjson.dumps(rows).decode())


async def add_errors(tx: Transaction, sightings: Sequence[ErrorSighting], at: datetime) -> None:
    """Count errors by kind, with the first sample of each kept."""
    when = sql_time(at)
    for s in sightings:
        await tx.execute(_ERROR, s.fingerprint, s.kind, s.title, s.count, when, when, s.sample)
