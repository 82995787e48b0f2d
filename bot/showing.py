"""How commands answer about a batch: to whoever asked, and with a message that lives in the channel."""

from __future__ import annotations

import discord

from bot.access import known
from bot.buttons import show_here
from bot.context import context_of
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


async def cost_of(interaction: discord.Interaction, batch: BatchView, *, whole: bool = True) -> str:
    """What is left to do of a batch costs, and whether the routes may do that much; empty for one that is done.

    Args:
        whole: False: only where it is too much, or nearly.
    """
    if batch.status == "done":
        return ""
    budget = await context_of(interaction).app.estimates.budget_of_batch(known(interaction), batch.id)
    said = [f"It will take {budget.cost}."] if whole else []
    said += [budget.warning] if budget.warning else []
    return "".join(f" {sentence}" for sentence in said)


def may_write(interaction: discord.Interaction) -> bool:
    """Whether a card of ours can be posted in the channel that *interaction* comes from."""
    may = interaction.app_permissions
    in_thread = isinstance(interaction.channel, discord.Thread)
    return may.view_channel and may.embed_links and (may.send_messages_in_threads if in_thread else may.send_messages)


def lowered(shown: str) -> str:
    """A status inside of a sentence."""
    return shown[:1].lower() + shown[1:]
