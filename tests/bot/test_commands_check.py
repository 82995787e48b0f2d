"""``/check``: the answer about a few names in one message, a niche as a batch with a message that lives."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.life import Life
from core.services.views import BatchView
from tests.bot.storywatch import ROOT, Storywatch
from tests.discord_server import Person


@pytest.fixture
async def life(storywatch: Storywatch) -> AsyncIterator[Life]:
    """The bot, logged in."""
    async with storywatch.bot() as life:
        yield life


@pytest.fixture
async def olga(storywatch: Storywatch) -> Person:
    return await storywatch.person("olga", "operators")


async def asked_for(storywatch: Storywatch) -> BatchView:
    """The batch that a command has started."""
    (batch,) = [each for each in await storywatch.app.batches.list(ROOT) if each.requested_at is not None]
    return batch


async def settled(storywatch: Storywatch, **verdicts: str) -> None:
    """Do to that batch what the engine would."""
    batch = await storywatch.started(await asked_for(storywatch))
    await storywatch.verdicts(batch, **verdicts)


async def test_a_few_names_are_answered_in_the_same_message(storywatch: Storywatch, life: Life, olga: Person) -> None:
    await storywatch.batch("marlow.oven", "cobalt", "kiln_supper", "sepia", niche="food")
    reply = await olga.slash("check", usernames="@marlow.oven cobalt, kiln_supper; sepia", recheck=True)
    assert reply.text == "Checking 4 profiles…"
    assert not reply.ephemeral
    await settled(storywatch, **{"marlow.oven": "live", "cobalt": "none", "kiln_supper": "private", "sepia": "unknown"})
    await storywatch.until(lambda: "Live" in reply.text, "the answer")
    lines = str(reply.embed.description).splitlines()
    assert lines[0].startswith("**Live** [marlow.oven](https://www.instagram.com/marlow.oven/)")
    assert lines[1] == "**No story** [cobalt](https://www.instagram.com/cobalt/), missing from two proven answers"
    assert lines[2] == "**Private** [kiln\\_supper](https://www.instagram.com/kiln_supper/)"
    assert lines[3].startswith("**Unknown** [sepia](https://www.instagram.com/sepia/), rate limited after ")
    assert reply.content == ""


async def test_what_was_checked_a_moment_ago_is_answered_at_once(
    storywatch: Storywatch, life: Life, olga: Person
) -> None:
    batch = await storywatch.started(await storywatch.batch("cobalt", niche="food"))
    await storywatch.verdicts(batch, cobalt="none")
    reply = await olga.slash("check", usernames="cobalt")
    assert str(reply.embed.description).startswith(
        "**No story** [cobalt](https://www.instagram.com/cobalt/), as of <t:"
    )


async def test_names_that_nobody_knows_go_to_the_niche_that_was_named(
    storywatch: Storywatch, life: Life, olga: Person
) -> None:
    await storywatch.app.niches.create(ROOT, "food")
    reply = await olga.slash("check", usernames="ann bea", niche="food")
    assert reply.text == "Checking 2 profiles…"
    assert (await storywatch.app.profiles.show(ROOT, "ann")).niche == "food"


async def test_names_that_nobody_knows_are_told_to_who_asked_alone(
    storywatch: Storywatch, life: Life, olga: Person
) -> None:
    reply = await olga.start_slash("check", usernames="nobody")
    told = await reply.wait_for_followup()
    assert "There is no profile" in told.text
    assert told.ephemeral
    assert reply.deleted


async def test_more_than_fifty_names_are_refused_before_anything_is_made(
    storywatch: Storywatch, life: Life, olga: Person
) -> None:
    reply = await olga.slash("check", usernames=" ".join(f"p{number}" for number in range(51)))
    assert reply.ephemeral
    assert "at most 50" in reply.text
    assert await storywatch.app.batches.list(ROOT) == ()


async def test_nothing_to_check_is_a_sentence(storywatch: Storywatch, life: Life, olga: Person) -> None:
    assert "name a niche or some usernames" in (await olga.slash("check")).text
    assert "name at least one profile" in (await olga.slash("check", usernames=" , ")).text


async def test_what_takes_longer_than_a_minute_goes_on_in_a_message_that_lives(
    storywatch: Storywatch, life: Life, olga: Person
) -> None:
    await storywatch.batch("ann", "bea", niche="food")
    reply = await olga.slash("check", usernames="ann bea", recheck=True)
    await settled(storywatch, ann="live")
    await storywatch.until(lambda: "1 of 2 profiles checked so far" in reply.text, "what is known after a minute")
    assert "**Live** [ann]" in reply.text
    await storywatch.until(lambda: any("Created by" in each.text for each in olga.channel.messages), "its message")


async def test_a_niche_becomes_a_batch_with_a_message_in_the_channel(
    storywatch: Storywatch, life: Life, olga: Person
) -> None:
    await storywatch.batch("ann", "bea", niche="food")
    await storywatch.app.profiles.pause(ROOT, ["bea"])
    reply = await olga.slash("check", niche="food")
    assert reply.ephemeral
    assert "1 profile, in line" in reply.text
    assert "1 profile left out: paused or gone." in reply.text
    await storywatch.until(lambda: any("0 of 1" in each.text for each in olga.channel.messages), "its message")


async def test_a_viewer_cannot_check(storywatch: Storywatch, life: Life) -> None:
    vic = await storywatch.person("vic", "viewers")
    reply = await vic.slash("check", usernames="ann")
    assert reply.ephemeral
    assert "operator" in reply.text
    assert await storywatch.app.batches.list(ROOT) == ()
