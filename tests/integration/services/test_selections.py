"""Acts on what is selected: exactly those, and back exactly to what they were."""

from __future__ import annotations

import json

import pytest

from core.domain.actor import Actor
from core.domain.feed import FeedQuery, Selection, StoryState
from core.errors import InvalidInput, NotAllowed, NotFound
from core.services import profile_changes, undo
from core.services.exports import Form
from core.services.niches import Niches
from core.services.profiles import Profiles
from core.services.views import ProfilesChanged
from core.storage.database import Database
from tests.integration.services.conftest import Ledger, QuickClock
from tests.integration.services.feed_rows import fill

COUNT = 60
NONE = FeedQuery(stories=frozenset({StoryState.NONE}))
ACTIVE = FeedQuery(niche=1, statuses=frozenset({"active"}))


@pytest.fixture(autouse=True)
async def filled(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profile_changes, "SLICE", 7)
    await fill(database, COUNT)


async def state(database: Database) -> dict[str, tuple[str, int]]:
    rows = await database.fetch("SELECT username, status, niche_id FROM profile ORDER BY username")
    return {row["username"]: (row["status"], row["niche_id"]) for row in rows}


async def names(profiles: Profiles, actor: Actor, query: FeedQuery) -> list[str]:
    return [row.username for row in (await profiles.feed(actor, query, count=1_000)).rows]


def differing(one: dict[str, tuple[str, int]], other: dict[str, tuple[str, int]]) -> set[str]:
    return {name for name in one if one[name] != other.get(name)}


async def test_all_that_match_but_a_few_are_paused_and_come_back(
    profiles: Profiles, operator: Actor, database: Database
) -> None:
    before = await state(database)
    matching = await names(profiles, operator, ACTIVE)
    left_out = frozenset(matching[::5])
    selection = Selection(query=ACTIVE, except_names=left_out)
    assert await profiles.count(operator, selection) == len(matching) - len(left_out)
    done = await profiles.pause(operator, selection)
    assert done == ProfilesChanged(len(matching) - len(left_out), 0, ())
    after = await state(database)
    assert differing(before, after) == set(matching) - left_out
    assert {after[name][0] for name in differing(before, after)} == {"paused"}
    assert done.undo is not None
    assert await profiles.undo(operator, done.undo) == ProfilesChanged(done.changed, 0, ())
    assert await state(database) == before


async def test_profiles_of_many_niches_go_back_to_their_own(
    profiles: Profiles, operator: Actor, database: Database
) -> None:
    before = await state(database)
    matching = await names(profiles, operator, NONE)
    done = await profiles.move(operator, Selection(query=NONE), "empty")
    assert (done.changed, done.unchanged) == (len(matching), 0)
    assert {niche for name, (_, niche) in (await state(database)).items() if name in matching} == {4}
    assert done.undo is not None
    await profiles.undo(operator, done.undo)
    assert await state(database) == before


async def test_paused_and_gone_ones_become_again_what_they_were(
    profiles: Profiles, operator: Actor, database: Database
) -> None:
    before = await state(database)
    done = await profiles.resume(operator, Selection(query=FeedQuery()))
    assert done.changed == sum(status != "active" for status, _ in before.values())
    assert {status for status, _ in (await state(database)).values()} == {"active"}
    assert done.undo is not None
    await profiles.undo(operator, done.undo)
    assert await state(database) == before


async def test_undoing_leaves_alone_what_changed_since(
    profiles: Profiles, operator: Actor, database: Database, niches: Niches
) -> None:
    first, second, third = (await names(profiles, operator, ACTIVE))[:3]
    paused = await profiles.pause(operator, [first, second, third])
    async with database.transaction() as tx:
        await tx.execute("UPDATE profile SET status = 'gone' WHERE username = ?", first)
    await profiles.resume(operator, [second])
    assert paused.undo is not None
    assert await profiles.undo(operator, paused.undo) == ProfilesChanged(1, 2, ())
    assert [(await state(database))[name][0] for name in (first, second, third)] == ["gone", "active", "active"]
    moved = await profiles.move(operator, Selection(query=FeedQuery(niche=3)), "empty")
    await niches.delete(operator, "Food")
    assert moved.undo is not None
    assert await profiles.undo(operator, moved.undo) == ProfilesChanged(0, moved.changed, ())


async def test_an_act_is_undone_once_and_within_ten_minutes(
    profiles: Profiles, operator: Actor, clock: QuickClock
) -> None:
    some = (await names(profiles, operator, ACTIVE))[:2]
    once = await profiles.pause(operator, some)
    assert once.undo is not None
    await profiles.undo(operator, once.undo)
    with pytest.raises(NotFound, match="undone already, or is more than 10 min ago"):
        await profiles.undo(operator, once.undo)
    late = await profiles.pause(operator, some)
    assert late.undo is not None
    clock.pass_by(600)
    with pytest.raises(NotFound, match="cannot be undone any more"):
        await profiles.undo(operator, late.undo)


async def test_an_act_that_changed_nobody_or_too_many_cannot_be_undone(
    profiles: Profiles, operator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = (await names(profiles, operator, ACTIVE))[:2]
    await profiles.pause(operator, some)
    assert (await profiles.pause(operator, some)).undo is None
    monkeypatch.setattr(undo, "MOST_OF_ONE", 10)
    assert (await profiles.resume(operator, Selection(query=FeedQuery()))).changed > 10
    assert (await profiles.pause(operator, Selection(query=FeedQuery()))).undo is None


async def test_an_undo_that_is_interrupted_can_be_asked_for_again(
    profiles: Profiles, operator: Actor, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await state(database)
    done = await profiles.pause(operator, Selection(query=ACTIVE))
    assert done.undo is not None

    def fail(_: int) -> None:
        raise RuntimeError("interrupted")

    with pytest.raises(RuntimeError):
        await profiles.undo(operator, done.undo, on_progress=fail)
    assert await state(database) != before
    await profiles.undo(operator, done.undo)
    assert await state(database) == before


async def test_removing_what_is_selected_cannot_be_undone(
    profiles: Profiles, operator: Actor, database: Database
) -> None:
    matching = await names(profiles, operator, NONE)
    done = await profiles.remove(operator, Selection(query=NONE))
    assert (done.changed, done.undo) == (len(matching), None)
    assert len(await state(database)) == COUNT - len(matching)


async def test_named_ones_that_are_gone_are_told_as_missing(profiles: Profiles, operator: Actor) -> None:
    known = (await names(profiles, operator, ACTIVE))[0]
    assert await profiles.pause(operator, Selection((known, "nobody"))) == ProfilesChanged(1, 0, ("nobody",))


async def test_a_selection_that_means_nobody_any_more_is_said_so(
    profiles: Profiles, operator: Actor, niches: Niches
) -> None:
    with pytest.raises(NotFound, match=r"^No profile matches any more; look again, and select anew\.$"):
        await profiles.pause(operator, Selection(query=FeedQuery(niche=4)))
    await niches.delete(operator, "empty")
    with pytest.raises(NotFound, match="This niche was deleted"):
        await profiles.pause(operator, Selection(query=FeedQuery(niche=4)))


async def test_each_act_on_a_selection_is_one_line_of_the_audit_log(
    profiles: Profiles, operator: Actor, ledger: Ledger
) -> None:
    done = await profiles.pause(operator, Selection(query=ACTIVE))
    assert done.undo is not None
    await profiles.undo(operator, done.undo)
    assert [line[1:] for line in await ledger.audited()] == [
        ("profile.pause", f"{done.changed} profiles selected by conditions", ""),
        ("profile.undo", "pause", f"{done.changed} profiles"),
    ]


async def test_progress_is_told_after_every_slice(profiles: Profiles, operator: Actor) -> None:
    told: list[int] = []
    await profiles.pause(operator, Selection(query=FeedQuery()), on_progress=told.append)
    assert told == [*range(7, COUNT, 7), COUNT]


async def test_what_is_selected_is_exported(profiles: Profiles, viewer: Actor) -> None:
    matching = await names(profiles, viewer, NONE)
    lines = [line async for line in await profiles.export(viewer, Form.JSONL, selection=NONE)]
    assert [json.loads(line)["username"] for line in lines] == sorted(matching)
    named = Selection(tuple(reversed(matching)))
    lines = [line async for line in await profiles.export(viewer, Form.JSONL, selection=named)]
    assert [json.loads(line)["username"] for line in lines] == matching[::-1]
    with pytest.raises(InvalidInput, match="not both"):
        await profiles.export(viewer, Form.CSV, niche="art", selection=named)


async def test_a_viewer_cannot_change_what_is_selected(profiles: Profiles, viewer: Actor, database: Database) -> None:
    before = await state(database)
    selection = Selection(query=FeedQuery())
    for asked in (
        profiles.pause(viewer, selection),
        profiles.resume(viewer, selection),
        profiles.move(viewer, selection, "empty"),
        profiles.remove(viewer, selection),
        profiles.undo(viewer, "token"),
    ):
        with pytest.raises(NotAllowed):
            await asked
    assert await state(database) == before
