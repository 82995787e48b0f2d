"""What there is to say of a run that came late: after a time in which nothing ran, many are one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.clock import Clock
from core.domain.alarms import AlertKind, NewAlert
from core.domain.schedule import RunWhy, Timing
from core.domain.span_text import in_words
from core.services.schedule_times import runs_from
from core.services.schedule_views import timing_of
from core.storage.schedule_runs import StoredRun
from core.storage.schedules import StoredSchedule

# A run that comes later than this was kept from coming in time.
CATCH_UP_AFTER = timedelta(minutes=2)
ALERT_AFTER = timedelta(minutes=15)
_MOST_COUNTED = 500
# Counted before others get their turn.
_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Lateness:
    """A word about it, empty where it came in time, and the alert that it is worth."""

    word: str = ""
    alert: NewAlert | None = None


async def lateness(schedule: StoredSchedule, run: StoredRun, clock: Clock) -> Lateness:
    """How late *run* comes now."""
    if run.why == RunWhy.BY_HAND:
        return Lateness()
    timing = timing_of(schedule)
    at = timing.happens(run.due_at)
    late = clock.now() - at
    if late <= CATCH_UP_AFTER:
        return Lateness()
    missed = await _missed(timing, max(run.due_at, at), run.at, clock)
    word = f"{in_words(round(late.total_seconds() / 60) * 60)} late{_others(missed)}"
    if late <= ALERT_AFTER:
        return Lateness(word)
    local = at.astimezone(timing.zone)
    was_due = f"{local.day} {local:%b %H:%M} ({timing.zone.key})"
    text = f'The schedule "{schedule.name}" was to run at {was_due} and came {word}.'
    return Lateness(word, NewAlert(AlertKind.SCHEDULE_MISSED, schedule.name, text))


async def _missed(timing: Timing, after: datetime, until: datetime, clock: Clock) -> int:
    """How many runs would have happened until then, which are one with the one that is late."""
    missed = 0
    for run in runs_from(timing, after):
        if run.at > until or missed > _MOST_COUNTED:
            break
        missed += 1
        if missed % _AT_ONCE == 0:
            await clock.sleep(0)
    return missed


def _others(missed: int) -> str:
    if not missed:
        return ""
    number = f"more than {_MOST_COUNTED}" if missed > _MOST_COUNTED else f"{missed}"
    return f", with {number} other {'run' if missed == 1 else 'runs'} missed"
