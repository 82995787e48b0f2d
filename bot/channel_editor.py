"""One channel's messages, edited one after the other: what is new or over goes first, nothing comes too fast."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Hashable

import discord

from bot.answering import NOT_SENT
from bot.errors import keep_going
from core.clock import Clock
from core.errors import UserError
from core.tasks import spawn

_log = logging.getLogger(__name__)

EDIT_EVERY = 3.0
_LONGEST_REST = 60.0
_LONGEST_PENALTY = 600.0
# So often Discord may refuse what it will never take, before nobody tries again.
_MOST_REFUSALS = 5
_TOO_MANY_REQUESTS, _TIMED_OUT, _FIRST_OF_THE_SERVER = 429, 408, 500

# Brings one message to where it should be, and says whether anything was sent.
Bring = Callable[[Hashable], Awaitable[bool]]
GiveUp = Callable[[Hashable, str], Awaitable[None]]


class ChannelEditor:
    """Works while something waits.

    Args:
        bring: Reads what is so at that moment; what waited is only that something changed.
        give_up: Called with what Discord will never take, and why.
    """

    def __init__(self, channel_id: int, clock: Clock, bring: Bring, give_up: GiveUp) -> None:
        self._name = f"edit messages of channel {channel_id}"
        self._clock = clock
        self._bring = bring
        self._give_up = give_up
        self._waiting: dict[Hashable, bool] = {}
        self._refusals: dict[Hashable, int] = {}
        self._failures = 0
        self._task: asyncio.Task[None] | None = None

    def want(self, key: Hashable, *, first: bool) -> None:
        """Have a message brought to where it should be.

        Args:
            first: Before those that only have other numbers.
        """
        self._waiting[key] = first or self._waiting.get(key, False)
        if self._task is None or self._task.done():
            self._task = spawn(keep_going(self._run, name=self._name, clock=self._clock), name=self._name)

    async def end(self) -> None:
        """Edit nothing more."""
        self._waiting.clear()
        if self._task is not None and not self._task.done():
            self._task.cancel()
            await asyncio.wait({self._task})

    async def _run(self) -> None:
        while self._waiting:
            key = self._next()
            first = self._waiting.pop(key)
            rest = await self._attempt(key, first)
            await self._clock.sleep(rest)

    def _next(self) -> Hashable:
        """What goes first, of those what waited longest; else whoever waited longest."""
        return next((key for key, first in self._waiting.items() if first), None) or next(iter(self._waiting))

    async def _attempt(self, key: Hashable, first: bool) -> float:
        """Seconds until the next one may follow."""
        try:
            sent = await self._bring(key)
        except NOT_SENT as error:
            return await self._failed(key, first, error)
        except UserError as error:
            _log.warning("a living message waits", extra={"key": key, "reason": str(error)})
            self._waiting.setdefault(key, first)
            return EDIT_EVERY
        self._failures = 0
        self._refusals.pop(key, None)
        return EDIT_EVERY if sent else 0.0

    async def _failed(self, key: Hashable, first: bool, error: BaseException) -> float:
        _log.warning("a living message was not edited", extra={"key": key, "reason": str(error)[:300]})
        if isinstance(error, discord.HTTPException) and _is_for_good(error):
            self._refusals[key] = self._refusals.get(key, 0) + 1
            if self._refusals[key] >= _MOST_REFUSALS:
                del self._refusals[key]
                await self._give_up(key, f"Discord refuses it: {error.text[:100]} ({error.code})")
                return EDIT_EVERY
        # What was told meanwhile is not older than this.
        self._waiting.setdefault(key, first)
        self._failures += 1
        rest = min(_LONGEST_REST, EDIT_EVERY * 2.0 ** min(self._failures - 1, 10))
        return max(rest, _retry_after(error))


def _is_for_good(error: discord.HTTPException) -> bool:
    """Whether Discord understood, and would say the same again."""
    return error.status < _FIRST_OF_THE_SERVER and error.status not in {_TOO_MANY_REQUESTS, _TIMED_OUT}


def _retry_after(error: BaseException) -> float:
    """Seconds that Discord wants to be left alone for."""
    if isinstance(error, discord.RateLimited):
        return error.retry_after
    if not isinstance(error, discord.HTTPException) or error.status != _TOO_MANY_REQUESTS:
        return 0.0
    try:
        return min(_LONGEST_PENALTY, max(0.0, float(error.response.headers.get("Retry-After", "0"))))
    except ValueError:
        return 0.0
