"""``/limits``: the numbers that may be changed while the engine runs."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.app_commands import Range

from bot.access import at_least, known
from bot.answering import begin, say
from bot.commands import options
from bot.context import context_of
from bot.list_cards import limit_card, limits_card
from core.domain.actor import Role
from core.errors import NotFound


class LimitsCommands(app_commands.Group):
    """Operating limits."""

    def __init__(self) -> None:
        super().__init__(
            name="limits",
            description="Limits: rates, sizes and retries; changes apply at once",
            guild_only=True,
            # Only a hint of Discord's own: what counts is asked at every command.
            default_permissions=discord.Permissions(manage_guild=True),
        )

    @app_commands.command(name="show", description="All limits, or what one of them means")
    @app_commands.describe(limit="Its name")
    @app_commands.autocomplete(limit=options.limits)
    async def show(self, interaction: discord.Interaction, limit: Range[str, 1, 100] | None = None) -> None:
        """Show limits."""
        await begin(interaction)
        limits = await context_of(interaction).app.limits.show(known(interaction))
        if limit is None:
            await say(interaction, embed=limits_card(limits))
            return
        found = next((each for each in limits if each.name == limit.strip()), None)
        if found is None:
            raise NotFound(f'There is no limit "{limit}"; /limits show names all.')
        await say(interaction, embed=limit_card(found))

    @app_commands.command(name="set", description="Change a limit; it applies at once")
    @app_commands.describe(limit="Its name", value="A number; none is no limit, default is its default")
    @app_commands.autocomplete(limit=options.limits)
    async def set(self, interaction: discord.Interaction, limit: Range[str, 1, 100], value: Range[str, 1, 50]) -> None:
        """Set a limit."""
        await begin(interaction)
        actor = at_least(interaction, Role.ADMIN, "change the limits")
        limits = await context_of(interaction).app.limits.set(actor, {limit.strip(): value.strip()})
        await say(interaction, embed=limit_card(next(each for each in limits if each.name == limit.strip())))
