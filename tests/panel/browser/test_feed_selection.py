"""Selecting profiles with mouse and keys, on this page and on others, and all at once."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.panel.browser.conftest import MakePerson
from tests.panel.browser.feed_page import (
    MANY,
    OwnNiche,
    box,
    cell,
    check_button,
    expect_range,
    expect_selected,
    selected_rows,
)
from tests.panel.browser.served import Served


@pytest.fixture(scope="module")
def niche(storywatch: Served) -> OwnNiche:
    """Seven pages of profiles, which no test here changes."""
    return OwnNiche(storywatch, MANY)


async def test_a_click_selects_one_and_ctrl_click_adds_another(person: MakePerson, niche: OwnNiche) -> None:
    page = await (await person("operator")).open()
    await niche.open(page)
    await expect(check_button(page)).to_be_disabled()
    await cell(page, 3).click()
    await expect_selected(page, 1)
    await cell(page, 5).click()
    await expect_selected(page, 1)
    await cell(page, 7).click(modifiers=["ControlOrMeta"])
    await expect_selected(page, 2)
    await expect(check_button(page)).to_be_enabled()
    await cell(page, 7).click(modifiers=["ControlOrMeta"])
    await expect_selected(page, 1)
    await box(page, 9).click()
    await expect_selected(page, 2)


async def test_a_shift_click_takes_what_is_between_and_another_one_shrinks_it(
    person: MakePerson, niche: OwnNiche
) -> None:
    page = await (await person("operator")).open()
    await niche.open(page)
    await cell(page, 2).click()
    await cell(page, 9).click(modifiers=["Shift"])
    await expect_selected(page, 8)
    await cell(page, 4).click(modifiers=["Shift"])
    await expect_selected(page, 3)
    await box(page, 3).click()
    await expect_selected(page, 2)


async def test_a_range_goes_over_pages_that_were_never_loaded(person: MakePerson, niche: OwnNiche) -> None:
    page = await (await person("operator")).open()
    await niche.open(page)
    await cell(page, 5).click()
    await page.get_by_role("button", name="Last page").click()
    await expect_range(page, "601–650 of 650")
    await cell(page, 603).click(modifiers=["Shift"])
    await expect_selected(page, 599)
    await page.get_by_role("button", name="Previous page").click()
    await expect_range(page, "501–600 of 650")
    await expect(cell(page, 502)).to_be_visible()
    await expect(page.locator('.feed .ag-center-cols-container .ag-row[aria-selected="false"]')).to_have_count(0)
    # A smaller range gives back what lies behind it, though nobody has looked at those rows.
    await cell(page, 505).click(modifiers=["Shift"])
    await expect_selected(page, 501)


async def test_a_range_begins_anew_when_the_order_changes_and_the_selection_stays(
    person: MakePerson, niche: OwnNiche
) -> None:
    page = await (await person("operator")).open()
    await niche.open(page)
    await cell(page, 0).click()
    await cell(page, 1).click(modifiers=["Shift"])
    await page.locator('.feed .ag-header-cell[col-id="username"]').click()
    await expect(cell(page, 0, "username")).to_have_text(f"@{niche.username(MANY - 1)}")
    await expect_selected(page, 2)
    await cell(page, 4).click(modifiers=["Shift"])
    # There is no row where the range began, so this click is one of its own.
    await expect_selected(page, 1)


async def test_everybody_who_matches_is_selected_at_once_but_those_who_are_left_out(
    person: MakePerson, niche: OwnNiche
) -> None:
    page = await (await person("operator")).open()
    await niche.open(page)
    await page.get_by_role("button", name=f"Select all {MANY}").click()
    await expect_selected(page, MANY)
    await box(page, 2).click()
    await cell(page, 6).click(modifiers=["Shift"])
    await expect_selected(page, MANY - 5)
    await page.get_by_role("button", name="Next page").click()
    await expect_range(page, "101–200 of 650")
    await expect(cell(page, 101)).to_be_visible()
    await expect(page.locator('.feed .ag-center-cols-container .ag-row[aria-selected="false"]')).to_have_count(0)
    await page.get_by_role("button", name="Clear", exact=True).click()
    await expect_selected(page, 0)
    await expect(selected_rows(page)).to_have_count(0)


async def test_the_keyboard_selects_like_the_mouse(person: MakePerson, niche: OwnNiche) -> None:
    page = await (await person("operator")).open()
    await niche.open(page)
    await cell(page, 1).click()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Space")
    await expect_selected(page, 2)
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Shift+Space")
    await expect_selected(page, 4)
    await page.keyboard.press("Shift+ArrowDown")
    await expect_selected(page, 5)
    await page.keyboard.press("Shift+ArrowUp")
    await expect_selected(page, 4)
    await page.keyboard.press("ControlOrMeta+a")
    await expect_selected(page, MANY)
    await page.keyboard.press("Escape")
    await expect_selected(page, 0)


async def test_the_box_over_the_boxes_takes_the_page(person: MakePerson, niche: OwnNiche) -> None:
    page = await (await person("operator")).open()
    await niche.open(page)
    whole = page.get_by_role("checkbox", name="Select the profiles of this page")
    await whole.click()
    await expect_selected(page, 100)
    await expect(whole).to_have_attribute("aria-checked", "true")
    await box(page, 0).click()
    await expect(whole).to_have_attribute("aria-checked", "mixed")
    await whole.click()
    await whole.click()
    await expect_selected(page, 0)


async def test_a_selection_outlives_a_search_and_goes_with_another_niche(person: MakePerson, niche: OwnNiche) -> None:
    page = await (await person("operator")).open()
    await niche.open(page)
    await cell(page, 0).click()
    await page.get_by_label("Search by username").fill(f"{niche.prefix}01")
    await expect_range(page, "1–100 of 100")
    await cell(page, 3).click(modifiers=["ControlOrMeta"])
    await expect_selected(page, 2)
    await page.locator(".niche", has_text="home bakers").click()
    await expect_selected(page, 0)


async def test_the_cost_is_said_before_the_click(person: MakePerson, niche: OwnNiche) -> None:
    page = await (await person("operator")).open()
    await niche.open(page)
    await cell(page, 0).click()
    await expect(page.locator(".feed-selected")).to_contain_text("≈ ")
    await expect(page.locator(".feed-selected")).to_contain_text("about")
