"""Look-ups: who is to be looked up next, and what is settled by finding somebody or nobody.

PRIVATE is final here.  GONE takes two sessions that did not find the profile, each of which found somebody
by name afterwards; a session that finds nobody at all loses its looks.
"""

from __future__ import annotations

from datetime import datetime

from core.domain.verdict import Outcome, Reason
from core.engine.case import Case, Wanted
from core.engine.docket import Docket
from core.engine.looks import Looks
from core.engine.proof import Canaries
from core.engine.steps import Carrier, Flight, Purpose, Routes, Step, Toll, Worth
from core.sources.base import Found, Kind, Question, Reading, Subject

# Of a profile's looks through sessions that turned out to see nobody, so many end it.
MOST_LOST_LOOKS = 2
# One name may have vanished by itself; a session that misses two others is blind.
PROOF_TRIES = 2
LOOKS_FOR_GONE = 2
# An HTML 404 is the weaker sign (failure table row 19): one more session has to agree.
LOOKS_FOR_GONE_BY_HTML = 3


class LookUps:
    """Chooses look-ups and judges their answers."""

    def __init__(self, *, docket: Docket, flight: Flight, looks: Looks, canaries: Canaries, routes: Routes) -> None:
        self._docket = docket
        self._flight = flight
        self._looks = looks
        self._canaries = canaries
        self._routes = routes
        # Since a session last found somebody: the names it did not find, and how many proofs failed otherwise.
        self._missed: dict[int, list[str]] = {}
        self._failures: dict[int, int] = {}

    # -- choosing ---------------------------------------------------------------------

    def next(self, now: datetime, *, canaries_wanted: bool) -> Step | None:
        """The next look-up, or None when none is due."""
        if (step := self._proof(now, only_overdue=True)) is not None:
            return step
        if canaries_wanted and (name := self._canaries.to_look_up()) is not None:
            # A session that must prove itself may do it with a canary, but its miss would say little of the canary.
            return Step(Purpose.CANARY, _by_name(name), avoid=self._looks.overdue)
        if (step := self._look()) is not None:
            return step
        if self._flight.has(Purpose.LOOK):
            return None
        # Nobody else is to be looked up now, or only over sessions that must prove themselves first.
        return self._proof(now, only_overdue=False)

    @property
    def wanted(self) -> bool:
        """Whether somebody waits for a look-up, or a session for its proof."""
        return bool(self._docket.look_ups) or self._looks.unproven

    def _look(self) -> Step | None:
        overdue = self._looks.overdue
        for _ in range(len(self._docket.look_ups)):
            case = self._docket.look_ups.popleft()
            if case.settled:
                continue
            looked = _looked_by(case)
            exclude = looked | overdue
            if overdue - looked and len(exclude) >= self._routes.sessions_usable():
                # Only sessions that must first prove themselves are left: their proofs are on the way.
                self._docket.look_ups.append(case)
                continue
            kind = Kind.LOOK_UP_ID if case.wanted is Wanted.LOOK_ID else Kind.LOOK_UP_NAME
            question = Question(kind, (Subject(case.username, case.platform_id),))
            avoid, proxies = case.failed_on | case.unproven_from, case.failed_over
            return Step(Purpose.LOOK, question, cases=(case,), avoid=avoid, avoid_proxies=proxies, exclude=exclude)
        return None

    def _proof(self, now: datetime, *, only_overdue: bool) -> Step | None:
        while (session_id := self._looks.to_prove(only_overdue=only_overdue)) is not None:
            name = self._proof_name(session_id)
            if name is not None:
                return Step(Purpose.PROOF, _by_name(name), only=session_id)
            if only_overdue and self._docket.look_ups:
                # Nobody is known whom it could find; somebody may still be found by others.
                self._looks.not_proving(session_id)
                return None
            for case in self._looks.lost(session_id):
                self._docket.settle(case, Outcome.UNKNOWN, Reason.NO_CANARY, now)
        return None

    def _proof_name(self, session_id: int) -> str | None:
        names = [*self._looks.known_names, *self._canaries.usernames]
        missed = self._missed.get(session_id, [])
        return next((name for name in names if name not in missed), names[0] if names else None)

    # -- no route -----------------------------------------------------------------------

    def put_back(self, step: Step, now: datetime, *, never: bool) -> None:
        """No route was ready for *step*."""
        if step.purpose is Purpose.CANARY:
            self._canaries.looked_up(step.question.subjects[0].username, None, counts=False)
        if step.only is not None:
            # The session is away: waiting for it could take hours, and another one can look instead.
            self._lose_looks(step.only, now, blind=False)
        elif not step.exclude:
            self._docket.settle_optional(now)
        for case in step.cases:
            if not case.settled:
                self._put_back(case, step, now, never=never)

    def _put_back(self, case: Case, step: Step, now: datetime, *, never: bool) -> None:
        looked = _looked_by(case)
        if case.optional:
            self._docket.settle(case, Outcome.NONE, Reason.OK, now)
        elif never and looked and step.exclude <= looked and self._routes.sessions_usable():
            self._docket.settle(case, Outcome.UNKNOWN, Reason.SECOND_SESSION, now)
        elif step.exclude:
            # Others may be looked up over the sessions that this one must do without.
            self._docket.look_ups.append(case)
        else:
            self._docket.look_ups.appendleft(case)

    # -- answers about a check's profile ----------------------------------------------------

    def answered(self, step: Step, carrier: Carrier, reading: Reading) -> Worth:
        """The platform spoke about the one profile that was looked up."""
        if step.purpose is not Purpose.LOOK:
            return self._name_checked(step, carrier, reading)
        (case,) = step.cases
        by_name = step.question.kind is Kind.LOOK_UP_NAME
        if reading.found is not None:
            if by_name:
                self._sees(carrier, case.username)
            self._somebody(case, reading.found, carrier)
            return Worth.GOOD
        case.note(reading.reason.value)
        if reading.missing or (reading.reason is Reason.PRIVATE and not by_name):
            self._nobody(case, carrier, reading.reason, by_name=by_name)
        elif reading.reason is Reason.GATED:
            # The profile hides itself, and asking again changes nothing.
            self._docket.settle(case, Outcome.UNKNOWN, reading.reason, carrier.at)
        else:
            case.last_reason = reading.reason
            case.failed_on |= {carrier.session_id}
            self.failed(case, reading.reason, carrier)
        return Worth.NOTHING

    def _nobody(self, case: Case, carrier: Carrier, reason: Reason, *, by_name: bool) -> None:
        case.last_reason = reason
        # From here on a NONE no longer stands by itself.
        case.optional = False
        if not by_name:
            # The id is gone, or hides from this session; only the name decides.
            self._docket.turn(case, Wanted.LOOK_NAME)
            return
        self._looks.found_nobody(case, carrier.session_id, reason)
        if len(case.looks) < _looks_needed(case):
            self._docket.turn(case, Wanted.LOOK_NAME)
        else:
            case.parked = True

    def _somebody(self, case: Case, found: Found, carrier: Carrier) -> None:
        self._looks.forget(case)
        case.looked_up = True
        case.note("found private" if found.is_private else "found")
        self._docket.ledger.learned(case.username, found, carrier.at)
        if found.username != case.username:
            self._docket.ledger.happened("renamed", f"The id now has the name {found.username}.", case.username)
        if found.is_private and not found.followed:
            self._docket.settle(case, Outcome.PRIVATE, Reason.PRIVATE, carrier.at)
            return
        case.only_session = carrier.session_id if found.is_private else None
        if found.platform_id != case.platform_id:
            # Another account has the name now: what was said of the old id says nothing.
            case.platform_id = found.platform_id
            case.absent_from = ()
        if case.only_session is not None:
            # Whoever does not follow it cannot have seen it.
            case.absent_from = tuple(session for session in case.absent_from if session == case.only_session)
        if len(case.absent_from) < (3 if case.contradicted else 2):
            self._docket.turn(case, Wanted.CONFIRM if case.absent_from else Wanted.FIRST)
        else:
            self._docket.settle(case, Outcome.NONE, Reason.OK, carrier.at)

    def failed(self, case: Case, reason: Reason, carrier: Carrier, toll: Toll = Toll.COUNTS) -> None:
        """The exchange said nothing about *case*, which was to be looked up."""
        case.failures += toll is Toll.COUNTS
        if toll is not Toll.COUNTS or case.failures < self._docket.policy.attempts:
            self._docket.queue(case)
        elif case.optional:
            self._docket.settle(case, Outcome.NONE, Reason.OK, carrier.at)
        elif case.wanted is Wanted.LOOK_ID:
            self._docket.turn(case, Wanted.LOOK_NAME)
        else:
            self._docket.settle(case, Outcome.UNKNOWN, reason, carrier.at)

    # -- canaries, and proofs that a session sees -----------------------------------------------

    def name_check_failed(self, step: Step, carrier: Carrier, toll: Toll = Toll.COUNTS) -> None:
        """The exchange said nothing about the canary's or the proof's name."""
        name = step.question.subjects[0].username
        if step.purpose is Purpose.CANARY:
            self._canaries.looked_up(name, None, counts=toll is Toll.COUNTS)
            return
        session_id = carrier.session_id
        if toll is Toll.SPARED:
            self._looks.not_proving(session_id)
            return
        self._failures[session_id] = self._failures.get(session_id, 0) + 1
        if self._failures[session_id] < self._docket.policy.attempts:
            self._looks.not_proving(session_id)
        else:
            self._lose_looks(session_id, carrier.at, blind=False)

    def name_check_broke(self, step: Step, now: datetime) -> None:
        """A bug struck while the canary's or the proof's name was looked up."""
        if step.purpose is Purpose.CANARY:
            self._canaries.looked_up(step.question.subjects[0].username, None)
        elif step.only is not None:
            self._lose_looks(step.only, now, blind=False)

    def _name_checked(self, step: Step, carrier: Carrier, reading: Reading) -> Worth:
        name = step.question.subjects[0].username
        found = reading.found
        if step.purpose is Purpose.CANARY:
            self._canaries.looked_up(name, None if found is None or found.is_private else found.platform_id)
            if found is None and reading.missing:
                self._canaries.found_nobody(name, carrier.session_id)
        if found is not None:
            self._sees(carrier, name)
            return Worth.GOOD
        if step.purpose is Purpose.CANARY:
            return Worth.NOTHING
        missed = self._missed.setdefault(carrier.session_id, [])
        missed.append(name)
        if len(missed) < PROOF_TRIES:
            self._looks.not_proving(carrier.session_id)
            return Worth.NOTHING
        self._lose_looks(carrier.session_id, carrier.at, blind=True)
        return Worth.PROVEN_BLIND

    def _sees(self, carrier: Carrier, username: str) -> None:
        self._start_anew(carrier.session_id)
        self._canaries.session_sees(carrier.session_id, carrier.at)
        for case in self._looks.found_somebody(carrier.session_id, username):
            proven = self._looks.proven(case)
            if len(proven) >= _looks_needed(case):
                reason = Reason.USER_NULL if proven[-1].reason is Reason.USER_NULL else Reason.NOT_FOUND
                self._docket.settle(case, Outcome.GONE, reason, carrier.at)

    def _lose_looks(self, session_id: int, now: datetime, *, blind: bool) -> None:
        """The looks of *session_id* will not be proven.  Of a blind one they are counted like unproven answers."""
        self._start_anew(session_id)
        for case in self._looks.lost(session_id):
            case.unproven_from |= {session_id}
            case.lost_looks += blind
            case.looks_away += not blind
            if case.lost_looks >= MOST_LOST_LOOKS or case.looks_away >= self._docket.policy.attempts:
                self._docket.settle(case, Outcome.UNKNOWN, case.last_reason, now)
            elif case.parked:
                self._docket.turn(case, Wanted.LOOK_NAME)

    def forget_all(self) -> None:
        """All checks were given back."""
        self._looks.clear()
        self._missed.clear()
        self._failures.clear()

    def _start_anew(self, session_id: int) -> None:
        self._missed.pop(session_id, None)
        self._failures.pop(session_id, None)


def _looked_by(case: Case) -> frozenset[int]:
    return frozenset(look.session_id for look in case.looks if look.session_id is not None)


def _looks_needed(case: Case) -> int:
    by_html = any(look.reason is Reason.HTML_WALL for look in case.looks)
    return LOOKS_FOR_GONE_BY_HTML if by_html else LOOKS_FOR_GONE


def _by_name(username: str) -> Question:
    return Question(Kind.LOOK_UP_NAME, (Subject(username),))
