"""What checking costs, told before it begins, and whether the limits let the routes do that much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.clock import Clock
from core.domain.actor import Actor, Role
from core.domain.budget import Carrier
from core.domain.budget_plan import Need, Spent, plan, rhythm
from core.domain.estimate import expected_requests, requests_a_profile
from core.domain.limits import Limits
from core.domain.schedule import Only, Timing
from core.errors import Conflict
from core.services.named_batches import existing_batch
from core.services.niches import existing_niche
from core.services.schedule_drafts import Drafting
from core.services.schedule_times import next_run
from core.services.views import BudgetView, ScheduleDraft
from core.storage import batches, sessions
from core.storage import budget as rows
from core.storage.database import Database
from core.storage.models import BatchStatus
from core.storage.pool_rows import load_limits
from core.storage.proxies import own_limits

# The batches that tell what a verdict takes.
_LAST_BATCHES = 10
# So many profiles tell of the others which share of them bring an id.
_SAMPLE = 200
# What a day took is summed up over many rows, and changes slowly; adding it up takes at most this part of the time.
_SPENT_EVERY = 15.0
_PART = 1 / 20

# The days of a week differ, and those of two weeks seldom do.  More runs than these go on as they began.
_ABOUT_A_WEEK = timedelta(days=8)
_MOST_RUNS = 300
# Working a run out takes a third of a millisecond.
_BREATH = 25
_INSTANT = timedelta(microseconds=1)

_SEE = "see what a batch would cost"


@dataclass(frozen=True, slots=True)
class _Asked:
    """Profiles to be asked about; *new* ones have to be looked up first, *closed* ones can only be looked up."""

    profiles: int
    new: int = 0
    closed: int = 0


class Estimates:
    """Guesses from the last batches, the limits, the routes in service and what they have spent.

    Args:
        base: The limits of this deployment where nobody set anything.
        drafting: What drafts of schedules are read with.
    """

    def __init__(self, database: Database, clock: Clock, base: Limits, drafting: Drafting) -> None:
        self._database = database
        self._clock = clock
        self._base = base
        self._drafting = drafting
        self._spent = Spent()
        self._spent_until = float("-inf")

    async def budget(self, actor: Actor, profiles: int, *, look_ups: int = 0) -> BudgetView:
        """What checking so many profiles once would cost if none of them was checked a short while ago.

        Args:
            look_ups: How many of the profiles are new, and have to be looked up once before they can be asked about.
        """
        actor.must_be(Role.VIEWER, _SEE)
        return await self._view(_Asked(profiles, look_ups), await self._limits())

    async def budget_of_niche(self, actor: Actor, niche: str, *, recheck: bool = False) -> BudgetView:
        """What a batch of a niche's active profiles would cost now.

        Args:
            recheck: Those that were checked a short while ago are asked about, too.

        Raises:
            NotFound: No niche has this name.
        """
        actor.must_be(Role.VIEWER, _SEE)
        limits = await self._limits()
        found = await existing_niche(self._database, niche)
        return await self._view(await self._of_niches([found.id], 0 if recheck else limits.fresh_minutes), limits)

    async def budget_of_batch(self, actor: Actor, batch: str) -> BudgetView:
        """What is left to do of a batch costs so much.

        Raises:
            NotFound: There is no such batch.
        """
        actor.must_be(Role.VIEWER, _SEE)
        row = await existing_batch(self._database, batch)
        left = row["total"] - row["finished"]
        seen = await rows.left_of_batch(self._database, row["id"], _SAMPLE)
        share = left / seen["looked_at"] if seen["looked_at"] else 0.0
        asked = _Asked(left, round(share * seen["without_id"]), round(share * seen["closed"]))
        return await self._view(asked, await self._limits())

    async def budget_of_schedule(self, actor: Actor, draft: ScheduleDraft) -> BudgetView:
        """What a schedule would cost day by day; an existing one is told by the draft of its view.

        Raises:
            InvalidInput: A field cannot be used, or no run ever comes.
            NotFound: A niche does not exist.
        """
        actor.must_be(Role.VIEWER, "see what a schedule would cost")
        limits = await self._limits()
        checked = await self._drafting.checked(self._database, draft, self._clock.now())
        own_minutes = checked.values["fresh_minutes"]
        minutes = limits.fresh_minutes if own_minutes is None else own_minutes
        runs_a_day, interval = rhythm(await self._runs_that_ask(checked.timing, timedelta(minutes=minutes)))
        asked = await self._of_niches([niche.id for niche in checked.niches], 0, only=Only(checked.values["only"]))
        return await self._view(asked, limits, runs_a_day=runs_a_day, interval=interval)

    async def must_fit(self, actor: Actor, draft: ScheduleDraft) -> BudgetView:
        """What a schedule would cost, unless the routes may not do that much.

        Raises:
            Conflict: They may not; the sentence says how many would do.
            InvalidInput: A field cannot be used, or no run ever comes.
            NotFound: A niche does not exist.
        """
        budget = await self.budget_of_schedule(actor, draft)
        if not budget.fits:
            raise Conflict(f"{budget.warning} To have the schedule all the same, say anyway.")
        return budget

    async def _runs_that_ask(self, timing: Timing, fresh: timedelta) -> list[datetime]:
        """The next runs of about a week; those that come while the verdicts of another are fresh ask nobody."""
        found: list[datetime] = []
        after = self._clock.now()
        while len(found) < _MOST_RUNS and (len(found) < 2 or found[-1] - found[0] < _ABOUT_A_WEEK):
            run = next_run(timing, after)
            if run is None:
                break
            found.append(run.at)
            after = max(run.due_at, run.at, run.at + fresh - _INSTANT)
            if len(found) % _BREATH == 0:
                await self._clock.sleep(0)
        return found

    async def _of_niches(self, niche_ids: Sequence[int], fresh_minutes: int, *, only: Only = Only.ALL) -> _Asked:
        now = self._clock.now()
        # Nothing was checked after now, so nobody is fresh where everybody is asked again.
        fresh_since = now - timedelta(minutes=fresh_minutes) if fresh_minutes else now + timedelta(days=1)
        counted = await rows.of_niches(self._database, niche_ids, now, fresh_since)
        profiles, with_story, new = counted["profiles"], counted["with_story"], counted["never_checked"]
        if new:
            seen = await rows.new_of_niches(self._database, niche_ids, _SAMPLE)
            new = round(new * (1 - seen["with_id"] / max(1, seen["looked_at"])))
        if only is Only.WITH_STORY:
            return _Asked(with_story)
        if only is Only.WITHOUT_STORY:
            profiles -= with_story
        fresh = counted["fresh"] if fresh_minutes else 0
        return _Asked(max(0, profiles - fresh), new, counted["closed"])

    async def _view(
        self, asked: _Asked, limits: Limits, *, runs_a_day: float | None = None, interval: float | None = None
    ) -> BudgetView:
        done = await batches.newest(self._database, status=BatchStatus.DONE.value, after=None, count=_LAST_BATCHES)
        each = requests_a_profile((row["requests"], row["finished"]) for row in done)
        # Ids are learned once, which says little of a schedule; what closed profiles take is part of what a verdict
        # took so far.
        new = asked.new if runs_a_day is None else 0
        look_ups = min(asked.profiles, new + asked.closed)
        requests = max(look_ups, expected_requests(asked.profiles, each) + new)
        need = Need(requests, look_ups, runs_a_day, interval)
        spent = await self._what_was_spent()
        carriers = await self._carriers(limits, soon=runs_a_day is None)
        return BudgetView(
            profiles=asked.profiles,
            requests=requests,
            look_ups=look_ups,
            runs_a_day=runs_a_day,
            interval=interval,
            spent_hour=spent.hour,
            spent_day=spent.day,
            spent_look_ups=spent.look_ups_day,
            plan=plan(limits, carriers, need, spent),
        )

    async def _carriers(self, limits: Limits, *, soon: bool) -> list[Carrier]:
        """The proxies in service with their sessions; of those that are new now, not *soon* means when they are not."""
        grown_before = self._clock.now() - timedelta(days=limits.new_session_days)
        carriers = []
        for row in await sessions.carriers(self._database, grown_before):
            young = row["sessions"] - row["grown"] if soon else 0
            carriers.append(Carrier(own_limits(row), row["sessions"] - young, young))
        return carriers

    async def _limits(self) -> Limits:
        return await load_limits(self._database, self._base)

    async def _what_was_spent(self) -> Spent:
        began = self._clock.monotonic()
        if began >= self._spent_until:
            row = await rows.spent(self._database, self._clock.now())
            self._spent = Spent(row["hour"], row["day"], row["look_ups_hour"], row["look_ups_day"])
            ended = self._clock.monotonic()
            self._spent_until = ended + max(_SPENT_EVERY, (ended - began) / _PART)
        return self._spent
