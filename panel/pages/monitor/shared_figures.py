"""Reads the figures once for everybody who looks at them, and less often the longer that takes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from core.clock import Clock

T = TypeVar("T")

# Reading takes at most this part of the time, however many rows there are.
_PART = 1 / 10
_LONGEST = 15.0
# More than there are different questions on any page; who asks for ever more of them pushes the oldest out.
_MOST = 64


@dataclass(slots=True)
class _Kept:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    value: Any = None
    next_at: float = float("-inf")


class SharedFigures:
    """Answers of the last moments, by question.  Whoever asks has to be allowed to, which the caller looks at.

    Args:
        clock: Paces the reading.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: dict[Hashable, _Kept] = {}

    async def get(self, question: Hashable, every: float, read: Callable[[], Awaitable[T]]) -> T:
        """The answer of the last *every* seconds, or a new one; what is being read already is waited for."""
        kept = self._kept.setdefault(question, _Kept())
        if len(self._kept) > _MOST:
            self._kept.pop(next(iter(self._kept)))
        async with kept.lock:
            began = self._clock.monotonic()
            if began >= kept.next_at:
                kept.value = await read()
                ended = self._clock.monotonic()
                kept.next_at = ended + min(_LONGEST, max(every, (ended - began) / _PART))
            value: T = kept.value
            return value
