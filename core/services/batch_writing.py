"""Writes a new batch with its checks, a slice to a transaction.

A batch of one slice is one transaction.  A larger one is hidden until its last slice shows it, so an
interruption leaves nothing that anybody sees; the engine's holder erases it later.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4

from core.clock import Clock
from core.domain.actor import Actor
from core.errors import Conflict, InvalidInput
from core.services.batch_plans import Plan, Portion
from core.services.niches import still_there
from core.storage import audit, checks, results
from core.storage import batches as rows
from core.storage.database import Database, Row, Transaction, sql_time
from core.storage.niches import StoredNiche
from core.storage.results import LoggedEvent

# Who waits for SQLite's lock in another process looks whether it is free 1, 2, 5, 10, 15, 20 and then 25 ms after the
# last look, until 128 ms have gone by, and ever more seldom later.  So it is sure to find a pause that is longer than
# 25 ms and comes within 128, while of many short ones it may miss each.
BUSY = 0.1
PAUSE = 0.027


@dataclass(frozen=True, slots=True)
class Sums:
    """How many checks were written, how many of them were fresh, and how many profiles were left out."""

    total: int = 0
    fresh: int = 0
    skipped: int = 0


# Belongs to the transaction that shows the batch: with it the batch stands, and where it raises nothing appears.  Given
# the batch's id; may run again, as a slice may.
Appearing = Callable[[Transaction, str, Sums], Awaitable[None]]


@dataclass(slots=True)
class BatchWriter:
    """One writing, from the first slice to the last.

    Args:
        appearing: What happens in the transaction that shows the batch.
    """

    database: Database
    clock: Clock
    actor: Actor
    plan: Plan
    appearing: Appearing | None = None
    _id: str = field(init=False, default_factory=lambda: str(uuid4()))
    _slices: int = field(init=False, default=0)
    _sums: Sums = field(init=False, default_factory=Sums)

    @property
    def id(self) -> str:
        """The batch's id, also while nobody sees it."""
        return self._id

    async def write(self, on_progress: Callable[[int], None] | None = None) -> Row:
        """Write the batch; its row as it is then.

        Args:
            on_progress: Told after each slice how many checks are written.

        Raises:
            InvalidInput: There is nobody to check; nothing is written then.
            NotFound: The niche was deleted meanwhile.
            Conflict: The writing was held up for so long that it was given up.
        """
        at = self.clock.now()
        async with aclosing(self.plan.portions) as portions:
            portion = await anext(portions, None)
            if portion is None or not portion.names:
                raise _nobody(self.plan.niche, 0 if portion is None else portion.skipped)
            rests_at = self.clock.monotonic() + BUSY
            while True:
                following = await anext(portions, None)
                # In one visit to the database's thread: the lock is not held while answers wait for the loop.
                writing = partial(self._write_slice, portion=portion, at=at, last=following is None)
                self._sums, row = await self.database.at_once(writing)
                self._slices += 1
                if on_progress is not None:
                    on_progress(self._sums.total)
                if following is None:
                    assert row is not None, "the last slice shows it"
                    return row
                portion = following
                if self.clock.monotonic() >= rests_at:
                    await self.clock.sleep(PAUSE)
                    rests_at = self.clock.monotonic() + BUSY

    async def _write_slice(
        self, tx: Transaction, *, portion: Portion, at: datetime, last: bool
    ) -> tuple[Sums, Row | None]:
        """What is written then, and the batch's row when that was all; changes nothing here, for it may be repeated."""
        if not self._slices:
            await self._begin(tx)
        elif not await rows.is_hidden(tx, self._id):
            raise Conflict("Writing the batch was held up for too long and was given up; create it again.")
        takes_over = self.plan.fresh_minutes > 0
        made = await checks.create(
            tx,
            batch_id=self._id,
            names=portion.names,
            number=self._slices + 1,
            now=at if takes_over else None,
            fresh_since=at - timedelta(minutes=self.plan.fresh_minutes) if takes_over else None,
        )
        await rows.add_slice(
            tx, self._id, total=made.created, skipped=portion.skipped, fresh=made.fresh, now=self.clock.now()
        )
        sums = Sums(
            self._sums.total + made.created,
            self._sums.fresh + sum(made.fresh.values()),
            self._sums.skipped + portion.skipped,
        )
        return sums, await self._appear(tx, at, sums) if last else None

    async def _begin(self, tx: Transaction) -> None:
        niche = self.plan.niche
        niche_id = None if niche is None else (await still_there(tx, niche)).id
        await rows.begin(tx, self._id, name="", niche_id=niche_id, created_by=self.actor.name, now=self.clock.now())

    async def _appear(self, tx: Transaction, at: datetime, sums: Sums) -> Row:
        name = self.plan.name or _default_name(self.plan.niche, sums.total, at)
        now = self.clock.now()
        await rows.appear(tx, self._id, name=name, now=now)
        text = f"checks: {sums.total:,}, fresh among them: {sums.fresh:,}, left out as paused or gone: {sums.skipped:,}"
        await results.add_events(tx, [LoggedEvent(self._id, sql_time(now), "created", text, None)])
        await audit.note(tx, self.actor, "batch.create", name, f"{self._id}: {text}", now)
        if self.appearing is not None:
            await self.appearing(tx, self._id, sums)
        row = await rows.one(tx, self._id)
        assert row is not None
        return row


def _default_name(niche: StoredNiche | None, total: int, at: datetime) -> str:
    what = niche.name if niche is not None else "1 profile" if total == 1 else f"{total:,} profiles"
    return f"{what} {at.day} {at:%b %H:%M}"


def _nobody(niche: StoredNiche | None, skipped: int) -> InvalidInput:
    if niche is None:
        return InvalidInput("names", "name at least one profile")
    who = f'"{niche.name}" has nobody to check'
    if not skipped:
        return InvalidInput("niche", f"{who}; import profiles into it first")
    why = "its only profile is" if skipped == 1 else f"all of its {skipped:,} profiles are"
    return InvalidInput("niche", f"{who}, {why} paused or gone; resume some, or name them")
