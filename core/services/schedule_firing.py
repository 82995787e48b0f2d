"""Makes due runs happen: each is claimed once, and becomes exactly one batch or a word that says why not.

A run is claimed in the transaction that moves its schedule on, and settled in the one that shows its batch; so
a crash between the two leaves an open run, which whoever has the engine next takes up again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from core.clock import Clock
from core.domain.actor import Actor, Role
from core.domain.alarms import NewAlert
from core.domain.day import UTC_ZONE
from core.domain.limits import Limits
from core.domain.schedule import Only, RunOutcome
from core.errors import Conflict, InvalidInput, NotFound
from core.events import Events, SchedulesChanged, WorkArrived
from core.services.batch_messages import new_nonce
from core.services.batch_results import batch_view, progress
from core.services.batch_writing import BatchWriter, Sums
from core.services.schedule_claims import Claim, begin, planned
from core.services.schedule_lateness import Lateness, lateness
from core.services.schedule_plans import plan_scheduled, short_of_target
from core.services.schedule_times import next_run
from core.services.schedule_views import timing_of
from core.storage import alerts, audit, batch_messages, batches, engine_state, results
from core.storage import niches as niche_rows
from core.storage import schedule_runs as runs
from core.storage import schedules as rows
from core.storage.database import Database, Transaction, sql_time
from core.storage.niches import StoredNiche
from core.storage.pool_rows import load_limits
from core.storage.results import LoggedEvent
from core.storage.schedule_runs import StoredRun
from core.storage.schedules import Planned, StoredSchedule

# Claimed together, in one short transaction; so many seconds of planning are enough at once.
CLAIMED_AT_ONCE = 20
_PLANNING_SECONDS = 0.01
# A clock that was ahead by more has made schedules wait for a time that is long in coming.
FAR_AHEAD = timedelta(hours=1)

NICHE_REMOVED = "its niche was removed"


class NobodyLeft(Exception):
    """Everybody in the batch was fresh, so it does not appear."""


class SettledAlready(Exception):
    """Somebody else settled the run, so its batch does not appear a second time."""


class Firing:
    """The runs of all schedules of one database, for the one process that has the engine.

    Args:
        base: The limits of this deployment where nobody set anything.
        zone: Where days begin, for daily story targets.
    """

    def __init__(
        self, database: Database, clock: Clock, events: Events, base: Limits, zone: ZoneInfo = UTC_ZONE
    ) -> None:
        self._database = database
        self._clock = clock
        self._events = events
        self._base = base
        self._zone = zone

    # -- what a tick does -------------------------------------------------------------

    async def claim_due(self) -> bool:
        """Begin a few of the runs that are due now, the longest due first; whether there may be more."""
        now, began = self._clock.now(), self._clock.monotonic()
        claims: list[Claim] = []
        found = await runs.due(self._database, now, CLAIMED_AT_ONCE)
        for schedule in found:
            claims.append(planned(schedule, now))
            if self._clock.monotonic() - began > _PLANNING_SECONDS:
                break
        if not claims:
            return False
        await self._database.at_once(partial(begin, claims=claims, now=now))
        self._events.publish(SchedulesChanged())
        return len(claims) < len(found) or len(found) == CLAIMED_AT_ONCE

    async def clock_went_back(self) -> None:
        """Plan anew those schedules that ran in what is the far future again; nothing happens twice.

        Where the clock was only a little ahead, what they wait for is right: the next moment that nobody came to.
        """
        now = self._clock.now()
        for schedule in await runs.ahead_of(self._database, now + FAR_AHEAD):
            try:
                coming = await self._first_that_did_not_happen(schedule, now)
            except InvalidInput:  # its time zone is gone, which is told when it is due
                continue
            async with self._database.transaction() as tx:
                await runs.plan_again(tx, schedule, coming, now)

    async def _first_that_did_not_happen(self, schedule: StoredSchedule, now: datetime) -> Planned | None:
        timing, after = timing_of(schedule), now
        while (run := next_run(timing, after)) is not None:
            if not await runs.happened(self._database, schedule.id, run.due_at):
                return Planned(run.at, run.due_at)
            after = run.due_at
        return None

    async def first_open(self, after: int = 0) -> StoredRun | None:
        """The oldest run that is under way and has a higher id than *after*."""
        return await runs.first_open_run(self._database, after)

    # -- what becomes of a run ----------------------------------------------------------

    async def fire(self, run: StoredRun) -> None:
        """Make the run's batch and put it in line, or say why there is none.

        It stays open where it was held up, to be taken up again.
        """
        schedule = await rows.by_id(self._database, run.schedule_id)
        if schedule is None:
            return
        late = await lateness(schedule, run, self._clock)
        unfinished = await runs.unfinished_batch(self._database, schedule.id)
        if unfinished is not None:
            await self._skip(run, f'its last batch, "{unfinished["name"]}", was not done', late)
            return
        niches = await self._niches(schedule)
        if not niches:
            await self._skip(run, NICHE_REMOVED, late, pause=True)
            return
        now = self._clock.now()
        if schedule.stop_at_target:
            niches = await short_of_target(self._database, niches, now, self._zone)
            if not niches:
                await self._skip(run, "the daily story target was met", late)
                return
        try:
            await self._write(schedule, run, niches, late)
        except (InvalidInput, NobodyLeft) as nobody:
            only = Only(schedule.only)
            word = _nobody(niches, only) if isinstance(nobody, InvalidInput) else "everybody was checked shortly before"
            await self._skip(run, word, late)
        except (Conflict, NotFound, SettledAlready):
            # Held up, its niche just removed, or settled meanwhile: what is so now is seen at the next tick.
            return

    async def give_up(self, run: StoredRun) -> None:
        """A bug struck: the run has failed, so that others get their turn."""
        word = "an internal error struck, which is kept; the next run tries again"
        await self._settle(run, RunOutcome.FAILED, word)

    async def stop_at_targets(self) -> None:
        """Stop the batches whose schedule wants that once all of its niches have met their target."""
        now = self._clock.now()
        for batch_id, name, niche_ids in await runs.until_target(self._database):
            niches = [niche for each in niche_ids if (niche := await niche_rows.by_id(self._database, each))]
            if niches and not await short_of_target(self._database, niches, now, self._zone):
                await self._stop(batch_id, name)

    async def _niches(self, schedule: StoredSchedule) -> list[StoredNiche]:
        found = [await niche_rows.by_id(self._database, niche_id) for niche_id in schedule.niche_ids]
        return [niche for niche in found if niche is not None]

    async def _write(
        self, schedule: StoredSchedule, run: StoredRun, niches: Sequence[StoredNiche], late: Lateness
    ) -> None:
        fresh = schedule.fresh_minutes
        if fresh is None:
            fresh = (await load_limits(self._database, self._base)).fresh_minutes
        now = self._clock.now()
        local = now.astimezone(timing_of(schedule).zone)
        plan = plan_scheduled(
            self._database,
            niches,
            only=Only(schedule.only),
            name=f"{schedule.name} {local.day} {local:%b %H:%M}",
            fresh_minutes=fresh,
            now=now,
        )
        actor, nonce = Actor(f"schedule {schedule.name}", Role.OPERATOR), new_nonce()

        async def appearing(tx: Transaction, batch_id: str, sums: Sums) -> None:
            if sums.fresh >= sums.total:
                raise NobodyLeft
            at = self._clock.now()
            if not await runs.settle(
                tx, run.id, outcome=RunOutcome.STARTED.value, word=late.word, at=at, batch_id=batch_id
            ):
                raise SettledAlready
            await runs.mark_batch(tx, batch_id, schedule.id)
            await batches.enqueue(tx, batch_id, at)
            await results.add_events(tx, [LoggedEvent(batch_id, sql_time(at), "start", f"by {actor.name}", None)])
            await engine_state.raise_revision(tx, pool=False)
            if schedule.guild_id and schedule.channel_id:
                await batch_messages.add(
                    tx, batch_id, guild_id=schedule.guild_id, channel_id=schedule.channel_id, nonce=nonce, at=at
                )
            if late.alert is not None:
                await alerts.add(tx, [late.alert], at)

        writer = BatchWriter(self._database, self._clock, actor, plan, appearing)
        try:
            view = batch_view(await writer.write())
        except (NobodyLeft, SettledAlready):
            await batches.erase(self._database, writer.id)
            raise
        for event in (progress(view), WorkArrived(), SchedulesChanged()):
            self._events.publish(event)

    async def _skip(self, run: StoredRun, word: str, late: Lateness, *, pause: bool = False) -> None:
        said = f"{word}; {late.word}" if late.word else word
        await self._settle(run, RunOutcome.SKIPPED, said, late.alert, pause=pause)

    async def _settle(
        self, run: StoredRun, outcome: RunOutcome, word: str, alert: NewAlert | None = None, *, pause: bool = False
    ) -> None:
        at = self._clock.now()
        async with self._database.transaction() as tx:
            if not await runs.settle(tx, run.id, outcome=outcome.value, word=word, at=at):
                return
            if alert is not None:
                await alerts.add(tx, [alert], at)
            if pause:
                await rows.plan(tx, run.schedule_id, None, enabled=False)
                actor = Actor(f"schedule {run.schedule}", Role.OPERATOR)
                await audit.note(tx, actor, "schedule.pause", run.schedule, word, at)
        self._events.publish(SchedulesChanged())

    async def _stop(self, batch_id: str, name: str) -> None:
        now, word = self._clock.now(), "the daily story target is met"
        async with self._database.transaction() as tx:
            await batches.dequeue(tx, batch_id)
            await results.add_events(tx, [LoggedEvent(batch_id, sql_time(now), "stop", word, None)])
            await audit.note(tx, Actor("schedule", Role.OPERATOR), "batch.stop", name, f"{batch_id}: {word}", now)
            await engine_state.raise_revision(tx, pool=False)
            row = await batches.one(tx, batch_id)
        if row is not None:
            self._events.publish(progress(batch_view(row)))
        self._events.publish(WorkArrived())


def _nobody(niches: Sequence[StoredNiche], only: Only) -> str:
    where = ", ".join(f'"{niche.name}"' for niche in niches)
    if only is Only.WITH_STORY:
        return f"nobody in {where} was known to have a story"
    if only is Only.WITHOUT_STORY:
        return f"nobody in {where} was known to be without a story"
    return f"nobody in {where} was to be checked: import profiles, or resume some"
