"""What the browser is given of the figures.  Pure."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from core.services.views.monitoring import (
    CalendarView,
    HeatView,
    MonitorView,
    PatternsView,
    PatternView,
    PauseView,
    ProxyPerformance,
    ReasonCount,
    TraceView,
)
from panel.live_updates import Row

_OUTCOMES = ("live", "none", "private", "gone", "unknown")
_KINDS = {"answer": "answer not understood", "internal": "mistake in Storywatch"}
# A trace's key; a pattern's is its reason.
TRACE = "trace-"
_DOTS = {"ready": "good", "cooling": "warn", "quarantined": "bad", "off": "idle", "removed": "idle"}


def now_row(seen: MonitorView, *, empty: bool) -> Row:
    """What is so now.

    Args:
        empty: Nothing was ever checked.
    """
    return {
        "span": seen.span.value,
        "at": _moment(seen.at),
        "empty": empty,
        "tiles": asdict(seen.tiles),
        "pause": None if seen.pause is None else _pause(seen.pause),
    }


def chart_rows(seen: MonitorView) -> Row:
    """The points by what they measure, which is half the size of one object a point."""
    points = seen.points
    told: dict[str, Any] = {name: [getattr(point, name) for point in points] for name in _OUTCOMES}
    return told | {
        "span": seen.span.value,
        "times": [round(point.at.timestamp()) for point in points],
        "paused": [point.paused_share > 0 for point in points],
        "rate": [round(point.checks_per_second, 3) for point in points],
        "p50": [point.p50_ms for point in points],
        "p95": [point.p95_ms for point in points],
        "limited": [round(point.limited_share, 4) for point in points],
        "cpu": [point.cpu_share for point in points],
        "memory": [point.memory_mb for point in points],
        "reasons": [_reason(each) for each in seen.unknown],
    }


def heat_rows(seen: HeatView, reason: str | None) -> Row:
    """Failed exchanges by proxy and hour."""
    return {
        "reason": reason or "",
        "hours": [_moment(hour) for hour in seen.hours],
        "rows": [{"proxy": row.label, "cells": row.cells} for row in seen.rows],
        "failing": seen.failing,
        "proxies": seen.proxies,
        "total": sum(each.count for each in seen.reasons),
        "reasons": [_reason(each) for each in seen.reasons],
    }


def pattern_rows(seen: PatternsView) -> list[Row]:
    """Patterns and errors of one kind in one list; samples are asked for one by one."""
    return [*map(_pattern, seen.patterns), *map(trace_row, seen.traces)]


def trace_row(seen: TraceView, *, whole: bool = False) -> Row:
    """Errors of one kind.

    Args:
        whole: With their sample.
    """
    told = {
        "key": f"{TRACE}{seen.fingerprint}",
        "title": f"{_KINDS.get(seen.kind, seen.kind)} · {seen.title}",
        "times": seen.count,
        "whom": "",
        "first": _moment(seen.first_seen),
        "last": _moment(seen.last_seen),
        "done": seen.action,
        "until": None,
        "until_what": "",
        "still": False,
    }
    return told | {"sample": seen.sample} if whole else told


def proxy_row(seen: ProxyPerformance) -> Row:
    """How one proxy did."""
    return {
        "id": str(seen.proxy),
        "name": seen.label,
        "dot": _DOTS.get(seen.state, "idle"),
        "word": seen.state,
        "comes": "probe in" if seen.state == "quarantined" else "ready in",
        "until": _moment(seen.ready_at),
        "sessions": seen.sessions,
        "exchanges": seen.exchanges,
        "failures": seen.failures,
        "limited": seen.rate_limited,
        "success": seen.success_share,
        "p50": seen.p50_ms,
        "p95": seen.p95_ms,
        "worst": seen.worst,
    }


def calendar_row(seen: CalendarView | None, niches: tuple[str, ...]) -> Row:
    """When stories of a niche begin; None where there is no niche."""
    told: dict[str, Any] = {"niches": niches, "niche": None}
    if seen is None:
        return told
    return told | {
        "niche": seen.niche,
        "weeks": seen.weeks,
        "zone": seen.timezone,
        "cells": seen.cells,
        "stories": seen.stories,
        "busiest": seen.busiest,
    }


def _pause(seen: PauseView) -> Row:
    return {
        "headline": seen.headline,
        "explained": seen.explained,
        "since": _moment(seen.since),
        "until": _moment(seen.next_probe_at),
        "look_ups_alone": seen.look_ups_alone,
        "sample": None if seen.sample is None else f"{TRACE}{seen.sample}",
    }


def _pattern(seen: PatternView) -> Row:
    return {
        "key": seen.reason,
        "title": f"{seen.words} · {seen.whom}" if seen.whom else seen.words,
        "times": seen.times,
        "whom": seen.whom,
        "first": None,
        "last": _moment(seen.last_seen),
        "done": seen.done,
        "until": _moment(seen.until),
        "until_what": seen.until_what,
        "still": seen.still,
    }


def _reason(seen: ReasonCount) -> Row:
    return {"reason": seen.reason, "words": seen.words, "count": seen.count}


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
