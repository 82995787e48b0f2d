"""The button that lets a platform which refuses everybody be tried again at once.  It works for ever, for admins."""

from __future__ import annotations

import re
from typing import Any, Self

import discord
from discord import ButtonStyle, ui

from bot.access import at_least
from bot.answering import begin, say
from bot.context import context_of
from bot.door import pressed
from core.domain.actor import Role


class ProbeButton(ui.DynamicItem[ui.Button[ui.View]], template=r"sw:probe"):
    """A button that nothing has to be remembered of: there is one breaker."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label="Probe now", style=ButtonStyle.primary, custom_id="sw:probe"))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed."""
        return cls()

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do it, if whoever pressed may."""
        await pressed(interaction, lambda: _probe(interaction))


async def _probe(interaction: discord.Interaction) -> None:
    await begin(interaction)
    actor = at_least(interaction, Role.ADMIN, "let the platform be probed")
    await say(interaction, await context_of(interaction).app.figures.probe_now(actor))
