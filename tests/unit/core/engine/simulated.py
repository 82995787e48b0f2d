"""A pretend platform with pretend sessions, in memory, that plays whole batches against an inquiry.

It answers as the platform does, faults included, keeps the truth and a record of all that was said, and
lends sessions as the pool does: least recently used, avoided ones only where no other is left.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from core.domain.verdict import Blame, Outcome, Reason
from core.engine.case import Result, Target
from core.engine.inquiry import Carrier, Inquiry, Policy, Purpose, Step, Worth
from core.engine.proof import Canaries, CanaryRecord
from core.sources.base import Found, Kind, Question, Reading, Story, Subject

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
DAY_LONG = timedelta(hours=23)


@dataclass
class Person:
    """What is true of a profile, and what the database believes."""

    username: str
    truth: Outcome
    id_known: bool = True
    thought_private: bool = False
    thought_gone: bool = False
    thought_live: bool = False
    look_due: bool = False
    followed_by: int | None = None

    @property
    def platform_id(self) -> str:
        return f"id-{self.username}"

    @property
    def hidden(self) -> bool:
        """Nothing makes the checker doubt the cached id, so that NONE is the best it can say."""
        return self.id_known and not (self.thought_private or self.thought_gone or self.thought_live)


@dataclass
class Faults:
    """What goes wrong, as shares of exchanges; sessions by number."""

    limited: float = 0.0
    timeouts: float = 0.0
    short: float = 0.0  # of a live story in a question of more than `short_above` profiles not being shown
    short_above: int = 7
    dead: frozenset[int] = frozenset()  # their proxies fail always
    blind_after: dict[int, int] = field(default_factory=dict)  # session → exchanges until it sees nobody
    most_ids: int = 25
    bugs: float = 0.0


@dataclass
class Session:
    number: int
    exchanges: int = 0
    rests_until: int = 0
    lost_in_a_row: int = 0
    lent: bool = False
    last_used: int = -1
    look_ups_left: int = 1_000_000


@dataclass
class Record:
    """What was really said of one profile: the evidence that its verdict must stand on."""

    shown: bool = False
    private: bool = False
    gated: bool = False
    absent_from: list[int] = field(default_factory=list)
    missed_by: dict[int, int] = field(default_factory=dict)  # session → the moment
    found_public: bool = False
    in_groups: int = 0


class Simulation:
    """One batch, played to its end.

    Args:
        workers: Exchanges in flight at once.
        look_ups: Look-ups of each session until time is let pass.
    """

    def __init__(
        self,
        people: list[Person],
        *,
        seed: int,
        sessions: int = 8,
        workers: int = 4,
        canaries: tuple[tuple[str, bool], ...] = (("can0", True), ("can1", True), ("can2", True)),
        faults: Faults | None = None,
        policy: Policy | None = None,
        look_ups: int | None = None,
        chunk: int = 500,
    ) -> None:
        self.people = {person.username: person for person in people}
        self.random = Random(seed)
        self.faults = faults or Faults()
        self.sessions = {number: Session(number) for number in range(1, sessions + 1)}
        self.workers = workers
        self.look_ups = look_ups
        self.chunk = chunk
        self.tick = 0
        self.requests = 0
        self.accused: list[tuple[int, Worth]] = []
        self.results: dict[str, Result] = {}
        self.records = {person.username: Record() for person in people}
        self.found_at: dict[int, list[int]] = {}  # session → moments at which it found somebody by name
        self.flying: list[tuple[Step, Session]] = []
        self.waiting: list[Step] = []
        self._may_give_back = 3
        self._live_canaries = {name for name, live in canaries if live}
        self._pending = [self._target(number, person) for number, person in enumerate(people, 1)]
        self._names = {target.check_id: target for target in self._pending}
        store = Canaries()
        store.replace(CanaryRecord(name, None) for name, _ in canaries)
        self._all_canaries = {name for name, _ in canaries}
        self.inquiry = Inquiry(canaries=store, routes=self, ledger=self, policy=policy or Policy())
        self._refill()

    def _target(self, number: int, person: Person) -> Target:
        looked = NOW - timedelta(days=90 if person.look_due else 1)
        return Target(
            number,
            person.username,
            NOW - timedelta(days=100),
            person.platform_id if person.id_known else None,
            known_private=person.thought_private,
            known_gone=person.thought_gone,
            story_until=NOW + timedelta(hours=20) if person.thought_live else None,
            looked_at=looked if person.id_known else None,
        )

    # -- routes and ledger ------------------------------------------------------------

    def sessions_usable(self) -> int:
        return len(self.sessions)

    def look_up_ready(self) -> bool:
        return any(self._is_ready(session, look_up=True) for session in self.sessions.values())

    def settled(self, result: Result) -> None:
        assert result.username not in self.results, f"{result.username} has two verdicts"
        self.results[result.username] = result

    def learned(self, username: str, found: Found, at: datetime) -> None:
        assert found.platform_id == self.people[username].platform_id

    def happened(self, what: str, text: str, username: str | None = None) -> None:
        raise AssertionError("nobody is renamed here")

    # -- the course --------------------------------------------------------------------

    def play(self) -> Simulation:
        """Run to the end.  A batch that stalls or never ends is an error."""
        most = 60 * (len(self.people) + 10)
        idle = 0
        while self._pending or self.inquiry.open_count:
            assert self.requests < most, f"no end after {self.requests} requests: {self.inquiry!r}"
            self.tick += 1
            self._refill()
            busy = len(self.flying) + len(self.waiting)
            if busy < self.workers and (not busy or self.random.random() < 0.6) and self._start():
                idle = 0
            elif self.flying:
                self._land(self.flying.pop(self.random.randrange(len(self.flying))))
                idle = 0
            else:
                idle += 1
                assert idle < 50, f"it stalls: {self.inquiry!r}"
                self._let_time_pass()
        assert self.inquiry.in_flight == len(self.flying) + len(self.waiting)
        return self

    def _refill(self) -> None:
        room = self.chunk - self.inquiry.open_count
        if room > 0 and self._pending and not self.inquiry.look_ups_blocked:
            self.inquiry.add(self._pending[:room])
            del self._pending[:room]
        self.inquiry.more_coming = bool(self._pending) and not self.inquiry.look_ups_blocked

    def _let_time_pass(self) -> None:
        """Everybody has rested, and look-ups are there again."""
        self.tick += 100_000
        for step in self.waiting:
            self.inquiry.put_back(step, self._now())
        self.waiting.clear()
        if self._may_give_back and self.inquiry.in_flight == 0 and self.random.random() < 0.3:
            # What is given back begins anew, so a batch that is given back for ever has no end.
            self._may_give_back -= 1
            self._pending += [self._names[check_id] for check_id in self.inquiry.give_back()]
        self.inquiry.look_ups_blocked = False
        for session in self.sessions.values():
            session.look_ups_left = 1_000_000 if self.look_ups is None else self.look_ups

    def _start(self) -> bool:
        step = self.inquiry.next_stories(self._now()) or self.inquiry.next_look_up(self._now())
        if step is None:
            return False
        self._inspect(step)
        return self._lend(step)

    def _now(self) -> datetime:
        return NOW + timedelta(milliseconds=self.tick)

    # -- the pool ----------------------------------------------------------------------------

    def _is_ready(self, session: Session, *, look_up: bool) -> bool:
        if session.lent or session.rests_until > self.tick:
            return False
        return session.look_ups_left > 0 or not look_up

    def _lend(self, step: Step) -> bool:
        """Give *step* a session, or let it wait for one; False when it goes back."""
        look_up = step.question.kind is not Kind.STORIES
        allowed = [s for s in self.sessions.values() if s.number not in step.exclude and step.only in (None, s.number)]
        ready = [s for s in allowed if self._is_ready(s, look_up=look_up)]
        if not ready:
            soon = any(s.lent and (s.look_ups_left > 1 or not look_up) for s in allowed)
            if soon and self.flying:
                self.waiting.append(step)
                return True
            self._no_route(step, never=not allowed)
            return False
        wished = [s for s in ready if s.number not in step.avoid] or ready
        session = min(wished, key=lambda s: s.last_used)
        assert session.number not in step.exclude
        session.lent = True
        session.last_used = self.tick
        session.look_ups_left -= look_up
        self.flying.append((step, session))
        return True

    def _no_route(self, step: Step, *, never: bool) -> None:
        self.inquiry.put_back(step, self._now(), never=never)
        if step.question.kind is not Kind.STORIES:
            self.inquiry.look_ups_blocked = True
            if not step.exclude and step.only is None:
                self._pending += [self._names[check_id] for check_id in self.inquiry.set_aside_look_ups()]

    def _land(self, flight: tuple[Step, Session]) -> None:
        step, session = flight
        self.requests += 1
        session.exchanges += 1
        session.lent = False
        if self.random.random() < self.faults.bugs:
            self.inquiry.broke(step, self._now())
        else:
            self._answer(step, session)
        line, self.waiting = self.waiting, []
        for waiting in line:
            self._lend(waiting)

    def _answer(self, step: Step, session: Session) -> None:
        carrier = Carrier(session.number, session.number, self._now(), 0.1)
        failure = self._failure(step, session)
        if failure is not None:
            session.rests_until = self.tick + 50
            self.inquiry.failed(step, carrier, failure)
            return
        reading = self._reading(step.question, session)
        self._note(step, session, reading)
        worth = self.inquiry.answered(step, carrier, reading)
        self._judge(session, worth)

    def _judge(self, session: Session, worth: Worth) -> None:
        if worth in (Worth.BLIND, Worth.PROVEN_BLIND):
            self.accused.append((session.number, worth))
        session.lost_in_a_row = session.lost_in_a_row + 1 if worth is Worth.BLIND else 0
        if worth is Worth.PROVEN_BLIND or session.lost_in_a_row >= 3:
            session.rests_until = self.tick + 2_000

    # -- the platform ------------------------------------------------------------------------------

    def _failure(self, step: Step, session: Session) -> Reason | None:
        if session.number in self.faults.dead:
            return Reason.PROXY_ERROR
        if len(step.question.subjects) > self.faults.most_ids:
            return Reason.TOO_MANY_IDS
        chance = self.random.random()
        if chance < self.faults.limited:
            return Reason.RATE_LIMITED
        return Reason.TIMEOUT if chance < self.faults.limited + self.faults.timeouts else None

    def is_blind(self, session: Session) -> bool:
        return session.exchanges > self.faults.blind_after.get(session.number, 1_000_000)

    def _reading(self, question: Question, session: Session) -> Reading:
        if question.kind is not Kind.STORIES:
            return self._profile(question.subjects[0], session)
        live = {}
        for subject in question.subjects:
            lost = len(question.subjects) > self.faults.short_above and self.random.random() < self.faults.short
            if not self.is_blind(session) and self._is_live(subject.username, session.number) and not lost:
                assert subject.platform_id is not None
                live[subject.platform_id] = Story(None, self._now() + DAY_LONG)
        return Reading(Reason.OK, live=live)

    def _is_live(self, username: str, session: int) -> bool:
        person = self.people.get(username)
        if person is None:
            return username in self._live_canaries
        return person.truth is Outcome.LIVE and person.followed_by in (None, session)

    def _profile(self, subject: Subject, session: Session) -> Reading:
        person = self.people.get(subject.username) or Person(subject.username, Outcome.NONE)
        if self.is_blind(session) or person.truth is Outcome.GONE:
            return Reading(Reason.NOT_FOUND, Blame.PROFILE, row=18, missing=True)
        private = person.truth is Outcome.PRIVATE or person.followed_by is not None
        followed = person.followed_by == session.number
        return Reading(Reason.OK, found=Found(subject.username, person.platform_id, private, followed))

    # -- the record ------------------------------------------------------------------------------------

    def _note(self, step: Step, session: Session, reading: Reading) -> None:
        subject = step.question.subjects[0]
        if step.question.kind is Kind.LOOK_UP_NAME and reading.found is not None:
            self.found_at.setdefault(session.number, []).append(self.tick)
        for case in step.cases:
            record = self.records[case.username]
            if step.question.kind is Kind.STORIES:
                record.shown |= case.platform_id in reading.live
                if reading.live and case.platform_id not in reading.live:
                    record.absent_from.append(session.number)
            elif reading.found is not None:
                record.private |= reading.found.is_private and not reading.found.followed
                record.found_public |= not reading.found.is_private or reading.found.followed
            elif step.question.kind is Kind.LOOK_UP_NAME and subject.username == case.username:
                record.missed_by[session.number] = self.tick

    def _inspect(self, step: Step) -> None:
        """What must hold of every step."""
        question, policy = step.question, self.inquiry.policy
        names = [subject.username for subject in question.subjects]
        assert len(set(names)) == len(names)
        if question.kind is not Kind.STORIES:
            assert len(names) == 1
            assert not step.exclude or step.only is None
            self._inspect_look_up(step)
            return
        assert 0 < len(names) <= policy.group_limit
        assert all(subject.platform_id for subject in question.subjects)
        size = policy.confirm_size if step.purpose is Purpose.CONFIRM else policy.group_size
        assert 0 < len(step.cases) <= size
        for case in step.cases:
            person, record = self.people[case.username], self.records[case.username]
            assert record.found_public or not (person.thought_private or person.thought_gone or not person.id_known)
            assert step.only == case.only_session, "a followed private profile goes through its session alone"

    def _inspect_look_up(self, step: Step) -> None:
        for case in step.cases:
            if step.question.kind is Kind.LOOK_UP_NAME:
                looked = {look.session_id for look in case.looks if look.session_id is not None}
                assert looked <= step.exclude, "a second look over the same session"

    # -- what must hold of the end -----------------------------------------------------------------------

    @property
    def unknown(self) -> list[Result]:
        return [result for result in self.results.values() if result.outcome is Outcome.UNKNOWN]

    @property
    def wrong(self) -> list[tuple[Person, Result]]:
        """Verdicts that the truth or what was really said does not bear out."""
        return [
            (person, result)
            for name, person in self.people.items()
            if (result := self.results[name]).outcome is not Outcome.UNKNOWN
            and not (self._is_true(person, result.outcome) and self._has_evidence(person, result.outcome))
        ]

    def _is_true(self, person: Person, outcome: Outcome) -> bool:
        if person.followed_by is not None and outcome is Outcome.PRIVATE:
            return True
        if outcome is person.truth:
            return True
        return (
            outcome is Outcome.NONE
            and person.hidden
            and (person.truth in (Outcome.PRIVATE, Outcome.GONE) or person.followed_by is not None)
        )

    def _has_evidence(self, person: Person, outcome: Outcome) -> bool:
        record = self.records[person.username]
        if outcome is Outcome.LIVE:
            return record.shown
        if outcome is Outcome.PRIVATE:
            return record.private
        if outcome is Outcome.NONE:
            return len(record.absent_from) >= 2 and not record.shown
        proven = [
            session
            for session, missed in record.missed_by.items()
            if any(found > missed for found in self.found_at.get(session, []))
        ]
        return len(proven) >= (1 if person.thought_gone else 2)
