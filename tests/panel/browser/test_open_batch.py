"""One open batch in a real browser: what it found, why checks are unknown, and what can be done about it."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Locator, Page, expect

from core.domain.limits import Limits
from core.events import Events
from core.services.batches import Batches
from tests.integration.services.batch_rows import settle
from tests.panel.browser.batches_page import TESTER, create, notice, open_to_tests, row, unique
from tests.panel.browser.conftest import MakePerson
from tests.panel.browser.served import CHECKED, Served


async def half_done(storywatch: Served, name: str) -> str:
    """A batch with three live ones and two unknown, the others pending; its id."""
    batch_id = create(storywatch, name)
    await verdicts(storywatch, batch_id, 3, "live")
    await verdicts(storywatch, batch_id, 2, "unknown", "rate_limited")
    return batch_id


async def verdicts(storywatch: Served, batch_id: str, count: int, outcome: str, reason: str = "ok") -> list[str]:
    """Give *count* pending checks a verdict, as the engine's recorder does; whose they are."""
    async with open_to_tests(storywatch) as database:
        batch = await Batches(database, database.clock, Events(), Limits.sandbox()).show(TESTER, batch_id)
        pending = await database.fetch(
            "SELECT profile_id FROM checks WHERE batch_id = ? AND state = 'pending' ORDER BY id LIMIT ?",
            batch_id,
            count,
        )
        names = [each["profile_id"] for each in pending]
        await settle(database, batch, dict.fromkeys(names, outcome), reason)
        return names


def found(page: Page) -> Locator:
    """The rows of results in view."""
    return page.locator(".batch-results .ag-center-cols-container .ag-row")


async def test_it_shows_counters_results_and_reasons_and_filters_by_each(
    person: MakePerson, storywatch: Served
) -> None:
    name = unique("open")
    batch_id = await half_done(storywatch, name)
    page = await (await person("operator")).open(f"/batches/{batch_id}")
    await expect(page.get_by_role("heading", name=name)).to_be_visible()
    await expect(page.locator(".batch-figure")).to_have_text("5")
    await expect(page.get_by_text("60.0 % success rate")).to_be_visible()
    await expect(found(page)).to_have_count(5)
    verdict = page.get_by_role("group", name="Verdict")
    await verdict.get_by_role("button", name="Live").click()
    await expect(found(page)).to_have_count(3)
    await expect(page).to_have_url(re.compile(r"\?outcome=live$"))
    await page.get_by_role("button", name=re.compile("^rate limited")).click()
    await expect(found(page)).to_have_count(2)
    await expect(found(page).first).to_contain_text("Unknownrate limited")
    await page.reload()
    await expect(found(page)).to_have_count(2)
    await page.get_by_role("button", name="Show all reasons").click()
    await verdict.get_by_role("button", name="All").click()
    await expect(found(page)).to_have_count(5)
    someone = await found(page).first.get_by_role("link").inner_text()
    await page.get_by_label("Search results by username").fill(someone)
    await expect(found(page)).to_have_count(1)


async def test_what_the_table_shows_is_copied(person: MakePerson, storywatch: Served) -> None:
    batch_id = create(storywatch, unique("copied"))
    live = await verdicts(storywatch, batch_id, 3, "live")
    await verdicts(storywatch, batch_id, 2, "none")
    someone = await person("viewer")
    await someone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = await someone.open(f"/batches/{batch_id}?outcome=live")
    await expect(found(page)).to_have_count(3)
    await page.get_by_role("button", name="Copy usernames").click()
    await expect(notice(page, "3 usernames copied.")).to_be_visible()
    copied = await page.evaluate("navigator.clipboard.readText()")
    assert sorted(copied.splitlines()) == sorted(live)


async def test_new_results_appear_at_the_top_and_are_announced_to_who_looks_further_down(
    person: MakePerson, storywatch: Served
) -> None:
    batch_id = create(storywatch, unique("growing"))
    await verdicts(storywatch, batch_id, 60, "none")
    page = await (await person("viewer")).open(f"/batches/{batch_id}")
    await expect(found(page).first).to_be_visible()
    (newest,) = await verdicts(storywatch, batch_id, 1, "live")
    await expect(found(page).first).to_contain_text(f"@{newest}")
    await page.locator(".batch-results .ag-body-viewport").evaluate("(box) => { box.scrollTop = 900; }")
    # By its place in the table: how many rows are drawn beyond those in view is up to the grid.
    in_view = page.locator('.batch-results .ag-center-cols-container .ag-row[row-index="30"]')
    await expect(in_view.get_by_role("link")).to_be_in_viewport()
    before = await in_view.inner_text()
    (newer,) = await verdicts(storywatch, batch_id, 1, "live")
    await expect(page.get_by_role("button", name="Show 1 newer")).to_be_visible()
    await expect(in_view).to_be_in_viewport()
    assert await in_view.inner_text() == before
    await page.get_by_role("button", name="Show 1 newer").click()
    await expect(page.get_by_text(f"@{newer}", exact=True)).to_be_visible()


async def test_what_is_unknown_is_tried_again_in_a_batch_of_its_own(person: MakePerson, storywatch: Served) -> None:
    name = unique("retried")
    batch_id = await half_done(storywatch, name)
    page = await (await person("operator")).open(f"/batches/{batch_id}")
    await page.get_by_role("button", name="Retry unknown (2)").click()
    await expect(notice(page, f"Retry of {name}: 2 checks.")).to_be_visible()
    await expect(page).to_have_url(re.compile(r"/batches\?highlight="))
    await expect(row(page, f"Retry of {name}")).to_contain_text("Done", timeout=CHECKED)
    await page.go_back()
    await expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()


async def test_it_is_started_and_its_log_says_by_whom(person: MakePerson, storywatch: Served) -> None:
    batch_id = create(storywatch, unique("begun"))
    page = await (await person("operator")).open(f"/batches/{batch_id}")
    start = page.get_by_role("button", name="Start", exact=True)
    await expect(start).to_have_class(re.compile("primary"))
    await start.click()
    await expect(page.locator(".batch-log")).to_contain_text("Started by operator")
    await expect(page.locator(".batch-state")).to_contain_text("Done", timeout=CHECKED)
    await expect(start).to_be_hidden()
    await expect(page.get_by_role("button", name="Retry unknown (0)")).to_be_disabled()


async def test_a_batch_that_somebody_deletes_says_so_and_leads_back(person: MakePerson, storywatch: Served) -> None:
    batch_id = create(storywatch, unique("fleeting"))
    someone = await person("operator")
    page = await someone.open(f"/batches/{batch_id}")
    await expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    storywatch.terminal.run("batch", "delete", batch_id)
    await expect(page.get_by_role("heading", name="This batch is not there")).to_be_visible()
    await page.get_by_role("button", name="All batches").click()
    await expect(page).to_have_url(re.compile(r"/batches$"))
    await page.goto(f"/batches/{batch_id}")
    await expect(page.get_by_role("heading", name="This batch is not there")).to_be_visible()
    # The batch and its results are asked for side by side, and each is refused.
    await page.wait_for_load_state("networkidle")
    assert {problem.split(":")[0] for problem in someone.problems.take()} == {"404"}


@pytest.mark.parametrize("role", ["viewer", "operator"])
async def test_only_those_who_may_are_offered_to_delete(person: MakePerson, storywatch: Served, role: str) -> None:
    name = unique("kept")
    batch_id = await half_done(storywatch, name)
    someone = await person(role)
    page = await someone.open(f"/batches/{batch_id}")
    await expect(found(page)).to_have_count(5)
    delete = page.get_by_role("button", name="Delete", exact=True).locator("visible=true")
    if role == "viewer":
        await expect(delete).to_have_count(0)
        return
    await delete.click()
    question = page.get_by_role("alertdialog")
    await expect(question).to_contain_text(f"Delete {name}?")
    await question.get_by_role("button", name="Delete the batch").click()
    await expect(notice(page, "1 batch deleted.")).to_be_visible()
    await expect(page).to_have_url(re.compile(r"/batches$"))
    await expect(row(page, name)).to_have_count(0)
    # The page may be looking at the batch at the very moment it is deleted, and be told.
    assert set(someone.problems.take()) <= {f"404: GET {storywatch.url}/data/batches/{batch_id}"}
