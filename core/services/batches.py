"""The verbs that change batches: create, start, stop, delete, move, retry.

Decides what may happen to a batch and who may ask for it.  What a check says, and the counters that follow
from it, are the engine's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.clock import Clock
from core.domain.actor import Actor, Role
from core.domain.feed import Selection
from core.domain.limits import Limits
from core.domain.line_order import Toward, moved
from core.domain.name_runs import NameRuns
from core.errors import Conflict, InvalidInput
from core.events import Events, WorkArrived
from core.services.batch_plans import Plan, plan_new, plan_retry
from core.services.batch_results import batch_view, progress
from core.services.batch_writing import BatchWriter
from core.services.feed import Feed
from core.services.named_batches import existing_batch, existing_batches
from core.services.seen_batches import SeenBatches
from core.services.views import BatchView
from core.storage import audit, batch_messages, engine_state, results
from core.storage import batches as rows
from core.storage.database import Database, Row, Transaction, sql_time
from core.storage.models import BatchStatus
from core.storage.pool_rows import load_limits
from core.storage.results import LoggedEvent


class Batches(SeenBatches):
    """Submissions of profiles to be checked.

    A batch is named by its id, or by the first characters of it, at least 4.  A verb whose batch does not exist
    raises NotFound, one whose characters begin several ids Conflict, and InvalidInput where they can begin none;
    nothing is changed then, of several batches neither.

    Args:
        base: The limits of this deployment where nobody set anything.
    """

    def __init__(
        self, database: Database, clock: Clock, events: Events, base: Limits, feed: Feed | None = None
    ) -> None:
        super().__init__(database)
        self._clock = clock
        self._events = events
        self._base = base
        self._feed = feed or Feed(database, clock)

    async def create(
        self,
        actor: Actor,
        *,
        niche: str | None = None,
        names: NameRuns | Sequence[str] | Selection | None = None,
        name: str | None = None,
        recheck: bool = False,
        on_progress: Callable[[int], None] | None = None,
    ) -> BatchView:
        """Make a batch of a niche's active profiles, or of named ones wherever they live; it waits for its start.

        A profile that was checked conclusively within ``fresh_minutes``, or is known to be live until later, is
        done at once with the verdict that is known.  A batch in which nobody is left to ask is done.

        Args:
            niche: Where the profiles are from; beside *names* only what the batch belongs to.
            names: Paused and gone ones too.  Of a selection, those that were removed since are left out, and where
                it is of one niche the batch belongs to that.
            name: None makes one of the niche or the number of profiles, and the time in UTC.
            recheck: Take over no verdict.
            on_progress: Told after each slice how many checks are written.

        Raises:
            NotFound: There is no such niche, or a name is no profile's; nothing is written.
            InvalidInput: There is nobody to check, or the name cannot be used.
        """
        actor.must_be(Role.OPERATOR, "create batches")
        fresh_minutes = 0 if recheck else await self._fresh_minutes()
        plan = await plan_new(
            self._database, self._clock, self._feed, niche=niche, names=names, name=name, fresh_minutes=fresh_minutes
        )
        return await self._written(actor, plan, on_progress)

    async def retry_unknown(self, actor: Actor, batch: str) -> BatchView:
        """Make a new batch of the profiles that this one could not tell about; it waits for its start.

        Raises:
            Conflict: No check of the batch is unknown.
        """
        actor.must_be(Role.OPERATOR, "create batches")
        row = await existing_batch(self._database, batch)
        plan = await plan_retry(self._database, row, fresh_minutes=await self._fresh_minutes())
        return await self._written(actor, plan)

    async def start(
        self, actor: Actor, batches: Sequence[str], *, leave_done: bool = False, leave_missing: bool = False
    ) -> tuple[BatchView, ...]:
        """Put batches at the end of the line, in the order given; those in line or in progress stay where they are.

        Args:
            leave_missing: Do without those that do not exist, as long as one does.

        Raises:
            Conflict: One of them is done, and not to be left as it is (*leave_done*); none is started then.
        """
        actor.must_be(Role.OPERATOR, "start batches")
        async with self._database.transaction() as tx:
            found = await existing_batches(tx, batches, leave_missing=leave_missing)
            done = [row for row in found if row["status"] == BatchStatus.DONE]
            if done and not leave_done:
                raise Conflict(
                    f'The batch "{done[0]["name"]}" is done; create a new one, or retry what stayed unknown in it.'
                )
            changed = [row for row in found if row not in done and row["position"] is None]
            for row in changed:
                await rows.enqueue(tx, row["id"], self._clock.now())
                await self._note(tx, actor, "start", row)
            views = await self._changed(tx, found, changed=bool(changed))
        self._tell(views if changed else ())
        return views

    async def stop(self, actor: Actor, batches: Sequence[str], *, leave_missing: bool = False) -> tuple[BatchView, ...]:
        """Take batches out of progress or out of the line; what is done is kept, and start goes on from there.

        Checks that the engine is at stay claimed until it gives them back, which it does as soon as it sees the
        stop: freed here, they could be asked about twice when the batch is started again at once.
        """
        actor.must_be(Role.OPERATOR, "stop batches")
        async with self._database.transaction() as tx:
            found = await existing_batches(tx, batches, leave_missing=leave_missing)
            changed = [row for row in found if row["status"] != BatchStatus.DONE and row["position"] is not None]
            for row in changed:
                await rows.dequeue(tx, row["id"])
                await self._note(tx, actor, "stop", row)
            views = await self._changed(tx, found, changed=bool(changed))
        self._tell(views if changed else ())
        return views

    async def delete(
        self, actor: Actor, batches: Sequence[str], *, leave_missing: bool = False
    ) -> tuple[BatchView, ...]:
        """Erase batches with their checks; the batches as they were.  Profiles keep what the checks told of them.

        All of them are out of sight, and out of the engine's hands, at once.  The rows go in slices; an
        interruption leaves that to the engine's holder.
        """
        actor.must_be(Role.OPERATOR, "delete batches")
        async with self._database.transaction() as tx:
            found = await existing_batches(tx, batches, leave_missing=leave_missing)
            for row in found:
                await rows.hide(tx, row["id"], self._clock.now())
                await batch_messages.part(tx, row["id"], by=actor.name, at=self._clock.now())
                await audit.note(tx, actor, "batch.delete", row["name"], row["id"], self._clock.now())
            await engine_state.raise_revision(tx, pool=False)
        self._events.publish(WorkArrived())
        for row in found:
            await rows.erase(self._database, row["id"])
        return tuple(batch_view(row) for row in found)

    async def move(self, actor: Actor, batch: str, to_place: int) -> BatchView:
        """Give a batch in line another place there, counted from 1.

        Raises:
            Conflict: It is not in line.
            InvalidInput: The line has no such place.
        """
        actor.must_be(Role.OPERATOR, "order batches")
        async with self._database.transaction() as tx:
            row = await existing_batch(tx, batch)
            if row["place_in_line"] is None:
                raise Conflict(f'The batch "{row["name"]}" is not in line; only a started one that waits can be moved.')
            line = await rows.line(tx)
            if not 1 <= to_place <= len(line):
                raise InvalidInput("place", f"give a number from 1 to {len(line)}, not {to_place}")
            ids = [batch_id for batch_id, _ in line]
            ids.insert(to_place - 1, ids.pop(row["place_in_line"] - 1))
            changed = await self._reordered(tx, line, ids)
            if changed:
                await audit.note(tx, actor, "batch.move", row["name"], f"to place {to_place}", self._clock.now())
            (view,) = await self._changed(tx, [row], changed=changed)
        if changed:
            self._events.publish(WorkArrived())
        return view

    async def shift(self, actor: Actor, batches: Sequence[str], toward: Toward) -> tuple[BatchView, ...]:
        """Move batches in line one place, or to an end of it; they keep their order among themselves.

        Those that are not in line, or do not exist any more, are left as they are.

        Raises:
            Conflict: None of them is in line.
        """
        actor.must_be(Role.OPERATOR, "order batches")
        async with self._database.transaction() as tx:
            found = await existing_batches(tx, batches, leave_missing=True)
            moving = {row["id"]: row["name"] for row in found if row["place_in_line"] is not None}
            if not moving:
                raise Conflict("None of these batches is in line; only started ones that wait can be moved.")
            line = await rows.line(tx)
            changed = await self._reordered(tx, line, moved([batch_id for batch_id, _ in line], moving, toward))
            if changed:
                names = ", ".join(moving.values())
                await audit.note(tx, actor, "batch.move", names, toward.value, self._clock.now())
            views = await self._changed(tx, found, changed=changed)
        if changed:
            self._events.publish(WorkArrived())
        return views

    # -- what they share --------------------------------------------------------------

    async def _reordered(self, tx: Transaction, line: Sequence[tuple[str, int]], now: Sequence[str]) -> bool:
        """Give the line's positions to its batches in another order; whether that changes anything."""
        changed = [(batch_id, at) for batch_id, (before, at) in zip(now, line, strict=True) if batch_id != before]
        await rows.place(tx, changed)
        return bool(changed)

    async def _written(self, actor: Actor, plan: Plan, on_progress: Callable[[int], None] | None = None) -> BatchView:
        view = batch_view(await BatchWriter(self._database, self._clock, actor, plan).write(on_progress))
        self._events.publish(progress(view))
        return view

    async def _fresh_minutes(self) -> int:
        return (await load_limits(self._database, self._base)).fresh_minutes

    async def _note(self, tx: Transaction, actor: Actor, verb: str, row: Row) -> None:
        now = self._clock.now()
        await audit.note(tx, actor, f"batch.{verb}", row["name"], row["id"], now)
        await results.add_events(tx, [LoggedEvent(row["id"], sql_time(now), verb, f"by {actor.name}", None)])

    async def _changed(self, tx: Transaction, found: Sequence[Row], *, changed: bool) -> tuple[BatchView, ...]:
        """The batches as the transaction leaves them, which the engine hears of where they changed."""
        if changed:
            await engine_state.raise_revision(tx, pool=False)
        now = [await rows.one(tx, row["id"]) for row in found]
        return tuple(batch_view(row) for row in now if row is not None)

    def _tell(self, views: Sequence[BatchView]) -> None:
        for view in views:
            self._events.publish(progress(view))
        if views:
            self._events.publish(WorkArrived())
