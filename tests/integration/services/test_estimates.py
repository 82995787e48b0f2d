"""What a batch would cost, from what the last ones cost."""

from __future__ import annotations

from core.clock import Clock
from core.domain.actor import Actor
from core.domain.limits import Limits
from core.services.batches import Batches
from core.services.estimates import Estimates
from core.services.niches import Niches
from core.services.profiles import Profiles
from core.storage.database import Database
from tests.integration.services.batch_rows import settle


async def test_without_any_batch_the_usual_share_is_told_and_no_time_without_a_route(
    database: Database, clock: Clock, viewer: Actor
) -> None:
    told = await Estimates(database, clock, Limits()).check(viewer, 37)
    assert (told.profiles, told.requests, told.seconds) == (37, 10, None)


async def test_the_last_done_batches_tell_what_a_verdict_takes(
    database: Database,
    clock: Clock,
    viewer: Actor,
    operator: Actor,
    niches: Niches,
    profiles: Profiles,
    batches: Batches,
) -> None:
    await niches.create(operator, "Food")
    await profiles.add(operator, [f"name{number}" for number in range(50)], "Food")
    batch = await batches.create(operator, niche="Food")
    await batches.start(operator, [batch.id])
    await settle(database, batch, {f"name{number}": "none" for number in range(50)})
    async with database.transaction() as tx:
        await tx.execute("UPDATE batch SET status = 'done', requests = 20 WHERE id = ?", batch.id)
    told = await Estimates(database, clock, Limits()).check(viewer, 10)
    assert told.requests == 4
