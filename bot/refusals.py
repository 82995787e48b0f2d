"""What Discord refuses for as long as nobody changes something, in the words that the panel shows."""

from __future__ import annotations

import discord

UNKNOWN_CHANNEL, UNKNOWN_SERVER, UNKNOWN_MESSAGE = 10_003, 10_004, 10_008
LOST = {
    UNKNOWN_CHANNEL: "the channel was deleted",
    UNKNOWN_SERVER: "the bot is not in that server any more",
    50_001: "the bot may not see the channel any more",
    50_013: "the bot may not write in the channel any more",
    50_083: "the thread is archived",
    # Cards are left out where they are not allowed, and nothing else is in the message.
    50_006: "the bot may not embed links in the channel",
}


def why_lost(error: BaseException) -> str | None:
    """Why nothing can be sent there until somebody acts; None where it may be otherwise in a moment."""
    return LOST.get(error.code) if isinstance(error, discord.HTTPException) else None
