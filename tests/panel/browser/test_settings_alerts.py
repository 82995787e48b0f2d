"""Alerts in the settings: who is told, tests with their answers, mutes, rules, and what was told."""

from __future__ import annotations

from uuid import uuid4

import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]  # it comes without types
from playwright.async_api import Locator, Page, expect

from tests.integration.upkeep.receiver import receiving
from tests.panel.browser.conftest import MakePerson
from tests.panel.browser.served import Served
from tests.panel.browser.settings_pages import dialog, foot, press, row

ADDRESS = "/settings/alerts"
TABLE = "Targets of alerts"
NOBODY = "json://rita:s3cr3t-word@127.0.0.1:9/t0ken-in-path"


@pytest.fixture
def label() -> str:
    """A name that no other test gives."""
    return f"desk {uuid4().hex[:6]}"


async def add_address(page: Page, label: str, url: str) -> None:
    """Add an Apprise URL."""
    await page.get_by_role("button", name="Add target").click()
    await page.get_by_role("menuitem", name="Address").click()
    await dialog(page).get_by_label("Name", exact=True).fill(label)
    await dialog(page).get_by_label("Apprise URL").fill(url)
    await press(page, "Add target")


async def select(page: Page, label: str) -> None:
    """Select the target and no other one."""
    await row(page, TABLE, label).locator('[col-id="way"]').click()
    await expect(page.locator(".footer:visible").get_by_role("status")).to_have_text("1 target selected")


def notice(page: Page, text: str) -> Locator:
    return page.locator(".q-notification", has_text=text)


def rule(page: Page, name: str) -> Locator:
    return page.locator(f'[data-rule="{name}"]')


async def test_an_address_is_added_tested_and_removed_and_its_secrets_are_never_shown(
    person: MakePerson, storywatch: Served, label: str
) -> None:
    page = await (await person()).open(ADDRESS)
    async with receiving() as receiver:
        await add_address(page, label, receiver.url)
        await expect(notice(page, f"{label} is added. Send it a test.")).to_be_visible()
        await expect(row(page, TABLE, label)).to_contain_text("json://••••")
        await expect(row(page, TABLE, label)).to_contain_text("Nothing yet")
        await select(page, label)
        await foot(page, "Send a test").click()
        await expect(notice(page, f"{label}: The test was delivered.")).to_be_visible()
        await expect(row(page, TABLE, label)).to_contain_text("Delivers")
        assert len(receiver.received) == 1
    assert "s3cr3t-word" not in await page.content()
    await foot(page, "Remove…").click()
    await expect(dialog(page)).to_contain_text("What was delivered stays in the list of alerts.")
    await press(page, "Remove 1 target")
    await expect(row(page, TABLE, label)).to_have_count(0)
    assert label not in storywatch.terminal.run("alert", "targets").out


async def test_a_test_that_fails_says_why_and_so_does_the_table(person: MakePerson, label: str) -> None:
    page = await (await person()).open(ADDRESS)
    await add_address(page, label, NOBODY)
    await select(page, label)
    await foot(page, "Send a test").click()
    await expect(notice(page, f"{label}: The test was not delivered")).to_be_visible()
    await expect(row(page, TABLE, label)).to_contain_text("Failing")
    assert "s3cr3t-word" not in await page.content()
    assert "t0ken-in-path" not in await page.content()


async def test_an_address_that_cannot_be_read_is_told_at_its_field(person: MakePerson, label: str) -> None:
    someone = await person()
    page = await someone.open(ADDRESS)
    await add_address(page, label, "jsn://127.0.0.1/hook")
    wrong = dialog(page).locator('.form-error[data-about="address"]')
    await expect(wrong).to_contain_text("json")
    await press(page, "Cancel")
    await expect(row(page, TABLE, label)).to_have_count(0)
    assert len(someone.problems.take()) == 1


async def test_a_channel_has_kinds_quiet_hours_and_a_role_of_its_own(
    person: MakePerson, storywatch: Served, label: str
) -> None:
    someone = await person()
    page = await someone.open(ADDRESS)
    await page.get_by_role("button", name="Add target").click()
    await page.get_by_role("menuitem", name="Discord channel").click()
    form = dialog(page)
    await form.get_by_label("Name", exact=True).fill(label)
    await form.get_by_label("Channel", exact=True).fill("#alerts")
    await form.get_by_label("Mention this role").fill("333333333333333333")
    for kind in await form.get_by_role("checkbox").all():
        await kind.uncheck()
    await form.get_by_label("A watched profile has a new story").check()
    await form.get_by_label("A niche met its daily story target").check()
    await form.get_by_label("Quiet from").fill("22:00")
    await press(page, "Add target")
    await expect(form.locator('.form-error[data-about="channel"]')).to_contain_text("the id or the link")
    await form.get_by_label("Channel", exact=True).fill(
        "https://discord.com/channels/111111111111111111/222222222222222222"
    )
    await press(page, "Add target")
    await expect(form.locator('.form-error[data-about="quiet"]')).to_contain_text("Give both hours, or neither")
    await form.get_by_label("Quiet until").fill("07:30")
    await press(page, "Add target")
    await expect(row(page, TABLE, label)).to_contain_text("New story, Target met")
    (made,) = [
        record for record in storywatch.terminal.run("alert", "targets", "--json").records if record["label"] == label
    ]
    assert (made["quiet"], made["mention"], made["kinds"]) == (
        "22:00-07:30",
        "333333333333333333",
        ["story", "target_met"],
    )
    someone.problems.take()

    await select(page, label)
    await foot(page, "Edit…").click()
    await expect(dialog(page).get_by_label("Channel", exact=True)).to_have_value("222222222222222222")
    await expect(dialog(page).get_by_label("Quiet until")).to_have_value("07:30")
    await expect(dialog(page).get_by_label("A batch is finished")).not_to_be_checked()
    await dialog(page).get_by_label("A batch is finished").check()
    await press(page, "Save")
    await expect(row(page, TABLE, label)).to_contain_text("3 of 11 kinds")


async def test_a_target_is_muted_for_an_hour_for_good_and_told_again(
    person: MakePerson, storywatch: Served, label: str
) -> None:
    page = await (await person()).open(ADDRESS)
    await add_address(page, label, NOBODY)
    await select(page, label)
    for choice, word in (("For an hour", "Muted"), ("For good", "Muted for good"), ("Not muted", "Nothing yet")):
        await foot(page, "Mute…").click()
        await dialog(page).get_by_label("How long").select_option(choice)
        await press(page, "Save")
        await expect(row(page, TABLE, label).locator('[col-id="word"]')).to_contain_text(word)


async def test_all_alerts_are_muted_and_everybody_sees_it(person: MakePerson) -> None:
    page = await (await person()).open(ADDRESS)
    other = await (await person("viewer")).open(ADDRESS)
    await page.get_by_role("button", name="Mute all…").click()
    await press(page, "Mute all alerts")
    for each in (page, other):
        await expect(each.get_by_text("All alerts are muted and kept until")).to_be_visible()
    await page.get_by_role("button", name="Unmute all").click()
    await expect(other.get_by_text("All alerts are muted and kept until")).to_be_hidden()


async def test_rules_are_changed_reset_and_the_reset_is_undone(person: MakePerson, storywatch: Served) -> None:
    page = await (await person()).open(f"{ADDRESS}?part=rules")
    await expect(rule(page, "disk_low_mb")).to_contain_text("Below 500 MB")
    await page.get_by_role("button", name="Change rules").click()
    await dialog(page).get_by_label("The disk is low below (MB)").fill("1500")
    await dialog(page).get_by_label("A proxy fails").uncheck()
    await press(page, "Save")
    await expect(rule(page, "disk_low_mb")).to_contain_text("Below 1,500 MB")
    await expect(rule(page, "kinds")).to_contain_text("10 of 11 kinds")
    await rule(page, "disk_low_mb").get_by_role("button", name="Reset Disk low to its default").click()
    await expect(rule(page, "disk_low_mb")).to_contain_text("Below 500 MB")
    await notice(page, "Disk low: at the default again.").get_by_role("button", name="Undo").click()
    await expect(rule(page, "disk_low_mb")).to_contain_text("Below 1,500 MB")
    for name in ("disk_low_mb", "kinds"):
        await rule(page, name).get_by_role("button", name="Reset").click()
        await expect(rule(page, name)).to_contain_text("default")


async def test_what_was_told_is_listed_with_what_became_of_it(
    person: MakePerson, storywatch: Served, label: str
) -> None:
    storywatch.terminal.run("alert", "set", "batches=all")
    page = await (await person("operator")).open(ADDRESS)
    names = storywatch.terminal.written(f"{label}.txt", f"nobody.{uuid4().hex[:6]}")
    storywatch.terminal.run("check", names, "--niche", label)
    await page.get_by_role("button", name="Recent alerts").click()
    await expect(page).to_have_url(f"{storywatch.url}{ADDRESS}?part=told")
    told = row(page, "Recent alerts", label).first
    await expect(told).to_contain_text("Batch finished")
    storywatch.terminal.run("alert", "set", "batches=default")
    await told.locator('[col-id="text"]').dblclick()
    await expect(page.locator("h1:visible")).to_contain_text(label)


async def test_a_viewer_reads_and_has_no_buttons(person: MakePerson, storywatch: Served) -> None:
    someone = await person("viewer")
    page = await someone.open(ADDRESS)
    await expect(page.locator("h1:visible")).to_have_text("Alerts")
    for name in ("Add target", "Mute all…", "Send a test"):
        await expect(page.get_by_role("button", name=name)).to_have_count(0)
    await page.goto(f"{ADDRESS}?part=rules")
    await expect(rule(page, "kinds")).to_be_visible()
    await expect(page.get_by_role("button", name="Change rules")).to_have_count(0)
    sent = {"label": "x", "address": NOBODY}
    answer = await page.request.post(
        f"{storywatch.url}/data/settings/alerts/add-address", data=sent, headers={"Origin": storywatch.url}
    )
    assert answer.status == 403


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_nothing_keeps_a_screen_reader_from_targets_rules_and_forms(person: MakePerson, dark: bool) -> None:
    page = await (await person(dark=dark)).open(ADDRESS)
    for part in ("targets", "rules", "told"):
        await page.goto(f"{ADDRESS}?part={part}")
        await expect(page.locator(".alerts-part:visible")).to_be_visible()
        assert await violations(page, ".settings") == [], part
    await page.goto(ADDRESS)
    await page.get_by_role("button", name="Add target").click()
    await page.get_by_role("menuitem", name="Discord channel").click()
    await expect(dialog(page).get_by_label("Mention this role")).to_be_visible()
    assert await violations(page, ".q-dialog .dialog") == []


async def violations(page: Page, within: str) -> list[object]:
    """What a screen reader would stumble over; behind a dialog the shade is taken for its ground."""
    options = {"rules": {"color-contrast": {"enabled": "dialog" not in within}}}
    found = (await Axe().run(page, context=within, options=options)).response["violations"]
    return [(each["id"], each["nodes"][0]["target"]) for each in found]
