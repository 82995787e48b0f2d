"""Clocks on walls, which people change: when a label such as 02:30 comes, and what comes next.  Pure.

A label that a change of clocks skips comes as long after the change as it would have come after the hour before it:
02:30 comes at 03:30 where 02:00 became 03:00.  One that a change repeats comes the first time; rules that mean
every hour alike get it both times, so that they go on evenly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

# Times without a zone, from the given one on, rising.
Labels = Callable[[datetime], Iterator[datetime]]

# Clocks are changed by less than this, and not twice within twice of it.
_NEAR = timedelta(hours=4)
_NONE = timedelta(0)


@dataclass(frozen=True, slots=True)
class Moment:
    """When a label comes, in UTC, and the label."""

    at: datetime
    label: datetime


def next_moment(labels: Labels, zone: ZoneInfo, after: datetime, *, twice: bool) -> Moment | None:
    """The first moment later than *after* at which one of *labels* comes; None where none does.

    Args:
        twice: What a change of clocks repeats comes both times.
    """
    best: Moment | None = None
    # Near a change of clocks a label may come later than the one behind it.
    slack = _shift(zone, after)
    for label in labels(after.astimezone(zone).replace(tzinfo=None) - slack):
        if best is not None and label - best.label > slack:
            break
        for at in moments_of(label, zone, twice=twice):
            if at > after and (best is None or at < best.at):
                best = Moment(at, label)
                slack = max(slack, _shift(zone, at))
    return best


def local_label(moment: datetime, zone: ZoneInfo) -> datetime:
    """What clocks in *zone* show at *moment*, without a zone."""
    return moment.astimezone(zone).replace(tzinfo=None)


def moment_of(label: datetime, zone: ZoneInfo) -> datetime:
    """When clocks in *zone* first show *label*; where they skip it, as long after the change as it is behind it."""
    return label.replace(tzinfo=zone, fold=0).astimezone(UTC)


def moments_of(label: datetime, zone: ZoneInfo, *, twice: bool = True) -> tuple[datetime, ...]:
    """When clocks in *zone* show *label*: both times where they do so twice and that is wanted."""
    first = moment_of(label, zone)
    if not twice:
        return (first,)
    second = label.replace(tzinfo=zone, fold=1).astimezone(UTC)
    # Of a label that is skipped, the other reading is the earlier one, and none of its own.
    return (first, second) if second > first else (first,)


def _shift(zone: ZoneInfo, at: datetime) -> timedelta:
    """By how much clocks are changed about *at*; nothing on all but a few days."""
    offsets = [(at + apart).astimezone(zone).utcoffset() or _NONE for apart in (-_NEAR, _NONE, _NEAR)]
    return max(offsets) - min(offsets)
