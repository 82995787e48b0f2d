"""Pretend platforms without sockets, and how the tests ask them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sandbox.faults import Faults, RowFault
from sandbox.logins import Login
from sandbox.people import Person
from sandbox.platform import Decision, Platform
from sandbox.question import read_question
from sandbox.scenario import Scenario

NOW = 1_790_000_000.0


def world(**changes: Any) -> Platform:
    """A platform as *changes* to the scenario make it."""
    return Platform(Scenario(**{"profiles": 60, "proxies": 4} | changes), NOW)


def failing(*rows: RowFault, **faults: Any) -> Platform:
    """A platform with faults."""
    return world(faults=Faults(rows=rows, **faults))


def stories(people: Iterable[Person | str]) -> str:
    """The path that asks for the stories of *people*, or of ids."""
    ids = (each if isinstance(each, str) else each.id for each in people)
    return "/api/v1/feed/reels_media/?" + "&".join(f"reel_ids={each}" for each in ids)


def named(username: str) -> str:
    """The path that looks a name up."""
    return f"/api/v1/users/web_profile_info/?username={username}"


def numbered(identity: str) -> str:
    """The path that looks an id up."""
    return f"/api/v1/users/{identity}/info/"


def ask(
    platform: Platform,
    path: str,
    *,
    login: Login | None = None,
    address: str = "127.0.0.2",
    now: float = NOW,
    monotonic: float = 0.0,
) -> Decision:
    """What the first session (or *login*) gets."""
    return platform.decide(read_question(path), login or platform.logins[0], address, now, monotonic)


def said(decision: Decision) -> Any:
    """The JSON of a decision's body."""
    return json.loads(decision.answer.body)


def shown(decision: Decision) -> set[str]:
    """The ids of the live people in an answer for stories."""
    data = said(decision)
    found = [*_reels(data.get("reels")), *_reels(data.get("reels_media"))]
    return {str(reel["id"]) for reel in found if reel["latest_reel_media"] > NOW - 86_400}


def _reels(container: Any) -> list[Any]:
    return list(container.values()) if isinstance(container, dict) else container or []


def live(platform: Platform) -> list[Person]:
    """The people whose story everybody sees now."""
    truth = platform.people.truth(NOW)
    return [person for person in platform.people.people if truth[person.username] == "live"]


def of(platform: Platform, outcome: str) -> Person:
    """Somebody of whom *outcome* is right."""
    truth = platform.people.truth(NOW)
    return next(person for person in platform.people.people if truth[person.username] == outcome)
