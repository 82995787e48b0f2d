"""Reads a table of the pool for all pages: what a day took is kept for a while, and a large pool is read less often."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from typing import TypeVar

from core.app import App
from core.clock import Clock
from core.domain.actor import Actor
from core.services.views import LastDay, LimitView
from panel.live_updates import Rows

T = TypeVar("T")

EVERY = 1.0
# What a day took is summed up over many rows, and changes slowly.
_DAY_EVERY = 15.0
# Reading takes at most this part of the time, however many rows there are.
_PART = 1 / 20
_BREATH = 200


class PoolReader:
    """One table.  What is shown of it is :meth:`rows`, which each table says for itself."""

    def __init__(self) -> None:
        self.day = LastDay({}, {})
        self._day_at = self._next_at = float("-inf")
        self._rows: Rows = {}

    async def __call__(self, app: App, actor: Actor) -> Rows:
        """The rows, or those of the last time where that is a short while ago for what reading them takes."""
        began = app.clock.monotonic()
        if began < self._next_at:
            return self._rows
        if began - self._day_at >= _DAY_EVERY:
            self.day, self._day_at = await app.monitoring.last_day(actor), began
        limits = {limit.name: limit for limit in await app.limits.show(actor)}
        self._rows = await self.rows(app, actor, limits)
        ended = app.clock.monotonic()
        self._next_at = ended + min(60.0, (ended - began) / _PART - EVERY)
        return self._rows

    async def rows(self, app: App, actor: Actor, limits: dict[str, LimitView]) -> Rows:
        """All rows by key."""
        raise NotImplementedError


async def in_breaths(items: Iterable[T], clock: Clock) -> AsyncIterator[T]:
    """*items*, with a breath for everybody else after some of them."""
    for place, item in enumerate(items, start=1):
        yield item
        if place % _BREATH == 0:
            await clock.sleep(0)
