"""What the feed shows as an address, and the other way: niche, conditions, search, order.  Pure.

The same words stand in the browser's address, in links, and in what the table asks of ``/data/profiles``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

from core.domain.feed import STATUSES, Checked, FeedQuery, SortBy, StoryState
from core.domain.verdict import Reason
from panel.place import Place, TabName

_Word = TypeVar("_Word", bound=StrEnum)
# Longer ones are nobody's, and an address has an end.
_LONGEST_SEARCH = 100
_YES = "yes"


def query_at(place: Place) -> FeedQuery:
    """What *place* shows; words that mean nothing are left out, so that every address shows something."""
    return query_of(dict(place.options) | ({} if place.item is None else {"niche": place.item}))


def place_of(query: FeedQuery, *, profile: str | None = None) -> Place:
    """Where *query* is shown."""
    words = words_of(query)
    niche = words.pop("niche", None)
    return Place(TabName.FEED, niche, profile, tuple(sorted(words.items())))


def query_of(words: Mapping[str, str]) -> FeedQuery:
    """The query that *words* say."""
    sort, descending = _sort(words.get("sort", ""))
    return FeedQuery(
        niche=_number(words.get("niche", "")),
        stories=frozenset(_known(StoryState, words.get("story", ""))),
        statuses=frozenset(word for word in words.get("status", "").split(",") if word in STATUSES),
        reasons=frozenset(_known(Reason, words.get("reason", ""))),
        checked=next(_known(Checked, words.get("checked", "")), None),
        seen_live=_range(words.get("seen", "")),
        watched=words.get("watched") == _YES,
        username=words.get("q", "").strip()[:_LONGEST_SEARCH],
        sort=sort,
        descending=descending,
    )


def words_of(query: FeedQuery) -> dict[str, str]:
    """The words that say *query*; what is not asked for has none."""
    words = {
        "niche": "" if query.niche is None else str(query.niche),
        "story": _in_order(query.stories),
        "status": _in_order(query.statuses),
        "reason": _in_order(query.reasons),
        "checked": query.checked or "",
        "seen": "" if query.seen_live is None else "{}-{}".format(*query.seen_live),
        "watched": _YES if query.watched else "",
        "q": query.username,
        "sort": ("-" if query.descending else "") + query.sort,
    }
    if words["sort"] == SortBy.USERNAME:
        del words["sort"]
    return {name: str(word) for name, word in words.items() if word}


def unfiltered(query: FeedQuery) -> FeedQuery:
    """The same niche in the same order, without any condition."""
    return FeedQuery(query.niche).in_order(query.sort, descending=query.descending)


def same_profiles(one: FeedQuery, other: FeedQuery) -> bool:
    """Whether both match the same profiles, in whatever order."""
    return one.in_order(SortBy.USERNAME) == other.in_order(SortBy.USERNAME)


def _known(kind: type[_Word], words: str) -> Iterator[_Word]:
    known = set(kind)
    return (kind(word) for word in words.split(",") if word in known)


def _in_order(words: Iterable[str]) -> str:
    return ",".join(sorted(words))


def _sort(word: str) -> tuple[SortBy, bool]:
    for sort in _known(SortBy, word.removeprefix("-")):
        return sort, word.startswith("-")
    return SortBy.USERNAME, False


def _number(word: str) -> int | None:
    return int(word) if word.isascii() and word.isdigit() and len(word) <= 15 else None


def _range(word: str) -> tuple[int, int] | None:
    low, _, high = word.partition("-")
    least, most = _number(low), _number(high)
    return (least, most) if least is not None and most is not None and least <= most <= 100 else None
