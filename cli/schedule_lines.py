"""Schedules and their runs as ``--json`` prints them, and as tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from rich.table import Table

from cli import words
from core.services.views import ComingRun, ScheduleRunView, ScheduleView

Record = dict[str, Any]

_SCHEDULE = (
    "id",
    "name",
    "niches",
    "niches_removed",
    "rule",
    "every_seconds",
    "cron",
    "timezone",
    "jitter_seconds",
    "active",
    "fresh_minutes",
    "only",
    "stop_at_target",
    "only_changes",
    "enabled",
    "next_at",
    "next_due_at",
    "last_at",
    "last_word",
    "created_by",
    "created_at",
)
_RUN = ("id", "schedule", "due_at", "why", "at", "ended_at", "outcome", "word")


def schedule(view: ScheduleView) -> Record:
    """A schedule; ids of Discord are text, as Discord writes them."""
    places = {"server": view.guild_id, "channel": view.channel_id, "mention": view.mention}
    taken = {name: getattr(view, name) for name in _SCHEDULE}
    texts = {name: None if number is None else str(number) for name, number in places.items()}
    return {**taken, **texts, "batch_id": view.batch}


def run(view: ScheduleRunView) -> Record:
    """A run of a schedule."""
    return {**{name: getattr(view, name) for name in _RUN}, "batch_id": view.batch}


def coming(view: ComingRun) -> Record:
    """A run to come."""
    return {"at": view.at}


def schedules_table(views: Sequence[ScheduleView], now: datetime) -> Table | str:
    """Schedules with their next and their last run."""
    if not views:
        return "No schedules yet. Make one with: storywatch schedule add --niche NAME --every 4h"
    table = _table("id", "schedule", "niches", "rule", "next run", "last run")
    for view in views:
        niches = ", ".join(view.niches) + (f" ({view.niches_removed} removed)" if view.niches_removed else "")
        last = "" if view.last_at is None else f"{words.ago(view.last_at, now)}: {view.last_word or 'under way'}"
        table.add_row(str(view.id), view.name, niches, f"{view.rule}, {view.timezone}", _next(view, now), last)
    return table


def runs_table(views: Sequence[ScheduleRunView]) -> Table | str:
    """Runs, the newest first."""
    if not views:
        return "It has not run yet."
    table = _table("schedule", "due (UTC)", "why", "outcome", "batch", "")
    for view in views:
        batch = "" if view.batch is None else view.batch[:8]
        outcome = "under way" if view.outcome == "open" else view.outcome
        table.add_row(view.schedule, f"{view.due_at:%Y-%m-%d %H:%M:%S}", view.why, outcome, batch, view.word)
    return table


def coming_table(views: Sequence[ComingRun]) -> Table | str:
    """Runs to come, by the clock of their time zone and in UTC."""
    if not views:
        return "It is paused."
    table = _table("runs at", "UTC")
    for view in views:
        table.add_row(f"{view.local:%a %d %b %Y %H:%M:%S %Z}", f"{view.at:%Y-%m-%d %H:%M:%S}")
    return table


def _next(view: ScheduleView, now: datetime) -> str:
    if not view.enabled:
        return "paused"
    if view.next_at is None:
        return "never"
    left = (view.next_at - now).total_seconds()
    return f"in {words.span(left)}" if left > 0 else "due now"


def _table(*columns: str) -> Table:
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
