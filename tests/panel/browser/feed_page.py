"""The Niche Feed as a person finds their way in it, and niches of a test's own with profiles in them."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from playwright.async_api import Locator, Page, expect

from tests.panel.browser.served import Served

# What the last and each part of a large list is told in, for tests that are not about time.
MANY = 650


class OwnNiche:
    """A niche that no other test uses, with *count* profiles that sort by their numbers."""

    def __init__(self, storywatch: Served, count: int = 0) -> None:
        self.storywatch = storywatch
        self.name = f"niche {uuid4().hex[:8]}"
        self.prefix = f"q{uuid4().hex[:6]}."
        storywatch.terminal.run("niche", "create", self.name)
        if count:
            self.add(range(count))

    def username(self, number: int) -> str:
        """The profile of this number."""
        return f"{self.prefix}{number:04}"

    def add(self, numbers: range) -> None:
        """Import the profiles of these numbers."""
        names = "\n".join(map(self.username, numbers))
        file = self.storywatch.terminal.written(f"{uuid4().hex}.txt", names)
        self.storywatch.terminal.run("import", file, "--niche", self.name)

    def listed(self) -> dict[str, dict[str, Any]]:
        """What is stored of its profiles, by username."""
        found = self.storywatch.terminal.run("profile", "list", "--niche", self.name, "--json")
        return {record["username"]: record for record in found.records}

    async def open(self, page: Page) -> None:
        """Choose it in the list beside the table, and wait for its rows."""
        await page.locator(".niche", has_text=self.name).click()
        await expect(page.get_by_role("heading", level=1, name=self.name)).to_be_visible()
        await page.wait_for_url(re.compile(r"/feed/\d+"))


def cell(page: Page, index: int, column: str = "story") -> Locator:
    """A cell of the row at a position, which is in view; once it is somebody's, because nobody else can be chosen."""
    row = f'.feed .ag-center-cols-container .ag-row[row-index="{index}"]:has(a.cell-name)'
    return page.locator(f'{row} [col-id="{column}"]')


def box(page: Page, index: int) -> Locator:
    """Where a row is ticked."""
    return page.locator(f'.feed .ag-row[row-index="{index}"] [col-id="ag-Grid-SelectionColumn"]')


def link(page: Page, username: str) -> Locator:
    """The link to a profile, in its row."""
    return page.locator(".feed .ag-row").get_by_text(f"@{username}", exact=True)


def selected_rows(page: Page) -> Locator:
    """Rows in view that are selected."""
    return page.locator('.feed .ag-center-cols-container .ag-row[aria-selected="true"]')


def check_button(page: Page) -> Locator:
    """The button that checks, whose label counts."""
    return page.locator(".feed-toolbar").get_by_role("button", name=re.compile(r"^Check selected profiles"))


async def expect_selected(page: Page, count: int) -> None:
    """The page says that so many are selected, at the foot and on the button."""
    await expect(page.locator(".feed-selected").get_by_text(f"{count:,} selected")).to_be_visible()
    await expect(check_button(page)).to_have_text(f"Check selected profiles ({count:,})")


async def expect_range(page: Page, text: str) -> None:
    """The page says which rows it shows."""
    await expect(page.locator(".feed-pages").get_by_text(text, exact=True)).to_be_visible()


async def more(page: Page, item: str) -> None:
    """Choose from the menu of acts."""
    await page.locator(".feed-toolbar").get_by_role("button", name="More for the selected profiles").click()
    await page.get_by_role("menuitem", name=item, exact=True).click()
    # One that is still closing would take the next press of its button for its own.
    await expect(page.get_by_role("menuitem", name=item, exact=True)).to_be_hidden()


async def choose_niche(page: Page, called: str, niche: str) -> None:
    """Choose a niche in the list that is *called* so, as one does where there are many."""
    await open_list(page, called)
    await page.get_by_role("combobox", name=called).press_sequentially(niche)
    await page.get_by_role("option", name=niche, exact=True).click()


async def open_list(page: Page, called: str) -> None:
    """Open the list that is *called* so."""
    await page.get_by_role("combobox", name=called).click()
    await expect(page.get_by_role("option").first).to_be_visible()


def notice(page: Page, text: str) -> Locator:
    """A notice at the foot of the page."""
    return page.locator(".q-notification", has_text=text)
