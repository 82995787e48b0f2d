"""The stand-in limits, fails, hangs and cuts as Discord and what stands before it do."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import discord
import pytest

from core.tasks import spawn
from tests.bot.rehearsal import RehearsalBot
from tests.discord_server import DiscordServer, Person
from tests.discord_server.rates import Rule


@pytest.fixture
def channel(server: DiscordServer, rehearsal: RehearsalBot) -> discord.PartialMessageable:
    """The channel as a bot that remembers only its id has it."""
    return rehearsal.get_partial_messageable(server.channel.id)


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What the client would have slept, one after the other; it sleeps a hundredth of it."""
    slept: list[float] = []
    sleep = asyncio.sleep

    async def short(seconds: float, result: Any = None) -> Any:
        if seconds:
            slept.append(seconds)
        return await sleep(seconds / 100, result)

    monkeypatch.setattr("discord.http.asyncio.sleep", short)
    return slept


# -- limits --------------------------------------------------------------------------


async def test_every_answer_says_what_is_left_and_the_client_waits_for_the_window(
    server: DiscordServer, channel: discord.PartialMessageable
) -> None:
    server.rates.set("create_message", 2, per=0.3)
    for number in range(3):
        await channel.send(str(number))
    assert [message.content for message in server.channel.messages] == ["0", "1", "2"]
    assert server.requests.of("create_message", status=429) == []


async def test_windows_belong_to_channels_and_end_by_the_tests_clock(server: DiscordServer) -> None:
    other = server.guild.add_channel("other")
    server.rates.set("create_message", 1, per=3600)
    headers = {"Authorization": f"Bot {server.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:

        async def send(channel_id: int) -> tuple[int, dict[str, str], Any]:
            address = f"{server.rest_url}/channels/{channel_id}/messages"
            async with session.post(address, json={"content": "x"}) as response:
                return response.status, dict(response.headers), await response.json()

        status, headers, _ = await send(server.channel.id)
        assert (status, headers["X-RateLimit-Limit"], headers["X-RateLimit-Remaining"]) == (200, "1", "0")
        assert 3590 < float(headers["X-RateLimit-Reset-After"]) <= 3600
        status, headers, answer = await send(server.channel.id)
        assert (status, headers["X-RateLimit-Scope"], answer["global"]) == (429, "user", False)
        assert headers["Via"]
        assert answer["retry_after"] > 3590
        assert (await send(other.id))[0] == 200
        await server.clock.advance(3600)
        assert (await send(server.channel.id))[0] == 200
        server.rates.everything = Rule(1, 3600)
        await send(server.channel.id)
        status, headers, answer = await send(other.id)
        assert (status, headers["X-RateLimit-Scope"], answer["global"]) == (429, "global", True)
        assert headers["X-RateLimit-Global"] == "true"


async def test_a_limit_of_discord_is_waited_for_and_one_of_what_stands_before_it_is_an_error(
    server: DiscordServer, channel: discord.PartialMessageable, naps: list[float]
) -> None:
    limit = server.faults.rest("POST", "/channels/*/messages", status=429, retry_after=2.5, times=2)
    await channel.send("third time lucky")
    assert limit.met == 2
    assert [nap for nap in naps if nap == 2.5] == [2.5, 2.5]
    server.faults.rest("POST", "/channels/*/messages", status=429, via=False)
    with pytest.raises(discord.HTTPException) as caught:
        await channel.send("banned")
    assert caught.value.status == 429
    server.faults.rest("POST", "/channels/*/messages", status=429, via=False, text="<html>error 1015</html>")
    with pytest.raises(discord.HTTPException, match="1015"):
        await channel.send("banned")
    server.faults.rest("POST", "/channels/*/messages", status=429, retry_after=4.5, everywhere=True, scope="global")
    await channel.send("after everybody waited")
    assert 4.5 in naps
    assert server.channel.last.content == "after everybody waited"


async def test_a_limit_that_does_not_end_is_an_error_after_five_tries(
    server: DiscordServer, channel: discord.PartialMessageable, naps: list[float]
) -> None:
    server.faults.rest("POST", "/channels/*/messages", status=429, times=None)
    with pytest.raises(discord.HTTPException):
        await channel.send("never")
    assert len(server.requests.of("create_message", status=429)) == 5


async def test_old_messages_may_be_edited_rarely(server: DiscordServer, channel: discord.PartialMessageable) -> None:
    server.rates.old_edits = Rule(2, 0.5)
    sent = channel.get_partial_message((await channel.send("0")).id)
    for number in range(1, 4):
        await sent.edit(content=str(number))
    assert server.requests.of("update_message", status=429) == []
    await server.clock.advance(3601)
    for number in range(4, 7):
        await sent.edit(content=str(number))
    refused = server.requests.of("update_message", status=429)
    assert refused
    assert refused[0].answer["code"] == 30046
    assert server.channel.last.content == "6"


async def test_limits_can_be_switched_off(server: DiscordServer, channel: discord.PartialMessageable) -> None:
    server.rates.enforced = False
    for number in range(20):
        await channel.send(str(number))
    assert len(server.channel.messages) == 20


# -- failures ------------------------------------------------------------------------


@pytest.mark.parametrize("status", [500, 502])
async def test_a_failing_server_is_asked_five_times(
    server: DiscordServer, channel: discord.PartialMessageable, naps: list[float], status: int
) -> None:
    server.faults.rest("POST", "/channels/*/messages", status=status, times=4)
    await channel.send("at last")
    assert naps[-4:] == [1, 3, 5, 7]
    server.faults.rest("POST", "/channels/*/messages", status=status, times=5)
    with pytest.raises(discord.DiscordServerError):
        await channel.send("never")
    assert [message.content for message in server.channel.messages] == ["at last"]


async def test_an_unavailable_server_is_asked_once(
    server: DiscordServer, channel: discord.PartialMessageable, naps: list[float]
) -> None:
    server.faults.rest("POST", "/channels/*/messages", status=503)
    with pytest.raises(discord.DiscordServerError) as caught:
        await channel.send("never")
    assert caught.value.status == 503


async def test_any_refusal_can_be_ordered(server: DiscordServer, channel: discord.PartialMessageable) -> None:
    for code, kind in ((50013, discord.Forbidden), (10008, discord.NotFound), (40005, discord.HTTPException)):
        server.faults.rest("*", "/channels/**", code=code)
        with pytest.raises(kind) as caught:
            await channel.send("x")
        assert caught.value.code == code
    await channel.send("orders end")


@pytest.mark.parametrize(("moment", "arrived"), [("before", []), ("after", ["x"])])
async def test_a_connection_is_cut_before_or_after_the_server_did_its_work(
    server: DiscordServer, channel: discord.PartialMessageable, moment: Any, arrived: list[str]
) -> None:
    server.faults.rest("POST", "/channels/*/messages", drop=moment)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await channel.send("x")
    assert [message.content for message in server.channel.messages] == arrived
    assert server.requests.of("create_message")[0].status is None


async def test_an_answer_is_cut_in_the_middle(server: DiscordServer, channel: discord.PartialMessageable) -> None:
    server.faults.rest("POST", "/channels/*/messages", truncate=True)
    with pytest.raises(aiohttp.ClientPayloadError):
        await channel.send("x")
    assert [message.content for message in server.channel.messages] == ["x"]


@pytest.mark.parametrize("place", ["before", "after", "body"])
async def test_a_request_is_held_up(server: DiscordServer, channel: discord.PartialMessageable, place: Any) -> None:
    fault = server.faults.hold("POST", "/channels/*/messages", at=place)
    sending = spawn(channel.send("x"), name="send")
    await fault.reached()
    if place != "before":
        await server.channel.wait_for()
    assert not sending.done()
    fault.release()
    assert (await sending).content == "x"


async def test_a_server_that_is_away_and_comes_back(
    server: DiscordServer, rehearsal: RehearsalBot, channel: discord.PartialMessageable, ann: Person
) -> None:
    await server.stop()
    with pytest.raises(aiohttp.ClientConnectorError):
        await channel.send("x")
    await server.start()
    await channel.send("back")
    await server.gateway.wait_for(lambda gateway: gateway.resumed == 1)
    assert (await ann.slash("try")).content == "done"
