"""``/pair``: somebody whom nobody knows yet enters the code that an admin gave them."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.access import name_of
from bot.answering import begin, say
from bot.context import context_of
from bot.door import PAIR
from bot.text import plain
from core.secrets import Secret


@app_commands.command(name=PAIR, description="Enter the code that an admin gave you; you are that person from then on")
@app_commands.describe(code="Four groups of four signs")
@app_commands.guild_only()
async def pair(interaction: discord.Interaction, code: app_commands.Range[str, 1, 40]) -> None:
    """Become the person whose code it is."""
    await begin(interaction)
    user = interaction.user
    person = await context_of(interaction).app.pairing.pair(
        Secret(code), discord_id=str(user.id), known_as=name_of(user)
    )
    await say(interaction, f"You are {plain(person.name)} here now, with the role {person.role}.")
