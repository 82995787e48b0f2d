"""The runs to come: APScheduler's triggers name labels, and the domain says when those come.

The triggers see labels without a time zone's changes, because what they make of those is not what people expect:
a repeated hour would run twice, and ``0`` would be Monday.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from core.domain.cron import Cron
from core.domain.day import UTC_ZONE
from core.domain.schedule import Timing
from core.domain.wall_time import Labels, local_label, next_moment

_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class PlannedRun:
    """A run to come: the moment that the rule names, and when it happens."""

    due_at: datetime
    at: datetime


def next_run(timing: Timing, after: datetime) -> PlannedRun | None:
    """The first run that is due later than *after*; None where none is before the year 10000."""
    twice = timing.rule is not None and not timing.rule.names_hours
    zone = timing.zone if timing.keeps_local_time else UTC_ZONE
    since = max(after, timing.starts_at - _INSTANT)
    found = next_moment(_labels(timing), zone, since, twice=twice)
    return None if found is None else PlannedRun(found.at, timing.happens(found.at))


def runs_from(timing: Timing, after: datetime) -> Iterator[PlannedRun]:
    """The runs due later than *after* as they will follow each other, each later than the one before."""
    while (run := next_run(timing, after)) is not None:
        yield run
        # Those that are due while one is put off are one with it.
        after = max(run.due_at, run.at)


def _labels(timing: Timing) -> Labels:
    if timing.rule is not None:
        triggers: tuple[BaseTrigger, ...] = _triggers(timing.rule)
    else:
        zone = timing.zone if timing.keeps_local_time else UTC_ZONE
        first = local_label(timing.starts_at.replace(microsecond=0), zone)
        triggers = (IntervalTrigger(seconds=timing.every, start_date=first.replace(tzinfo=UTC), timezone=UTC),)

    def labels(since: datetime) -> Iterator[datetime]:
        while True:
            named = [trigger.get_next_fire_time(None, since.replace(tzinfo=UTC)) for trigger in triggers]
            found = min((each for each in named if each is not None), default=None)
            if found is None:
                return
            label = found.replace(tzinfo=None)
            yield label
            since = label + _INSTANT

    return labels


@lru_cache(maxsize=2_048)
def _triggers(rule: Cron) -> tuple[CronTrigger, ...]:
    """What names the labels of *rule*; two where either kind of day will do, of which the earlier one counts."""
    times = {"minute": _listed(rule.minutes), "hour": _listed(rule.hours), "month": _listed(rule.months)}
    # Its week begins on Monday.
    days, weekdays = _listed(rule.days), _listed(tuple(sorted((day - 1) % 7 for day in rule.weekdays)))
    if not rule.either_day:
        return (CronTrigger(**times, day=days, day_of_week=weekdays, timezone=UTC),)
    by_day = CronTrigger(**times, day=days, timezone=UTC)
    return by_day, CronTrigger(**times, day_of_week=weekdays, timezone=UTC)


def _listed(values: tuple[int, ...]) -> str:
    """*values* as a trigger reads them, in ranges, because each part costs it time at every question."""
    runs: list[list[int]] = []
    for value in values:
        if runs and value == runs[-1][-1] + 1:
            runs[-1].append(value)
        else:
            runs.append([value])
    return ",".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)
