"""The stand-in keeps files, serves them by addresses that run out, and refuses those that are too large."""

from __future__ import annotations

import io
from typing import Any

import aiohttp
import discord
import pytest

from tests.bot.rehearsal import RehearsalBot
from tests.discord_server import Attachment, DiscordServer, Person


@pytest.fixture
def channel(server: DiscordServer, rehearsal: RehearsalBot) -> discord.PartialMessageable:
    """The channel as a bot that remembers only its id has it."""
    return rehearsal.get_partial_messageable(server.channel.id)


def a_file(data: bytes, name: str = "results.csv") -> discord.File:
    return discord.File(io.BytesIO(data), name)


async def test_a_file_goes_up_and_comes_down_again(server: DiscordServer, channel: discord.PartialMessageable) -> None:
    sent = await channel.send("here", files=[a_file(b"one", "my résumé.csv"), a_file(b"two")])
    assert [(stored.filename, stored.data) for stored in server.channel.last.attachments] == [
        ("my_rsum.csv", b"one"),
        ("results.csv", b"two"),
    ]
    assert [await attachment.read() for attachment in sent.attachments] == [b"one", b"two"]
    assert sent.attachments[1].content_type == "text/csv; charset=utf-8"
    assert all("Authorization" not in seen.headers for seen in server.requests.of("cdn"))
    assert server.requests.of("create_message")[0].files[1].data == b"two"


async def test_files_go_up_with_answers_and_follow_ups(
    server: DiscordServer, rehearsal: RehearsalBot, ann: Person
) -> None:
    async def answer(interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_message("first", file=a_file(b"one"), ephemeral=True)
        await interaction.edit_original_response(attachments=[a_file(b"other")])
        await interaction.followup.send(file=a_file(b"two"))

    rehearsal.on_try = answer
    reply = await ann.slash("try")
    assert (await reply.wait_for_followup()).attachments[0].data == b"two"
    assert [stored.data for stored in reply.attachments] == [b"other"]
    assert rehearsal.errors == []


async def test_an_edit_keeps_the_files_that_it_lists(
    server: DiscordServer, channel: discord.PartialMessageable
) -> None:
    sent = await channel.send("two", files=[a_file(b"one", "one.csv"), a_file(b"two", "two.csv")])
    message = channel.get_partial_message(sent.id)
    await message.edit(content="still two")
    assert len(server.channel.last.attachments) == 2
    edited = await message.edit(attachments=[sent.attachments[1], a_file(b"three", "three.csv")])
    assert [attachment.filename for attachment in edited.attachments] == ["two.csv", "three.csv"]
    with pytest.raises(discord.NotFound):
        await sent.attachments[0].read()


async def test_a_picture_in_a_card_is_found_by_its_name(
    server: DiscordServer, channel: discord.PartialMessageable
) -> None:
    card = discord.Embed(title="Rate").set_image(url="attachment://chart.png")
    sent = await channel.send(embed=card, file=a_file(b"png", "chart.png"))
    assert sent.embeds[0].image.url == sent.attachments[0].url


async def test_a_file_above_the_limit_is_refused(server: DiscordServer, channel: discord.PartialMessageable) -> None:
    server.world.upload_limit = 1000
    await channel.send(file=a_file(bytes(1000)))
    with pytest.raises(discord.HTTPException) as caught:
        await channel.send(file=a_file(bytes(1001)))
    assert (caught.value.status, caught.value.code) == (413, 40005)


async def test_an_address_runs_out_after_a_day_and_a_fresh_look_gives_another_one(
    server: DiscordServer, channel: discord.PartialMessageable
) -> None:
    sent = await channel.send(file=a_file(b"data"))
    await server.clock.advance(24 * 3600 - 1)
    assert await sent.attachments[0].read() == b"data"
    await server.clock.advance(2)
    with pytest.raises(discord.NotFound):
        await sent.attachments[0].read()
    fresh = await channel.fetch_message(sent.id)
    assert await fresh.attachments[0].read() == b"data"


async def test_an_address_that_was_tampered_with_opens_nothing(
    server: DiscordServer, channel: discord.PartialMessageable
) -> None:
    sent = await channel.send(file=a_file(b"data"))
    address = sent.attachments[0].url
    async with aiohttp.ClientSession() as session:
        for wrong in (address.replace("results", "other"), address.replace("ex=", "ex=f"), address.split("?")[0]):
            assert (await session.get(wrong)).status == 404
        assert (await session.get(address)).status == 200


async def test_a_persons_file_lies_among_the_ephemeral_ones(
    server: DiscordServer, rehearsal: RehearsalBot, ann: Person
) -> None:
    await ann.slash("niche", "import", niche="food", file=Attachment("names.txt", b"a"))
    (download,) = server.requests.of("cdn")
    assert download.path.startswith(f"/ephemeral-attachments/{server.channel.id}/")


async def test_a_message_of_a_person_brings_its_file(
    server: DiscordServer, rehearsal: RehearsalBot, channel: discord.PartialMessageable, ann: Person
) -> None:
    said = ann.says("my list", Attachment("names.txt", b"ann\nben\n"))
    read = await channel.fetch_message(said.id)
    assert await read.attachments[0].read() == b"ann\nben\n"


async def test_downloads_fail_in_every_way(server: DiscordServer, channel: discord.PartialMessageable) -> None:
    (attachment,) = (await channel.send(file=a_file(b"x" * 1000))).attachments
    server.faults.cdn(status=403)
    with pytest.raises(discord.Forbidden):
        await attachment.read()
    server.faults.cdn("/attachments/**", status=503)
    with pytest.raises(discord.HTTPException):
        await attachment.read()
    # The client's library asks a second time when a kept connection breaks.
    cut = server.faults.cdn(drop="before", times=None)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await attachment.read()
    cut.cancel()
    server.faults.cdn(truncate=True)
    with pytest.raises(aiohttp.ClientPayloadError):
        await attachment.read()
    slow = server.faults.cdn(hold="body")
    async with aiohttp.ClientSession() as session, session.get(attachment.url) as response:
        assert await response.content.readexactly(500) == b"x" * 500
        slow.release()
        assert await response.content.read() == b"x" * 500
