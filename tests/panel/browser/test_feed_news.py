"""What changes of the rows in view of the feed is seen although a request for it fails."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, Route, expect

from tests.panel.browser.conftest import MakePerson
from tests.panel.browser.feed_page import OwnNiche, expect_range, link
from tests.panel.browser.served import Person, Served

ROWS, NEWS = "**/data/profiles?*", "**/data/profiles/changed"
COUNT = 5


@pytest.fixture
def niche(storywatch: Served) -> OwnNiche:
    """Five profiles."""
    return OwnNiche(storywatch, COUNT)


async def _shown(person: MakePerson, niche: OwnNiche) -> tuple[Person, Page]:
    someone = await person("viewer")
    page = await someone.open()
    await niche.open(page)
    await expect(link(page, niche.username(COUNT - 1))).to_be_visible()
    await expect_range(page, f"1–{COUNT} of {COUNT}")
    return someone, page


async def _lost(route: Route) -> None:
    await route.abort()


@pytest.mark.parametrize("lost", [ROWS, NEWS], ids=["rows", "news"])
async def test_a_profile_that_was_moved_leaves_the_list_also_when_a_request_for_it_fails(
    person: MakePerson, niche: OwnNiche, lost: str
) -> None:
    other = OwnNiche(niche.storywatch)
    someone, page = await _shown(person, niche)
    await page.route(lost, _lost, times=1)
    async with page.expect_event("requestfailed"):
        niche.storywatch.terminal.run("profile", "move", niche.username(0), "--to", other.name)
    await expect(link(page, niche.username(0))).to_have_count(0)
    await expect_range(page, f"1–{COUNT - 1} of {COUNT - 1}")
    await expect(link(page, niche.username(1))).to_be_visible()
    someone.problems.take()
