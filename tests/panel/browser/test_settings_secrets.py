"""Cookies and passwords go into the settings and never come out: not in a page, an answer, a frame or a log."""

from __future__ import annotations

import re

from playwright.async_api import Locator, Page, Route, WebSocket, expect

from tests.panel.browser.conftest import MakePerson
from tests.panel.browser.served import Served
from tests.panel.browser.settings_pages import cookies, dialog, press, remove_all, row

PASSWORD, TOKEN, RENEWED = "pl4nted-password", "pl4ntedtoken", "pl4ntedagain"
PLANTED = (PASSWORD, TOKEN, RENEWED)
SECTIONS = ("proxies", "sessions", "canaries", "limits", "people", "appearance", "audit")


class Ear:
    """Everything that a page's socket says, and every answer about data."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    async def listen(self, page: Page) -> None:
        page.on("websocket", self._socket)
        # At once, because a browser forgets the answers of a page that it leaves.
        await page.route("**/data/**", self._answer)

    def _socket(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda data: self.heard.append(str(data)))
        socket.on("framesent", lambda data: self.heard.append(str(data)))

    async def _answer(self, route: Route) -> None:
        answer = await route.fetch()
        self.heard.append(await answer.text())
        await route.fulfill(response=answer)


def refused(page: Page) -> Locator:
    """What is said at a field of the open dialog."""
    return dialog(page).get_by_role("alert").filter(has_text=re.compile("."))


async def plant(page: Page) -> None:
    """Bring a proxy with a password and a session with cookies, wrong ones before."""
    await page.goto("/settings/proxies")
    await page.get_by_role("button", name="Add proxy").click()
    await dialog(page).get_by_label("Address").fill(f"ann:{PASSWORD}@203.0.113.77")
    await press(page, "Add proxy")
    await expect(refused(page)).to_contain_text("Its port is missing")
    await dialog(page).get_by_label("Address").fill(f"ann:{PASSWORD}@203.0.113.77:8080")
    await press(page, "Add proxy")
    await row(page, "Proxies", "203.0.113.77").wait_for()
    await page.get_by_role("button", name="Import list").click()
    await dialog(page).get_by_label("One proxy a line").fill(f"203.0.113.77:port:ann:{PASSWORD}\n203.0.113.78:80")
    await press(page, "Import proxies")
    await dialog(page).locator("tbody").wait_for()
    await press(page, "Close")
    await page.goto("/settings/sessions")
    await page.get_by_role("button", name="Add session").click()
    await dialog(page).get_by_label("Name").fill("planted")
    for text in (f"mid={TOKEN}", f"[{TOKEN}"):
        await dialog(page).get_by_label("Cookies", exact=True).fill(text)
        async with page.expect_response("**/sessions/add"):
            await press(page, "Add session")
        await expect(refused(page)).to_have_count(1)
    await dialog(page).get_by_label("Cookies", exact=True).fill(cookies(950, TOKEN))
    await press(page, "Add session")
    await row(page, "Sessions", "planted").wait_for()
    await page.get_by_role("button", name="Import list").click()
    await dialog(page).get_by_label("One Cookie header a line").fill(f"{cookies(950, RENEWED)}\nsessionid={TOKEN}")
    await press(page, "Import sessions")
    await dialog(page).locator("tbody").wait_for()
    await press(page, "Close")


async def test_nothing_of_what_was_planted_comes_out_again(person: MakePerson, storywatch: Served) -> None:
    someone = await person()
    page = await someone.context.new_page()
    ear = Ear()
    await ear.listen(page)
    await plant(page)
    seen = []
    for section in SECTIONS:
        await page.goto(f"/settings/{section}")
        await expect(page.locator(".settings-section:visible h1")).to_be_visible()
        await page.wait_for_function("() => window.socket && window.socket.connected")
        seen.append(await page.content())
    await page.goto("/settings/sessions?session=planted")
    await expect(page.get_by_role("complementary", name="Session")).to_contain_text("Was given new cookies")
    seen.append(await page.content())
    for name in ("proxies", "sessions"):
        exported = await page.request.get(f"/data/settings/{name}.csv")
        assert exported.ok
        seen.append(await exported.text())
    heard = [*seen, *ear.heard, storywatch.log]
    assert any("a•••@203.0.113.77" in each for each in ear.heard), "the ear hears"
    assert [(secret, each[:200]) for secret in PLANTED for each in heard if secret in each] == []
    assert {told.split()[0] for told in someone.problems.take()} == {"422:"}
    await _clear(page)


async def _clear(page: Page) -> None:
    for section, name, text in (("proxies", "Proxies", "203.0.113.7"), ("sessions", "Sessions", "planted")):
        await page.goto(f"/settings/{section}")
        await row(page, name, text).first.wait_for()
        await remove_all(page, name, text)
