"""Sessions in the settings: brought, renewed, bound for a reason, removed; their cookies never come out."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

from playwright.async_api import expect

from tests.panel.browser.conftest import MakePerson
from tests.panel.browser.served import Served
from tests.panel.browser.settings_pages import cookies, dialog, foot, press, remove_all, row, table

ADDRESS = "/settings/sessions"


async def test_a_session_is_added_by_its_cookies_renewed_and_bound_for_a_reason(person: MakePerson) -> None:
    someone = await person()
    page = await someone.open(ADDRESS)
    await page.get_by_role("button", name="Add session").click()
    await dialog(page).get_by_label("Name").fill("panel-made")
    await dialog(page).get_by_label("Cookies", exact=True).fill("csrftoken=abc; mid=def")
    await dialog(page).get_by_label("Proxy").select_option("")
    await press(page, "Add session")
    await expect(dialog(page).get_by_role("alert").filter(has_text="sessionid")).to_be_visible()
    await dialog(page).get_by_label("Cookies", exact=True).fill(cookies(901, "pl4nted"))
    await press(page, "Add session")
    added = row(page, "Sessions", "panel-made")
    await expect(added).to_contain_text("Not bound")
    await expect(added).to_contain_text("It has no proxy, so it is not used.")

    await added.get_by_role("button", name="Bind…").click()
    await dialog(page).get_by_label("To this proxy").fill("2")
    await press(page, "Bind 1 session")
    await expect(added).to_contain_text("Proxy 2")

    await added.click()
    await foot(page, "Bind…").click()
    await expect(dialog(page)).to_contain_text("panel-made (Proxy 2) is bound already.")
    await dialog(page).get_by_label("To this proxy").fill("3")
    await press(page, "Bind 1 session")
    await expect(dialog(page).get_by_role("alert").filter(has_text="say why it should move")).to_be_visible()
    await dialog(page).get_by_label("Reason").fill("proxy 2 was given up")
    await press(page, "Bind 1 session")
    await expect(added).to_contain_text("Proxy 3")

    await added.dblclick()
    drawer = page.get_by_role("complementary", name="Session")
    await expect(drawer).to_contain_text("proxy 2 was given up")
    await drawer.get_by_role("button", name="New cookies").click()
    await dialog(page).get_by_label("Cookies", exact=True).fill(cookies(902, "pl4nted"))
    await press(page, "Bring new cookies")
    await expect(dialog(page).get_by_role("alert").filter(has_text="of the account 902")).to_be_visible()
    await dialog(page).get_by_label("Cookies", exact=True).fill(cookies(901, "pl4nted-2"))
    await press(page, "Bring new cookies")
    await expect(dialog(page)).to_have_count(0)
    assert "pl4nted" not in await page.content()
    assert [told.split()[0] for told in someone.problems.take()] == ["422:"] * 3
    await drawer.get_by_role("button", name="Close").click()
    await remove_all(page, "Sessions", "panel-made")


async def test_a_cookie_file_is_taken_as_browsers_export_it(person: MakePerson) -> None:
    page = await (await person()).open(ADDRESS)
    ends = (datetime.now(UTC) + timedelta(days=3.5)).timestamp()
    exported = [
        {"name": name, "value": value, "domain": ".instagram.com", "expirationDate": ends}
        for name, value in (("sessionid", "903%3Aabc%3A7%3Asig"), ("ds_user_id", "903"), ("csrftoken", "x"))
    ]
    file = {"name": "cookies.json", "mimeType": "application/json", "buffer": json.dumps(exported).encode()}
    await page.get_by_role("button", name="Add session").click()
    await dialog(page).get_by_label("Name").fill("from-a-file")
    await dialog(page).get_by_label("Or a cookie file").set_input_files(file)  # type: ignore[arg-type]
    await dialog(page).get_by_label("Proxy").select_option("1")
    await press(page, "Add session")
    added = row(page, "Sessions", "from-a-file")
    await expect(added).to_contain_text("Proxy 1")
    await expect(added).to_contain_text("Valid, renew soon")
    await expect(added).to_contain_text("Its cookies end in 3 days; bring those of a new login before.")
    await expect(added.locator('[col-id="ends"]')).to_have_text("3 days")
    await added.dblclick()
    drawer = page.get_by_role("complementary", name="Session")
    await expect(drawer.locator(".fact", has_text="Cookies end")).to_contain_text(re.compile(r"end\d+ \w+ \d{4}"))
    await drawer.get_by_role("button", name="Close").click()
    await remove_all(page, "Sessions", "from-a-file")


async def test_a_list_is_imported_and_told_line_by_line_without_its_text(person: MakePerson) -> None:
    page = await (await person()).open(ADDRESS)
    await page.get_by_role("button", name="Import list").click()
    await dialog(page).get_by_label("One Cookie header a line").fill(f"{cookies(904)}\nmid=pl4nted\n{cookies(905)}")
    await dialog(page).get_by_label("Bind them, in order").uncheck()
    await press(page, "Import sessions")
    said = "2 added, 1 not usable, 2 without a proxy, and not used until bound."
    await expect(dialog(page).get_by_role("status")).to_have_text(said)
    await expect(dialog(page).locator("tbody tr").first).to_contain_text("sessionid")
    assert "pl4nted" not in await dialog(page).locator("tbody").inner_text()
    await press(page, "Close")
    await page.get_by_role("button", name=re.compile("^Need a person")).click()
    await expect(table(page, "Sessions").locator(".ag-center-cols-container .ag-row")).to_have_count(2)
    await remove_all(page, "Sessions", "session-1")


async def test_a_session_is_tested_from_its_row(person: MakePerson) -> None:
    page = await (await person()).open(ADDRESS)
    await row(page, "Sessions", "session-2").get_by_role("button", name="Test").click()
    found = page.get_by_role("complementary", name="Tests")
    await expect(found.get_by_role("status")).to_have_text("Done: 1 of 1 work.")
    await expect(found.get_by_role("listitem")).to_contain_text("The session sees stories.")


async def test_a_viewer_reads_of_a_session_and_changes_nothing(person: MakePerson, storywatch: Served) -> None:
    someone = await person("viewer")
    page = await someone.open(f"{ADDRESS}?session=session-3")
    drawer = page.get_by_role("complementary", name="Session")
    await expect(drawer).to_contain_text("Proxy 3")
    await expect(drawer.locator(".fact", has_text="Cookies end")).to_contain_text("not known; a header does not tell")
    await expect(drawer.get_by_role("button")).to_have_count(1)
    for path in ("sessions/add", "sessions/renew", "sessions/bind", "sessions/label", "lists/sessions"):
        sent = "SW.send(p, {session: '3', label: 'x', text: 'x', cookies: 'ds_user_id=1; sessionid=1', reason: 'x'})"
        told = await page.evaluate(f"(p) => {sent}.catch(e => e.message)", f"/data/settings/{path}")
        assert "takes the role admin" in told, path
    assert {each.split()[0] for each in someone.problems.take()} == {"403:"}
