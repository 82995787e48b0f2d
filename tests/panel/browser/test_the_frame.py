"""The frame around the tabs: addresses, the back button, the theme, and signing out, in a real browser."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.panel.browser.chromium import PHONE
from tests.panel.browser.conftest import MakePerson
from tests.panel.browser.line import Line
from tests.panel.browser.served import PASSWORD, Served


async def test_every_tab_has_an_address_and_the_back_button_leads_back(person: MakePerson) -> None:
    page = await (await person()).open("/feed")
    tabs = page.get_by_role("navigation", name="Tabs")
    await tabs.get_by_role("link", name="Batches").click()
    await expect(page).to_have_url(re.compile(r"/batches$"))
    await expect(tabs.get_by_role("link", name="Batches")).to_have_attribute("aria-current", "page")
    await expect(page).to_have_title("Batches · Storywatch")
    await page.go_back()
    await expect(tabs.get_by_role("link", name="Niche Feed")).to_have_attribute("aria-current", "page")
    await page.reload()
    await expect(page).to_have_title("Niche Feed · Storywatch")


async def test_a_way_is_in_the_history_at_the_click_however_late_the_server_shows_it(person: MakePerson) -> None:
    someone = await person()
    page, line = await someone.context.new_page(), Line()
    await line.through(page)
    await page.goto("/settings")
    heading, sections = page.locator("h1:visible"), page.get_by_role("navigation", name="Settings")
    await expect(heading).to_have_text("Proxies")
    await page.wait_for_function("() => window.socket && window.socket.connected")
    line.hold()
    await sections.get_by_role("link", name="Limits").click()
    await expect(page).to_have_url(re.compile("/settings/limits$"))
    await page.get_by_role("navigation", name="Tabs").get_by_role("link", name="Monitor").click()
    await expect(page).to_have_url(re.compile("/monitor$"))
    await page.go_back()
    await expect(page).to_have_url(re.compile("/settings/limits$"))
    line.release()
    await expect(heading).to_have_text("Limits")
    await expect(page).to_have_title("Settings · Storywatch")
    await page.go_back()
    await expect(heading).to_have_text("Proxies")


async def test_what_is_pressed_before_the_line_stands_is_told_in_its_order(person: MakePerson) -> None:
    page, line = await (await person()).context.new_page(), Line()
    await line.through(page)
    line.hold()
    await page.goto("/feed")
    await page.wait_for_function("() => window.did_handshake === false")
    ways = [f"/settings/limits?step={number}" for number in range(8)]
    pressing = (
        "async (ways) => { for (const way of ways) { SW.go(way); await new Promise((on) => setTimeout(on, 4)); } }"
    )
    await page.evaluate(pressing, ways)
    line.release()
    await expect(page.locator("h1:visible")).to_have_text("Limits")
    assert [way for said in line.said for way in ways if way in said] == ways


async def test_the_header_says_that_the_data_is_pretended_and_what_goes_on(person: MakePerson) -> None:
    page = await (await person()).open("/feed")
    await expect(page.get_by_text("Sandbox: pretend data")).to_be_visible()
    await expect(page.get_by_role("banner").get_by_role("status")).to_contain_text("Nothing to check")


async def test_a_chosen_theme_is_there_at_the_next_visit(person: MakePerson) -> None:
    someone = await person("operator")
    page = await someone.open("/feed")
    await page.get_by_role("button", name="operator").click()
    await page.get_by_role("menuitem", name="Dark").click()
    await expect(page.locator("body")).to_have_class(re.compile("body--dark"))
    again = await someone.open("/feed")
    await expect(again.locator("body")).to_have_class(re.compile("body--dark"))
    await again.get_by_role("button", name="operator").click()
    await again.get_by_role("menuitem", name="As the system").click()
    await expect(again.locator("body")).not_to_have_class(re.compile("body--dark"))


async def test_on_a_phone_the_tabs_are_below_and_nothing_scrolls_sideways(person: MakePerson) -> None:
    page = await (await person(size=PHONE)).open("/feed")
    await page.get_by_role("navigation", name="Tabs").get_by_role("link", name="Settings").click()
    await expect(page).to_have_url(re.compile(r"/settings"))
    for address, filled in (("/feed", ".feed .ag-row"), ("/batches", ".batch-card"), ("/settings", ".section-choice")):
        await page.goto(address)
        await expect(page.locator(filled).locator("visible=true").first).to_be_visible()
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], address


async def test_signing_out_ends_every_open_page_and_signing_in_leads_back(
    person: MakePerson, storywatch: Served
) -> None:
    someone = await person("admin", fresh=True)
    first, second = await someone.open("/feed"), await someone.open("/batches")
    await first.get_by_role("button", name="admin").click()
    await first.get_by_role("button", name="Sign out").click()
    await expect(first).to_have_url(re.compile(r"/login"))
    await expect(second).to_have_url(re.compile(r"/login"))
    await second.fill("input[name=name]", "admin")
    await second.fill("input[name=password]", PASSWORD)
    await second.get_by_role("button", name="Sign in").click()
    await expect(second).to_have_url(re.compile(r"/batches"))
    someone.problems.take()
