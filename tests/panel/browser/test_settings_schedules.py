"""Schedules in the settings: made with a look at their runs and cost, run, changed, paused, removed."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.panel.browser.batches_page import NICHE, unique
from tests.panel.browser.chromium import PHONE
from tests.panel.browser.conftest import MakePerson
from tests.panel.browser.served import CHECKED, Served
from tests.panel.browser.settings_pages import dialog, foot, press, remove_all, row

ADDRESS = "/settings/schedules"


async def test_a_schedule_is_made_with_a_look_at_its_runs_run_changed_and_removed(person: MakePerson) -> None:
    someone = await person("operator")
    page, name = await someone.open(ADDRESS), unique("mornings")
    await page.get_by_role("button", name="Add schedule").click()
    form = dialog(page)
    told = form.locator(".form-preview")
    await form.get_by_label(NICHE).check()
    await form.get_by_label("Or at fixed times").fill("30 9 31 2 *")
    await expect(told).to_contain_text("never comes")
    await form.get_by_label("Or at fixed times").fill("30 9 * * sat")
    await form.get_by_label("Time zone").fill("Europe/Berlin")
    await expect(told.get_by_role("listitem")).to_have_count(5)
    await expect(told.get_by_role("listitem").first).to_have_text(re.compile(r"Sat \d+ \w+ \d+, 09:30"))
    await expect(told).to_contain_text("requests a run")
    await form.get_by_label("Only between").fill("8-22 o'clock")
    await form.get_by_label("Take over verdicts of the last").fill("0")
    await form.get_by_label("Name").fill(name)
    await press(page, "Add schedule")
    await expect(form.get_by_role("alert").filter(has_text="08:00-22:00")).to_be_visible()
    await form.get_by_label("Only between").fill("08:00-22:00")
    await press(page, "Add schedule")
    made = row(page, "Schedules", name)
    await expect(made).to_contain_text("30 9 * * sat, 08:00-22:00, Europe/Berlin")
    await expect(made.locator("[data-countdown]")).to_have_text(re.compile(r"\d+:\d\d"))

    await made.dblclick()
    drawer = page.get_by_role("complementary", name="Schedule")
    await expect(drawer).to_contain_text("requests a run")
    await expect(drawer).to_contain_text("It has not run yet.")
    await drawer.get_by_role("button", name="Run now").click()
    await expect(drawer).to_contain_text("Started, by hand", timeout=CHECKED)
    await drawer.get_by_role("link", name="Its batch").click()
    await expect(page).to_have_url(re.compile("/batches/"))
    await expect(drawer).to_be_hidden()
    await page.go_back()

    await drawer.get_by_role("button", name="Edit").click()
    await expect(form.get_by_label(NICHE)).to_be_checked()
    await form.get_by_label("Or at fixed times").fill("")
    await form.get_by_label("Every", exact=True).fill("6h")
    await press(page, "Save")
    await expect(made).to_contain_text("every 6 h")
    await drawer.get_by_role("button", name="Close").click()

    await made.click()
    await foot(page, "Pause").click()
    await expect(made).to_contain_text("Paused")
    await foot(page, "Resume").click()
    await expect(made).to_contain_text("On")
    assert [told.split()[0] for told in someone.problems.take()] == ["422:"]
    await remove_all(page, "Schedules", name)


async def test_a_schedule_that_is_too_much_is_saved_only_all_the_same(person: MakePerson, storywatch: Served) -> None:
    someone = await person("operator")
    page, name = await someone.open(ADDRESS), unique("often")
    storywatch.terminal.run("limits", "set", "per_route_day=1")
    try:
        await page.get_by_role("button", name="Add schedule").click()
        form = dialog(page)
        await form.get_by_label(NICHE).check()
        await form.get_by_label("Every", exact=True).fill("2h")
        await form.get_by_label("Name").fill(name)
        warning = form.locator(".form-preview .budget-warning")
        await expect(warning).to_contain_text(re.compile(r"10 routes give 10; \d+ would do\."))
        await press(page, "Add schedule")
        await expect(form.get_by_role("alert").filter(has_text="say anyway")).to_be_visible()
        await form.get_by_label("Save it all the same").check()
        await press(page, "Add schedule")
        await expect(row(page, "Schedules", name)).to_contain_text("every 2 h")
    finally:
        storywatch.terminal.run("limits", "set", "per_route_day=default")
    assert [told.split()[0] for told in someone.problems.take()] == ["409:"]
    await remove_all(page, "Schedules", name)


async def test_a_viewer_reads_of_schedules_on_a_phone_and_changes_nothing(
    person: MakePerson, storywatch: Served
) -> None:
    name = unique("seen")
    storywatch.terminal.run("schedule", "add", "--niche", NICHE, "--every", "1d", "--name", name)
    page = await (await person("viewer", size=PHONE, dark=True)).open(ADDRESS)
    await expect(row(page, "Schedules", name)).to_contain_text("On")
    await expect(page.get_by_role("button", name="Add schedule")).to_have_count(0)
    await row(page, "Schedules", name).dblclick()
    drawer = page.get_by_role("complementary", name="Schedule")
    await expect(drawer).to_contain_text("every 1 d")
    await expect(drawer.get_by_role("button", name="Run now")).to_have_count(0)
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    storywatch.terminal.run("schedule", "remove", name)
