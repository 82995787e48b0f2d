"""Views of the figures: what goes on now, what went on, which errors come again and again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Span(StrEnum):
    """How far back is looked: an hour by the minute, a day by 10 minutes, 30 days by 6 hours."""

    HOUR = "hour"
    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Tiles:
    """The figures at a glance.

    Args:
        checks_per_second: Finished checks over the last minute.
        before_pause: The same over the ten minutes before the breaker opened; None while it is closed.
        success_rate: Conclusive checks of those that finished in the span, 0 to 1; None where none finished, like
            *success_before*, which is about the span before.
        checks_waiting: Unfinished checks of batches that run or are in line.
        busy: Workers with an exchange in flight.
        ready: Sessions that could be used now, those that are being used included.
        routes: *ready*, *cooling*, *quarantined* and *frozen* ones together.
        p50_ms: The response time that half of the answers of the span kept to, as *p95_ms* and *p99_ms* for more of
            them; None without answers.
        limited_seconds: Worker time of the span in which there was work and no route was ready.
        paused_seconds: Worker time of the span in which the breaker let nobody ask.
        worker_seconds: All worker time of the span.
        cpu_share: Of one core, over the last minutes: 1.0 is one core in full; None where nobody measured, like
            *memory_mb*.
    """

    checks_per_second: float
    before_pause: float | None
    finished: int
    success_rate: float | None
    success_before: float | None
    active_batches: int
    in_line: int
    checks_waiting: int
    busy: int
    workers: int
    ready: int
    routes: int
    cooling: int
    quarantined: int
    frozen: int
    p50_ms: float | None
    p95_ms: float | None
    p99_ms: float | None
    limited_seconds: float
    paused_seconds: float
    worker_seconds: float
    cpu_share: float | None
    memory_mb: int | None


@dataclass(frozen=True, slots=True)
class PauseView:
    """The breaker while it is open.

    Args:
        words: *reason* as people read it.
        since: When it opened; None where the log does not reach so far.
        next_probe_at: When one exchange tries again.
        look_ups_alone: Stories are asked about meanwhile.
        headline: What is so, as a sentence without times: "The platform answers everybody: rate limited."
        explained: What it was concluded from, who is not to blame, and how many checks wait; whole sentences.
        sample: Fingerprint of the errors whose sample shows an answer of this kind; None where there is none.
    """

    reason: str
    words: str
    since: datetime | None
    next_probe_at: datetime
    look_ups_alone: bool
    failed_probes: int
    headline: str
    explained: str
    sample: str | None


@dataclass(frozen=True, slots=True)
class MonitorPoint:
    """One step of the charts.

    Args:
        at: Its beginning.
        seconds: Its length; the last one has not ended.
        failures: Exchanges that failed through no profile's fault.
        p50_ms: None where no answer came, like *p95_ms*.
        limited_share: Part of the worker time that was lost waiting for a ready route, 0 to 1, as *paused_share* of
            that which the breaker took.
        cpu_share: Of one core; None where nobody measured, like *memory_mb*.
    """

    at: datetime
    seconds: float
    live: int
    none: int
    private: int
    gone: int
    unknown: int
    exchanges: int
    failures: int
    rate_limited: int
    p50_ms: float | None
    p95_ms: float | None
    limited_share: float
    paused_share: float
    cpu_share: float | None
    memory_mb: int | None

    @property
    def checks(self) -> int:
        """Those that finished."""
        return self.live + self.none + self.private + self.gone + self.unknown

    @property
    def checks_per_second(self) -> float:
        """Finished ones."""
        return self.checks / self.seconds if self.seconds else 0.0


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """How often something ended for one reason.

    Args:
        words: *reason* as people read it.
    """

    reason: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class MonitorView:
    """What goes on and went on.

    Args:
        pause: The breaker while it is open.
        points: The whole span, the earliest first: 60, 144 or 120 of them.
        unknown: Checks of the span that stayed unknown, by reason, the most frequent first.
    """

    at: datetime
    span: Span
    tiles: Tiles
    pause: PauseView | None
    points: tuple[MonitorPoint, ...]
    unknown: tuple[ReasonCount, ...]


@dataclass(frozen=True, slots=True)
class HeatRow:
    """Failed exchanges over one proxy, by hour.

    Args:
        label: What people call it, or its address without a password.
        cells: One for each of the hours.
    """

    proxy: int
    label: str
    cells: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class HeatView:
    """Failed exchanges by proxy and hour.

    Args:
        hours: Beginnings, the earliest first; the last one is the present hour.
        rows: Those proxies with the most, in the order of their labels.
        failing: Proxies with any.
        proxies: All that there are.
        most: The highest cell.
        total: Over all proxies, for the reason that was asked for, or all.
        reasons: All of them, whatever was asked for; the most frequent first.
    """

    hours: tuple[datetime, ...]
    rows: tuple[HeatRow, ...]
    failing: int
    proxies: int
    most: int
    total: int
    reasons: tuple[ReasonCount, ...]


@dataclass(frozen=True, slots=True)
class PatternView:
    """A reason that exchanges failed for, with whom it hit and what was done.

    Args:
        words: *reason* as people read it.
        whom: "every route", or names: at most three, and how many more.
        last_seen: To the second where it is known, else when its last hour ended.
        done: What was done about it, as whole sentences without a coming time.
        until: The next moment that matters; None where there is none.
        until_what: What happens at *until*: "next probe", "first one ready"; empty without one.
        still: It goes on: somebody rests for it, waits for a person, or the breaker is open.
    """

    reason: str
    words: str
    whom: str
    times: int
    last_seen: datetime
    done: str
    until: datetime | None
    until_what: str
    still: bool


@dataclass(frozen=True, slots=True)
class TraceView:
    """Errors of one kind, or answers that were not understood.

    Args:
        kind: ``answer`` (not understood) or ``internal`` (a mistake in Storywatch).
        sample: The first one, without values of anybody; None where none was kept.
        action: What was done about it: what a person noted, else what is done with all errors of this kind.
        noted: A person did.
    """

    fingerprint: str
    kind: str
    title: str
    count: int
    first_seen: datetime
    last_seen: datetime
    sample: str | None
    action: str
    noted: bool


@dataclass(frozen=True, slots=True)
class PatternsView:
    """What goes wrong again and again.

    Args:
        patterns: Those that go on first, then the latest first.
        traces: The latest first; at most 50.
    """

    patterns: tuple[PatternView, ...]
    traces: tuple[TraceView, ...]


@dataclass(frozen=True, slots=True)
class ProxyPerformance:
    """How one proxy did.

    Args:
        label: What people call it, or its address without a password.
        state: ``ready``, ``cooling``, ``quarantined``, ``off`` or ``removed``.
        ready_at: When its rest ends; None when it does not rest.
        failures: Exchanges that failed through no profile's fault, *rate_limited* ones included.
        failed_by_proxy: Those of *failures* that are its own.
        success_share: 0 to 1; None without exchanges.
        worst: The reason it failed for most often, in words; empty where it did not.
        level: ``healthy``, ``degraded``, ``failing`` or ``unjudged``, by its last 50 exchanges.
    """

    proxy: int
    label: str
    state: str
    ready_at: datetime | None
    sessions: int
    exchanges: int
    failures: int
    failed_by_proxy: int
    rate_limited: int
    success_share: float | None
    p50_ms: float | None
    p95_ms: float | None
    worst: str
    level: str


@dataclass(frozen=True, slots=True)
class CalendarView:
    """When the profiles of a niche post, as far as checks found their stories.

    Args:
        weeks: How many were looked at.
        since: Their beginning.
        timezone: That of the deployment, in which the hours are.
        cells: Seven weekdays from Monday, each with 24 hours from midnight: stories that began then.
        busiest: Weekday and hour with the most; None without stories.
    """

    niche: str
    weeks: int
    since: datetime
    timezone: str
    cells: tuple[tuple[int, ...], ...]
    stories: int
    most: int
    busiest: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Totals:
    """What was counted since this database began, however often the process was started since.

    Args:
        checks: By outcome.
        unknown: By reason.
        answer_buckets: Answers that took at most so many milliseconds, by bound, each including the ones before; the
            last bound is infinity.
        answer_seconds: What all of them took together.
    """

    checks: dict[str, int]
    unknown: dict[str, int]
    exchanges: int
    failures: int
    rate_limited: int
    answer_buckets: tuple[tuple[float, int], ...]
    answer_seconds: float
    busy_seconds: float
    limited_seconds: float
    paused_seconds: float
    cpu_seconds: float


@dataclass(frozen=True, slots=True)
class FiguresView:
    """Everything that is counted or measured, for machines.

    Args:
        alive: Somebody holds the engine and lives.
        routes: Sessions by word: ``ready``, ``leased``, ``paced``, ``cooling``, ``quarantined``, ``frozen``, ``off``;
            empty where nobody has the engine, and all that is the engine's is 0 then.
        proxies: By word: ``ready``, ``cooling``, ``quarantined``, ``off``.
        batches: By word: ``running``, ``waiting`` (for a route, though it was started), ``in_line``.
        breaker: ``closed``, ``open`` or ``look_ups_wait``.
        not_stored: Verdicts that the recorder has not stored yet.
        alerts_waiting: Alerts that are still to be delivered.
    """

    alive: bool
    totals: Totals
    routes: dict[str, int]
    proxies: dict[str, int]
    batches: dict[str, int]
    checks_waiting: int
    workers: int
    busy: int
    not_stored: int
    breaker: str
    alerts_waiting: int
    schedules_on: int
    memory_mb: int | None
