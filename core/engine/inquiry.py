"""The course of one batch: who is asked next, and what each answer settles.

Pure and synchronous: it knows no network, no database and no time of its own, so a test can play
a whole batch by hand.  Rules are those of the design's "many profiles per request": presence is
believed at once, absence only from two proven answers, GONE only from two sessions that see.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from typing import Protocol

from core.domain.verdict import Outcome, Reason
from core.engine.case import Case, Result, Target, Wanted, begin
from core.engine.groups import Group, GroupSize, pack
from core.engine.looks import Looks
from core.engine.proof import Canaries, Witnesses
from core.sources.base import Found, Kind, Question, Reading, Story, Subject

MOST_UNPROVEN_ANSWERS = 2
LOOKS_FOR_GONE = 2
# An HTML 404 is the weaker sign (failure table row 19): one more session has to agree.
LOOKS_FOR_GONE_BY_HTML = 3
CANARIES_IN_FIRST = 1
CANARIES_IN_CONFIRM = 2
PROOF_TRIES = 2


class Ledger(Protocol):
    """Where a batch's findings go."""

    def settled(self, result: Result) -> None:
        """A check's one verdict; called once for each target."""

    def learned(self, username: str, found: Found, at: datetime) -> None:
        """A look-up found the profile: its id, and whether it is private."""

    def happened(self, what: str, text: str, username: str | None = None) -> None:
        """A line for the batch's own log."""


class Routes(Protocol):
    """What the pool says of itself when a question is chosen."""

    def sessions_usable(self) -> int:
        """Sessions that may ask now or later without a person's help."""

    def look_up_ready(self) -> bool:
        """Whether a look-up could leave at once."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How a batch asks.

    Args:
        attempts: Failed exchanges that one question of a check may cost.
    """

    group_size: int = 10
    confirm_size: int = 5
    attempts: int = 3
    group_limit: int = 25


class Purpose(Enum):
    """Why a step is taken."""

    FIRST = auto()
    CONFIRM = auto()
    LOOK = auto()
    CANARY = auto()
    PROOF = auto()


@dataclass(frozen=True, slots=True)
class Step:
    """One exchange to make.

    Args:
        extras: Canaries and witnesses in the question.
        avoid: Sessions that should not carry it if another can.
        exclude: Sessions that must not carry it.
        only: The one session that must carry it.
    """

    purpose: Purpose
    question: Question
    cases: tuple[Case, ...] = ()
    group: Group | None = None
    extras: tuple[Subject, ...] = ()
    avoid: frozenset[int] = frozenset()
    exclude: frozenset[int] = frozenset()
    only: int | None = None


class Worth(Enum):
    """What an answer says about the session that brought it."""

    GOOD = auto()  # it sees
    NOTHING = auto()  # neither way
    BLIND = auto()  # it should have seen somebody and did not
    PROVEN_BLIND = auto()  # it did not find names that others find


@dataclass(frozen=True, slots=True)
class Carrier:
    """The route that brought an answer, and when."""

    session_id: int
    proxy_id: int
    at: datetime
    latency: float | None = None


@dataclass(slots=True)
class _Flight:
    """Steps under way, by purpose."""

    counts: dict[Purpose, int] = field(default_factory=lambda: dict.fromkeys(Purpose, 0))

    def any(self, *purposes: Purpose) -> bool:
        return any(self.counts[purpose] for purpose in purposes)


class Inquiry:
    """The state of one batch between its exchanges.

    Every step that :meth:`next_stories` or :meth:`next_look_up` gives must come back through exactly one
    of :meth:`answered`, :meth:`failed`, :meth:`put_back` or :meth:`broke`.
    """

    def __init__(self, *, canaries: Canaries, routes: Routes, ledger: Ledger, policy: Policy) -> None:
        self.policy = policy
        self.more_coming = True
        self.look_ups_blocked = False
        self._canaries = canaries
        self._routes = routes
        self._ledger = ledger
        self._witnesses = Witnesses()
        self._looks = Looks()
        self._size = GroupSize(policy.group_size)
        self._cases: dict[int, Case] = {}
        self._look_ups: deque[Case] = deque()
        self._first: deque[Case] = deque()
        self._confirm: deque[Case] = deque()
        self._again: deque[Group] = deque()
        self._later: deque[Group] = deque()
        self._flight = _Flight()
        self._proof_misses: dict[int, int] = {}

    def __repr__(self) -> str:
        return (
            f"<Inquiry {len(self._cases)} open: {len(self._look_ups)} to look up, {len(self._first)} to ask, "
            f"{len(self._confirm)} missing once | groups of {self._size.now}>"
        )

    # -- what is open ---------------------------------------------------------

    def add(self, targets: Iterable[Target]) -> None:
        """Take more checks of the batch; one that is already open is left as it is."""
        for target in targets:
            if target.check_id not in self._cases:
                case = self._cases[target.check_id] = begin(target)
                self._queue(case)

    @property
    def open_checks(self) -> list[int]:
        """Ids of the checks that have no verdict yet."""
        return list(self._cases)

    @property
    def open_count(self) -> int:
        """How many checks have no verdict yet."""
        return len(self._cases)

    @property
    def in_flight(self) -> int:
        """Steps that were given out and have not come back."""
        return sum(self._flight.counts.values())

    @property
    def group_size(self) -> int:
        """Targets in the next first group."""
        return min(self._size.now, self.policy.group_limit - CANARIES_IN_FIRST)

    def set_policy(self, policy: Policy) -> None:
        """Use other sizes and limits from the next step on."""
        if policy.group_size != self.policy.group_size:
            self._size = GroupSize(policy.group_size)
        self.policy = policy

    # -- choosing a step ------------------------------------------------------

    def next_stories(self, now: datetime) -> Step | None:
        """The next grouped question, or None when nothing may be asked before something else comes back."""
        if self._again:
            return self._group_step(self._again.popleft(), now)
        if not self._can_be_proven(now):
            return None
        confirm_size = min(self.policy.confirm_size, self.group_size)
        if len(self._confirm) >= confirm_size:
            return self._packed(self._confirm, Purpose.CONFIRM, confirm_size, now)
        if len(self._first) >= self.group_size or (self._first and self._no_more_to_ask()):
            return self._packed(self._first, Purpose.FIRST, self.group_size, now)
        nothing_first = not self._first and not self._flight.any(Purpose.FIRST) and self._no_more_to_ask()
        if self._confirm and nothing_first:
            return self._packed(self._confirm, Purpose.CONFIRM, confirm_size, now)
        if self._later and (self.in_flight == 0 or self._witnesses.pick(1, frozenset(), now)):
            return self._group_step(self._later.popleft(), now)
        return None

    def next_look_up(self, now: datetime) -> Step | None:
        """The next look-up, or None when none is due."""
        if (step := self._proof(now, only_overdue=True)) is not None:
            return step
        if self._wants_canaries() and (name := self._canaries.to_look_up()) is not None:
            return self._given(Step(Purpose.CANARY, _by_name(name), exclude=self._looks.overdue))
        if self._look_ups:
            return self._look_up(now)
        if not self._flight.any(Purpose.LOOK):
            return self._proof(now, only_overdue=False)
        return None

    def _no_more_to_ask(self) -> bool:
        looking = self._look_ups or self._flight.any(Purpose.LOOK)
        return not self.more_coming and (self.look_ups_blocked or not looking)

    def _wants_canaries(self) -> bool:
        return bool(self._first or self._confirm or self._again)

    def _can_be_proven(self, now: datetime) -> bool:
        return not self._canaries.awaited or self.look_ups_blocked or bool(self._witnesses.pick(1, frozenset(), now))

    def _packed(self, queue: deque[Case], purpose: Purpose, size: int, now: datetime) -> Step:
        cases = pack(queue, size, self._routes.sessions_usable())
        return self._group_step(Group(cases, confirming=purpose is Purpose.CONFIRM), now)

    def _group_step(self, group: Group, now: datetime) -> Step:
        group.cases = [case for case in group.cases if not case.settled]
        names = frozenset(case.username for case in group.cases)
        wanted = CANARIES_IN_CONFIRM if group.confirming else CANARIES_IN_FIRST
        extras = self._canaries.pick(wanted, names)
        if len(extras) < wanted:
            without = names | {subject.username for subject in extras}
            extras += self._witnesses.pick(wanted - len(extras), without, now)
        subjects = [Subject(case.username, case.platform_id) for case in group.cases]
        return self._given(
            Step(
                Purpose.CONFIRM if group.confirming else Purpose.FIRST,
                Question(Kind.STORIES, (*subjects, *extras)),
                cases=tuple(group.cases),
                group=group,
                extras=tuple(extras),
                avoid=group.avoid,
                only=group.cases[0].only_session,
            )
        )

    def _look_up(self, now: datetime) -> Step | None:
        for _ in range(len(self._look_ups)):
            case = self._look_ups.popleft()
            if case.settled:
                continue
            looked = frozenset(look.session_id for look in case.looks if look.session_id is not None)
            if looked and len(looked) >= self._routes.sessions_usable():
                self._settle(case, Outcome.UNKNOWN, Reason.SECOND_SESSION, now)
                continue
            exclude = looked | self._looks.overdue
            if len(exclude) >= self._routes.sessions_usable():
                # Only sessions that must first prove themselves are left: their proofs are on the way.
                self._look_ups.append(case)
                continue
            by_id = case.wanted is Wanted.LOOK_ID
            question = Question(
                Kind.LOOK_UP_ID if by_id else Kind.LOOK_UP_NAME, (Subject(case.username, case.platform_id),)
            )
            step = Step(Purpose.LOOK, question, cases=(case,), avoid=frozenset(case.failed_on), exclude=exclude)
            return self._given(step)
        return None

    def _proof(self, now: datetime, *, only_overdue: bool) -> Step | None:
        while (session_id := self._looks.to_prove(only_overdue=only_overdue)) is not None:
            name = self._proof_name(self._proof_misses.get(session_id, 0))
            if name is not None:
                return self._given(Step(Purpose.PROOF, _by_name(name), only=session_id))
            for case in self._looks.lost(session_id):
                self._settle(case, Outcome.UNKNOWN, Reason.NO_CANARY, now)
        return None

    def _proof_name(self, misses: int) -> str | None:
        names = list(self._canaries.usernames)
        if (known := self._looks.known_name(frozenset())) is not None:
            names.insert(0, known)
        return names[misses % len(names)] if names else None

    def _given(self, step: Step) -> Step:
        self._flight.counts[step.purpose] += 1
        return step

    # -- what comes back ------------------------------------------------------

    def put_back(self, step: Step, now: datetime, *, never: bool = False) -> None:
        """The step could not leave: no route was ready.

        Args:
            never: No session but the excluded ones can carry it without a person's help.
        """
        self._back(step)
        if step.group is not None:
            (self._later if step.only is not None else self._again).appendleft(step.group)
        elif step.purpose is Purpose.CANARY:
            self._canaries.looked_up(step.question.subjects[0].username, None, counts=False)
        elif step.purpose is Purpose.PROOF and step.only is not None:
            # The session is away: waiting for it could take hours, and another one can look instead.
            self._lose_looks(step.only, now)
        for case in step.cases if step.group is None else ():
            if case.settled:
                continue
            if case.optional:
                self._settle(case, Outcome.NONE, Reason.OK, now)
            elif never and case.looks:
                self._settle(case, Outcome.UNKNOWN, Reason.SECOND_SESSION, now)
            else:
                self._look_ups.appendleft(case)

    def answered(self, step: Step, carrier: Carrier, reading: Reading) -> Worth:
        """The platform spoke about the step's subjects; verdicts that now stand go to the ledger."""
        self._back(step)
        for case in step.cases:
            case.named(carrier.session_id, carrier.proxy_id, carrier.at, carrier.latency)
        if step.group is not None:
            return self._stories(step, step.group, carrier, reading)
        if step.purpose is Purpose.LOOK:
            return self._looked_up(step, carrier, reading)
        return self._name_checked(step, carrier, reading)

    def failed(self, step: Step, carrier: Carrier, reason: Reason) -> None:
        """The exchange brought nothing about its subjects; each question bears so many of those."""
        self._back(step)
        for case in step.cases:
            case.named(carrier.session_id, carrier.proxy_id, carrier.at, carrier.latency)
            case.note(reason.value)
            case.last_reason = reason
            case.failed_on.add(carrier.session_id)
        if step.group is not None:
            self._group_failed(step.group, reason, carrier)
            return
        if step.purpose is Purpose.CANARY:
            self._canaries.looked_up(step.question.subjects[0].username, None)
        elif step.purpose is Purpose.PROOF:
            self._proof_failed(carrier)
        for case in step.cases:
            self._look_failed(case, reason, carrier)

    def broke(self, step: Step, now: datetime) -> None:
        """A bug struck while the step was under way: its checks are tried once more by themselves, then end."""
        self._back(step)
        if step.purpose is Purpose.CANARY:
            self._canaries.looked_up(step.question.subjects[0].username, None)
        elif step.purpose is Purpose.PROOF and step.only is not None:
            self._lose_looks(step.only, now)
        for case in step.cases:
            if case.settled:
                continue
            if case.broke:
                self._settle(case, Outcome.UNKNOWN, Reason.INTERNAL, now)
                continue
            case.broke = True
            if step.group is None:
                self._look_ups.append(case)
            else:
                self._again.append(Group([case], confirming=step.group.confirming))

    def _back(self, step: Step) -> None:
        self._flight.counts[step.purpose] -= 1

    # -- stories --------------------------------------------------------------

    def _stories(self, step: Step, group: Group, carrier: Carrier, reading: Reading) -> Worth:
        proven = bool(reading.live)
        for subject in step.extras if proven else ():
            self._canaries.answered(subject.username, seen=subject.platform_id in reading.live, at=carrier.at)
        missing: list[Case] = []
        for case in step.cases:
            story = reading.live.get(case.platform_id or "")
            if story is None:
                missing.append(case)
            else:
                self._is_live(case, story, carrier)
        if not proven:
            return self._unproven(group, missing, carrier, asked_extras=bool(step.extras))
        if group.confirming:
            found = sum(1 for case in step.cases if case not in missing)
            self._size.confirmed(found_later=found)
        for case in missing:
            self._absent(case, carrier)
        return Worth.GOOD

    def _is_live(self, case: Case, story: Story, carrier: Carrier) -> None:
        case.note("live")
        self._witnesses.saw(Subject(case.username, case.platform_id), story, carrier.at)
        self._settle(case, Outcome.LIVE, Reason.OK, carrier.at, story, second_find=bool(case.absent_from))

    def _unproven(self, group: Group, cases: Sequence[Case], carrier: Carrier, *, asked_extras: bool) -> Worth:
        reason = Reason.BATCH_UNPROVEN if asked_extras else Reason.NO_CANARY
        again = []
        for case in cases:
            case.note(reason.value)
            case.unproven += 1
            case.failed_on.add(carrier.session_id)
            if case.unproven >= MOST_UNPROVEN_ANSWERS:
                self._settle(case, Outcome.UNKNOWN, reason, carrier.at)
            else:
                again.append(case)
        if again:
            # Without a canary, wait until everybody else was asked: somebody found live can then bear witness.
            queue = self._again if asked_extras else self._later
            queue.append(Group(again, confirming=group.confirming))
        return Worth.BLIND if asked_extras else Worth.NOTHING

    def _absent(self, case: Case, carrier: Carrier) -> None:
        case.note("absent")
        case.absent_from.append(carrier.session_id)
        looked = len(case.absent_from)
        if looked == 1:
            case.turn_to(Wanted.CONFIRM)
            self._queue(case)
        elif looked == 2 and self._contradicts(case, carrier.at):
            case.contradicted = True
            case.turn_to(Wanted.LOOK_ID)
            self._queue(case)
        elif looked == 2 and case.target.relook_due(carrier.at) and self._may_relook(case):
            case.optional = True
            case.turn_to(Wanted.LOOK_ID)
            self._queue(case)
        else:
            self._settle(case, Outcome.NONE, Reason.OK, carrier.at)

    def _contradicts(self, case: Case, at: datetime) -> bool:
        until = case.target.story_until
        return until is not None and until > at

    def _may_relook(self, case: Case) -> bool:
        return (
            not case.looked_up
            and case.only_session is None
            and not self.look_ups_blocked
            and self._routes.look_up_ready()
        )

    def _group_failed(self, group: Group, reason: Reason, carrier: Carrier) -> None:
        too_large = reason in {Reason.TOO_MANY_IDS, Reason.SERVER_ERROR, Reason.BAD_REQUEST}
        if reason is Reason.TOO_MANY_IDS:
            self._size.too_many(len(group.cases))
        group.failures += 1
        staying = []
        for case in group.cases:
            # A group that is merely too large for the platform is split, and that is no failure of its members.
            if reason is not Reason.TOO_MANY_IDS or len(group.cases) == 1:
                case.failures += 1
            if case.failures >= self.policy.attempts:
                self._settle(case, Outcome.UNKNOWN, reason, carrier.at)
            else:
                staying.append(case)
        group.cases = staying
        if not staying:
            return
        if len(staying) > 1 and (too_large or group.failures >= 2):
            self._again.extend(group.halves())
        else:
            self._again.append(group)

    # -- look-ups -------------------------------------------------------------

    def _looked_up(self, step: Step, carrier: Carrier, reading: Reading) -> Worth:
        (case,) = step.cases
        if reading.missing:
            case.note(reading.reason.value)
            self._nobody(case, step.question.kind, carrier, reading.reason)
            return Worth.NOTHING
        if reading.found is None:
            # Gated: the profile hides itself, and asking again changes nothing.
            case.note(reading.reason.value)
            self._settle(case, Outcome.UNKNOWN, reading.reason, carrier.at)
            return Worth.NOTHING
        by_name = step.question.kind is Kind.LOOK_UP_NAME
        if by_name:
            self._sees(carrier, case.username)
        self._somebody(case, reading.found, carrier, by_name=by_name)
        return Worth.GOOD

    def _nobody(self, case: Case, kind: Kind, carrier: Carrier, reason: Reason) -> None:
        case.last_reason = reason
        if kind is Kind.LOOK_UP_ID:
            # The id is gone; only the name decides, and from here on a NONE no longer stands by itself.
            case.optional = False
            case.turn_to(Wanted.LOOK_NAME)
            self._queue(case)
            return
        case.optional = False
        self._looks.found_nobody(case, carrier.session_id, reason)
        if len(case.looks) < _looks_needed(case):
            case.turn_to(Wanted.LOOK_NAME)
            self._queue(case)
        else:
            case.parked = True

    def _sees(self, carrier: Carrier, username: str) -> None:
        self._proof_misses.pop(carrier.session_id, None)
        for case in self._looks.found_somebody(carrier.session_id, username):
            proven = self._looks.proven(case)
            if len(proven) >= _looks_needed(case):
                reason = Reason.USER_NULL if proven[-1].reason is Reason.USER_NULL else Reason.NOT_FOUND
                self._settle(case, Outcome.GONE, reason, carrier.at)

    def _somebody(self, case: Case, found: Found, carrier: Carrier, *, by_name: bool) -> None:
        self._looks.forget(case)
        case.looked_up = True
        case.note("found private" if found.is_private else "found")
        if found.username == case.username:
            self._ledger.learned(case.username, found, carrier.at)
        else:
            self._ledger.happened("renamed", f"The id now has the name {found.username}.", case.username)
        if found.is_private and not found.followed:
            self._settle(case, Outcome.PRIVATE, Reason.PRIVATE, carrier.at)
            return
        case.only_session = carrier.session_id if found.is_private else None
        if by_name and found.platform_id != case.platform_id:
            # Another account has the name now: what was said of the old id says nothing.
            case.platform_id = found.platform_id
            case.absent_from.clear()
            case.contradicted = False
        if len(case.absent_from) < 2:
            case.turn_to(Wanted.CONFIRM if case.absent_from else Wanted.FIRST)
            self._queue(case)
        elif case.contradicted and len(case.absent_from) == 2:
            case.turn_to(Wanted.CONFIRM)
            self._queue(case)
        else:
            self._settle(case, Outcome.NONE, Reason.OK, carrier.at)

    def _look_failed(self, case: Case, reason: Reason, carrier: Carrier) -> None:
        case.failures += 1
        if case.failures < self.policy.attempts:
            self._queue(case)
        elif case.optional:
            self._settle(case, Outcome.NONE, Reason.OK, carrier.at)
        elif case.wanted is Wanted.LOOK_ID:
            case.turn_to(Wanted.LOOK_NAME)
            self._queue(case)
        else:
            self._settle(case, Outcome.UNKNOWN, reason, carrier.at)

    # -- canaries and proofs by name -------------------------------------------

    def _name_checked(self, step: Step, carrier: Carrier, reading: Reading) -> Worth:
        name = step.question.subjects[0].username
        found = reading.found
        if step.purpose is Purpose.CANARY:
            self._canaries.looked_up(name, None if found is None or found.is_private else found.platform_id)
        if found is not None:
            self._sees(carrier, name)
            return Worth.GOOD
        if step.purpose is Purpose.CANARY:
            return Worth.NOTHING
        misses = self._proof_misses[carrier.session_id] = self._proof_misses.get(carrier.session_id, 0) + 1
        if misses < PROOF_TRIES:
            self._looks.not_proving(carrier.session_id)
            return Worth.NOTHING
        self._lose_looks(carrier.session_id, carrier.at)
        return Worth.PROVEN_BLIND

    def _proof_failed(self, carrier: Carrier) -> None:
        tries = self._proof_misses[carrier.session_id] = self._proof_misses.get(carrier.session_id, 0) + 1
        if tries < self.policy.attempts:
            self._looks.not_proving(carrier.session_id)
        else:
            self._lose_looks(carrier.session_id, carrier.at)

    def _lose_looks(self, session_id: int, now: datetime) -> None:
        self._proof_misses.pop(session_id, None)
        for case in self._looks.lost(session_id):
            case.unproven += 1
            case.failed_on.add(session_id)
            if case.unproven >= MOST_UNPROVEN_ANSWERS:
                self._settle(case, Outcome.UNKNOWN, case.last_reason, now)
            elif case.parked:
                case.turn_to(Wanted.LOOK_NAME)
                self._queue(case)

    # -- ends -----------------------------------------------------------------

    def _queue(self, case: Case) -> None:
        case.parked = False
        if case.settled:
            return
        if case.wanted in {Wanted.LOOK_NAME, Wanted.LOOK_ID}:
            self._look_ups.append(case)
        elif case.only_session is not None:
            self._again.append(Group([case], confirming=case.wanted is Wanted.CONFIRM))
        elif case.wanted is Wanted.FIRST:
            self._first.append(case)
        else:
            self._confirm.append(case)

    def _settle(
        self,
        case: Case,
        outcome: Outcome,
        reason: Reason,
        now: datetime,
        story: Story | None = None,
        *,
        second_find: bool = False,
    ) -> None:
        if case.settled:
            return
        if case.looks:
            self._looks.forget(case)
        self._cases.pop(case.target.check_id, None)
        self._ledger.settled(case.result(outcome, reason, now, story, second_find=second_find))


def _looks_needed(case: Case) -> int:
    by_html = any(look.reason is Reason.HTML_WALL for look in case.looks)
    return LOOKS_FOR_GONE_BY_HTML if by_html else LOOKS_FOR_GONE


def _by_name(username: str) -> Question:
    return Question(Kind.LOOK_UP_NAME, (Subject(username),))
