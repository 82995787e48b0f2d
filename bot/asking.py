"""A question before something that cannot be undone; forgotten with a restart, so that nothing old can be confirmed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import discord
from discord import ButtonStyle, ui

from bot.door import pressed

_ASKED_SECONDS = 600.0


class Question(ui.View):
    """Two buttons: do it, or leave everything as it is.

    Args:
        label: Of the button that does it.
        act: Does it for whoever pressed, and says what was done.
        kept: What is said where nothing was done.
    """

    def __init__(self, label: str, act: Callable[[discord.Interaction], Awaitable[str]], *, kept: str) -> None:
        super().__init__(timeout=_ASKED_SECONDS)
        self._act, self._kept = act, kept
        self._yes: ui.Button[Question] = ui.Button(label=label, style=ButtonStyle.danger)
        self._no: ui.Button[Question] = ui.Button(label="Cancel", style=ButtonStyle.secondary)
        self._yes.callback = self._pressed_yes  # type: ignore[method-assign]
        self._no.callback = self._pressed_no  # type: ignore[method-assign]
        self.add_item(self._yes)
        self.add_item(self._no)

    async def _pressed_yes(self, interaction: discord.Interaction) -> None:
        await pressed(interaction, lambda: self._do(interaction))

    async def _pressed_no(self, interaction: discord.Interaction) -> None:
        await pressed(interaction, lambda: self._leave(interaction))

    async def _do(self, interaction: discord.Interaction) -> None:
        # The question goes at once, so that nobody answers it twice.
        await interaction.response.edit_message(content="One moment…", view=None)
        self.stop()
        await interaction.edit_original_response(content=await self._act(interaction))

    async def _leave(self, interaction: discord.Interaction) -> None:
        self.stop()
        await interaction.response.edit_message(content=self._kept, view=None)
