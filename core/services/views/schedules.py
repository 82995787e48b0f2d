"""Views of schedules and of their runs, and the draft that a person fills in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ScheduleDraft:
    """A schedule as a person writes it: what ``add`` and ``change`` take.  Nothing of it is checked yet.

    Args:
        niches: By name.
        every: How long from run to run: ``90m``, ``4h``, ``1d``.  Either this or *cron*.
        cron: Five fields: minute, hour, day of the month, month, day of the week.
        name: None makes one of the niches and the rule.
        timezone: As ``Europe/Berlin``; None takes the deployment's.
        jitter: The most by which a run is put off by chance: ``10m``; empty is none.
        active: When runs may happen, by the clock of the time zone: ``08:00-22:00``; empty is always.
        fresh: How old a verdict may be to be taken over: ``60m``; ``0`` checks everybody; empty takes the limit.
        only: ``all``, ``with_story`` or ``without_story``, as last known.
        stop_at_target: Niches whose daily story target is met are left out, and a batch stops when all are.
        only_changes: Its alerts come only when something changed.
        guild_id: The Discord server of the channel; None takes the only one that the bot answers in.
        channel_id: Where its batches have their living message.
        mention: The id of a role that its alerts mention.
        starts_at: The first run of an interval; None is one interval from now.
    """

    niches: tuple[str, ...]
    every: str = ""
    cron: str = ""
    name: str | None = None
    timezone: str | None = None
    jitter: str = ""
    active: str = ""
    fresh: str = ""
    only: str = "all"
    stop_at_target: bool = False
    only_changes: bool = False
    guild_id: int | None = None
    channel_id: int | None = None
    mention: int | None = None
    starts_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ScheduleView:
    """A schedule.

    Args:
        niches: The names that its niches have now.
        niches_removed: How many of its niches were deleted.
        rule: In words: *every 4 h*, *30 9 \\* \\* mon-fri*.
        draft: The same schedule as somebody would write it, to be changed and given to ``change``.
        next_at: The coming run with its part of the spread and the jitter; None while it is paused.
        next_due_at: The moment that the rule names for it.
        last_at: When it ran last, or was to run; *last_word* says what became of that.
        batch: The batch of the last run that made one, which may have been deleted since.
    """

    id: int
    name: str
    niches: tuple[str, ...]
    niches_removed: int
    rule: str
    every_seconds: int | None
    cron: str | None
    timezone: str
    jitter_seconds: int
    active: str
    fresh_minutes: int | None
    only: str
    stop_at_target: bool
    only_changes: bool
    guild_id: int | None
    channel_id: int | None
    mention: int | None
    enabled: bool
    starts_at: datetime
    next_at: datetime | None
    next_due_at: datetime | None
    last_at: datetime | None
    last_word: str | None
    batch: str | None
    created_by: str
    created_at: datetime
    draft: ScheduleDraft


@dataclass(frozen=True, slots=True)
class ScheduleRunView:
    """One run of a schedule.

    Args:
        why: ``due``, ``catch-up`` after a time in which nothing ran, or ``by hand``.
        at: When it was begun.
        outcome: ``open`` while it is under way, ``started``, ``skipped`` or ``failed``.
        word: What there is to say of it; empty where all is as usual.
        batch: The batch that it made, which may have been deleted since.
    """

    id: int
    schedule_id: int
    schedule: str
    due_at: datetime
    why: str
    at: datetime
    ended_at: datetime | None
    outcome: str
    word: str
    batch: str | None


@dataclass(frozen=True, slots=True)
class ComingRun:
    """A run to come.

    Args:
        at: When it will happen, in UTC; *due_at* is the moment that the rule names.
        local: The same moment by the clock of the schedule's time zone.
    """

    at: datetime
    due_at: datetime
    local: datetime


@dataclass(frozen=True, slots=True)
class ScheduleLoad:
    """How much a schedule, or a draft of one, would ask for.

    Args:
        profiles: How many one run would check if nobody was fresh and no target met.
        runs_a_week: How many runs come within the next seven days.
        shortest_seconds: The shortest time between two of them; None with fewer than two.
    """

    profiles: int
    runs_a_week: int
    shortest_seconds: float | None

    @property
    def runs_a_day(self) -> float:
        """On an average day of the coming week."""
        return self.runs_a_week / 7
