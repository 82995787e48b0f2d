"""Pages of the feed at any size: how many match, which ones stand where, and what is remembered for the next page.

A page is reached from the nearest place that is known: the beginning, the end, or where a page ended that somebody
saw within the last minute.  Pages that follow each other therefore join without a gap, also while checks go on.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core.clock import Clock
from core.domain.feed import FeedQuery, SortBy
from core.errors import NotFound
from core.storage import feed as rows
from core.storage import niches as niche_rows
from core.storage.database import Database
from core.storage.feed_sql import Order, Place, Wanted, wanted
from core.storage.feed_walks import walk
from core.tasks import spawn

# Paging does not count again; what people do themselves is seen at once, what the engine does after this time.
COUNTED_FOR = 5.0
_REMEMBERED_FOR = 60.0
_MOST_QUERIES = 100
# Positions between a page and the nearest known place from which on the end may be nearer.
_FAR = 2_000
_MOST_PLACES = 200


@dataclass(slots=True)
class _Seen:
    """What is remembered of one query.

    Args:
        places: Position to the profile there.
    """

    at: float
    counting: asyncio.Task[int] | None = None
    counted_at: float = 0.0
    places: OrderedDict[int, Place] = field(default_factory=OrderedDict)


@dataclass(frozen=True, slots=True)
class _Start:
    """Where the way to a page begins: behind a place, over *skip* others; backward, from the page's end."""

    backward: bool
    behind: Place | None
    skip: int


class Feed:
    """The profiles as people look at them, of one process."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._seen: OrderedDict[FeedQuery, _Seen] = OrderedDict()
        # How often people changed profiles.
        self.changes = 0

    def __repr__(self) -> str:
        return f"<Feed {len(self._seen)} queries remembered>"

    def changed(self) -> None:
        """Somebody changed profiles: count anew, and take no place for known."""
        self._seen.clear()
        self.changes += 1

    async def page(self, query: FeedQuery, offset: int, count: int) -> tuple[list[str], int]:
        """The usernames from position *offset* on, at most *count*, and how many match in all.

        Raises:
            NotFound: The niche was deleted.
        """
        what = await self.wanted(query)
        counting = self._counting(query)
        # Only who knows the end can come from there, and a page far from every known place needs that.
        total = await asyncio.shield(counting) if self._nearest(query, offset, count, None).skip > _FAR else None
        names = await self._names(query, what, offset, count, total)
        return names, await asyncio.shield(counting)

    async def between(self, query: FeedQuery, start: int, end: int) -> list[str]:
        """The usernames from position *start* to *end*, both among them.

        Raises:
            NotFound: The niche was deleted.
        """
        what, total = await self.wanted(query), await self.count(query)
        return await self._names(query, what, start, end + 1 - start, total)

    async def count(self, query: FeedQuery) -> int:
        """How many match, as of the last seconds.

        Raises:
            NotFound: The niche was deleted.
        """
        return await asyncio.shield(self._counting(query))

    async def wanted(self, query: FeedQuery, at: datetime | None = None) -> Wanted:
        """What *query* means now, or meant then.

        Raises:
            NotFound: The niche was deleted.
        """
        if query.niche is not None and await niche_rows.by_id(self._database, query.niche) is None:
            raise NotFound("This niche was deleted; choose another one.")
        ids: list[int] = []
        if query.sort is SortBy.NICHE:
            every = await niche_rows.every(self._database)
            ids = [niche.id for niche in sorted(every, key=lambda niche: niche.name.casefold())]
        return wanted(query, at or self._clock.now(), ids)

    def _counting(self, query: FeedQuery) -> asyncio.Task[int]:
        """The count that is under way, or was made within the last seconds."""
        query = query.in_order(SortBy.USERNAME)
        seen, now = self._remembered(query), self._clock.monotonic()
        if seen.counting is None or _failed(seen.counting) or now - seen.counted_at >= COUNTED_FOR:
            # A task of its own: others wait for the same number when the first who asked has gone.
            seen.counting, seen.counted_at = spawn(self._count(query), name="feed count"), now
        return seen.counting

    async def _count(self, query: FeedQuery) -> int:
        return await rows.count(self._database, await self.wanted(query))

    async def _names(self, query: FeedQuery, what: Wanted, offset: int, count: int, total: int | None) -> list[str]:
        if total is not None:
            count = min(count, total - offset)
        if count <= 0:
            return []
        if not offset:
            # From here on the others follow.
            self._remembered(query).places.clear()
        start = self._nearest(query, offset, count, total)
        order = what.order.reverse if start.backward else what.order
        found = await self._found(what, order, start, count)
        if start.backward:
            found.reverse()
        self._remember(query, offset, found)
        return [place.username for place in found]

    async def _found(self, what: Wanted, order: Order, start: _Start, count: int) -> list[Place]:
        place = await walk(self._database, what, order, behind=start.behind, skip=start.skip, count=count)
        if place is not None:
            return place
        return await rows.scan(self._database, what, order, behind=start.behind, skip=start.skip, count=count)

    def _nearest(self, query: FeedQuery, offset: int, count: int, total: int | None) -> _Start:
        """The start with the fewest to pass over."""
        before = self._place_before(query, offset)
        starts = [_Start(False, None, offset)]
        if before is not None:
            starts.append(_Start(False, before[1], offset - before[0] - 1))
        if total is not None:
            starts.append(_Start(True, None, total - offset - count))
        after = [at for at in self._remembered(query).places if at >= offset + count]
        if after:
            starts.append(_Start(True, self._remembered(query).places[min(after)], min(after) - offset - count))
        return min(starts, key=lambda start: start.skip)

    def _place_before(self, query: FeedQuery, offset: int) -> tuple[int, Place] | None:
        places = self._remembered(query).places
        before = [at for at in places if at < offset]
        return (max(before), places[max(before)]) if before else None

    def _remember(self, query: FeedQuery, offset: int, found: Sequence[Place]) -> None:
        places = self._remembered(query).places
        if found:
            places[offset], places[offset + len(found) - 1] = found[0], found[-1]
        while len(places) > _MOST_PLACES:
            places.popitem(last=False)

    def _remembered(self, query: FeedQuery) -> _Seen:
        now = self._clock.monotonic()
        seen = self._seen.get(query)
        if seen is None or now - seen.at >= _REMEMBERED_FOR:
            counting = None if seen is None else seen.counting
            seen = self._seen[query] = _Seen(now, counting, 0.0 if seen is None else seen.counted_at)
        seen.at = now
        self._seen.move_to_end(query)
        while len(self._seen) > _MOST_QUERIES:
            self._seen.popitem(last=False)
        return seen


def _failed(task: asyncio.Task[int]) -> bool:
    return task.done() and (task.cancelled() or task.exception() is not None)
