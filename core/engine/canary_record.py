"""What the engine knows of one canary, and what has to be told of it; and how often sessions saw theirs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from core.domain.canary import MISSING_AFTER, CanaryState, canary_state

Sight = tuple[int, int, int]


@dataclass(slots=True)
class CanaryRecord:
    """A canary as the engine knows it.  ``asked`` and ``seen`` count since they were last drained.

    Args:
        asked_before: What was drained or stored; ``seen_before`` too.
        missing_since: The first proven answer in a row that it was missing from.
        kept: It is stored, so what becomes of it is news; the platform's own list is not.
        missed_by: Sessions whose proven answers it was missing from since it was last seen.
        nobody_by: Sessions that did not find its name, and found others since.
    """

    username: str
    platform_id: str | None
    missed_in_a_row: int = 0
    asked: int = 0
    seen: int = 0
    last_seen_at: datetime | None = None
    learned: bool = False
    look_ups: int = 0
    looking_up: bool = False
    asked_before: int = 0
    seen_before: int = 0
    missing_since: datetime | None = None
    retired_at: datetime | None = None
    last_asked_at: datetime | None = None
    kept: bool = False
    missed_by: set[int] = field(default_factory=set)
    nobody_by: set[int] = field(default_factory=set)

    @property
    def is_missing(self) -> bool:
        """Proven answers leave it out."""
        return self.missed_in_a_row >= MISSING_AFTER

    @property
    def state(self) -> CanaryState:
        """What was measured of it, in a word."""
        return canary_state(
            asked=self.asked_before + self.asked,
            seen=self.seen_before + self.seen,
            missed_in_a_row=self.missed_in_a_row,
            retired=self.retired_at is not None,
        )

    def seen_as_ever(self, at: datetime) -> None:
        """A proven answer showed it, as the one before; what most do, and done for nearly every exchange."""
        self.asked += 1
        self.seen += 1
        self.last_asked_at = self.last_seen_at = at

    def count(self, *, seen: bool, at: datetime, session_id: int | None) -> None:
        """A proven answer did or did not show it."""
        self.asked += 1
        self.last_asked_at = at
        if seen:
            self.seen += 1
            self.missed_in_a_row, self.missing_since, self.last_seen_at = 0, None, at
            self.missed_by.clear()
            return
        self.missed_in_a_row += 1
        self.missing_since = self.missing_since or at
        if session_id is not None:
            self.missed_by.add(session_id)

    def drained(self) -> CanaryNews:
        """What is to be told of it; the counts start again at 0."""
        news = CanaryNews(
            self.username,
            self.platform_id,
            self.asked,
            self.seen,
            self.missed_in_a_row,
            self.last_seen_at,
            self.missing_since,
            self.retired_at,
        )
        self.asked_before += self.asked
        self.seen_before += self.seen
        self.asked = self.seen = 0
        return news

    def not_stored(self, news: CanaryNews) -> None:
        """*news* did not reach storage."""
        self.asked += news.asked
        self.seen += news.seen
        self.asked_before -= news.asked
        self.seen_before -= news.seen


@dataclass(frozen=True, slots=True)
class CanaryNews:
    """What the exchanges since the last commit said about one canary."""

    username: str
    platform_id: str | None
    asked: int
    seen: int
    missed_in_a_row: int
    last_seen_at: datetime | None
    missing_since: datetime | None = None
    retired_at: datetime | None = None


class Sightings:
    """In how many answers, by session, a working canary was asked for and seen."""

    def __init__(self) -> None:
        self._counts: dict[int, list[int]] = {}

    def add(self, session_id: int, *, seen: bool) -> None:
        """An answer named a canary."""
        counts = self._counts.get(session_id)
        if counts is None:
            counts = self._counts[session_id] = [0, 0]
        counts[0] += 1
        counts[1] += seen

    def drain(self) -> list[Sight]:
        """Session, asked, seen, since the last call."""
        drained = [(session_id, asked, seen) for session_id, (asked, seen) in self._counts.items()]
        self._counts.clear()
        return drained

    def not_stored(self, sights: Iterable[Sight]) -> None:
        """They did not reach storage: hand them out again."""
        for session_id, asked, seen in sights:
            counts = self._counts.setdefault(session_id, [0, 0])
            counts[0] += asked
            counts[1] += seen
