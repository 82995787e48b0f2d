"""The door of the bot: whoever comes in is known, and whatever goes wrong behind it is told.

Every command, button, modal and completion comes through here, each time anew.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import discord

from bot import errors
from bot.access import actor_of, served_guild
from bot.answering import data_of
from bot.context import BotContext, context_of
from core.errors import UserError

# The one command for people whom nobody knows yet; its code says who they are.
PAIR = "pair"

Act = Callable[[], Awaitable[None]]


async def let_in(context: BotContext, interaction: discord.Interaction) -> bool:
    """Find out who asks and remember it with the interaction; say no to who may not."""
    try:
        if _is_pairing(interaction):
            served_guild(context, interaction)
        else:
            interaction.extras["actor"] = await actor_of(context, interaction)
    except UserError as error:
        if interaction.type is discord.InteractionType.autocomplete:
            # There is no way to say why; choosing says it.
            await interaction.response.autocomplete([])
        else:
            await errors.tell(interaction, error)
        return False
    return True


async def pressed(interaction: discord.Interaction, act: Act) -> None:
    """Carry out what a button or a modal stands for, if whoever pressed it may come in; tell what goes wrong."""
    try:
        if await let_in(context_of(interaction), interaction):
            await act()
    except Exception as error:  # noqa: BLE001  # the boundary: beyond it is only the library
        await errors.tell(interaction, error)


def _is_pairing(interaction: discord.Interaction) -> bool:
    is_command = interaction.type is discord.InteractionType.application_command
    return is_command and data_of(interaction).get("name") == PAIR
