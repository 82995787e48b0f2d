"""What the how-to says of the bot is so."""

from __future__ import annotations

import re
from pathlib import Path

import discord
from discord import app_commands

from bot import commands
from bot.attachments import ENDINGS, MOST_BYTES
from bot.context import BotContext
from bot.names import Names
from bot.state_cards import help_card
from tests.bot.pictures import DOCS, scenes

HOW_TO = (Path(__file__).parents[2] / "docs" / "how-to" / "discord.md").read_text("utf-8")


def every_command() -> list[str]:
    """All commands, those of a group behind its name."""
    tree = app_commands.CommandTree(discord.Client(intents=discord.Intents(guilds=True)))
    context: BotContext = None  # type: ignore[assignment]
    names: Names = None  # type: ignore[assignment]
    commands.install(tree, context, names)
    found = [command.name for command in tree.get_commands(type=discord.AppCommandType.message)]
    for command in tree.get_commands(type=discord.AppCommandType.chat_input):
        inner = command.commands if isinstance(command, app_commands.Group) else []
        found += [f"{command.name} {each.name}" for each in inner] or [command.name]
    return found


def names_them_all(text: str) -> bool:
    """Whether *text* has every command, in a line that names its group."""
    for command in every_command():
        group, _, verb = command.rpartition(" ") if command[0].islower() else ("", "", command)
        lines = [line for line in text.splitlines() if not group or f"/{group} " in line]
        assert any(re.search(rf"\b{verb}\b", line) for line in lines), f"{command} is not there"
    return True


async def test_every_command_is_in_the_how_to_and_in_the_help() -> None:
    assert names_them_all(HOW_TO.partition("## Commands")[2])
    card = help_card("https://storywatch.example")
    assert names_them_all("\n".join(["/help", *(str(field.value) for field in card.fields)]))


def test_the_address_of_the_invitation_asks_for_the_permissions_that_are_named() -> None:
    (number,) = re.findall(r"permissions=(\d+)", HOW_TO)
    needed = discord.Permissions(
        view_channel=True,
        send_messages=True,
        send_messages_in_threads=True,
        embed_links=True,
        attach_files=True,
        read_message_history=True,
    )
    assert int(number) == needed.value


def test_the_files_that_are_taken_are_the_ones_that_are_named() -> None:
    assert all(f"`{ending}`" in HOW_TO for ending in ENDINGS)
    assert f"at most {MOST_BYTES // 1_000_000} MB" in HOW_TO


def test_every_card_has_its_picture() -> None:
    assert {path.name for path in DOCS.glob("discord-*.png")} == {f"discord-{name}.png" for name in scenes()}
