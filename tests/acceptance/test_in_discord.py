"""A list becomes verdicts without leaving Discord, also where ``storywatch run`` is killed in the middle."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Callable

from tests.acceptance.conftest import MakePretend, MakeTerminal
from tests.acceptance.judging import wrong
from tests.acceptance.pretend import Pretend
from tests.acceptance.terminal import PATIENCE, Process, Terminal
from tests.discord_server import Attachment, DiscordServer, Message, Person
from tests.discord_server.redirect import storywatch_at

NAMES = 150
# Every answer takes a while, so that there is something left to stop.
SLOW = {"slow": 1.0, "slow_seconds": 0.6}


async def test_a_list_is_attached_looked_over_checked_stopped_started_after_a_kill_and_its_results_are_the_truth(
    pretend: MakePretend, furnished: MakeTerminal
) -> None:
    async with DiscordServer() as discord:
        platform, mine, ann = await asyncio.to_thread(set_up, pretend, furnished, discord)
        first = await ran(mine, discord)

        preview = await ann.slash("niche", "import", niche="demo", file=list_of(platform))
        assert preview.ephemeral
        assert f"{NAMES}" in preview.text
        await ann.click(preview, "Import and check")
        message = await seen(discord, lambda each: f"of {NAMES}" in each.text)
        await seen(discord, lambda each: each is message and finished(each) > 0)
        assert "stopped at" in (await ann.click(message, "Stop")).text
        await seen(discord, lambda each: each is message and "Stopped at" in each.text)

        first.kill()
        platform.goes_wrong()
        second = await ran(mine, discord)
        assert "in line" in (await ann.click(message, "Start")).text
        await seen(discord, lambda each: each is message and f"{NAMES} of {NAMES}" in each.text)
        assert discord.channel.messages == [message]

        results = await ann.click(message, "Results")
        (file,) = results.attachments
        checks = list(csv.DictReader(io.StringIO(file.data.decode())))
        await asyncio.to_thread(second.terminate().ended)
    assert sorted(check["username"] for check in checks) == sorted(platform.lines("usernames"))
    assert wrong(checks, platform.truth()) == []


async def test_a_kill_while_a_batch_runs_leaves_one_message_which_the_next_run_takes_to_its_end(
    pretend: MakePretend, furnished: MakeTerminal
) -> None:
    async with DiscordServer() as discord:
        platform, mine, ann = await asyncio.to_thread(set_up, pretend, furnished, discord)
        first = await ran(mine, discord)
        await ann.click(await ann.slash("niche", "import", niche="demo", file=list_of(platform)), "Import and check")
        message = await seen(discord, lambda each: finished(each) > 0)
        first.kill()
        platform.goes_wrong()
        second = await ran(mine, discord)
        await seen(discord, lambda each: each is message and f"{NAMES} of {NAMES}" in each.text)
        assert discord.channel.messages == [message]
        await asyncio.to_thread(second.terminate().ended)


async def test_a_token_that_discord_refuses_is_one_line_and_checks_are_made_all_the_same(
    pretend: MakePretend, furnished: MakeTerminal
) -> None:
    async with DiscordServer() as discord:
        platform, mine, _ = await asyncio.to_thread(set_up, pretend, furnished, discord)
        platform.goes_wrong()
        mine.settings["discord_token"] = "not-the-one"
        run = mine.start("run")
        await in_the_meantime(run.says, "STORYWATCH_DISCORD_TOKEN: Discord refuses it; copy it anew from the portal")
        check = mine.start("check", platform.names, "--niche", "demo", "--json")
        await asyncio.to_thread(check.ended)
        assert len(check.checks) == NAMES
        await asyncio.to_thread(run.terminate().ended)
        (line,) = [line for line in run.err.splitlines() if "bot" in line]
        assert "error the bot stays off" in line
        assert "not-the-one" not in run.err + run.out


def set_up(pretend: MakePretend, furnished: MakeTerminal, discord: DiscordServer) -> tuple[Pretend, Terminal, Person]:
    """A slow platform, a terminal whose bot goes to this Discord, and somebody who may operate it."""
    platform = pretend(profiles=NAMES, faults=SLOW)
    mine = furnished(platform)
    mine.settings |= {"discord_token": discord.token, "discord_guilds": discord.guild.id}
    mine.run("discord", "role", discord.guild.role("desk").id, "--role", "operator")
    mine.command = storywatch_at(discord.rest_url, discord.gateway.url)
    mine.run("niche", "create", "demo")
    ann = discord.member("ann", roles=["desk"])
    ann.patience = PATIENCE
    return platform, mine, ann


async def ran(mine: Terminal, discord: DiscordServer) -> Process:
    """``storywatch run``, with its bot connected."""
    before = discord.gateway.identified
    run = mine.start("run")
    await discord.gateway.wait_for(lambda gateway: gateway.identified > before, patience=PATIENCE)
    # It is ready a moment later; commands are known since before.
    await discord.gateway.wait_until_connected(patience=PATIENCE)
    return run


def list_of(platform: Pretend) -> Attachment:
    """Everybody, as a file."""
    return Attachment("names.txt", platform.names.read_bytes())


async def seen(discord: DiscordServer, fits: Callable[[Message], object]) -> Message:
    """The message of the channel that fits, as soon as one does."""
    return await discord.channel.wait_for(lambda each: bool(fits(each)), patience=PATIENCE)


def finished(message: Message) -> int:
    """How many checks the message says are finished."""
    line = next((line for line in message.text.splitlines() if f" of {NAMES}" in line), "0 of")
    return int(line.partition(" of")[0].replace(",", ""))


async def in_the_meantime(wait: Callable[[str], object], text: str) -> None:
    """Wait in a thread, because Discord runs in this one."""
    await asyncio.to_thread(wait, text)
