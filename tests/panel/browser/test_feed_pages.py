"""How rows of the feed change places for others: the browser asks for them once, and draws them when they come."""

from __future__ import annotations

import asyncio
import re

import pytest
from playwright.async_api import Page, Route, expect

from tests.panel.browser.conftest import MakePerson
from tests.panel.browser.feed_page import OwnNiche, cell, expect_range
from tests.panel.browser.served import Served

COUNT = 130


class Held:
    """Requests for rows of one page that wait until they are let go; the others go through."""

    def __init__(self) -> None:
        self.asked = 0
        self._open = asyncio.Event()

    async def begin(self, page: Page) -> None:
        """From now on."""
        await page.route("**/data/profiles?*", self._wait)

    def let_go(self) -> None:
        """Answer them, and those to come."""
        self._open.set()

    async def _wait(self, route: Route) -> None:
        self.asked += 1
        await self._open.wait()
        await route.continue_()


@pytest.fixture(scope="module")
def niche(storywatch: Served) -> OwnNiche:
    """Two pages of profiles, the first one of them paused."""
    own = OwnNiche(storywatch, COUNT)
    storywatch.terminal.run("profile", "pause", own.username(0))
    return own


async def _shown(person: MakePerson, niche: OwnNiche) -> Page:
    page = await (await person("viewer")).open()
    await niche.open(page)
    await expect_range(page, f"1–100 of {COUNT}")
    await expect(cell(page, 0, "username")).to_have_text(f"@{niche.username(0)}")
    await expect(page.locator(".feed .ag-center-cols-container .skeleton")).to_have_count(0)
    return page


async def test_pages_turn_while_the_server_hears_nothing_of_it(person: MakePerson, niche: OwnNiche) -> None:
    page = await _shown(person, niche)
    sent: list[str] = []
    await page.evaluate("() => { window.socket.sendBuffer = []; window.socket.io.engine.write = () => {}; }")
    page.on("request", lambda request: sent.append(request.url))
    await page.get_by_role("button", name="Next page").click()
    await expect(cell(page, 100, "username")).to_have_text(f"@{niche.username(100)}")
    assert [url.partition("?")[2] for url in sent if "/data/profiles?" in url] == [
        f"niche={page.url.rpartition('/')[2]}&offset=100&count=100"
    ]


async def test_a_page_stays_until_the_rows_of_the_next_have_come_and_for_a_moment_at_most(
    person: MakePerson, niche: OwnNiche
) -> None:
    page, held = await _shown(person, niche), Held()
    await held.begin(page)
    seen = page.evaluate(
        """async () => {
          const table = document.querySelector(".feed .ag-center-cols-container");
          const whole = () => table.querySelector(".ag-row") && !table.querySelector(".skeleton");
          document.querySelector('[aria-label="Next page"]').click();
          await new Promise((later) => setTimeout(later));
          return whole();
        }"""
    )
    assert await seen
    await expect(page.locator('.feed .ag-row[row-index="100"] [col-id="username"] .skeleton')).to_be_visible()
    held.let_go()
    await expect(cell(page, 100, "username")).to_have_text(f"@{niche.username(100)}")
    await expect_range(page, f"101–{COUNT} of {COUNT}")


async def test_two_presses_turn_two_pages_although_no_rows_have_come(person: MakePerson, niche: OwnNiche) -> None:
    page, held = await _shown(person, niche), Held()
    await page.get_by_role("button", name="100 a page").click()
    await page.get_by_role("menuitem", name="25 a page").click()
    await expect_range(page, f"1–25 of {COUNT}")
    await page.get_by_role("button", name="Last page").click()
    await expect_range(page, f"126–{COUNT} of {COUNT}")
    await held.begin(page)
    previous = page.get_by_role("button", name="Previous page")
    await previous.click()
    await previous.click()
    held.let_go()
    await expect_range(page, f"76–100 of {COUNT}")
    await expect(cell(page, 75, "username")).to_have_text(f"@{niche.username(75)}")


async def test_rows_stay_until_those_in_another_order_have_come_which_are_asked_for_once(
    person: MakePerson, niche: OwnNiche
) -> None:
    page, held = await _shown(person, niche), Held()
    await held.begin(page)
    await page.locator('.feed .ag-header-cell[col-id="status"]').click()
    await page.wait_for_url(re.compile(r"\?sort=status$"))
    await expect(cell(page, 0, "username")).to_have_text(f"@{niche.username(0)}")
    assert await page.locator(".feed .skeleton").count() == 0
    held.let_go()
    await expect(cell(page, 0, "username")).to_have_text(f"@{niche.username(1)}")
    assert held.asked == 1


async def test_a_head_is_pressed_by_the_enter_key_too_and_twice_before_rows_have_come(
    person: MakePerson, niche: OwnNiche
) -> None:
    page, held = await _shown(person, niche), Held()
    await held.begin(page)
    head = page.locator('.feed .ag-header-cell[col-id="status"]')
    await head.press("Enter")
    await page.wait_for_url(re.compile(r"\?sort=status$"))
    await head.press("Enter")
    await page.wait_for_url(re.compile(r"\?sort=-status$"))
    held.let_go()
    await expect(head).to_have_attribute("aria-sort", "descending")
    await expect(cell(page, 0, "username")).to_have_text(f"@{niche.username(0)}")
    await expect(cell(page, 1, "username")).to_have_text(f"@{niche.username(129)}")


async def test_another_order_changes_nothing_else_of_the_page(person: MakePerson, niche: OwnNiche) -> None:
    viewer = await person("viewer")
    page = await viewer.context.new_page()
    frames: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: frames.append(str(data))))
    await page.goto("/feed")
    await niche.open(page)
    await expect_range(page, f"1–100 of {COUNT}")
    frames.clear()
    await page.locator('.feed .ag-header-cell[col-id="status"]').click()
    await page.wait_for_url(re.compile(r"\?sort=status$"))
    await expect(cell(page, 0, "username")).to_have_text(f"@{niche.username(1)}")
    assert [frame for frame in frames if "aria-current" in frame] == []
