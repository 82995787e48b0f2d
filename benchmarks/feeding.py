"""``python -m benchmarks.feeding fill|ask|batch|commit DATABASE [COUNT]``: one side of the part ``feed``, in a process
of its own.

Prints a JSON object.  ``batch`` prints one when its database is open, and waits for a line before it begins.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Awaitable
from pathlib import Path

from benchmarks.feed_commits import commit
from benchmarks.feed_rows import fill
from core.clock import SystemClock
from core.domain.actor import Actor, Role
from core.domain.feed import Checked, FeedQuery, Selection, SortBy, StoryState
from core.domain.limits import Limits
from core.events import Events
from core.services.batches import Batches
from core.services.niches import Niches
from core.services.profiles import Profiles
from core.storage.database import Database, open_database

BENCH = Actor("bench", Role.ADMIN)
ROUNDS = 5

_ACTIVE_TODAY = FeedQuery(statuses=frozenset({"active"}), checked=Checked.DAY)


def questions() -> dict[str, FeedQuery]:
    """What is asked of both sizes."""
    orders = {
        f"ordered by {sort.value}{' from the end' if descending else ''}": FeedQuery(sort=sort, descending=descending)
        for sort in SortBy
        for descending in (False, True)
    }
    return {
        "first page": FeedQuery(),
        **orders,
        "a niche of 40 %": FeedQuery(niche=1),
        "a niche of 5 %": FeedQuery(niche=6),
        "a niche of 40 % by share of stories": FeedQuery(niche=1, sort=SortBy.DETECTION_PPM, descending=True),
        "live now": FeedQuery(stories=frozenset({StoryState.LIVE})),
        "unknown": FeedQuery(stories=frozenset({StoryState.UNKNOWN})),
        "active and checked today": _ACTIVE_TODAY,
        "active and live in a niche of 40 %": FeedQuery(
            niche=1, statuses=frozenset({"active"}), stories=frozenset({StoryState.LIVE})
        ),
        "names that begin with ba": FeedQuery(username="ba"),
    }


# Milliseconds until the answer, and of processor, of all threads.
Took = tuple[float, float]


async def ask(database: Path) -> dict[str, list[Took]]:
    """What each question took, with nothing remembered from the ones before."""
    async with open_database(database, clock=SystemClock()) as opened:
        told = {what: [await _page(opened, query) for _ in range(ROUNDS)] for what, query in questions().items()}
        for what, query in (("last page", FeedQuery()), ("last page with two conditions", _ACTIVE_TODAY)):
            last = await _profiles(opened).count(BENCH, query) - 100
            told[what] = [await _page(opened, query, offset=max(0, last)) for _ in range(ROUNDS)]
        told["2,000 names between two rows"] = [await _between(_profiles(opened)) for _ in range(ROUNDS)]
        told["  the same, the pages before them seen"] = await _between_seen(opened)
        told["numbers of all niches"] = [await _numbers(opened) for _ in range(ROUNDS)]
    return told


async def _page(database: Database, query: FeedQuery, *, offset: int = 0) -> Took:
    return await _timed(_profiles(database).feed(BENCH, query, offset=offset))


async def _between(profiles: Profiles) -> Took:
    return await _timed(profiles.between(BENCH, _ACTIVE_TODAY, 1_000, 2_999))


async def _between_seen(database: Database) -> list[Took]:
    profiles = _profiles(database)
    for offset in range(0, 1_000, 500):
        await profiles.feed(BENCH, _ACTIVE_TODAY, offset=offset, count=500)
    return [await _between(profiles) for _ in range(ROUNDS)]


async def _numbers(database: Database) -> Took:
    return await _timed(Niches(database, database.clock, Events()).overview(BENCH))


def _profiles(database: Database) -> Profiles:
    return Profiles(database, database.clock, Events())


async def _timed(answer: Awaitable[object]) -> Took:
    start, used = time.perf_counter(), time.process_time()
    await answer
    return (time.perf_counter() - start) * 1_000, (time.process_time() - used) * 1_000


async def batch(database: Path) -> dict[str, float]:
    """A batch of all profiles, selected by a query without conditions."""
    clock = SystemClock()
    async with open_database(database, clock=clock) as opened:
        batches = Batches(opened, clock, Events(), Limits())
        print(json.dumps({"open": True}), flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        start = time.perf_counter()
        view = await batches.create(BENCH, names=Selection(query=FeedQuery()))
        return {"seconds": time.perf_counter() - start, "total": view.total}


def main() -> None:
    """Do what the command line says."""
    what, database, *rest = sys.argv[1:]
    if what == "fill":
        print(json.dumps(fill(Path(database), int(rest[0]))))
    elif what == "batch":
        print(json.dumps(asyncio.run(batch(Path(database)))), flush=True)
    else:
        work = {"ask": ask, "commit": commit}[what]
        print(json.dumps(asyncio.run(work(Path(database)))), flush=True)


if __name__ == "__main__":
    main()
