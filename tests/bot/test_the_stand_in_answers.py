"""The stand-in holds answers to interactions to Discord's rules: once, in time, by a token that runs out."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import aiohttp
import discord
import pytest

from core.tasks import spawn
from tests.bot.rehearsal import PressView, RehearsalBot, UploadModal
from tests.discord_server import Attachment, DidNotRespond, DiscordServer, Person, Unusable
from tests.discord_server.wire import AnswerKind

Interaction = discord.Interaction[Any]


async def test_an_answer_after_three_seconds_is_unknown_and_the_person_reads_that_nothing_came(
    server: DiscordServer, rehearsal: RehearsalBot, ann: Person
) -> None:
    callback = server.faults.hold("POST", "/interactions/*/*/callback")
    using = spawn(ann.slash("try"), name="slash")
    await callback.reached()
    await server.clock.advance(3.5)
    with pytest.raises(DidNotRespond):
        await using
    callback.release()
    await server.requests.wait_for("create_interaction_response")
    error = await rehearsal.next_failure()
    assert isinstance(error, discord.NotFound)
    assert error.code == 10062


async def test_an_answer_within_three_seconds_is_taken(
    server: DiscordServer, rehearsal: RehearsalBot, ann: Person
) -> None:
    callback = server.faults.hold("POST", "/interactions/*/*/callback")
    using = spawn(ann.slash("try"), name="slash")
    await callback.reached()
    await server.clock.advance(2.9)
    callback.release()
    assert (await using).content == "done"


async def test_a_second_first_answer_is_refused(server: DiscordServer, rehearsal: RehearsalBot, ann: Person) -> None:
    async def twice(interaction: Interaction) -> None:
        await interaction.response.send_message("one")
        interaction.response._response_type = None  # The library would refuse by itself.
        await interaction.response.send_message("two")

    rehearsal.on_try = twice
    assert (await ann.slash("try")).content == "one"
    await server.requests.wait_for("create_interaction_response", 2)
    error = await rehearsal.next_failure()
    assert isinstance(error, discord.HTTPException)
    assert (error.status, error.code) == (400, 40060)


async def test_a_follow_up_before_any_answer_finds_no_webhook(
    server: DiscordServer, rehearsal: RehearsalBot, ann: Person
) -> None:
    codes = []

    async def early(interaction: Interaction) -> None:
        try:
            await interaction.followup.send("early")
        except discord.NotFound as error:
            codes.append(error.code)
        await interaction.response.send_message("late")

    rehearsal.on_try = early
    assert (await ann.slash("try")).content == "late"
    assert codes == [10015]


async def test_a_token_runs_out_after_a_quarter_of_an_hour_and_the_bots_own_token_does_not(
    server: DiscordServer, rehearsal: RehearsalBot, ann: Person
) -> None:
    kept: list[Interaction] = []

    async def keep(interaction: Interaction) -> None:
        kept.append(interaction)
        await interaction.response.send_message("0 %")

    rehearsal.on_try = keep
    reply = await ann.slash("try")
    (interaction,) = kept
    await server.clock.advance(15 * 60 - 1)
    await interaction.edit_original_response(content="99 %")
    await server.clock.advance(2)
    for attempt in (interaction.edit_original_response(content="100 %"), interaction.followup.send("done")):
        with pytest.raises(discord.HTTPException) as caught:
            await attempt
        assert (caught.value.status, caught.value.code) == (401, 50027)
    assert reply.content == "99 %"
    channel = rehearsal.get_partial_messageable(server.channel.id)
    await channel.get_partial_message(reply.message.id).edit(content="100 %")
    assert reply.content == "100 %"


async def test_an_ephemeral_message_is_reached_by_its_token_alone(
    server: DiscordServer, rehearsal: RehearsalBot, ann: Person
) -> None:
    kept: list[Interaction] = []

    async def keep(interaction: Interaction) -> None:
        kept.append(interaction)
        await interaction.response.send_message("only for you", ephemeral=True)

    rehearsal.on_try = keep
    reply = await ann.slash("try")
    partial = rehearsal.get_partial_messageable(server.channel.id).get_partial_message(reply.message.id)
    for attempt in (partial.fetch(), partial.edit(content="changed"), partial.delete()):
        with pytest.raises(discord.NotFound) as caught:
            await attempt
        assert caught.value.code == 10008
    await kept[0].edit_original_response(content="changed")
    assert (await kept[0].original_response()).content == "changed"
    assert reply.content == "changed"
    assert reply.ephemeral
    assert server.channel.messages == []
    await kept[0].delete_original_response()
    assert reply.deleted
    with pytest.raises(Unusable):
        await server.member("ben").click(reply, "Press")


async def test_follow_ups_are_messages_of_their_own(
    server: DiscordServer, rehearsal: RehearsalBot, ann: Person
) -> None:
    async def answer(interaction: Interaction) -> None:
        await interaction.response.send_message("first")
        second = await interaction.followup.send("second", wait=True)
        secret = await interaction.followup.send("secret", ephemeral=True, wait=True)
        await second.edit(content="second, edited")
        assert (await interaction.followup.fetch_message(secret.id)).flags.ephemeral
        await secret.delete()

    rehearsal.on_try = answer
    reply = await ann.slash("try")
    await reply.wait_for(lambda seen: len(seen.followups) == 2 and seen.followups[1].deleted)
    assert rehearsal.errors == []
    assert [message.content for message in server.channel.messages] == ["first", "second, edited"]


# -- buttons, menus, modals ----------------------------------------------------------


async def test_a_button_changes_its_message(server: DiscordServer, rehearsal: RehearsalBot, ann: Person) -> None:
    async def send(interaction: Interaction) -> None:
        await interaction.response.send_message("waiting", view=PressView(rehearsal))

    async def change(interaction: Interaction) -> None:
        await interaction.response.edit_message(content="pressed", view=None)

    rehearsal.on_try, rehearsal.on_press = send, change
    reply = await ann.slash("try")
    pressed = await server.member("ben").click(reply, "Press")
    assert pressed.kind is AnswerKind.UPDATE
    assert pressed.message is reply.message
    assert reply.content == "pressed"
    assert reply.buttons == []
    with pytest.raises(Unusable):
        await ann.click(reply, "Press")


async def test_a_button_is_acknowledged_first_and_its_message_changed_later(
    server: DiscordServer, rehearsal: RehearsalBot, ann: Person
) -> None:
    go_on = asyncio.Event()

    async def change(interaction: Interaction) -> None:
        await interaction.response.defer()
        await go_on.wait()
        await interaction.edit_original_response(content="changed")
        await interaction.followup.send("and said so", ephemeral=True)

    rehearsal.on_press = change
    channel = rehearsal.get_partial_messageable(server.channel.id)
    sent = await channel.send("waiting", view=PressView(rehearsal))
    message = server.channel.find(sent.id)
    assert message is not None
    reply = await ann.click(message, "press")
    assert reply.kind is AnswerKind.DEFER_UPDATE
    assert message.content == "waiting"
    go_on.set()
    assert (await reply.wait_for_followup()).content == "and said so"
    assert message.content == "changed"
    assert reply.followups[0].ephemeral


async def test_a_menu_sends_what_was_chosen(server: DiscordServer, rehearsal: RehearsalBot, ann: Person) -> None:
    await rehearsal.get_partial_messageable(server.channel.id).send("list", view=PressView(rehearsal))
    message = await server.channel.wait_for(lambda seen: seen.content == "list")
    with pytest.raises(Unusable):
        await ann.select(message, "Sort by", "Size")
    await ann.select(message, "Sort by", "Age")
    assert message.content == "sorted by age"


async def test_a_button_that_nobody_knows_gets_no_answer(
    server: DiscordServer, rehearsal: RehearsalBot, ann: Person
) -> None:
    view = discord.ui.View()
    view.add_item(discord.ui.Button(label="Old", custom_id="from an older version"))
    await rehearsal.get_partial_messageable(server.channel.id).send("old", view=view)
    view.stop()
    pressing = spawn(ann.click(server.channel.last, "Old"), name="click")
    await rehearsal.hears("interaction")
    await server.clock.advance(4)
    with pytest.raises(DidNotRespond):
        await pressing
    assert rehearsal.errors == []
    assert server.requests.of("create_interaction_response") == []


async def test_a_button_whose_id_says_what_it_is_for_survives_its_view(
    server: DiscordServer, rehearsal: RehearsalBot, ann: Person
) -> None:
    class Cancel(discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"sw:cancel:(?P<batch>\d+)"):
        def __init__(self, batch: int) -> None:
            super().__init__(discord.ui.Button(label="Cancel", custom_id=f"sw:cancel:{batch}"))
            self.batch = batch

        @classmethod
        async def from_custom_id(cls, interaction: Any, item: Any, match: re.Match[str], /) -> Cancel:
            return cls(int(match["batch"]))

        async def callback(self, interaction: Interaction) -> None:
            await interaction.response.send_message(f"cancelled {self.batch}", ephemeral=True)

    rehearsal.add_dynamic_items(Cancel)
    view = discord.ui.View(timeout=None).add_item(discord.ui.Button(label="Cancel", custom_id="sw:cancel:42"))
    await rehearsal.get_partial_messageable(server.channel.id).send("running", view=view)
    view.stop()
    assert (await ann.click(server.channel.last, "Cancel")).content == "cancelled 42"


async def test_a_modal_brings_text_and_files(server: DiscordServer, rehearsal: RehearsalBot, ann: Person) -> None:
    async def open_modal(interaction: Interaction) -> None:
        await interaction.response.send_modal(UploadModal(rehearsal))

    rehearsal.on_try = open_modal
    modal = (await ann.slash("try")).modal
    assert modal.title == "Import a list"
    assert [(field.label, field.required) for field in modal.fields] == [("Niche", True), ("Files", True)]
    one, two = Attachment("one.txt", b"a"), Attachment("two.txt", b"bb")
    for wrong in (
        {"Niche": "food"},
        {"Niche": "food", "Files": [one, two, one]},
        {"Niche": "f" * 21, "Files": one},
        {"Niche": "food", "Files": one, "Note": "x"},
    ):
        with pytest.raises(Unusable):
            await ann.submit(modal, wrong)
    reply = await ann.submit(modal, {"Niche": "food", "Files": [one, two]})
    assert rehearsal.errors == []
    assert reply.content == "food: [1, 2]"
    assert reply.message.payload()["interaction_metadata"]["triggering_interaction_metadata"]["type"] == 2


async def test_a_modal_behind_a_button_changes_the_buttons_message(
    server: DiscordServer, rehearsal: RehearsalBot, ann: Person
) -> None:
    class Rename(discord.ui.Modal, title="Rename"):
        name: discord.ui.TextInput[Any] = discord.ui.TextInput(label="New name", custom_id="name", default="food")

        async def on_submit(self, interaction: Interaction) -> None:
            await interaction.response.edit_message(content=f"renamed to {self.name.value}")

    async def rename(interaction: Interaction) -> None:
        await interaction.response.send_modal(Rename())

    rehearsal.on_press = rename
    await rehearsal.get_partial_messageable(server.channel.id).send("food", view=PressView(rehearsal))
    modal = (await ann.click(server.channel.last, "Press")).modal
    assert modal.field("New name").value == "food"
    await ann.submit(modal, name="travel")
    assert server.channel.last.content == "renamed to travel"


async def test_an_answer_of_the_wrong_kind_is_refused(
    server: DiscordServer, rehearsal: RehearsalBot, ann: Person
) -> None:
    server.strict = False

    async def change(interaction: Interaction) -> None:
        # The library would not even try: a command has no message that could change.
        address = f"{server.rest_url}/interactions/{interaction.id}/{interaction.token}/callback"
        async with aiohttp.ClientSession() as session, session.post(address, json={"type": 6}) as response:
            answer = await response.json()
        await interaction.response.send_message(f"{response.status}/{answer['code']}")

    rehearsal.on_try = change
    assert (await ann.slash("try")).content == "400/50035"
    assert "Value must be one of" in server.bad_bodies[0]
