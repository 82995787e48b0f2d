"""Limits and canaries in the settings: set, refused at the field, taken back, seen by the others."""

from __future__ import annotations

import re

from playwright.async_api import Locator, Page, expect

from tests.panel.browser.conftest import MakePerson
from tests.panel.browser.served import Served
from tests.panel.browser.settings_pages import dialog, foot, press, row, table

ADDRESS = "/settings/limits"


def line(page: Page, name: str) -> Locator:
    """The row of a limit."""
    return page.locator(f'[data-limit="{name}"]')


async def type_in(page: Page, name: str, text: str) -> None:
    await line(page, name).locator("input").fill(text)
    await page.keyboard.press("Enter")


async def test_a_limit_applies_at_once_is_seen_by_the_others_and_undone(person: MakePerson, storywatch: Served) -> None:
    page = await (await person()).open(ADDRESS)
    other = await (await person("viewer")).open(ADDRESS)
    await expect(line(page, "attempts")).to_contain_text("default")
    await type_in(page, "attempts", "5")
    await expect(page.get_by_text("Failures a question may cost: 5, from now on.")).to_be_visible()
    await expect(line(other, "attempts").locator("input")).to_have_value("5")
    assert storywatch.terminal.run("limits", "show", "--json").record["attempts"] == 5
    await expect(page.get_by_text("1 differs from the defaults.")).to_be_visible()
    await page.get_by_role("button", name="Undo").click()
    await expect(line(other, "attempts").locator("input")).to_have_value("3")
    await expect(line(page, "attempts").locator("input")).to_have_value("3")


async def test_a_bad_value_is_told_at_its_field_and_changes_nothing(person: MakePerson, storywatch: Served) -> None:
    page = await (await person()).open(ADDRESS)
    await type_in(page, "concurrent_batches", "0")
    wrong = line(page, "concurrent_batches").get_by_role("alert")
    await expect(wrong).to_contain_text("With 0 no batch would ever start")
    await type_in(page, "concurrent_batches", "many")
    await expect(wrong).to_contain_text('"many" does not fit; it takes a whole number from 1 to 100')
    await page.keyboard.press("Escape")
    await expect(line(page, "concurrent_batches").locator("input")).to_have_value("2")
    await expect(wrong).to_have_count(0)
    await type_in(page, "total_timeout", "1")
    await expect(line(page, "total_timeout").get_by_role("alert")).to_contain_text("is above total_timeout")
    assert storywatch.terminal.run("limits", "show", "--json").record["total_timeout"] == 15


async def test_all_limits_go_back_to_their_defaults_and_forth_again(person: MakePerson) -> None:
    page = await (await person()).open(ADDRESS)
    await expect(page.get_by_role("button", name="Reset all to defaults")).to_be_disabled()
    await type_in(page, "per_route_hour", "25")
    await expect(line(page, "per_route_hour").get_by_role("button", name="Reset to none")).to_be_visible()
    await expect(page.get_by_text("requests an hour").first).to_be_visible()
    await type_in(page, "group_size", "8")
    await expect(line(page, "group_size").get_by_role("button")).to_be_visible()
    await page.get_by_role("button", name="Reset all to defaults").click()
    await expect(line(page, "per_route_hour").locator("input")).to_have_value("none")
    told = page.locator(".q-notification", has_text="2 limits are at the default again.")
    await told.get_by_role("button", name="Undo").click()
    await expect(line(page, "group_size").locator("input")).to_have_value("8")
    await page.get_by_role("button", name="Reset all to defaults").click()
    await expect(line(page, "group_size").locator("input")).to_have_value("10")


async def test_what_is_typed_while_another_limit_is_applied_stays(person: MakePerson) -> None:
    page = await (await person()).open(ADDRESS)
    first, second = (line(page, name).locator("input") for name in ("attempts", "group_size"))
    # Without the second field losing the focus, as when it is typed into before the first one's value is stored.
    await first.evaluate(
        """(field) => {
          Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, "6");
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )
    await second.fill("7")
    await first.dispatch_event("keydown", {"key": "Enter"})
    await expect(page.get_by_text("Failures a question may cost: 6, from now on.")).to_be_visible()
    await expect(second).to_have_value("7")
    await second.press("Enter")
    await expect(page.get_by_text("Asked about together: 7 profiles, from now on.")).to_be_visible()
    await page.get_by_role("button", name="Reset all to defaults").click()
    await expect(second).to_have_value("10")


async def test_a_viewer_cannot_type_a_limit(person: MakePerson) -> None:
    page = await (await person("viewer")).open(ADDRESS)
    await expect(line(page, "attempts").locator("input")).not_to_be_editable()
    await expect(page.get_by_role("button", name="Reset all to defaults")).to_have_count(0)


async def test_canaries_are_tested_all_and_those_selected(person: MakePerson) -> None:
    page = await (await person()).open("/settings/canaries")
    found = page.get_by_role("complementary", name="Tests")
    every = await table(page, "Canaries").locator(".ag-center-cols-container .ag-row").count()
    await page.get_by_role("button", name="Test all").click()
    await expect(found.get_by_role("status")).to_have_text(re.compile(rf"^Done: \d+ of {every} were seen\.$"))
    await table(page, "Canaries").locator(".ag-center-cols-container .ag-row").first.click()
    await foot(page, "Test").click()
    await expect(found.get_by_role("status")).to_have_text("Done: 1 of 1 were seen.")
    await expect(found.get_by_role("listitem")).to_contain_text(re.compile(r"Seen.*It is live; session \d+ saw it\."))


async def test_canaries_are_added_and_removed(person: MakePerson) -> None:
    someone = await person()
    page = await someone.open("/settings/canaries")
    await expect(page.get_by_text("How often one asking alone would have missed a story")).to_be_visible()
    await page.get_by_role("button", name="Add canary").click()
    await dialog(page).get_by_label("Usernames").fill("not a name!")
    await press(page, "Add canaries")
    await expect(dialog(page)).to_have_count(0)
    await expect(page.get_by_text("no username")).to_be_visible()
    await expect(row(page, "Canaries", "@name")).to_have_count(0)
    await page.get_by_role("button", name="Add canary").click()
    await dialog(page).get_by_label("Usernames").fill("@Late.Canary")
    await press(page, "Add canaries")
    await expect(row(page, "Canaries", "@late.canary")).to_contain_text("Untested")
    for name in ("@late.canary", "@not", "@a"):
        if await row(page, "Canaries", name).count():
            await row(page, "Canaries", name).first.click(modifiers=["Control"])
    await foot(page, "Remove…").click()
    await dialog(page).locator(".danger-filled").click()
    await expect(row(page, "Canaries", "@late.canary")).to_have_count(0)
