"""Alerts in channels: posted once, whatever becomes of Discord, of the channel and of us."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import discord
import pytest

from bot.cards import BAD, GOOD
from core.domain.alarms import GOES_ON, AlertKind, NewAlert
from core.secrets import Secret
from core.services.views.alerts import AlertDeliveryView, AlertTargetView
from core.storage import alerts
from tests.bot.storywatch import ROOT, Storywatch, field, opened
from tests.discord_server import Channel, DiscordServer, Message

MESSAGES = "/channels/*/messages"
BREAKER = NewAlert(AlertKind.BREAKER, "platform", "The platform refuses everybody; everything pauses.")


async def target(storywatch: Storywatch, channel: Channel, label: str = "Editors", **values: str) -> AlertTargetView:
    """A channel that is told everything."""
    return await storywatch.app.alerts.add_target(ROOT, label, "discord", Secret(str(channel.id)), values)


async def happened(storywatch: Storywatch, *news: NewAlert) -> None:
    """Something is an alert."""
    async with storywatch.database.transaction() as tx:
        await alerts.add(tx, news, storywatch.clock.now())


async def told(storywatch: Storywatch, channel: Channel, number: int = 1) -> Message:
    """The newest message, when there are so many."""
    await storywatch.until(lambda: len(channel.messages) >= number, f"{number} messages")
    return channel.last


async def deliveries(storywatch: Storywatch) -> Sequence[AlertDeliveryView]:
    """What became of the newest alert."""
    return (await storywatch.app.alerts.list(ROOT))[-1].deliveries


async def became(storywatch: Storywatch, state: str) -> AlertDeliveryView:
    """The only delivery of the newest alert, once it is so."""
    for _ in range(400):
        found = await deliveries(storywatch)
        if [each.state for each in found] == [state]:
            return found[0]
        await storywatch.passes(0.5)
    raise AssertionError(f"it never became {state}: {await deliveries(storywatch)}")


# -- what is posted -------------------------------------------------------------------------


async def test_an_alert_is_posted_once_and_mentions_exactly_its_role(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    desk, other = server.guild.role("story-ops"), server.guild.role("others")
    desk.mentionable = other.mentionable = True
    await target(storywatch, server.channel, mention=str(desk.id))
    news = NewAlert(AlertKind.BREAKER, "platform", f"Refused by <@&{other.id}> and @everyone, **all** of it.")
    async with storywatch.bot():
        await happened(storywatch, news)
        message = await told(storywatch, server.channel)
        assert message.content == f"<@&{desk.id}>"
        assert [role.id for role in message.pings.roles] == [desk.id]
        assert message.pings.everyone is False
        assert f"<@&{other.id}>" not in message.text
        assert "\\*\\*all\\*\\*" in message.text
        await became(storywatch, "delivered")
        await storywatch.passes(120, step=3)
    assert server.channel.messages == [message]
    (found,) = await storywatch.app.alerts.targets(ROOT)
    assert (found.waiting, found.last_error) == (0, None)
    assert found.last_delivered_at is not None


async def test_a_finished_batch_is_a_digest_with_its_file_and_buttons(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    await storywatch.app.alerts.set_rules(ROOT, {"batches": "all"})
    await target(storywatch, server.channel)
    ann = await storywatch.person("ann", "operators")
    batch = await storywatch.started(await storywatch.batch("ann", "bea", "cleo", name="Street food"))
    await storywatch.verdicts(batch, ann="live", bea="none", cleo="unknown")
    async with storywatch.bot():
        message = await told(storywatch, server.channel)
        assert "Street food" in message.text
        assert "https://www.instagram.com/ann" in message.text
        assert (field(message, "Live"), field(message, "Unknown")) == ("1", "1")
        (file,) = message.attachments
        assert file.filename.endswith(".csv")
        assert b"ann,live" in file.data
        assert [button.label for button in message.buttons] == ["Retry unknown (1)", "All live profiles"]
        reply = await storywatch.doing(ann.click(message, "All live profiles"))
        assert "Live: 1" in reply.text


async def test_a_file_that_discord_does_not_take_is_left_out_and_the_message_says_so(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    await storywatch.app.alerts.set_rules(ROOT, {"batches": "all"})
    await target(storywatch, server.channel)
    batch = await storywatch.started(await storywatch.batch("ann"))
    await storywatch.verdicts(batch, ann="live")
    server.world.upload_limit = 10
    async with storywatch.bot():
        message = await told(storywatch, server.channel)
        assert message.attachments == []
        assert "too large for Discord" in message.text
        await became(storywatch, "delivered")


@pytest.mark.parametrize(
    ("text", "title", "colour"),
    [(BREAKER.text, "The platform refuses us", BAD), (GOES_ON, "Everything goes on again", GOOD)],
)
async def test_a_pause_and_its_end_look_different(
    storywatch: Storywatch, server: DiscordServer, text: str, title: str, colour: int
) -> None:
    await target(storywatch, server.channel)
    async with storywatch.bot():
        await happened(storywatch, NewAlert(AlertKind.BREAKER, "platform", text))
        message = await told(storywatch, server.channel)
    assert (message.embeds[0].title, message.embeds[0].colour) == (title, discord.Colour(colour))


async def test_a_pause_has_a_button_that_asks_anew_who_presses_it_also_after_a_restart(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    await target(storywatch, server.channel)
    olga, ada = await storywatch.person("olga", "operators"), await storywatch.person("ada", "admins")
    async with storywatch.bot():
        await happened(storywatch, NewAlert(AlertKind.PROXIES_LOW, "proxies", "Few proxies are ready."), BREAKER)
        message = await told(storywatch, server.channel)
        assert [button.label for button in message.buttons] == ["Probe now"]
    async with storywatch.bot():
        refused = await storywatch.doing(olga.click(message, "Probe now"))
        assert refused.ephemeral
        assert "To let the platform be probed takes the role admin" in refused.text
        reply = await storywatch.doing(ada.click(message, "Probe now"))
        assert reply.ephemeral
        assert reply.text == "The platform refuses nobody now, so there is nothing to probe."


async def test_a_pause_that_is_over_has_no_button(storywatch: Storywatch, server: DiscordServer) -> None:
    await target(storywatch, server.channel)
    async with storywatch.bot():
        await happened(storywatch, BREAKER, NewAlert(AlertKind.BREAKER, "platform", GOES_ON))
        message = await told(storywatch, server.channel)
    assert message.text.count("everything") > 1
    assert list(message.buttons) == []


async def test_a_storm_is_one_message_that_says_how_many_more_there_are(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    await target(storywatch, server.channel)
    async with storywatch.bot():
        storm = [NewAlert(AlertKind.PROXY_FAILING, f"proxy {n}", f"The proxy {n} failed.") for n in range(40)]
        await happened(storywatch, *storm)
        message = await told(storywatch, server.channel)
        await storywatch.passes(100, step=3)
        assert server.channel.messages == [message]
        assert "more" in message.text
        assert "The proxy 1 failed." in message.text


async def test_each_target_is_told_in_its_own_channel(storywatch: Storywatch, server: DiscordServer) -> None:
    other = server.guild.add_channel("stories")
    await target(storywatch, server.channel, kinds="breaker")
    await target(storywatch, other, "Stories", kinds="story")
    async with storywatch.bot():
        await happened(storywatch, BREAKER, NewAlert(AlertKind.STORY, "ann", "ann has a new story."))
        await told(storywatch, other)
        await told(storywatch, server.channel)
    assert "ann has a new story." in other.last.text
    assert "refuses everybody" in server.channel.last.text
    assert len(other.messages) == len(server.channel.messages) == 1


async def test_a_test_is_answered_with_what_became_of_it(storywatch: Storywatch, server: DiscordServer) -> None:
    made = await target(storywatch, server.channel)
    async with storywatch.bot():
        answer = await storywatch.doing(storywatch.app.alerts.test_target(ROOT, made.id))
        assert answer.ok
        assert len(server.channel.messages) == 1
        server.channel.deny("send_messages")
        await storywatch.passes(70, step=3)
        answer = await storywatch.doing(storywatch.app.alerts.test_target(ROOT, made.id))
    assert not answer.ok
    assert "may not write in the channel" in answer.sentence


# -- what goes wrong ------------------------------------------------------------------------


async def test_a_deleted_channel_is_given_up_and_says_so_and_the_others_go_on(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    gone = server.guild.add_channel("gone")
    await target(storywatch, gone, "Gone", kinds="story")
    await target(storywatch, server.channel)
    async with storywatch.bot():
        gone.delete()
        await happened(storywatch, NewAlert(AlertKind.STORY, "ann", "ann has a new story."))
        await told(storywatch, server.channel)
        await storywatch.passes(30, step=3)
        states = {each.label: (each.state, each.error) for each in await deliveries(storywatch)}
        assert states == {"Gone": ("given_up", "the channel was deleted"), "Editors": ("delivered", None)}
    failing = await storywatch.app.alerts.target(ROOT, "Gone")
    assert failing.last_error == "the channel was deleted"


async def test_a_permission_that_comes_back_is_waited_for(storywatch: Storywatch, server: DiscordServer) -> None:
    await target(storywatch, server.channel)
    server.channel.deny("send_messages")
    async with storywatch.bot():
        await happened(storywatch, BREAKER)
        failing = await became(storywatch, "failing")
        assert failing.error == "the bot may not write in the channel any more"
        server.channel.allow("send_messages")
        await became(storywatch, "delivered")
    assert len(server.channel.messages) == 1
    assert (await storywatch.app.alerts.target(ROOT, "Editors")).last_error is None


async def test_a_server_that_the_settings_do_not_name_is_told_nothing(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    elsewhere = next(iter(server.add_guild("Other").channels.values()))
    await target(storywatch, elsewhere)
    async with storywatch.bot():
        await happened(storywatch, BREAKER)
        found = await became(storywatch, "given_up")
    assert found.error == "the channel's server is not in STORYWATCH_DISCORD_GUILDS"
    assert elsewhere.messages == []


async def test_what_discord_misses_while_it_is_away_comes_afterwards_and_once(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    await target(storywatch, server.channel)
    async with storywatch.bot():
        outage = server.faults.rest("POST", MESSAGES, status=503, times=None)
        await happened(storywatch, BREAKER)
        failing = await became(storywatch, "failing")
        assert failing.error == "Discord did not answer"
        await happened(storywatch, NewAlert(AlertKind.STORY, "ann", "ann has a new story."))
        await storywatch.passes(60, step=3)
        outage.cancel()
        await became(storywatch, "delivered")
        await storywatch.passes(200, step=3)
    text = "\n".join(message.text for message in server.channel.messages)
    assert text.count("refuses everybody") == text.count("ann has a new story.") == 1


async def test_what_happens_while_no_bot_runs_is_told_when_it_does(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    await target(storywatch, server.channel)
    await happened(storywatch, BREAKER)
    await storywatch.clock.advance(3 * 3_600)
    async with storywatch.bot():
        await told(storywatch, server.channel)
        await became(storywatch, "delivered")
    assert len(server.channel.messages) == 1


# -- once -----------------------------------------------------------------------------------


async def test_an_answer_that_is_lost_makes_no_second_message(storywatch: Storywatch, server: DiscordServer) -> None:
    await target(storywatch, server.channel)
    server.faults.rest("POST", MESSAGES, drop="after")
    async with storywatch.bot():
        await happened(storywatch, BREAKER)
        found = await became(storywatch, "delivered")
    assert found.attempts == 2
    assert len(server.channel.messages) == 1
    first, second = server.requests.of("create_message")
    assert first.body["nonce"] == second.body["nonce"]
    assert second.body["enforce_nonce"] is True


@pytest.mark.parametrize("away_for", [timedelta(seconds=5), timedelta(hours=2)])
async def test_after_a_crash_between_sending_and_writing_it_down_nothing_is_posted_twice(
    storywatch: Storywatch, server: DiscordServer, away_for: timedelta
) -> None:
    await target(storywatch, server.channel)
    held = server.faults.rest("POST", MESSAGES, hold="after")
    async with storywatch.bot():
        await happened(storywatch, BREAKER)
        await storywatch.until(lambda: held.met, "it is sent")
        # The bot ends here, as in a crash: sent, and nobody wrote it down.
    held.cancel()
    assert len(server.channel.messages) == 1
    assert (await deliveries(storywatch))[0].state == "waiting"
    await storywatch.clock.advance(away_for.total_seconds())
    folder = storywatch.app.settings.data_dir
    async with opened(folder, server, server.clock) as again, again.bot():
        await became(again, "delivered")
        await again.passes(30, step=3)
    assert len(server.channel.messages) == 1


async def test_a_batch_that_was_deleted_meanwhile_is_told_without_buttons(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    await target(storywatch, server.channel)
    batch = await storywatch.batch("ann", name="Street food")
    await happened(storywatch, NewAlert(AlertKind.BATCH_FINISHED, "Street food", "Street food is finished.", batch.id))
    await storywatch.doing(storywatch.app.batches.delete(ROOT, [batch.id]))
    async with storywatch.bot():
        message = await told(storywatch, server.channel)
        assert "Street food" in message.text
        assert message.buttons == []
