"""What is done with the selected profiles, what is told of it, and how it is taken back."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.acceptance.terminal import eventually
from tests.panel.browser.conftest import MakePerson
from tests.panel.browser.feed_page import (
    OwnNiche,
    cell,
    check_button,
    expect_range,
    expect_selected,
    link,
    more,
    notice,
)
from tests.panel.browser.served import Served

COUNT = 12


@pytest.fixture
def niche(storywatch: Served) -> OwnNiche:
    """A dozen profiles."""
    return OwnNiche(storywatch, COUNT)


async def test_checking_the_selected_makes_a_batch_puts_it_in_line_and_shows_it(
    person: MakePerson, niche: OwnNiche, storywatch: Served
) -> None:
    page = await (await person("operator")).open()
    await niche.open(page)
    await cell(page, 2).click()
    await cell(page, 6).click(modifiers=["Shift"])
    await check_button(page).click()
    await page.wait_for_url(re.compile(r"/batches\?highlight="))
    batch_id = page.url.rpartition("=")[2]
    made = storywatch.terminal.run("batch", "show", batch_id, "--json").batch
    assert made["total"] == 5
    assert made["niche"] == niche.name
    assert made["requested_at"] is not None
    await expect(page.locator(".batches .ag-row-selected").first).to_be_visible()
    # The list is where it was.
    await page.go_back()
    await expect_selected(page, 5)


async def test_a_batch_that_is_only_created_waits_for_its_start(
    person: MakePerson, niche: OwnNiche, storywatch: Served
) -> None:
    page = await (await person("operator")).open()
    await niche.open(page)
    await cell(page, 0).click()
    await page.get_by_role("button", name="Create only").click()
    await page.wait_for_url(re.compile(r"/batches\?highlight="))
    made = storywatch.terminal.run("batch", "show", page.url.rpartition("=")[2], "--json").batch
    assert (made["total"], made["status"], made["requested_at"]) == (1, "queued", None)


async def test_all_who_match_are_checked_by_what_they_have_in_common(
    person: MakePerson, niche: OwnNiche, storywatch: Served
) -> None:
    page = await (await person("operator")).open()
    await niche.open(page)
    await page.get_by_label("Search by username").fill(f"{niche.prefix}000")
    await expect_range(page, "1–10 of 10")
    await page.get_by_role("button", name="Select all 10").click()
    await cell(page, 3).click(modifiers=["ControlOrMeta"])
    await expect_selected(page, 9)
    await page.get_by_role("button", name="Create only").click()
    await page.wait_for_url(re.compile(r"/batches\?highlight="))
    made = storywatch.terminal.run("batch", "show", page.url.rpartition("=")[2], "--json").batch
    assert made["total"] == 9


async def test_paused_profiles_say_so_and_undo_takes_it_back(person: MakePerson, niche: OwnNiche) -> None:
    page = await (await person("operator")).open()
    await niche.open(page)
    await cell(page, 1).click()
    await cell(page, 3).click(modifiers=["Shift"])
    await page.get_by_role("button", name="Pause", exact=True).click()
    await expect(notice(page, "3 profiles paused. Schedules skip them.")).to_be_visible()
    await expect(cell(page, 2, "status")).to_have_text("Paused")
    assert niche.listed()[niche.username(2)]["status"] == "paused"
    await page.get_by_role("button", name="Undo").click()
    await expect(notice(page, "3 profiles are as before.")).to_be_visible()
    await expect(cell(page, 2, "status")).to_have_text("Active")
    assert {record["status"] for record in niche.listed().values()} == {"active"}


async def test_watched_profiles_have_a_star_and_undo_takes_it_back(person: MakePerson, niche: OwnNiche) -> None:
    page = await (await person("operator")).open()
    await niche.open(page)
    await cell(page, 0).click()
    await cell(page, 1).click(modifiers=["Shift"])
    await more(page, "Watch")
    await expect(notice(page, "2 profiles watched. Their new stories are told as alerts.")).to_be_visible()
    await expect(cell(page, 1, "username").get_by_role("img", name="Watched")).to_be_visible()
    await expect(cell(page, 2, "username").get_by_role("img", name="Watched")).to_have_count(0)
    await page.get_by_role("button", name="Undo").click()
    await expect(notice(page, "2 profiles are as before.")).to_be_visible()
    await expect(cell(page, 1, "username").get_by_role("img", name="Watched")).to_have_count(0)


async def test_moved_profiles_leave_the_list_and_come_back_by_undo(person: MakePerson, niche: OwnNiche) -> None:
    page = await (await person("operator")).open()
    await niche.open(page)
    await cell(page, 0).click()
    await page.get_by_role("button", name="Move", exact=True).click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Into niche").click()
    await page.get_by_role("option", name="New niche…").click()
    new = f"{niche.name} b"
    await dialog.get_by_label("Name of the new niche").fill(new)
    await dialog.get_by_role("button", name="Move 1 profile").click()
    await expect(notice(page, f"1 profile moved to {new}.")).to_be_visible()
    await expect(link(page, niche.username(0))).to_have_count(0)
    await expect_range(page, f"1–{COUNT - 1} of {COUNT - 1}")
    await page.get_by_role("button", name="Undo").click()
    await expect(link(page, niche.username(0))).to_be_visible()
    await expect_range(page, f"1–{COUNT} of {COUNT}")


async def test_removing_asks_first_and_other_pages_correct_themselves(person: MakePerson, niche: OwnNiche) -> None:
    ann, bob = await person("operator"), await person("admin")
    page, other = await ann.open(), await bob.open()
    await niche.open(page)
    await niche.open(other)
    await cell(other, 0).click()
    await cell(other, 1).click(modifiers=["Shift"])
    await expect_selected(other, 2)
    await cell(page, 0).click()
    await more(page, "Remove")
    dialog = page.get_by_role("alertdialog")
    await expect(dialog).to_contain_text("That cannot be undone.")
    await dialog.get_by_role("button", name="Keep them").click()
    await expect(dialog).to_be_hidden()
    assert len(niche.listed()) == COUNT
    await more(page, "Remove")
    await page.get_by_role("alertdialog").get_by_role("button", name="Remove 1 profile").click()
    await expect(notice(page, "1 profile removed.")).to_be_visible()
    assert niche.username(0) not in niche.listed()
    await other.bring_to_front()
    await expect(link(other, niche.username(0))).to_have_count(0)
    await expect_selected(other, 1)
    await expect_range(other, f"1–{COUNT - 1} of {COUNT - 1}")


async def test_acting_on_names_that_somebody_removed_is_answered_with_a_sentence(
    person: MakePerson, niche: OwnNiche, storywatch: Served
) -> None:
    page = await (await person("operator")).open()
    await niche.open(page)
    await page.get_by_label("Search by username").fill(niche.username(4))
    await expect_range(page, "1–1 of 1")
    await cell(page, 0).click()
    # What is selected is not in view any longer, so nobody tells this page that it is gone.
    await page.get_by_label("Search by username").fill(niche.username(5))
    await expect(link(page, niche.username(5))).to_be_visible()
    storywatch.terminal.run("profile", "remove", niche.username(4))
    await page.get_by_role("button", name="Pause", exact=True).click()
    await expect(notice(page, f'There is no profile "{niche.username(4)}"')).to_be_visible()


async def test_the_selected_are_exported_for_spreadsheets_and_for_programs(
    person: MakePerson, niche: OwnNiche, tmp_path: Path
) -> None:
    page = await (await person("viewer")).open()
    await niche.open(page)
    await cell(page, 0).click()
    await cell(page, 1).click(modifiers=["Shift"])
    async with page.expect_download() as csv:
        await more(page, "Export selected as CSV")
    saved = await csv.value
    assert re.fullmatch(r"profiles-[\d-]+\.csv", saved.suggested_filename)
    await saved.save_as(tmp_path / "some.csv")
    lines = (tmp_path / "some.csv").read_text(encoding="utf-8").splitlines()
    assert [line.partition(",")[0] for line in lines] == ["username", niche.username(0), niche.username(1)]
    async with page.expect_download() as whole:
        await more(page, "Export all that match as CSV")
    await (await whole.value).save_as(tmp_path / "all.csv")
    assert len((tmp_path / "all.csv").read_text(encoding="utf-8").splitlines()) == COUNT + 1
    async with page.expect_download() as json_lines:
        await more(page, "Export selected as JSON Lines")
    await (await json_lines.value).save_as(tmp_path / "some.jsonl")
    records = [json.loads(line) for line in (tmp_path / "some.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [record["username"] for record in records] == [niche.username(0), niche.username(1)]


async def test_a_viewer_sees_no_acts(person: MakePerson, niche: OwnNiche) -> None:
    viewer = await person("viewer")
    page = await viewer.open()
    await niche.open(page)
    await cell(page, 0).click()
    await expect(page.locator(".feed-selected").get_by_text("1 selected")).to_be_visible()
    for name in ("Import profiles", "Move", "Pause", "Create only", "Add a niche"):
        await expect(page.get_by_role("button", name=name, exact=True)).to_have_count(0)
    await expect(check_button(page)).to_have_count(0)
    await page.locator(".feed-toolbar").get_by_role("button", name="More for the selected profiles").click()
    await expect(page.get_by_role("menuitem", name="Remove")).to_have_count(0)


async def test_nothing_is_done_twice_by_a_double_click(person: MakePerson, niche: OwnNiche, storywatch: Served) -> None:
    page = await (await person("operator")).open()
    await niche.open(page)
    await cell(page, 0).click()
    await page.get_by_role("button", name="Create only").dblclick()
    await page.wait_for_url(re.compile(r"/batches\?highlight="))

    def of_this_niche() -> list[dict[str, object]]:
        listed = storywatch.terminal.run("batch", "list", "--json")
        return [record["batch"] for record in listed.records if record["batch"]["niche"] == niche.name]

    eventually(lambda: len(of_this_niche()) > 0, "there is a batch")
    assert len(of_this_niche()) == 1
