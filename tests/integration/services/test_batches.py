"""Batches: who is in them, how people name and list them, and who may do what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from core.domain.actor import Actor
from core.domain.name_runs import NameRuns
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from core.services import batch_plans
from core.services.batches import Batches
from core.services.exports import Form
from core.services.niches import Niches
from core.services.profiles import Profiles
from core.services.views import BatchView
from core.storage.database import Database
from tests.integration.services.batch_rows import (
    know,
    members,
    pending,
    promote,
    three_batches,
)
from tests.integration.services.conftest import Ledger, QuickClock


@pytest.fixture(autouse=True)
async def two_niches(niches: Niches, operator: Actor) -> None:
    await niches.create(operator, "food")
    await niches.create(operator, "art")


async def test_a_niche_becomes_a_batch_of_its_active_profiles(
    batches: Batches, profiles: Profiles, operator: Actor, database: Database, clock: QuickClock
) -> None:
    await profiles.add(operator, ["ann", "bob", "cem", "dan"], "food")
    await profiles.add(operator, ["eve"], "art")
    await profiles.pause(operator, ["bob"])
    await know(database, "cem", status="gone")
    batch = await batches.create(operator, niche="FOOD")
    assert (batch.name, batch.niche, batch.status, batch.shown_status) == (
        "food 1 Jan 00:00",
        "food",
        "queued",
        "Ready",
    )
    assert (batch.total, batch.finished, batch.skipped, batch.requests) == (2, 0, 2, 0)
    assert (batch.created_by, batch.created_at, batch.started_at) == ("panel:olga", clock.now(), None)
    assert await pending(database, batch) == ["ann", "dan"]


async def test_named_profiles_are_checked_wherever_they_live_also_paused_and_gone(
    batches: Batches, profiles: Profiles, operator: Actor, database: Database
) -> None:
    await profiles.add(operator, ["ann", "bob"], "food")
    await profiles.add(operator, ["cem"], "art")
    await profiles.pause(operator, ["bob"])
    await know(database, "cem", status="gone")
    batch = await batches.create(operator, names=["@Cem", "bob", "ann", "bob"], niche="food")
    assert (batch.niche, batch.total, batch.skipped) == ("food", 3, 0)
    assert await pending(database, batch) == ["ann", "bob", "cem"]
    alone = await batches.create(operator, names=["cem"])
    assert (alone.niche, alone.name) == (None, "1 profile 1 Jan 00:00")
    assert (await batches.create(operator, names=["ann", "bob"])).name == "2 profiles 1 Jan 00:00"
    assert (await batches.create(operator, names=["ann"], name="  my  own ")).name == "my own"


async def test_names_that_are_no_profiles_are_refused_and_nothing_is_written(
    batches: Batches, profiles: Profiles, operator: Actor, ledger: Ledger
) -> None:
    await profiles.add(operator, ["ann"], "food")
    before = await ledger.audited()
    with pytest.raises(NotFound, match=r'^There is no profile "bob"; import it or add it to a niche first\.$'):
        await batches.create(operator, names=["ann", "bob"])
    with pytest.raises(NotFound, match=r'^There are no profiles "a1", "a2", "a3", "a4", "a5" and 2 more; import them'):
        await batches.create(operator, names=["ann", *(f"a{n}" for n in range(1, 8))])
    assert await ledger.count("batch") == await ledger.count("checks") == 0
    assert await ledger.audited() == before


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        ({}, InvalidInput, "niche: name a niche, or the profiles to check"),
        ({"niche": "foods"}, NotFound, 'did you mean "food"'),
        ({"niche": "art"}, InvalidInput, 'niche: "art" has nobody to check; import profiles into it first'),
        ({"names": []}, InvalidInput, "username: name at least one profile"),
        ({"names": NameRuns()}, InvalidInput, "names: name at least one profile"),
        ({"names": ["no way"]}, InvalidInput, 'username: "no way"'),
        ({"niche": "food", "name": " "}, InvalidInput, "name: a batch's name takes letters"),
        ({"niche": "food", "name": "x" * 121}, InvalidInput, "name: a batch's name has at most 120 characters"),
    ],
)
async def test_a_batch_that_makes_no_sense_is_refused_and_nothing_is_written(
    batches: Batches,
    profiles: Profiles,
    operator: Actor,
    ledger: Ledger,
    arguments: dict[str, Any],
    error: type[Exception],
    sentence: str,
) -> None:
    await profiles.add(operator, ["ann"], "food")
    before = await ledger.audited()
    with pytest.raises(error, match=sentence):
        await batches.create(operator, **arguments)
    assert await ledger.count("batch") == 0
    assert await ledger.audited() == before


async def test_a_niche_in_which_all_are_paused_or_gone_makes_no_batch(
    batches: Batches, profiles: Profiles, operator: Actor, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_plans, "SLICE", 2)
    await profiles.add(operator, ["ann", "bob", "cem"], "food")
    await profiles.pause(operator, ["ann", "bob", "cem"])
    with pytest.raises(InvalidInput, match=r"all of its 3 profiles are paused or gone; resume some, or name them"):
        await batches.create(operator, niche="food")
    assert await ledger.count("batch") == 0


async def test_a_batch_is_named_by_the_beginning_of_its_id(
    batches: Batches, profiles: Profiles, operator: Actor, database: Database
) -> None:
    one, two, _ = await three_batches(batches, profiles, operator)
    async with database.transaction() as tx:
        for batch, new in (
            (one, "abcd1111-0000-4000-8000-000000000001"),
            (two, "abcd2222-0000-4000-8000-000000000002"),
        ):
            await tx.execute("DELETE FROM batch_event WHERE batch_id = ?", batch.id)
            await tx.execute("DELETE FROM checks WHERE batch_id = ?", batch.id)
            await tx.execute("UPDATE batch SET id = ?, total = 0 WHERE id = ?", new, batch.id)
    for given in ("abcd1", "ABCD1111", "abcd1111-", "abcd11110000", "abcd1111-0000-4000-8000-000000000001"):
        assert (await batches.show(operator, given)).name == "b1"
    with pytest.raises(Conflict, match=r'begin with "abcd": abcd1111-\S+ \(b1\), abcd2222-\S+ \(b2\); give more'):
        await batches.show(operator, "abcd")
    with pytest.raises(NotFound, match=r'^There is no batch "abcd3"; list the batches to see their ids\.$'):
        await batches.show(operator, "abcd3")
    for given in ("abc", "b1", "", "%", "abcd1111-0000-4000-8000-0000000000011"):
        with pytest.raises(InvalidInput, match="is no id of a batch; give the id, or at least its first 4 characters"):
            await batches.show(operator, given)


async def test_several_batches_change_together_or_not_at_all(
    batches: Batches, profiles: Profiles, operator: Actor, ledger: Ledger
) -> None:
    one, two, _ = await three_batches(batches, profiles, operator)
    await batches.start(operator, [two.id])
    before = await batches.list(operator)
    audited, revision = await ledger.audited(), await ledger.revision()
    for verb in (batches.start, batches.stop, batches.delete):
        with pytest.raises(NotFound):
            await verb(operator, [one.id, two.id, "00000000"])
        with pytest.raises(InvalidInput, match="batch: name at least one batch by its id"):
            await verb(operator, [])
    assert await batches.list(operator) == before
    assert (await ledger.audited(), await ledger.revision()) == (audited, revision)


async def test_a_batch_named_twice_changes_once(batches: Batches, profiles: Profiles, operator: Actor) -> None:
    one, *_ = await three_batches(batches, profiles, operator)
    assert len(await batches.start(operator, [one.id, one.id[:8]])) == 1


async def test_batches_are_listed_newest_first_page_by_page(
    batches: Batches, profiles: Profiles, operator: Actor, clock: QuickClock
) -> None:
    await profiles.add(operator, ["ann"], "food")
    for number in range(5):
        await batches.create(operator, niche="food", name=f"b{number}")
        clock.pass_by(number % 2)  # some are of one moment
    newest = await batches.list(operator)
    assert [b.name[0] for b in newest] == ["b"] * 5
    assert [b.created_at for b in newest] == sorted((b.created_at for b in newest), reverse=True)
    pages: list[BatchView] = []
    while page := await batches.list(operator, count=2, after=pages[-1].id if pages else None):
        pages += page
    assert tuple(pages) == newest


async def test_a_list_shows_one_status_where_it_is_asked_for(
    batches: Batches, profiles: Profiles, operator: Actor, database: Database
) -> None:
    one, two, _ = await three_batches(batches, profiles, operator)
    await batches.start(operator, [one.id, two.id])
    await promote(database, at_most=1)
    assert [b.name for b in await batches.list(operator, status="in_progress")] == ["b1"]
    assert sorted(b.name for b in await batches.list(operator, status="queued")) == ["b2", "b3"]
    assert await batches.list(operator, status="done") == ()
    for status in ("hidden", "ready"):
        with pytest.raises(InvalidInput, match=f'status: "{status}" is none; there are queued, in_progress, done'):
            await batches.list(operator, status=status)
    for count in (0, 1_001):
        with pytest.raises(InvalidInput, match="count: a page has 1 to 1,000 batches"):
            await batches.list(operator, count=count)


async def test_a_viewer_sees_batches_and_changes_none(
    batches: Batches, profiles: Profiles, viewer: Actor, operator: Actor, ledger: Ledger
) -> None:
    one, *_ = await three_batches(batches, profiles, operator)
    audited = await ledger.audited()
    before = await batches.list(viewer)
    assert (await batches.show(viewer, one.id)).name == "b1"
    assert await members(batches, viewer, one) == {}
    assert await batches.unknown_reasons(viewer, one.id) == {}
    assert await batches.settled_since(viewer, one.id, None) == ((), "0.0")
    assert len(await batches.log(viewer, one.id)) == 1
    assert [line async for line in await batches.export(viewer, one.id, Form.JSONL)] == []
    for verb in (
        batches.create(viewer, niche="food"),
        batches.retry_unknown(viewer, one.id),
        batches.start(viewer, [one.id]),
        batches.stop(viewer, [one.id]),
        batches.move(viewer, one.id, 1),
        batches.delete(viewer, [one.id]),
    ):
        with pytest.raises(NotAllowed, match="takes the role operator; panel:vera is viewer"):
            await verb
    assert await batches.list(viewer) == before
    assert await ledger.audited() == audited


async def test_every_change_is_in_the_audit_log(
    batches: Batches, profiles: Profiles, operator: Actor, ledger: Ledger
) -> None:
    one, two, _ = await three_batches(batches, profiles, operator)
    await batches.start(operator, [one.id, two.id])
    await batches.move(operator, two.id, 1)
    await batches.stop(operator, [one.id])
    await batches.delete(operator, [one.id])
    lines: Sequence[tuple[str, str, str, str]] = [line for line in await ledger.audited() if "batch" in line[1]]
    assert [line[:3] for line in lines] == [
        ("panel:olga", "batch.create", "b1"),
        ("panel:olga", "batch.create", "b2"),
        ("panel:olga", "batch.create", "b3"),
        ("panel:olga", "batch.start", "b1"),
        ("panel:olga", "batch.start", "b2"),
        ("panel:olga", "batch.move", "b2"),
        ("panel:olga", "batch.stop", "b1"),
        ("panel:olga", "batch.delete", "b1"),
    ]
    assert lines[0][3] == f"{one.id}: checks: 2, fresh among them: 0, left out as paused or gone: 0"
    assert lines[3][3] == one.id
