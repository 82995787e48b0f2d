"""The platform's good answers, in the shapes that the real one uses.  Judges nothing, keeps no state.

Numbers come as numbers or as text, reels in one container or in both, people without a story as an absent
key, an empty reel or a reel of ended parts: each decided by the seed, so that a reader has to cope with all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson

from sandbox.chance import pick
from sandbox.people import DAY, Person, State

Json = dict[str, Any]

_LISTED_ANYWAY = 8  # one in so many without a story is listed
_WITHOUT_ITEMS = 24  # one in so many live reels comes without its items
_PARTS_PER_REEL = 100
_REMEMBERED = 16_384  # reels, as they were last written


@dataclass(frozen=True, slots=True)
class Moment:
    """When an answer is written.

    Args:
        now: Seconds since 1970.
        ahead: How far the platform's own clock is ahead of it.
    """

    now: float
    ahead: float = 0.0

    def told(self, seconds: float) -> int:
        """What the platform's clock calls this moment."""
        return int(seconds + self.ahead)


def identity(person: Person) -> int | str:
    """The person's id, as a number or as text."""
    return int(person.id) if person.lot & 1 else person.id


def reels(seed: int, present: Sequence[Json], asked: str) -> Json:
    """The answer that holds *present*; *asked* decides in which containers."""
    keyed = {str(reel["id"]): reel for reel in present}
    match pick(seed, "containers", asked) % 6:
        case 0:
            return {"reels": keyed, "status": "ok"}
        case 1:
            return {"reels_media": list(present), "status": "ok"}
        case 2:
            return {"reels_media": keyed, "status": "ok"}
        case _:
            return {"reels": keyed, "reels_media": list(present), "status": "ok"}


def reel(at: Moment, person: Person) -> Json | None:
    """The person's reel; None where the key is absent, as is usual for people without a story."""
    moments = tuple(person.parts(at.now))
    if not moments:
        return _empty_reel(at, person)
    without_items = (person.lot >> 8) % _WITHOUT_ITEMS == 0
    items = None if without_items else _items(at.ahead, person, person.name, moments)
    return _reel(at, person, moments[-1], len(moments), items)


def lite_reel(at: Moment, person: Person) -> Json:
    """As the tray lists it: without items."""
    return _reel(at, person, person.newest(at.now), len(person.parts(at.now)), None)


def _empty_reel(at: Moment, person: Person) -> Json | None:
    lot = person.lot >> 16
    if lot % _LISTED_ANYWAY:
        return None
    latest = person.newest(at.now)
    match lot // _LISTED_ANYWAY % 3:
        case 0:
            return _reel(at, person, None, 0, [])
        case 1:
            return _reel(at, person, latest, 0, None)
        case _:
            ended = [] if latest is None else _items(at.ahead, person, person.name, (latest,))
            return _reel(at, person, latest, 1, ended)


def _reel(at: Moment, person: Person, latest: int | None, count: int, items: object) -> Json:
    return {
        "id": identity(person),
        "reel_type": "user_reel",
        "latest_reel_media": 0 if latest is None else at.told(latest),
        # The same for everybody, with and without a story: it proves nothing.
        "expiring_at": at.told(at.now + DAY),
        "seen": 0,
        "can_reply": True,
        "media_count": count,
        "prefetch_count": 0,
        "has_besties_media": False,
        "muted": False,
        "user": _reel_user(person, person.name),
        "items": items,
    }


@lru_cache(maxsize=_REMEMBERED)
def _reel_user(person: Person, name: str) -> orjson.Fragment:
    return _written(
        {
            "pk": identity(person),
            "username": name,
            "full_name": _full_name(person),
            "is_private": False,
            "is_verified": False,
            "friendship_status": _friendship(),
        }
    )


@lru_cache(maxsize=_REMEMBERED)
def _items(ahead: float, person: Person, name: str, moments: tuple[int, ...]) -> orjson.Fragment:
    return _written([_item(ahead, person, name, moment) for moment in moments])


def _item(ahead: float, person: Person, name: str, taken_at: int) -> Json:
    number = (int(person.id) * _PARTS_PER_REEL + taken_at % 86_400) & ((1 << 62) - 1)
    video = number & 1 == 1
    item: Json = {
        "pk": str(number),
        "id": f"{number}_{person.id}",
        "taken_at": int(taken_at + ahead),
        "expiring_at": int(taken_at + ahead + DAY),
        "media_type": 2 if video else 1,
        "code": f"C{number:x}",
        "user": {"pk": identity(person), "username": name},
    }
    if video:
        item["video_duration"] = 12.5
    return item


def _written(data: object) -> orjson.Fragment:
    return orjson.Fragment(orjson.dumps(data))


def by_name(at: Moment, person: Person) -> Json:
    """What web_profile_info says of *person*."""
    user: Json = {
        "id": person.id,
        "username": person.name,
        "full_name": _full_name(person),
        # Words of the failure table in a place where nobody may look for them.
        "biography": "No spam please. Fail better. Please wait a few minutes for the kettle.",
        "is_private": person.state is State.PRIVATE,
        "is_verified": False,
        "followed_by_viewer": False,
        "requested_by_viewer": False,
        "blocked_by_viewer": False,
        "has_blocked_viewer": False,
        "is_business_account": bool(person.lot & 2),
        "highlight_reel_count": person.lot % 12,
        "edge_followed_by": {"count": person.lot % 50_000},
    }
    if person.lot & 4:
        latest = person.newest(at.now) if person.is_live(at.now) and person.state is State.PUBLIC else None
        user |= {"latest_reel_media": 0 if latest is None else at.told(latest), "live_broadcast_id": None}
    return {"data": {"user": user}, "status": "ok"}


def by_id(person: Person) -> Json:
    """What users/{id}/info says of *person*."""
    user: Json = {
        "pk": identity(person),
        "username": person.name,
        "full_name": _full_name(person),
        "is_private": person.state is State.PRIVATE,
        "is_verified": False,
        "follower_count": person.lot % 50_000,
        "friendship_status": _friendship(),
    }
    return {"user": user, "status": "ok"}


def search(found: Sequence[Person]) -> Json:
    """What topsearch says when it finds *found*."""
    users = [
        {
            "position": position,
            "user": {
                "pk": identity(person),
                "username": person.name,
                "full_name": _full_name(person),
                "is_private": person.state is State.PRIVATE,
            },
        }
        for position, person in enumerate(found)
    ]
    return {"users": users, "places": [], "hashtags": [], "has_more": False, "status": "ok"}


def _full_name(person: Person) -> str:
    return person.username.replace("_", " ").replace(".", " ").title()


def _friendship() -> Json:
    return {"following": False, "followed_by": False, "blocking": False, "is_private": False, "outgoing_request": False}
