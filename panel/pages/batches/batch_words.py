"""What people are told before and after they act on batches.  Pure."""

from __future__ import annotations

from collections.abc import Sequence

from core.services.views import BatchView
from panel.widgets.numbers import count_of

_LOST = (
    "{whose} results and log go. What was learned about the profiles stays. This cannot be undone.",
    "{whose} results and logs go. What was learned about the profiles stays. This cannot be undone.",
)


def batches(count: int) -> str:
    """So many batches."""
    return count_of(count, "batch", "batches")


def started(views: Sequence[BatchView]) -> str:
    """What start did: who is in line now, or runs."""
    waiting = [view for view in views if view.status != "done"]
    if not waiting:
        return "There is nothing to start: what was selected is done."
    if len(waiting) == 1:
        return f"{waiting[0].name}: {_lowered(waiting[0].shown_status)}."
    return f"{batches(len(waiting))} are started."


def stopped(views: Sequence[BatchView]) -> str:
    """What stop did."""
    if len(views) == 1:
        return f"{views[0].name}: {_lowered(views[0].shown_status)}. What is done is kept."
    return f"{batches(len(views))} are stopped. What is done is kept."


def begun(made: BatchView) -> str:
    """What became of a new batch that was started at once."""
    if made.status == "done":
        return f"{made.name} is done at once: all of its {count_of(made.total, 'check')} were made a short while ago."
    fresh = f"; {made.finished:,} of them were made a short while ago" if made.finished else ""
    return f"{made.name}: {count_of(made.total, 'check')}{fresh}. {made.shown_status}."


def created(made: BatchView) -> str:
    """What was made and waits for its start."""
    left_out = f" {count_of(made.skipped, 'profile')} left out: paused or gone." if made.skipped else ""
    return f"{made.name}: {count_of(made.total, 'check')}, to be started when you like.{left_out}"


def delete_question(count: int, name: str) -> str:
    """The heading over a deletion."""
    return f"Delete {name}?" if count == 1 else f"Delete {batches(count)}?"


def delete_verb(count: int) -> str:
    """The button that deletes."""
    return "Delete the batch" if count == 1 else f"Delete {batches(count)}"


def delete_consequence(count: int, *, running: int, unfinished: int) -> str:
    """What follows from a deletion.

    Args:
        running: How many of them are in progress.
        unfinished: Their checks that have no verdict yet.
    """
    will_not = f"{count_of(unfinished, 'unfinished check')} will not happen." if unfinished else ""
    first = f"{_who_runs(count, running)}: {will_not}" if running and unfinished else will_not
    lost = _LOST[count > 1].format(whose="Its" if count == 1 else "Their")
    return f"{first} {lost}".strip()


def deleted(count: int, *, gone_before: int) -> str:
    """What a deletion did.

    Args:
        gone_before: How many of those picked somebody else had deleted.
    """
    told = f"{batches(count)} deleted."
    return f"{told} Somebody had deleted {gone_before:,} more before." if gone_before else told


def deleted_meanwhile(count: int, name: str) -> str:
    """Why nothing could be done with what was picked."""
    what = name if count == 1 else f"all of these {batches(count)}"
    return f"Somebody has deleted {what} meanwhile; the table is right again."


def _who_runs(count: int, running: int) -> str:
    if count == 1:
        return "It is running"
    if running == count:
        return "Both are running" if count == 2 else f"All {count:,} are running"
    return "1 of them is running" if running == 1 else f"{running:,} of them are running"


def _lowered(shown: str) -> str:
    return shown[:1].lower() + shown[1:]
