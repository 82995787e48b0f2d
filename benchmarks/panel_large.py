"""What two large acts of one person in the panel cost another: a batch of everybody, and a list of 50 MB.

The other person asks for a page of rows again and again, from outside the browser, so that what is measured is how
long the panel lets them wait and not how long Chromium draws.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
from aiohttp import ClientSession
from playwright.async_api import Page, expect

from benchmarks.imports import write_names
from benchmarks.table import Line, percentile, say
from core.tasks import spawn

MOST_WAIT_MS = 250.0
MOST_WAIT_IN_IMPORT_MS = 300.0
MOST_TO_BATCH = 10.0
MOST_MEMORY_MB = 250.0
_PAUSE = 0.03
_PATIENCE = 300_000
_ROWS = "/data/profiles?sort=-last_checked_at&offset=100&count=50"


class Neighbour:
    """Somebody else with the panel open: how long each of their requests took, in milliseconds."""

    def __init__(self) -> None:
        self.took: list[float] = []

    @property
    def longest(self) -> float:
        """The longest wait."""
        return max(self.took)

    async def look(self, session: ClientSession, url: str) -> None:
        """Ask for rows until cancelled."""
        while True:
            began = time.perf_counter()
            async with session.get(url) as answer:
                assert answer.status == 200, await answer.text()
                await answer.read()
            self.took.append((time.perf_counter() - began) * 1_000)
            await asyncio.sleep(_PAUSE)


@asynccontextmanager
async def neighbour(page: Page) -> AsyncIterator[Neighbour]:
    """Somebody who looks at rows while the block runs."""
    base = page.url.partition("/feed")[0]
    cookies = {each["name"]: each["value"] for each in await page.context.cookies()}
    somebody = Neighbour()
    async with ClientSession(cookies=cookies) as session:
        looking = spawn(somebody.look(session, base + _ROWS), name="somebody else")
        try:
            yield somebody
            if looking.done():
                looking.result()
        finally:
            looking.cancel()
            await asyncio.gather(looking, return_exceptions=True)


async def everybody_in_a_batch(page: Page, size: int) -> list[Line]:
    """All that match are selected and become a batch, while somebody else looks at rows."""
    await page.goto("/feed")
    # The pretend platform brought some more.
    every = page.get_by_role("button", name=re.compile(r"Select all [\d,]+"))
    async with neighbour(page) as alone:
        await expect(every).to_be_visible(timeout=30_000)
        await asyncio.sleep(2)
    async with neighbour(page) as beside:
        began = time.perf_counter()
        await every.click()
        await page.get_by_role("button", name="Create only").click()
        await page.wait_for_url(re.compile(r"/batches\?highlight="), timeout=_PATIENCE)
        seconds = time.perf_counter() - began
    say(f"  {len(beside.took)} looks of somebody else meanwhile")
    return [
        Line(
            f"select all {size:,}, create a batch: from the click to the batch",
            f"{seconds:.1f} s",
            target=f"≤ {MOST_TO_BATCH:.0f} s",
            met=seconds <= MOST_TO_BATCH,
        ),
        _waits(beside, alone, MOST_WAIT_MS),
    ]


async def large_list(page: Page, folder: Path, panel: int, *, quick: bool) -> list[Line]:
    """A list of 50 MB is sent, previewed and imported, while somebody else looks at rows.

    Args:
        panel: Process id of the panel.
    """
    file = folder / "large.txt"
    write_names(file, size=5_000_000 if quick else 50_000_000)
    await page.goto("/feed")
    process = psutil.Process(panel)
    async with neighbour(page) as alone:
        await asyncio.sleep(2)
    before, most = _own(process), 0

    async def watch() -> None:
        nonlocal most
        while True:
            most = max(most, _own(process))
            await asyncio.sleep(0.02)

    watching = spawn(watch(), name="watch memory")
    async with neighbour(page) as beside:
        began = time.perf_counter()
        lines = await _imported(page, file)
        seconds = time.perf_counter() - began
    watching.cancel()
    grown = (most - before) / 1e6
    size = f"{file.stat().st_size / 1e6:.0f} MB"
    return [
        Line(f"a list of {size} in the browser: sent, previewed and imported ({lines})", f"{seconds:.1f} s"),
        _waits(beside, alone, MOST_WAIT_IN_IMPORT_MS),
        Line("  memory over what it was", f"{grown:.0f} MB", target=f"≤ {MOST_MEMORY_MB:.0f} MB", met=grown <= 250),
    ]


def _own(process: psutil.Process) -> int:
    """Bytes of memory that are the process's own: pages of the database's file that are mapped are the system's."""
    memory = process.memory_info()
    return int(memory.rss - memory.shared)


async def _imported(page: Page, file: Path) -> str:
    await page.get_by_role("button", name="Import profiles").first.click()
    dialog = page.get_by_role("dialog", name="Import profiles")
    await dialog.locator("input.import-file").set_input_files(file)
    confirm = dialog.get_by_role("button", name=re.compile(r"Import [\d,]+ profiles"))
    await dialog.get_by_role("combobox", name="Into niche").click(timeout=_PATIENCE)
    await page.get_by_role("option", name="New niche…").click()
    await dialog.get_by_role("textbox", name="Name of the new niche").fill("a large list")
    await expect(confirm).to_be_enabled(timeout=_PATIENCE)
    await confirm.click()
    done = dialog.get_by_role("heading", name=re.compile(r"profiles added to"))
    await expect(done).to_be_visible(timeout=_PATIENCE)
    return (await done.inner_text()).partition(" added")[0]


def _waits(beside: Neighbour, alone: Neighbour, most: float) -> Line:
    return Line(
        "  longest wait of somebody else for rows meanwhile",
        f"{beside.longest:.0f} ms (median {percentile(beside.took, 0.5):.0f}, p99 {percentile(beside.took, 0.99):.0f})",
        f"{alone.longest:.0f} ms (median {percentile(alone.took, 0.5):.0f}) alone",
        target=f"≤ {most:.0f} ms",
        met=beside.longest <= most,
    )
