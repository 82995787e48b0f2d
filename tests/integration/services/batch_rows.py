"""What the engine does to batches, and what is stored of them, for the tests of the verbs."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

from core.clock import FakeClock
from core.domain.actor import Actor
from core.domain.verdict import Outcome, Reason
from core.services.batches import Batches
from core.services.profiles import Profiles
from core.services.views import BatchView
from core.storage import batches as rows
from core.storage import imports as import_rows
from core.storage import results
from core.storage.checks import FinishedCheck
from core.storage.database import Database, sql_time
from core.storage.results import BatchSums
from core.storage.verdicts import store

OUTCOMES = ("live", "none", "private", "gone", "unknown")


class StillClock(FakeClock):
    """Time that keeps a sleeper waiting, and tells when there is one."""

    def __init__(self) -> None:
        super().__init__()
        self.asleep = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        if seconds > 0:
            self.asleep.set()
        await super().sleep(seconds)


async def assert_counters_hold(database: Database) -> None:
    for batch in await database.fetch("SELECT * FROM batch"):
        counted = await database.fetch(
            "SELECT state, outcome, count(*) AS n FROM checks WHERE batch_id = ? GROUP BY state, outcome", batch["id"]
        )
        by_outcome = {row["outcome"]: row["n"] for row in counted if row["state"] == "done"}
        assert batch["total"] == sum(row["n"] for row in counted)
        assert batch["finished"] == sum(by_outcome.values())
        assert {outcome: batch[outcome] for outcome in OUTCOMES} == {name: by_outcome.get(name, 0) for name in OUTCOMES}


async def know(database: Database, username: str, **columns: Any) -> None:
    """Make what is stored about a profile this."""
    values = [sql_time(value) if isinstance(value, datetime) else value for value in columns.values()]
    async with database.transaction() as tx:
        names = ", ".join(f"{name} = ?" for name in columns)
        assert await tx.execute(f"UPDATE profile SET {names} WHERE username = ?", *values, username) == 1


async def settle(database: Database, batch: BatchView, verdicts: dict[str, str], reason: str = "ok") -> None:
    """Store verdicts as the recorder does: checks, statistics and counters in one transaction."""
    at = database.clock.now()
    ids = {
        row["profile_id"]: row["id"]
        for row in await database.fetch("SELECT id, profile_id FROM checks WHERE batch_id = ?", batch.id)
    }
    async with database.transaction() as tx:
        finished = [
            FinishedCheck(
                ids[name],
                outcome,
                reason,
                attempts=2,
                trail="s1: seen",
                latency_ms=80,
                proxy_id=3,
                session_id=4,
                story_since=sql_time(at) if outcome == "live" else None,
                story_until=sql_time(at + timedelta(hours=3)) if outcome == "live" else None,
                checked_at=sql_time(at),
                username=name,
            )
            for name, outcome in verdicts.items()
        ]
        counted = await store(tx, finished)
        done = [check for check in finished if check.check_id in counted]
        sums = BatchSums(batch.id, sql_time(at), finished=len(done), requests=2)
        for check in done:
            setattr(sums, check.outcome, getattr(sums, check.outcome) + 1)
        await results.add_to_batches(tx, [sums])


async def promote(database: Database, at_most: int = 2) -> list[tuple[str, str]]:
    async with database.transaction() as tx:
        changed = await rows.promote(tx, at_most, database.clock.now())
    return [(row["id"], row["status"]) for row in changed]


async def members(batches: Batches, actor: Actor, batch: BatchView) -> dict[str, tuple[Outcome | None, Reason | None]]:
    return {check.username: (check.outcome, check.reason) async for check in await batches.results(actor, batch.id)}


async def pending(database: Database, batch: BatchView) -> list[str]:
    found = await database.fetch(
        "SELECT profile_id FROM checks WHERE batch_id = ? AND state = 'pending' ORDER BY id", batch.id
    )
    return [row["profile_id"] for row in found]


async def places(batches: Batches, actor: Actor) -> dict[str, int | None]:
    return {batch.name: batch.place_in_line for batch in await batches.list(actor)}


async def many_profiles(database: Database, niche_id: int, count: int) -> list[str]:
    names = [f"p{number:06}" for number in range(count)]
    for start in range(0, count, 5_000):
        async with database.transaction() as tx:
            some = dict.fromkeys(names[start : start + 5_000])
            await import_rows.write_slice(tx, some, niche_id=niche_id, move=False, at=database.clock.now())
    return names


async def three_batches(batches: Batches, profiles: Profiles, actor: Actor) -> list[BatchView]:
    await profiles.add(actor, ["ann", "bob"], "food")
    return [await batches.create(actor, niche="food", name=name) for name in ("b1", "b2", "b3")]
