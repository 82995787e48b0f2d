"""Looks by the clock which schedules are due, and has their runs made one after the other.

Owns when that happens while the engine is held, and that a mistake in one run costs no other.  What a run is,
is the firing's matter.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from core import log
from core.clock import Clock
from core.errors import Unavailable
from core.events import Events, SchedulesChanged
from core.services.schedule_firing import Firing
from core.storage.schedule_runs import StoredRun
from core.upkeep.ticking import Tick, Ticking

_log = logging.getLogger(__name__)

TICK_EVERY = 1.0
# Counting who was seen today looks at whole niches.
LOOK_AT_TARGETS_EVERY = 30.0

Patiently = Callable[[Callable[[], Awaitable[None]]], Awaitable[None]]


class Scheduler:
    """The schedules of one holder.

    Args:
        patiently: Does something again and again while the database is away.
        bug: Keeps a mistake of ours.
    """

    def __init__(
        self, firing: Firing, *, clock: Clock, events: Events, patiently: Patiently, bug: Callable[[Exception], object]
    ) -> None:
        self._firing = firing
        self._clock = clock
        self._events = events
        self._patiently = patiently
        self._bug = bug
        self._last_tick: datetime | None = None
        self._look = asyncio.Event()

    async def run(self) -> None:
        """Let what is due happen until cancelled; runs that a crash cut off come first."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._tick_for_ever(), name="look which schedules are due")
            group.create_task(self._make_for_ever(), name="make the batches of schedules")
            group.create_task(self._look_at_targets(), name="stop at daily targets")

    async def tick(self) -> bool:
        """Begin some of the runs that are due now; whether there may be more.  Making their batches is left to others.

        A few at a time, so that whatever else happens in this process need not wait for long.
        """
        now = self._clock.now()
        if self._last_tick is None or now < self._last_tick:
            await self._firing.clock_went_back()
        self._last_tick = now
        more = await self._firing.claim_due()
        self._look.set()
        return more

    async def make(self) -> None:
        """Make the batches of all runs that are under way, one after the other."""
        after = 0
        while (run := await self._firing.first_open(after)) is not None:
            await self._make(run)
            after = run.id

    async def _make(self, run: StoredRun) -> None:
        with log.about(schedule=run.schedule_id, run=run.id):
            await self._try_to_make(run)

    async def _try_to_make(self, run: StoredRun) -> None:
        try:
            await self._firing.fire(run)
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001  # a bug in one run must not end the engine that others work with
            _log.error("a bug struck", exc_info=error)
            self._bug(error)
            await self._firing.give_up(run)

    async def _tick_for_ever(self) -> None:
        with self._events.subscribe() as news:
            ticking = Ticking(self._clock, news, every=TICK_EVERY)
            news.put(Tick())
            try:
                async for event in news:
                    if isinstance(event, Tick | SchedulesChanged):
                        await self._patiently(self._tick_whatever_comes)
                        ticking.start()
            finally:
                ticking.stop()

    async def _tick_whatever_comes(self) -> None:
        try:
            while await self.tick():
                await self._clock.sleep(0)
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001  # as with a run; the next tick tries again
            _log.error("a bug struck", extra={"at": "tick"}, exc_info=error)
            self._bug(error)

    async def _make_for_ever(self) -> None:
        while True:
            await self._look.wait()
            self._look.clear()
            await self._patiently(self.make)

    async def _look_at_targets(self) -> None:
        while True:
            await self._clock.sleep(LOOK_AT_TARGETS_EVERY)
            await self._patiently(self._firing.stop_at_targets)
