"""What checks bring that people asked to be told is written with it, once."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from core.domain.actor import Actor
from core.domain.alert_rules import AlertRules, Batches, with_rules
from core.errors import NotAllowed
from core.services.batches import Batches as BatchVerbs
from core.services.niches import Niches
from core.services.profiles import Profiles
from core.services.views import BatchView
from core.storage import alert_rules, alerts, checks, results
from core.storage.checks import FinishedCheck
from core.storage.database import Database, sql_time
from core.storage.results import BatchSums
from core.storage.verdicts import store
from tests.integration.services.batch_rows import promote, settle
from tests.integration.services.conftest import QuickClock

_BATCH = """
INSERT INTO batch (id, name, status, total, finished, live, none, private, gone, unknown, skipped, requests,
    second_finds, active_seconds, created_by, created_at)
VALUES (?, 'look', 'created', 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 'test', ?)
"""


@pytest.fixture(autouse=True)
async def food(niches: Niches, profiles: Profiles, operator: Actor) -> None:
    await niches.create(operator, "food")
    await profiles.add(operator, ["ann", "bob", "cem"], "food")


async def told(database: Database) -> list[tuple[str, str]]:
    return [(alert.kind, alert.subject) for alert in reversed(await alerts.latest(database, 100))]


async def of_a_schedule(database: Database, batch: BatchView) -> None:
    async with database.transaction() as tx:
        await tx.execute("UPDATE batch SET schedule_id = 7 WHERE id = ?", batch.id)


async def rule(database: Database, **values: str) -> None:
    async with database.transaction() as tx:
        await alert_rules.store(tx, with_rules(AlertRules(), values))


async def looked_at(
    database: Database, clock: QuickClock, *, since: float | None, until: float, name: str = "ann"
) -> None:
    """A check found *name* live, with a story that began and ends so many hours from now."""
    now, batch_id = clock.now(), uuid4().hex
    async with database.transaction() as tx:
        await tx.execute(_BATCH, batch_id, sql_time(now))
        await checks.create(tx, batch_id=batch_id, names=[name], number=1, now=None, fresh_since=None)
        check = FinishedCheck(
            await tx.fetch_value("SELECT id FROM checks WHERE batch_id = ?", batch_id),
            "live",
            "ok",
            1,
            "",
            80,
            None,
            None,
            None if since is None else sql_time(now + timedelta(hours=since)),
            sql_time(now + timedelta(hours=until)),
            sql_time(now),
            name,
        )
        assert await store(tx, [check]) == {check.check_id}
        await results.add_to_batches(tx, [BatchSums(batch_id, sql_time(now), finished=1, live=1)])


async def test_a_scheduled_batch_is_told_once_when_its_last_check_is_stored(
    database: Database, batches: BatchVerbs, operator: Actor
) -> None:
    batch = await batches.create(operator, niche="food", name="Food")
    await of_a_schedule(database, batch)
    await batches.start(operator, [batch.id])
    await promote(database)
    await settle(database, batch, {"ann": "live", "bob": "none"})
    assert await told(database) == []
    await settle(database, batch, {"cem": "none"})
    assert await told(database) == [("batch_finished", "Food")]
    async with database.transaction() as tx:
        await results.add_to_batches(tx, [BatchSums(batch.id, sql_time(database.clock.now()), requests=1)])
    (alert,) = await alerts.latest(database, 9)
    assert (alert.batch_id, alert.text) == (batch.id, 'The batch "Food" is finished: 1 of 3 are live.')


@pytest.mark.parametrize(("which", "count"), [(Batches.SCHEDULED, 0), (Batches.ALL, 1), (Batches.NONE, 0)])
async def test_a_batch_that_a_person_started_is_told_only_where_all_are(
    database: Database, batches: BatchVerbs, operator: Actor, which: Batches, count: int
) -> None:
    await rule(database, batches=which.value)
    batch = await batches.create(operator, niche="food", name="Food")
    await batches.start(operator, [batch.id])
    await promote(database)
    await settle(database, batch, dict.fromkeys(["ann", "bob", "cem"], "none"))
    assert len(await told(database)) == count


async def test_a_running_batch_whose_last_pending_profile_is_removed_is_told_and_an_old_one_is_not(
    database: Database, batches: BatchVerbs, profiles: Profiles, operator: Actor, clock: QuickClock
) -> None:
    old = await batches.create(operator, niche="food", name="Old")
    await batches.start(operator, [old.id])
    await promote(database)
    await settle(database, old, dict.fromkeys(["ann", "bob", "cem"], "none"))
    await rule(database, batches="all")
    clock.pass_by(60)
    batch = await batches.create(operator, niche="food", name="New", recheck=True)
    await batches.start(operator, [batch.id])
    await promote(database)
    await settle(database, batch, {"ann": "none", "bob": "none"})
    await profiles.remove(operator, ["cem"])
    assert await told(database) == [("batch_finished", "New")]


async def test_a_watched_profile_is_told_when_it_goes_live_and_not_while_it_stays_so(
    database: Database, profiles: Profiles, operator: Actor, clock: QuickClock
) -> None:
    await profiles.watch(operator, ["ann"])
    await looked_at(database, clock, since=-1, until=23)
    await looked_at(database, clock, since=-1, until=23.5, name="bob")
    clock.pass_by(3_600)
    await looked_at(database, clock, since=-2, until=22)
    (alert,) = await alerts.latest(database, 9)
    assert (alert.kind, alert.subject) == ("story", "ann")
    assert alert.text == "The watched profile ann (food) has a new story; it ends at 23:00 UTC."


async def test_what_remains_of_a_known_story_is_no_news_and_a_whole_new_one_is(
    database: Database, profiles: Profiles, operator: Actor, clock: QuickClock
) -> None:
    await profiles.watch(operator, ["ann"])
    await looked_at(database, clock, since=-20, until=23)
    # The oldest part has ended; what is left began an hour before the last look.
    clock.pass_by(5 * 3_600)
    await looked_at(database, clock, since=-6, until=18)
    assert len(await told(database)) == 1
    # All of what was known has ended or been deleted, and something else is there.
    clock.pass_by(3_600)
    await looked_at(database, clock, since=-0.5, until=23.5)
    assert len(await told(database)) == 2


async def test_a_story_that_was_told_is_not_told_again_after_it_was_missing_for_a_while(
    database: Database, batches: BatchVerbs, profiles: Profiles, operator: Actor, clock: QuickClock
) -> None:
    await profiles.watch(operator, ["ann"])
    began = clock.now()
    await looked_at(database, clock, since=0, until=24)
    batch = await batches.create(operator, names=["ann"], recheck=True)
    await batches.start(operator, [batch.id])
    await promote(database)
    await settle(database, batch, {"ann": "none"})
    clock.pass_by(3_600)
    hours = (began - clock.now()) / timedelta(hours=1)
    await looked_at(database, clock, since=hours, until=24 + hours)
    assert len(await told(database)) == 1


async def test_watching_can_be_undone_and_is_seen_in_the_profile_and_in_the_feed(
    profiles: Profiles, operator: Actor, viewer: Actor
) -> None:
    done = await profiles.watch(operator, ["ann", "bob"])
    assert (done.changed, (await profiles.show(viewer, "ann")).watched) == (2, True)
    assert [row.watched for row in await profiles.rows(viewer, ["ann", "cem"])] == [True, False]
    assert (await profiles.watch(operator, ["ann"])).unchanged == 1
    assert done.undo is not None
    assert (await profiles.undo(operator, done.undo)).changed == 2
    assert not (await profiles.show(viewer, "ann")).watched
    await profiles.watch(operator, ["cem"])
    assert (await profiles.unwatch(operator, ["cem"])).changed == 1


async def test_a_viewer_cannot_watch_profiles(profiles: Profiles, viewer: Actor) -> None:
    with pytest.raises(NotAllowed, match="watch profiles takes the role operator"):
        await profiles.watch(viewer, ["ann"])
