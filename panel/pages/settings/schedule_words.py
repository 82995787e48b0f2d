"""What the section Schedules says in words.  Pure."""

from __future__ import annotations

from collections.abc import Sequence

from core.domain.span_text import in_words
from core.services.views import BudgetView, ComingRun, ScheduleRunView, ScheduleView

_NICHES_NAMED = 3
_ONLY = {"all": "Everybody", "with_story": "Those with a story", "without_story": "Those without a story"}
ONLY_CHOICES = tuple(_ONLY.items())
_WHY = {"due": "", "catch-up": "made up for, after a time in which nothing ran", "by hand": "by hand"}
OUTCOMES = {
    "open": ("accent", "Under way"),
    "started": ("good", "Started"),
    "skipped": ("idle", "Skipped"),
    "failed": ("bad", "Failed"),
}
_UNKNOWN_OUTCOME = ("idle", "")


def niches_in_words(view: ScheduleView) -> str:
    """*Bakeries, Street food and 2 more*; those that were deleted are counted."""
    named = ", ".join(view.niches[:_NICHES_NAMED])
    more = len(view.niches) - _NICHES_NAMED
    said = f"{named} and {more:,} more" if more > 0 else named
    if not view.niches_removed:
        return said
    removed = f"{view.niches_removed:,} deleted"
    return f"{said}, {removed}" if said else removed


def rule_in_words(view: ScheduleView) -> str:
    """*every 4 h, 08:00-22:00, Europe/Berlin*."""
    return ", ".join(part for part in (view.rule, view.active, view.timezone) if part)


def facts(view: ScheduleView) -> list[tuple[str, str]]:
    """What a schedule is set to, in the order of its form; what is as usual is left out."""
    fresh = "" if view.fresh_minutes is None else f"of the last {in_words(view.fresh_minutes * 60)}"
    told = [
        ("Niches", niches_in_words(view)),
        ("Runs", view.rule),
        ("Time zone", view.timezone),
        ("Put off by chance", f"up to {in_words(view.jitter_seconds)}" if view.jitter_seconds else ""),
        ("Active hours", view.active),
        ("Checks", _ONLY.get(view.only, view.only)),
        ("Takes over verdicts", "none" if view.fresh_minutes == 0 else fresh),
        ("At the daily target", "stops" if view.stop_at_target else ""),
        ("Alerts", "only of changes" if view.only_changes else ""),
    ]
    return [(label, value) for label, value in told if value]


def run_in_words(run: ScheduleRunView) -> str:
    """What there is to say of a run beside its outcome: *Skipped, its last batch is not done*."""
    outcome = OUTCOMES.get(run.outcome, _UNKNOWN_OUTCOME)[1] or run.outcome
    why = _WHY.get(run.why, run.why)
    return ", ".join(part for part in (outcome, why, run.word.rstrip(".")) if part)


def coming_in_words(runs: Sequence[ComingRun]) -> list[str]:
    """*Fri 29 Nov 2024, 10:30*, by the clock of the schedule's time zone."""
    return [f"{run.local:%a} {run.local.day} {run.local:%b %Y, %H:%M}" for run in runs]


def budget_in_words(budget: BudgetView) -> str:
    """What a schedule costs, as a sentence, with the warning behind it."""
    return f"{budget.cost}. {budget.warning}".strip()
