"""What the feed shows: filters, search and order with their addresses, the niches, and what changes meanwhile."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]  # it comes without types
from playwright.async_api import expect

from tests.panel.browser.chromium import PHONE
from tests.panel.browser.conftest import MakePerson
from tests.panel.browser.feed_page import OwnNiche, cell, choose_niche, expect_range, link, notice
from tests.panel.browser.served import CHECKED, Served

COUNT = 130


@pytest.fixture(scope="module")
def niche(storywatch: Served) -> OwnNiche:
    """Two pages of profiles, the first twenty of them paused."""
    own = OwnNiche(storywatch, COUNT)
    storywatch.terminal.run("profile", "pause", *map(own.username, range(20)))
    return own


async def test_a_filter_is_in_the_address_and_the_back_button_takes_it_back(
    person: MakePerson, niche: OwnNiche
) -> None:
    page = await (await person("viewer")).open()
    await niche.open(page)
    await expect_range(page, f"1–100 of {COUNT}")
    await page.get_by_role("button", name="Status", exact=True).click()
    await page.get_by_role("checkbox", name="Paused").click()
    await expect_range(page, "1–20 of 20")
    await page.wait_for_url(re.compile(r"\?status=paused$"))
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Status: Paused")).to_be_visible()
    await page.go_back()
    await expect_range(page, f"1–100 of {COUNT}")
    await expect(page.get_by_role("button", name="Status", exact=True)).to_be_visible()
    await page.go_forward()
    await expect_range(page, "1–20 of 20")
    await page.get_by_role("button", name="Clear the condition Status").click()
    await expect_range(page, f"1–100 of {COUNT}")


async def test_profiles_that_are_watched_are_shown_alone(
    person: MakePerson, niche: OwnNiche, storywatch: Served
) -> None:
    names = [niche.username(3), niche.username(40)]
    storywatch.terminal.run("profile", "watch", *names)
    page = await (await person("viewer")).open()
    await niche.open(page)
    await expect_range(page, f"1–100 of {COUNT}")
    watched = page.get_by_role("button", name="Watched", exact=True)
    await expect(watched).to_have_attribute("aria-pressed", "false")
    await watched.click()
    await expect_range(page, "1–2 of 2")
    await page.wait_for_url(re.compile(r"\?watched=yes$"))
    await expect(watched).to_have_attribute("aria-pressed", "true")
    await expect(cell(page, 1, "username")).to_contain_text(f"@{names[1]}")
    await watched.click()
    await expect_range(page, f"1–100 of {COUNT}")


async def test_an_address_shows_what_it_says(person: MakePerson, niche: OwnNiche) -> None:
    viewer = await person("viewer")
    page = await viewer.open()
    await niche.open(page)
    there = f"{page.url}?status=active&story=never&q={niche.prefix}00&sort=-username"
    page = await viewer.open(there)
    await expect_range(page, "1–80 of 80")
    await expect(cell(page, 0, "username")).to_have_text(f"@{niche.username(99)}")
    await expect(page.get_by_label("Search by username")).to_have_value(f"{niche.prefix}00")
    await expect(page.get_by_role("button", name="Story: Never checked")).to_be_visible()
    head = page.locator('.feed .ag-header-cell[col-id="username"]')
    await expect(head).to_have_attribute("aria-sort", "descending")


async def test_an_address_of_a_niche_that_is_gone_leads_to_all_profiles(person: MakePerson) -> None:
    page = await (await person("viewer")).open("/feed/999999")
    await expect(notice(page, "This niche is not there any longer")).to_be_visible()
    await expect(page.get_by_role("heading", level=1, name="All profiles")).to_be_visible()
    await page.wait_for_url(re.compile("/feed$"))


async def test_a_search_finds_beginnings_and_says_when_nobody_matches(person: MakePerson, niche: OwnNiche) -> None:
    page = await (await person("viewer")).open()
    await niche.open(page)
    search = page.get_by_label("Search by username")
    await search.press_sequentially(f"@{niche.prefix.upper()}012")
    await expect_range(page, "1–10 of 10")
    await search.fill("zzzz")
    await expect(page.get_by_role("heading", name="No profile matches")).to_be_visible()
    await expect(page.get_by_text(f"{niche.name} has {COUNT} profiles; none of them fits the filters.")).to_be_visible()
    await page.get_by_role("button", name="Clear filters").click()
    await expect_range(page, f"1–100 of {COUNT}")
    await expect(search).to_have_value("")


async def test_a_column_orders_the_rows_and_the_address_says_so(person: MakePerson, niche: OwnNiche) -> None:
    page = await (await person("viewer")).open()
    await niche.open(page)
    status = page.locator('.feed .ag-header-cell[col-id="status"]')
    await status.click()
    await expect(cell(page, 0, "status")).to_have_text("Active")
    await page.wait_for_url(re.compile(r"\?sort=status$"))
    await status.click()
    await expect(cell(page, 0, "status")).to_have_text("Paused")
    await page.wait_for_url(re.compile(r"\?sort=-status$"))
    await page.go_back()
    await expect(cell(page, 0, "status")).to_have_text("Active")


async def test_pages_have_the_size_that_is_chosen(person: MakePerson, niche: OwnNiche) -> None:
    page = await (await person("viewer")).open()
    await niche.open(page)
    await page.get_by_role("button", name="100 a page").click()
    await page.get_by_role("menuitem", name="25 a page").click()
    await expect_range(page, f"1–25 of {COUNT}")
    await page.get_by_role("button", name="Next page").click()
    await expect_range(page, f"26–50 of {COUNT}")
    await expect(cell(page, 25, "username")).to_have_text(f"@{niche.username(25)}")
    await page.get_by_role("button", name="Last page").click()
    await expect_range(page, f"126–130 of {COUNT}")
    await expect(page.get_by_role("button", name="Next page")).to_be_disabled()
    await page.get_by_role("button", name="First page").click()
    await expect_range(page, f"1–25 of {COUNT}")


async def test_columns_are_chosen_once_for_every_page_of_a_person(person: MakePerson, niche: OwnNiche) -> None:
    someone = await person("operator")
    page = await someone.open()
    await niche.open(page)
    heads = page.locator(".feed .ag-header-cell-text")
    await expect(heads.get_by_text("Checks", exact=True)).to_be_visible()
    for shown in (False, True):
        await page.locator(".feed-toolbar").get_by_role("button", name="More for the selected profiles").click()
        await page.get_by_role("menuitem", name="Choose columns").click()
        await page.get_by_role("dialog").get_by_role("checkbox", name="Checks").click()
        await page.get_by_role("button", name="Show these").click()
        await expect(heads.get_by_text("Checks", exact=True)).to_be_visible(visible=shown)
        page = await someone.open(page.url)
        heads = page.locator(".feed .ag-header-cell-text")
        await expect(heads.get_by_text("Last check", exact=True)).to_be_visible()
        await expect(heads.get_by_text("Checks", exact=True)).to_be_visible(visible=shown)


async def test_what_another_person_does_shows_by_itself(person: MakePerson, storywatch: Served) -> None:
    own = OwnNiche(storywatch, 3)
    page = await (await person("viewer")).open()
    await own.open(page)
    await expect_range(page, "1–3 of 3")
    storywatch.terminal.run("profile", "pause", own.username(1))
    await expect(cell(page, 1, "status")).to_have_text("Paused")
    own.add(range(3, 6))
    await expect(page.locator(".niche", has_text=own.name)).to_contain_text("6")
    await expect_range(page, "1–6 of 6")
    await expect(link(page, own.username(5))).to_be_visible()


async def test_verdicts_arrive_in_the_rows_as_a_batch_finds_them(person: MakePerson, storywatch: Served) -> None:
    page = await (await person("operator")).open()
    await page.locator(".niche", has_text="trail runners").click()
    head = page.locator('.feed .ag-header-cell[col-id="last_checked_at"]')
    await head.click()
    # The rows of the order before stay until those of this one are there.
    await expect(head).to_have_attribute("aria-sort", "descending")
    await expect(cell(page, 0)).to_have_text("Never checked")
    await expect(cell(page, 0, "username")).to_contain_text("@")
    name = await cell(page, 0, "username").inner_text()
    made = storywatch.terminal.run("batch", "create", "--niche", "trail runners", "--recheck", "--json").batch
    storywatch.terminal.run("batch", "start", made["id"])
    # By now others were checked longer ago, but a row stays where somebody may be about to press it.
    await expect(cell(page, 0)).not_to_have_text("Never checked", timeout=CHECKED)
    await expect(cell(page, 0, "username")).to_have_text(name)
    await page.locator(".side-link", has_text="Live now").click()
    await expect(cell(page, 0)).to_have_text("Live")
    await expect(cell(page, 0, "story_until")).not_to_be_empty()


# -- niches ---------------------------------------------------------------------------------


async def test_a_niche_is_added_renamed_given_a_target_and_deleted_with_its_profiles_moved(
    person: MakePerson, storywatch: Served
) -> None:
    own, other = OwnNiche(storywatch, 2), OwnNiche(storywatch)
    page = await (await person("operator")).open()
    await page.get_by_role("button", name="Add a niche").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Name").fill(own.name.upper())
    await form.get_by_role("button", name="Add niche").click()
    await expect(form).to_contain_text(f'There is already a niche "{own.name}"')
    new = f"{own.name} new"
    await form.get_by_label("Name").fill(new)
    await form.get_by_label("Daily target").fill("200")
    await form.get_by_role("button", name="Add niche").click()
    await expect(page.get_by_role("heading", level=1, name=new)).to_be_visible()
    await expect(page.get_by_role("heading", name=f"{new} has no profile yet")).to_be_visible()
    await expect(page.locator(".niche", has_text=new)).to_contain_text("0 of 200")

    await page.locator(".niche-place", has_text=new).hover()
    await page.get_by_role("button", name=f"More about {new}").click()
    await page.get_by_role("menuitem", name="Edit name and target").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Name").fill(f"{own.name} newer")
    await form.get_by_label("Daily target").fill("")
    await form.get_by_role("button", name="Save").click()
    await expect(page.locator(".niche", has_text=f"{own.name} newer")).to_contain_text("no target")

    await page.locator(".niche-place", has_text=re.compile(f"^{own.name}2")).hover()
    await page.get_by_role("button", name=f"More about {own.name}", exact=True).click()
    await page.get_by_role("menuitem", name="Delete niche").click()
    asked = page.get_by_role("alertdialog")
    await expect(asked).to_contain_text("Its batches stay.")
    await choose_niche(page, "Move them to", other.name)
    await asked.get_by_role("button", name="Delete niche, move 2 profiles").click()
    await expect(notice(page, f"{own.name} is deleted. 2 profiles are in {other.name} now.")).to_be_visible()
    assert set(other.listed()) == {own.username(0), own.username(1)}
    await expect(page.locator(".niche", has_text=re.compile(f"^{own.name}2"))).to_have_count(0)


async def test_niches_change_places(person: MakePerson, storywatch: Served) -> None:
    first, second = OwnNiche(storywatch), OwnNiche(storywatch)
    page = await (await person("operator")).open()
    names = page.locator(".niche .name")

    async def order() -> list[str]:
        return [name for name in await names.all_inner_texts() if name in {first.name, second.name}]

    await expect(page.locator(".niche", has_text=second.name)).to_be_visible()
    assert await order() == [first.name, second.name]
    await page.locator(".niche-place", has_text=second.name).hover()
    await page.get_by_role("button", name=f"More about {second.name}").click()
    await page.get_by_role("menuitem", name="Move up").click()
    await expect(
        names.filter(has_text=second.name).locator(
            "xpath=ancestor::*[contains(@class,'niche-place')]/following-sibling::*[1]"
        )
    ).to_contain_text(first.name)
    assert await order() == [second.name, first.name]


# -- for everybody ------------------------------------------------------------------------------


async def test_on_a_phone_nothing_lies_outside_and_niches_are_a_menu(person: MakePerson, niche: OwnNiche) -> None:
    page = await (await person("operator", size=PHONE)).open()
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    await page.get_by_role("button", name="Choose a niche").click()
    await page.locator(".niche", has_text=niche.name).click()
    await expect(page.get_by_role("button", name="Choose a niche")).to_contain_text(niche.name)
    await expect(cell(page, 0, "username")).to_have_text(f"@{niche.username(0)}")
    await page.locator('.feed .ag-row[row-index="0"] [col-id="ag-Grid-SelectionColumn"]').click()
    await expect(page.get_by_role("button", name="Check selected profiles (1)")).to_be_visible()
    await page.get_by_role("button", name="Filters").click()
    await expect(page.get_by_role("button", name="Story", exact=True)).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_the_feed_can_be_used_by_everybody(person: MakePerson, niche: OwnNiche, *, dark: bool) -> None:
    page = await (await person("operator", dark=dark)).open()
    await niche.open(page)
    await cell(page, 0).click()
    await expect(page.locator(".feed-selected").get_by_text("1 selected")).to_be_visible()
    found = await Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
