"""The stand-in takes, keeps, shows and refuses messages as Discord does."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import discord
import pytest

from core.tasks import spawn
from tests.bot.rehearsal import RehearsalBot
from tests.discord_server import DiscordServer, Person
from tests.discord_server.wire import ChannelKind

FIELD = "n" * 256, "v" * 1024


@pytest.fixture
def channel(server: DiscordServer, rehearsal: RehearsalBot) -> discord.PartialMessageable:
    """The channel as a bot that remembers only its id has it."""
    return rehearsal.get_partial_messageable(server.channel.id)


async def test_a_message_is_sent_read_changed_and_deleted(
    server: DiscordServer, channel: discord.PartialMessageable
) -> None:
    card = discord.Embed(title="Batch", url="https://example.org/1", colour=0x123456).set_footer(text="Sandbox")
    sent = await channel.send("0 %", embed=card)
    (message,) = server.channel.messages
    assert message.text == "0 %\nBatch\nSandbox"
    await server.clock.advance(60)
    await channel.get_partial_message(sent.id).edit(content="50 %")
    read = await channel.fetch_message(sent.id)
    assert (read.content, read.embeds) == ("50 %", [card])
    assert read.edited_at == server.clock.now()
    assert [version.content for version in message.versions] == ["0 %", "50 %"]
    assert [found.id async for found in channel.history(limit=5)] == [sent.id]
    await channel.get_partial_message(sent.id).delete()
    assert message.deleted
    await server.channel.wait_until_deleted(message)
    for attempt in (channel.fetch_message(sent.id), channel.get_partial_message(sent.id).edit(content="x")):
        with pytest.raises(discord.NotFound) as caught:
            await attempt
        assert caught.value.code == 10008


async def test_the_past_is_read_in_pages(
    server: DiscordServer, channel: discord.PartialMessageable, ann: Person
) -> None:
    written = [ann.says(str(number)).id for number in range(250)]
    assert [message.id async for message in channel.history(limit=None, oldest_first=True)] == written
    assert [message.id async for message in channel.history(limit=120)] == written[:-121:-1]


@pytest.mark.parametrize(
    ("content", "cards", "where"),
    [
        ("x" * 2001, [], "content"),
        ("", [discord.Embed(title="x" * 257)], "title"),
        ("", [discord.Embed(description="x" * 4097)], "description"),
        ("", [discord.Embed(title="x", url="ftp://example.org")], "url"),
        ("", [discord.Embed(title="x").set_author(name="x" * 257)], "author"),
        ("", [discord.Embed(title="x").set_footer(text="x" * 2049)], "footer"),
        ("", [discord.Embed(title="x").add_field(name="", value="x")], "fields"),
        ("", [discord.Embed(title="x").add_field(name="x", value="x" * 1025)], "fields"),
        ("", [discord.Embed()], "description"),
        ("", [discord.Embed(description="x" * 4000), discord.Embed(description="x" * 2001)], "embeds"),
    ],
)
async def test_a_message_that_holds_too_much_or_what_it_may_not_is_refused(
    server: DiscordServer, channel: discord.PartialMessageable, content: str, cards: list[discord.Embed], where: str
) -> None:
    server.strict = False
    with pytest.raises(discord.HTTPException, match=where) as caught:
        await channel.send(content or None, embeds=cards)
    assert (caught.value.status, caught.value.code) == (400, 50035)
    assert server.channel.messages == []
    assert len(server.bad_bodies) == 1


async def test_a_message_may_hold_all_that_is_allowed(
    server: DiscordServer, channel: discord.PartialMessageable
) -> None:
    full = discord.Embed(description="x" * 3000)
    for _ in range(25):
        full.add_field(name="n", value="v")
    await channel.send("x" * 2000, embeds=[full, discord.Embed(description="x" * 2950)])
    server.strict = False
    full.add_field(name="n", value="v")
    with pytest.raises(discord.HTTPException):
        await channel.send(embed=full)
    with pytest.raises(discord.HTTPException):
        await channel.get_partial_message(server.channel.last.id).edit(content="x" * 2001)


async def test_an_empty_message_is_refused_also_when_it_becomes_empty(
    server: DiscordServer, channel: discord.PartialMessageable
) -> None:
    with pytest.raises(discord.HTTPException) as caught:
        await channel.send("")
    assert (caught.value.status, caught.value.code) == (400, 50006)
    sent = await channel.send("text")
    with pytest.raises(discord.HTTPException) as caught:
        await channel.get_partial_message(sent.id).edit(content=None)
    assert caught.value.code == 50006


@pytest.mark.parametrize(
    "buttons",
    [
        [discord.ui.Button(label="x", custom_id="same"), discord.ui.Button(label="y", custom_id="same")],
        [discord.ui.Button(custom_id="nothing to read")],
        [discord.ui.Button(label="x" * 81, custom_id="long")],
    ],
)
async def test_buttons_that_could_not_work_are_refused(
    server: DiscordServer, channel: discord.PartialMessageable, buttons: list[discord.ui.Button[Any]]
) -> None:
    server.strict = False
    view = discord.ui.View()
    for button in buttons:
        view.add_item(button)
    with pytest.raises(discord.HTTPException) as caught:
        await channel.send("x", view=view)
    view.stop()
    assert caught.value.code == 50035


async def test_a_layout_of_the_newer_components_comes_back_as_it_was_sent(
    server: DiscordServer, channel: discord.PartialMessageable
) -> None:
    layout = discord.ui.LayoutView(timeout=None)
    button: discord.ui.Button[Any] = discord.ui.Button(label="Open", custom_id="open")
    layout.add_item(
        discord.ui.Container(
            discord.ui.TextDisplay("## Batch 7"),
            discord.ui.Separator(),
            discord.ui.Section(discord.ui.TextDisplay("41 %"), accessory=button),
        )
    )
    sent = await channel.send(view=layout)
    layout.stop()
    assert server.channel.last.text == "## Batch 7\n41 %\nOpen"
    assert (await channel.fetch_message(sent.id)).flags.components_v2
    server.strict = False
    with pytest.raises(discord.HTTPException, match="cannot be used when using"):
        await channel.get_partial_message(sent.id).edit(content="beside")


# -- again and again -----------------------------------------------------------------


async def test_the_same_nonce_brings_the_first_message_again(
    server: DiscordServer, channel: discord.PartialMessageable
) -> None:
    first = await channel.send("one", nonce="alert-7")
    second = await channel.send("two", nonce="alert-7")
    assert second.id == first.id
    assert [message.content for message in server.channel.messages] == ["one"]
    await server.clock.advance(5 * 60 + 1)
    assert (await channel.send("three", nonce="alert-7")).id != first.id
    server.strict = False
    with pytest.raises(discord.HTTPException):
        await channel.send("x", nonce="x" * 26)


async def test_a_send_whose_answer_was_lost_can_be_repeated_by_its_nonce(
    server: DiscordServer, channel: discord.PartialMessageable
) -> None:
    server.faults.rest("POST", "/channels/*/messages", drop="after")
    with pytest.raises(aiohttp.ClientError):
        await channel.send("once", nonce="alert-8")
    await channel.send("once", nonce="alert-8")
    assert [message.content for message in server.channel.messages] == ["once"]


# -- who may -------------------------------------------------------------------------


async def test_what_the_bot_may_not_do_in_a_channel_is_refused(
    server: DiscordServer, channel: discord.PartialMessageable, ann: Person
) -> None:
    server.rates.enforced = False
    theirs = ann.says("mine")
    mine = await channel.send("before")
    server.channel.deny("embed_links", "attach_files", "read_message_history")
    await channel.send("still")
    assert [found.id async for found in channel.history()] == []
    for attempt in (
        channel.send(embed=discord.Embed(title="x")),
        channel.send(file=discord.File(__file__)),
        channel.fetch_message(mine.id),
        channel.get_partial_message(theirs.id).delete(),
    ):
        with pytest.raises(discord.Forbidden) as caught:
            await attempt
        assert caught.value.code == 50013
    server.channel.deny("send_messages")
    with pytest.raises(discord.Forbidden) as caught:
        await channel.send("not any more")
    assert caught.value.code == 50013
    await channel.get_partial_message(mine.id).edit(content="its own it may change")
    server.channel.deny("view_channel")
    with pytest.raises(discord.Forbidden) as caught:
        await channel.get_partial_message(mine.id).edit(content="unseen")
    assert caught.value.code == 50001
    server.channel.allow("view_channel", "send_messages")
    await channel.send("again")


async def test_roles_and_overwrites_are_taken_together(server: DiscordServer, ann: Person) -> None:
    operator, room = server.guild.role("operator"), server.guild.add_channel("room")
    room.deny("view_channel", to=server.guild.everyone)
    assert room.permissions_of(ann.member) == 0
    room.allow("view_channel", to=operator)
    assert room.permissions_of(ann.member) != 0
    room.deny("view_channel", to=ann.user)
    assert room.permissions_of(ann.member) == 0
    ann.give(server.guild.role("admin", "administrator"))
    assert room.permissions_of(ann.member) == discord.Permissions.all().value


async def test_another_ones_message_is_not_changed_and_deleted_only_with_the_permission(
    server: DiscordServer, channel: discord.PartialMessageable, ann: Person
) -> None:
    theirs = ann.says("mine")
    with pytest.raises(discord.Forbidden) as caught:
        await channel.get_partial_message(theirs.id).edit(content="yours")
    assert caught.value.code == 50005
    server.channel.allow("manage_messages")
    await channel.get_partial_message(theirs.id).delete()
    assert theirs.deleted


async def test_a_channel_or_guild_that_is_gone_is_told_and_then_unknown(
    server: DiscordServer, rehearsal: RehearsalBot
) -> None:
    room = server.guild.add_channel("room")
    created = await rehearsal.hears("guild_channel_create")
    assert isinstance(created, discord.TextChannel)
    left = spawn(rehearsal.hears("guild_channel_delete"), name="gone")
    room.delete()
    assert (await left).id == created.id
    with pytest.raises(discord.NotFound) as missing:
        await created.send("x")
    assert missing.value.code == 10003
    thrown_out = spawn(rehearsal.hears("guild_remove"), name="thrown out")
    server.guild.remove(server.world.bot)
    assert (await thrown_out).id == server.guild.id
    with pytest.raises(discord.Forbidden) as caught:
        await rehearsal.get_partial_messageable(server.channel.id).send("x")
    assert caught.value.code == 50001


async def test_a_person_who_takes_no_messages_gets_none(
    server: DiscordServer, rehearsal: RehearsalBot, ann: Person
) -> None:
    user = await rehearsal.fetch_user(ann.id)
    await user.send("hello")
    assert ann.dm.last.content == "hello"
    ann.user.takes_dms = False
    with pytest.raises(discord.Forbidden) as caught:
        await user.send("hello?")
    assert caught.value.code == 50007


async def test_channels_without_messages_take_none(server: DiscordServer, rehearsal: RehearsalBot) -> None:
    drawer = server.guild.add_channel("drawer", ChannelKind.CATEGORY)
    with pytest.raises(discord.HTTPException) as caught:
        await rehearsal.get_partial_messageable(drawer.id).send("x")
    assert caught.value.code == 50008


# -- mentions, replies, threads ------------------------------------------------------


async def test_a_message_pings_whom_it_names_unless_the_bot_says_otherwise(
    server: DiscordServer, channel: discord.PartialMessageable, ann: Person
) -> None:
    readers = server.guild.role("readers")
    readers.mentionable = True
    named = f"{ann.mention} {readers.mention} @everyone <@123>"
    await channel.send(named)
    assert (server.channel.last.pings.users, server.channel.last.pings.roles) == ([ann.user], [readers])
    assert not server.channel.last.pings.everyone
    await channel.send(named, allowed_mentions=discord.AllowedMentions.none())
    assert not server.channel.last.pings
    await channel.send(named, allowed_mentions=discord.AllowedMentions(users=[discord.Object(ann.id)], roles=False))
    assert (server.channel.last.pings.users, server.channel.last.pings.roles) == ([ann.user], [])
    server.channel.allow("mention_everyone")
    await channel.send(named)
    assert server.channel.last.pings.everyone


async def test_a_reply_names_what_it_answers(
    server: DiscordServer, channel: discord.PartialMessageable, rehearsal: RehearsalBot, ann: Person
) -> None:
    asked = ann.says("when?")
    reference = discord.MessageReference(message_id=asked.id, channel_id=server.channel.id)
    sent = await channel.send("now", reference=reference)
    assert server.channel.last.replies_to is asked
    server.channel.remove(asked)
    assert (await channel.fetch_message(sent.id)).reference is None
    server.strict = False
    with pytest.raises(discord.HTTPException, match="Unknown message"):
        await channel.send("now", reference=reference)


async def test_a_thread_is_a_place_of_its_own(server: DiscordServer, rehearsal: RehearsalBot, ann: Person) -> None:
    room = rehearsal.get_channel(server.channel.id)
    assert isinstance(room, discord.TextChannel)
    thread = await room.create_thread(name="batch 7", type=discord.ChannelType.public_thread)
    await thread.send("0 %")
    below = next(channel for channel in server.guild.channels.values() if channel.name == "batch 7")
    assert [message.content for message in below.messages] == ["0 %"]
    assert below.parent is server.channel
    started = await (await room.send("about this")).create_thread(name="talk")
    assert started.id == server.channel.last.id
    server.channel.deny("send_messages_in_threads")
    with pytest.raises(discord.Forbidden):
        await thread.send("1 %")
    await room.send("here it may")


# -- the description -----------------------------------------------------------------


async def test_bodies_are_checked_against_discords_own_description(server: DiscordServer) -> None:
    server.strict = False
    headers = {"Authorization": f"Bot {server.token}"}
    address = f"{server.rest_url}/channels/{server.channel.id}/messages"
    async with aiohttp.ClientSession(headers=headers) as session:
        for body, wrong in (
            ({"content": 5}, ["content"]),
            ({"content": "x", "embeds": [{"fields": [{"name": "x"}]}]}, ["embeds", "0", "fields", "0"]),
            ({"content": "x", "components": [{"type": 1, "components": [{"type": 2}]}]}, ["components", "0"]),
        ):
            async with session.post(address, json=body) as response:
                answer = await response.json()
            assert (response.status, answer["code"]) == (400, 50035)
            errors: Any = answer["errors"]
            for step in wrong:
                errors = errors[step]
            assert errors
        async with session.get(address, params={"limit": "500"}) as response:
            assert response.status == 400
        async with session.post(address, data=b"{", headers={"Content-Type": "application/json"}) as response:
            assert (response.status, (await response.json())["code"]) == (400, 50109)
    assert len(server.bad_bodies) == 4
    assert json.loads(server.bad_bodies[0].partition(": ")[2])["content"]["_errors"][0]["code"] == "BASE_TYPE_INVALID"


async def test_the_end_fails_for_a_bad_body_and_for_an_operation_that_the_server_lacks() -> None:
    async def ask(method: str, path: str, **more: Any) -> None:
        async with DiscordServer() as server, aiohttp.ClientSession() as session:
            session.headers["Authorization"] = f"Bot {server.token}"
            address = f"{server.rest_url}/channels/{server.channel.id}/{path}"
            async with session.request(method, address, **more) as response:
                assert response.status >= 400

    with pytest.raises(AssertionError, match="content"):
        await ask("POST", "messages", json={"content": 5})
    with pytest.raises(AssertionError, match="/pins is not known"):
        await ask("GET", "pins")


async def test_an_answer_of_its_own_that_does_not_fit_is_a_mistake_of_the_server(
    server: DiscordServer, channel: discord.PartialMessageable, monkeypatch: pytest.MonkeyPatch
) -> None:
    await channel.send("x")
    message = server.channel.last
    broken = message.payload() | {"flags": "none"}
    monkeypatch.setattr(type(message), "payload", lambda _: broken)
    await channel.fetch_message(message.id)
    assert server.mistakes == ["the answer 200 to get_message: flags: 'none' is not of type 'integer'"]
    server.mistakes.clear()
