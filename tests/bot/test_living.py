"""Messages that live with their batches: what they say, how often they are edited, how they end."""

from __future__ import annotations

from itertools import pairwise

from core.domain.actor import Actor, Role
from tests.bot.storywatch import ROOT, Storywatch, field
from tests.discord_server import DiscordServer, Message

MARA = Actor("panel:Mara K.", Role.OPERATOR)
SPACING = 3.0


def labels(message: Message) -> list[str]:
    return [button.label for button in message.buttons]


def edit_times(server: DiscordServer) -> list[float]:
    """When messages of the channel were sent or edited, by the clock."""
    changes = [*server.requests.of("create_message"), *server.requests.of("update_message")]
    return sorted(seen.at.timestamp() for seen in changes)


async def test_a_message_follows_its_batch_from_beginning_to_end(storywatch: Storywatch, server: DiscordServer) -> None:
    async with storywatch.bot():
        batch = await storywatch.batch("ann", "bea", "cleo", name="Street food")
        await storywatch.shown_in(server.channel, batch)
        ready = await storywatch.message()
        assert "0 of 3 · Ready" in ready.text
        assert labels(ready) == ["Start", "Results", "Delete"]
        assert ready.text.splitlines()[0] == "Street food"
        assert f"Created by root from a terminal · {batch.id[:8]}\n" in ready.text

        await storywatch.started(batch)
        await storywatch.until(lambda: labels(ready)[0] == "Stop", "it says that it runs")
        await storywatch.verdicts(batch, ann="live", bea="unknown")
        await storywatch.until(lambda: "2 of 3" in ready.text, "two checks")
        assert (field(ready, "Live"), field(ready, "Unknown"), field(ready, "Success rate")) == ("1", "1", "50.0%")
        assert "Unknown: 1 rate limited" in ready.text
        assert labels(ready) == ["Stop", "Results", "Retry unknown (1)", "Delete"]

        await storywatch.verdicts(batch, cleo="none")
        await storywatch.until(lambda: "3 of 3" in ready.text, "the final state")
        assert labels(ready) == ["Results", "Retry unknown (1)", "Delete"]
        await storywatch.passes(30)
    assert server.channel.messages == [ready]
    await storywatch.ended(batch, "the batch is done")
    assert ready.pings.everyone is False


async def test_edits_are_three_seconds_apart_and_only_the_latest_state_is_sent(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    names = [f"p{number}" for number in range(30)]
    batch = await storywatch.batch(*names)
    await storywatch.shown_in(server.channel, batch)
    async with storywatch.bot():
        await storywatch.started(batch)
        for name in names:
            await storywatch.verdicts(batch, **{name: "live"})
            await storywatch.passes(0.5)
        message = await storywatch.message()
        await storywatch.until(lambda: "30 of 30" in message.text, "the final state")
    times = edit_times(server)
    assert min(later - earlier for earlier, later in pairwise(times)) >= SPACING
    # Fifteen seconds of changes, and the last state.
    assert 4 <= len(times) <= 8


async def test_where_nothing_changes_nothing_is_edited(storywatch: Storywatch, server: DiscordServer) -> None:
    batch = await storywatch.batch("ann", "bea")
    await storywatch.shown_in(server.channel, batch)
    async with storywatch.bot():
        await storywatch.message()
        await storywatch.passes(5)
        before = len(server.requests)
        await storywatch.passes(120, step=3)
        assert len(server.requests) == before


async def test_a_batch_that_stands_still_promises_no_end(storywatch: Storywatch, server: DiscordServer) -> None:
    names = [f"p{number}" for number in range(40)]
    batch = await storywatch.batch(*names)
    await storywatch.shown_in(server.channel, batch)
    async with storywatch.bot():
        await storywatch.started(batch)
        for name in names[:20]:
            await storywatch.verdicts(batch, **{name: "none"})
            await storywatch.passes(1)
        message = await storywatch.message()
        await storywatch.until(lambda: "/s · done <t:" in message.text, "a rate and an end")
        await storywatch.until(lambda: "20 of 40\n" in message.text, "neither of them")
        assert "/s" not in message.text


async def test_a_batch_that_waits_says_why(storywatch: Storywatch, server: DiscordServer) -> None:
    batch = await storywatch.batch("ann")
    await storywatch.shown_in(server.channel, batch)
    async with storywatch.bot():
        await storywatch.started(batch)
        async with storywatch.database.transaction() as tx:
            await tx.execute("UPDATE batch SET waiting_reason = 'every route rests'")
        message = await storywatch.message()
        await storywatch.until(lambda: "Waits: every route rests" in message.text, "why it waits")


async def test_fifty_batches_share_one_channel_and_all_of_their_ends_arrive(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    batches = [await storywatch.batch(f"a{number}", f"b{number}") for number in range(50)]
    for batch in batches:
        await storywatch.shown_in(server.channel, batch)
    async with storywatch.bot():
        await storywatch.until(lambda: len(server.channel.messages) == 50, "all fifty messages", step=SPACING)
        for batch in batches:
            await storywatch.started(batch)
        for number, batch in enumerate(batches):
            await storywatch.verdicts(batch, **{f"a{number}": "live"})
        await storywatch.passes(30)
        for number, batch in enumerate(batches):
            await storywatch.verdicts(batch, **{f"b{number}": "none"})
        everywhere = server.channel.messages
        await storywatch.until(lambda: all("2 of 2" in each.text for each in everywhere), "all ends", step=SPACING)
        await storywatch.passes(10)
    times = edit_times(server)
    assert min(later - earlier for earlier, later in pairwise(times)) >= SPACING
    assert len(server.channel.messages) == 50
    for batch in batches:
        await storywatch.ended(batch, "the batch is done")
    assert not server.requests.of("update_message", status=429)


async def test_an_end_goes_before_what_only_has_other_numbers(storywatch: Storywatch, server: DiscordServer) -> None:
    batches = [await storywatch.batch(f"a{number}", f"b{number}") for number in range(10)]
    for batch in batches:
        await storywatch.started(batch)
        await storywatch.shown_in(server.channel, batch)
    async with storywatch.bot():
        await storywatch.until(lambda: len(server.channel.messages) == 10, "all messages")
        await storywatch.passes(10)
        for number, batch in enumerate(batches):
            await storywatch.verdicts(batch, **{f"a{number}": "live"})
        await storywatch.passes(4)
        await storywatch.verdicts(batches[-1], b9="live")
        # The one that is under way, and then this one.
        await storywatch.passes(2 * SPACING + 2)
        behind = sum("1 of 2" not in each.text for each in server.channel.messages[:-1])
        assert "2 of 2" in server.channel.messages[-1].text
        assert behind >= 4


async def test_a_message_of_fifty_five_minutes_gives_way_to_a_fresh_one(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    batch = await storywatch.batch("ann", "bea")
    await storywatch.shown_in(server.channel, batch)
    async with storywatch.bot():
        old = await storywatch.message()
        await storywatch.clock.advance(54 * 60)
        await storywatch.started(batch)
        await storywatch.until(lambda: labels(old)[0] == "Stop", "the old one is edited")
        await storywatch.passes(8)
        await storywatch.clock.advance(2 * 60)
        await storywatch.passes(3)
        assert not old.deleted
        await storywatch.verdicts(batch, ann="live")
        await storywatch.until(lambda: old.deleted, "the old one is taken away")
        (fresh,) = server.channel.messages
        assert "1 of 2" in fresh.text
        await storywatch.verdicts(batch, bea="live")
        await storywatch.until(lambda: "2 of 2" in fresh.text, "the fresh one goes on")
    assert server.channel.messages == [fresh]
    assert not server.requests.of("update_message", status=429)


async def test_a_deleted_batch_is_said_to_be_so_and_by_whom(storywatch: Storywatch, server: DiscordServer) -> None:
    batch = await storywatch.batch("ann", name="Street *food*")
    await storywatch.shown_in(server.channel, batch)
    async with storywatch.bot():
        message = await storywatch.message()
        await storywatch.passes(4)
        await storywatch.doing(storywatch.app.batches.delete(MARA, [batch.id]))
        await storywatch.until(lambda: "Deleted by Mara K. from the panel." in message.text, "the end is said")
        assert message.text.startswith(r"Street \*food\*")
        assert message.buttons == []
        await storywatch.passes(5)
    assert await storywatch.app.batch_messages.farewells(ROOT) == ()


async def test_what_happened_while_the_bot_was_away_is_said_afterwards_in_the_same_messages(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    running, done, deleted = [await storywatch.batch(name, f"{name}2", name=name) for name in ("ann", "bea", "cleo")]
    for batch in (running, done, deleted):
        await storywatch.started(batch)
        await storywatch.shown_in(server.channel, batch)
    async with storywatch.bot():
        await storywatch.until(lambda: len(server.channel.messages) == 3, "all messages")
        await storywatch.passes(10)
    before = list(server.channel.messages)

    await storywatch.verdicts(running, ann="live")
    await storywatch.verdicts(done, bea="live", bea2="none")
    await storywatch.doing(storywatch.app.batches.delete(MARA, [deleted.id]))
    await storywatch.passes(120, step=3)
    async with storywatch.bot():
        await storywatch.until(lambda: "1 of 2" in before[0].text, "the running one goes on")
        await storywatch.until(lambda: "2 of 2" in before[1].text, "the done one is said to be done")
        await storywatch.until(lambda: "Deleted by" in before[2].text, "the deleted one is said to be so")
    assert server.channel.messages == before
    await storywatch.ended(done, "the batch is done")


async def test_a_batch_that_was_done_hours_ago_still_gets_its_final_state(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    batch = await storywatch.batch("ann")
    await storywatch.started(batch)
    await storywatch.shown_in(server.channel, batch)
    async with storywatch.bot():
        await storywatch.message()
    await storywatch.verdicts(batch, ann="live")
    await storywatch.clock.advance(5 * 3600)
    async with storywatch.bot():
        await storywatch.until(lambda: "1 of 1" in server.channel.messages[-1].text, "the final state")
        await storywatch.passes(5)
    assert len(server.channel.messages) == 1
    await storywatch.ended(batch, "the batch is done")


async def test_one_batch_lives_in_several_channels(storywatch: Storywatch, server: DiscordServer) -> None:
    alerts = server.guild.add_channel("alerts")
    batch = await storywatch.batch("ann")
    for channel in (server.channel, alerts):
        await storywatch.shown_in(channel, batch)
    async with storywatch.bot():
        await storywatch.until(lambda: server.channel.messages and alerts.messages, "both messages")
        await storywatch.started(batch)
        await storywatch.verdicts(batch, ann="gone")
        both = (server.channel.messages[0], alerts.messages[0])
        await storywatch.until(lambda: all("1 of 1" in each.text for each in both), "both ends")
