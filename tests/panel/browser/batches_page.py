"""The table of batches as a person finds their way in it, and batches that tests work with."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

from playwright.async_api import Locator, Page

from core.clock import SystemClock
from core.domain.actor import Actor, Role
from core.storage.database import Database, open_database
from tests.acceptance.terminal import eventually
from tests.panel.browser.served import Served

# A niche that a first start brings.
NICHE = "city walks"
TESTER = Actor("panel:tester", Role.OPERATOR)


def unique(word: str) -> str:
    """A name that no other test uses."""
    return f"{word} {uuid4().hex[:6]}"


def create(storywatch: Served, name: str) -> str:
    """A batch of a niche of the pretend platform, ready to be started; its id."""
    created = storywatch.terminal.run("batch", "create", "--niche", NICHE, "--name", name, "--recheck", "--json")
    batch_id: str = created.batch["id"]
    return batch_id


def let_all_end(storywatch: Served) -> None:
    """Wait until no batch is under way or in line, of whatever test."""

    def nobody_waits() -> bool:
        listed = storywatch.terminal.run("batch", "list", "--count", "100", "--json").records
        batches = [record["batch"] for record in listed if "batch" in record]
        return all(batch["status"] == "done" or batch["requested_at"] is None for batch in batches)

    eventually(nobody_waits, "no batch is under way or in line")


@asynccontextmanager
async def open_to_tests(storywatch: Served) -> AsyncIterator[Database]:
    """The database of the running Storywatch, for what only an engine does."""
    async with open_database(storywatch.terminal.database, clock=SystemClock()) as database:
        yield database


def row(page: Page, name: str) -> Locator:
    """The row of a batch, without the pinned part."""
    return page.locator(".batches .ag-center-cols-container .ag-row", has=page.get_by_text(name, exact=True))


async def pick(page: Page, *names: str) -> None:
    """Select these batches and no others, as a person does with the mouse."""
    for number, name in enumerate(names):
        modifiers = ["ControlOrMeta"] if number else []
        cell = row(page, name).locator("[col-id=progress]")
        await cell.click(modifiers=modifiers)  # type: ignore[arg-type]


async def names_in_order(page: Page) -> list[str]:
    """The names of the rows in view, from the top."""
    script = """() => [...document.querySelectorAll(".batches .ag-center-cols-container .ag-row")]
        .sort((a, b) => a.getAttribute("row-index") - b.getAttribute("row-index"))
        .map((row) => row.querySelector("[col-id=name]").textContent)"""
    found: list[str] = await page.evaluate(script)
    return found


def act(page: Page, name: str) -> Locator:
    """A button of the table's toolbar."""
    return page.locator(".batches .toolbar").get_by_role("button", name=name, exact=True)


def notice(page: Page, text: str) -> Locator:
    """A notice at the foot of the page."""
    return page.locator(".q-notification", has_text=text)
