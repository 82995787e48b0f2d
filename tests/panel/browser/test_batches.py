"""The table of batches in a real browser: live, for several people at once, by mouse and keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.panel.browser.batches_page import (
    act,
    create,
    let_all_end,
    names_in_order,
    notice,
    pick,
    row,
    unique,
)
from tests.panel.browser.chromium import PHONE
from tests.panel.browser.conftest import MakePerson
from tests.panel.browser.served import CHECKED, Served


@pytest.fixture
def slowly(storywatch: Served) -> Iterator[None]:
    """Checks take their time while the test lasts, and one batch runs at a time: the test's own."""
    let_all_end(storywatch)
    storywatch.terminal.run("limits", "set", "route_gap_seconds=8", "workers=1", "concurrent_batches=1")
    yield
    storywatch.terminal.run(
        "limits", "set", "route_gap_seconds=default", "workers=default", "concurrent_batches=default"
    )


@pytest_asyncio.fixture(loop_scope="session")
async def table(person: MakePerson) -> Page:
    """The table, before an operator."""
    page = await (await person("operator")).open("/batches")
    await expect(page.locator(".batches .segments button").first).to_be_visible()
    return page


async def test_a_batch_of_a_niche_is_made_started_and_seen_to_its_end(table: Page) -> None:
    name = unique("lunch")
    await act(table, "New batch").click()
    dialog = table.get_by_role("dialog")
    await dialog.get_by_label("Name", exact=True).fill(name)
    await dialog.get_by_text("Check everybody again").click()
    await expect(dialog.get_by_text(re.compile(r"≈ \d+ requests, about"))).to_be_visible()
    await expect(dialog.get_by_role("button", name=re.compile(r"Create and start \(\d+\)"))).to_be_enabled()
    await dialog.get_by_role("button", name=re.compile("Create and start")).click()
    await expect(notice(table, f"{name}: ")).to_be_visible()
    await expect(table).to_have_url(re.compile(r"/batches\?highlight="))
    await expect(row(table, name)).to_have_class(re.compile("ag-row-selected"))
    await expect(row(table, name)).to_contain_text("Done", timeout=CHECKED)
    await expect(row(table, name)).to_contain_text(re.compile(r"134 / 134|13\d / 13\d"))
    await expect(row(table, name).locator("[col-id=by]")).to_have_text("operator")


async def test_what_a_batch_costs_is_told_until_it_is_started(person: MakePerson, storywatch: Served) -> None:
    page = await (await person("operator")).open(f"/batches/{create(storywatch, unique('cost'))}")
    cost = page.locator(".batch-cost")
    await expect(cost).to_contain_text(re.compile(r"≈ \d+ requests, about"))
    await page.get_by_role("button", name="Start", exact=True).click()
    await expect(cost).to_be_hidden()


async def test_a_list_is_checked_and_those_who_are_new_go_into_a_niche(table: Page, storywatch: Served) -> None:
    name, niche, somebody = unique("pasted"), unique("niche"), f"n{unique('x').split()[1]}"
    await act(table, "New batch").click()
    dialog = table.get_by_role("dialog")
    await dialog.get_by_role("button", name="A list of usernames").click()
    await dialog.get_by_label("Usernames or links, one a line").fill(f"@{somebody}\nno name at all!\n{somebody}")
    await expect(dialog.get_by_text("1 username; 1 line left out. Line 2")).to_be_visible()
    await dialog.get_by_label("Name", exact=True).fill(name)
    await dialog.get_by_role("button", name="Create only").click()
    await expect(notice(table, f'There is no profile "{somebody}"')).to_be_visible()
    await dialog.get_by_label("Niche for those that are new").fill(niche)
    await dialog.get_by_role("button", name="Create only").click()
    await expect(row(table, name)).to_contain_text("Ready")
    listed = storywatch.terminal.run("profile", "list", "--niche", niche, "--json")
    assert [record["username"] for record in listed.records] == [somebody]


async def test_a_running_batch_moves_and_keeps_its_row_its_selection_and_its_bar(
    slowly: None, table: Page, storywatch: Served
) -> None:
    name = unique("slow")
    create(storywatch, name)
    await pick(table, name)
    await act(table, "Start").click()
    await expect(row(table, name)).to_contain_text("Running")
    bar = row(table, name).get_by_role("progressbar")
    await expect(bar).to_have_attribute("aria-valuenow", re.compile("[1-9]"), timeout=CHECKED)
    await bar.evaluate("(bar) => { bar.mark = true; }")
    before = await bar.get_attribute("aria-valuenow")
    await expect(bar).not_to_have_attribute("aria-valuenow", before or "", timeout=CHECKED)
    assert await bar.evaluate("(bar) => bar.mark")
    await expect(row(table, name)).to_have_class(re.compile("ag-row-selected"))
    await act(table, "Stop").click()
    await expect(row(table, name)).to_contain_text(re.compile(r"Stopped at \d+ %"))
    await expect(notice(table, "What is done is kept.")).to_be_visible()
    await expect(act(table, "Stop")).to_be_disabled()
    await expect(act(table, "Start")).to_be_enabled()


async def test_batches_in_line_are_put_into_another_order_for_everybody(
    slowly: None, table: Page, person: MakePerson, storywatch: Served
) -> None:
    names = [unique(f"line{number}") for number in range(4)]
    ids = [create(storywatch, name) for name in names]
    storywatch.terminal.run("batch", "start", *ids)
    other = await (await person("viewer")).open("/batches")
    await expect(row(other, names[3])).to_contain_text("In line (3rd)")
    await pick(table, names[3])
    await table.get_by_role("button", name="More for the selected batches").click()
    await table.get_by_text("Move to the front of the line").click()
    await expect(row(table, names[3])).to_contain_text("In line (1st)")
    await expect(row(other, names[3])).to_contain_text("In line (1st)")
    await expect(row(other, names[1])).to_contain_text("In line (2nd)")
    shown = [name for name in await names_in_order(other) if name in names]
    assert shown == [names[0], names[3], names[1], names[2]]
    storywatch.terminal.run("batch", "delete", *ids)
    await expect(row(other, names[0])).to_have_count(0)


async def test_rows_are_selected_by_mouse_and_keyboard_and_buttons_follow(table: Page, storywatch: Served) -> None:
    names = [unique(f"pick{number}") for number in range(3)]
    for name in names:
        create(storywatch, name)
    await expect(row(table, names[2])).to_be_visible()
    for button in ("Start", "Stop", "Delete"):
        await expect(act(table, button)).to_be_disabled()
    await pick(table, *names[:2])
    await expect(table.get_by_text("2 selected")).to_be_visible()
    await expect(act(table, "Start")).to_be_enabled()
    await expect(act(table, "Stop")).to_be_disabled()
    await pick(table, names[2])
    await row(table, names[0]).locator("[col-id=progress]").click(modifiers=["Shift"])
    await expect(table.get_by_text("3 selected")).to_be_visible()
    await pick(table, names[1])
    await table.keyboard.press("ArrowDown")
    await table.keyboard.press("Space")
    await expect(table.get_by_text("2 selected")).to_be_visible()
    await table.get_by_label("Search batches by name").fill(names[0])
    await expect(row(table, names[1])).to_have_count(0)
    await expect(table.get_by_text("1 selected")).to_be_visible()
    await table.get_by_label("Search batches by name").fill("")


async def test_a_deletion_names_what_is_lost_and_everybody_sees_it(
    table: Page, person: MakePerson, storywatch: Served
) -> None:
    names = [unique(f"doomed{number}") for number in range(2)]
    shown = [storywatch.terminal.run("batch", "show", create(storywatch, name), "--json") for name in names]
    total = sum(each.batch["total"] for each in shown)
    other = await (await person("operator")).open("/batches")
    await pick(table, *names)
    await pick(other, *names)
    await act(table, "Delete").click()
    question = table.get_by_role("alertdialog")
    await expect(question).to_contain_text("Delete 2 batches?")
    await expect(question).to_contain_text(f"{total} unfinished checks will not happen.")
    await table.keyboard.press("Escape")
    await expect(row(table, names[0])).to_be_visible()
    await act(table, "Delete").click()
    await act(other, "Delete").click()
    await question.get_by_role("button", name="Delete 2 batches").click()
    await expect(notice(table, "2 batches deleted.")).to_be_visible()
    await expect(row(other, names[0])).to_have_count(0)
    # The other one is asked still, about batches that are not there any more.
    await other.get_by_role("alertdialog").get_by_role("button", name="Delete 2 batches").click()
    await expect(notice(other, "Somebody has deleted all of these 2 batches meanwhile")).to_be_visible()
    await expect(act(other, "Delete")).to_be_disabled()


async def test_an_address_highlights_a_batch(person: MakePerson, storywatch: Served) -> None:
    name = unique("shown")
    batch_id = create(storywatch, name)
    page = await (await person("operator")).open(f"/batches?highlight={batch_id}")
    await expect(row(page, name)).to_have_class(re.compile("ag-row-selected"))
    await expect(row(page, name)).to_be_in_viewport()
    await expect(act(page, "Start")).to_be_enabled()


async def test_segments_show_batches_of_one_status_and_the_address_says_which(table: Page, storywatch: Served) -> None:
    name = unique("queued")
    create(storywatch, name)
    segments = table.get_by_role("group", name="Status")
    await segments.get_by_role("button", name="Done").click()
    await expect(table).to_have_url(re.compile(r"/batches\?status=done"))
    await expect(row(table, name)).to_have_count(0)
    await table.reload()
    await expect(segments.get_by_role("button", name="Done")).to_have_attribute("aria-pressed", "true")
    await segments.get_by_role("button", name="Queued").click()
    await expect(row(table, name)).to_be_visible()


async def test_a_viewer_looks_and_exports_and_nothing_more(
    person: MakePerson, storywatch: Served, tmp_path: Path
) -> None:
    page = await (await person("viewer")).open("/batches")
    await expect(page.locator(".batches .ag-row").first).to_be_visible()
    for button in ("New batch", "Start", "Stop", "Delete"):
        await expect(act(page, button)).to_have_count(0)
    done = unique("for the viewer")
    batch_id = create(storywatch, done)
    storywatch.terminal.run("batch", "start", batch_id, "--wait")
    await pick(page, done)
    await act(page, "Export").click()
    async with page.expect_download() as downloading:
        await page.get_by_text("Export results as CSV").click()
    download = await downloading.value
    assert download.suggested_filename == f"{done}.csv"
    await download.save_as(tmp_path / "results.csv")
    lines = (tmp_path / "results.csv").read_text("utf-8").splitlines()
    assert lines[0].startswith("username,outcome,reason")
    assert len(lines) == 1 + storywatch.terminal.run("batch", "show", batch_id, "--json").batch["finished"]


async def test_on_a_phone_batches_are_rows_of_text_that_open(person: MakePerson, storywatch: Served) -> None:
    name = unique("by phone")
    create(storywatch, name)
    page = await (await person("operator", size=PHONE)).open("/batches")
    card = page.locator(".batch-card", has=page.get_by_text(name, exact=True))
    await expect(card).to_contain_text("Ready")
    await expect(card).to_contain_text("0 unknown")
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    await expect(page.locator(".batches .toolbar").get_by_role("button", name="New batch")).to_be_in_viewport()
    await card.click()
    await expect(page.get_by_role("heading", name=name)).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
