"""The buttons of a batch: what they do, for whom, and that they still do it after a restart."""

from __future__ import annotations

import asyncio

import discord
import pytest

from bot.life import Life
from core.services.views import BatchView
from core.tasks import spawn
from tests.bot.storywatch import ROOT, Storywatch
from tests.discord_server import Attachment, DiscordServer, Message, Reply


@pytest.fixture
async def batch(storywatch: Storywatch) -> BatchView:
    return await storywatch.batch("ann", "bea", name="Street food")


async def shown(storywatch: Storywatch, batch: BatchView) -> Message:
    """The batch's message."""
    await storywatch.shown_in(storywatch.server.channel, batch)
    message = await storywatch.message()
    await storywatch.passes(4)
    return message


async def test_start_and_stop_do_so_and_the_message_shows_it(storywatch: Storywatch, batch: BatchView) -> None:
    ann = await storywatch.person("ann", "operators")
    async with storywatch.bot():
        message = await shown(storywatch, batch)
        reply = await ann.click(message, "Start")
        assert reply.ephemeral
        assert reply.text == "Street food: in line (1st)."
        await storywatch.until(lambda: "In line (1st)" in message.text, "the message shows it")
        reply = await ann.click(message, "Stop")
        assert reply.text == "Street food: ready. What is done is kept."
        await storywatch.until(lambda: "0 of 2 · Ready" in message.text, "the message shows it")
    audited = (await storywatch.app.audit.list(ROOT, verb="batch.st")).entries
    assert {(entry.actor, entry.verb) for entry in audited} == {
        (f"discord:ann ({ann.id})", "batch.start"),
        (f"discord:ann ({ann.id})", "batch.stop"),
    }


async def test_results_come_to_whoever_asks_with_all_of_them_in_a_file(
    storywatch: Storywatch, batch: BatchView
) -> None:
    vera = await storywatch.person("vera", "viewers")
    async with storywatch.bot():
        message = await shown(storywatch, batch)
        await storywatch.started(batch)
        await storywatch.verdicts(batch, ann="live", bea="unknown")
        reply = await vera.click(message, "Results")
        assert reply.ephemeral
        (file,) = reply.attachments
        assert b"ann,live" in file.data
        assert b"bea,unknown" in file.data


async def test_retry_checks_what_stayed_unknown_in_a_message_of_its_own(
    storywatch: Storywatch, server: DiscordServer, batch: BatchView
) -> None:
    ann = await storywatch.person("ann", "operators")
    async with storywatch.bot():
        message = await shown(storywatch, batch)
        await storywatch.started(batch)
        await storywatch.verdicts(batch, ann="live", bea="unknown")
        await storywatch.until(lambda: "2 of 2" in message.text, "the final state")
        reply = await storywatch.doing(ann.click(message, "Retry unknown (1)"))
        assert "1 profile once more. In line (1st)." in reply.text
        await storywatch.until(lambda: len(server.channel.messages) == 2, "the new batch's message")
        assert "0 of 1" in server.channel.last.text


async def test_delete_asks_first_and_then_deletes(storywatch: Storywatch, batch: BatchView) -> None:
    ann = await storywatch.person("ann", "operators")
    async with storywatch.bot():
        message = await shown(storywatch, batch)
        question = await ann.click(message, "Delete")
        assert question.ephemeral
        assert question.text.startswith("Delete Street food? 2 unfinished checks will not happen.")
        kept = await ann.click(question, "Keep it")
        assert kept.text == "It is kept."
        assert (await storywatch.show(batch)).name == "Street food"

        question = await ann.click(message, "Delete")
        deleted = await storywatch.doing(ann.click(question, "Delete the batch"))
        await storywatch.until(lambda: deleted.text == "Street food is deleted.", "the answer")
        assert deleted.buttons == []
        await storywatch.until(lambda: "Deleted by ann in Discord." in message.text, "the message shows it")
        assert await storywatch.app.batches.list(ROOT) == ()


async def test_buttons_work_after_a_restart_of_the_bot(storywatch: Storywatch, batch: BatchView) -> None:
    ann = await storywatch.person("ann", "operators")
    async with storywatch.bot():
        message = await shown(storywatch, batch)
    async with storywatch.bot():
        assert (await ann.click(message, "Start")).text == "Street food: in line (1st)."
        await storywatch.until(lambda: "In line (1st)" in message.text, "the same message shows it")


@pytest.mark.parametrize("label", ["Start", "Delete"])
async def test_a_viewer_cannot_change_a_batch(storywatch: Storywatch, batch: BatchView, label: str) -> None:
    vera = await storywatch.person("vera", "viewers")
    async with storywatch.bot():
        reply = await vera.click(await shown(storywatch, batch), label)
        assert reply.ephemeral
        assert "takes the role operator" in reply.text
    assert (await storywatch.show(batch)).requested_at is None


async def test_the_permission_is_asked_for_at_each_press(storywatch: Storywatch, batch: BatchView) -> None:
    ann = await storywatch.person("ann", "operators")
    async with storywatch.bot():
        message = await shown(storywatch, batch)
        question = await ann.click(message, "Delete")
        ann.take(storywatch.server.guild.role("operators"))
        for pressed, label in ((message, "Start"), (question, "Delete the batch")):
            reply = await ann.click(pressed, label)
            await storywatch.until(lambda: "no role in Storywatch" in said(reply), "the refusal")  # noqa: B023
    assert (await storywatch.show(batch)).requested_at is None


async def test_a_button_of_a_batch_that_is_gone_says_so(storywatch: Storywatch, batch: BatchView) -> None:
    ann = await storywatch.person("ann", "operators")
    async with storywatch.bot():
        message = await shown(storywatch, batch)
        await storywatch.verdicts(await storywatch.started(batch), ann="live", bea="live")
        await storywatch.until(lambda: "2 of 2" in message.text, "the final state")
        await storywatch.ended(batch, "the batch is done")
        await storywatch.doing(storywatch.app.batches.delete(ROOT, [batch.id]))
        reply = await ann.click(message, "Results")
        assert reply.text.startswith("There is no batch")


async def test_a_message_that_ended_lives_again_where_its_batch_is_started(
    storywatch: Storywatch, server: DiscordServer, batch: BatchView
) -> None:
    ann = await storywatch.person("ann", "operators")
    async with storywatch.bot():
        message = await shown(storywatch, batch)
        (living,) = await storywatch.app.batch_messages.alive(ROOT)
        await storywatch.app.batch_messages.ended(ROOT, living.id, "the bot may not write in the channel any more")
        await ann.click(message, "Start")
        await storywatch.until(lambda: len(server.channel.messages) == 2, "a message that lives")
        assert "In line (1st)" in server.channel.last.text


# -- what nobody knows any more -----------------------------------------------------------


async def with_button(life: Life, server: DiscordServer, custom_id: str) -> Message:
    """A message with a button that the next client knows nothing of."""
    assert life.client is not None
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Press", custom_id=custom_id))
    await life.client.get_partial_messageable(server.channel.id).send("from long ago", view=view)
    return server.channel.last


async def test_a_button_of_an_older_version_is_answered(storywatch: Storywatch, server: DiscordServer) -> None:
    ann = await storywatch.person("ann", "operators")
    async with storywatch.bot() as life:
        old = await with_button(life, server, "sw:promote:17")
    async with storywatch.bot():
        reply = await ann.click(old, "Press")
        assert reply.ephemeral
        assert reply.text == "This message is too old for its buttons; /batch show and /help lead on."


async def test_a_button_that_was_known_to_an_earlier_process_alone_is_answered_in_time(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    ann = await storywatch.person("ann", "operators")
    async with storywatch.bot() as life:
        old = await with_button(life, server, "4f0c2a")
    async with storywatch.bot():
        pressing = spawn(ann.click(old, "Press"), name="press")
        await storywatch.passes(2.5)
        assert (await pressing).text.startswith("This message is too old")


async def test_a_form_that_was_opened_before_a_restart_is_answered_in_time(storywatch: Storywatch) -> None:
    ann = await storywatch.person("ann", "operators")
    await storywatch.batch("bea")
    async with storywatch.bot():
        opened = (await ann.slash("niche", "import", niche="food")).modal
    async with storywatch.bot():
        label = next(each.label for each in opened.fields if each.required)
        sending = spawn(ann.submit(opened, {label: [Attachment("names.txt", b"cleo")]}), name="send")
        await storywatch.passes(2.5)
        assert (await sending).text == "Storywatch was restarted since this form was opened; open it again."


async def test_a_press_whose_first_answer_is_lost_is_answered_so_that_it_can_be_made_again(
    storywatch: Storywatch, server: DiscordServer, batch: BatchView
) -> None:
    ann = await storywatch.person("ann", "operators")
    async with storywatch.bot():
        message = await shown(storywatch, batch)
        server.faults.rest("POST", "/interactions/*/*/callback", drop="before")
        reply = await ann.click(message, "Start")
        assert reply.text == "Discord did not take that in time; try again in a moment."
        assert (await ann.click(message, "Start")).text == "Street food: in line (1st)."


async def test_two_presses_at_once_are_both_answered(storywatch: Storywatch, batch: BatchView) -> None:
    ann, ben = await storywatch.person("ann", "operators"), await storywatch.person("ben", "operators")
    async with storywatch.bot():
        message = await shown(storywatch, batch)
        replies = await asyncio.gather(ann.click(message, "Start"), ben.click(message, "Start"))
        assert {reply.text for reply in replies} == {"Street food: in line (1st)."}


def said(reply: Reply) -> str:
    """What the answer and all that came after it say."""
    return "\n".join([reply.text, *(each.text for each in reply.followups)])
