"""A due run is begun once: claimed in the transaction that moves its schedule on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.domain.schedule import RunWhy
from core.errors import InvalidInput
from core.services.schedule_lateness import CATCH_UP_AFTER
from core.services.schedule_times import PlannedRun, next_run
from core.services.schedule_views import timing_of
from core.storage import schedule_runs as runs
from core.storage import schedules as rows
from core.storage.database import Transaction
from core.storage.schedules import Planned, StoredSchedule


@dataclass(frozen=True, slots=True)
class Claim:
    """A due run, and where its schedule moves on to.

    Args:
        broken: Why the schedule can run no more.
        held_until: When the active hours begin that a late run has to wait for; None where it need not.
    """

    schedule: StoredSchedule
    why: RunWhy
    label: str
    coming: PlannedRun | None
    broken: str = ""
    held_until: datetime | None = None


def planned(schedule: StoredSchedule, now: datetime) -> Claim:
    """The run of *schedule* that is due now, and the one after it."""
    assert schedule.next_at is not None, "what is due has a moment"
    assert schedule.next_due_at is not None, "what is due has a moment"
    why = RunWhy.CATCH_UP if now - schedule.next_at > CATCH_UP_AFTER else RunWhy.DUE
    try:
        timing = timing_of(schedule)
    except InvalidInput as error:
        return Claim(schedule, why, "", None, broken=str(error))
    inside = now if timing.active is None else timing.active.first_inside(now, timing.zone)
    if inside > now:
        return Claim(schedule, why, "", None, held_until=inside)
    label = schedule.next_due_at.astimezone(timing.zone).replace(tzinfo=None).isoformat(" ", "minutes")
    return Claim(schedule, why, label, next_run(timing, max(schedule.next_due_at, now)))


async def begin(tx: Transaction, claims: Sequence[Claim], now: datetime) -> None:
    """Begin the runs, each once, also where a clock that went back makes them due again."""
    for claim in claims:
        schedule, coming = claim.schedule, claim.coming
        moves_to = None if coming is None else Planned(coming.at, coming.due_at)
        due_at = schedule.next_due_at
        assert due_at is not None, "what is due has a moment"
        if claim.held_until is not None:
            await runs.hold(tx, schedule, claim.held_until)
            continue
        if not await runs.take(tx, schedule, label=claim.label, coming=moves_to, now=now):
            continue
        if claim.broken:
            await rows.set_last_word(tx, schedule.id, f"paused: {claim.broken}")
        elif not await runs.happened(tx, schedule.id, due_at):
            await runs.open_run(tx, schedule.id, due_at=due_at, why=claim.why.value, at=now)
