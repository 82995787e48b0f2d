"""What the indexes of the feed cost the recorder: its own transactions, with them and with what was before."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

from benchmarks.feed_rows import OUTCOMES, REASONS
from core.clock import SystemClock
from core.storage import checks, results, verdicts
from core.storage.checks import FinishedCheck
from core.storage.database import Database, Transaction, open_database, sql_time
from core.storage.results import BatchSums

COMMITS = 60
GROUP = 300

# What there was before the feed: the commits of the recorder are compared with it.
_BEFORE_THE_FEED = (
    "DROP INDEX idx_profile_feed",
    "DROP INDEX idx_profile_checked",
    "CREATE INDEX idx_profile_niche ON profile (niche_id, username)",
)


async def commit(database: Path) -> dict[str, list[float]]:
    """Milliseconds of the recorder's transactions, first with the indexes of the feed, then with what was before."""
    async with open_database(database, clock=SystemClock()) as opened:
        told = {"ours": await _commits(opened, 1)}
        async with opened.transaction() as tx:
            for statement in _BEFORE_THE_FEED:
                await tx.execute(statement)
        return told | {"before": await _commits(opened, 2)}


async def _commits(database: Database, number: int) -> list[float]:
    """Groups of 300 verdicts about neighbouring names, as batches bring them."""
    random, batch_id, now = Random(3), f"0000000{number}-0000-4000-8000-000000000000", database.clock.now()
    rows = await database.fetch(
        "SELECT username FROM profile WHERE niche_id = ? ORDER BY username LIMIT ?", number, COMMITS * GROUP
    )
    names = [row["username"] for row in rows]
    async with database.transaction() as tx:
        await tx.execute(
            "INSERT INTO batch (id, name, status, total, finished, live, none, private, gone, unknown, skipped,"
            " requests, second_finds, active_seconds, created_by, created_at)"
            " VALUES (?, 'b', 'in_progress', ?, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 'bench', ?)",
            batch_id,
            len(names),
            sql_time(now),
        )
        await checks.create(tx, batch_id=batch_id, names=names, number=1, now=None, fresh_since=None)
    found = await database.fetch("SELECT id, profile_id FROM checks WHERE batch_id = ?", batch_id)
    ids = {row["profile_id"]: row["id"] for row in found}
    took = []
    for start in range(0, len(names), GROUP):
        some = random.sample(names[start : start + GROUP], k=len(names[start : start + GROUP]))
        group = [_finished(random, ids[name], name, now) for name in some]
        begun = time.perf_counter()
        await database.at_once(partial(_store, group=group, batch_id=batch_id, at=sql_time(now)))
        took.append((time.perf_counter() - begun) * 1_000)
    return took


async def _store(tx: Transaction, *, group: list[FinishedCheck], batch_id: str, at: str) -> None:
    await verdicts.store(tx, group)
    await results.add_to_batches(tx, [BatchSums(batch_id, at, finished=len(group), none=len(group))])


def _finished(random: Random, check_id: int, name: str, now: datetime) -> FinishedCheck:
    outcome = random.choice(OUTCOMES)
    since = now - timedelta(hours=23 * random.random())
    live = outcome == "live"
    return FinishedCheck(
        check_id=check_id,
        username=name,
        outcome=outcome,
        reason=REASONS.get(outcome, "ok"),
        attempts=2,
        trail="s1 in an answer with 9 others; s2 asked again: missing",
        latency_ms=300,
        proxy_id=1,
        session_id=1,
        story_since=sql_time(since) if live else None,
        story_until=sql_time(since + timedelta(hours=24)) if live else None,
        checked_at=sql_time(now),
    )
