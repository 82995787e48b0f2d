"""``/help``: what there is, in one card."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.answering import say
from bot.context import context_of
from bot.state_cards import help_card


@app_commands.command(name="help", description="What Storywatch can do here")
async def show_help(interaction: discord.Interaction) -> None:
    """Name every command."""
    await say(interaction, embed=help_card(context_of(interaction).app.settings.panel_url))
