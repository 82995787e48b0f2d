"""People, appearance and the audit log in the settings."""

from __future__ import annotations

import re

from playwright.async_api import Browser, expect

from tests.panel.browser.conftest import MakePerson
from tests.panel.browser.served import PASSWORD, Served
from tests.panel.browser.settings_pages import dialog, foot, press, row

ADDRESS = "/settings/people"


async def test_a_person_is_added_with_a_link_that_is_shown_once_and_leads_in(
    person: MakePerson, browser: Browser, storywatch: Served
) -> None:
    someone = await person()
    page = await someone.open(ADDRESS)
    frames: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: frames.append(str(data))))
    await page.reload()
    await row(page, "People", "admin").first.wait_for()
    await page.get_by_role("button", name="Add person").click()
    await dialog(page).get_by_label("Name").fill("admin")
    await press(page, "Add person")
    await expect(dialog(page).get_by_role("alert").filter(has_text="already a person")).to_be_visible()
    await dialog(page).get_by_label("Name").fill("Mara Kline")
    await dialog(page).get_by_label("Role").select_option("operator")
    await press(page, "Add person")
    link = await dialog(page).locator(".one-time-link").inner_text()
    assert "/welcome/" in link
    await press(page, "Close")
    await expect(dialog(page)).to_have_count(0)
    await expect(row(page, "People", "Mara Kline")).to_contain_text("Has not set a password")
    assert link not in await page.content()
    assert not [frame for frame in frames if link.rpartition("/")[2] in frame]
    someone.problems.take()

    hers = await browser.new_context(base_url=storywatch.url)
    welcome = await hers.new_page()
    await welcome.goto(link)
    await welcome.fill("input[name=password]", PASSWORD)
    if await welcome.locator("input[name=again]").count():
        await welcome.fill("input[name=again]", PASSWORD)
    await welcome.click("button[type=submit]")
    await expect(welcome).to_have_url(re.compile("/feed|/$"))
    await expect(row(page, "People", "Mara Kline")).to_contain_text("A password")

    await row(page, "People", "Mara Kline").click()
    await foot(page, "Edit…").click()
    await dialog(page).get_by_label("Role").select_option("viewer")
    await press(page, "Save")
    await expect(row(page, "People", "Mara Kline")).to_contain_text("viewer")
    await expect(welcome).to_have_url(re.compile("/login"))
    await hers.close()

    await foot(page, "Remove…").click()
    await expect(dialog(page)).to_contain_text("What they did stays in the audit log.")
    await press(page, "Remove 1 person")
    await expect(row(page, "People", "Mara Kline")).to_have_count(0)


async def test_a_code_for_discord_is_shown_once(person: MakePerson, storywatch: Served) -> None:
    storywatch.terminal.run("person", "add", "Pat Paired", "--role", "viewer")
    page = await (await person()).open(ADDRESS)
    frames: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: frames.append(str(data))))
    await page.reload()
    await row(page, "People", "Pat Paired").click()
    await foot(page, "Code for Discord…").click()
    await press(page, "Make a code")
    await expect(dialog(page)).to_contain_text("Who enters it with /pair in Discord is Pat Paired there")
    code = await dialog(page).locator(".one-time-link").inner_text()
    assert re.fullmatch(r"([A-Z2-9]{4}-){3}[A-Z2-9]{4}", code)
    await press(page, "Close")
    await expect(dialog(page)).to_have_count(0)
    assert code not in await page.content()
    assert not [frame for frame in frames if code in frame]
    storywatch.terminal.run("person", "remove", "Pat Paired")


async def test_the_last_admin_stays(person: MakePerson) -> None:
    page = await (await person()).open(ADDRESS)
    await row(page, "People", "admin").first.click()
    await foot(page, "Remove…").click()
    await press(page, "Remove 1 person")
    await expect(page.get_by_text("is the last admin who can sign in")).to_be_visible()
    await expect(row(page, "People", "admin").first).to_be_visible()


async def test_what_people_did_is_listed_and_found(person: MakePerson) -> None:
    someone = await person()
    page = await someone.open("/settings/canaries")
    told = await page.evaluate("SW.send('/data/settings/canaries/add', {names: 'audited.canary'})")
    assert told["created"] == 1
    await page.goto("/settings/audit")
    await expect(row(page, "Audit log", "audited.canary")).to_contain_text("panel:admin")
    await page.get_by_label("What", exact=True).fill("limits.nothing")
    await expect(page.get_by_text("0 lines.")).to_be_visible()
    await page.get_by_label("What", exact=True).fill("canary.add")
    await expect(row(page, "Audit log", "audited.canary")).to_have_count(1)
    await page.goto("/settings/canaries")
    await row(page, "Canaries", "@audited.canary").click()
    await foot(page, "Remove…").click()
    await dialog(page).locator(".danger-filled").click()
    await expect(row(page, "Canaries", "@audited.canary")).to_have_count(0)


async def test_a_viewer_finds_neither_people_nor_the_audit_log(person: MakePerson) -> None:
    page = await (await person("viewer")).open(ADDRESS)
    await expect(page.get_by_text("This is for admins")).to_be_visible()
    await page.goto("/settings/audit")
    await expect(page.get_by_text("This is for admins").last).to_be_visible()
    await page.goto("/settings/elsewhere")
    await expect(page.get_by_text("There is no such section")).to_be_visible()


async def test_the_theme_and_the_time_zone_are_there_at_the_next_visit(person: MakePerson) -> None:
    someone = await person("viewer")
    page = await someone.open("/settings/appearance")
    await page.get_by_role("group", name="Theme").get_by_role("button", name="Dark").click()
    await expect(page.locator("body")).to_have_class(re.compile("body--dark"))
    await page.get_by_label("Time zone of shown times").select_option("UTC")
    await expect(page.get_by_text("Times are shown in UTC.")).to_be_visible()
    await expect(page.get_by_role("group", name="Theme").get_by_role("button", name="Dark")).to_have_attribute(
        "aria-pressed", "true"
    )
    again = await someone.open("/settings/appearance")
    await expect(again.locator("body")).to_have_class(re.compile("body--dark"))
    await expect(again.get_by_label("Time zone of shown times")).to_have_value("UTC")
    assert await again.evaluate("SW.zone.name") == "UTC"
    await again.get_by_role("group", name="Theme").get_by_role("button", name="As the system").click()
    await expect(again.locator("body")).not_to_have_class(re.compile("body--dark"))
    await again.get_by_label("Time zone of shown times").select_option("browser")
    await expect(again.get_by_text("Times are shown in the time zone of the browser.")).to_be_visible()


async def test_a_wrong_password_changes_none_and_the_right_one_does(person: MakePerson) -> None:
    someone = await person("operator", fresh=True)
    page = await someone.open("/settings/appearance")
    await page.get_by_role("button", name="Change password").click()
    await dialog(page).get_by_label("Current password").fill("not this one")
    await dialog(page).get_by_label("New password").fill(PASSWORD)
    await press(page, "Change password")
    await expect(dialog(page).get_by_role("alert").filter(has_text="It is wrong")).to_be_visible()
    await dialog(page).get_by_label("Current password").fill(PASSWORD)
    await dialog(page).get_by_label("New password").fill("short")
    await press(page, "Change password")
    await expect(dialog(page).get_by_role("alert").filter(has_text="10")).to_be_visible()
    assert {each.split()[0] for each in someone.problems.take()} == {"422:"}
    await press(page, "Cancel")
