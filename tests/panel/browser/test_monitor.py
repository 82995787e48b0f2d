"""The Monitor in a real browser: figures, spans with addresses, an outage explained, and how to see out of it."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from urllib.request import Request, urlopen

import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]  # it comes without types
from playwright.async_api import Browser, Locator, Page, expect

from tests.panel.browser.chromium import PHONE
from tests.panel.browser.conftest import MakePerson
from tests.panel.browser.served import CHECKED, Served, served

# A row of the failure table: an answer that nobody understands, for a while; some routes are left for a probe.
NOT_UNDERSTOOD = {"rows": [{"row": 31, "last": 6}]}


def part(page: Page, name: str) -> Locator:
    """What the browser fills."""
    return page.locator(f'[data-monitor="{name}"]')


async def choose(page: Page, span: str) -> None:
    await page.get_by_role("group", name="Time span").get_by_role("button", name=span).click()


async def test_the_first_batch_shows_in_figures_charts_and_tables(person: MakePerson) -> None:
    page = await (await person("viewer")).open("/monitor")
    await expect(part(page, "tile-success")).to_have_text(re.compile(r"^\d+(\.\d)?%$"))
    await expect(part(page, "detail-rate")).to_have_text(re.compile(r"^[\d,]+ in the last hour$"))
    await expect(part(page, "chart-rate")).to_have_attribute("aria-label", re.compile("Checks per second from .* to "))
    await expect(part(page, "chart-outcomes")).to_have_attribute("aria-label", re.compile(r"Live: [1-9]"))
    await expect(page.locator(".monitor-proxies .ag-center-cols-container .ag-row")).not_to_have_count(0)
    await expect(part(page, "calendar").locator("table caption")).to_contain_text("When stories of city walks begin")
    assert await part(page, "calendar").locator("tbody td").count() == 7 * 24
    await part(page, "niche").select_option("trail runners")
    await expect(page).to_have_url(re.compile("niche=trail\\+runners"))
    await expect(part(page, "calendar")).to_contain_text("trail runners")


async def test_a_chart_says_what_was_measured_to_mouse_and_keyboard(person: MakePerson) -> None:
    page = await (await person()).open("/monitor")
    chart = part(page, "chart-outcomes")
    await expect(chart.locator("svg")).to_be_visible()
    await chart.focus()
    await page.keyboard.press("ArrowLeft")
    await expect(chart.locator(".chart-tip")).to_contain_text("No story")
    said = re.compile(r"^\d\d:\d\d: Live [\d,]+, No story")
    await expect(chart).to_have_attribute("aria-label", said)
    # It is drawn anew, here because it is narrower; the person looks at the same bar.
    drawn = await chart.locator("svg").get_attribute("width")
    await page.set_viewport_size({"width": 1200, "height": 900})
    await expect(chart.locator("svg")).not_to_have_attribute("width", drawn or "")
    await expect(chart).to_have_attribute("aria-label", said)
    await page.get_by_role("heading", level=1, name="Monitor").hover()
    await part(page, "chart-rate").hover()
    await expect(part(page, "chart-rate").locator(".chart-tip")).to_contain_text("Checks per second")


async def test_spans_have_addresses_and_the_back_button_leads_back(person: MakePerson) -> None:
    page = await (await person()).open("/monitor?span=day")
    spans = page.get_by_role("group", name="Time span")
    await expect(spans.get_by_role("button", name="24 h")).to_have_attribute("aria-pressed", "true")
    await choose(page, "30 d")
    await expect(page).to_have_url(re.compile("span=month"))
    await expect(part(page, "detail-rate")).to_have_text(re.compile("in the last 30 days$"))
    await page.go_back()
    await expect(spans.get_by_role("button", name="24 h")).to_have_attribute("aria-pressed", "true")
    await expect(part(page, "detail-rate")).to_have_text(re.compile("in the last 24 h$"))


async def test_an_admin_copies_diagnostics_and_a_viewer_is_not_offered_them(person: MakePerson) -> None:
    someone = await person()
    await someone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = await someone.open("/monitor")
    await page.get_by_role("button", name="Copy diagnostics").click()
    await expect(page.locator(".q-notification")).to_contain_text("The diagnostics are copied")
    assert "storywatch" in await page.evaluate("navigator.clipboard.readText()")
    seen = await (await person("viewer")).open("/monitor")
    await expect(part(seen, "tile-success")).not_to_be_empty()
    await expect(seen.get_by_role("button", name="Copy diagnostics")).to_have_count(0)
    assert (await seen.request.get("/data/monitor/diagnostics")).status == 403


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_nothing_keeps_a_screen_reader_from_the_monitor(person: MakePerson, dark: bool) -> None:
    page = await (await person(dark=dark)).open("/monitor")
    await expect(part(page, "chart-machine").locator("svg")).to_be_visible()
    await expect(part(page, "calendar")).not_to_be_empty()
    found = (await Axe().run(page, context=".monitor")).response["violations"]
    assert [(each["id"], each["nodes"][0]["target"]) for each in found] == []


async def test_on_a_phone_the_monitor_does_not_scroll_sideways(person: MakePerson) -> None:
    page = await (await person(size=PHONE)).open("/monitor")
    await expect(part(page, "chart-rate").locator("svg")).to_be_visible()
    await expect(part(page, "calendar")).not_to_be_empty()
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


# -- an outage ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A Storywatch of its own, because what happens here would stop everybody's batches."""
    with served(tmp_path_factory.mktemp("alone")) as running:
        yield running


def set_faults(storywatch: Served, faults: Mapping[str, object]) -> None:
    """Have the pretend platform fail so from now on."""
    with sqlite3.connect(storywatch.terminal.database) as database:
        (url,) = database.execute("SELECT sandbox_url FROM engine_state").fetchone()
    with urlopen(Request(f"{url}/_sandbox/faults", json.dumps(faults).encode()), timeout=10) as answer:
        assert answer.status == 200


async def test_an_outage_is_explained_and_a_probe_ends_it(alone: Served, browser: Browser) -> None:
    # Pauses as long as those of a real platform, so that none ends by itself here.
    alone.terminal.run("limits", "set", "rest_scale=1")
    set_faults(alone, NOT_UNDERSTOOD)
    created = alone.terminal.run("batch", "create", "--niche", "city walks", "--recheck", "--json")
    alone.terminal.run("batch", "start", created.batch["id"])
    someone = await alone.person(browser)
    page = await someone.open("/monitor")
    banner = part(page, "pause")
    await expect(banner).to_contain_text("The platform refuses everybody (answer not understood)", timeout=CHECKED)
    await expect(banner).to_contain_text(re.compile(r"It began .*; the next probe comes in \d+:\d\d"))
    await expect(banner).to_contain_text("Proxies and sessions are not to blame")
    await expect(part(page, "detail-workers")).to_have_text("waiting for the probe")
    await expect(page.locator(".patterns .pattern-name").first).to_have_text(re.compile("^answer not understood · "))

    await banner.get_by_role("button", name="See a sample").click()
    drawer = page.get_by_role("complementary", name="Error pattern")
    await expect(drawer.locator("pre")).to_contain_text("HTTP 200")
    await expect(page).to_have_url(re.compile("pattern=trace-"))
    await page.keyboard.press("Escape")
    await expect(drawer).to_be_hidden()

    await page.get_by_role("button", name=re.compile("^answer not understood [1-9]")).click()
    await expect(page).to_have_url(re.compile("reason=wrong_shape"))

    await banner.get_by_role("button", name="Probe now").click()
    await expect(page.locator(".q-notification")).to_contain_text("The next question leaves as a probe now.")
    await expect(banner).to_be_hidden(timeout=CHECKED)
    await someone.close()
