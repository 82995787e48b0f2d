"""Schedules that are fired by hand over a real database, as the engine's holder does by the clock."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from core.clock import FakeClock
from core.domain.limits import Limits
from core.events import Events
from core.services.schedule_firing import Firing
from core.storage.database import Database, Row
from core.upkeep.scheduler import Scheduler


class Fired:
    """A holder's scheduler whose ticks a test gives."""

    def __init__(self, database: Database, clock: FakeClock, events: Events) -> None:
        self.database = database
        self.clock = clock
        self.events = events
        self.bugs: list[Exception] = []
        self.scheduler = self.restarted()

    def restarted(self) -> Scheduler:
        """The scheduler of a process that has just begun."""
        self.firing = Firing(self.database, self.clock, self.events, Limits())
        self.scheduler = Scheduler(
            self.firing, clock=self.clock, events=self.events, patiently=_once, bug=self.bugs.append
        )
        return self.scheduler

    async def look(self) -> None:
        """All that is due now begins, and the batches that follow from it are made."""
        while await self.scheduler.tick():
            pass
        await self.scheduler.make()

    def pass_until(self, moment: datetime) -> None:
        """Let time pass until *moment*, which may be in the past: a clock can be put back."""
        self.clock._elapsed += (moment - self.clock.now()).total_seconds()

    async def batches(self) -> list[Row]:
        return await self.database.fetch("SELECT * FROM batch ORDER BY created_at, name")

    async def done(self) -> None:
        """Every batch is done."""
        async with self.database.transaction() as tx:
            await tx.execute("UPDATE batch SET status = 'done', position = NULL WHERE status != 'hidden'")


async def _once(act: Callable[[], Awaitable[None]]) -> None:
    await act()
