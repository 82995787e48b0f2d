"""Batches written and erased in slices: nobody sees a half, nothing is left."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from core.domain.actor import Actor
from core.domain.limits import Limits
from core.domain.name_runs import NameRuns
from core.errors import Conflict, NotFound
from core.events import Events
from core.services import batch_plans, batch_writing
from core.services.batches import Batches
from core.services.niches import Niches
from core.services.profiles import Profiles
from core.storage import batches as rows
from core.storage.database import Database
from core.tasks import spawn
from tests.integration.services.batch_rows import (
    StillClock,
    many_profiles,
    members,
    pending,
    promote,
    settle,
    three_batches,
)
from tests.integration.services.conftest import Ledger, QuickClock


@pytest.fixture(autouse=True)
async def two_niches(niches: Niches, operator: Actor) -> None:
    await niches.create(operator, "food")
    await niches.create(operator, "art")


@pytest.fixture
def slow_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each slice takes so long that others get their turn behind it."""
    monkeypatch.setattr(batch_writing, "BUSY", 0.0)


@pytest.mark.parametrize(("seconds", "pauses"), [(batch_writing.BUSY / 4, 1), (batch_writing.BUSY, 5)])
async def test_others_get_a_turn_as_often_as_slices_have_taken_long(
    database: Database, events: Events, operator: Actor, seconds: float, pauses: int
) -> None:
    await many_profiles(database, 1, 12_000)
    slept: list[float] = []

    class Ticking(QuickClock):
        """A clock by which each look at it takes a while, as a slice does before it."""

        def monotonic(self) -> float:
            self.pass_by(seconds)
            return super().monotonic()

        async def sleep(self, seconds: float) -> None:
            slept.append(seconds)
            await super().sleep(seconds)

    await Batches(database, Ticking(), events, Limits()).create(operator, niche="food")
    assert slept == [batch_writing.PAUSE] * pauses


async def test_a_big_batch_is_written_in_slices_with_exact_counters(
    batches: Batches, profiles: Profiles, operator: Actor, database: Database, clock: QuickClock, ledger: Ledger
) -> None:
    names = await many_profiles(database, 1, 12_000)
    await profiles.pause(operator, names[4_990:5_010])
    fresh = names[:300] + names[11_700:]
    await settle(database, await batches.create(operator, names=fresh), dict.fromkeys(fresh, "none"))
    before = len(await ledger.audited())
    batch = await batches.create(operator, niche="food")
    assert (batch.total, batch.skipped, batch.finished, batch.none) == (11_980, 20, 600, 600)
    assert batch.status == "queued"
    assert len(await pending(database, batch)) == 11_380
    assert len(await ledger.audited()) == before + 1
    runs = NameRuns()
    runs.add(list(reversed(names)))
    assert (await batches.create(operator, names=runs, recheck=True)).total == 12_000
    assert set(await members(batches, operator, batch)) == set(fresh)


@pytest.mark.usefixtures("slow_slices")
async def test_an_interrupted_creation_shows_nobody_a_half_and_is_cleaned_up(
    batches: Batches, operator: Actor, database: Database, events: Events, ledger: Ledger, clock: QuickClock
) -> None:
    await many_profiles(database, 1, 12_000)
    # Its clock stands still, so it stays in the pause behind the first slice.
    still = StillClock()
    creation = spawn(Batches(database, still, events, Limits()).create(operator, niche="food"), name="creation")
    await still.asleep.wait()
    (row,) = await ledger.rows("batch")
    assert (row["status"], row["total"]) == ("hidden", batch_plans.SLICE)
    assert await batches.list(operator) == ()
    for verb in (batches.start, batches.delete):
        with pytest.raises(NotFound):
            await verb(operator, [row["id"]])
    assert await promote(database) == []
    creation.cancel()
    with pytest.raises(asyncio.CancelledError):
        await creation
    hour_ago = timedelta(hours=1)
    assert await rows.forget_hidden(database, clock.now() - hour_ago) == 0
    clock.pass_by(3_601)
    assert await rows.forget_hidden(database, clock.now() - hour_ago) == 1
    assert await ledger.count("batch") == await ledger.count("checks") == 0


@pytest.mark.usefixtures("slow_slices")
async def test_a_creation_that_was_given_up_meanwhile_fails_with_a_sentence(
    batches: Batches, operator: Actor, database: Database, events: Events, ledger: Ledger
) -> None:
    await many_profiles(database, 1, 6_000)
    slow = StillClock()
    creation = spawn(Batches(database, slow, events, Limits()).create(operator, niche="food"), name="creation")
    await slow.asleep.wait()
    assert await rows.forget_hidden(database, slow.now() + timedelta(hours=1)) == 1
    while not creation.done():
        await slow.advance(1)
    with pytest.raises(Conflict, match="held up for too long and was given up; create it again"):
        await creation
    assert await ledger.count("batch") == await ledger.count("checks") == 0


@pytest.mark.usefixtures("slow_slices")
async def test_a_profile_erased_while_its_batch_is_written_leaves_exact_counters(
    batches: Batches, profiles: Profiles, operator: Actor, database: Database, events: Events, ledger: Ledger
) -> None:
    names = await many_profiles(database, 1, 6_000)
    slow = StillClock()
    creation = spawn(Batches(database, slow, events, Limits()).create(operator, niche="food"), name="creation")
    await slow.asleep.wait()
    await profiles.remove(operator, [names[0], names[-1]])
    while not creation.done():
        await slow.advance(1)
    assert (await creation).total == 5_998


async def test_a_deleted_batch_is_gone_and_its_profiles_keep_their_statistics(
    batches: Batches,
    profiles: Profiles,
    operator: Actor,
    database: Database,
    ledger: Ledger,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rows, "_ERASE_SLICE", 1)
    one, two, _ = await three_batches(batches, profiles, operator)
    await batches.start(operator, [one.id, two.id])
    await promote(database, at_most=1)
    await settle(database, one, {"ann": "live"})
    before = await ledger.revision()
    deleted = await batches.delete(operator, [one.id, two.id])
    assert [(b.name, b.status, b.finished) for b in deleted] == [("b1", "in_progress", 1), ("b2", "queued", 0)]
    assert [b.name for b in await batches.list(operator)] == ["b3"]
    assert await ledger.revision() == before + 1
    assert (await ledger.count("batch"), await ledger.count("checks")) == (1, 2)
    assert [row["what"] for row in await ledger.rows("batch_event")] == ["created"]
    ann = await profiles.show(operator, "ann")
    assert (ann.checks_total, ann.stories_total, ann.live_now) == (1, 1, True)
    assert await rows.active(database) == []


async def test_an_interrupted_deletion_stays_out_of_sight_even_when_its_last_verdict_arrives(
    batches: Batches, profiles: Profiles, operator: Actor, database: Database, ledger: Ledger, clock: QuickClock
) -> None:
    one, two, three = await three_batches(batches, profiles, operator)
    await batches.start(operator, [one.id])
    await promote(database)
    async with database.transaction() as tx:
        await rows.hide(tx, one.id, clock.now())
    await settle(database, one, {"ann": "none", "bob": "live"})
    assert {b.name for b in await batches.list(operator)} == {"b2", "b3"}
    with pytest.raises(NotFound):
        await batches.show(operator, one.id)
    clock.pass_by(1)
    assert await rows.forget_hidden(database, clock.now()) == 1
    assert await ledger.count("batch") == 2
    assert await ledger.count("checks") == two.total + three.total
    assert (await profiles.show(operator, "bob")).stories_total == 1
