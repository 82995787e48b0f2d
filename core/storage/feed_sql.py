"""A query of the feed as SQL: its conditions as of one moment, its order from either end, places in that order.

Text that people typed only ever comes as a parameter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from core.domain.feed import STATUSES, FeedQuery, SortBy, StoryState
from core.storage.database import Database, Row, sql_time

FEED = "profile INDEXED BY idx_profile_feed"
CHECKED = "profile INDEXED BY idx_profile_checked"
NAMES = "profile INDEXED BY sqlite_autoindex_profile_1"
# Those alone that are watched, who are few; what else is asked about them is read from their rows.
WATCHED = "profile INDEXED BY idx_profile_watched"

# So many entries of an index are passed in a few milliseconds.
_FEW = 20_000
# Sorts after every username that begins with what stands before it.
_LAST = "~"

_ENDED = "(story_until IS NULL OR story_until <= ?)"
_STORY = """CASE WHEN story_until > ? THEN 0 ELSE CASE last_outcome
    WHEN 'live' THEN 1 WHEN 'unknown' THEN 2 WHEN 'none' THEN 3 WHEN 'private' THEN 4 WHEN 'gone' THEN 5 END END"""
_STATUS = "CASE status WHEN 'active' THEN 0 WHEN 'paused' THEN 1 ELSE 2 END"
_NEVER_ABSENT = (SortBy.CHECKS_TOTAL, SortBy.DETECTION_PPM, SortBy.STATUS)
# Those ordered by one of few values are ordered by name among each.
_STATES = tuple(state for state in StoryState if state is not StoryState.NEVER)

_OUTCOMES = {
    StoryState.ENDED: "live",
    StoryState.UNKNOWN: "unknown",
    StoryState.NONE: "none",
    StoryState.PRIVATE: "private",
    StoryState.GONE: "gone",
}


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL and its parameters."""

    text: str
    params: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a profile stands in an order: by its value, absent ones last, and by its name."""

    value: Any
    username: str


@dataclass(frozen=True, slots=True)
class Order:
    """What profiles are ordered by besides their names.

    Args:
        value: None orders by name alone.
        may_miss: Whether the value may be absent.
        backward: From the last one to the first.
    """

    value: Sql | None
    may_miss: bool = False
    descending: bool = False
    backward: bool = False

    @property
    def reverse(self) -> Order:
        """The same order from its other end."""
        return replace(self, backward=not self.backward)

    @property
    def way(self) -> str:
        """ASC or DESC, of values and names."""
        return "DESC" if self.descending != self.backward else "ASC"

    @property
    def sign(self) -> str:
        """Between a value and the one before it."""
        return "<" if self.way == "DESC" else ">"

    @property
    def clause(self) -> str:
        """For ORDER BY, where the value is the column ``value``."""
        parts = [f"value IS NULL {'DESC' if self.backward else 'ASC'}"] if self.may_miss else []
        parts += [] if self.value is None else [f"value {self.way}"]
        return ", ".join([*parts, f"username {self.way}"])

    def behind(self, place: Place) -> Sql:
        """The condition that a profile comes later than *place*."""
        sign = self.sign
        if self.value is None:
            return Sql(f"username {sign} ?", (place.username,))
        text, params = self.value.text, self.value.params
        if place.value is None:
            absent = Sql(f"(({text}) IS NULL AND username {sign} ?)", (*params, place.username))
            return either(absent, Sql(f"({text}) IS NOT NULL", params)) if self.backward else absent
        later = Sql(f"(({text}), username) {sign} (?, ?)", (*params, place.value, place.username))
        return either(later, Sql(f"({text}) IS NULL", params)) if self.may_miss and not self.backward else later


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query as of one moment.

    Args:
        niche: The niche's id; None: all.
        conditions: About anything but niche and name.
        name: About the name.
        lanes: What the profiles of each value have in common, in the order of the values, where there are few of
            them: a story's states, statuses, niches.
        absent: What those have in common that have none of the values.
        watched: The conditions leave only those that are watched.
    """

    niche: int | None
    conditions: tuple[Sql, ...]
    name: tuple[Sql, ...]
    order: Order
    sort: SortBy
    lanes: tuple[Sql, ...] = ()
    absent: Sql | None = None
    watched: bool = False

    @property
    def source(self) -> str:
        """Where everything can be read that is asked about: what a look at all profiles looks at."""
        return WATCHED if self.watched else FEED

    def where(self, *more: Sql) -> Sql:
        """WHERE with all conditions."""
        niche = () if self.niche is None else (Sql("niche_id = ?", (self.niche,)),)
        return where(*niche, *self.name, *self.conditions, *more)


def wanted(query: FeedQuery, now: datetime, niches: Sequence[int] = ()) -> Wanted:
    """What *query* means now.

    Args:
        niches: All niches' ids in the order of their names; only an order by niche needs them.
    """
    at = sql_time(now)
    value = _value(query.sort, at)
    may_miss = value is not None and query.sort not in _NEVER_ABSENT
    order = Order(value, may_miss, query.descending)
    lanes = _lanes(query.sort, at, niches)
    conditions, name = tuple(_conditions(query, now)), tuple(_name(query.prefix))
    absent = _story(frozenset({StoryState.NEVER}), at) if query.sort is SortBy.STORY else None
    return Wanted(query.niche, conditions, name, order, query.sort, lanes, absent, query.watched)


def where(*conditions: Sql) -> Sql:
    """WHERE with all of *conditions*; nothing without any."""
    if not conditions:
        return Sql("")
    return Sql("WHERE " + " AND ".join(each.text for each in conditions), _params(conditions))


def either(*choices: Sql) -> Sql:
    """One of *choices* at least."""
    return Sql(f"({' OR '.join(each.text for each in choices)})", _params(choices))


def selected(order: Order) -> Sql:
    """The columns of a place."""
    value = order.value or Sql("NULL")
    return Sql(f"username, {value.text} AS value", value.params)


async def asked(
    db: Database, columns: str | Sql, source: str, matching: Sql, rest: Sql | None = None, *, passes: int | None = None
) -> list[Row]:
    """The answer to a question in its pieces.

    Args:
        passes: How many entries of an index it looks at, where that is known; few need not wait behind scans.
    """
    what = Sql(columns) if isinstance(columns, str) else columns
    rest = rest or Sql("")
    # Values are parameters; none of the words was typed by anybody.
    text = f"SELECT {what.text} FROM {source} {matching.text} {rest.text}"  # noqa: S608
    ask = db.scan if passes is None or passes > _FEW else db.fetch
    return await ask(text, *what.params, *matching.params, *rest.params)


def places(found: Sequence[Row]) -> list[Place]:
    """The places that rows say."""
    return [Place(row["value"], row["username"]) for row in found]


def _conditions(query: FeedQuery, now: datetime) -> list[Sql]:
    found = [Sql("watched = 1")] if query.watched else []
    found += [_one_of("status", query.statuses)] if query.statuses else []
    found += [_story(query.stories, sql_time(now))] if query.stories else []
    found += [_one_of("last_reason", query.reasons)] if query.reasons else []
    if query.checked is not None:
        age = query.checked.age
        never = Sql("last_checked_at IS NULL")
        found.append(never if age is None else Sql("last_checked_at >= ?", (sql_time(now - age),)))
    if query.seen_live is not None:
        low, high = query.seen_live
        bounds = (low * 10_000, (high + 1) * 10_000)
        found.append(Sql("conclusive_total > 0 AND detection_ppm >= ? AND detection_ppm < ?", bounds))
    return found


def _name(prefix: str | None) -> list[Sql]:
    if prefix is None:
        return [Sql("username < ''")]
    return [Sql("username >= ? AND username < ?", (prefix, prefix + _LAST))] if prefix else []


def _story(states: frozenset[StoryState], now: str) -> Sql:
    outcomes = frozenset(_OUTCOMES[state] for state in states if state in _OUTCOMES)
    choices = [_one_of("last_outcome", outcomes)] if outcomes else []
    choices += [Sql("last_outcome IS NULL")] if StoryState.NEVER in states else []
    if StoryState.LIVE in states:
        return either(Sql("story_until > ?", (now,)), *choices)
    others = either(*choices)
    return Sql(f"{others.text} AND {_ENDED}", (*others.params, now))


def _value(sort: SortBy, now: str) -> Sql | None:
    if sort in (SortBy.USERNAME, SortBy.NICHE):
        return None
    if sort is SortBy.STORY:
        return Sql(_STORY, (now,))
    return Sql(_STATUS if sort is SortBy.STATUS else sort.value)


def _lanes(sort: SortBy, now: str, niches: Sequence[int]) -> tuple[Sql, ...]:
    if sort is SortBy.NICHE:
        return tuple(Sql("niche_id = ?", (niche,)) for niche in niches)
    if sort is SortBy.STORY:
        return tuple(_story(frozenset({state}), now) for state in _STATES)
    return tuple(Sql("status = ?", (status,)) for status in STATUSES) if sort is SortBy.STATUS else ()


def _one_of(column: str, values: frozenset[Any]) -> Sql:
    listed = tuple(sorted(map(str, values)))
    return Sql(f"{column} IN ({', '.join('?' * len(listed))})", listed)


def _params(pieces: Sequence[Sql]) -> tuple[Any, ...]:
    return tuple(param for piece in pieces for param in piece.params)
