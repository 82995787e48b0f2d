"""Every section of the settings: for screen readers, in both colours, on a phone, by its address."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]  # it comes without types
from playwright.async_api import expect

from tests.panel.browser.chromium import PHONE
from tests.panel.browser.conftest import MakePerson
from tests.panel.browser.settings_pages import dialog

SECTIONS = {
    "proxies": "Proxies",
    "sessions": "Sessions",
    "canaries": "Canaries",
    "limits": "Limits",
    "schedules": "Schedules",
    "alerts": "Alerts",
    "people": "People",
    "appearance": "Appearance",
    "audit": "Audit log",
}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_nothing_keeps_a_screen_reader_from_any_section(person: MakePerson, dark: bool) -> None:
    someone = await person(dark=dark)
    page = await someone.open("/settings")
    menu = page.get_by_role("navigation", name="Settings")
    for section, heading in SECTIONS.items():
        await menu.get_by_role("link", name=heading).click()
        await expect(page.locator("h1:visible")).to_have_text(heading)
        found = (await Axe().run(page, context=".settings")).response["violations"]
        assert [(each["id"], each["nodes"][0]["target"]) for each in found] == [], section
    for section, button in (
        ("proxies", "Add proxy"),
        ("sessions", "Add session"),
        ("schedules", "Add schedule"),
        ("people", "Add person"),
    ):
        await menu.get_by_role("link", name=SECTIONS[section]).click()
        await page.get_by_role("button", name=button).click()
        await expect(dialog(page)).to_be_visible()
        options = {"rules": {"color-contrast": {"enabled": False}}}  # it takes the shade behind a dialog for its ground
        found = (await Axe().run(page, context=".q-dialog .dialog", options=options)).response["violations"]
        assert [(each["id"], each["nodes"][0]["target"]) for each in found] == [], button
        await dialog(page).get_by_role("button", name="Cancel").click()
        await expect(dialog(page)).to_have_count(0)


async def test_on_a_phone_every_section_is_reached_and_none_scrolls_sideways(person: MakePerson) -> None:
    page = await (await person(size=PHONE)).open("/settings")
    for section, heading in SECTIONS.items():
        await page.get_by_label("Section of the settings").select_option(section)
        await expect(page).to_have_url(re.compile(f"/settings/{section}$"))
        await expect(page.locator("h1:visible")).to_have_text(heading)
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], section


async def test_sections_have_addresses_and_the_back_button_leads_back(person: MakePerson) -> None:
    page = await (await person()).open("/settings")
    await expect(page.locator("h1:visible")).to_have_text("Proxies")
    menu = page.get_by_role("navigation", name="Settings")
    await menu.get_by_role("link", name="Limits").click()
    await expect(page).to_have_url(re.compile("/settings/limits$"))
    await menu.get_by_role("link", name="Sessions").click()
    await expect(menu.get_by_role("link", name="Sessions")).to_have_attribute("aria-current", "page")
    await page.go_back()
    await expect(page.locator("h1:visible")).to_have_text("Limits")
    await page.go_back()
    await expect(page.locator("h1:visible")).to_have_text("Proxies")


async def test_a_table_is_used_by_the_keyboard_alone(person: MakePerson) -> None:
    page = await (await person()).open("/settings/sessions")
    sessions = page.locator('.nicegui-aggrid[aria-label="Sessions"]')
    # By their names, because those in trouble come first otherwise, and come and go.
    await sessions.locator('.ag-header-cell[col-id="label"]').focus()
    await page.keyboard.press("Enter")
    names = sessions.locator(".ag-center-cols-container .ag-row [col-id=label]")
    await expect(names.first).to_have_text("session-1")
    second = await names.nth(1).inner_text()
    await sessions.locator(".ag-center-cols-container .ag-cell").first.focus()
    await page.keyboard.press("Space")
    await expect(page.locator(".footer:visible").get_by_role("status")).to_have_text("1 session selected")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    drawer = page.get_by_role("complementary", name="Session")
    await expect(drawer.get_by_role("heading", name=second, exact=True)).to_be_visible()
    await expect(drawer).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(drawer).to_be_hidden()
