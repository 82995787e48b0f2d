"""The first minutes on a real platform: an empty feed that says what to do, and notices what was done."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.panel.browser.served import Person, Served, served


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A Storywatch without any profile, on a platform that it never speaks with, because nothing is checked."""
    with served(tmp_path_factory.mktemp("empty"), platform="instagram", platform_url="http://127.0.0.1:9") as running:
        yield running


async def opened(empty: Served, browser: Browser, role: str) -> tuple[Person, Page]:
    someone = await empty.person(browser, role)
    return someone, await someone.open("/feed")


def step(page: Page, title: str) -> Locator:
    return page.get_by_role("listitem").filter(has_text=title)


async def test_an_admin_is_led_from_step_to_step_and_each_shows_by_itself_when_it_is_done(
    empty: Served, browser: Browser
) -> None:
    someone, page = await opened(empty, browser, "admin")
    await expect(page.get_by_role("heading", name="See who has a live story")).to_be_visible()
    await expect(page.get_by_text("0 of 5 steps are done.")).to_be_visible()
    await expect(page.get_by_text("STORYWATCH_PLATFORM=sandbox")).to_be_visible()
    await expect(step(page, "Add proxies").locator(".primary")).to_be_visible()
    empty.terminal.run("proxy", "import", empty.terminal.written("proxies.txt", "10.0.0.1:80"))
    await expect(page.get_by_text("1 of 5 steps are done.")).to_be_visible()
    await expect(step(page, "Add proxies")).to_contain_text("1 added.")
    await step(page, "Add sessions").get_by_role("button", name="Add sessions").click()
    await expect(page).to_have_url(re.compile(r"/settings/sessions"))
    await page.go_back()
    empty.terminal.run("canary", "add", "nasa")
    await expect(step(page, "Name a few canaries")).to_contain_text("1 named;")
    await step(page, "Import a list").get_by_role("button").click()
    await expect(page.get_by_role("dialog", name="Import profiles")).to_be_visible()
    await someone.close()


async def test_a_viewer_sees_what_is_missing_and_has_no_buttons(empty: Served, browser: Browser) -> None:
    someone, page = await opened(empty, browser, "viewer")
    await expect(step(page, "Import a list")).to_be_visible()
    await expect(page.locator(".first-run").get_by_role("button")).to_have_count(0)
    await someone.close()


async def test_the_first_list_makes_its_niche_and_brings_the_table(empty: Served, browser: Browser) -> None:
    someone, page = await opened(empty, browser, "operator")
    await step(page, "Import a list").get_by_role("button", name="Import a list").click()
    dialog = page.get_by_role("dialog", name="Import profiles")
    await dialog.locator("input.import-file").set_input_files(
        {"name": "first.txt", "mimeType": "text/plain", "buffer": b"ann\nbob\n"}
    )
    await dialog.get_by_role("textbox", name="Name of the new niche").fill("food")
    await dialog.get_by_role("button", name="Import 2 profiles").click()
    await expect(dialog.get_by_role("heading", name="2 profiles added to food")).to_be_visible()
    await dialog.get_by_role("button", name="Close").last.click()
    await expect(page.get_by_text("@ann", exact=True)).to_be_visible()
    await expect(page.get_by_role("heading", name="See who has a live story")).to_be_hidden()
    # Whoever comes first next finds nobody again.
    empty.terminal.run("niche", "delete", "food", "--with-profiles")
    await expect(page.get_by_role("heading", name="See who has a live story")).to_be_visible()
    await someone.close()
