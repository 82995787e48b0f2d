"""The verbs that tell what went on: figures over a span, error patterns, how proxies did, when a niche posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import aclosing
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.clock import Clock
from core.domain.actor import Actor, Role
from core.domain.breaker import CLOSED, LOOK_UPS_WAIT, OPEN
from core.domain.limits import Limits
from core.domain.response_times import BOUNDS
from core.domain.verdict import Outcome, Reason
from core.errors import Conflict, InvalidInput, NotFound
from core.events import Events
from core.services.calls import EngineCalls
from core.services.error_patterns import heat_view, patterns_view, trace_view
from core.services.monitor_figures import monitor_view
from core.services.monitoring import is_recent
from core.services.niches import existing_niche
from core.services.proxy_performance import proxy_performance
from core.services.story_calendar import story_calendar
from core.services.views.monitoring import (
    CalendarView,
    FiguresView,
    HeatView,
    MonitorView,
    PatternsView,
    ProxyPerformance,
    Span,
    Totals,
    TraceView,
)
from core.storage import audit, batches, engine_state, error_groups, minute_stats, standing
from core.storage.database import Database

PROBE = "breaker.probe"
MOST_HOURS = 24 * 7
MOST_ROWS = 1_000
MOST_WEEKS = 52
LONGEST_NOTE = 200
# Exchanges that could not be stored for so long may still come into minutes that are over.
_STILL_WRITTEN = timedelta(hours=2)
_SEE = "see the figures"
_REASONS = frozenset(reason.value for reason in Reason)


class Figures:
    """What was counted, in this process or another one.

    Args:
        base: The limits of this deployment where nobody set anything.
        zone: The time zone in which hours of the day are.
    """

    def __init__(self, database: Database, clock: Clock, events: Events, base: Limits, zone: ZoneInfo) -> None:
        self._database = database
        self._clock = clock
        self._base = base
        self._zone = zone
        self._calls = EngineCalls(database, clock, events)
        self._until: datetime | None = None
        self._before: Counter[str] = Counter()

    async def monitor(self, actor: Actor, span: Span = Span.HOUR) -> MonitorView:
        """The figures at a glance and as charts over *span*."""
        actor.must_be(Role.VIEWER, _SEE)
        return await monitor_view(self._database, self._clock.now(), span)

    async def heat(self, actor: Actor, *, reason: str | None = None, hours: int = 24, top: int = 8) -> HeatView:
        """Failed exchanges by proxy and hour.

        Args:
            reason: The one that is asked about; None is all.
            hours: The present one included; at most 168, like those of the other verbs.
            top: So many proxies, those with the most; at most 1,000.

        Raises:
            InvalidInput: There is no such reason.
        """
        actor.must_be(Role.VIEWER, _SEE)
        if reason is not None and reason not in _REASONS:
            raise InvalidInput("reason", f'"{reason}" is none; {Reason.TIMEOUT.value} is one')
        return await heat_view(self._database, self._clock.now(), reason, _hours(hours), _rows(top))

    async def patterns(self, actor: Actor, *, hours: int = 24) -> PatternsView:
        """What went wrong again and again within the last *hours*, whom it hit and what was done."""
        actor.must_be(Role.VIEWER, _SEE)
        return await patterns_view(self._database, self._clock.now(), _hours(hours))

    async def sample(self, actor: Actor, fingerprint: str) -> TraceView:
        """Errors of one kind, with their sample.

        Raises:
            NotFound: Nothing like this was seen, or it was forgotten since.
        """
        actor.must_be(Role.VIEWER, _SEE)
        stored = await error_groups.one(self._database, fingerprint)
        if stored is None:
            raise NotFound("Errors of this kind are not kept any more.")
        return trace_view(stored)

    async def note_action(self, actor: Actor, fingerprint: str, text: str) -> TraceView:
        """Keep what was done about errors of one kind; empty takes the note away.

        Raises:
            NotFound: Nothing like this was seen, or it was forgotten since.
            InvalidInput: It is too long.
        """
        actor.must_be(Role.OPERATOR, "note what was done about errors")
        note = " ".join(text.split())
        if len(note) > LONGEST_NOTE:
            raise InvalidInput("text", f"{len(note)} characters; {LONGEST_NOTE} at most")
        async with self._database.transaction() as tx:
            stored = await error_groups.one(tx, fingerprint)
            if stored is None:
                raise NotFound("Errors of this kind are not kept any more.")
            await error_groups.note(tx, fingerprint, note or None)
            await audit.note(tx, actor, "errors.note", stored.title[:100], note, self._clock.now())
        return await self.sample(actor, fingerprint)

    async def proxy_performance(self, actor: Actor, *, hours: int = 24, top: int = 500) -> tuple[ProxyPerformance, ...]:
        """How each proxy did within the last *hours*, those with the most failures first; at most *top* of them."""
        actor.must_be(Role.VIEWER, _SEE)
        now = self._clock.now()
        return await proxy_performance(self._database, now, self._base, _since(now, _hours(hours)), _rows(top))

    async def calendar(self, actor: Actor, niche: str, *, weeks: int = 4) -> CalendarView:
        """When the profiles of a niche post, by weekday and hour.

        Raises:
            NotFound: There is no such niche.
        """
        actor.must_be(Role.VIEWER, _SEE)
        found = await existing_niche(self._database, niche)
        weeks = max(1, min(weeks, MOST_WEEKS))
        return await story_calendar(self._database, self._clock.now(), found, weeks, self._zone)

    async def totals(self, actor: Actor) -> FiguresView:
        """Everything that is counted or measured, for machines."""
        actor.must_be(Role.VIEWER, _SEE)
        db, now = self._database, self._clock.now()
        state = await engine_state.read(db)
        alive = is_recent(state.heartbeat, now)
        snapshot = state.snapshot if alive else {}
        line = await batches.line_counts(db)
        alerts_waiting, schedules_on = await standing.counts(db)
        return FiguresView(
            alive=alive,
            totals=_totals(await self._ever(now), dict(await minute_stats.unknown_since(db, minute_stats.BEFORE_ALL))),
            routes=dict(snapshot.get("counts", {})),
            proxies=await standing.proxies_by_state(db, now),
            batches={"running": line.running - line.waiting, "waiting": line.waiting, "in_line": line.in_line},
            checks_waiting=await standing.waiting_checks(db),
            workers=int(snapshot.get("workers", 0)),
            busy=int(snapshot.get("busy", 0)),
            not_stored=int(snapshot.get("not_stored", 0)),
            breaker=_breaker(snapshot.get("breaker")),
            alerts_waiting=alerts_waiting,
            schedules_on=schedules_on,
            memory_mb=await minute_stats.memory_since(db, now - timedelta(minutes=2)),
        )

    async def _ever(self, now: datetime) -> Counter[str]:
        """All sums; those of minutes that are over are added up once an hour, because there are tens of thousands."""
        until = now.replace(minute=0, second=0, microsecond=0) - _STILL_WRITTEN
        if self._until != until:
            self._before = await minute_stats.totals(self._database, until=until)
            self._until = until
        return self._before + await minute_stats.totals(self._database, since=until)

    async def probe_now(self, actor: Actor) -> str:
        """Let one exchange try again at once whether the platform still refuses everybody; what became of it.

        Raises:
            Conflict: The breaker is closed.
            Unavailable: Nobody who has the engine answers.
        """
        actor.must_be(Role.ADMIN, "let the platform be probed")
        if (await engine_state.read(self._database)).snapshot.get("breaker") is None:
            raise Conflict("The platform refuses nobody now, so there is nothing to probe.")
        async with self._database.transaction() as tx:
            await audit.note(tx, actor, PROBE, "platform", "", self._clock.now())
        calls = self._calls.results(actor, PROBE, [{"id": 0}])
        async with aclosing(calls):
            async for _, result in calls:
                return str(result.get("sentence") or result.get("error") or "")
        raise AssertionError("a call is answered, or it is Unavailable")


def _breaker(told: object) -> str:
    if not isinstance(told, dict):
        return CLOSED
    return LOOK_UPS_WAIT if told.get("look_ups_alone") else OPEN


def _totals(counted: Mapping[str, int], unknown: Mapping[str, int]) -> Totals:
    reached, buckets = 0, []
    for bound, count in zip((*BOUNDS, None), minute_stats.answers(counted), strict=True):
        reached += count
        buckets.append((float("inf") if bound is None else float(bound), reached))
    return Totals(
        checks={outcome.value: counted[outcome.value] for outcome in Outcome},
        unknown=dict(unknown),
        exchanges=counted["exchanges"],
        failures=counted["failures"],
        rate_limited=counted["rate_limited"],
        answer_buckets=tuple(buckets),
        answer_seconds=counted["answer_ms"] / 1_000,
        busy_seconds=counted["busy_ms"] / 1_000,
        limited_seconds=counted["limited_ms"] / 1_000,
        paused_seconds=counted["paused_ms"] / 1_000,
        cpu_seconds=counted["cpu_ms"] / 1_000,
    )


def _since(now: datetime, hours: int) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=hours - 1)


def _hours(hours: int) -> int:
    return max(1, min(hours, MOST_HOURS))


def _rows(top: int) -> int:
    return max(1, min(top, MOST_ROWS))
