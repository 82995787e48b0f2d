"""Messages that live with their batches while Discord, people and the machine do what they like."""

from __future__ import annotations

import pytest

from core.services.views import BatchView
from tests.bot.storywatch import ROOT, Storywatch, opened
from tests.discord_server import DiscordServer, Message

MESSAGES = "/channels/*/messages"
MESSAGE = "/channels/*/messages/*"


async def living(storywatch: Storywatch, *names: str) -> tuple[BatchView, Message]:
    """A running batch of these, and its message, with nothing left to edit."""
    batch = await storywatch.started(await storywatch.batch(*names))
    await storywatch.shown_in(storywatch.server.channel, batch)
    message = await storywatch.message()
    await storywatch.passes(5)
    return batch, message


# -- ends -------------------------------------------------------------------------------


async def test_a_message_that_somebody_deleted_is_edited_no_more_and_nothing_else_is_said(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    async with storywatch.bot():
        batch, message = await living(storywatch, "ann", "bea")
        server.channel.remove(message)
        await storywatch.verdicts(batch, ann="live")
        await storywatch.passes(8)
        await storywatch.verdicts(batch, bea="live")
        await storywatch.passes(8)
    assert len(server.requests.of("update_message")) == 1
    assert server.channel.messages == []
    await storywatch.ended(batch, "the message was deleted")


@pytest.mark.parametrize(
    ("denied", "why"),
    [
        ("send_messages", "the bot may not write in the channel any more"),
        ("view_channel", "the bot may not see the channel any more"),
    ],
)
async def test_without_the_permission_to_post_a_message_ends_and_other_channels_go_on(
    storywatch: Storywatch, server: DiscordServer, denied: str, why: str
) -> None:
    closed = server.guild.add_channel("closed")
    closed.deny(denied)
    async with storywatch.bot():
        batch = await storywatch.batch("ann")
        for channel in (closed, server.channel):
            await storywatch.shown_in(channel, batch)
        await storywatch.message()
        await storywatch.passes(5)
        await storywatch.ended(batch, why, None)


async def test_a_permission_that_is_lost_on_the_way_ends_the_edits(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    async with storywatch.bot():
        batch, _ = await living(storywatch, "ann", "bea")
        server.channel.deny("view_channel")
        await storywatch.verdicts(batch, ann="live")
        await storywatch.passes(6)
        await storywatch.ended(batch, "the bot may not see the channel any more")


async def test_a_deleted_channel_ends_its_messages(storywatch: Storywatch, server: DiscordServer) -> None:
    async with storywatch.bot():
        other = server.guild.add_channel("other")
        batch = await storywatch.started(await storywatch.batch("ann", "bea"))
        await storywatch.shown_in(other, batch)
        await storywatch.until(lambda: other.messages, "the message")
        await storywatch.passes(5)
        other.delete()
        await storywatch.verdicts(batch, ann="live")
        await storywatch.passes(6)
        await storywatch.ended(batch, "the channel was deleted")


async def test_a_channel_of_another_server_is_not_posted_to(storywatch: Storywatch, server: DiscordServer) -> None:
    elsewhere = next(iter(server.add_guild("Other").channels.values()))
    async with storywatch.bot():
        batch = await storywatch.batch("ann")
        await storywatch.shown_in(elsewhere, batch)
        await storywatch.passes(5)
        await storywatch.ended(batch, "the channel is not in that server")
    assert elsewhere.messages == []


async def test_a_server_that_the_settings_do_not_name_any_more_sees_no_edit(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    async with storywatch.bot():
        batch, message = await living(storywatch, "ann", "bea")
    guilds = str(server.add_guild("Other").id)
    folder = storywatch.app.settings.data_dir
    async with opened(folder, server, server.clock, discord_guilds=guilds) as other, other.bot():
        await other.verdicts(batch, ann="live")
        await other.passes(8)
        await other.ended(batch, "the server is not in STORYWATCH_DISCORD_GUILDS")
    assert "0 of 2" in message.text


async def test_what_discord_will_never_take_is_given_up_and_the_others_go_on(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    async with storywatch.bot():
        batch, message = await living(storywatch, "ann", "bea")
        fault = server.faults.rest("PATCH", f"/channels/*/messages/{message.id}", code=50035, times=None)
        await storywatch.verdicts(batch, ann="live")
        await storywatch.passes(120, step=3)
        fault.cancel()
        await storywatch.ended(batch, "Discord refuses it: Invalid Form Body (50035)")
        other, _ = await living(storywatch, "cleo")
        await storywatch.ended(other, None)
    assert fault.met == 5


# -- limits and outages -----------------------------------------------------------------


@pytest.mark.parametrize("code", [None, 30046])
async def test_a_limit_without_the_header_that_the_library_wants_is_waited_for(
    storywatch: Storywatch, server: DiscordServer, code: int | None
) -> None:
    async with storywatch.bot():
        batch, message = await living(storywatch, "ann", "bea")
        server.faults.rest("PATCH", MESSAGE, status=429, code=code, retry_after=20, via=False)
        await storywatch.verdicts(batch, ann="live", bea="live")
        await storywatch.until(lambda: "2 of 2" in message.text, "the final state")
        await storywatch.ended(batch, "the batch is done")
    first, second = server.requests.of("update_message")[-2:]
    assert (second.at - first.at).total_seconds() >= 20


async def test_a_limit_that_the_library_waits_out_itself_loses_nothing(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    async with storywatch.bot():
        batch, message = await living(storywatch, "ann", "bea")
        server.faults.rest("PATCH", MESSAGE, status=429, retry_after=0.1, times=2)
        await storywatch.verdicts(batch, ann="live", bea="live")
        await storywatch.until(lambda: "2 of 2" in message.text, "the final state")


async def test_an_outage_is_caught_up_with_in_the_same_message_and_more_and_more_seldom_asked_about(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    async with storywatch.bot():
        batch, message = await living(storywatch, "ann", "bea")
        fault = server.faults.rest("PATCH", MESSAGE, status=503, times=None)
        await storywatch.verdicts(batch, ann="live", bea="none")
        await storywatch.passes(300, step=3)
        assert 4 <= fault.met <= 12
        fault.cancel()
        await storywatch.until(lambda: "2 of 2" in message.text, "the final state")
        await storywatch.ended(batch, "the batch is done")
    assert server.channel.messages == [message]


async def test_a_gateway_that_is_cut_stops_no_edit(storywatch: Storywatch, server: DiscordServer) -> None:
    async with storywatch.bot():
        batch, message = await living(storywatch, "ann", "bea")
        server.gateway.down = True
        server.gateway.drop()
        await storywatch.verdicts(batch, ann="live", bea="none")
        await storywatch.until(lambda: "2 of 2" in message.text, "the final state")
        server.gateway.down = False


# -- never a second message ---------------------------------------------------------------


async def test_an_answer_that_is_lost_makes_no_second_message(storywatch: Storywatch, server: DiscordServer) -> None:
    async with storywatch.bot():
        batch = await storywatch.started(await storywatch.batch("ann"))
        server.faults.rest("POST", MESSAGES, drop="after", times=2)
        await storywatch.shown_in(server.channel, batch)
        message = await storywatch.message()
        await storywatch.passes(20)
        await storywatch.verdicts(batch, ann="live")
        await storywatch.until(lambda: "1 of 1" in message.text, "the final state")
    assert server.channel.messages == [message]
    assert len(server.requests.of("create_message")) >= 2


async def test_what_changed_after_an_answer_was_lost_is_said_in_the_message_that_was_posted_then(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    batch = await storywatch.started(await storywatch.batch("ann"))
    await storywatch.shown_in(server.channel, batch)
    async with storywatch.bot():
        fault = server.faults.hold("POST", MESSAGES, at="after")
        posted = await storywatch.message()
    fault.release()
    await storywatch.verdicts(batch, ann="live")
    async with storywatch.bot():
        await storywatch.until(lambda: "1 of 1" in posted.text, "the final state")
        await storywatch.ended(batch, "the batch is done")
    assert server.channel.messages == [posted]
    assert not server.requests.of("list_messages")


async def test_a_bot_that_died_between_posting_and_noting_it_finds_its_message_again_after_an_hour(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    batch = await storywatch.started(await storywatch.batch("ann"))
    other = await storywatch.batch("bea")
    async with storywatch.bot():
        await storywatch.shown_in(server.channel, other)
        await storywatch.message()
        await storywatch.passes(5)
        fault = server.faults.hold("POST", MESSAGES, at="after")
        await storywatch.shown_in(server.channel, batch)
        await storywatch.until(lambda: len(server.channel.messages) == 2, "the message is posted")
    fault.release()
    posted = list(server.channel.messages)
    assert len(posted) == 2
    await storywatch.clock.advance(3600)
    await storywatch.verdicts(batch, ann="live")
    async with storywatch.bot():
        await storywatch.until(lambda: "1 of 1" in posted[1].text, "the final state")
        await storywatch.passes(5)
    assert server.channel.messages == posted


async def test_a_bot_that_died_while_a_fresh_message_replaced_the_old_one_leaves_one_of_them(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    async with storywatch.bot():
        batch, old = await living(storywatch, "ann", "bea")
        await storywatch.clock.advance(3600)
        fault = server.faults.hold("DELETE", MESSAGE)
        await storywatch.verdicts(batch, ann="live")
        await storywatch.until(lambda: fault.met, "the old one is about to go")
    fault.release()
    assert len(server.channel.messages) == 2
    async with storywatch.bot():
        await storywatch.until(lambda: old.deleted, "the old one is taken away")
        await storywatch.passes(5)
    (fresh,) = server.channel.messages
    assert "1 of 2" in fresh.text


async def test_a_batch_that_is_deleted_while_its_message_is_on_its_way_leaves_no_message(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    async with storywatch.bot():
        batch = await storywatch.batch("ann")
        fault = server.faults.hold("POST", MESSAGES, at="after")
        await storywatch.shown_in(server.channel, batch)
        await storywatch.message()
        await storywatch.doing(storywatch.app.batches.delete(ROOT, [batch.id]))
        fault.release()
        await storywatch.until(lambda: server.requests.of("delete_message", status=204), "it is taken away")
    assert server.channel.messages == []


async def test_an_end_that_comes_while_an_edit_is_under_way_is_said_after_it(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    async with storywatch.bot():
        batch, message = await living(storywatch, "ann", "bea")
        fault = server.faults.hold("PATCH", MESSAGE)
        await storywatch.verdicts(batch, ann="live")
        await storywatch.until(lambda: fault.met, "the edit is under way")
        await storywatch.verdicts(batch, bea="live")
        await storywatch.passes(10)
        fault.release()
        await storywatch.until(lambda: "2 of 2" in message.text, "the final state")
        await storywatch.ended(batch, "the batch is done")


async def test_the_edits_end_with_the_client(storywatch: Storywatch, server: DiscordServer) -> None:
    async with storywatch.bot():
        batch, message = await living(storywatch, "ann", "bea")
        fault = server.faults.hold("PATCH", MESSAGE)
        await storywatch.verdicts(batch, ann="live")
        await storywatch.until(lambda: fault.met, "the edit is under way")
    fault.cancel()
    before = len(server.requests)
    await storywatch.verdicts(batch, bea="live")
    await storywatch.passes(20)
    assert len(server.requests) == before
    assert "0 of 2" in message.text
