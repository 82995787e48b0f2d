"""What proves an answer: canaries, and witnesses where no canary works.  Shared by the batches of an engine."""

from __future__ import annotations

from collections import deque
from collections.abc import Container, Iterable, Sequence
from datetime import datetime, timedelta

from core.domain.canary import SESSIONS_FOR_NOBODY, CanaryState, why_retired
from core.domain.transition import Cause, Kind, Transition, because
from core.domain.verdict import Reason
from core.engine.canary_record import CanaryNews, CanaryRecord, Sightings
from core.sources.base import Story, Subject

__all__ = ["Canaries", "CanaryNews", "CanaryRecord", "Witnesses"]

# A witness must outlive the exchange it is meant to prove by a wide margin.
WITNESS_MARGIN = timedelta(minutes=10)
# One that proven answers leave out may be back; it rides along so seldom that 20 misses take longer than 48 hours.
RIDES_AGAIN_AFTER = timedelta(hours=3)
# Resolving a canary costs a look-up; a few are enough to rotate.
RESOLVED_WANTED = 3
LOOK_UPS_PER_CANARY = 2


class Canaries:
    """The operator's canaries, used in turn.  One that is missing from proven answers is used when no other is left.

    One that is missing everywhere, or that nobody finds, retires: it is used no more until a person adds it again.
    """

    def __init__(self) -> None:
        self.sightings = Sightings()
        self._records: dict[str, CanaryRecord] = {}
        self._retired: dict[str, CanaryRecord] = {}
        self._changed: set[str] = set()
        self._transitions: list[Transition] = []
        self._missing: set[str] = set()
        # Names that a session did not find, until it finds somebody.
        self._nobody: dict[int, set[str]] = {}

    def replace(self, records: Iterable[CanaryRecord]) -> None:
        """Take the list as stored; what is known of those that stay is kept."""
        old = self._records
        self._records = {}
        for record in records:
            if record.username in self._retired and record.username in self._changed:
                continue  # that it retired is not stored yet
            self._retired.pop(record.username, None)
            known = old.get(record.username)
            if known is not None and (known.platform_id or record.platform_id is None):
                self._records[record.username] = known
            else:
                self._records[record.username] = record
        self._changed &= self._records.keys() | self._retired.keys()
        self._missing = {record.username for record in self._records.values() if record.is_missing}

    @property
    def usernames(self) -> tuple[str, ...]:
        """All of them, in the order of their next turn."""
        return tuple(self._records)

    def id_of(self, username: str) -> str | None:
        """The platform's id of one of them, as far as it is known."""
        record = self._records.get(username)
        return None if record is None else record.platform_id

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
            if record.is_missing is missing:
                chosen.append(record)
        for record in chosen:
            self._records[record.username] = self._records.pop(record.username)
        return [Subject(record.username, record.platform_id) for record in chosen]

    def rider(self, without: Container[str], now: datetime) -> list[Subject]:
        """A canary that proven answers leave out and that was not asked for of late, to see whether it is back."""
        for username in sorted(self._missing) if self._missing else ():
            record = self._records[username]
            if record.platform_id is None or username in without:
                continue
            if record.last_asked_at is None or now - record.last_asked_at >= RIDES_AGAIN_AFTER:
                record.last_asked_at = now
                return [Subject(record.username, record.platform_id)]
        return []

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

    # -- what answers say -----------------------------------------------------------

    def heard(self, extras: Sequence[Subject], live: Container[str | None], session_id: int, at: datetime) -> None:
        """An answer about *extras*, among whom may be canaries, showed who is *live*.

        One that shows nobody says nothing of the canaries; of its session it does.
        """
        proven, named, seen = bool(live), False, False
        for subject in extras:
            record = self._records.get(subject.username)
            if record is None:
                continue
            is_seen = subject.platform_id in live
            seen |= is_seen
            named |= is_seen or not record.is_missing
            if proven:
                self._count(record, is_seen, at, session_id)
        if named:
            self.sightings.add(session_id, seen=seen)
        if proven:
            self.session_sees(session_id, at)

    def answered(self, username: str, *, seen: bool, at: datetime, session_id: int | None = None) -> None:
        """An answer that proved itself did or did not show the canary."""
        record = self._records.get(username)
        if record is not None:
            self._count(record, seen, at, session_id)

    def found_nobody(self, username: str, session_id: int) -> None:
        """The session looked the canary's name up and found nobody; that counts once it has found somebody else."""
        record = self._records.get(username)
        if record is not None and record.platform_id is None:
            self._nobody.setdefault(session_id, set()).add(username)

    def session_sees(self, session_id: int, at: datetime) -> None:
        """The session found somebody: whom it did not find before, it did not miss by being blind."""
        for username in self._nobody.pop(session_id, ()):
            record = self._records.get(username)
            if record is None or record.platform_id is not None:
                continue
            record.nobody_by.add(session_id)
            if len(record.nobody_by) >= SESSIONS_FOR_NOBODY:
                why = f"{len(record.nobody_by)} sessions that find others find no account of this name"
                self._retire(record, because(Reason.NOT_FOUND.value, why), at)

    def _count(self, record: CanaryRecord, seen: bool, at: datetime, session_id: int | None) -> None:
        self._changed.add(record.username)
        if seen and not record.missed_in_a_row and record.last_seen_at is not None:
            record.seen_as_ever(at)
            return
        before = record.state
        record.count(seen=seen, at=at, session_id=session_id)
        (self._missing.add if record.is_missing else self._missing.discard)(record.username)
        after = record.state
        if after is not before:
            self._note(record, before, after, (Cause.SEEN if seen else Cause.NOT_SEEN).value, at)
        if seen or record.missing_since is None:
            return
        why = why_retired(
            missed_in_a_row=record.missed_in_a_row,
            sessions=len(record.missed_by),
            missing_since=record.missing_since,
            now=at,
        )
        if why is not None:
            self._retire(record, because(Cause.NOT_SEEN.value, why), at)

    def _retire(self, record: CanaryRecord, why: str, at: datetime) -> None:
        if not record.kept:
            return
        before, record.retired_at = record.state, at
        self._note(record, before, CanaryState.RETIRED, why, at)
        self._missing.discard(record.username)
        self._retired[record.username] = self._records.pop(record.username)
        self._changed.add(record.username)

    def _note(self, record: CanaryRecord, before: CanaryState, after: CanaryState, why: str, at: datetime) -> None:
        if record.kept:
            name = record.username
            self._transitions.append(Transition(at, Kind.CANARY, None, before.value, after.value, why, None, name))

    # -- what is stored of them -------------------------------------------------------

    def drain(self) -> list[CanaryNews]:
        """What changed since the last call; counts start again at 0."""
        known = self._records | self._retired
        news = [known[username].drained() for username in sorted(self._changed)]
        self._changed.clear()
        return news

    def take_transitions(self) -> tuple[Transition, ...]:
        """Changes of state since the last call, in order."""
        taken = tuple(self._transitions)
        self._transitions.clear()
        return taken

    def not_stored(self, news: Iterable[CanaryNews]) -> None:
        """Hand *news* out again next time: it did not reach storage."""
        known = self._records | self._retired
        for item in news:
            record = known.get(item.username)
            if record is not None:
                record.not_stored(item)
                self._changed.add(item.username)


class Witnesses:
    """Profiles found live in this batch whose story lasts a while longer."""

    def __init__(self, keep: int = 16) -> None:
        self._recent: deque[tuple[datetime, str, str]] = deque(maxlen=keep)

    def saw(self, username: str, platform_id: str | None, story: Story, now: datetime) -> None:
        """Remember the profile if its story has more than 10 minutes left."""
        if platform_id is not None and story.until - now > WITNESS_MARGIN:
            self._recent.append((story.until, username, platform_id))

    def pick(self, count: int, without: frozenset[str], now: datetime) -> list[Subject]:
        """Up to *count* witnesses that still hold, newest first."""
        chosen: list[Subject] = []
        for until, username, platform_id in reversed(self._recent):
            if len(chosen) == count:
                break
            if until - now > WITNESS_MARGIN and username not in without:
                subject = Subject(username, platform_id)
                if subject not in chosen:
                    chosen.append(subject)
        return chosen
