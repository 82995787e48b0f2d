"""Cards of schedules: all of them in a list, and one with its coming and its last runs.  Pure."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord.utils import format_dt

from bot.cards import ACCENT, QUIET
from bot.text import code, counted, plain, within
from core.services.views import BudgetView, ComingRun, ScheduleRunView, ScheduleView

_ROOM, _FIELD = 4_000, 1_000
_REST = "and {count} more in the panel"
_NICHES_SHOWN = 5
_WHY = {"catch-up": "made up for", "by hand": "by hand"}
_OUTCOMES = {"open": "under way", "started": "started", "skipped": "skipped", "failed": "failed"}


def schedules_card(schedules: Sequence[ScheduleView]) -> discord.Embed:
    """All schedules, the next one first; those that are paused come last."""
    placed = sorted(schedules, key=lambda each: (each.next_at is None, each.next_at or each.created_at, each.id))
    lines = [f"**{plain(each.name, 120)}** {_rule(each)} · {_niches(each)} · {_stand(each)}" for each in placed]
    said = within(lines, _ROOM, rest=_REST) or "There is none; /schedule add makes one."
    return discord.Embed(title=counted(len(schedules), "schedule"), description=said, colour=ACCENT)


def schedule_card(
    schedule: ScheduleView,
    coming: Sequence[ComingRun],
    runs: Sequence[ScheduleRunView] = (),
    budget: BudgetView | None = None,
) -> discord.Embed:
    """One schedule.

    Args:
        budget: What it costs; None where nobody can say.
    """
    colour = ACCENT if schedule.enabled else QUIET
    card = discord.Embed(title=plain(schedule.name, 256), colour=colour)
    card.description = f"{_rule(schedule)} · {_niches(schedule)}"
    next_runs = within([f"{format_dt(run.at, 'f')} ({format_dt(run.at, 'R')})" for run in coming], _FIELD)
    card.add_field(name="Next runs", value=next_runs or "none while it is paused", inline=False)
    if budget is not None:
        card.add_field(name="What it costs", value=costs(budget), inline=False)
    if schedule.channel_id is not None:
        card.add_field(name="Channel", value=f"<#{schedule.channel_id}>")
    if runs:
        card.add_field(name="Last runs", value=within([_run(run) for run in runs], _FIELD), inline=False)
    return card


def costs(budget: BudgetView) -> str:
    """What a schedule costs, with the warning behind it."""
    return plain(f"{budget.cost}. {budget.warning}", _FIELD)


def _rule(schedule: ScheduleView) -> str:
    rule = schedule.rule if schedule.cron is None else code(schedule.rule)
    return ", ".join(part for part in (rule, schedule.active, plain(schedule.timezone, 64)) if part)


def _niches(schedule: ScheduleView) -> str:
    named = [plain(name, 80) for name in schedule.niches[:_NICHES_SHOWN]]
    more = len(schedule.niches) - len(named)
    said = ", ".join(named) + (f" and {more:,} more" if more else "")
    return said or "no niche is left"


def _stand(schedule: ScheduleView) -> str:
    stand = "paused" if schedule.next_at is None else f"next {format_dt(schedule.next_at, 'R')}"
    return f"{stand} · last: {plain(schedule.last_word, 120)}" if schedule.last_word else stand


def _run(run: ScheduleRunView) -> str:
    parts = (_OUTCOMES.get(run.outcome, run.outcome), _WHY.get(run.why, ""), plain(run.word, 160))
    return f"{format_dt(run.at, 'f')} " + ", ".join(part for part in parts if part)
