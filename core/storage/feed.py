"""Named queries of the feed: whom a query matches, in its order, from any place on, and the rows of a page.

Everything that is asked about stands in one index, which is in the order of niche and name.  So there are two ways
to a page.  A *walk* goes along an index that has the wanted order and stops when the page is full.  A *scan* looks
at all that the index holds of a niche, or of all, and keeps the best; 1,000,000 profiles take it about 150 ms.
"""

from __future__ import annotations

from collections.abc import Sequence

import orjson

from core.domain.feed import SortBy
from core.storage.database import Database, Row
from core.storage.feed_sql import Order, Place, Sql, Wanted, where

# So many entries a walk passes over before a scan is the shorter way.
WALKED_IN_VAIN = 20_000

_FEED = "profile INDEXED BY idx_profile_feed"
_CHECKED = "profile INDEXED BY idx_profile_checked"
_NAMES = "profile INDEXED BY sqlite_autoindex_profile_1"

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

_ROWS = """
SELECT p.username, n.name AS niche, p.niche_id, p.status, p.story_since, p.story_until, p.last_outcome, p.last_reason,
    p.last_checked_at, p.last_story_at, p.checks_total, p.conclusive_total, p.stories_total, p.detection_ppm,
    p.unknown_streak
FROM json_each(?) AS j JOIN profile p ON p.username = j.value JOIN niche n ON n.id = p.niche_id ORDER BY j.key
"""


async def count(db: Database, what: Wanted) -> int:
    """How many match."""
    source = _FEED if what.niche is not None or what.conditions else _NAMES
    found = await _asked(db, "count(*) AS n", source, what.where())
    return int(found[0]["n"])


async def count_named(db: Database, what: Wanted, usernames: Sequence[str]) -> int:
    """How many of *usernames* match."""
    listed = Sql("username IN (SELECT value FROM json_each(?))", (orjson.dumps(list(usernames)).decode(),))
    found = await _asked(db, "count(*) AS n", "profile", what.where(listed))
    return int(found[0]["n"])


async def walk(
    db: Database, what: Wanted, order: Order, *, behind: Place | None, skip: int, count: int
) -> list[Place] | None:
    """Up to *count* profiles in *order* behind a place and *skip* more; fewer mean that there are no more.

    Returns:
        None where only a scan finds them.
    """
    if what.sort is SortBy.LAST_CHECKED_AT:
        return await _walk_checked(db, what, order, behind=behind, skip=skip, count=count)
    if what.sort is not SortBy.USERNAME:
        return None
    later = () if behind is None else (order.behind(behind),)
    if what.niche is None and what.conditions:
        return await _walk_rows(db, what, _NAMES, order, where(*what.name, *later), skip=skip, count=count)
    source = _NAMES if what.niche is None else _FEED
    rest = Sql(f"ORDER BY {order.clause} LIMIT ? OFFSET ?", (count, skip))
    return _places(await _asked(db, "username, NULL AS value", source, what.where(*later), rest))


async def scan(db: Database, what: Wanted, order: Order, *, behind: Place | None, skip: int, count: int) -> list[Place]:
    """Up to *count* profiles in *order* behind a place and *skip* more; fewer mean that there are no more."""
    later = () if behind is None else (order.behind(behind),)
    value = order.value or Sql("NULL")
    rest = Sql(f"ORDER BY {order.clause} LIMIT ? OFFSET ?", (count, skip))
    selected = Sql(f"username, {value.text} AS value", value.params)
    return _places(await _asked(db, selected, _FEED, what.where(*later), rest))


async def names_after(db: Database, what: Wanted, after: str, count: int) -> list[str]:
    """Up to *count* usernames behind *after*, in the order of names whatever the query's own order is."""
    source = _NAMES if what.niche is None else _FEED
    matching = what.where(Sql("username > ?", (after,)))
    found = await _asked(db, "username", source, matching, Sql("ORDER BY username LIMIT ?", (count,)))
    return [row["username"] for row in found]


async def rows(db: Database, usernames: Sequence[str]) -> list[Row]:
    """What the feed shows of *usernames*, in their order; those that are gone are left out."""
    return await db.fetch(_ROWS, orjson.dumps(list(usernames)).decode())


async def _walk_checked(
    db: Database, what: Wanted, order: Order, *, behind: Place | None, skip: int, count: int
) -> list[Place] | None:
    """Along the last checks.  Those without one stand together at the end and are walked by name, from there only."""
    never = order.backward if behind is None else behind.value is None
    if behind is None:
        later = Sql(f"last_checked_at IS {'' if never else 'NOT '}NULL")
    elif never:
        later = Sql(f"last_checked_at IS NULL AND username {_sign(order)} ?", (behind.username,))
    else:
        later = Sql(f"(last_checked_at, username) {_sign(order)} (?, ?)", (behind.value, behind.username))
    return await _walk_rows(db, what, _CHECKED, order, where(later), skip=skip, count=count)


async def _walk_rows(
    db: Database, what: Wanted, source: str, order: Order, start: Sql, *, skip: int, count: int
) -> list[Place] | None:
    """Along an index that has the order but not all that is asked about, so not far; None where that is too far."""
    value = "last_checked_at" if source == _CHECKED else "NULL"
    way = f"{'' if source == _NAMES else f'last_checked_at {order.way}, '}username {order.way}"
    matching = what.where()
    if not matching.text:
        rest = Sql(f"ORDER BY {way} LIMIT ? OFFSET ?", (count, skip))
        found = await _asked(db, f"username, {value} AS value", source, start, rest)
    elif skip + count > WALKED_IN_VAIN:
        return None
    else:
        columns = [column for column in _COLUMNS if column in matching.text]
        inner = f"SELECT {', '.join(['username', f'{value} AS value', *columns])} FROM {source} {start.text}"  # noqa: S608
        nearby = f"({inner} ORDER BY {way} LIMIT {WALKED_IN_VAIN})"
        outer = Sql(matching.text, (*start.params, *matching.params))
        found = await _asked(db, "username, value", nearby, outer, Sql("LIMIT ? OFFSET ?", (count, skip)))
    return _places(found) if len(found) == count else None


def _sign(order: Order) -> str:
    return "<" if order.way == "DESC" else ">"


async def _asked(db: Database, selected: str | Sql, source: str, matching: Sql, rest: Sql | None = None) -> list[Row]:
    what = Sql(selected) if isinstance(selected, str) else selected
    rest = rest or Sql("")
    # Values are parameters; none of the words was typed by anybody.
    text = f"SELECT {what.text} FROM {source} {matching.text} {rest.text}"  # noqa: S608
    return await db.scan(text, *what.params, *matching.params, *rest.params)


def _places(found: Sequence[Row]) -> list[Place]:
    return [Place(row["value"], row["username"]) for row in found]
