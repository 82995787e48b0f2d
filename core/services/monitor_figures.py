"""Puts together what the figures of a span look like: the tiles, the charts, and the breaker while it is open.

What is read from storage is aggregated there, so the cost does not grow with the checks that were made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core.domain.minute_count import beginning
from core.domain.response_times import percentile
from core.domain.verdict import Outcome
from core.services.open_breaker import open_breaker
from core.services.views.monitoring import MonitorPoint, MonitorView, PauseView, ReasonCount, Span, Tiles
from core.services.views.reasons import stored_in_words
from core.storage import batches, engine_state, minute_stats, standing
from core.storage.database import Database
from core.storage.minute_stats import Sums

MINUTE = 60
# How long one step of the charts lasts, in seconds, and how many there are.
STEPS: Mapping[Span, tuple[int, int]] = {
    Span.HOUR: (MINUTE, 60),
    Span.DAY: (10 * MINUTE, 144),
    Span.MONTH: (6 * 60 * MINUTE, 120),
}
_LATELY = timedelta(minutes=10)
_MEASURED_OVER = 3
_READY = ("ready", "leased", "paced")
_NO_ANSWERS = (0,)


@dataclass(frozen=True, slots=True)
class _Window:
    """A span in steps: from *since* to before *until*, which is when the step of *now* ends."""

    since: datetime
    until: datetime
    now: datetime
    seconds: int
    count: int

    @classmethod
    def of(cls, span: Span, now: datetime) -> _Window:
        seconds, count = STEPS[span]
        step = timedelta(seconds=seconds)
        until = now - timedelta(seconds=now.timestamp() % seconds) + step
        return cls(until - count * step, until, now, seconds, count)

    def length(self, number: int) -> float:
        """Seconds of the step; the last one is as long as it has lasted."""
        if number < self.count - 1:
            return float(self.seconds)
        began = self.until - timedelta(seconds=self.seconds)
        return max(1.0, (self.now - began).total_seconds())


async def monitor_view(db: Database, now: datetime, span: Span) -> MonitorView:
    """The figures of *span* until *now*."""
    window = _Window.of(span, now)
    state = await engine_state.read(db)
    by_step = await minute_stats.steps(db, window.since, window.until, window.seconds)
    unknown = await minute_stats.unknown_since(db, window.since.replace(minute=0, second=0, microsecond=0))
    waiting = await standing.waiting_checks(db)
    pause = await open_breaker(db, state.snapshot.get("breaker"), waiting, now)
    before = await minute_stats.verdicts_between(
        db, window.since - timedelta(seconds=window.seconds * window.count), window.since
    )
    tiles = await _tiles(db, state.snapshot, window, by_step, success_rate(before), waiting, pause)
    points = tuple(_point(window, number, by_step.get(number)) for number in range(window.count))
    return MonitorView(now, span, tiles, pause, points, reason_counts(unknown))


def success_rate(outcomes: Mapping[str, int]) -> float | None:
    """Conclusive checks of those that finished; None where none did."""
    finished = sum(outcomes.values())
    return (finished - outcomes[Outcome.UNKNOWN.value]) / finished if finished else None


def reason_counts(counts: list[tuple[str, int]]) -> tuple[ReasonCount, ...]:
    """*counts* by reason in words."""
    return tuple(ReasonCount(reason, stored_in_words(reason), count) for reason, count in counts if count > 0)


# -- the charts ---------------------------------------------------------------------


def _point(window: _Window, number: int, sums: Sums | None) -> MonitorPoint:
    at, seconds = window.since + timedelta(seconds=window.seconds * number), window.length(number)
    if sums is None:
        return MonitorPoint(at, seconds, 0, 0, 0, 0, 0, 0, 0, 0, None, None, 0.0, 0.0, None, None)
    worker_ms = _worker_seconds(window, number, sums) * 1_000
    measured = _measured_seconds(window, number, sums)
    return MonitorPoint(
        at=at,
        seconds=seconds,
        live=sums.live,
        none=sums.none,
        private=sums.private,
        gone=sums.gone,
        unknown=sums.unknown,
        exchanges=sums.exchanges,
        failures=sums.failures,
        rate_limited=sums.rate_limited,
        p50_ms=percentile(sums.times, 0.5),
        p95_ms=percentile(sums.times, 0.95),
        limited_share=_share(sums.limited_ms, worker_ms),
        paused_share=_share(sums.paused_ms, worker_ms),
        cpu_share=sums.cpu_ms / 1_000 / measured,
        memory_mb=sums.memory_mb or None,
    )


def _worker_seconds(window: _Window, number: int, sums: Sums) -> float:
    """The time that the workers of a step had; its last minute may not be over."""
    seconds = float(sums.workers * MINUTE)
    if number == window.count - 1 and sums.minutes:
        seconds -= sums.workers / sums.minutes * _to_come(window.now)
    return max(seconds, 0.0)


def _measured_seconds(window: _Window, number: int, sums: Sums) -> float:
    left = _to_come(window.now) if number == window.count - 1 else 0.0
    return max(1.0, sums.minutes * MINUTE - left)


def _to_come(now: datetime) -> float:
    """Seconds of the present minute that are still to come."""
    return MINUTE - (now - beginning(now)).total_seconds()


def _share(part: float, whole: float) -> float:
    return min(1.0, part / whole) if whole else 0.0


# -- the tiles ----------------------------------------------------------------------


async def _tiles(
    db: Database,
    snapshot: Mapping[str, Any],
    window: _Window,
    by_step: Mapping[int, Sums],
    success_before: float | None,
    waiting: int,
    pause: PauseView | None,
) -> Tiles:
    line = await batches.line_counts(db)
    lately = await _lately(db, window.now)
    outcomes = {each.value: sum(getattr(sums, each.value) for sums in by_step.values()) for each in Outcome}
    times = [sum(counts) for counts in zip(*(sums.times for sums in by_step.values()), strict=True)] or _NO_ANSWERS
    counts: Mapping[str, int] = snapshot.get("counts", {})
    ready = sum(counts.get(word, 0) for word in _READY)
    resting, quarantined, frozen = (counts.get(word, 0) for word in ("cooling", "quarantined", "frozen"))
    return Tiles(
        checks_per_second=_rate_now(lately, window.now),
        before_pause=await _rate_before(db, pause),
        finished=sum(outcomes.values()),
        success_rate=success_rate(outcomes),
        success_before=success_before,
        active_batches=line.running,
        in_line=line.in_line,
        checks_waiting=waiting,
        # A worker that waits in line for a route has nothing in flight.
        busy=min(int(snapshot.get("busy", 0)), counts.get("leased", 0)),
        workers=int(snapshot.get("workers", 0)),
        ready=ready,
        routes=ready + resting + quarantined + frozen,
        cooling=resting,
        quarantined=quarantined,
        frozen=frozen,
        p50_ms=percentile(times, 0.5),
        p95_ms=percentile(times, 0.95),
        p99_ms=percentile(times, 0.99),
        limited_seconds=sum(sums.limited_ms for sums in by_step.values()) / 1_000,
        paused_seconds=sum(sums.paused_ms for sums in by_step.values()) / 1_000,
        worker_seconds=sum(_worker_seconds(window, number, sums) for number, sums in by_step.items()),
        cpu_share=_cpu_share(lately, window.now),
        memory_mb=next((sums.memory_mb for sums in reversed(lately) if sums and sums.memory_mb), None),
    )


async def _lately(db: Database, now: datetime) -> list[Sums | None]:
    """The last minutes, the present one included."""
    since = beginning(now) - (_MEASURED_OVER - 1) * timedelta(minutes=1)
    found = await minute_stats.steps(db, since, beginning(now) + timedelta(minutes=1), MINUTE)
    return [found.get(number) for number in range(_MEASURED_OVER)]


def _rate_now(lately: list[Sums | None], now: datetime) -> float:
    """Checks a second over the last minute, whatever part of it belongs to the minute before the present one."""
    before, present = (0 if sums is None else sums.finished for sums in lately[-2:])
    return (present + before * _to_come(now) / MINUTE) / MINUTE


def _cpu_share(lately: list[Sums | None], now: datetime) -> float | None:
    measured = [sums for sums in lately if sums is not None]
    if not measured:
        return None
    seconds = len(measured) * MINUTE - (_to_come(now) if lately[-1] is not None else 0.0)
    return sum(sums.cpu_ms for sums in measured) / 1_000 / max(1.0, seconds)


async def _rate_before(db: Database, pause: PauseView | None) -> float | None:
    if pause is None or pause.since is None:
        return None
    until = beginning(pause.since)
    outcomes = await minute_stats.verdicts_between(db, until - _LATELY, until)
    return sum(outcomes.values()) / _LATELY.total_seconds()
