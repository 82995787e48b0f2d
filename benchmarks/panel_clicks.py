"""A person at the Niche Feed in a real Chromium: what they do, and how long it takes until they see it.

The time runs in the page, from the act to the second frame after all rows of what was asked for are drawn; without a
graphics card drawing itself is some 60 to 130 ms of it.
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from playwright.async_api import Browser, Page, async_playwright

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
_PASSWORD = "correct horse battery"

_WATCH = """
window.bench = {
  rows: () => [...document.querySelectorAll(".feed .ag-center-cols-container .ag-row")]
    .sort((one, other) => one.getAttribute("row-index") - other.getAttribute("row-index")),
  seen: () => { const rows = bench.rows(); return rows.length ? rows[0].innerText + rows.at(-1).innerText : ""; },
  drawn: () => bench.rows().length > 0 && !document.querySelector(".feed .ag-center-cols-container .skeleton"),
  table: () => getElement(Number(document.querySelector(".feed .grid-box").id.slice(1))).api,
  async until(act, holds) {
    const before = bench.seen(), began = performance.now();
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    const done = holds || (() => bench.drawn() && bench.seen() !== before);
    act();
    for (let frames = 0; frames < 1200; frames++) {
      await frame();
      if (done()) { await frame(); return performance.now() - began; }
    }
    throw new Error("nothing came of it");
  },
};
"""


@dataclass(frozen=True, slots=True)
class Act:
    """Something that a person does.

    Args:
        script: In the page.
        address: Where they are before.
    """

    script: str
    address: str = "/feed"


def _head(column: str, address: str = "/feed") -> Act:
    return Act(f"document.querySelector('.feed [col-id={column}] .ag-header-cell-label').click()", address)


def _typed(text: str) -> str:
    return f"""
      const field = document.querySelector(".feed .search input");
      field.focus(); field.value = "{text}"; field.dispatchEvent(new Event("input", {{ bubbles: true }}))"""


ACTS: Mapping[str, Act] = {
    "next page": Act("document.querySelector('[aria-label=\"Next page\"]').click()"),
    "a page in the middle": Act("bench.table().paginationGoToPage(bench.table().paginationGetTotalPages() >> 1)"),
    "last page": Act("document.querySelector('[aria-label=\"Last page\"]').click()"),
    "by the last check": _head("last_checked_at"),
    "by story": _head("story"),
    "by checks": _head("checks_total"),
    "by seen live": _head("detection_ppm"),
    "by niche": _head("niche"),
    "a niche": Act("document.querySelectorAll('a.niche')[0].click()"),
    "a niche by checks": _head("checks_total", "/feed/1"),
    "those live now": Act("document.querySelectorAll('a.side-link')[1].click()"),
    "live, checked in 24 h, of a niche": Act("emitEvent('place', '/feed/1?story=live&checked=24h')"),
    "search": Act(_typed("ma")),
}


@asynccontextmanager
async def person(link: str) -> AsyncIterator[Page]:
    """A page of somebody who signs in by *link* and looks at the feed."""
    async with async_playwright() as playwright:
        program = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
        assert program is not None, "Chromium is not installed; on Debian: apt-get install chromium"
        browser: Browser = await playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)
        try:
            base = link.partition("/welcome/")[0]
            context = await browser.new_context(base_url=base, viewport={"width": 1440, "height": 900})
            page = await context.new_page()
            await page.goto(link)
            await page.fill("input[name=name]", "bench")
            for field in await page.locator("input[type=password]").all():
                await field.fill(_PASSWORD)
            await page.click("button[type=submit]")
            await page.wait_for_url("**/feed*")
            yield page
        finally:
            await browser.close()


async def timed(page: Page, act: Act) -> float:
    """How many milliseconds pass until a person sees what *act* does."""
    await _at(page, act.address)
    took: float = await page.evaluate(f"() => bench.until(() => {{ {act.script} }})")
    return took


async def timed_range(page: Page, pages: int) -> float:
    """The same for a range that ends *pages* pages further on, over rows that were never loaded."""
    await _at(page, "/feed")
    cell = "document.querySelector('.feed .ag-center-cols-container .ag-row[row-index=\"{}\"] [col-id=story]')"
    await page.evaluate(f"() => {cell.format(0)}.click()")
    await page.evaluate(f"() => bench.until(() => bench.table().paginationGoToPage({pages}))")
    first = await page.evaluate("() => Number(bench.rows()[0].getAttribute('row-index'))")
    click = f"{cell.format(first)}.dispatchEvent(new MouseEvent('click', {{ bubbles: true, shiftKey: true }}))"
    chosen = "() => bench.rows()[0].getAttribute('aria-selected') === 'true'"
    took: float = await page.evaluate(f"() => bench.until(() => {{ {click} }}, {chosen})")
    selected = await page.evaluate("() => SWFeed.selection.count")
    assert selected == first + 1, f"{selected} are selected, not {first + 1}"
    return took


async def turning(page: Page, times: int) -> list[float]:
    """How long each of *times* turns of the page takes, one after the other."""
    await _at(page, "/feed")
    script = ACTS["next page"].script
    return [await page.evaluate(f"() => bench.until(() => {{ {script} }})") for _ in range(times)]


async def _at(page: Page, address: str) -> None:
    await page.goto(address)
    await page.wait_for_selector(".feed .ag-center-cols-container .ag-row a")
    await page.wait_for_function("() => window.socket && window.socket.connected")
    await page.evaluate(_WATCH)
    # What a page asks besides its rows a moment later is part of nobody's click.
    await page.wait_for_timeout(900)
