"""Taking an import back: what it made and nobody touched goes, and nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.domain.actor import Actor
from core.errors import Conflict, NotFound
from core.services import import_undo, name_writing
from core.services.batches import Batches
from core.services.imports import Imports
from core.services.niches import Niches
from core.services.profiles import Profiles
from core.services.views import ImportUndone
from core.storage.database import Database
from tests.integration.services.batch_rows import settle
from tests.integration.services.conftest import Ledger, QuickClock

MADE = [f"new{number:02}" for number in range(12)]


class Crash(Exception):
    pass


@pytest.fixture(autouse=True)
async def known(niches: Niches, profiles: Profiles, operator: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_undo, "SLICE", 5)
    for niche, names in (("food", ["known"]), ("art", ["other"])):
        await niches.create(operator, niche)
        await profiles.add(operator, names, niche)


async def imported(imports: Imports, actor: Actor, names: list[str], niche: str = "food", *, move: bool = False) -> int:
    text = "\n".join(names).encode()
    report = await imports.import_file(actor, [text], niche=niche, file_name="names.txt", move=move)
    assert report.import_id is not None
    return report.import_id


async def niche_of(profiles: Profiles, actor: Actor) -> dict[str, str]:
    return {profile.username: profile.niche async for profile in await profiles.list(actor)}


async def test_only_what_the_import_made_is_erased(imports: Imports, operator: Actor, profiles: Profiles) -> None:
    first = await imported(imports, operator, ["before"])
    second = await imported(imports, operator, [*MADE, "known", "other", "before"])
    assert await imports.undo(operator, second) == ImportUndone(second, "names.txt", removed=12, kept=0)
    assert await niche_of(profiles, operator) == {"known": "food", "other": "art", "before": "food"}
    assert (await imports.undo(operator, first)).removed == 1


async def test_what_somebody_touched_since_stays(
    imports: Imports, operator: Actor, profiles: Profiles, batches: Batches, database: Database
) -> None:
    made = await imported(imports, operator, MADE)
    checked, waiting, paused, moved, back = MADE[:5]
    settled = await batches.create(operator, names=[checked])
    await settle(database, settled, {checked: "none"})
    await batches.create(operator, names=[waiting])
    await profiles.pause(operator, [paused])
    await profiles.move(operator, [moved, back], "art")
    await profiles.move(operator, [back], "food")
    done = await imports.undo(operator, made)
    assert (done.removed, done.kept) == (8, 4)
    assert sorted(await niche_of(profiles, operator)) == sorted([checked, waiting, paused, moved, "known", "other"])


async def test_a_checked_profile_stays_when_its_batch_is_gone(
    imports: Imports, operator: Actor, profiles: Profiles, batches: Batches, database: Database
) -> None:
    made = await imported(imports, operator, MADE)
    batch = await batches.create(operator, names=MADE[:1])
    await settle(database, batch, {MADE[0]: "unknown"})
    await batches.delete(operator, [batch.id])
    assert (await imports.undo(operator, made)).kept == 1


async def test_what_it_moved_from_other_niches_stays_there(
    imports: Imports, operator: Actor, profiles: Profiles
) -> None:
    made = await imported(imports, operator, ["other", "new"], move=True)
    await imports.undo(operator, made)
    assert await niche_of(profiles, operator) == {"known": "food", "other": "food"}


async def test_a_renamed_niche_does_not_hinder_and_a_deleted_one_is_said_so(
    imports: Imports, operator: Actor, niches: Niches
) -> None:
    first, second = await imported(imports, operator, MADE[:3]), await imported(imports, operator, MADE[3:])
    await niches.rename(operator, "food", "meals")
    assert (await imports.undo(operator, first)).removed == 3
    await niches.delete(operator, "meals", move_to="art")
    with pytest.raises(Conflict, match=r'^The niche of the import of "names.txt" was deleted; what became of its'):
        await imports.undo(operator, second)


async def test_it_is_undone_once(imports: Imports, operator: Actor, clock: QuickClock, ledger: Ledger) -> None:
    made = await imported(imports, operator, MADE)
    clock.pass_by(60)
    await imports.undo(operator, made)
    with pytest.raises(Conflict, match=r'^The import of "names\.txt" was undone already\.$'):
        await imports.undo(operator, made)
    with pytest.raises(NotFound, match="There is no import 99"):
        await imports.undo(operator, 99)
    (view,) = await imports.recent(operator)
    assert (view.created, view.undone_at) == (12, clock.now())
    assert (await ledger.audited())[-1][1:] == ("profile.import.undo", "names.txt", "12 profiles erased, 0 kept")


async def test_an_interrupted_one_goes_on(
    imports: Imports, operator: Actor, profiles: Profiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await imported(imports, operator, MADE)

    async def sleep(clock: QuickClock, seconds: float) -> None:
        raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(QuickClock, "sleep", sleep)
        with pytest.raises(Crash):
            await imports.undo(operator, made)
    assert len(await niche_of(profiles, operator)) == 2 + 7
    assert (await imports.undo(operator, made)).removed == 7


async def test_the_same_list_can_be_imported_again_afterwards(
    imports: Imports, operator: Actor, profiles: Profiles, clock: QuickClock
) -> None:
    await imports.undo(operator, await imported(imports, operator, MADE))
    again = await imported(imports, operator, MADE)
    assert len(await niche_of(profiles, operator)) == 2 + 12
    clock.pass_by(timedelta(days=1).total_seconds())
    assert (await imports.undo(operator, again)).removed == 12


async def test_an_import_that_is_undone_while_it_is_written_ends_with_a_sentence(
    imports: Imports, operator: Actor, profiles: Profiles, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(name_writing, "SLICE", 4)
    undone = []

    async def undo() -> None:
        (row,) = await database.fetch("SELECT id FROM import")
        undone.append(await imports.undo(operator, row["id"]))

    waiting = [undo]

    async def sleep(clock: QuickClock, seconds: float) -> None:
        if seconds == name_writing.PAUSE and waiting:
            await waiting.pop()()

    monkeypatch.setattr(QuickClock, "sleep", sleep)
    with pytest.raises(Conflict, match=r"^Somebody undid this import while it was being written"):
        await imported(imports, operator, MADE)
    assert [done.removed for done in undone] == [4]
    assert await niche_of(profiles, operator) == {"known": "food", "other": "art"}


async def test_what_an_import_made_can_be_named_for_its_first_check(
    imports: Imports, operator: Actor, viewer: Actor, profiles: Profiles, batches: Batches, database: Database
) -> None:
    made = await imported(imports, operator, [*MADE, "known", "other"])
    checked, paused, moved = MADE[:3]
    await settle(database, await batches.create(operator, names=[checked]), {checked: "none"})
    await profiles.pause(operator, [paused])
    await profiles.move(operator, [moved], "art")
    names = await imports.created(viewer, made)
    assert [name for part in names.slices(100) for name in part] == MADE[3:]
    batch = await batches.create(operator, names=names)
    assert batch.total == len(MADE) - 3


async def test_an_import_of_which_nothing_is_left_names_nobody(imports: Imports, operator: Actor) -> None:
    known = await imported(imports, operator, ["known"])
    with pytest.raises(Conflict, match="waits for its first check"):
        await imports.created(operator, known)
    made = await imported(imports, operator, MADE)
    await imports.undo(operator, made)
    with pytest.raises(Conflict, match="was undone already"):
        await imports.created(operator, made)
    with pytest.raises(NotFound):
        await imports.created(operator, 99)
