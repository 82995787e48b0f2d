"""The answers to questions for stories: who has a live one, since when and until when.

Owns the shapes in which reels come and the rule for what is live (platforms §A2, §A3).  Whether
somebody's absence means anything is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite

from core.sources.base import Story
from core.sources.http_time import DAY
from core.sources.instagram_people import platform_id

# Moments outside are none of a story: the platform opened in 2010, and a story lasts a day.
_EARLIEST = 1_262_304_000.0  # 2010-01-01
_LATEST = 4_102_444_800.0  # 2100-01-01: what a datetime surely holds
_AHEAD = 7 * DAY
_LONGEST_DIGITS = 12

_NESTED = "xdt_api__v1__feed__reels_media"
_EDGES = "xdt_api__v1__feed__reels_media__connection"
_CONTAINERS = ("reels", "reels_media", _NESTED, _EDGES)

# Collections of a person's that are not their present story.
_OTHER_COLLECTIONS = frozenset({"highlight_reel", "archive_day_reel", "mas_reel"})
_SOMEBODY = ""  # in place of an owner that cannot be told

_from_seconds = datetime.fromtimestamp

_Entry = tuple[object, object]  # the key it came under (None in a list) and the reel


@dataclass(slots=True)
class Stories:
    """What an answer shows.

    Args:
        live: By platform id, asked ones only.
        unasked: How many reels are of somebody who was not asked for.
        unreadable: Some reel is, or may be, of an asked one and cannot be read, so who is missing is not absent.
    """

    live: Mapping[str, Story]
    unasked: int
    unreadable: bool


class _Unreadable(Exception):
    """A reel does not tell whether it holds a live story."""


def stories_in(data: Mapping[str, object], asked: frozenset[str], now: float) -> Stories | None:
    """What *data* shows of *asked* at *now* (seconds); None when it has no place for reels."""
    entries = _entries(data)
    if entries is None:
        return None
    live: dict[str, Story] = {}
    strangers: set[str] = set()
    unreadable: set[str] = set()
    for key, reel in entries:
        if (usual := _usual(key, reel, asked, now)) is not None:
            live.setdefault(*usual)
            continue
        if _is_other_collection(key, reel):
            continue
        owner = _owner(key, reel)
        if owner in live:
            continue
        if owner != _SOMEBODY and owner not in asked:
            strangers.add(owner)
            continue
        try:
            if (story := _story(owner, reel, now)) is not None:
                live[owner] = story
        except _Unreadable:
            unreadable.add(owner)
    return Stories(live, len(strangers), bool(unreadable.difference(live)))


def has_place_for_reels(data: Mapping[str, object]) -> bool:
    """Whether a field for reels is there and filled, readable or not (failure table row 32 when it is not)."""
    inner = data.get("data")
    places = (data, inner) if isinstance(inner, dict) else (data,)
    return "reel" in data or any(place.get(name) is not None for place in places for name in _CONTAINERS)


# -- where reels are ----------------------------------------------------------


def _entries(data: Mapping[str, object]) -> list[_Entry] | None:
    found: list[_Entry] = []
    known = _collect(data, found)
    inner = data.get("data")
    if isinstance(inner, dict):
        known |= _collect(inner, found)
        known |= _collect_nested(inner, found)
    return found if known else None


def _collect(data: Mapping[str, object], found: list[_Entry]) -> bool:
    """Add the reels of the plain containers to *found*; whether there is a container."""
    known = False
    for name in ("reels", "reels_media"):
        reels = data.get(name)
        if isinstance(reels, dict):
            found += [(key, reel) for key, reel in reels.items() if reel is not None]
        elif isinstance(reels, list):
            found += _unkeyed(reels)
        else:
            continue
        known = True
    if "reel" in data:  # feed/user/{id}/story/: null says that there is no story
        reel = data["reel"]
        found += _unkeyed([reel])
        known = True
    return known


def _collect_nested(inner: Mapping[str, object], found: list[_Entry]) -> bool:
    """The same for what the site's own pages get: a container in a container, or a list of edges."""
    known = False
    reels = inner.get(_NESTED)
    if isinstance(reels, dict):
        known = _collect(reels, found)
    connection = inner.get(_EDGES)
    edges = connection.get("edges") if isinstance(connection, dict) else None
    if isinstance(edges, list):
        found += _unkeyed(edge.get("node") if isinstance(edge, dict) else edge for edge in edges)
        known = True
    return known


def _unkeyed(reels: Iterable[object]) -> list[_Entry]:
    return [(None, reel) for reel in reels if reel is not None]


# -- whose a reel is ----------------------------------------------------------


def _is_other_collection(key: object, reel: object) -> bool:
    """Whether it is a highlight, the archive or a story of several authors: none of them is somebody's story."""
    if isinstance(reel, dict):
        kind = reel.get("reel_type")
        if kind == "user_reel":
            return False
        if isinstance(kind, str) and kind in _OTHER_COLLECTIONS:
            return True
        key = reel.get("id") if key is None else key
    return isinstance(key, str) and key.startswith("highlight:")


def _owner(key: object, reel: object) -> str:
    """The platform id of whose reel it is.

    :data:`_SOMEBODY` where there is no id, or where the ids that it carries do not agree: presence is
    believed at once, so it must be nobody else's.
    """
    named = [key]
    if isinstance(reel, dict):
        user = reel.get("user") or reel.get("owner")
        named += [reel.get("id"), (user.get("pk") or user.get("id")) if isinstance(user, dict) else None]
    owners = {platform_id(value) for value in named if value is not None}
    return (owners.pop() or _SOMEBODY) if len(owners) == 1 else _SOMEBODY


def _usual(key: object, reel: object, asked: frozenset[str], now: float) -> tuple[str, Story] | None:
    """The owner and live story of a reel as nearly all of them are; None leaves it to be looked at with care.

    The careful way says the same of it and takes five times as long (a property test holds them together).
    """
    if (
        type(reel) is not dict
        or type(key) is not str
        or key not in asked
        or reel.get("reel_type", "user_reel") != "user_reel"
    ):
        return None
    user, items = reel.get("user"), reel.get("items")
    if type(user) is not dict or reel.get("id") != key or user.get("pk") != key or type(items) is not list:
        return None
    since, until, latest = _LATEST, 0.0, min(now + _AHEAD, _LATEST)
    for item in items:
        if type(item) is not dict:
            return None
        taken, ends = item.get("taken_at"), item.get("expiring_at")
        if type(taken) is not int or type(ends) is not int:
            return None
        if not (_EARLIEST <= taken <= latest and _EARLIEST <= ends <= latest):
            return None
        if ends > now:
            # Not by min and max, which take as long as all of this.
            if taken < since:
                since = taken
            if ends > until:
                until = ends
    # Whole seconds by now.
    return (key, Story(_from_seconds(since, UTC), _from_seconds(until, UTC))) if until else None


# -- what is live -------------------------------------------------------------


def _story(owner: str, reel: object, now: float) -> Story | None:
    """The story of *owner* that is live at *now*, or None.

    Raises:
        _Unreadable: It may be anybody's, it is a kind of reel that is not known, or there are items and no
            time tells whether one is live.
    """
    if owner == _SOMEBODY or not isinstance(reel, dict) or reel.get("reel_type") not in (None, "user_reel"):
        raise _Unreadable
    items = reel.get("items")
    if items is None or items == []:
        return _story_without_items(reel, now)
    parts = [_lifetime(item, now) for item in items] if isinstance(items, list) else [None]
    unexpired = [part for part in parts if part is not None and part[1] > now]
    if unexpired:
        posted = [taken for taken, _ in unexpired if taken is not None]
        return Story(_aware(min(posted)) if posted else None, _aware(max(ends for _, ends in unexpired)))
    if None not in parts:
        return None
    if reel.get("latest_reel_media") is None:
        raise _Unreadable
    return _story_without_items(reel, now)


def _story_without_items(reel: Mapping[str, object], now: float) -> Story | None:
    """What the reel's own fields tell.  Its expiry alone is no proof: lists give every reel now + 24 h (§A3).

    Raises:
        _Unreadable: The time of the newest part is none.
    """
    told = reel.get("latest_reel_media")
    if told is None or told == 0:
        return None
    latest = _moment(told, now)
    if latest is None:
        raise _Unreadable
    expires = _moment(reel.get("expiring_at"), now)
    until = latest + DAY if expires is None else min(expires, latest + DAY)
    return Story(None, _aware(until)) if until > now else None


def _lifetime(item: object, now: float) -> tuple[float | None, float] | None:
    """When an item was posted and when it ends; None when it does not tell."""
    if not isinstance(item, dict):
        return None
    taken = _moment(item.get("taken_at"), now) or _moment(item.get("taken_at_timestamp"), now)
    expires = _moment(item.get("expiring_at"), now) or _moment(item.get("expiring_at_timestamp"), now)
    if expires is None:
        return None if taken is None else (taken, taken + DAY)
    return taken, expires


def _moment(value: object, now: float) -> float | None:
    """A moment of a story in seconds since 1970; None for what is none: ``true``, 0, milliseconds, next year."""
    if type(value) is str:
        if not (value.isascii() and value.isdigit() and len(value) <= _LONGEST_DIGITS):
            return None
        seconds = float(value)
    elif type(value) is int or (type(value) is float and isfinite(value)):
        seconds = float(value)
    else:
        return None
    return seconds if _EARLIEST <= seconds <= min(now + _AHEAD, _LATEST) else None


def _aware(seconds: float) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)
