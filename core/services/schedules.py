"""The verbs that change schedules: add, change, pause, resume, run now, remove.

Decides what a schedule may say and when it runs next.  That a run happens is the firing's matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.domain.actor import Actor, Role
from core.domain.schedule import RunWhy
from core.errors import Conflict
from core.events import SchedulesChanged
from core.services.named_schedules import Given, existing_schedule, existing_schedules
from core.services.schedule_drafts import name_for
from core.services.schedule_times import next_run
from core.services.schedule_views import run_view, timing_of
from core.services.seen_schedules import SeenSchedules
from core.services.views import ScheduleDraft, ScheduleRunView, ScheduleView
from core.storage import audit
from core.storage import schedule_runs as run_rows
from core.storage import schedules as rows
from core.storage.database import Transaction
from core.storage.schedules import Planned, StoredSchedule


class Schedules(SeenSchedules):
    """When niches get batches by themselves.

    A schedule is named by its id or its name; case does not matter.  A verb whose schedule does not exist raises
    NotFound; nothing is changed then, of several neither.
    """

    async def add(self, actor: Actor, draft: ScheduleDraft) -> ScheduleView:
        """Add a schedule, which runs from now on.

        Raises:
            InvalidInput: A field cannot be used, or no run ever comes.
            NotFound: A niche does not exist.
        """
        actor.must_be(Role.OPERATOR, "add schedules")
        now = self._clock.now()
        async with self._database.transaction() as tx:
            checked = await self._drafting.checked(tx, draft, now)
            name, key = await name_for(tx, draft.name, checked)
            values = {**checked.values, "name": name, "name_key": key}
            schedule_id = await rows.add(tx, values, by=actor.name, at=now)
            view = await self._planned_anew(tx, schedule_id, now)
            await audit.note(tx, actor, "schedule.add", name, _detail(view), now)
        self._events.publish(SchedulesChanged())
        return view

    async def change(self, actor: Actor, schedule: Given, draft: ScheduleDraft) -> ScheduleView:
        """Give a schedule everything that *draft* says; a paused one stays paused.

        Raises:
            InvalidInput: A field cannot be used, or no run ever comes.
            NotFound: A niche does not exist.
        """
        actor.must_be(Role.OPERATOR, "change schedules")
        now = self._clock.now()
        async with self._database.transaction() as tx:
            stored = await existing_schedule(tx, schedule)
            checked = await self._drafting.checked(tx, draft, now)
            name, key = await name_for(tx, draft.name, checked, own=stored.id)
            await rows.change(tx, stored.id, {**checked.values, "name": name, "name_key": key})
            view = await self._planned_anew(tx, stored.id, now, enabled=stored.enabled)
            await audit.note(tx, actor, "schedule.change", name, _detail(view), now)
        self._events.publish(SchedulesChanged())
        return view

    async def pause(
        self, actor: Actor, schedules: Sequence[Given], *, leave_missing: bool = False
    ) -> tuple[ScheduleView, ...]:
        """Let schedules run no more until they are resumed; a batch that runs goes on.

        Args:
            leave_missing: Do without those that do not exist, as long as one does.
        """
        actor.must_be(Role.OPERATOR, "pause schedules")
        return await self._switched(actor, schedules, enabled=False, leave_missing=leave_missing)

    async def resume(
        self, actor: Actor, schedules: Sequence[Given], *, leave_missing: bool = False
    ) -> tuple[ScheduleView, ...]:
        """Let paused schedules run again, from their next moment on; what was missed is not made up for."""
        actor.must_be(Role.OPERATOR, "resume schedules")
        return await self._switched(actor, schedules, enabled=True, leave_missing=leave_missing)

    async def run_now(
        self, actor: Actor, schedules: Sequence[Given], *, leave_missing: bool = False
    ) -> tuple[ScheduleRunView, ...]:
        """Have schedules run once, paused ones too; whoever has the engine makes their batches.

        Raises:
            Conflict: One of them runs already, or its last batch is not done; none is run then.
        """
        actor.must_be(Role.OPERATOR, "run schedules")
        now = self._clock.now()
        begun: list[int] = []
        async with self._database.transaction() as tx:
            for stored in await existing_schedules(tx, schedules, leave_missing=leave_missing):
                await _must_be_idle(tx, stored)
                run = await run_rows.open_run(tx, stored.id, due_at=now, why=RunWhy.BY_HAND.value, at=now)
                if run is None:
                    raise Conflict(f'The schedule "{stored.name}" was run at this very moment.')
                begun.append(run)
                await audit.note(tx, actor, "schedule.run", stored.name, "", now)
            found = [await run_rows.run(tx, run) for run in begun]
        self._events.publish(SchedulesChanged())
        return tuple(run_view(run) for run in found if run is not None)

    async def remove(
        self, actor: Actor, schedules: Sequence[Given], *, leave_missing: bool = False
    ) -> tuple[ScheduleView, ...]:
        """Remove schedules with the list of their runs; the schedules as they were.  Their batches stay."""
        actor.must_be(Role.OPERATOR, "remove schedules")
        async with self._database.transaction() as tx:
            found = await existing_schedules(tx, schedules, leave_missing=leave_missing)
            views = await self._seen(tx, found)
            for stored in found:
                await rows.remove(tx, stored.id)
                await audit.note(tx, actor, "schedule.remove", stored.name, "", self._clock.now())
        self._events.publish(SchedulesChanged())
        return views

    # -- what they share ------------------------------------------------------------

    async def _switched(
        self, actor: Actor, schedules: Sequence[Given], *, enabled: bool, leave_missing: bool
    ) -> tuple[ScheduleView, ...]:
        now, verb = self._clock.now(), "schedule.resume" if enabled else "schedule.pause"
        async with self._database.transaction() as tx:
            found = await existing_schedules(tx, schedules, leave_missing=leave_missing)
            for stored in found:
                if stored.enabled != enabled:
                    await self._planned_anew(tx, stored.id, now, enabled=enabled)
                    await audit.note(tx, actor, verb, stored.name, "", now)
            again = [await rows.by_id(tx, stored.id) for stored in found]
            views = await self._seen(tx, [stored for stored in again if stored is not None])
        self._events.publish(SchedulesChanged())
        return views

    async def _planned_anew(
        self, tx: Transaction, schedule_id: int, now: datetime, *, enabled: bool = True
    ) -> ScheduleView:
        """The schedule with its next run counted from now; of a paused one none is stored."""
        stored = await rows.by_id(tx, schedule_id)
        assert stored is not None, "the transaction wrote or read it"
        run = next_run(timing_of(stored), now) if enabled else None
        planned = None if run is None else Planned(run.at, run.due_at)
        await rows.plan(tx, schedule_id, planned, enabled=enabled)
        stored = await rows.by_id(tx, schedule_id)
        assert stored is not None
        (view,) = await self._seen(tx, [stored])
        return view


async def _must_be_idle(tx: Transaction, stored: StoredSchedule) -> None:
    if await run_rows.has_open_run(tx, stored.id):
        raise Conflict(f'The schedule "{stored.name}" runs already.')
    batch = await run_rows.unfinished_batch(tx, stored.id)
    if batch is not None:
        raise Conflict(f'The last batch of "{stored.name}", "{batch["name"]}", is not done; stop it, or wait for it.')


def _detail(view: ScheduleView) -> str:
    return f"{view.rule}, {view.timezone}, {', '.join(view.niches)}"
