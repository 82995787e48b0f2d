"""Forgets by the clock what is kept for a time only, a small slice at a time, so that verdicts need not wait for it.

How long each is kept is said beside its queries; here is only when and how much at once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from core.clock import Clock
from core.storage import (
    alerts,
    allowances,
    forgetting,
    hourly_stats,
    minute_stats,
    one_time_codes,
    resource_events,
    schedule_runs,
    sign_ins,
)
from core.storage.database import Database, Transaction

EVERY = 600.0
SLICE = 500
_BETWEEN_SLICES = 0.1

# Up to so many rows that are too old at that moment; how many there were.
Forget = Callable[[Transaction, datetime, int], Awaitable[int]]
Patiently = Callable[[Callable[[], Awaitable[None]]], Awaitable[None]]

KEPT_FOR_A_TIME: tuple[Forget, ...] = (
    resource_events.forget,
    hourly_stats.forget,
    alerts.forget,
    allowances.forget,
    sign_ins.forget,
    one_time_codes.forget,
    forgetting.batch_events.forget,
    minute_stats.forget,
    schedule_runs.forget,
    forgetting.error_groups.forget,
    forgetting.told.forget,
    minute_stats.forget_unknown,
    forgetting.story_hours.forget,
    forgetting.audit_lines.forget,
    # Last, because there may be millions of them.
    forgetting.forget_results,
)


class Retention:
    """The forgetting of one holder.

    Args:
        patiently: Does something again and again while the database is away.
    """

    def __init__(self, database: Database, clock: Clock, patiently: Patiently) -> None:
        self._database = database
        self._clock = clock
        self._patiently = patiently

    async def run(self) -> None:
        """Forget what is too old, now and every ten minutes, until cancelled."""
        while True:
            for forget in KEPT_FOR_A_TIME:
                await self._patiently(partial(forget_old, self._database, self._clock, forget))
            await self._clock.sleep(EVERY)


async def forget_old(database: Database, clock: Clock, forget: Forget) -> None:
    """Forget all that is too old now, in slices that let others write between them."""
    now = clock.now()

    async def forget_slice(tx: Transaction) -> int:
        return await forget(tx, now, SLICE)

    while await database.at_once(forget_slice) >= SLICE:
        await clock.sleep(_BETWEEN_SLICES)
