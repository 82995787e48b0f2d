"""Where in Discord a batch is shown, in a real browser: asked for, and why it is edited no more."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.async_api import Browser, Page, expect

from core.domain.actor import Actor, Role
from core.services.batch_messages import BatchMessages
from core.services.views.channels import BatchMessageView
from tests.acceptance.terminal import free_port
from tests.discord_server.redirect import storywatch_at
from tests.panel.browser.batches_page import create, open_to_tests, unique
from tests.panel.browser.served import Person, Served, served

BOT = Actor("discord:bot", Role.OPERATOR)
SERVER, OTHER = 1290000000000000000, 1290000000000000001
CHANNEL = 1300000000000000000


@pytest.fixture(scope="module")
def with_bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A Storywatch with a bot for two servers, which finds no Discord."""
    folder = tmp_path_factory.mktemp("with-bot")
    nowhere = storywatch_at(f"http://127.0.0.1:{free_port()}/api", "ws://127.0.0.1:1/")
    with served(folder, command=nowhere, discord_token="a.b.c", discord_guilds=f"{SERVER},{OTHER}") as running:
        yield running


async def messages(storywatch: Served, batch_id: str) -> tuple[BatchMessageView, ...]:
    async with open_to_tests(storywatch) as database:
        return await BatchMessages(database, database.clock).of_batch(BOT, batch_id)


async def opened(with_bot: Served, browser: Browser, role: str, batch_id: str) -> tuple[Person, Page]:
    someone = await with_bot.person(browser, role)
    return someone, await someone.open(f"/batches/{batch_id}")


async def test_a_channel_is_asked_for_and_shown_until_and_after_its_message_ends(
    with_bot: Served, browser: Browser
) -> None:
    batch_id = create(with_bot, unique("shown"))
    someone, page = await opened(with_bot, browser, "operator", batch_id)
    card = page.locator(".batch-channels")
    await expect(card.get_by_text("No channel shows it.")).to_be_visible()
    await card.get_by_role("button", name="Show in a channel").click()
    form = page.get_by_role("dialog")
    await form.get_by_role("textbox", name="Channel").fill("general")
    await form.get_by_role("button", name="Show it there").click()
    await expect(form.get_by_text("give the id or the link that Discord copies for it")).to_be_visible()
    await form.get_by_role("textbox", name="Channel").fill(f"https://discord.com/channels/{CHANNEL}/{CHANNEL}")
    await form.get_by_role("button", name="Show it there").click()
    await expect(form.get_by_text("it is in a server that STORYWATCH_DISCORD_GUILDS does not name")).to_be_visible()
    await form.get_by_role("textbox", name="Channel").fill(str(CHANNEL))
    await form.get_by_label("Server").select_option(str(OTHER))
    await form.get_by_role("button", name="Show it there").click()
    await expect(card.get_by_text("Will be posted.")).to_be_visible()
    await expect(card.get_by_role("link", name=f"Channel {CHANNEL}")).to_have_attribute(
        "href", f"https://discord.com/channels/{OTHER}/{CHANNEL}"
    )
    (message,) = await messages(with_bot, batch_id)
    assert (message.guild_id, message.channel_id) == (OTHER, CHANNEL)

    async with open_to_tests(with_bot) as database:
        await BatchMessages(database, database.clock).ended(BOT, message.id, "the message was deleted")
    await expect(card.get_by_text("Not edited any more: the message was deleted.")).to_be_visible()
    assert [told.split()[0] for told in someone.problems.take()] == ["422:"] * 2
    await someone.close()


async def test_a_viewer_sees_channels_and_asks_for_none(with_bot: Served, browser: Browser) -> None:
    batch_id = create(with_bot, unique("seen"))
    async with open_to_tests(with_bot) as database:
        await BatchMessages(database, database.clock).ask_for(BOT, batch_id, guild_id=SERVER, channel_id=CHANNEL)
    someone, page = await opened(with_bot, browser, "viewer", batch_id)
    await expect(page.locator(".batch-channels").get_by_text("Will be posted.")).to_be_visible()
    await expect(page.get_by_role("button", name="Show in a channel")).to_have_count(0)
    answer = await page.request.post(
        f"/data/batches/{batch_id}/channels", data={"channel": str(CHANNEL + 1), "server": str(SERVER)}
    )
    assert answer.status == 403
    await someone.close()


async def test_without_a_bot_nothing_is_said_of_discord(storywatch: Served, browser: Browser) -> None:
    batch_id = create(storywatch, unique("no bot"))
    someone, page = await opened(storywatch, browser, "operator", batch_id)
    await expect(page.get_by_role("heading", name=re.compile("no bot"))).to_be_visible()
    await expect(page.locator(".batch-channels")).to_be_hidden()
    await someone.close()
