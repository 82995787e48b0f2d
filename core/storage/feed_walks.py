"""Named queries of the feed that go along an index which has the wanted order, and stop when the page is full.

What they cannot find, or only far off, is left to a scan (:mod:`core.storage.feed`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.domain.feed import SortBy
from core.storage import feed
from core.storage.database import Database
from core.storage.feed_sql import CHECKED, NAMES, Order, Place, Sql, Wanted, asked, places, where

# So many entries a walk passes over before a scan is the shorter way.
PASSED_OVER = 20_000

# What conditions are about, besides the name.
_COLUMNS = (
    "niche_id",
    "status",
    "last_outcome",
    "last_reason",
    "story_until",
    "last_checked_at",
    "conclusive_total",
    "detection_ppm",
)
_CHECKED_ONCE = Sql("last_checked_at IS NOT NULL")
_NEVER_CHECKED = Sql("last_checked_at IS NULL")


async def walk(
    db: Database, what: Wanted, order: Order, *, behind: Place | None, skip: int, count: int
) -> list[Place] | None:
    """Up to *count* profiles in *order* behind a place and *skip* more; fewer mean that there are no more.

    Returns:
        None where only a scan finds them.
    """
    if what.sort is SortBy.NICHE:
        return await _walk_niches(db, what, order, behind=behind, skip=skip, count=count)
    if what.watched:
        return None  # all of them are soon looked at
    if what.sort is SortBy.LAST_CHECKED_AT:
        return await _walk_checked(db, what, order, behind=behind, skip=skip, count=count)
    if what.lanes:
        return await _walk_lane(db, what, order, behind=behind, skip=skip, count=count)
    if what.sort is SortBy.USERNAME:
        return await _walk_names(db, what, order, behind=behind, skip=skip, count=count)
    return None


async def _walk_names(
    db: Database, what: Wanted, order: Order, *, behind: Place | None, skip: int, count: int
) -> list[Place] | None:
    later = () if behind is None else (order.behind(behind),)
    if what.niche is None and what.conditions:
        found = await _walk_rows(db, what, NAMES, order, where(*what.name, *later), skip=skip, count=count)
        return found if len(found) == count else None
    rest = Sql(f"ORDER BY {order.clause} LIMIT ? OFFSET ?", (count, skip))
    source = NAMES if what.niche is None else what.source
    passes = None if what.conditions else skip + count
    return places(await asked(db, "username, NULL AS value", source, what.where(*later), rest, passes=passes))


async def _walk_niches(
    db: Database, what: Wanted, order: Order, *, behind: Place | None, skip: int, count: int
) -> list[Place]:
    """One niche after the other, each in the order of its names."""
    found: list[Place] = []
    upward = order.way == "ASC"
    numbers = range(len(what.lanes)) if upward else range(len(what.lanes) - 1, -1, -1)
    for number in numbers:
        niche = what.lanes[number].params[0]
        passed = behind is not None and (number < behind.value if upward else number > behind.value)
        if passed or what.niche not in (None, niche):
            continue
        start = behind if behind is not None and behind.value == number else None
        here = replace(what, niche=niche)
        later = () if start is None else (order.behind(start),)
        some = await _walk_names(db, here, order, behind=start, skip=skip, count=count - len(found)) or []
        if some:
            skip = 0
        elif skip:
            skip -= await feed.count(db, here, *later)
        found += [Place(number, place.username) for place in some]
        if len(found) == count:
            break
    return found


async def _walk_lane(
    db: Database, what: Wanted, order: Order, *, behind: Place | None, skip: int, count: int
) -> list[Place] | None:
    """By name among those that have the value from which the walk starts; not on to another value."""
    number: int | None = 0 if order.way == "ASC" else len(what.lanes) - 1
    if behind is not None:
        number = behind.value
    elif order.backward and what.absent is not None:
        number = None
    condition = what.absent if number is None else what.lanes[number]
    if condition is None:
        return None
    by_name = Order(None, descending=order.descending, backward=order.backward)
    lane = replace(what, conditions=(*what.conditions, condition))
    some = await _walk_names(db, lane, by_name, behind=behind, skip=skip, count=count)
    return [Place(number, place.username) for place in some] if some is not None and len(some) == count else None


async def _walk_checked(
    db: Database, what: Wanted, order: Order, *, behind: Place | None, skip: int, count: int
) -> list[Place] | None:
    """Along the last checks; those without one stand together at the end of the order and are walked by name."""
    if behind is None:
        parts = [_CHECKED_ONCE, _NEVER_CHECKED][:: -1 if order.backward else 1]
    elif behind.value is None:
        parts = [Sql(f"{_NEVER_CHECKED.text} AND username {order.sign} ?", (behind.username,))]
        parts += [_CHECKED_ONCE] if order.backward else []
    else:
        parts = [Sql(f"(last_checked_at, username) {order.sign} (?, ?)", (behind.value, behind.username))]
        parts += [] if order.backward else [_NEVER_CHECKED]
    found: list[Place] = []
    for part in parts:
        some = await _walk_rows(db, what, CHECKED, order, where(part), skip=skip, count=count - len(found))
        found += some
        if len(found) == count:
            return found
        if what.where().text:
            return None
        if some:
            skip = 0
        elif skip:
            skip -= await _how_many(db, part)
    return found


async def _how_many(db: Database, part: Sql) -> int:
    return int((await asked(db, "count(*) AS n", CHECKED, where(part)))[0]["n"])


async def _walk_rows(
    db: Database, what: Wanted, source: str, order: Order, start: Sql, *, skip: int, count: int
) -> list[Place]:
    """Along an index that has the order but not all that is asked about, so not far."""
    value = "last_checked_at" if source == CHECKED else "NULL"
    way = f"{'' if source == NAMES else f'last_checked_at {order.way}, '}username {order.way}"
    matching = what.where()
    if not matching.text:
        rest = Sql(f"ORDER BY {way} LIMIT ? OFFSET ?", (count, skip))
        return places(await asked(db, f"username, {value} AS value", source, start, rest, passes=skip + count))
    if skip + count > PASSED_OVER:
        return []
    columns: Sequence[str] = [column for column in _COLUMNS if column in matching.text]
    inner = f"SELECT {', '.join(['username', f'{value} AS value', *columns])} FROM {source} {start.text}"  # noqa: S608
    nearby = f"({inner} ORDER BY {way} LIMIT {PASSED_OVER})"
    outer = Sql(matching.text, (*start.params, *matching.params))
    return places(await asked(db, "username, value", nearby, outer, Sql("LIMIT ? OFFSET ?", (count, skip))))
