"""The drawer of one profile: why its verdict is what it is, and what can be done with it."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from playwright.async_api import Locator, Page, expect

from tests.panel.browser.chromium import PHONE
from tests.panel.browser.conftest import MakePerson
from tests.panel.browser.feed_page import choose_niche
from tests.panel.browser.served import CHECKED, Served


def drawer(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Profile")


@pytest.fixture
def niche(storywatch: Served) -> str:
    """A niche of the test's own."""
    name = f"niche {uuid4().hex[:8]}"
    storywatch.terminal.run("niche", "create", name)
    return name


@pytest.fixture
def username(storywatch: Served, niche: str) -> str:
    """Somebody whom the pretend platform does not know, never checked."""
    name = f"n{uuid4().hex[:10]}"
    storywatch.terminal.run("profile", "add", name, "--niche", niche)
    return name


@pytest.fixture
def known(storywatch: Served) -> str:
    """Somebody whom the pretend platform knows."""
    listed = storywatch.terminal.run("profile", "list", "--niche", "city walks", "--json")
    return str(next(record["username"] for record in listed.records))


async def test_a_check_is_made_now_and_its_verdict_arrives_with_the_steps_that_led_to_it(
    person: MakePerson, known: str
) -> None:
    page = await (await person("operator")).open(f"/feed?profile={known}")
    await expect(drawer(page).get_by_role("heading", name=f"@{known}")).to_be_visible()
    checks = drawer(page).get_by_text("checks", exact=True).or_(drawer(page).get_by_text("check", exact=True))
    await drawer(page).get_by_role("button", name="Check now").click()
    await expect(drawer(page).get_by_role("heading", name="Why this verdict")).to_be_visible(timeout=CHECKED)
    await expect(checks.first).to_be_visible()
    steps = drawer(page).locator("section", has_text="Why this verdict").get_by_role("listitem")
    await expect(steps.first).to_contain_text(re.compile("^1(Asked|Looked up)"))
    await expect(steps.first).to_contain_text(re.compile("session"))
    await expect(drawer(page).get_by_role("button", name="Check now")).to_be_enabled()


async def test_a_profile_that_was_never_checked_says_so(person: MakePerson, username: str) -> None:
    page = await (await person("operator")).open(f"/feed?profile={username}")
    await expect(drawer(page).get_by_text("Never checked")).to_be_visible()
    await expect(drawer(page).get_by_role("heading", name="Not checked yet")).to_be_visible()


async def test_each_check_of_the_history_unfolds_to_its_own_steps_and_leads_to_its_batch(
    person: MakePerson, storywatch: Served, known: str, niche: str
) -> None:
    names = storywatch.terminal.folder / "one.txt"
    names.write_text(known)
    storywatch.terminal.run("check", str(names), "--niche", "city walks", "--recheck")
    page = await (await person("viewer")).open(f"/feed?profile={known}")
    row = drawer(page).get_by_role("row").nth(1)
    await row.get_by_role("button").click()
    await expect(row.get_by_role("button")).to_have_attribute("aria-expanded", "true")
    detail = drawer(page).get_by_role("row").nth(2)
    await expect(detail.get_by_role("listitem").first).to_contain_text(re.compile("Asked|Looked up"))
    await detail.get_by_role("link").click()
    await expect(page).to_have_url(re.compile(r"/batches/[0-9a-f-]{36}"))
    await expect(drawer(page)).to_be_hidden()
    await page.go_back()
    await expect(drawer(page)).to_be_visible()


async def test_escape_closes_the_drawer_and_the_back_button_opens_it_again(person: MakePerson, username: str) -> None:
    page = await (await person("viewer")).open(f"/feed?profile={username}")
    await expect(drawer(page)).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(drawer(page)).to_be_hidden()
    await expect(page).not_to_have_url(re.compile("profile="))
    await page.go_back()
    await expect(drawer(page).get_by_role("heading", name=f"@{username}")).to_be_visible()


async def test_a_profile_is_paused_resumed_and_the_last_of_it_undone(
    person: MakePerson, storywatch: Served, username: str
) -> None:
    page = await (await person("operator")).open(f"/feed?profile={username}")
    await drawer(page).get_by_role("button", name="Pause").click()
    await expect(page.get_by_text(f"@{username} paused. Schedules skip it.")).to_be_visible()
    await drawer(page).get_by_role("button", name="Resume").click()
    await expect(page.get_by_text(f"@{username} resumed.")).to_be_visible()
    await page.get_by_role("alert").filter(has_text="resumed").get_by_role("button", name="Undo").click()
    await expect(drawer(page).get_by_role("button", name="Resume")).to_be_visible()
    shown = storywatch.terminal.run("profile", "show", username, "--json").record
    assert shown["status"] == "paused"


async def test_a_profile_is_watched_and_no_more(person: MakePerson, storywatch: Served, username: str) -> None:
    page = await (await person("operator")).open(f"/feed?profile={username}")
    watch = drawer(page).get_by_role("button", name="Watch")
    await expect(watch).to_have_attribute("aria-pressed", "false")
    await watch.click()
    await expect(page.get_by_text(f"@{username} is watched. Its new stories are told as alerts.")).to_be_visible()
    await expect(watch).to_have_attribute("aria-pressed", "true")
    await expect(drawer(page).locator(".drawer-facts")).to_contain_text("watched")
    await watch.click()
    await expect(page.get_by_text(f"@{username} is watched no more.")).to_be_visible()
    await page.get_by_role("alert").filter(has_text="watched no more").get_by_role("button", name="Undo").click()
    await expect(watch).to_have_attribute("aria-pressed", "true")


async def test_escape_closes_a_drawer_that_has_only_just_come(person: MakePerson, username: str) -> None:
    page = await (await person("viewer")).open(f"/feed?profile={username}")
    await expect(drawer(page)).to_be_visible()
    # As it is between the moment that it is seen and the one that its script is told whom it shows.
    await page.evaluate("SW.profile.shut()")
    await page.keyboard.press("Escape")
    await expect(drawer(page)).to_be_hidden()


async def test_a_profile_is_moved_to_another_niche(person: MakePerson, storywatch: Served, username: str) -> None:
    page = await (await person("operator")).open(f"/feed?profile={username}")
    # Made elsewhere a moment before: its numbers are not counted yet, and it is chosen all the same.
    other = f"other {uuid4().hex[:8]}"
    storywatch.terminal.run("niche", "create", other)
    await drawer(page).get_by_role("button", name="More").click()
    await page.get_by_role("menuitem", name="Move to a niche").click()
    await choose_niche(page, "Into niche", other)
    await page.get_by_role("button", name="Move 1 profile").click()
    await expect(page.get_by_text(f"@{username} moved to {other}.")).to_be_visible()
    await expect(drawer(page).locator(".drawer-facts")).to_contain_text(other)


async def test_a_profile_is_removed_only_after_a_question(
    person: MakePerson, storywatch: Served, username: str
) -> None:
    page = await (await person("operator")).open(f"/feed?profile={username}")
    await drawer(page).get_by_role("button", name="More").click()
    await page.get_by_role("menuitem", name="Remove").click()
    question = page.get_by_role("alertdialog")
    await expect(question).to_contain_text("That cannot be undone.")
    await question.get_by_role("button", name="Remove 1 profile").click()
    await expect(drawer(page)).to_be_hidden()
    await expect(page).not_to_have_url(re.compile("profile="))
    assert storywatch.terminal.run("profile", "show", username, code=2).err


async def test_what_somebody_else_does_to_the_profile_shows_by_itself(
    person: MakePerson, storywatch: Served, username: str
) -> None:
    page = await (await person("viewer")).open(f"/feed?profile={username}")
    await expect(drawer(page).get_by_text("Never checked")).to_be_visible()
    storywatch.terminal.run("profile", "pause", username)
    await expect(drawer(page).locator(".drawer-facts")).to_contain_text("paused")
    storywatch.terminal.run("profile", "remove", username)
    await expect(drawer(page).get_by_role("alert")).to_contain_text(f'There is no profile "{username}"')


async def test_a_link_to_a_profile_that_is_not_there_says_so(person: MakePerson) -> None:
    page = await (await person("viewer")).open("/feed?profile=nobody.at.all")
    await expect(drawer(page).get_by_role("alert")).to_contain_text('There is no profile "nobody.at.all"')


async def test_a_viewer_sees_why_and_has_no_buttons(person: MakePerson, username: str) -> None:
    page = await (await person("viewer")).open(f"/feed?profile={username}")
    await expect(drawer(page).get_by_role("heading", name=f"@{username}")).to_be_visible()
    for name in ("Check now", "Pause", "Watch", "More"):
        await expect(drawer(page).get_by_role("button", name=name)).to_have_count(0)


async def test_pretend_people_have_no_page_to_open(person: MakePerson, known: str) -> None:
    page = await (await person("viewer")).open(f"/feed?profile={known}")
    await expect(drawer(page).get_by_role("heading", name=f"@{known}")).to_be_visible()
    await expect(drawer(page).get_by_role("link", name=re.compile("on the platform"))).to_have_count(0)


async def test_on_a_phone_the_drawer_is_as_wide_as_the_screen(person: MakePerson, username: str) -> None:
    page = await (await person("viewer", size=PHONE)).open(f"/feed?profile={username}")
    await expect(drawer(page).get_by_role("heading", name=f"@{username}")).to_be_visible()
    box = await drawer(page).bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, PHONE["width"])
    assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
