"""The verbs that read schedules: list, get, runs, coming, preview, load."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

from core.clock import Clock
from core.domain.actor import Actor, Role
from core.domain.day import UTC_ZONE
from core.domain.schedule import DAY, Timing
from core.errors import InvalidInput, NotFound
from core.events import Events
from core.services.named_schedules import Given, existing_schedule
from core.services.schedule_drafts import Drafting, only_named
from core.services.schedule_times import PlannedRun, runs_from
from core.services.schedule_views import coming_run, run_view, schedule_view, timing_of
from core.services.views import ComingRun, ScheduleDraft, ScheduleLoad, ScheduleRunView, ScheduleView
from core.storage import niches as niche_rows
from core.storage import schedule_runs as run_rows
from core.storage import schedules as rows
from core.storage.database import Database, Transaction
from core.storage.schedules import StoredSchedule

MOST_RUNS = 1_000
MOST_COMING = 1_000
# Enough to know how often a schedule runs.
_COUNTED_RUNS = 100
_WEEK = 7 * DAY
_AT_ONCE = 20
_INSTANT = timedelta(microseconds=1)


class SeenSchedules:
    """Schedules as people see them.

    Args:
        zone: The deployment's time zone, which a schedule without one takes.
        servers: The Discord servers in which the bot answers.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        events: Events,
        zone: ZoneInfo = UTC_ZONE,
        servers: Collection[int] = frozenset(),
    ) -> None:
        self._database = database
        self._clock = clock
        self._events = events
        self._drafting = Drafting(zone, servers)

    async def list(self, actor: Actor) -> tuple[ScheduleView, ...]:
        """All schedules in the order of their names."""
        actor.must_be(Role.VIEWER, "list schedules")
        return await self._seen(self._database, await rows.every(self._database))

    async def names(self, actor: Actor) -> tuple[str, ...]:
        """The names of all schedules in their order."""
        actor.must_be(Role.VIEWER, "list schedules")
        return tuple(await rows.names(self._database))

    async def get(self, actor: Actor, schedule: Given) -> ScheduleView:
        """One schedule."""
        actor.must_be(Role.VIEWER, "see a schedule")
        (view,) = await self._seen(self._database, [await existing_schedule(self._database, schedule)])
        return view

    async def runs(self, actor: Actor, schedule: Given | None = None, count: int = 20) -> tuple[ScheduleRunView, ...]:
        """The last *count* runs of a schedule, or of all, the newest first."""
        actor.must_be(Role.VIEWER, "see a schedule")
        found = None if schedule is None else (await existing_schedule(self._database, schedule)).id
        stored = await run_rows.runs(self._database, found, max(1, min(count, MOST_RUNS)))
        return tuple(run_view(run) for run in stored)

    async def run(self, actor: Actor, run: int) -> ScheduleRunView:
        """One run.

        Raises:
            NotFound: There is none of this id, or its schedule was removed.
        """
        actor.must_be(Role.VIEWER, "see a schedule")
        stored = await run_rows.run(self._database, run)
        if stored is None:
            raise NotFound(f"There is no run {run} of a schedule; it went with its schedule, or never was.")
        return run_view(stored)

    async def coming(self, actor: Actor, schedule: Given, count: int = 5) -> tuple[ComingRun, ...]:
        """The next *count* runs; none while it is paused."""
        actor.must_be(Role.VIEWER, "see a schedule")
        stored = await existing_schedule(self._database, schedule)
        if not stored.enabled or stored.next_at is None or stored.next_due_at is None:
            return ()
        timing = timing_of(stored)
        # The first one is what is stored: a moment of the past where nothing fires.
        first = PlannedRun(stored.next_due_at, stored.next_at)
        after = max(first.due_at, first.at, self._clock.now())
        return (coming_run(first, timing), *await self._coming(timing, after, count - 1))

    async def preview(
        self,
        actor: Actor,
        *,
        every: str = "",
        cron: str = "",
        timezone: str | None = None,
        start: datetime | None = None,
        count: int = 5,
        jitter: str = "",
        active: str = "",
    ) -> tuple[ComingRun, ...]:
        """The runs that a rule would give from *start* on, or from now; nothing is stored.

        An interval begins with *start*, or one interval from now.

        Raises:
            InvalidInput: A field cannot be used, or no run ever comes.
        """
        actor.must_be(Role.VIEWER, "preview schedules")
        if not 1 <= count <= MOST_COMING:
            raise InvalidInput("count", f"give a number from 1 to {MOST_COMING:,}, not {count}")
        now = self._clock.now()
        timing = self._drafting.timing(
            every=every, rule=cron, timezone=timezone, jitter=jitter, active=active, starts_at=start, now=now
        )
        return await self._coming(timing, (start or now) - _INSTANT, count)

    async def load(self, actor: Actor, draft: ScheduleDraft) -> ScheduleLoad:
        """How much the schedule would ask for.

        Raises:
            InvalidInput: A field cannot be used.
            NotFound: A niche does not exist.
        """
        actor.must_be(Role.VIEWER, "see what a schedule would cost")
        now = self._clock.now()
        checked = await self._drafting.checked(self._database, draft, now)
        only = only_named(draft.only)
        profiles = [await rows.count_profiles(self._database, niche.id, only.value, now) for niche in checked.niches]
        coming = [run.at for run in islice(runs_from(checked.timing, now), _COUNTED_RUNS)]
        within = [at for at in coming if (at - now).total_seconds() <= _WEEK]
        runs = len(within)
        if runs == _COUNTED_RUNS:
            runs = round(runs * _WEEK / (within[-1] - now).total_seconds())
        gaps = [(later - at).total_seconds() for at, later in pairwise(coming)]
        return ScheduleLoad(sum(profiles), runs, min(gaps, default=None))

    async def _coming(self, timing: Timing, after: datetime, count: int) -> tuple[ComingRun, ...]:
        found: list[ComingRun] = []
        for run in islice(runs_from(timing, after), max(0, min(count, MOST_COMING))):
            found.append(coming_run(run, timing))
            if len(found) % _AT_ONCE == 0:
                await self._clock.sleep(0)
        return tuple(found)

    async def _seen(self, db: Database | Transaction, stored: Sequence[StoredSchedule]) -> tuple[ScheduleView, ...]:
        niches = {niche.id: niche.name for niche in await niche_rows.every(db)}
        return tuple(schedule_view(each, niches) for each in stored)
