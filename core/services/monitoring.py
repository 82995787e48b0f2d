"""The verbs that tell how the engine is: who has it, whether it lives, whether anything could be asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from core.clock import Clock
from core.domain.actor import Actor, Role
from core.domain.canary import CanaryState, canary_state
from core.domain.response_times import percentile
from core.errors import Unavailable
from core.services.views import Activity, EngineView, FirstSteps, HourView, LastDay, Overview
from core.storage import allowances, batches, engine_state, first_steps, hourly_stats
from core.storage import sessions as session_rows
from core.storage.batches import LineCounts
from core.storage.database import Database
from core.storage.engine_state import StoredEngineState
from core.storage.pool_rows import CanaryRow, load_canaries

# The holder says that it lives every two seconds.
ALIVE_WITHIN = timedelta(seconds=10)
LONGEST_HOURS = 24 * 365


class Monitoring:
    """The engine seen from outside, from whatever process."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def engine(self, actor: Actor) -> EngineView:
        """Who holds the engine and how it is, as of its last heartbeat."""
        actor.must_be(Role.VIEWER, "see the engine")
        state = await engine_state.read(self._database)
        return EngineView(
            holder=None if state.holder is None else state.holder.partition(":")[0],
            pid=state.pid,
            heartbeat_at=state.heartbeat,
            alive=is_recent(state.heartbeat, self._clock.now()),
            pool=str(state.snapshot.get("pool", "")),
            workers=str(state.snapshot.get("engine", "")),
            sandbox_url=state.sandbox_url,
        )

    async def overview(self, actor: Actor) -> Overview:
        """What goes on as a whole."""
        actor.must_be(Role.VIEWER, "see the engine")
        state = await engine_state.read(self._database)
        line = await batches.line_counts(self._database)
        return overview(state, line, self._clock.now())

    async def data_version(self, actor: Actor) -> int:
        """A number that is another one after any process has committed anything."""
        actor.must_be(Role.VIEWER, "see whether anything changed")
        return int(await self._database.fetch_value("PRAGMA data_version"))

    async def hourly(self, actor: Actor, *, proxy: int | None = None, hours: int = 24) -> tuple[HourView, ...]:
        """Exchanges of the last *hours*, the present one included, by hour, proxy, reason and blame, in their order.

        Args:
            proxy: Id of the one proxy that is asked about, which may have been removed.
        """
        actor.must_be(Role.VIEWER, "see figures by the hour")
        now = self._clock.now().replace(minute=0, second=0, microsecond=0)
        since = now - timedelta(hours=max(1, min(hours, LONGEST_HOURS)) - 1)
        return tuple(
            HourView(count.hour, count.proxy_id, count.reason, count.blame, count.count, percentile(count.times, 0.95))
            for count in await hourly_stats.hourly(self._database, since, proxy_id=proxy)
        )

    async def last_day(self, actor: Actor) -> LastDay:
        """Exchanges of the last 24 hours by proxy and by session."""
        actor.must_be(Role.VIEWER, "see figures by the hour")
        since = self._clock.now() - timedelta(hours=24)
        by_proxy: Counter[int] = Counter()
        by_session: Counter[int] = Counter()
        for row in await allowances.sent_since(self._database, since):
            by_proxy[row["proxy_id"]] += row["sent"]
            by_session[row["session_id"]] += row["sent"]
        # Hours that began within the day; where limits count by the minute, they know better.
        by_hour = await hourly_stats.counts_by_proxy(self._database, since)
        return LastDay(by_hour | dict(by_proxy), dict(by_session))

    async def first_steps(self, actor: Actor) -> FirstSteps:
        """What is there already of what a check takes; costs the same however many profiles there are."""
        actor.must_be(Role.VIEWER, "see what is set up")
        counted = await first_steps.counted(self._database)
        sessions = await session_rows.count_by_use(self._database)
        canaries = [row for row in await load_canaries(self._database) if row.retired_at is None]
        return FirstSteps(
            proxies=counted["proxies"],
            proxies_on=counted["proxies_on"],
            proxies_quarantined=counted["proxies_quarantined"],
            sessions=sessions.sessions,
            bound=sessions.bound,
            usable=sessions.usable,
            canaries=len(canaries),
            proven=tuple(row.username for row in canaries if _is_proven(row)),
            has_profiles=bool(counted["has_profiles"]),
            has_checks=bool(counted["has_checks"]),
        )

    async def require_route(self, actor: Actor) -> None:
        """Raise unless some session may ask, now or later, without a person's help.

        Raises:
            Unavailable: None may; the sentence says what is missing.
        """
        actor.must_be(Role.VIEWER, "see the routes")
        counts = await session_rows.count_by_use(self._database)
        if counts.usable:
            return
        if not counts.sessions:
            why = "there is no session; add a proxy, then a session that is bound to it"
        elif not counts.bound:
            why = "no session is bound to a proxy; bind one with `session bind SESSION PROXY`"
        elif not counts.bound_and_on:
            why = "every session, or the proxy that it is bound to, is switched off; enable one"
        else:
            why = "every session waits for a person (logged out or challenged); renew one or enable it again"
        raise Unavailable(f"No route is usable: {why}.")


def overview(state: StoredEngineState, line: LineCounts, now: datetime) -> Overview:
    """What a stored state of the engine and the batches in line come to."""
    counts: Mapping[str, int] = state.snapshot.get("counts", {})
    ready = sum(counts.get(word, 0) for word in ("ready", "leased", "paced"))
    resting = sum(counts.get(word, 0) for word in ("cooling", "quarantined"))
    frozen = counts.get("frozen", 0)
    activity, reason, until = _activity(state, line, now)
    return Overview(
        activity=activity,
        reason=reason,
        until=until,
        running=line.running,
        in_line=line.in_line,
        ready=ready,
        routes=ready + resting + frozen,
        resting=resting,
        frozen=frozen,
    )


def _activity(
    state: StoredEngineState, line: LineCounts, now: datetime
) -> tuple[Activity, str | None, datetime | None]:
    if not is_recent(state.heartbeat, now):
        away = line.running or line.in_line
        return (Activity.AWAY, "nobody holds the engine", None) if away else (Activity.IDLE, None, None)
    pause = state.snapshot.get("breaker")
    if pause is not None:
        return Activity.PAUSED, str(pause["reason"]), datetime.fromisoformat(pause["until"])
    if not line.running:
        return Activity.IDLE, None, None
    if line.waiting == line.running:
        return Activity.WAITING, line.waiting_reason, line.waiting_until
    return Activity.CHECKING, None, None


def _is_proven(canary: CanaryRow) -> bool:
    state = canary_state(asked=canary.asked, seen=canary.seen, missed_in_a_row=canary.missed_in_a_row)
    return state is CanaryState.PROVEN


def is_recent(heartbeat: datetime | None, now: datetime) -> bool:
    """Whether whoever beats so lives."""
    return heartbeat is not None and now - heartbeat < ALIVE_WITHIN
