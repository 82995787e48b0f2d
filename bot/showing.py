"""How commands answer about a batch: to whoever asked, and with a message that lives in the channel."""

from __future__ import annotations

import discord

from bot.buttons import show_here
from core.services.views import BatchView

_MAY_NOT_WRITE = (
    "Storywatch may not write in this channel, so no message shows how it goes; give it View Channel, Send Messages "
    "and Embed Links, or ask /batch show."
)


async def shown_here(interaction: discord.Interaction, batch: BatchView) -> str:
    """Have a message about the batch live in the channel; what else is to be said, if it cannot."""
    if not may_write(interaction):
        return f" {_MAY_NOT_WRITE}"
    await show_here(interaction, batch.id)
    return ""


def may_write(interaction: discord.Interaction) -> bool:
    """Whether a card of ours can be posted in the channel that *interaction* comes from."""
    may = interaction.app_permissions
    in_thread = isinstance(interaction.channel, discord.Thread)
    return may.view_channel and may.embed_links and (may.send_messages_in_threads if in_thread else may.send_messages)


def lowered(shown: str) -> str:
    """A status inside of a sentence."""
    return shown[:1].lower() + shown[1:]
