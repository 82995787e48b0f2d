"""Answers to interactions, whatever became of them meanwhile: sent at once, later, or given up quietly.

Discord wants the first answer within three seconds and takes further ones for fifteen minutes.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any, cast

import aiohttp
import discord

_log = logging.getLogger(__name__)

# Codes of Discord's API.
UNKNOWN_INTERACTION = 10_062
ALREADY_ANSWERED = 40_060
TOKEN_EXPIRED = 50_027
# What becomes of a request that Discord did not take, or of which nobody knows whether it did.
NOT_SENT = (discord.DiscordException, aiohttp.ClientError, OSError)


def data_of(interaction: discord.Interaction) -> Mapping[str, Any]:
    """What Discord sent along: the command's name, the component's id."""
    return cast("Mapping[str, Any]", interaction.data or {})


async def begin(interaction: discord.Interaction, *, private: bool = True) -> None:
    """Say at once that an answer is coming."""
    if not interaction.response.is_done():
        await interaction.response.defer(ephemeral=private, thinking=True)


async def say(
    interaction: discord.Interaction,
    content: str | None = None,
    *,
    embed: discord.Embed | None = None,
    view: discord.ui.View | None = None,
    files: Sequence[discord.File] = (),
    private: bool = True,
) -> discord.Message | None:
    """Send an answer; the first one, or one after it.  None where the message cannot be told."""
    more: dict[str, Any] = {"ephemeral": private}
    if embed is not None:
        more["embed"] = embed
    if view is not None:
        more["view"] = view
    if files:
        more["files"] = list(files)
    if interaction.response.is_done():
        return await interaction.followup.send(content or "", wait=True, **more)
    sent = await interaction.response.send_message(content, **more)
    message = sent.resource
    return message if isinstance(message, discord.Message) else None


async def say_if_possible(interaction: discord.Interaction, text: str) -> None:
    """Send a sentence to whoever asked; where Discord takes no answer any more, the log has it."""
    try:
        await say(interaction, text)
    except discord.InteractionResponded:
        await _follow_up(interaction, text)
    except NOT_SENT as error:
        if _code_of(error) == ALREADY_ANSWERED:
            await _follow_up(interaction, text)
        else:
            _log_unsaid(text, error)


async def _follow_up(interaction: discord.Interaction, text: str) -> None:
    try:
        await interaction.followup.send(text, ephemeral=True)
    except NOT_SENT as error:
        _log_unsaid(text, error)


def _log_unsaid(text: str, error: BaseException) -> None:
    _log.info("an answer was not taken", extra={"text": text, "code": _code_of(error), "reason": str(error)[:200]})


def _code_of(error: BaseException) -> int:
    return error.code if isinstance(error, discord.HTTPException) else 0
