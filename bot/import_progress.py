"""How far a long import is, told in the message of the one who waits for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import discord

from bot.answering import NOT_SENT
from core.clock import Clock
from core.services.views import ImportProgress
from core.tasks import spawn

_log = logging.getLogger(__name__)

TELL_EVERY = 5.0


@asynccontextmanager
async def told(interaction: discord.Interaction, clock: Clock) -> AsyncIterator[Callable[[ImportProgress], None]]:
    """Tell every few seconds what the import in the block says through what is yielded."""
    newest: list[ImportProgress] = []

    def note(progress: ImportProgress) -> None:
        newest[:] = [progress]

    async def tell() -> None:
        while True:
            await clock.sleep(TELL_EVERY)
            if newest:
                await _tell(interaction, newest.pop())

    telling = spawn(tell(), name="import progress")
    try:
        yield note
    finally:
        telling.cancel()
        await asyncio.wait({telling})


async def _tell(interaction: discord.Interaction, progress: ImportProgress) -> None:
    if progress.written:
        said = f"Importing… {progress.written:,} of {progress.usernames:,}"
    else:
        said = f"Reading… {progress.lines:,} lines"
    try:
        await interaction.edit_original_response(content=said)
    except NOT_SENT as error:
        _log.info("the progress of an import was not told", extra={"reason": str(error)[:200]})
