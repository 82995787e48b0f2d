"""Schedules and runs as people see them, made of their rows."""

from __future__ import annotations

from collections.abc import Mapping

from core.domain import cron
from core.domain.active_hours import ActiveHours
from core.domain.schedule import Timing
from core.domain.span_text import as_typed, in_words
from core.domain.time_zone import zone_named
from core.services.schedule_times import PlannedRun
from core.services.views import ComingRun, ScheduleDraft, ScheduleRunView, ScheduleView
from core.storage.schedule_runs import StoredRun
from core.storage.schedules import StoredSchedule


def timing_of(stored: StoredSchedule) -> Timing:
    """When the schedule's runs come.

    Raises:
        InvalidInput: Its time zone does not exist any more.
    """
    active = None
    if stored.active_from is not None and stored.active_until is not None:
        active = ActiveHours(stored.active_from, stored.active_until)
    return Timing(
        schedule=stored.id,
        every=stored.every_seconds,
        rule=None if stored.cron is None else cron.read(stored.cron),
        zone=zone_named(stored.timezone),
        starts_at=stored.starts_at,
        jitter=stored.jitter_seconds,
        active=active,
    )


def schedule_view(stored: StoredSchedule, niches: Mapping[int, str]) -> ScheduleView:
    """The schedule with the names that its niches have now."""
    draft = _draft(stored, niches)
    return ScheduleView(
        id=stored.id,
        name=stored.name,
        niches=draft.niches,
        niches_removed=len(stored.niche_ids) - len(draft.niches),
        rule=words_of(stored.every_seconds, stored.cron),
        every_seconds=stored.every_seconds,
        cron=stored.cron,
        timezone=stored.timezone,
        jitter_seconds=stored.jitter_seconds,
        active=draft.active,
        fresh_minutes=stored.fresh_minutes,
        only=stored.only,
        stop_at_target=stored.stop_at_target,
        only_changes=stored.only_changes,
        guild_id=draft.guild_id,
        channel_id=draft.channel_id,
        mention=draft.mention,
        enabled=stored.enabled,
        starts_at=stored.starts_at,
        next_at=stored.next_at if stored.enabled else None,
        next_due_at=stored.next_due_at if stored.enabled else None,
        last_at=stored.last_at,
        last_word=stored.last_word,
        batch=stored.batch,
        created_by=stored.created_by,
        created_at=stored.created_at,
        draft=draft,
    )


def run_view(stored: StoredRun) -> ScheduleRunView:
    """A run."""
    return ScheduleRunView(
        id=stored.id,
        schedule_id=stored.schedule_id,
        schedule=stored.schedule,
        due_at=stored.due_at,
        why=stored.why,
        at=stored.at,
        ended_at=stored.ended_at,
        outcome=stored.outcome,
        word=stored.word,
        batch=stored.batch,
    )


def coming_run(run: PlannedRun, timing: Timing) -> ComingRun:
    """A run to come."""
    return ComingRun(run.at, run.due_at, run.at.astimezone(timing.zone))


def _draft(stored: StoredSchedule, niches: Mapping[int, str]) -> ScheduleDraft:
    active = ""
    if stored.active_from is not None and stored.active_until is not None:
        active = str(ActiveHours(stored.active_from, stored.active_until))
    return ScheduleDraft(
        niches=tuple(niches[niche] for niche in stored.niche_ids if niche in niches),
        every="" if stored.every_seconds is None else as_typed(stored.every_seconds),
        cron=stored.cron or "",
        name=stored.name,
        timezone=stored.timezone,
        jitter=as_typed(stored.jitter_seconds),
        active=active,
        fresh=_fresh(stored.fresh_minutes),
        only=stored.only,
        stop_at_target=stored.stop_at_target,
        only_changes=stored.only_changes,
        guild_id=_number(stored.guild_id),
        channel_id=_number(stored.channel_id),
        mention=_number(stored.mention),
        # Of an interval alone: an edit that changes nothing must not move it.
        starts_at=None if stored.every_seconds is None else stored.starts_at,
    )


def words_of(every: int | None, rule: str | None) -> str:
    """The rule as people read it: *every 4 h*, or the cron rule."""
    return rule or "" if every is None else f"every {in_words(every)}"


def _fresh(minutes: int | None) -> str:
    if minutes is None:
        return ""
    return as_typed(minutes * 60) or "0"


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)
