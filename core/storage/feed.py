"""Named queries of the feed: whom a query matches, in its order, from any place on, and the rows of a page.

Everything that is asked about stands in one index, which is in the order of niche and name.  A page that no walk
(:mod:`core.storage.feed_walks`) finds takes a look at all that the index holds of a niche, or of all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import orjson

from core.domain.feed import SortBy
from core.storage.database import Database, Row
from core.storage.feed_sql import NAMES, Order, Place, Sql, Wanted, asked, places, selected

_ROWS = """
SELECT p.username, n.name AS niche, p.niche_id, p.status, p.story_since, p.story_until, p.last_outcome, p.last_reason,
    p.last_checked_at, p.last_story_at, p.checks_total, p.conclusive_total, p.stories_total, p.detection_ppm,
    p.unknown_streak, p.watched
FROM json_each(?) AS j JOIN profile p ON p.username = j.value JOIN niche n ON n.id = p.niche_id ORDER BY j.key
"""

# With 1,000,000 profiles, all of which go through the sorter of a scan, it takes 150 ms; if a sample of them tells
# which ones cannot be among the first, 100 ms.
_SAMPLE = 500
_LEAST_SAMPLED = 100_000
_LEAST_HITS = 50
# With three found to be behind the bound, one in a thousand bounds keeps too few.
_MARGIN = 3
_random = Random()


async def count(db: Database, what: Wanted, *more: Sql) -> int:
    """How many match."""
    source = what.source if what.niche is not None or what.conditions or more else NAMES
    found = await asked(db, "count(*) AS n", source, what.where(*more))
    return int(found[0]["n"])


async def count_named(db: Database, what: Wanted, usernames: Sequence[str]) -> int:
    """How many of *usernames* match."""
    listed = Sql("username IN (SELECT value FROM json_each(?))", (orjson.dumps(list(usernames)).decode(),))
    found = await asked(db, "count(*) AS n", "profile", what.where(listed))
    return int(found[0]["n"])


async def scan(db: Database, what: Wanted, order: Order, *, behind: Place | None, skip: int, count: int) -> list[Place]:
    """Up to *count* profiles in *order* behind a place and *skip* more; fewer mean that there are no more."""
    later = [] if behind is None else [order.behind(behind)]
    if (bound := await _bound(db, what, order, later, skip + count)) is not None:
        present = replace(order, may_miss=False)
        rest = Sql(f"ORDER BY {present.clause} LIMIT ? OFFSET ?", (count, skip))
        found = await asked(db, selected(order), what.source, what.where(*later, bound), rest)
        if len(found) == count:
            return places(found)
    rest = Sql(f"ORDER BY {order.clause} LIMIT ? OFFSET ?", (count, skip))
    return places(await asked(db, selected(order), what.source, what.where(*later), rest))


async def names_after(db: Database, what: Wanted, after: str, count: int) -> list[str]:
    """Up to *count* usernames behind *after*, in the order of names whatever the query's own order is."""
    source = NAMES if what.niche is None and not what.watched else what.source
    matching = what.where(Sql("username > ?", (after,)))
    # As one text: a row for each name takes the interpreter longer than the database to find it.
    some = Sql("ORDER BY username LIMIT ?)", (count,))
    names_of = f"(SELECT username FROM {source}"  # noqa: S608  # one of our own words
    found = await asked(db, "json_group_array(username) AS names", names_of, matching, some)
    names: list[str] = orjson.loads(found[0]["names"])
    return sorted(names)


async def rows(db: Database, usernames: Sequence[str]) -> list[Row]:
    """What the feed shows of *usernames*, in their order; those that are gone are left out."""
    return await db.fetch(_ROWS, orjson.dumps(list(usernames)).decode())


async def _bound(db: Database, what: Wanted, order: Order, later: Sequence[Sql], wanted: int) -> Sql | None:
    """What probably holds for the first *wanted* profiles and for few others; None where a sample cannot tell."""
    if what.watched:
        return None  # too few of a sample are
    last = int(await db.fetch_value("SELECT max(rowid) FROM profile") or 0)
    place = _MARGIN + _MARGIN * wanted * _SAMPLE // max(last, 1)
    if order.value is None or what.sort is SortBy.STORY or last < _LEAST_SAMPLED or place > _SAMPLE // 10:
        return None
    ids = orjson.dumps([_random.randint(1, last) for _ in range(_SAMPLE)]).decode()
    text, params = order.value.text, order.value.params
    matching = what.where(
        *later, Sql("rowid IN (SELECT value FROM json_each(?))", (ids,)), Sql(f"({text}) IS NOT NULL", params)
    )
    found = await asked(
        db, Sql(f"{text} AS value", params), "profile NOT INDEXED", matching, Sql(f"ORDER BY value {order.way}")
    )
    if len(found) < max(_LEAST_HITS, place) or (order.may_miss and order.backward):
        return None
    return Sql(f"({text}) {'>=' if order.way == 'DESC' else '<='} ?", (*params, found[place - 1]["value"]))
