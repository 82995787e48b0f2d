"""One thing at a time, and of those that wait only the newest: who asks anew does not want the older ones."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

_Thing = TypeVar("_Thing")


class Newest(Generic[_Thing]):
    """Does *act* with things that come faster than it is done with them.

    What is under way is never cut off, so that nothing is left half made; what came last is always what is done last.
    """

    def __init__(self, act: Callable[[_Thing], Awaitable[None]]) -> None:
        self._act = act
        self._came = 0
        self._acting = asyncio.Lock()

    async def take(self, thing: _Thing) -> None:
        """Do it when those before are done, unless another one comes first; raises what *act* raises."""
        self._came += 1
        mine = self._came
        async with self._acting:
            if mine == self._came:
                await self._act(thing)
