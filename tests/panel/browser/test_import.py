"""Importing a list as a person does it: dropped or chosen, previewed, confirmed, undone."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.async_api import Locator, Page, expect

from tests.panel.browser.chromium import DESK, PHONE
from tests.panel.browser.conftest import MakePerson
from tests.panel.browser.feed_page import choose_niche, open_list
from tests.panel.browser.served import CHECKED, Served

# A file that hovers over the page, and one that is let go there.
_DRAG = """([names, text]) => {
    window.dragged = new DataTransfer();
    for (const name of [].concat(names)) window.dragged.items.add(new File([text], name));
    const how = { bubbles: true, cancelable: true, dataTransfer: window.dragged };
    window.dragAs = (type) => document.body.dispatchEvent(new DragEvent(type, how));
    ["dragenter", "dragover"].forEach(window.dragAs);
}"""
_DROP = "() => window.dragAs('drop')"


class Importing:
    """The import dialog of an open page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.dialog = page.get_by_role("dialog", name="Import profiles")

    async def open(self) -> Importing:
        await self.page.get_by_role("button", name="Import profiles").first.click()
        await expect(self.dialog.get_by_text("Drop a list of usernames here")).to_be_visible()
        return self

    async def give(self, text: str | bytes, name: str = "list.txt") -> None:
        content = text if isinstance(text, bytes) else text.encode()
        await self.dialog.locator("input.import-file").set_input_files(
            {"name": name, "mimeType": "text/plain", "buffer": content}
        )

    async def drop(self, text: str, *names: str) -> None:
        await self.page.evaluate(_DRAG, [list(names), text])
        await self.page.evaluate(_DROP)

    async def name_a_niche(self, niche: str) -> None:
        await open_list(self.page, "Into niche")
        await self.page.get_by_role("option", name="New niche…").click()
        await self.dialog.get_by_role("textbox", name="Name of the new niche").fill(niche)

    async def choose_niche(self, niche: str) -> None:
        await choose_niche(self.page, "Into niche", niche)

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self.dialog.get_by_role("button", name=name)

    def figure(self, word: str) -> Locator:
        return self.dialog.locator(".tile", has_text=word).locator(".value")

    @property
    def alert(self) -> Locator:
        return self.dialog.get_by_role("alert")


@pytest.fixture
def niche() -> str:
    """A name that no niche has yet."""
    return f"niche {uuid4().hex[:8]}"


def names(count: int) -> list[str]:
    """Usernames that nobody has."""
    some = uuid4().hex[:10]
    return [f"n{some}_{number}" for number in range(count)]


def profiles_of(storywatch: Served, niche: str) -> list[str]:
    listed = storywatch.terminal.run("profile", "list", "--niche", niche, "--json")
    return [record["username"] for record in listed.records]


async def test_a_list_is_previewed_then_imported_into_a_new_niche(
    person: MakePerson, storywatch: Served, niche: str
) -> None:
    new = names(3)
    importing = await Importing(await (await person("operator")).open()).open()
    await importing.give("\n".join([*new, new[0], "two words", "@@"]), "street food.txt")
    await expect(importing.dialog.get_by_text("street food.txt")).to_be_visible()
    await importing.name_a_niche(niche)
    await expect(importing.figure("new")).to_have_text("3")
    await expect(importing.figure("repeated")).to_have_text("1")
    await expect(importing.figure("invalid")).to_have_text("2")
    why = importing.dialog.get_by_role("row", name=re.compile("two words"))
    await expect(why).to_contain_text("has a space")
    await importing.button("Import 3 profiles").click()
    await expect(importing.dialog.get_by_role("heading", name=f"3 profiles added to {niche}")).to_be_visible()
    assert profiles_of(storywatch, niche) == sorted(new)


async def test_nothing_is_saved_before_the_person_confirms(person: MakePerson, storywatch: Served, niche: str) -> None:
    importing = await Importing(await (await person("operator")).open()).open()
    await importing.give("\n".join(names(2)))
    await importing.name_a_niche(niche)
    await expect(importing.button("Import 2 profiles")).to_be_enabled()
    await importing.button("Cancel").click()
    await expect(importing.dialog).to_be_hidden()
    assert niche not in storywatch.terminal.run("niche", "list").out


async def test_a_list_that_is_dropped_anywhere_on_the_feed_opens_the_import(person: MakePerson) -> None:
    page = await (await person("operator")).open()
    await page.evaluate(_DRAG, ["list.txt", "\n".join(names(2))])
    await expect(page.locator("body")).to_have_class(re.compile("file-over"))
    await page.evaluate(_DROP)
    importing = Importing(page)
    await expect(importing.figure("new")).to_have_text("2")
    await expect(page.locator("body")).not_to_have_class(re.compile("file-over"))
    await expect(importing.button(re.compile("^Import"))).to_be_disabled()
    await importing.choose_niche("city walks")
    await expect(importing.button("Import 2 profiles")).to_be_enabled()


async def test_several_files_at_a_time_are_refused(person: MakePerson) -> None:
    page = await (await person("operator")).open()
    await Importing(page).drop("ann", "one.txt", "two.txt")
    await expect(page.get_by_text("Give one file at a time.")).to_be_visible()


async def test_a_viewer_who_drops_a_list_is_told_what_it_takes(person: MakePerson) -> None:
    page = await (await person("viewer")).open()
    await expect(page.get_by_role("button", name="Import profiles")).to_have_count(0)
    await Importing(page).drop("ann", "list.txt")
    await expect(page.get_by_text("To import profiles takes the role operator")).to_be_visible()
    await expect(Importing(page).dialog).to_be_hidden()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "it is empty"),
        (bytes(range(32)) * 64, "not text"),
        (b"two words\nthree more words\n", "it holds no username"),
    ],
)
async def test_a_file_that_is_no_list_is_refused_with_the_reason(
    person: MakePerson, content: bytes, sentence: str
) -> None:
    someone = await person("operator")
    importing = await Importing(await someone.open()).open()
    await importing.give(content)
    await expect(importing.alert).to_contain_text(sentence)
    # Another one may be given at once.
    await importing.give("\n".join(names(1)))
    await expect(importing.figure("new")).to_have_text("1")
    assert [told.partition(" ")[0] for told in someone.problems.take()] == ["422:"]


async def test_those_known_elsewhere_stay_or_are_moved_as_the_person_says(
    person: MakePerson, storywatch: Served, niche: str
) -> None:
    known, new = names(2), names(1)
    storywatch.terminal.run("niche", "create", f"{niche} old")
    storywatch.terminal.run("profile", "add", *known, "--niche", f"{niche} old")
    importing = await Importing(await (await person("operator")).open()).open()
    await importing.give("\n".join([*known, *new]))
    await importing.name_a_niche(niche)
    await expect(importing.dialog.get_by_role("heading", name="2 profiles are in another niche")).to_be_visible()
    await expect(importing.dialog.get_by_text(f"2 in {niche} old.")).to_be_visible()
    await expect(importing.button("Import 1 profile")).to_be_enabled()
    await importing.dialog.get_by_text("Which they are").click()
    await expect(importing.dialog.get_by_text(f"@{known[0]}")).to_be_visible()
    await importing.dialog.get_by_text(f"Move them to {niche}").click()
    await importing.button("Import 1 profile, move 2").click()
    await expect(importing.dialog.get_by_text("moved here")).to_be_visible()
    assert profiles_of(storywatch, niche) == sorted([*known, *new])


async def test_the_lines_that_cannot_be_read_come_as_a_file_before_and_after(
    person: MakePerson, niche: str, tmp_path: Path
) -> None:
    importing = await Importing(await (await person("operator")).open()).open()
    await importing.give("\n".join([*names(1), "two words", "=1+1"]))
    await importing.name_a_niche(niche)
    # What it would do is told anew for the niche that was named, with another link.
    await expect(importing.button("Import 1 profile")).to_be_enabled()
    async with importing.page.expect_download() as before:
        await importing.dialog.get_by_role("link", name="Download all 2").click()
    await (await before.value).save_as(tmp_path / "before.csv")
    lines = (tmp_path / "before.csv").read_text("utf-8").splitlines()
    assert lines[0] == "line,text,why"
    assert lines[1].startswith("2,two words,")
    # A spreadsheet would calculate it.
    assert lines[2].startswith("3,'=1+1,")
    await importing.button("Import 1 profile").click()
    async with importing.page.expect_download() as after:
        await importing.dialog.get_by_role("link", name="Download error list").click()
    await (await after.value).save_as(tmp_path / "after.csv")
    assert (tmp_path / "after.csv").read_text("utf-8").splitlines() == lines


async def test_an_import_is_undone_from_its_result(person: MakePerson, storywatch: Served, niche: str) -> None:
    importing = await Importing(await (await person("operator")).open()).open()
    await importing.give("\n".join(names(3)))
    await importing.name_a_niche(niche)
    await importing.button("Import 3 profiles").click()
    await importing.button("Undo this import").click()
    await expect(importing.dialog.get_by_role("heading", name="3 profiles removed")).to_be_visible()
    assert profiles_of(storywatch, niche) == []


async def test_an_import_is_undone_from_the_notice_after_the_dialog_was_closed(
    person: MakePerson, storywatch: Served, niche: str
) -> None:
    page = await (await person("operator")).open()
    importing = await Importing(page).open()
    await importing.give("\n".join(names(2)))
    await importing.name_a_niche(niche)
    await importing.button("Import 2 profiles").click()
    await expect(importing.dialog.get_by_role("heading", name="2 profiles added")).to_be_visible()
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Undo", exact=True).click()
    await expect(page.get_by_text("2 profiles removed. Nothing of the import is left.")).to_be_visible()
    assert profiles_of(storywatch, niche) == []


async def test_an_older_import_is_undone_from_the_list_of_recent_ones(
    person: MakePerson, storywatch: Served, niche: str, tmp_path: Path
) -> None:
    file = tmp_path / f"{niche}.txt"
    file.write_text("\n".join(names(2)))
    storywatch.terminal.run("import", str(file), "--niche", niche)
    page = await (await person("operator")).open()
    await Importing(page).open()
    await page.get_by_role("button", name="Recent imports").click()
    row = page.get_by_role("row", name=re.compile(re.escape(file.name)))
    await row.get_by_role("button", name="Undo the import of 2 profiles").click()
    await page.get_by_role("button", name="Undo the import", exact=True).click()
    await expect(row.get_by_text("undone", exact=True)).to_be_visible()
    assert profiles_of(storywatch, niche) == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
async def test_where_the_niche_is_chosen_stays_where_it_is_as_the_preview_comes(
    person: MakePerson, size: dict[str, int]
) -> None:
    # Who presses on it at that moment would let go beside it, and nothing would open.
    page = await (await person("operator", size=size)).open()
    importing = await Importing(page).open()
    into = page.get_by_role("combobox", name="Into niche")
    before = await into.bounding_box()
    await importing.give("\n".join([*names(20), "not a name!"]))
    await expect(importing.figure("new")).to_have_text("20")
    assert await into.bounding_box() == before


async def test_the_new_profiles_are_checked_with_one_more_click(
    person: MakePerson, storywatch: Served, niche: str
) -> None:
    page = await (await person("operator")).open()
    importing = await Importing(page).open()
    await importing.give("\n".join(names(2)))
    await importing.name_a_niche(niche)
    await importing.button("Import 2 profiles").click()
    await importing.button("Check the new profiles (2)").click()
    await expect(page).to_have_url(re.compile(r"/batches\?highlight="))
    batch = page.url.partition("highlight=")[2]
    shown = storywatch.terminal.run("batch", "start", batch, "--wait", "--json").batch
    assert (shown["total"], shown["status"]) == (2, "done")


async def test_a_file_that_is_kept_no_longer_is_told_and_nothing_is_imported(
    person: MakePerson, storywatch: Served, niche: str
) -> None:
    page = await (await person("operator")).open()
    importing = await Importing(page).open()
    async with page.expect_response(re.compile("/data/imports")) as staged:
        await importing.give("\n".join(names(2)))
    staged_id = (await (await staged.value).json())["id"]
    await importing.name_a_niche(niche)
    await expect(importing.button("Import 2 profiles")).to_be_enabled()
    (storywatch.terminal.data / "staged" / staged_id).unlink()
    await importing.button("Import 2 profiles").click()
    await expect(importing.alert).to_contain_text("not kept any more")
    await expect(importing.button("Choose a file")).to_be_visible()
    assert niche not in storywatch.terminal.run("niche", "list").out


async def test_on_a_phone_the_dialog_fits(person: MakePerson, niche: str) -> None:
    page = await (await person("operator", size=PHONE)).open()
    importing = Importing(page)
    await importing.drop("\n".join([*names(2), "two words"]), "list.txt")
    await importing.name_a_niche(niche)
    await expect(importing.button("Import 2 profiles")).to_be_in_viewport()
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


async def test_a_long_import_goes_on_when_the_dialog_is_closed_and_tells_of_its_end(
    person: MakePerson, storywatch: Served, niche: str
) -> None:
    page = await (await person("operator")).open()
    importing = await Importing(page).open()
    await importing.give("\n".join(names(60_000)))
    await importing.name_a_niche(niche)
    await importing.button("Import 60,000 profiles").click()
    await expect(importing.dialog.get_by_text("It goes on when you close this.")).to_be_visible()
    await importing.button("Close").last.click()
    await expect(importing.dialog).to_be_hidden()
    await expect(page.get_by_text(f"60,000 profiles added to {niche}.")).to_be_visible(timeout=2 * CHECKED)
    storywatch.terminal.run("niche", "delete", niche, "--with-profiles")


async def test_a_sign_in_that_ends_before_the_person_confirms_saves_nothing(
    person: MakePerson, storywatch: Served, niche: str
) -> None:
    someone = await person("operator", fresh=True)
    page, other = await someone.open(), await someone.open("/batches")
    # Nobody chooses from a menu of a page that is behind another; there a menu takes seconds to find its place.
    await page.bring_to_front()
    importing = await Importing(page).open()
    await importing.give("\n".join(names(2)))
    await importing.name_a_niche(niche)
    await expect(importing.button("Import 2 profiles")).to_be_enabled()
    await other.bring_to_front()
    await other.get_by_role("button", name="operator").click()
    await other.get_by_role("button", name="Sign out").click()
    await expect(page).to_have_url(re.compile(r"/login"))
    assert niche not in storywatch.terminal.run("niche", "list").out
    someone.problems.take()


async def test_a_list_that_is_sent_without_a_sign_in_leads_to_signing_in_and_saves_nothing(
    person: MakePerson, storywatch: Served
) -> None:
    someone = await person("operator", fresh=True)
    page = await someone.open("/feed?q=ann")
    importing = await Importing(page).open()
    kept = set((storywatch.terminal.data / "staged").glob("*"))
    await someone.context.clear_cookies()
    await importing.give("\n".join(names(2)))
    await expect(page).to_have_url(re.compile(r"/login\?next=.*ann"))
    assert set((storywatch.terminal.data / "staged").glob("*")) <= kept
    someone.problems.take()
