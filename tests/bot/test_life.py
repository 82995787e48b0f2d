"""The bot comes up, stays up through troubles, and stays away where it can never come up."""

from __future__ import annotations

import logging
from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.life import serve_bot
from tests.bot.storywatch import QuickClient, Storywatch, opened
from tests.discord_server import DiscordServer
from tests.discord_server.wire import Intent, Op


def said(caplog: pytest.LogCaptureFixture, phrase: str) -> list[str]:
    """The reasons that were logged with *phrase*."""
    return [str(getattr(record, "reason", "")) for record in caplog.records if record.getMessage() == phrase]


async def test_without_a_token_there_is_no_bot(server: DiscordServer, tmp_path: Path) -> None:
    async with (
        opened(tmp_path, server, server.clock, discord_token=None) as storywatch,
        serve_bot(storywatch.app) as bot,
    ):
        assert bot is None
        await storywatch.passes(5)
    assert list(server.requests) == []


async def test_it_logs_in_with_the_least_intents_and_makes_its_commands_known_once(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    async with storywatch.bot() as life:
        assert repr(life).startswith("<Bot connected as ")
    identified = [frame.data for frame in server.gateway.frames if frame.op == Op.IDENTIFY]
    assert [Intent(each["intents"]) for each in identified if isinstance(each, dict)] == [Intent.GUILDS]
    (sync,) = server.syncs
    assert sync.guild_id == server.guild.id
    assert "pair" in sync.names
    async with storywatch.bot():
        pass
    assert len(server.syncs) == 1


async def test_a_wrong_token_is_one_line_and_the_rest_stays_up(
    server: DiscordServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = SecretStr("not-the-one")
    async with (
        opened(tmp_path, server, server.clock, discord_token=wrong) as storywatch,
        serve_bot(storywatch.app, make=QuickClient) as life,
    ):
        assert life is not None
        await storywatch.until(lambda: life.state.startswith("off"), "the bot stays off")
        await storywatch.passes(30)
        assert await storywatch.batch("ann")
    lines = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert [record.getMessage() for record in lines] == ["the bot stays off"]
    assert said(caplog, "the bot stays off") == [
        "STORYWATCH_DISCORD_TOKEN: Discord refuses it; copy it anew from the portal"
    ]
    assert len(server.requests.of("get_my_user")) == 1


async def test_a_connection_that_discord_closes_for_good_is_not_tried_again(
    storywatch: Storywatch, server: DiscordServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.gateway.refuse(4004, times=1)
    async with serve_bot(storywatch.app, make=QuickClient) as life:
        assert life is not None
        await storywatch.until(lambda: life.state.startswith("off"), "the bot stays off")
        await storywatch.passes(30)
    assert said(caplog, "the bot stays off") == ["Discord closed the connection for good (code 4004)"]


async def test_a_first_connection_that_fails_is_tried_again_with_a_new_client(
    storywatch: Storywatch, server: DiscordServer, caplog: pytest.LogCaptureFixture
) -> None:
    await server.stop()
    async with serve_bot(storywatch.app, make=QuickClient) as life:
        assert life is not None
        await storywatch.until(lambda: life.state == "away", "the bot is away")
        first = life.client
        await server.start()
        await storywatch.until(lambda: life.state.startswith("connected"), "the bot is connected")
        assert life.client is not first
    assert said(caplog, "Discord is away; trying again")[0].startswith("ClientConnectorError")


async def test_it_waits_longer_and_longer_for_discord_but_never_more_than_five_minutes(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    server.faults.rest("GET", "/users/@me", status=503, times=None)
    async with serve_bot(storywatch.app, make=QuickClient):
        await storywatch.until(lambda: len(server.requests.of("get_my_user")) == 12, "twelve tries", step=10)
    times = [seen.at.timestamp() for seen in server.requests.of("get_my_user")]
    waits = [later - earlier for earlier, later in pairwise(times)]
    assert max(waits) <= 310
    assert min(waits[-3:]) >= 140
    assert waits[0] <= 20


async def test_a_gateway_that_asks_to_come_again_is_come_to_again(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    async with storywatch.bot() as life:
        server.gateway.reconnect()
        await server.gateway.wait_for(lambda gateway: gateway.resumed == 1)
        ann = await storywatch.person("ann", "viewers")
        reply = await ann.slash("pair", code="AAAA-BBBB-CCCC-DDDD")
        assert reply.text.startswith("This code does not work")
        assert life.state.startswith("connected")


async def test_a_session_that_is_lost_begins_anew_without_telling_the_commands_again(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    async with storywatch.bot():
        server.gateway.invalidate(resumable=False)
        await server.gateway.wait_for(lambda gateway: gateway.identified == 2)
        ann = await storywatch.person("ann", "viewers")
        await ann.slash("pair", code="AAAA-BBBB-CCCC-DDDD")
    assert len(server.syncs) == 1


async def test_an_event_that_the_library_cannot_read_costs_one_connection(
    storywatch: Storywatch, server: DiscordServer, caplog: pytest.LogCaptureFixture
) -> None:
    async with storywatch.bot() as life:
        first = life.client
        server.gateway.send_raw("INTERACTION_CREATE", {"id": "1", "type": 2})
        await storywatch.until(lambda: life.client is not first and life.state.startswith("connected"), "a new client")
        ann = await storywatch.person("ann", "viewers")
        assert (await ann.slash("pair", code="AAAA-BBBB-CCCC-DDDD")).text.startswith("This code does not work")
    assert [reason.split(":")[0] for reason in said(caplog, "Discord is away; trying again")] == ["KeyError"]


async def test_it_ends_although_discord_does_not_answer(storywatch: Storywatch, server: DiscordServer) -> None:
    fault = server.faults.hold("GET", "/users/@me")
    async with serve_bot(storywatch.app, make=QuickClient) as life:
        assert life is not None
        await fault.reached()
        client = life.client
    assert client is not None
    assert client.is_closed()


async def test_a_server_that_lets_the_bot_in_later_is_told_the_commands(server: DiscordServer, tmp_path: Path) -> None:
    other = server.world.guild("Other")
    other.remove(server.world.bot)
    guilds = f"{server.guild.id},{other.id}"
    async with opened(tmp_path, server, server.clock, discord_guilds=guilds) as storywatch, storywatch.bot():
        assert [sync.guild_id for sync in server.syncs] == [server.guild.id]
        other.join(server.world.bot)
        await storywatch.until(lambda: len(server.syncs) == 2, "the other server is told")
    assert server.syncs[1].guild_id == other.id


async def test_without_privileged_intents_the_bot_works(storywatch: Storywatch, server: DiscordServer) -> None:
    server.application.approved = Intent(0)
    async with storywatch.bot() as life:
        assert life.state.startswith("connected")


async def test_the_token_is_nowhere_in_what_the_bot_tells_of_itself(
    storywatch: Storywatch, server: DiscordServer, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        async with storywatch.bot() as life:
            assert server.token not in f"{life!r} {life.state} {storywatch.app.settings!r}"
    assert server.token not in caplog.text
