"""A hundred niches: whoever looks for one in a list finds it by typing, and a new one is never far."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from core.events import Events
from core.services.niches import Niches
from tests.panel.browser.batches_page import TESTER, act, open_to_tests
from tests.panel.browser.conftest import MakePerson
from tests.panel.browser.feed_page import notice
from tests.panel.browser.served import Served

HUNDRED = 100


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def niches(storywatch: Served) -> AsyncIterator[list[str]]:
    """A hundred of them, in the order of their numbers; gone again for those who come after."""
    word = uuid4().hex[:8]
    names = [f"{word} {number:03}" for number in range(HUNDRED)]
    async with open_to_tests(storywatch) as database:
        service = Niches(database, database.clock, Events())
        for name in names:
            await service.create(TESTER, name)
        yield names
        for name in names:
            await service.delete(TESTER, name, with_profiles=True)


def choice(page: Page, name: str) -> Locator:
    return page.get_by_role("combobox", name=name)


def offered(page: Page) -> Locator:
    """What an open list offers."""
    return page.get_by_role("option")


async def asked_where(person: MakePerson, storywatch: Served, niche: str) -> tuple[Page, str]:
    """A page that asks into which niche somebody of *niche* should move, and who that is."""
    username = f"n{uuid4().hex[:10]}"
    storywatch.terminal.run("profile", "add", username, "--niche", niche)
    page = await (await person("operator")).open(f"/feed?profile={username}")
    await page.get_by_role("complementary", name="Profile").get_by_role("button", name="More").click()
    await page.get_by_role("menuitem", name="Move to a niche").click()
    await choice(page, "Into niche").click()
    return page, username


async def test_a_niche_is_found_by_typing_a_part_of_its_name(
    person: MakePerson, storywatch: Served, niches: list[str]
) -> None:
    page, username = await asked_where(person, storywatch, niches[0])
    await expect(offered(page).first).to_have_text("New niche…")
    await page.keyboard.type(niches[-2].upper())
    await expect(offered(page)).to_have_text([niches[-2]])
    await page.keyboard.press("Escape")
    await choice(page, "Into niche").click()
    await page.keyboard.type(f"{niches[-1][-6:]}")
    await offered(page).filter(has_text=niches[-1]).click()
    # What was chosen makes room for what is typed next.
    await choice(page, "Into niche").click()
    await page.keyboard.type(niches[-3])
    await offered(page).filter(has_text=niches[-3]).click()
    await expect(choice(page, "Into niche")).to_have_value(niches[-3])
    await page.get_by_role("button", name="Move 1 profile").click()
    await expect(notice(page, f"@{username} moved to {niches[-3]}.")).to_be_visible()


async def test_a_name_that_no_niche_has_is_made_one(person: MakePerson, storywatch: Served, niches: list[str]) -> None:
    page, username = await asked_where(person, storywatch, niches[0])
    new = f"{niches[0]} new"
    await page.keyboard.type(new)
    await page.get_by_role("option", name="No niche is called that. New niche…").click()
    await expect(page.get_by_role("textbox", name="Name of the new niche")).to_have_value(new)
    await page.get_by_role("button", name="Move 1 profile").click()
    await expect(notice(page, f"@{username} moved to {new}.")).to_be_visible()
    storywatch.terminal.run("niche", "delete", new, "--with-profiles")


async def test_a_batch_is_made_of_the_niche_that_is_typed(
    person: MakePerson, storywatch: Served, niches: list[str]
) -> None:
    storywatch.terminal.run("profile", "add", f"n{uuid4().hex[:10]}", "--niche", niches[-1])
    page = await (await person("operator")).open("/batches")
    await act(page, "New batch").click()
    await choice(page, "Niche").click()
    await page.keyboard.type(niches[-1])
    await offered(page).filter(has_text=f"{niches[-1]} (1 profile)").click()
    await expect(page.get_by_role("button", name="Create and start (1)")).to_be_enabled()
    await choice(page, "Niche").click()
    await page.keyboard.type("nobody calls a niche that")
    await expect(page.get_by_text("No niche is called that.")).to_be_visible()
