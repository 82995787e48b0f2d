"""How a line changes when some of those in it move.  Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import StrEnum


class Toward(StrEnum):
    """Where somebody in a line moves: one place, or to an end of it."""

    FRONT = "front"
    UP = "up"
    DOWN = "down"
    BACK = "back"


def moved(line: Sequence[str], moving: Collection[str], toward: Toward) -> list[str]:
    """*line* after those of *moving* in it have moved; they keep their order among themselves.

    Whoever stands at the end that they move toward stays there, and lets none of the others past.
    """
    if toward is Toward.FRONT:
        return sorted(line, key=lambda name: name not in moving)
    if toward is Toward.BACK:
        return sorted(line, key=lambda name: name in moving)
    if toward is Toward.DOWN:
        return moved(line[::-1], moving, Toward.UP)[::-1]
    now: list[str] = []
    for name in line:
        overtakes = name in moving and now and now[-1] not in moving
        now.insert(len(now) - 1 if overtakes else len(now), name)
    return now
