"""Proxies in the settings: added, imported, tested, limited, switched and removed, in a real browser."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.panel.browser.chromium import PHONE
from tests.panel.browser.conftest import MakePerson
from tests.panel.browser.line import Line
from tests.panel.browser.served import Served
from tests.panel.browser.settings_pages import dialog, foot, press, remove_all, row, table

ADDRESS = "/settings/proxies"


async def test_a_proxy_is_added_and_what_is_wrong_is_told_at_its_field(person: MakePerson) -> None:
    someone = await person()
    page = await someone.open(ADDRESS)
    await page.get_by_role("button", name="Add proxy").click()
    await dialog(page).get_by_label("Address").fill("203.0.113.10")
    await press(page, "Add proxy")
    await expect(dialog(page).get_by_role("alert").filter(has_text="Its port is missing")).to_be_visible()
    await expect(dialog(page).get_by_label("Address")).to_be_focused()
    await dialog(page).get_by_label("Address").fill("socks5://ann:hunter2@203.0.113.10:1080")
    await dialog(page).get_by_label("Name").fill("added-one")
    await page.keyboard.press("Enter")
    await expect(dialog(page)).to_have_count(0)
    await expect(row(page, "Proxies", "added-one")).to_contain_text("a•••@203.0.113.10:1080")
    assert [told.split()[0] for told in someone.problems.take()] == ["422:"]
    await remove_all(page, "Proxies", "added-one")


async def test_an_import_says_of_every_line_what_became_of_it(person: MakePerson) -> None:
    page = await (await person()).open(ADDRESS)
    await page.get_by_role("button", name="Import list").click()
    lines = "203.0.113.20:8080\n203.0.113.20:8080\n# ours\nann:hunter2@nowhere\n203.0.113.21:8080:ann:hunter2"
    await dialog(page).get_by_label("One proxy a line").fill(lines)
    await press(page, "Import proxies")
    await expect(dialog(page).get_by_role("status")).to_have_text("2 added, 1 repeated, 1 not usable.")
    told = await dialog(page).locator("tbody tr").all_inner_texts()
    assert [each.split()[:2] for each in told] == [
        ["4", "invalid"],
        ["2", "duplicate"],
        ["1", "created"],
        ["5", "created"],
    ]
    assert "hunter2" not in await page.content()
    await press(page, "Close")
    await expect(row(page, "Proxies", "203.0.113.2")).to_have_count(2)
    await remove_all(page, "Proxies", "203.0.113.2")


async def test_a_list_is_imported_from_a_file(person: MakePerson) -> None:
    page = await (await person()).open(ADDRESS)
    await page.get_by_role("button", name="Import list").click()
    file = {"name": "proxies.txt", "mimeType": "text/plain", "buffer": b"203.0.113.30:8080\r\n203.0.113.31:8080\r\n"}
    await dialog(page).get_by_label("Or a file").set_input_files(file)  # type: ignore[arg-type]
    await press(page, "Import proxies")
    await expect(dialog(page).get_by_role("status")).to_have_text("2 added.")
    await press(page, "Close")
    await remove_all(page, "Proxies", "203.0.113.3")


async def test_selected_proxies_are_switched_off_and_on_and_the_other_admin_sees_it(person: MakePerson) -> None:
    page = await (await person()).open(ADDRESS)
    other = await (await person()).open(ADDRESS)
    await expect(foot(page, "Switch off")).to_be_disabled()
    # By their names, because those in trouble come first otherwise, and come and go.
    await table(page, "Proxies").locator('.ag-header-cell[col-id="name"]').click()
    await expect(row(page, "Proxies", "Proxy 2")).to_have_attribute("row-index", "2")
    await row(page, "Proxies", "Proxy 2").click()
    await row(page, "Proxies", "Proxy 3").click(modifiers=["Shift"])
    await expect(page.locator(".footer:visible").get_by_role("status")).to_have_text("2 proxies selected")
    await foot(page, "Switch off").click()
    await expect(row(page, "Proxies", "Proxy 2")).to_contain_text("Off")
    await expect(row(other, "Proxies", "Proxy 2")).to_contain_text("Off")
    await other.get_by_role("button", name=re.compile("^Off")).click()
    await expect(table(other, "Proxies").locator(".ag-center-cols-container .ag-row")).to_have_count(2)
    await foot(page, "Switch on").click()
    await expect(row(page, "Proxies", "Proxy 2")).to_contain_text("Ready")
    await expect(table(other, "Proxies").locator(".ag-center-cols-container .ag-row")).to_have_count(0)


async def test_removing_names_the_sessions_that_lose_their_proxy(person: MakePerson) -> None:
    page = await (await person()).open(ADDRESS)
    await row(page, "Proxies", "Proxy 4").click()
    await foot(page, "Remove…").click()
    await expect(dialog(page)).to_contain_text("session-4 loses its proxy and rests until a person binds")
    await press(page, "Keep")
    await expect(row(page, "Proxies", "Proxy 4")).to_be_visible()


async def test_a_proxy_has_an_address_its_limits_are_set_there_and_escape_and_back_lead_out(
    person: MakePerson,
) -> None:
    someone = await person()
    page = await someone.open(ADDRESS)
    await row(page, "Proxies", "Proxy 5").dblclick()
    await expect(page).to_have_url(re.compile(r"/settings/proxies\?proxy=5$"))
    drawer = page.get_by_role("complementary", name="Proxy")
    await expect(drawer).to_contain_text("session-5")
    await drawer.get_by_role("button", name="Name and limits").click()
    await dialog(page).get_by_label("Requests in an hour").fill("many")
    await press(page, "Save")
    await expect(dialog(page).get_by_role("alert").filter(has_text="does not fit")).to_be_visible()
    await dialog(page).get_by_label("Requests in an hour").fill("60")
    await press(page, "Save")
    await expect(drawer.locator(".fact", has_text="In an hour")).to_contain_text("60")
    await page.reload()
    await expect(drawer.locator(".fact", has_text="In an hour")).to_contain_text("60")
    await drawer.get_by_role("button", name="Name and limits").click()
    await dialog(page).get_by_label("Requests in an hour").fill("")
    await press(page, "Save")
    await expect(drawer.locator(".fact", has_text="In an hour")).to_contain_text("as all proxies")
    await drawer.get_by_role("button", name="Close").click()
    await expect(drawer).to_be_hidden()
    await expect(page).to_have_url(re.compile(r"/settings/proxies$"))
    await page.go_back()
    await expect(drawer).to_be_visible()
    assert [told.split()[0] for told in someone.problems.take()] == ["422:"]


async def test_a_form_is_filled_in_as_it_appears_and_never_over_what_somebody_types(
    person: MakePerson, storywatch: Served
) -> None:
    storywatch.terminal.run("proxy", "limits", "5", "parallel=7")
    page, line = await (await person()).context.new_page(), Line()
    await line.through(page)
    await page.goto("/settings/proxies?proxy=5")
    drawer = page.get_by_role("complementary", name="Proxy")
    await expect(drawer.locator(".fact", has_text="At once")).to_contain_text("7")
    # A script that comes after the form would come too late.
    line.deaf_to = '"run_javascript"'
    await drawer.get_by_role("button", name="Name and limits").click()
    await expect(dialog(page).get_by_label("At once")).to_have_value("7")
    await expect(dialog(page).get_by_label("Name", exact=True)).to_be_focused()
    storywatch.terminal.run("proxy", "limits", "5", "parallel=default")


async def test_tests_tell_what_they_found_one_after_the_other(person: MakePerson) -> None:
    page = await (await person()).open(ADDRESS)
    await row(page, "Proxies", "Proxy 6").click()
    await row(page, "Proxies", "Proxy 7").click(modifiers=["Control"])
    await foot(page, "Test").click()
    found = page.get_by_role("complementary", name="Tests")
    await expect(found.get_by_role("listitem")).to_have_count(2)
    await expect(found.get_by_role("status")).to_have_text("Done: 2 of 2 work.")
    await expect(found.get_by_role("listitem").first).to_contain_text("The proxy works, and the platform answers")


async def test_who_may_only_read_sees_no_buttons_and_is_refused(person: MakePerson, storywatch: Served) -> None:
    for role in ("viewer", "operator"):
        someone = await person(role)
        page = await someone.open(ADDRESS)
        await expect(row(page, "Proxies", "Proxy 1").first).to_be_visible()
        for label in ("Add proxy", "Import list", "Test all", "Remove…"):
            await expect(page.get_by_role("button", name=label)).to_have_count(0)
        await expect(page.get_by_role("link", name="People")).to_have_count(0)
        told = await page.evaluate(
            "SW.send('/data/settings/proxies/add', {address: '203.0.113.9:1'}).catch(e => e.message)"
        )
        assert told == f"To add proxies takes the role admin; panel:{role} is {role}."
        assert [each.split()[0] for each in someone.problems.take()] == ["403:"]


async def test_on_a_phone_the_acts_are_in_a_menu_and_a_proxy_covers_the_page(person: MakePerson) -> None:
    page = await (await person(size=PHONE)).open(ADDRESS)
    await row(page, "Proxies", "Proxy 8").click()
    await page.get_by_role("button", name="Actions").click()
    await page.get_by_role("menuitem", name="Open").or_(page.locator(".q-menu .q-item", has_text="Open")).first.click()
    drawer = page.get_by_role("complementary", name="Proxy")
    await expect(drawer).to_contain_text("session-8")
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    box = await drawer.bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, PHONE["width"])


async def test_the_sessions_of_a_proxy_move_to_another_and_back(person: MakePerson) -> None:
    page = await (await person()).open(ADDRESS)
    await page.evaluate("SW.send('/data/settings/proxies/add', {address: '203.0.113.50:80', label: 'spare'})")
    spare = row(page, "Proxies", "spare")
    await expect(spare).to_contain_text("none bound")
    for source, target in (("Proxy 9", "203.0.113.50:80"), ("spare", "9")):
        await table(page, "Proxies").locator(".ag-header-select-all input").uncheck()
        await row(page, "Proxies", source).click()
        await foot(page, "Move sessions…").click()
        await dialog(page).get_by_label("To these proxies").fill(target)
        await dialog(page).get_by_label("Reason").fill("a test of moving")
        await press(page, "Move 1 session")
        await expect(row(page, "Proxies", source)).to_contain_text("none bound")
    await expect(row(page, "Proxies", "Proxy 9")).to_contain_text("session-9")
    await remove_all(page, "Proxies", "spare")
