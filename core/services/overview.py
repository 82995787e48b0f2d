"""The numbers beside the niches' names, counted seldom enough to cost little at any size."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from core.clock import Clock
from core.domain.day import day_began
from core.services.feed import Feed
from core.services.views import NichesOverview, NicheSummary
from core.storage import niches as rows
from core.storage.database import Database, Row
from core.storage.niches import StoredNiche
from core.tasks import spawn

# So long numbers hold, or so many times as long as counting them took, whichever is more: with 1,000,000 profiles
# that are some 6 s.
COUNTED_FOR = 3.0
_TIMES_ITS_COST = 20.0


@dataclass(slots=True)
class _Counting:
    """A count, under way or made.

    Args:
        changes: How often people had changed profiles when it began.
        until: When it is made again.
    """

    task: asyncio.Task[NichesOverview]
    changes: int
    until: float


class Overview:
    """The numbers of all niches, for everybody who looks in this process."""

    def __init__(self, database: Database, clock: Clock, feed: Feed, zone: ZoneInfo) -> None:
        self._database = database
        self._clock = clock
        self._feed = feed
        self._zone = zone
        self._counting: _Counting | None = None

    async def read(self) -> NichesOverview:
        """The numbers as of the last seconds; what people changed in this process is in them."""
        known = self._counting
        if known is None or known.changes != self._feed.changes or self._is_old(known):
            known = _Counting(spawn(self._count(), name="niches count"), self._feed.changes, float("inf"))
            self._counting = known
        return await asyncio.shield(known.task)

    def _is_old(self, known: _Counting) -> bool:
        if not known.task.done():
            return False
        return known.task.cancelled() or known.task.exception() is not None or self._clock.monotonic() >= known.until

    async def _count(self) -> NichesOverview:
        counting, began = self._counting, self._clock.monotonic()
        now = self._clock.now()
        day = day_began(now, self._zone)
        niches = await rows.every(self._database)
        sums = {row["niche_id"]: row for row in await rows.sums(self._database, now, day)}
        ended = self._clock.monotonic()
        if counting is not None:
            counting.until = ended + max(COUNTED_FOR, (ended - began) * _TIMES_ITS_COST)

        def total(column: str) -> int:
            return sum(row[column] for row in sums.values())

        return NichesOverview(
            profiles=total("profiles"),
            live_now=total("live_now"),
            unknown=total("unknown"),
            never_checked=total("never_checked"),
            day_began=day,
            niches=tuple(_summary(niche, sums.get(niche.id)) for niche in niches),
        )


def _summary(niche: StoredNiche, row: Row | None) -> NicheSummary:
    return NicheSummary(
        id=niche.id,
        name=niche.name,
        position=niche.position,
        daily_story_target=niche.daily_story_target,
        profiles=0 if row is None else row["profiles"],
        live_now=0 if row is None else row["live_now"],
        seen_live_today=0 if row is None else row["seen_today"],
    )
