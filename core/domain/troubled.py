"""Profiles whose questions fail on routes that carry others.  Pure, and bounded in memory.

A poisonous profile would otherwise burn one route after the other.
"""

from __future__ import annotations

from collections.abc import Iterable

from core.domain.failure import Named

ROUTES = 3
MOST_REMEMBERED = 2_048


class Troubled:
    """By profile: the sessions on which a question about it failed right after another one had gone well there."""

    __slots__ = ("_failed_on",)

    def __init__(self) -> None:
        self._failed_on: dict[str, set[int]] = {}

    def __len__(self) -> int:
        return len(self._failed_on)

    def failed(self, session: int, about: Iterable[str]) -> None:
        """A question about these failed on a session that had just carried another one."""
        for name in about:
            sessions = self._failed_on.pop(name, None) or set()
            if len(sessions) < ROUTES:
                sessions.add(session)
            # Put last again: whoever was not in trouble for the longest time is forgotten first.
            self._failed_on[name] = sessions
        while len(self._failed_on) > MOST_REMEMBERED:
            del self._failed_on[next(iter(self._failed_on))]

    def did_well(self, about: Iterable[Named]) -> None:
        """A question about these went well."""
        for each in about:
            self._failed_on.pop(each.username, None)

    def is_poisonous(self, about: Iterable[str]) -> bool:
        """Whether one of these has failed on three routes that carry others."""
        if not self._failed_on:
            return False
        return any(len(self._failed_on.get(name, ())) >= ROUTES for name in about)
