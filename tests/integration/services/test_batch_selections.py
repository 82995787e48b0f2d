"""Batches of what is selected: everybody in it, once, and never more than a slice at a time in the way of others."""

from __future__ import annotations

import pytest

from core.domain.actor import Actor
from core.domain.feed import FeedQuery, Selection, SortBy, StoryState
from core.errors import NotAllowed, NotFound
from core.services import batch_plans
from core.services.batches import Batches
from core.services.niches import Niches
from core.services.profiles import Profiles
from core.services.views import BatchView
from core.storage.database import Database
from tests.integration.services.conftest import Ledger
from tests.integration.services.feed_rows import fill

COUNT = 60


@pytest.fixture(autouse=True)
async def filled(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_plans, "SLICE", 7)
    await fill(database, COUNT)


async def members(database: Database, batch: BatchView) -> list[str]:
    rows = await database.fetch("SELECT profile_id FROM checks WHERE batch_id = ? ORDER BY profile_id", batch.id)
    return [row["profile_id"] for row in rows]


async def matching(profiles: Profiles, actor: Actor, query: FeedQuery) -> list[str]:
    return sorted(row.username for row in (await profiles.feed(actor, query, count=1_000)).rows)


@pytest.mark.parametrize(
    "query",
    [
        FeedQuery(),
        FeedQuery(niche=1, sort=SortBy.CHECKS_TOTAL, descending=True),
        FeedQuery(stories=frozenset({StoryState.NONE, StoryState.UNKNOWN}), sort=SortBy.NICHE),
    ],
    ids=["all", "niche", "states"],
)
async def test_everybody_who_matches_is_in_the_batch_once_paused_and_gone_ones_too(
    batches: Batches, profiles: Profiles, operator: Actor, database: Database, query: FeedQuery
) -> None:
    wanted = await matching(profiles, operator, query)
    batch = await batches.create(operator, names=Selection(query=query), recheck=True)
    assert (batch.total, batch.skipped, batch.status) == (len(wanted), 0, "queued")
    assert await members(database, batch) == wanted


async def test_a_few_are_left_out(batches: Batches, profiles: Profiles, operator: Actor, database: Database) -> None:
    wanted = await matching(profiles, operator, FeedQuery())
    selection = Selection(query=FeedQuery(), except_names=frozenset(wanted[5:30]))
    batch = await batches.create(operator, names=selection, recheck=True)
    assert await members(database, batch) == wanted[:5] + wanted[30:]


async def test_named_ones_that_were_removed_since_are_left_out(
    batches: Batches, profiles: Profiles, operator: Actor, database: Database
) -> None:
    wanted = await matching(profiles, operator, FeedQuery())
    await profiles.remove(operator, wanted[:20])
    batch = await batches.create(operator, names=Selection(tuple(wanted)), recheck=True)
    assert await members(database, batch) == wanted[20:]


async def test_a_selection_of_one_niche_belongs_to_it(batches: Batches, operator: Actor) -> None:
    of_one = await batches.create(operator, names=Selection(query=FeedQuery(niche=2)), recheck=True)
    assert of_one.niche == "art"
    assert of_one.name.startswith("art ")
    of_all = await batches.create(operator, names=Selection(query=FeedQuery()), recheck=True)
    assert (of_all.niche, of_all.name.startswith("60 profiles ")) == (None, True)


@pytest.fixture(params=["nobody left", "niche deleted"])
async def pointless(request: pytest.FixtureRequest, niches: Niches, operator: Actor) -> tuple[Selection, str]:
    if request.param == "niche deleted":
        await niches.delete(operator, "empty")
        return Selection(query=FeedQuery(niche=4)), "This niche was deleted"
    return Selection(("nobody", "noone")), "No profile matches any more"


async def test_a_selection_of_nobody_makes_no_batch(
    batches: Batches, operator: Actor, ledger: Ledger, pointless: tuple[Selection, str]
) -> None:
    selection, sentence = pointless
    with pytest.raises(NotFound, match=sentence):
        await batches.create(operator, names=selection)
    assert await ledger.count("batch") == 0


async def test_progress_is_told_after_every_slice(batches: Batches, operator: Actor) -> None:
    told: list[int] = []
    await batches.create(operator, names=Selection(query=FeedQuery()), recheck=True, on_progress=told.append)
    assert told == [*range(7, COUNT, 7), COUNT]


async def test_a_viewer_cannot_make_a_batch_of_a_selection(batches: Batches, viewer: Actor) -> None:
    with pytest.raises(NotAllowed):
        await batches.create(viewer, names=Selection(query=FeedQuery()))
