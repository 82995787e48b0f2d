"""What goes wrong is told as a sentence; a mistake of ours has a reference that the log knows, too."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any

import discord
import pytest
from discord import app_commands

from bot.answering import begin, say
from bot.errors import keep_going, sentence
from bot.life import Life
from core.clock import FakeClock
from core.errors import Conflict
from core.tasks import spawn
from tests.bot.storywatch import Storywatch
from tests.discord_server import DiscordServer, Reply

Act = Callable[[discord.Interaction[Any]], Awaitable[None]]
OURS = re.compile(r"That did not work, and it is a mistake in Storywatch\. The log knows it as ([0-9a-f]{8})\.")


async def asked(storywatch: Storywatch, life: Life, act: Act, *, at_first: bool = False) -> Reply:
    """What an operator is answered by a command that does *act*; *at_first* be it only that an answer is coming."""
    assert life.client is not None

    @app_commands.command(name="try", description="Do what the test says")
    async def attempt(interaction: discord.Interaction[Any]) -> None:
        await act(interaction)

    life.client.tree.add_command(attempt, override=True)
    guild = storywatch.server.guild.id
    await life.client.http.bulk_upsert_guild_commands(
        life.client.application_id or 0, guild, [attempt.to_dict(life.client.tree)]
    )
    ann = await storywatch.person("ann", "operators")
    return await (ann.start_slash("try") if at_first else ann.slash("try"))


async def test_a_sentence_of_ours_is_told_as_it_is_but_for_what_would_take_effect(storywatch: Storywatch) -> None:
    async def act(interaction: discord.Interaction[Any]) -> None:
        raise Conflict('"@everyone *x*" is taken')

    async with storywatch.bot() as life:
        reply = await asked(storywatch, life, act)
    assert reply.ephemeral
    assert reply.text == '"@\u2060everyone \\*x\\*" is taken'
    assert not reply.message.pings.everyone


async def test_a_mistake_has_a_reference_that_the_log_knows_too(
    storywatch: Storywatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def act(interaction: discord.Interaction[Any]) -> None:
        raise ZeroDivisionError("by the test")

    async with storywatch.bot() as life:
        reply = await asked(storywatch, life, act)
    found = OURS.fullmatch(reply.text)
    assert found is not None
    (record,) = (record for record in caplog.records if getattr(record, "reference", None) == found[1])
    assert record.exc_info is not None
    assert record.exc_info[0] is ZeroDivisionError


async def test_a_mistake_after_the_first_answer_is_told_too(storywatch: Storywatch) -> None:
    async def act(interaction: discord.Interaction[Any]) -> None:
        await begin(interaction)
        raise ZeroDivisionError

    async with storywatch.bot() as life:
        assert OURS.fullmatch((await asked(storywatch, life, act)).text)


async def test_an_answer_that_comes_after_fifteen_minutes_is_in_the_log_and_nothing_breaks(
    storywatch: Storywatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def act(interaction: discord.Interaction[Any]) -> None:
        await begin(interaction)
        await storywatch.clock.advance(16 * 60)
        await say(interaction, "too late")

    def unsaid() -> list[logging.LogRecord]:
        return [record for record in caplog.records if record.getMessage() == "an answer was not taken"]

    with caplog.at_level(logging.INFO, logger="bot"):
        async with storywatch.bot() as life:
            reply = await asked(storywatch, life, act, at_first=True)
            assert reply.thinking
            await storywatch.until(unsaid, "the log has it")
            assert life.state.startswith("connected")


async def test_a_command_that_discord_still_shows_from_an_older_version_is_answered(
    storywatch: Storywatch, server: DiscordServer
) -> None:
    ann = await storywatch.person("ann", "operators")
    async with storywatch.bot() as life:
        assert life.client is not None
        old = {"name": "promote", "description": "Gone since", "type": 1, "options": []}
        await life.client.http.bulk_upsert_guild_commands(life.client.application_id or 0, server.guild.id, [old])
        reply = await ann.slash("promote")
    assert (reply.text, reply.ephemeral) == (
        "This command changed with the last update; type / and choose it again.",
        True,
    )


@pytest.mark.parametrize(
    ("status", "code", "told"),
    [
        (403, 50_001, "Storywatch cannot see this channel; give it the permission View Channel here."),
        (
            403,
            50_013,
            "Storywatch may not write in this channel; give it View Channel, Send Messages, Embed Links and "
            "Attach Files.",
        ),
        (404, 10_008, "That message was deleted."),
        (404, 10_003, "That channel was deleted."),
        (413, 40_005, "Discord takes no file as large as that in this server; export it in the panel."),
        (429, 0, "Discord did not take that in time; try again in a moment."),
        (503, 0, "Discord did not take that in time; try again in a moment."),
    ],
)
def test_what_discord_refuses_is_a_sentence(status: int, code: int, told: str) -> None:
    class Answer:
        reason = "No"

        def __init__(self) -> None:
            self.status = status

    kinds = {403: discord.Forbidden, 404: discord.NotFound, 503: discord.DiscordServerError}
    answer: Any = Answer()
    assert sentence(kinds.get(status, discord.HTTPException)(answer, {"code": code, "message": "no"})) == told


async def test_a_task_in_which_a_mistake_is_made_begins_anew(caplog: pytest.LogCaptureFixture) -> None:
    clock, begun = FakeClock(), []

    async def work() -> None:
        begun.append(clock.monotonic())
        if len(begun) < 3:
            raise ZeroDivisionError

    task = spawn(keep_going(work, name="the test's", clock=clock), name="kept")
    await clock.advance(60)
    await task
    assert len(begun) == 3
    assert begun[1] > begun[0]
    assert [record.getMessage() for record in caplog.records] == ["a task of the bot begins anew"] * 2
