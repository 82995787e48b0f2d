"""Imports: every line counted once, nothing half-written, nothing at all when it is only tried."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from core.domain.actor import Actor
from core.domain.rejected import Rejected
from core.errors import InvalidInput, NotAllowed, NotFound
from core.services import name_writing
from core.services.imports import Imports
from core.services.niches import Niches
from core.services.profiles import Profiles
from core.services.views import ImportProgress, ImportReport
from core.storage import imports as import_rows
from core.storage.database import Database
from tests.integration.services.conftest import Ledger, QuickClock

TABLES = ("niche", "profile", "import", "audit_entry", "engine_state", "sqlite_sequence")


async def everything(database: Database) -> dict[str, list[tuple[object, ...]]]:
    return {table: [tuple(row) for row in await database.fetch(f"SELECT * FROM {table}")] for table in TABLES}


async def put(imports: Imports, actor: Actor, text: str, niche: str = "food", **options: bool) -> ImportReport:
    options.setdefault("create_niche", True)
    return await imports.import_file(
        actor,
        [text.encode()],
        niche=niche,
        file_name="names.txt",
        create_niche=options["create_niche"],
        dry_run=options.get("dry_run", False),
        move=options.get("move", False),
    )


def counts(report: ImportReport) -> dict[str, int]:
    names = ("lines", "created", "known_here", "known_elsewhere", "repeated", "invalid", "blank", "moved")
    return {name: value for name in names if (value := getattr(report, name))}


async def niche_of(profiles: Profiles, actor: Actor) -> dict[str, str]:
    return {profile.username: profile.niche async for profile in await profiles.list(actor)}


async def ids_of(profiles: Profiles, actor: Actor) -> dict[str, str | None]:
    return {profile.username: profile.platform_id async for profile in await profiles.list(actor)}


@pytest.fixture
def small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(name_writing, "SLICE", 2)


class Crash(Exception):
    pass


@pytest.fixture
def crash_after_two_slices(small_slices: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pause between the second and the third slice never returns."""
    pauses = 0

    async def sleep(clock: QuickClock, seconds: float) -> None:
        nonlocal pauses
        pauses += seconds > 0
        if seconds and pauses == 2:
            raise Crash

    monkeypatch.setattr(QuickClock, "sleep", sleep)


async def test_a_new_list_creates_its_niche_and_its_profiles(
    imports: Imports, profiles: Profiles, operator: Actor
) -> None:
    report = await put(imports, operator, "@Bob\nann\n\n# friends\nhttps://instagram.com/cem\n")
    assert counts(report) == {"lines": 5, "created": 3, "blank": 2}
    assert (report.niche, report.niche_created, report.dry_run) == ("food", True, False)
    assert await niche_of(profiles, operator) == {"ann": "food", "bob": "food", "cem": "food"}


async def test_a_second_import_finds_everything_known(imports: Imports, operator: Actor) -> None:
    await put(imports, operator, "ann\nbob\n")
    report = await put(imports, operator, "bob\nann\n")
    assert counts(report) == {"lines": 2, "known_here": 2}
    assert not report.niche_created


async def test_every_line_is_counted_once(imports: Imports, operator: Actor, small_slices: None) -> None:
    await put(imports, operator, "known1\nknown2\nknown3\n")
    await put(imports, operator, "other1\nother2\n", niche="art")
    text = "new1\nKNOWN1\nother1\nno way\nnew1\n\nknown3\nnew2\nother2\n@new1\nknown2\n# end\na..b"
    report = await put(imports, operator, text)
    assert counts(report) == {
        "lines": 13,
        "created": 2,
        "known_here": 3,
        "known_elsewhere": 2,
        "repeated": 2,
        "invalid": 2,
        "blank": 2,
    }


async def test_a_name_known_elsewhere_stays_there(imports: Imports, profiles: Profiles, operator: Actor) -> None:
    await put(imports, operator, "ann\n", niche="art")
    await put(imports, operator, "ann\nbob\n")
    assert await niche_of(profiles, operator) == {"ann": "art", "bob": "food"}


async def test_a_name_known_elsewhere_moves_on_purpose(imports: Imports, profiles: Profiles, operator: Actor) -> None:
    await put(imports, operator, "ann\ncem\n", niche="art")
    report = await put(imports, operator, "ann\nbob\n", move=True)
    assert counts(report) == {"lines": 2, "created": 1, "known_elsewhere": 1, "moved": 1}
    assert await niche_of(profiles, operator) == {"ann": "food", "bob": "food", "cem": "art"}


async def test_invalid_lines_come_with_number_text_and_reason(imports: Imports, operator: Actor) -> None:
    report = await put(imports, operator, "ann\nno way\nbob\n")
    (line,) = report.rejected
    assert (line.line, line.text) == (2, "no way")
    assert "a space" in line.why


async def test_a_report_shows_a_thousand_invalid_lines_and_hands_over_all(imports: Imports, operator: Actor) -> None:
    handed: list[Rejected] = []
    text = "ann\n" + "no way\n" * 1_500
    report = await imports.import_file(
        operator,
        [text.encode()],
        niche="food",
        file_name="names.txt",
        create_niche=True,
        on_rejected=handed.append,
    )
    assert (report.invalid, len(report.rejected), len(handed)) == (1_500, 1_000, 1_500)
    assert [line.line for line in handed] == list(range(2, 1_502))


async def test_an_imported_id_is_kept_and_counts_as_not_looked_at(
    imports: Imports, profiles: Profiles, operator: Actor, ledger: Ledger
) -> None:
    await put(imports, operator, "username,id\nann,17\nbob,\n")
    assert await ids_of(profiles, operator) == {"ann": "17", "bob": None}
    assert [row["looked_at"] for row in await ledger.rows("profile")] == [None, None]


async def test_an_imported_id_fills_that_of_a_known_profile_and_replaces_none(
    imports: Imports, profiles: Profiles, operator: Actor
) -> None:
    await put(imports, operator, "username,id\nann,17\nbob,\n")
    await put(imports, operator, "cem\n", niche="art")
    report = await put(imports, operator, "username,id\nann,99\nbob,18\ncem,19\n")
    assert counts(report) == {"lines": 4, "blank": 1, "known_here": 2, "known_elsewhere": 1}
    assert await ids_of(profiles, operator) == {"ann": "17", "bob": "18", "cem": "19"}


async def test_an_id_that_is_none_leaves_the_username_and_is_told(
    imports: Imports, profiles: Profiles, operator: Actor
) -> None:
    report = await put(imports, operator, "username,id\nann,1.7E+16\n")
    assert await ids_of(profiles, operator) == {"ann": None}
    assert [(line.line, line.text) for line in report.unused_ids] == [(2, "1.7E+16")]


async def test_a_file_may_come_in_pieces_of_any_size_and_by_and_by(
    imports: Imports, profiles: Profiles, operator: Actor
) -> None:
    async def trickle() -> AsyncIterator[bytes]:
        for byte in b"ann\r\nbob\r\n":
            yield bytes([byte])

    report = await imports.import_file(operator, trickle(), niche="food", file_name="upload", create_niche=True)
    assert counts(report) == {"lines": 2, "created": 2}
    assert list(await niche_of(profiles, operator)) == ["ann", "bob"]


async def test_an_unknown_niche_is_refused_before_a_byte_is_read(
    imports: Imports, niches: Niches, operator: Actor, database: Database
) -> None:
    await niches.create(operator, "food")
    before = await everything(database)

    def chunks() -> Iterator[bytes]:
        yield pytest.fail("the file was read")

    with pytest.raises(NotFound, match=r'There is no niche "foood"; did you mean "food"\?'):
        await imports.import_file(operator, chunks(), niche="foood", file_name="names.txt")
    assert await everything(database) == before


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", r"^file: it is empty"),
        (b"\n\n# nobody\n", r"^file: it holds no username; give one a line$"),
        (b"no way\n", r'^file: it holds no username, its only line is no username; line 1, "no way": has a space'),
        (b"no way\na..b\n", r"^file: it holds no username, none of its 2 lines is one; line 1, "),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), r"^file: looks like a PNG picture"),
        (bytes(range(256)) * 40, r"^file: not text"),
    ],
)
async def test_a_file_without_usernames_is_one_sentence_and_writes_nothing(
    imports: Imports, operator: Actor, database: Database, data: bytes, sentence: str
) -> None:
    before = await everything(database)
    with pytest.raises(InvalidInput, match=sentence):
        await imports.import_file(operator, [data], niche="food", file_name="names.txt", create_niche=True)
    assert await everything(database) == before


async def test_a_line_of_ten_megabytes_is_one_invalid_line(imports: Imports, operator: Actor) -> None:
    report = await imports.import_file(
        operator,
        (piece for piece in [b"ann\n", *[b"x" * 1_000_000] * 10, b"\nbob\n"]),
        niche="food",
        file_name="names.txt",
        create_niche=True,
    )
    assert counts(report) == {"lines": 3, "created": 2, "invalid": 1}
    assert len(report.rejected[0].text) <= 80


async def test_a_niche_that_cannot_be_called_so_is_refused(
    imports: Imports, operator: Actor, database: Database
) -> None:
    before = await everything(database)
    with pytest.raises(InvalidInput, match=r"^niche: "):
        await put(imports, operator, "ann\n", niche="x" * 81)
    assert await everything(database) == before


@pytest.mark.parametrize("niche", ["food", "nowhere"])
async def test_a_dry_run_tells_the_same_and_writes_nothing_at_all(
    imports: Imports, operator: Actor, database: Database, small_slices: None, niche: str
) -> None:
    await put(imports, operator, "known1\nknown2\n")
    await put(imports, operator, "other\n", niche="art")
    before = await everything(database)
    text = "username,id\nnew1,1\nknown1,2\nother,3\nno way,\nnew1,\nnew2,\nknown2,\n"
    tried = await put(imports, operator, text, niche=niche, dry_run=True)
    assert await everything(database) == before
    assert (tried.dry_run, tried.niche_created) == (True, False)
    done = await put(imports, operator, text, niche=niche)
    assert counts(tried) == counts(done)


async def test_a_dry_run_into_a_niche_that_may_not_be_created_is_refused(imports: Imports, operator: Actor) -> None:
    with pytest.raises(NotFound):
        await put(imports, operator, "ann\n", dry_run=True, create_niche=False)


async def test_a_crash_between_slices_leaves_whole_profiles_and_a_true_account(
    imports: Imports, operator: Actor, ledger: Ledger, crash_after_two_slices: None
) -> None:
    with pytest.raises(Crash):
        await put(imports, operator, "e\nd\nc\nb\na\n")
    assert [row["username"] for row in await ledger.rows("profile")] == ["a", "b", "c", "d"]
    (account,) = await ledger.rows("import")
    assert (account["lines"], account["created"]) == (5, 4)
    assert [line[1] for line in await ledger.audited()] == ["niche.create", "profile.import"]


async def test_the_same_import_after_a_crash_does_the_rest(
    imports: Imports, operator: Actor, ledger: Ledger, crash_after_two_slices: None
) -> None:
    with pytest.raises(Crash):
        await put(imports, operator, "e\nd\nc\nb\na\n")
    report = await put(imports, operator, "e\nd\nc\nb\na\n")
    assert counts(report) == {"lines": 5, "created": 1, "known_here": 4}
    assert await ledger.count("profile") == 5


async def test_a_slice_that_fails_takes_its_new_niche_with_it(
    imports: Imports, operator: Actor, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object, **__: object) -> None:
        raise Crash

    before = await everything(database)
    monkeypatch.setattr(import_rows, "add", fail)
    with pytest.raises(Crash):
        await put(imports, operator, "ann\n")
    assert await everything(database) == before


async def test_a_niche_that_is_deleted_meanwhile_ends_the_import_with_a_sentence(
    imports: Imports, niches: Niches, operator: Actor, ledger: Ledger, small_slices: None
) -> None:
    await niches.create(operator, "art")
    written: list[int] = []

    async def chunks() -> AsyncIterator[bytes]:
        yield b"a\nb\nc\n"

    read = await imports.read(operator, chunks())
    original = QuickClock.sleep

    async def delete_then_sleep(clock: QuickClock, seconds: float) -> None:
        await original(clock, seconds)
        if seconds and not written:
            written.append(1)
            await niches.delete(operator, "food", move_to="art")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QuickClock, "sleep", delete_then_sleep)
        with pytest.raises(NotFound, match='The niche "food" was deleted meanwhile'):
            await imports.write(operator, read, niche="food", file_name="names.txt", create_niche=True)
    assert [row["username"] for row in await ledger.rows("profile")] == ["a", "b"]


async def test_an_import_keeps_its_own_account(
    imports: Imports, operator: Actor, ledger: Ledger, small_slices: None
) -> None:
    await put(imports, operator, "other\n", niche="art")
    await put(imports, operator, "known\n")
    report = await put(imports, operator, "a\nb\nc\nno way\nknown\nother\na\n")
    account = (await ledger.rows("import"))[-1]
    for name in ("lines", "created", "known_here", "known_elsewhere", "repeated", "invalid"):
        assert account[name] == getattr(report, name), name
    assert (account["file_name"], account["created_by"]) == ("names.txt", "panel:olga")
    assert (await ledger.audited())[-1] == ("panel:olga", "profile.import", "food", "6 names of names.txt")


async def test_reading_alone_gives_every_valid_name_wherever_it_lives(
    imports: Imports, operator: Actor, database: Database
) -> None:
    await put(imports, operator, "ann\n", niche="art")
    before = await everything(database)
    read = await imports.read(operator, [b"cem\nann\nno way\nbob\nann\n"])
    assert [name for some in read.names.slices(2) for name in some] == ["ann", "bob", "cem"]
    assert (read.lines, read.invalid, read.names.added) == (5, 1, 4)
    assert await everything(database) == before


async def test_progress_counts_lines_read_and_then_names_written(
    imports: Imports, operator: Actor, small_slices: None
) -> None:
    told: list[ImportProgress] = []
    await imports.import_file(
        operator,
        [b"a\nb\nno way\nc\na\n"],
        niche="food",
        file_name="names.txt",
        create_niche=True,
        on_progress=told.append,
    )
    assert told == [ImportProgress(5, 4, 0), ImportProgress(5, 4, 2), ImportProgress(5, 4, 3)]


async def test_a_viewer_imports_nothing_not_even_to_try(imports: Imports, viewer: Actor, database: Database) -> None:
    before = await everything(database)
    for dry_run in (True, False):
        with pytest.raises(NotAllowed, match="To import profiles takes the role operator"):
            await put(imports, viewer, "ann\n", dry_run=dry_run)
    with pytest.raises(NotAllowed):
        await imports.read(viewer, [b"ann\n"])
    assert await everything(database) == before
