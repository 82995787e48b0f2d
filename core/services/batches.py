"""The verbs of batches: create, start, stop, delete, move, retry, list, show, results, export, log.

Decides what may happen to a batch and who may ask for it.  What a check says, and the counters that follow
from it, are the engine's.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Sequence

from core.clock import Clock
from core.domain.actor import Actor, Role
from core.domain.feed import Selection
from core.domain.limits import Limits
from core.domain.line_order import Toward, moved
from core.domain.name_runs import NameRuns
from core.domain.verdict import Outcome, Reason
from core.errors import Conflict, InvalidInput
from core.events import Events, WorkArrived
from core.services import batch_results, exports
from core.services.batch_plans import Plan, plan_new, plan_retry
from core.services.batch_results import Mark, batch_view, progress
from core.services.batch_writing import BatchWriter
from core.services.feed import Feed
from core.services.named_batches import existing_batch, existing_batches
from core.services.views import BatchEventView, BatchView, CheckView
from core.storage import audit, batch_messages, checks, engine_state, results
from core.storage import batches as rows
from core.storage.database import Database, Row, Transaction, sql_time
from core.storage.models import BatchStatus
from core.storage.pool_rows import load_limits
from core.storage.results import LoggedEvent

LARGEST_PAGE = 1_000
_SETTLED_PAGE = 1_000


class Batches:
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
        self._database = database
        self._clock = clock
        self._events = events
        self._base = base
        self._feed = feed or Feed(database, clock)

    # -- verbs that change something -----------------------------------------------

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

    # -- verbs that look ------------------------------------------------------------

    async def current(self, actor: Actor, *, newest: int = 200) -> tuple[BatchView, ...]:
        """Every batch in progress or in line, and the newest ones besides; the newest first.

        Args:
            newest: 1 to 1,000.

        Raises:
            InvalidInput: The number is out of bounds.
        """
        actor.must_be(Role.VIEWER, "list batches")
        if not 1 <= newest <= LARGEST_PAGE:
            raise InvalidInput("newest", f"give 1 to {LARGEST_PAGE:,} batches, not {newest}")
        return tuple(batch_view(row) for row in await rows.current(self._database, newest))

    async def list(
        self, actor: Actor, *, count: int = 50, after: str | None = None, status: str | None = None
    ) -> tuple[BatchView, ...]:
        """Batches, the newest first.

        Args:
            count: 1 to 1,000.
            after: The id of the last batch of the page before.
            status: Only those that are ``queued``, ``in_progress`` or ``done``.

        Raises:
            InvalidInput: The count or the status is none.
            NotFound: The batch that *after* names was deleted; list from the beginning.
        """
        actor.must_be(Role.VIEWER, "list batches")
        if not 1 <= count <= LARGEST_PAGE:
            raise InvalidInput("count", f"a page has 1 to {LARGEST_PAGE:,} batches, not {count}")
        shown = [each.value for each in BatchStatus if each is not BatchStatus.HIDDEN]
        if status is not None and status not in shown:
            raise InvalidInput("status", f'"{status}" is none; there are {", ".join(shown)}')
        last = None if after is None else await existing_batch(self._database, after)
        key = None if last is None else (last["created_at"], last["id"])
        found = await rows.newest(self._database, status=status, after=key, count=count)
        return tuple(batch_view(row) for row in found)

    async def show(self, actor: Actor, batch: str) -> BatchView:
        """One batch."""
        actor.must_be(Role.VIEWER, "see a batch")
        return batch_view(await existing_batch(self._database, batch))

    async def results(
        self,
        actor: Actor,
        batch: str,
        *,
        outcomes: Collection[Outcome] | None = None,
        finished_after: str | None = None,
    ) -> AsyncIterator[CheckView]:
        """The finished checks in the order in which they were stored, one after the other; holds one page of them.

        Args:
            outcomes: Only checks with one of these.
            finished_after: A mark of :meth:`settled_since`: only checks behind it.

        Raises:
            InvalidInput: That is no mark.
        """
        actor.must_be(Role.VIEWER, "see a batch's results")
        row = await existing_batch(self._database, batch)
        return batch_results.settled_checks(self._database, row["id"], Mark.parse(finished_after), outcomes)

    async def settled_since(self, actor: Actor, batch: str, mark: str | None) -> tuple[tuple[CheckView, ...], str]:
        """Checks that were stored since *mark*, each exactly once, and the mark for the next call.

        Costs what it returns, at most 1,000 checks: none means that there are no more until now.

        Args:
            mark: What the call before gave; None begins with the first finished check.

        Raises:
            InvalidInput: That is no mark.
        """
        actor.must_be(Role.VIEWER, "see a batch's results")
        row = await existing_batch(self._database, batch)
        found, last = await batch_results.settled_page(self._database, row["id"], Mark.parse(mark), _SETTLED_PAGE)
        return tuple(found), str(last)

    async def export(self, actor: Actor, batch: str, form: exports.Form) -> AsyncIterator[str]:
        """The finished checks as lines of CSV or JSON Lines."""
        found = await self.results(actor, batch)
        return exports.lines(batch_results.EXPORTED, batch_results.records(found), form)

    async def unknown_reasons(self, actor: Actor, batch: str) -> dict[Reason, int]:
        """How often each reason left a check unknown, the most frequent first."""
        actor.must_be(Role.VIEWER, "see a batch's results")
        row = await existing_batch(self._database, batch)
        counts = await checks.unknown_reasons(self._database, row["id"])
        return {Reason(reason): count for reason, count in counts.items()}

    async def log(self, actor: Actor, batch: str, count: int = 100) -> tuple[BatchEventView, ...]:
        """The last lines of the batch's own log, the newest first.

        Args:
            count: 1 to 1,000.

        Raises:
            InvalidInput: The count is out of bounds.
        """
        actor.must_be(Role.VIEWER, "see a batch's log")
        if not 1 <= count <= LARGEST_PAGE:
            raise InvalidInput("count", f"give 1 to {LARGEST_PAGE:,} lines, not {count}")
        row = await existing_batch(self._database, batch)
        return tuple(batch_results.event_view(line) for line in await rows.log(self._database, row["id"], count))

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
