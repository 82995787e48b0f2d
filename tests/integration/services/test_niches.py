"""Niches: who may do what to them, and what becomes of their profiles."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.domain.actor import Actor
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from core.events import Mailbox
from core.services import niches as niches_module
from core.services.niches import Niches
from core.services.profiles import Profiles
from core.storage.database import Database, Row, sql_time
from tests.integration.services.conftest import Ledger, QuickClock


async def names(niches: Niches, actor: Actor) -> list[str]:
    return [niche.name for niche in await niches.list(actor)]


async def test_niches_are_listed_in_the_order_of_their_creation(niches: Niches, operator: Actor) -> None:
    for name in ["food", "art", "music"]:
        await niches.create(operator, name)
    assert [(n.name, n.position) for n in await niches.list(operator)] == [("food", 1), ("art", 2), ("music", 3)]
    assert await niches.names(operator) == ("food", "art", "music")


async def test_a_niche_shows_its_profiles_and_those_live_now(
    niches: Niches, profiles: Profiles, operator: Actor, database: Database, clock: QuickClock
) -> None:
    await niches.create(operator, "food")
    await profiles.add(operator, ["ann", "bob", "cem"], "food")
    async with database.transaction() as tx:
        soon, past = (sql_time(clock.now() + timedelta(hours=hours)) for hours in (1, -1))
        await tx.execute("UPDATE profile SET story_until = ? WHERE username = 'ann'", soon)
        await tx.execute("UPDATE profile SET story_until = ? WHERE username = 'bob'", past)
    shown = await niches.show(operator, "food")
    assert (shown.profiles, shown.live_now) == (3, 1)
    assert (await niches.list(operator)) == (shown,)


async def test_profiles_of_niches_are_counted_where_short_questions_do_not_wait_behind_it(
    niches: Niches, profiles: Profiles, operator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    await niches.create(operator, "food")
    await profiles.add(operator, ["ann", "bob", "cem"], "food")
    asked: list[str] = []
    fetch = Database.fetch

    async def heard(self: Database, sql: str, *params: object) -> list[Row]:
        asked.append(sql)
        return await fetch(self, sql, *params)

    monkeypatch.setattr(Database, "fetch", heard)
    assert (await niches.show(operator, "food")).profiles == 3
    assert [niche.profiles for niche in await niches.list(operator)] == [3]
    assert asked
    assert [sql for sql in asked if "FROM profile" in sql] == []


async def test_a_name_that_differs_in_case_alone_is_taken(niches: Niches, operator: Actor, ledger: Ledger) -> None:
    await niches.create(operator, "Food")
    with pytest.raises(Conflict, match='already a niche "Food"; choose another name'):
        await niches.create(operator, " fOOD ")
    assert await ledger.count("niche") == 1


@pytest.mark.parametrize("name", ["", " ", "x" * 81, "a\x07b"])
async def test_an_unusable_name_is_refused_and_nothing_written(
    niches: Niches, operator: Actor, ledger: Ledger, name: str
) -> None:
    with pytest.raises(InvalidInput, match=r"^niche: "):
        await niches.create(operator, name)
    assert await ledger.count("niche") == await ledger.count("audit_entry") == 0


@pytest.mark.parametrize("target", [0, -1, 1_000_001])
async def test_a_target_out_of_bounds_is_refused(niches: Niches, operator: Actor, target: int) -> None:
    with pytest.raises(InvalidInput, match="give a number from 1 to 1,000,000, or none"):
        await niches.create(operator, "food", daily_story_target=target)
    assert await names(niches, operator) == []


async def test_a_target_is_set_and_cleared(niches: Niches, operator: Actor) -> None:
    await niches.create(operator, "food", daily_story_target=10)
    assert (await niches.set_target(operator, "FOOD", 20)).daily_story_target == 20
    assert (await niches.set_target(operator, "food", None)).daily_story_target is None


async def test_an_unknown_niche_is_refused_with_the_closest_name(niches: Niches, operator: Actor) -> None:
    await niches.create(operator, "street food")
    with pytest.raises(NotFound, match=r'^There is no niche "stret food"; did you mean "street food"\?$'):
        await niches.show(operator, "stret food")


async def test_with_no_niche_at_all_the_sentence_says_so(niches: Niches, viewer: Actor) -> None:
    with pytest.raises(NotFound, match=r'^There is no niche "food"; there are none yet\.$'):
        await niches.show(viewer, "food")


async def test_a_niche_is_renamed_also_in_case_alone(niches: Niches, operator: Actor) -> None:
    await niches.create(operator, "food")
    assert (await niches.rename(operator, "food", "FOOD")).name == "FOOD"
    assert (await niches.rename(operator, "food", "art")).name == "art"
    assert await names(niches, operator) == ["art"]


async def test_a_niche_cannot_take_the_name_of_another(niches: Niches, operator: Actor) -> None:
    await niches.create(operator, "food")
    await niches.create(operator, "art")
    with pytest.raises(Conflict, match='already a niche "art"'):
        await niches.rename(operator, "food", "Art")
    assert await names(niches, operator) == ["food", "art"]


async def test_named_niches_come_first_and_the_rest_keep_their_order(niches: Niches, operator: Actor) -> None:
    for name in ["a", "b", "c", "d"]:
        await niches.create(operator, name)
    ordered = await niches.reorder(operator, ["d", "B"])
    assert [(n.name, n.position) for n in ordered] == [("d", 1), ("b", 2), ("a", 3), ("c", 4)]


@pytest.mark.parametrize(("order", "error"), [([], InvalidInput), (["a", "A"], InvalidInput), (["b", "x"], NotFound)])
async def test_an_order_that_cannot_be_followed_moves_nothing(
    niches: Niches, operator: Actor, order: list[str], error: type[Exception]
) -> None:
    for name in ["a", "b"]:
        await niches.create(operator, name)
    with pytest.raises(error):
        await niches.reorder(operator, order)
    assert await names(niches, operator) == ["a", "b"]


async def test_a_niche_with_profiles_is_not_deleted_unless_it_is_said_what_becomes_of_them(
    niches: Niches, profiles: Profiles, operator: Actor, ledger: Ledger
) -> None:
    await niches.create(operator, "food")
    await profiles.add(operator, ["ann"], "food")
    with pytest.raises(Conflict, match='The niche "food" still has profiles; say where they should move'):
        await niches.delete(operator, "food")
    assert (await ledger.count("niche"), await ledger.count("profile")) == (1, 1)


async def test_an_empty_niche_is_deleted_just_so(niches: Niches, operator: Actor) -> None:
    await niches.create(operator, "food")
    gone = await niches.delete(operator, "food")
    assert (gone.name, gone.moved, gone.erased) == ("food", 0, 0)
    assert await names(niches, operator) == []


async def test_profiles_move_in_slices_before_their_niche_goes(
    niches: Niches, profiles: Profiles, operator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(niches_module, "_MOVE_SLICE", 2)
    await niches.create(operator, "food")
    await niches.create(operator, "art")
    await profiles.add(operator, ["a", "b", "c", "d", "e"], "food")
    gone = await niches.delete(operator, "food", move_to="ART")
    assert (gone.moved, gone.erased) == (5, 0)
    (left,) = await niches.list(operator)
    assert (left.name, left.profiles) == ("art", 5)


async def test_profiles_are_erased_with_their_niche_when_asked(
    niches: Niches, profiles: Profiles, operator: Actor, ledger: Ledger, news: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(niches_module, "_ERASE_SLICE", 2)
    await niches.create(operator, "food")
    await profiles.add(operator, ["a", "b", "c"], "food")
    gone = await niches.delete(operator, "food", with_profiles=True)
    assert (gone.moved, gone.erased) == (0, 3)
    assert await ledger.count("profile") == await ledger.count("niche") == 0
    assert await ledger.revision() > 0
    assert news.take() is not None


async def test_an_interrupted_deletion_leaves_whole_profiles_and_can_be_asked_for_again(
    niches: Niches, profiles: Profiles, operator: Actor, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopped(Exception):
        pass

    async def stop(clock: QuickClock, seconds: float) -> None:
        raise Stopped

    monkeypatch.setattr(niches_module, "_MOVE_SLICE", 2)
    await niches.create(operator, "food")
    await niches.create(operator, "art")
    await profiles.add(operator, ["a", "b", "c"], "food")
    with monkeypatch.context() as patch:
        patch.setattr(QuickClock, "sleep", stop)
        with pytest.raises(Stopped):
            await niches.delete(operator, "food", move_to="art")
    assert [niche.profiles for niche in await niches.list(operator)] == [1, 2]
    assert (await niches.delete(operator, "food", move_to="art")).moved == 1
    assert await names(niches, operator) == ["art"]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"move_to": "art", "with_profiles": True}, InvalidInput),
        ({"move_to": "FOOD"}, InvalidInput),
        ({"move_to": "nowhere"}, NotFound),
    ],
)
async def test_a_deletion_that_makes_no_sense_is_refused(
    niches: Niches, operator: Actor, arguments: dict[str, str | bool], error: type[Exception]
) -> None:
    await niches.create(operator, "food")
    await niches.create(operator, "art")
    with pytest.raises(error):
        await niches.delete(operator, "food", **arguments)  # type: ignore[arg-type]  # the cases mix types
    assert await names(niches, operator) == ["food", "art"]


async def test_a_viewer_sees_niches_and_changes_none(
    niches: Niches, viewer: Actor, operator: Actor, ledger: Ledger
) -> None:
    await niches.create(operator, "food")
    assert await names(niches, viewer) == ["food"]
    before = await ledger.audited()
    for verb in (
        niches.create(viewer, "art"),
        niches.rename(viewer, "food", "art"),
        niches.set_target(viewer, "food", 3),
        niches.reorder(viewer, ["food"]),
        niches.delete(viewer, "food"),
    ):
        with pytest.raises(NotAllowed, match=r"takes the role operator; panel:vera is viewer"):
            await verb
    assert await names(niches, viewer) == ["food"]
    assert await ledger.audited() == before


async def test_every_change_is_in_the_audit_log(niches: Niches, operator: Actor, ledger: Ledger) -> None:
    await niches.create(operator, "food")
    await niches.rename(operator, "food", "art")
    await niches.set_target(operator, "art", 3)
    await niches.reorder(operator, ["art"])
    await niches.delete(operator, "art")
    assert await ledger.audited() == [
        ("panel:olga", "niche.create", "food", ""),
        ("panel:olga", "niche.rename", "food", "to art"),
        ("panel:olga", "niche.target", "art", "3"),
        ("panel:olga", "niche.reorder", "art", ""),
        ("panel:olga", "niche.delete", "art", ""),
    ]
