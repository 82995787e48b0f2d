"""*Check this list*: on any message with a list, for lists that somebody else has posted."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.attachments import list_among
from bot.importing import Wish, look_over


@app_commands.context_menu(name="Check this list")
async def check_list(interaction: discord.Interaction, message: discord.Message) -> None:
    """Look the message's first list over; the niche is asked for then."""
    await look_over(interaction, list_among(message.attachments), Wish(niche=None, batch=True))
