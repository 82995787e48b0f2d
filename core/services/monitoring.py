"""The verbs that tell how the engine is: who has it, whether it lives, whether anything could be asked."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.clock import Clock
from core.domain.actor import Actor, Role
from core.domain.response_times import percentile
from core.errors import Unavailable
from core.services.views import EngineView, HourView
from core.storage import engine_state, hourly_stats
from core.storage import sessions as session_rows
from core.storage.database import Database

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
            alive=_is_recent(state.heartbeat, self._clock.now()),
            pool=str(state.snapshot.get("pool", "")),
            workers=str(state.snapshot.get("engine", "")),
            sandbox_url=state.sandbox_url,
        )

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


def _is_recent(heartbeat: datetime | None, now: datetime) -> bool:
    return heartbeat is not None and now - heartbeat < ALIVE_WITHIN
