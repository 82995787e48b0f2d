"""Imports in two steps: a preview that writes nothing, a file that waits for an hour, and one import of it."""

from __future__ import annotations

import asyncio
import csv
import os
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.domain.actor import Actor
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound, Unavailable
from core.events import Events
from core.services import staging
from core.services.imports import Imports
from core.services.niches import Niches
from core.services.profiles import Profiles
from core.services.views import ImportProgress, KnownElsewhere, StagedImport
from core.storage.database import Database
from tests.integration.services.conftest import Ledger, QuickClock

HOUR = 3600
LIST = "new1\nKNOWN1\nother1\nno way\nnew1\n\nnew2\nother2\n# end\n=1+1\n"


@pytest.fixture
def directory(database: Database) -> Path:
    return database.file.parent / "staged"


@pytest.fixture(autouse=True)
async def known(niches: Niches, profiles: Profiles, operator: Actor) -> None:
    for niche, names in (("food", ["known1"]), ("art", ["other1"]), ("zoo", ["other2", "other3"])):
        await niches.create(operator, niche)
        await profiles.add(operator, names, niche)


async def stage(imports: Imports, actor: Actor, text: str = LIST, niche: str | None = "food") -> StagedImport:
    return await imports.stage(actor, [text[:7].encode(), text[7:].encode()], file_name="names.csv", niche=niche)


def kept(directory: Path) -> list[Path]:
    return list(directory.iterdir())


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def left_behind(directory: Path, name: str, age: float, now: float) -> None:
    directory.mkdir(exist_ok=True)
    (directory / name).write_text("ann\n")
    os.utime(directory / name, (now - age, now - age))


async def niche_of(profiles: Profiles, actor: Actor) -> dict[str, str]:
    return {profile.username: profile.niche async for profile in await profiles.list(actor)}


async def test_a_preview_counts_every_line_once_and_writes_nothing(
    imports: Imports, operator: Actor, profiles: Profiles, ledger: Ledger
) -> None:
    before, audited = await niche_of(profiles, operator), await ledger.audited()
    staged = await stage(imports, operator)
    preview = staged.preview
    assert (staged.file_name, staged.size, staged.by) == ("names.csv", len(LIST), "panel:olga")
    assert (preview.lines, preview.niche) == (10, "food")
    assert (preview.would_create, preview.known_here, preview.known_elsewhere) == (2, 1, 2)
    assert (preview.repeated, preview.invalid, preview.blank) == (1, 2, 2)
    assert [(line.line, line.text) for line in preview.rejected] == [(4, "no way"), (10, "=1+1")]
    assert preview.elsewhere == (KnownElsewhere("other1", "art"), KnownElsewhere("other2", "zoo"))
    assert dict(preview.elsewhere_by_niche) == {"art": 1, "zoo": 1}
    assert await niche_of(profiles, operator) == before
    assert await ledger.audited() == audited


async def test_a_preview_for_another_niche_counts_anew(imports: Imports, operator: Actor) -> None:
    staged = await stage(imports, operator, niche=None)
    assert (staged.preview.niche, staged.preview.known_here, staged.preview.known_elsewhere) == (None, 0, 3)
    for niche, name, here, elsewhere in (("ZOO", "zoo", 1, 2), (" not  there ", "not there", 0, 3)):
        preview = (await imports.preview(operator, staged.id, niche=niche)).preview
        assert (preview.niche, preview.known_here, preview.known_elsewhere) == (name, here, elsewhere)


async def test_what_changed_meanwhile_is_counted_after_a_minute(
    imports: Imports, operator: Actor, profiles: Profiles, clock: QuickClock
) -> None:
    staged = await stage(imports, operator)
    await profiles.add(operator, ["new1"], "food")
    assert (await imports.preview(operator, staged.id, niche="food")).preview.would_create == 2
    clock.pass_by(60)
    preview = (await imports.preview(operator, staged.id, niche="food")).preview
    assert (preview.would_create, preview.known_here) == (1, 2)


async def test_the_first_profiles_of_all_other_niches_are_shown_in_their_order(
    imports: Imports, operator: Actor, profiles: Profiles
) -> None:
    names = [f"p{number:03}" for number in range(240)]
    for niche, some in (("food", names[0::3]), ("art", names[1::3]), ("zoo", names[2::3])):
        await profiles.add(operator, some, niche)
    staged = await stage(imports, operator, "\n".join(reversed(names)), niche="art")
    elsewhere = [(each.username, each.niche) for each in staged.preview.elsewhere]
    assert (
        elsewhere
        == [(name, ("food", "art", "zoo")[number % 3]) for number, name in enumerate(names) if number % 3 != 1][:100]
    )
    assert staged.preview.elsewhere_by_niche == (("food", 80), ("zoo", 80))


async def test_what_was_told_last_can_be_told_again_without_counting(imports: Imports, operator: Actor) -> None:
    staged = await stage(imports, operator)
    assert await imports.staged(operator, staged.id) == staged
    other = await imports.preview(operator, staged.id, niche="art")
    assert await imports.staged(operator, staged.id) == other
    await imports.discard(operator, staged.id)
    with pytest.raises(NotFound):
        await imports.staged(operator, staged.id)


async def test_the_import_does_what_the_preview_said(imports: Imports, operator: Actor, profiles: Profiles) -> None:
    staged = await stage(imports, operator)
    told: list[ImportProgress] = []
    report = await imports.confirm(operator, staged.id, niche="food", on_progress=told.append)
    preview = staged.preview
    assert (report.created, report.known_here) == (preview.would_create, preview.known_here)
    assert (report.known_elsewhere, report.moved, report.invalid) == (2, 0, 2)
    found = await niche_of(profiles, operator)
    assert {name: found[name] for name in ("new1", "new2", "other1", "other2")} == {
        "new1": "food",
        "new2": "food",
        "other1": "art",
        "other2": "zoo",
    }
    assert told[-1] == ImportProgress(10, 6, 5)
    (made,) = await imports.recent(operator)
    assert (made.id, made.niche, made.file_name, made.created) == (report.import_id, "food", "names.csv", 2)
    assert (made.created_by, made.undone_at) == ("panel:olga", None)


async def test_profiles_of_other_niches_move_on_purpose_into_one_that_is_made(
    imports: Imports, operator: Actor, profiles: Profiles
) -> None:
    staged = await stage(imports, operator)
    report = await imports.confirm(operator, staged.id, niche="fresh", create_niche=True, move=True)
    assert (report.niche_created, report.moved) == (True, 3)
    assert (await niche_of(profiles, operator))["other2"] == "fresh"


async def test_a_file_can_be_staged_by_its_path_and_stays_private(
    imports: Imports, operator: Actor, directory: Path, tmp_path: Path
) -> None:
    uploaded = tmp_path / "uploaded"
    uploaded.write_text(LIST)
    staged = await imports.stage(operator, uploaded, file_name="../../evil\n.txt")
    assert staged.file_name == "../../evil\\n.txt"
    assert (staged.preview.lines, staged.size) == (10, len(LIST))
    assert mode(directory) == 0o700
    (file,) = kept(directory)
    assert mode(file) == 0o600
    assert file.read_text() == LIST
    assert uploaded.exists()


async def test_a_staged_file_is_forgotten_after_an_hour(
    imports: Imports, operator: Actor, directory: Path, clock: QuickClock
) -> None:
    staged = await stage(imports, operator)
    assert (staged.expires_at - clock.now()).total_seconds() == HOUR
    clock.pass_by(HOUR - 1)
    await imports.preview(operator, staged.id, niche="food")
    clock.pass_by(1)
    for asked in (
        imports.preview(operator, staged.id, niche="food"),
        imports.confirm(operator, staged.id, niche="food"),
        imports.errors(operator, staged.id),
    ):
        with pytest.raises(NotFound, match=r"^The file is not kept any more, an hour is the longest; choose it again"):
            await asked
    assert kept(directory) == []


async def test_it_is_forgotten_without_anybody_asking(
    imports: Imports, operator: Actor, directory: Path, clock: QuickClock
) -> None:
    await stage(imports, operator)
    await clock.advance(HOUR)
    assert kept(directory) == []


async def test_what_another_process_left_is_removed_at_the_start_once_it_is_old(
    database: Database, clock: QuickClock, directory: Path
) -> None:
    now = clock.now().timestamp()
    left_behind(directory, "old", HOUR + 1, now)
    left_behind(directory, "young", HOUR - 1, now)
    Imports(database, clock, Events())
    assert [path.name for path in kept(directory)] == ["young"]


async def test_a_file_that_somebody_removed_by_hand_is_not_kept_any_more(
    imports: Imports, operator: Actor, directory: Path
) -> None:
    staged = await stage(imports, operator)
    (directory / staged.id).unlink()
    with pytest.raises(NotFound, match="not kept any more"):
        await imports.confirm(operator, staged.id, niche="food")
    await imports.discard(operator, staged.id)


async def test_a_discarded_file_is_gone(imports: Imports, operator: Actor, directory: Path) -> None:
    staged = await stage(imports, operator)
    await imports.discard(operator, staged.id)
    await imports.discard(operator, staged.id)
    assert kept(directory) == []
    with pytest.raises(NotFound):
        await imports.confirm(operator, staged.id, niche="food")


@pytest.mark.parametrize(
    ("text", "why"), [("", "file: it is empty"), ("no way\n", "it holds no username"), ("\x00\x01" * 99, "file: ")]
)
async def test_a_file_that_cannot_be_imported_is_not_kept(
    imports: Imports, operator: Actor, directory: Path, text: str, why: str
) -> None:
    with pytest.raises(InvalidInput, match=why):
        await stage(imports, operator, text)
    assert kept(directory) == []


async def test_a_file_that_is_too_large_is_not_kept(
    imports: Imports, operator: Actor, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "MOST_BYTES", 5)
    with pytest.raises(InvalidInput, match="it has more than 0 MB; split it"):
        await stage(imports, operator)
    assert kept(directory) == []


async def test_an_upload_that_breaks_off_leaves_nothing(imports: Imports, operator: Actor, directory: Path) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"ann\n"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await imports.stage(operator, broken(), file_name="names.txt")
    assert kept(directory) == []


async def test_a_disk_that_refuses_is_told_in_a_sentence(imports: Imports, operator: Actor, directory: Path) -> None:
    directory.write_text("a file where the directory should be")  # noqa: ASYNC240
    with pytest.raises(Unavailable, match=r"staged cannot take the file \(file exists\); it has to be a directory"):
        await stage(imports, operator)


async def test_a_file_is_imported_once(imports: Imports, operator: Actor, admin: Actor) -> None:
    staged = await stage(imports, operator)
    await imports.confirm(operator, staged.id, niche="food")
    with pytest.raises(Conflict, match=r'"names\.csv" was imported already'):
        await imports.confirm(admin, staged.id, niche="food")


async def test_of_two_people_at_the_same_file_the_second_is_told_of_the_first(
    imports: Imports, operator: Actor, admin: Actor, ledger: Ledger
) -> None:
    staged = await stage(imports, operator)
    answers = await asyncio.gather(
        imports.confirm(operator, staged.id, niche="food"),
        imports.confirm(admin, staged.id, niche="food"),
        return_exceptions=True,
    )
    refused = [answer for answer in answers if isinstance(answer, Conflict)]
    assert [str(answer) for answer in refused] == [
        '"names.csv" is being imported by panel:olga right now; wait for its end.'
    ]
    assert await ledger.count("import") == 1


async def test_an_import_that_failed_can_be_tried_again(imports: Imports, operator: Actor, niches: Niches) -> None:
    staged = await stage(imports, operator)
    await niches.delete(operator, "food", with_profiles=True)
    with pytest.raises(NotFound, match='There is no niche "food"'):
        await imports.confirm(operator, staged.id, niche="food")
    assert (await imports.confirm(operator, staged.id, niche="art")).created == 3


async def test_the_invalid_lines_come_as_csv_that_no_spreadsheet_computes(imports: Imports, operator: Actor) -> None:
    staged = await stage(imports, operator, "ann\nno way\n=cmd|' /C calc'!A1\n@SUM(1+1)*2\n")
    await imports.confirm(operator, staged.id, niche="food")
    lines = [line async for line in await imports.errors(operator, staged.id)]
    table = list(csv.reader(lines))
    assert table[0] == ["line", "text", "why"]
    assert [row[:2] for row in table[1:]] == [["2", "no way"], ["3", "'=cmd|' /C calc'!A1"], ["4", "'@SUM(1+1)*2"]]


async def test_the_names_of_a_list_are_told_wherever_they_are_known_also_after_its_import(
    imports: Imports, operator: Actor
) -> None:
    staged = await stage(imports, operator)
    names = ["known1", "new1", "new2", "other1", "other2"]
    assert [name for some in (await imports.names(operator, staged.id)).slices(100) for name in some] == names
    await imports.confirm(operator, staged.id, niche="food")
    assert [name for some in (await imports.names(operator, staged.id)).slices(100) for name in some] == names
    await imports.discard(operator, staged.id)
    with pytest.raises(NotFound):
        await imports.names(operator, staged.id)


async def test_all_invalid_lines_come_not_only_those_of_the_preview(imports: Imports, operator: Actor) -> None:
    staged = await stage(imports, operator, "ann\n" + "no way\n" * 2_345)
    assert (len(staged.preview.rejected), staged.preview.invalid) == (100, 2_345)
    assert len([line async for line in await imports.errors(operator, staged.id)]) == 2_346


async def test_a_viewer_sees_imports_and_stages_none(imports: Imports, operator: Actor, viewer: Actor) -> None:
    staged = await stage(imports, operator)
    for asked in (
        stage(imports, viewer),
        imports.preview(viewer, staged.id, niche="food"),
        imports.confirm(viewer, staged.id, niche="food"),
        imports.discard(viewer, staged.id),
        imports.errors(viewer, staged.id),
        imports.names(viewer, staged.id),
        imports.undo(viewer, 1),
    ):
        with pytest.raises(NotAllowed):
            await asked
    assert await imports.recent(viewer) == ()
    with pytest.raises(InvalidInput, match="give 1 to 200 imports, not 0"):
        await imports.recent(viewer, count=0)
