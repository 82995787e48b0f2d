"""What went wrong, told to whoever asked: a sentence, or a reference that the log knows too.

The one translator for commands, buttons, modals and completions, and the boundary of tasks that have to go on.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Awaitable, Callable

import aiohttp
import discord
from discord import app_commands

from bot.answering import ALREADY_ANSWERED, TOKEN_EXPIRED, UNKNOWN_INTERACTION, say_if_possible
from bot.text import plain
from core.clock import Clock
from core.errors import UserError

_log = logging.getLogger(__name__)

_LONGEST = 1_500
_GOES_ON_AFTER = 5.0
MISSING_ACCESS, MISSING_PERMISSIONS = 50_001, 50_013
TOO_LARGE = 40_005
_TOO_LATE = frozenset({UNKNOWN_INTERACTION, TOKEN_EXPIRED, ALREADY_ANSWERED})
_GONE = {
    10_003: "That channel was deleted.",
    10_004: "Storywatch is not in that server.",
    10_008: "That message was deleted.",
}
_OLD_COMMAND = "This command changed with the last update; type / and choose it again."
_AWAY = "Discord did not take that in time; try again in a moment."
_TOO_MANY_REQUESTS, _FIRST_OF_THE_SERVER = 429, 500


async def tell(interaction: discord.Interaction, error: BaseException) -> None:
    """Answer *interaction* with what *error* means to the person, and log what they cannot do anything about."""
    cause = _cause(error)
    if isinstance(cause, discord.InteractionResponded):
        _log.info("an answer was given twice")
        return
    if isinstance(cause, discord.HTTPException) and cause.code in _TOO_LATE:
        # Nobody waits for the answer any more, or somebody has it.
        _log.info("an answer was not taken", extra={"code": cause.code})
        return
    await say_if_possible(interaction, sentence(cause))


async def answer_old(interaction: discord.Interaction, text: str) -> None:
    """Answer whoever pressed or sent something that nobody knows any more."""
    await say_if_possible(interaction, text)


def sentence(error: BaseException) -> str:
    """What *error* means to the person; logs it where it is a mistake of ours."""
    error = _cause(error)
    if isinstance(error, UserError):
        return plain(str(error), _LONGEST)
    if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        return _OLD_COMMAND
    if isinstance(error, app_commands.TransformerError):
        return f"{plain(str(error.value))} does not fit there; choose one of the suggestions."
    if (of_discord := _sentence_of_discord(error)) is not None:
        return of_discord
    reference = secrets.token_hex(4)
    _log.error("an interaction failed", exc_info=error, extra={"reference": reference})
    return f"That did not work, and it is a mistake in Storywatch. The log knows it as {reference}."


def _sentence_of_discord(error: BaseException) -> str | None:
    """What Discord's refusal or absence means; None where it is a mistake of ours."""
    if isinstance(error, discord.HTTPException):
        if error.code in _GONE:
            return _GONE[error.code]
        if error.code == TOO_LARGE:
            return "Discord takes no file as large as that in this server; export it in the panel."
        if isinstance(error, discord.Forbidden):
            return forbidden(error)
        passes = error.status == _TOO_MANY_REQUESTS or error.status >= _FIRST_OF_THE_SERVER
        return _AWAY if passes else None
    return _AWAY if isinstance(error, discord.RateLimited | aiohttp.ClientError | OSError) else None


def forbidden(error: discord.Forbidden) -> str:
    """What the bot lacks."""
    if error.code == MISSING_ACCESS:
        return "Storywatch cannot see this channel; give it the permission View Channel here."
    return (
        "Storywatch may not write in this channel; give it View Channel, Send Messages, Embed Links and Attach Files."
    )


async def keep_going(work: Callable[[], Awaitable[None]], *, name: str, clock: Clock) -> None:
    """Do *work* until it ends by itself or is cancelled; a mistake in it is logged, and it begins anew."""
    while True:
        try:
            return await work()
        except Exception:  # noqa: BLE001  # the boundary: beyond it is only the loop
            _log.exception("a task of the bot begins anew", extra={"task": name})
        await clock.sleep(_GOES_ON_AFTER)


def _cause(error: BaseException) -> BaseException:
    while isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    return error
