"""The stand-in's gateway keeps sessions, loses them, and sends clients away as Discord's does."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import discord
import pytest

from core.tasks import spawn
from tests.bot.rehearsal import RehearsalBot, running
from tests.discord_server import DiscordServer, Person
from tests.discord_server.gateway.connection import Frame
from tests.discord_server.hub import PATIENCE_SECONDS
from tests.discord_server.wire import Intent, Op


async def test_a_client_that_is_asked_to_reconnect_resumes_and_hears_what_it_missed(
    server: DiscordServer, rehearsal: RehearsalBot, ann: Person
) -> None:
    server.gateway.reconnect()
    ann.says("meanwhile")
    await server.gateway.wait_for(lambda gateway: gateway.resumed == 1)
    await rehearsal.hears("resumed")
    assert (rehearsal.seen, server.gateway.identified) == (["ready", "message meanwhile", "resumed"], 1)
    assert (await ann.slash("try")).content == "done"


async def test_a_cut_connection_is_resumed_and_nothing_is_missed(
    server: DiscordServer, rehearsal: RehearsalBot, ann: Person
) -> None:
    server.gateway.drop()
    using = spawn(ann.slash("try"), name="slash")
    assert (await using).content == "done"
    assert (server.gateway.resumed, server.gateway.identified) == (1, 1)


@pytest.mark.parametrize("code", [1000, 1001, 1011, 4000, 4008, 4009])
async def test_a_client_comes_back_after_a_close_that_means_nothing_bad(
    server: DiscordServer, rehearsal: RehearsalBot, ann: Person, code: int
) -> None:
    server.gateway.close(code)
    await rehearsal.hears("resumed")
    assert server.gateway.resumed == 1
    assert (await ann.slash("try")).content == "done"


async def test_an_invalid_session_that_can_be_resumed_is_resumed(
    server: DiscordServer, rehearsal: RehearsalBot
) -> None:
    server.gateway.invalidate(resumable=True)
    await rehearsal.hears("resumed")
    assert server.gateway.identified == 1


async def test_an_invalid_session_is_begun_anew_and_ready_comes_again(
    server: DiscordServer, rehearsal: RehearsalBot, ann: Person
) -> None:
    server.gateway.invalidate(resumable=False)
    await rehearsal.hears("ready")
    assert server.gateway.identified == 2
    assert len(server.syncs) == 1
    assert (await ann.slash("try")).content == "done"


async def test_a_session_that_was_away_too_long_is_forgotten(
    server: DiscordServer, rehearsal: RehearsalBot, ann: Person
) -> None:
    server.gateway.down = True
    server.gateway.drop()
    await server.gateway.wait_for(lambda gateway: not gateway.connected)
    await server.clock.advance(181)
    server.gateway.down = False
    await rehearsal.hears("ready")
    assert (server.gateway.identified, server.gateway.resumed) == (2, 0)


@pytest.mark.parametrize("code", [4004, 4010, 4011, 4012, 4013])
async def test_a_client_ends_after_a_close_that_is_final(server: DiscordServer, code: int) -> None:
    server.gateway.refuse(code)
    with pytest.raises(discord.ConnectionClosed) as caught:
        await _start(server)
    assert caught.value.code == code


async def test_a_client_ends_when_it_is_sent_away_for_good_later(server: DiscordServer) -> None:
    bot = RehearsalBot()
    async with bot:
        started = spawn(bot.start(server.token), name="bot")
        await bot.wait_until_ready()
        server.gateway.close(4004)
        with pytest.raises(discord.ConnectionClosed):
            await asyncio.wait_for(started, PATIENCE_SECONDS)


async def test_an_intent_that_is_not_switched_on_is_refused(server: DiscordServer) -> None:
    server.application.approved = Intent.MEMBERS
    with pytest.raises(discord.PrivilegedIntentsRequired):
        await _start(server)


async def test_without_the_intent_other_peoples_messages_are_blank(server: DiscordServer, ann: Person) -> None:
    server.application.approved = Intent(0)
    bot = RehearsalBot(intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True))
    async with running(server, bot):
        heard = spawn(bot.hears("message", check=lambda message: "last" in message.content), name="heard")
        ann.says("secret")
        ann.says(f"for you {server.world.bot.mention}")
        ann.at(ann.dm).says("last, between us")
        await heard
        assert bot.seen[1:] == ["message ", f"message for you {server.world.bot.mention}", "message last, between us"]
        hidden = server.guild.add_channel("hidden")
        hidden.deny("view_channel")
        ann.at(hidden).says("unseen")
        ann.at(ann.dm).says("last again")
        await bot.hears("message", check=lambda message: "again" in message.content)
        assert len(bot.seen) == 5


async def test_what_a_client_did_not_ask_for_it_does_not_hear(server: DiscordServer, ann: Person) -> None:
    bot = RehearsalBot(intents=discord.Intents(guilds=True))
    async with running(server, bot):
        ann.says("unheard")
        assert (await ann.slash("try")).content == "done"
        assert bot.seen == ["ready"]
        assert [member.id for member in bot.guilds[0].members] == [server.world.bot.id]


async def test_members_come_when_they_are_asked_for(server: DiscordServer, ann: Person) -> None:
    bot = RehearsalBot(intents=discord.Intents(guilds=True, members=True))
    async with running(server, bot):
        (guild,) = bot.guilds
        assert {member.name for member in guild.members} == {"owner", "storywatch", "ann"}
        changed = spawn(bot.hears("member_update"), name="changed")
        ann.take(server.guild.role("operator"))
        assert (await changed)[1].roles == [guild.default_role]
        joined = spawn(bot.hears("member_join"), name="joined")
        server.member("ben")
        assert (await joined).name == "ben"
        left = spawn(bot.hears("member_remove"), name="left")
        server.guild.remove(server.world.user("ben"))
        assert (await left).name == "ben"


async def test_a_gateway_that_is_down_lets_nobody_in(server: DiscordServer) -> None:
    server.gateway.down = True
    bot = RehearsalBot()
    async with bot:
        await bot.login(server.token)
        with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
            await bot.connect(reconnect=False)
        assert caught.value.status == 503


async def test_heartbeats_are_answered_and_presence_is_taken(server: DiscordServer, rehearsal: RehearsalBot) -> None:
    await rehearsal.change_presence(activity=discord.Game("checking"))
    await server.gateway.wait_for(lambda gateway: any(frame.op == Op.PRESENCE for frame in gateway.frames))
    frames = [frame for frame in server.gateway.frames if frame.op in (Op.HEARTBEAT, Op.IDENTIFY)]
    assert [frame.op for frame in frames] == [Op.HEARTBEAT, Op.IDENTIFY]
    assert rehearsal.latency < float("inf")


async def test_what_is_no_frame_of_a_client_is_closed_upon(server: DiscordServer) -> None:
    async def closed_with(*frames: Any, query: str = "?v=10&encoding=json") -> int | None:
        async with aiohttp.ClientSession() as session, session.ws_connect(server.gateway.url + query) as socket:
            assert (await socket.receive_json())["op"] == Op.HELLO
            for frame in frames:
                await (socket.send_str(frame) if isinstance(frame, str) else socket.send_json(frame))
            while (await socket.receive()).type is aiohttp.WSMsgType.TEXT:
                pass
            return socket.close_code

    identify = {"op": 2, "d": {"token": server.token, "intents": 1}}
    assert await closed_with("{") == 4002
    assert await closed_with({"op": 77, "d": None}) == 4001
    assert await closed_with({"op": 3, "d": {}}) == 4003
    assert await closed_with({"op": 2, "d": {"token": "wrong", "intents": 1}}) == 4004
    assert await closed_with(identify, identify) == 4005
    assert await closed_with(query="?v=6&encoding=json") == 4012
    assert isinstance(server.gateway.frames[0], Frame)


async def _start(server: DiscordServer) -> None:
    """Have a bot try, which is to end by itself."""
    async with RehearsalBot() as bot, asyncio.timeout(PATIENCE_SECONDS):
        await bot.start(server.token)
