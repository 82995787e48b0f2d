"""The stand-in lets an unmodified client in, takes its commands, and brings it what people do."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import discord
import pytest
from discord import app_commands

from core.tasks import spawn
from tests.bot.rehearsal import RehearsalBot, running
from tests.discord_server import Attachment, DidNotRespond, DiscordServer, Person, Unusable
from tests.discord_server.hub import PATIENCE_SECONDS
from tests.discord_server.wire import ChannelKind


async def test_a_client_logs_in_and_knows_the_guild(server: DiscordServer, rehearsal: RehearsalBot) -> None:
    (guild,) = rehearsal.guilds
    assert guild.name == "Editorial"
    assert guild.me.id == server.world.bot.id
    assert [role.name for role in guild.roles] == ["@everyone"]
    assert guild.text_channels[0].permissions_for(guild.me).send_messages
    assert [seen.operation for seen in server.requests] == [
        "get_my_user",
        "get_my_oauth2_application",
        "bulk_set_application_commands",
    ]
    assert server.gateway.identified == 1


async def test_a_wrong_token_is_no_login(server: DiscordServer) -> None:
    bot = RehearsalBot()
    async with bot:
        with pytest.raises(discord.LoginFailure):
            await bot.login("wrong")


async def test_the_api_can_be_asked_for_everything_that_the_client_caches(
    server: DiscordServer, rehearsal: RehearsalBot, ann: Person
) -> None:
    guild = await rehearsal.fetch_guild(server.guild.id)
    assert guild.approximate_member_count == len(server.guild.members)
    assert [role.name for role in await guild.fetch_roles()] == ["@everyone", "operator"]
    assert [channel.name for channel in await guild.fetch_channels()] == ["general"]
    assert (await guild.fetch_member(ann.id)).roles[-1].name == "operator"
    assert (await rehearsal.fetch_user(ann.id)).name == "ann"
    fetched = await rehearsal.fetch_channel(server.channel.id)
    assert isinstance(fetched, discord.TextChannel)
    assert fetched.name == "general"
    assert [found.id async for found in rehearsal.fetch_guilds()] == [server.guild.id]
    for asking, code in (
        (rehearsal.fetch_user(1), 10013),
        (rehearsal.fetch_channel(1), 10003),
        (rehearsal.fetch_guild(1), 10004),
        (guild.fetch_member(1), 10013),
        (guild.fetch_member(server.world.user("stranger").id), 10007),
    ):
        with pytest.raises(discord.NotFound) as caught:
            await asking
        assert caught.value.code == code


async def test_channels_of_every_kind_can_be_there(server: DiscordServer, rehearsal: RehearsalBot) -> None:
    for kind in (ChannelKind.VOICE, ChannelKind.CATEGORY, ChannelKind.ANNOUNCEMENT, ChannelKind.FORUM):
        server.guild.add_channel(kind.name.lower(), kind)
    (guild,) = rehearsal.guilds
    assert {channel.name for channel in await guild.fetch_channels()} == {
        "general",
        "voice",
        "category",
        "announcement",
        "forum",
    }
    server.guild.add_channel("last")
    await rehearsal.hears("guild_channel_create", check=lambda channel: channel.name == "last")


async def test_a_sharded_client_logs_in_too(server: DiscordServer) -> None:
    client = discord.AutoShardedClient(intents=discord.Intents(guilds=True), guild_ready_timeout=0.01)
    async with client:
        started = spawn(client.start(server.token), name="sharded client")
        await client.wait_for("ready", timeout=PATIENCE_SECONDS)
        assert server.requests.of("get_bot_gateway")
        assert [guild.shard_id for guild in client.guilds] == [0]
        assert client.shard_count == 1
    with suppress(asyncio.CancelledError):
        await started


# -- commands ------------------------------------------------------------------------


async def test_syncs_are_logged_and_known_commands_keep_their_ids(
    server: DiscordServer, rehearsal: RehearsalBot
) -> None:
    (first,) = server.syncs
    assert first.guild_id is None
    assert first.names == ["try", "niche", "Check this list", "Who is this"]
    before = {command["name"]: command["id"] for command in server.application.commands()}
    rehearsal.tree.remove_command("try")
    synced = await rehearsal.tree.sync()
    assert {command.name: str(command.id) for command in synced} == {
        name: number for name, number in before.items() if name != "try"
    }
    assert [sync.names for sync in server.syncs][1] == ["niche", "Check this list", "Who is this"]


async def test_a_guilds_own_commands_hold_there_and_nowhere_else(
    server: DiscordServer, rehearsal: RehearsalBot, ann: Person
) -> None:
    elsewhere = server.add_guild("Elsewhere")

    @rehearsal.tree.command(name="here", description="Only here", guild=discord.Object(server.guild.id))
    async def here(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_message("here")

    await rehearsal.tree.sync(guild=discord.Object(server.guild.id))
    assert server.syncs[-1].guild_id == server.guild.id
    assert (await ann.slash("here")).content == "here"
    with pytest.raises(Unusable):
        await server.member("ann", guild=elsewhere).slash("here")
    fetched = await rehearsal.tree.fetch_commands(guild=discord.Object(server.guild.id))
    assert [command.name for command in fetched] == ["here"]


async def test_commands_that_discord_would_not_take_are_refused(server: DiscordServer, rehearsal: RehearsalBot) -> None:
    server.strict = False
    twice = {"name": "twice", "description": "There are two", "type": 1, "options": []}
    with pytest.raises(discord.HTTPException, match="must be unique") as caught:
        await rehearsal.http.bulk_upsert_global_commands(server.application.id, payload=[twice, twice])
    assert (caught.value.status, caught.value.code) == (400, 50035)
    many = [twice | {"name": f"c{number}"} for number in range(101)]
    with pytest.raises(discord.HTTPException) as caught:
        await rehearsal.http.bulk_upsert_global_commands(server.application.id, payload=many)
    assert caught.value.code == 30032
    for round_ in ("a", "b"):
        fresh = [twice | {"name": f"{round_}{number}"} for number in range(98)]
        await rehearsal.http.bulk_upsert_global_commands(server.application.id, payload=fresh)
    with pytest.raises(discord.HTTPException) as caught:
        await rehearsal.http.bulk_upsert_global_commands(server.application.id, payload=many[:5])
    assert caught.value.code == 30034
    await server.clock.advance(24 * 3600 + 1)
    await rehearsal.http.bulk_upsert_global_commands(server.application.id, payload=many[:5])


async def test_a_file_comes_with_a_command_and_the_answer_takes_the_place_of_is_thinking(
    server: DiscordServer, rehearsal: RehearsalBot, ann: Person
) -> None:
    reply = await ann.slash("niche", "import", niche="food", file=Attachment("our names.txt", b"a\nb\nc\n"))
    assert rehearsal.downloads == [b"a\nb\nc\n"]
    assert reply.embed.title == "Import into food"
    assert reply.embed.fields[0].value == "3"
    assert reply.ephemeral
    assert [button.label for button in reply.buttons] == ["Press"]
    assert reply.followups == []
    assert reply.message.edits == 1
    assert server.channel.messages == []
    assert [seen.status for seen in server.requests.of("cdn")] == [200]


async def test_a_person_sees_is_thinking_before_the_answer(
    server: DiscordServer, rehearsal: RehearsalBot, ann: Person
) -> None:
    answer = server.faults.hold("POST", f"/webhooks/{server.application.id}/*")
    reply = await ann.start_slash("niche", "import", niche="food", file=Attachment("names.txt", b"a"))
    assert reply.thinking
    await answer.reached()
    assert reply.thinking
    answer.release()
    await reply.wait_for(lambda seen: not seen.thinking)
    assert reply.embed.title == "Import into food"


async def test_options_are_resolved_to_what_the_person_picked(
    server: DiscordServer, rehearsal: RehearsalBot, ann: Person
) -> None:
    alerts = server.guild.add_channel("alerts")
    role, ben = server.guild.role("readers"), server.member("ben")
    reply = await ann.slash("niche", "alert", channel=alerts, role=role, person=ben, quiet=True)
    assert reply.content == "alerts readers ben True"
    assert reply.ephemeral
    assert (await ann.slash("niche", "show", niche="food", count=9)).content == "food × 9"


async def test_a_person_cannot_send_what_the_client_would_not_let_them_send(
    server: DiscordServer, rehearsal: RehearsalBot, ann: Person
) -> None:
    voice = server.guild.add_channel("talk", ChannelKind.VOICE)
    role, ben = server.guild.role("readers"), server.member("ben")
    for path, options in (
        (("niche",), {}),
        (("niche", "drop"), {}),
        (("nothing",), {}),
        (("niche", "show"), {}),
        (("niche", "show"), {"niche": 3}),
        (("niche", "show"), {"niche": "food", "count": 10}),
        (("niche", "show"), {"niche": "food", "number": 1}),
        (("niche", "alert"), {"channel": voice, "role": role, "person": ben}),
        (("niche", "import"), {"niche": "food", "file": Attachment("big.txt", bytes(10 * 1024 * 1024 + 1))}),
    ):
        with pytest.raises(Unusable):
            await ann.slash(*path, **options)
    with pytest.raises(Unusable):
        await ann.at(ann.dm).slash("niche", "show", niche="food")
    assert server.requests.of("create_interaction_response") == []


async def test_completion_offers_what_the_bot_says(server: DiscordServer, rehearsal: RehearsalBot, ann: Person) -> None:
    choices = await ann.autocomplete("niche", "show", niche="foo")
    assert [choice.name for choice in choices] == ["food", "football"]
    assert [choice.value for choice in await ann.autocomplete("niche", "show", niche="")] == [
        "food",
        "football",
        "travel",
    ]


async def test_commands_in_the_menus_of_messages_and_people(
    server: DiscordServer, rehearsal: RehearsalBot, ann: Person
) -> None:
    message = server.member("ben").says("alice and bob")
    assert (await ann.message_command("Check this list", message)).content == "checking alice and bob"
    assert (await ann.user_command("Who is this", ann)).content == "ann has ['@everyone', 'operator']"


async def test_commands_are_offered_by_permission_unless_the_guild_opens_them(server: DiscordServer) -> None:
    bot = RehearsalBot()

    @bot.tree.command(name="reset", description="For those who manage the guild")
    @app_commands.default_permissions(manage_guild=True)
    async def reset(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_message(str(interaction.permissions.manage_guild))

    async with running(server, bot):
        ann = server.member("ann")
        with pytest.raises(Unusable):
            await ann.slash("reset")
        server.guild.open_commands.add("reset")
        assert (await ann.slash("reset")).content == "False"
        ann.give(server.guild.role("admin", "manage_guild"))
        server.guild.open_commands.clear()
        assert (await ann.slash("reset")).content == "True"


async def test_commands_work_in_a_conversation_of_two(
    server: DiscordServer, rehearsal: RehearsalBot, ann: Person
) -> None:
    async def answer(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_message(f"{interaction.guild} {interaction.user.name}")

    rehearsal.on_try = answer
    assert (await ann.at(ann.dm).slash("try")).content == "None ann"
    assert [message.content for message in ann.dm.messages] == ["None ann"]


async def test_nobody_answers_where_no_bot_is_connected(server: DiscordServer, ann: Person) -> None:
    server.application.set_commands([{"name": "try", "description": "Try it", "type": 1}], None)
    with pytest.raises(DidNotRespond, match="not connected"):
        await ann.slash("try")
