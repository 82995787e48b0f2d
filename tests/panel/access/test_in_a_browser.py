"""The forms in a real Chromium: without scripts, by the keyboard, in both colours, and within their policy."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]  # it comes without types
from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.panel.access.at_the_panel import PASSWORD, OpenPanel, open_panel, person
from tests.panel.browser.chromium import DESK, PHONE, Problems, chromium

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenPanel]:
    with open_panel(tmp_path_factory.mktemp("panel")) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as started:
        yield started


async def context(browser: Browser, panel: OpenPanel, **options: object) -> BrowserContext:
    return await browser.new_context(base_url=panel.url, **options)  # type: ignore[arg-type]


async def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    """By the keyboard alone."""
    if await page.locator("#name:focus").count():
        await page.keyboard.type(name)
        await page.keyboard.press("Tab")
    await page.keyboard.type(password)
    await page.keyboard.press("Enter")


async def test_the_first_admin_comes_in_by_the_link_and_is_told_what_is_wrong_on_the_way(
    browser: Browser, panel: OpenPanel
) -> None:
    at = await context(browser, panel)
    problems = Problems(at)
    page = await at.new_page()
    await page.goto(panel.link)
    await expect(page.get_by_role("heading", name="Welcome")).to_be_visible()
    await expect(page.get_by_label("Name")).to_have_value("admin")
    # What the browser itself would stop is sent all the same, as another program would.
    await page.evaluate("document.querySelector('form').noValidate = true")
    await page.get_by_label("Password").fill("short")
    await page.get_by_role("button").click()
    await expect(page.get_by_role("alert")).to_have_text("password: at least 10 characters, this one has 5")
    assert problems.take() == [f"400: POST {panel.link}"]
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("button").click()
    await expect(page.get_by_text("This is the page of admin.")).to_be_visible()
    assert problems.take() == []
    await at.close()


async def test_people_sign_in_without_scripts_and_by_the_keyboard(browser: Browser, panel: OpenPanel) -> None:
    async with person(panel, "ann"):
        pass
    at = await context(browser, panel, java_script_enabled=False)
    page = await at.new_page()
    await page.goto("/")
    assert page.url == f"{panel.url}/login"
    await sign_in(page, "ann", "not hers")
    await expect(page.get_by_role("alert")).to_have_text(
        "Name or password is wrong. 4 tries left before a 15 min pause."
    )
    await expect(page.get_by_label("Name")).to_have_value("ann")
    await sign_in(page, "ann")
    await page.wait_for_url(f"{panel.url}/")
    await at.close()


async def test_when_somebody_signs_out_the_other_pages_jump_to_the_form_and_back_to_where_they_were(
    browser: Browser, panel: OpenPanel
) -> None:
    async with person(panel, "bea"):
        pass
    at = await context(browser, panel)
    first, second = await at.new_page(), await at.new_page()
    await first.goto("/login?next=/%3Ftab%3Dtwo")
    await sign_in(first, "bea")
    await first.wait_for_url(f"{panel.url}/?tab=two")
    await second.goto("/")
    for page in (first, second):
        await expect(page.get_by_text("This is the page of bea.")).to_be_visible()
        await page.wait_for_function("() => window.socket && window.socket.connected")
    await second.evaluate("fetch('/logout', {method: 'POST', redirect: 'manual'})")
    for page in (first, second):
        await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert first.url == f"{panel.url}/login?next=/%3Ftab%3Dtwo"
    await sign_in(first, "bea")
    await first.wait_for_url(f"{panel.url}/?tab=two")
    await at.close()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
async def test_the_forms_can_be_read_by_everybody_and_keep_to_their_policy(
    browser: Browser, panel: OpenPanel, dark: bool, size: dict[str, int]
) -> None:
    at = await context(browser, panel, color_scheme="dark" if dark else "light", viewport=size)
    problems = Problems(at)
    page = await at.new_page()
    await page.goto("/login")
    await page.get_by_label("Name").fill("nobody")
    await page.get_by_label("Password").fill("wrong")
    await page.get_by_role("button").click()
    await expect(page.get_by_role("alert")).to_be_visible()
    found = await Axe().run(page)
    assert found.response["violations"] == [], found.generate_report()
    ground = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == ("rgb(12, 13, 16)" if dark else "rgb(250, 250, 250)")
    assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    told = problems.take()
    assert [line for line in told if not re.match(r"(401|429): POST", line)] == []
    await at.close()
