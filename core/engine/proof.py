"""What proves an answer: canaries, and witnesses where no canary works.  Shared by the batches of an engine."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.sources.base import Story, Subject

# A witness must outlive the exchange it is meant to prove by a wide margin.
WITNESS_MARGIN = timedelta(minutes=10)
# A canary that proven answers left out this often in a row is used only when no other is left.
MISSING_AFTER = 3
# Resolving a canary costs a look-up; a few are enough to rotate.
RESOLVED_WANTED = 3
LOOK_UPS_PER_CANARY = 2


@dataclass(slots=True)
class CanaryRecord:
    """A canary as the engine knows it.  ``asked`` and ``seen`` count since they were last drained."""

    username: str
    platform_id: str | None
    missed_in_a_row: int = 0
    asked: int = 0
    seen: int = 0
    last_seen_at: datetime | None = None
    learned: bool = False
    look_ups: int = 0
    looking_up: bool = False


@dataclass(frozen=True, slots=True)
class CanaryNews:
    """What the exchanges since the last commit said about one canary."""

    username: str
    platform_id: str | None
    asked: int
    seen: int
    missed_in_a_row: int
    last_seen_at: datetime | None


class Canaries:
    """The operator's canaries, used in turn."""

    def __init__(self) -> None:
        self._records: dict[str, CanaryRecord] = {}
        self._changed: set[str] = set()

    def replace(self, records: Iterable[CanaryRecord]) -> None:
        """Take the list as stored; what is known of those that stay is kept."""
        old = self._records
        self._records = {}
        for record in records:
            known = old.get(record.username)
            if known is not None and (known.platform_id or record.platform_id is None):
                self._records[record.username] = known
            else:
                self._records[record.username] = record
        self._changed &= self._records.keys()

    @property
    def usernames(self) -> tuple[str, ...]:
        """All of them, in the order of their next turn."""
        return tuple(self._records)

    def pick(self, count: int, without: frozenset[str], *, missing: bool = False) -> list[Subject]:
        """Up to *count* canaries whose id is known, those that rested longest first.

        Args:
            missing: Take of those that proven answers leave out, not of those that work.
        """
        chosen: list[CanaryRecord] = []
        for record in self._records.values():
            if len(chosen) == count:
                break
            if record.platform_id is None or record.username in without:
                continue
            if (record.missed_in_a_row >= MISSING_AFTER) is missing:
                chosen.append(record)
        for record in chosen:
            self._records[record.username] = self._records.pop(record.username)
        return [Subject(record.username, record.platform_id) for record in chosen]

    def try_again(self) -> None:
        """A batch begins: a canary that could not be looked up so far gets its look-ups anew."""
        for record in self._records.values():
            if record.platform_id is None and not record.looking_up:
                record.look_ups = 0

    @property
    def wants_look_up(self) -> bool:
        """Whether a canary's id should be learned now."""
        return self._next_to_look_up() is not None

    def to_look_up(self) -> str | None:
        """A canary whose id should be learned now, or None; it counts as being looked up from here on."""
        record = self._next_to_look_up()
        if record is None:
            return None
        record.looking_up = True
        record.look_ups += 1
        return record.username

    def _next_to_look_up(self) -> CanaryRecord | None:
        known = sum(r.platform_id is not None for r in self._records.values())
        busy = sum(r.looking_up for r in self._records.values())
        if known + busy >= RESOLVED_WANTED:
            return None
        for record in self._records.values():
            if record.platform_id is None and not record.looking_up and record.look_ups < LOOK_UPS_PER_CANARY:
                return record
        return None

    @property
    def awaited(self) -> bool:
        """No canary can be used yet, but one is being looked up or still may be."""
        for record in self._records.values():
            if record.platform_id is not None:
                return False
        return any(r.looking_up or r.look_ups < LOOK_UPS_PER_CANARY for r in self._records.values())

    def looked_up(self, username: str, platform_id: str | None, *, counts: bool = True) -> None:
        """A look-up of *username* ended; *platform_id* is None when it found nobody or failed.

        Args:
            counts: False gives the look-up back: it never left.
        """
        record = self._records.get(username)
        if record is None:
            return
        record.looking_up = False
        if not counts:
            record.look_ups -= 1
        if platform_id is not None:
            record.platform_id = platform_id
            self._changed.add(username)

    def answered(self, username: str, *, seen: bool, at: datetime) -> None:
        """An answer that proved itself did or did not show the canary."""
        record = self._records.get(username)
        if record is None:
            return
        record.asked += 1
        if seen:
            record.seen += 1
            record.missed_in_a_row = 0
            record.last_seen_at = at
        else:
            record.missed_in_a_row += 1
        self._changed.add(username)

    def drain(self) -> list[CanaryNews]:
        """What changed since the last call; counts start again at 0."""
        news = []
        for username in sorted(self._changed):
            r = self._records[username]
            news.append(CanaryNews(username, r.platform_id, r.asked, r.seen, r.missed_in_a_row, r.last_seen_at))
            r.asked = r.seen = 0
        self._changed.clear()
        return news

    def not_stored(self, news: Iterable[CanaryNews]) -> None:
        """Hand *news* out again next time: it did not reach storage."""
        for item in news:
            record = self._records.get(item.username)
            if record is not None:
                record.asked += item.asked
                record.seen += item.seen
                self._changed.add(item.username)


class Witnesses:
    """Profiles found live in this batch whose story lasts a while longer."""

    def __init__(self, keep: int = 16) -> None:
        self._recent: deque[tuple[datetime, Subject]] = deque(maxlen=keep)

    def saw(self, subject: Subject, story: Story, now: datetime) -> None:
        """Remember *subject* if its story has more than 10 minutes left."""
        if subject.platform_id is not None and story.until - now > WITNESS_MARGIN:
            self._recent.append((story.until, subject))

    def pick(self, count: int, without: frozenset[str], now: datetime) -> list[Subject]:
        """Up to *count* witnesses that still hold, newest first."""
        chosen: list[Subject] = []
        for until, subject in reversed(self._recent):
            if len(chosen) == count:
                break
            if until - now > WITNESS_MARGIN and subject.username not in without and subject not in chosen:
                chosen.append(subject)
        return chosen
