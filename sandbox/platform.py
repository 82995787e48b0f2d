"""The pretend platform: who asks what gets which answer.  Owns no socket and tells no time of its own.

What goes wrong comes first (an unknown login, a limit, a row of the failure table, chance); whoever gets
past it gets a good answer, which may still say too little.
"""

from __future__ import annotations

import math
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from email.utils import formatdate

from sandbox.allowance import Allowance
from sandbox.chance import chance, pick
from sandbox.faults import Endpoint, Faults, RowFault, Told
from sandbox.good_answers import GoodAnswers
from sandbox.logins import Login, make_logins
from sandbox.people import Population
from sandbox.question import Question
from sandbox.rows import (
    GOOD,
    LEAVES_OUT,
    LOGGED_OUT,
    ROWS,
    SHOWS_NOBODY,
    UNKNOWN_LOGIN,
    WRONG_CONTENT,
    Act,
    Answer,
    answers_of,
)
from sandbox.scenario import Scenario
from sandbox.shapes import Moment

_CLEARED = 'sessionid=""; Max-Age=0; Path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT'
_NOBODY: frozenset[str] = frozenset()


@dataclass(slots=True)
class Decision:
    """What a request gets, after *delay* seconds; *faults* are the journal's words for what was done to it."""

    answer: Answer
    faults: list[str] = field(default_factory=list)
    delay: float = 0.0


class Platform:
    """People, sessions, limits and faults of one world."""

    def __init__(self, scenario: Scenario, started: float) -> None:
        self._seed = scenario.seed
        self._tells_retry_after = scenario.tells_retry_after
        self._allowance = Allowance(scenario)
        self.people = Population(scenario, started)
        self._content = GoodAnswers(scenario.seed, self.people)
        self.logins = make_logins(scenario.seed, scenario.proxies, scenario.sessions_per_proxy)
        self._by_session = {login.session_id: login for login in self.logins}
        self.set_faults(scenario.faults, started)

    # -- what changes while it runs ----------------------------------------------

    def set_faults(self, faults: Faults, now: float) -> None:
        """Let *faults* take the place of all earlier ones; their counts begin anew.

        Raises:
            ValueError: A row has no such variant.
        """
        for row in faults.rows:
            if row.variant is not None and row.row <= max(ROWS) and row.variant > len(ROWS[row.row]):
                raise ValueError(f"variant: row {row.row} has {len(ROWS[row.row])} answers, not {row.variant}")
        self.faults = faults
        self._requests = 0
        self._matches = [0] * len(faults.rows)
        for login in self.logins:
            login.asked = 0
        ordered = sorted(self.logins, key=lambda login: pick(self._seed, "blind", login.account))
        flagged, more = faults.flagged_sessions, faults.flagged_sessions + faults.blinding_sessions
        self.flagged = frozenset(login.account for login in ordered[:flagged])
        self.blinding = frozenset(login.account for login in ordered[flagged:more])
        self.people.turn_back()
        self._turned = False
        self._turn_when_due(now)

    def _turn_when_due(self, now: float) -> None:
        if not self._turned and self._requests >= self.faults.turned_after:
            self._turned = True
            self.people.apply(self.faults, now)

    def login_of(self, session_id: str) -> Login | None:
        """Whose session it is; None for nobody's."""
        return self._by_session.get(session_id)

    def is_early(self, login: Login, monotonic: float) -> bool:
        """Whether the session asks sooner than the platform's gap allows."""
        return self._allowance.is_early(login, monotonic)

    # -- deciding ------------------------------------------------------------------

    def decide(self, question: Question, login: Login | None, address: str, now: float, monotonic: float) -> Decision:
        """What *question* of *login* gets; every call counts as one request."""
        self._requests += 1
        self._turn_when_due(now)
        if login is None:
            answer = LOGGED_OUT if pick(self._seed, "unknown", address) & 1 else UNKNOWN_LOGIN
            return Decision(answer, ["unknown_session"])
        login.asked += 1
        refusal = self._allowance.refusal(login, address, monotonic)
        if refusal is not None:
            told = refusal.seconds if self._tells_retry_after else None
            return Decision(self._told(ROWS[14][1], told, Told.SECONDS, now), [f"limit:{refusal.limit}"])
        at = Moment(now, self.faults.clock_skew_seconds)
        decision = self._wrong(question, login, address, at) or self._good(question, login, at)
        if self._lot(self.faults.slow, "slow", login):
            decision.delay = self.faults.slow_seconds
            decision.faults.append("slow")
        return decision

    def _lot(self, share: float, what: str, login: Login) -> bool:
        """Whether chance hits the session's present request."""
        return share > 0.0 and chance(self._seed, what, login.account, login.asked) < share

    def _told(self, answer: Answer, seconds: float | None, way: Told, now: float) -> Answer:
        """*answer* with its ``Retry-After``."""
        if seconds is None:
            return answer
        whole = math.ceil(seconds)
        dated = formatdate(now + self.faults.clock_skew_seconds + whole, usegmt=True)
        return replace(answer, headers={**answer.headers, "Retry-After": dated if way is Told.DATE else str(whole)})

    # -- what goes wrong -------------------------------------------------------------

    def _wrong(self, question: Question, login: Login, address: str, at: Moment) -> Decision | None:
        for place, fault in enumerate(self.faults.rows):
            if self._hits(place, fault, question, login, address):
                return self._row(place, fault, question, login, at)
        if self._lot(self.faults.reset, "reset", login):
            return Decision(Answer(0, act=Act.RESET_MID_BODY if login.asked & 1 else Act.RESET), ["reset"])
        if self._is_limited(login):
            answer = ROWS[14][pick(self._seed, "limited how", login.account, login.asked) % len(ROWS[14])]
            return Decision(self._told(answer, self.faults.retry_after, self.faults.retry_as, at.now), ["limited"])
        if self._lot(self.faults.wrong_content, "wrong content", login):
            lot = pick(self._seed, "wrong how", login.account, login.asked)
            return Decision(WRONG_CONTENT[lot % len(WRONG_CONTENT)], ["wrong_content"])
        return None

    def _is_limited(self, login: Login) -> bool:
        only = self.faults.limited_sessions
        return (not only or login.account in only) and self._lot(self.faults.limited, "limited", login)

    def _hits(self, place: int, fault: RowFault, question: Question, login: Login, address: str) -> bool:
        if fault.session not in (None, login.account) or fault.address not in (None, address):
            return False
        if fault.endpoint not in (None, question.endpoint):
            return False
        if fault.profile is not None and fault.profile not in map(self.people.shown, question.subjects):
            return False
        self._matches[place] += 1
        count = self._matches[place]
        within = fault.first <= count and (fault.last is None or count <= fault.last)
        return within and (fault.share >= 1.0 or chance(self._seed, "row", place, count) < fault.share)

    def _row(self, place: int, fault: RowFault, question: Question, login: Login, at: Moment) -> Decision:
        words = [f"row {fault.row}"]
        if fault.row == GOOD:
            return Decision(self._clean(question, login, at), words)
        if fault.row == SHOWS_NOBODY:
            return Decision(self._content.blind(question, login), words)
        if fault.row == LEAVES_OUT:
            return Decision(self._clean(question, login, at, self._left_out(fault, question)), words)
        answers = answers_of(fault.row, question.endpoint)
        lot = fault.variant - 1 if fault.variant else pick(self._seed, "variant", place, self._matches[place])
        return Decision(self._told(answers[lot % len(answers)], fault.retry_after, fault.retry_as, at.now), words)

    def _left_out(self, fault: RowFault, question: Question) -> frozenset[str]:
        if fault.profile is not None:
            return frozenset([fault.profile])
        return frozenset(map(self.people.shown, question.subjects)) - {each.username for each in self.people.canaries}

    # -- good answers ------------------------------------------------------------------

    def _good(self, question: Question, login: Login, at: Moment) -> Decision:
        if self._is_blind(login):
            return Decision(self._content.blind(question, login), ["blind"])
        words = []
        left_out = self._short(question, login, at)
        if left_out:
            words.append("short")
        answer = self._clean(question, login, at, left_out)
        if self._lot(self.faults.clearing, "clearing", login):
            words.append("clearing")
            answer = replace(answer, headers={**answer.headers, "Set-Cookie": _CLEARED})
        return Decision(answer, words)

    def _clean(self, question: Question, login: Login, at: Moment, left_out: AbstractSet[str] = _NOBODY) -> Answer:
        return self._content.clean(question, login, at, self.faults.id_cap(self._requests), left_out)

    def _is_blind(self, login: Login) -> bool:
        if login.account in self.flagged:
            return True
        return login.account in self.blinding and login.asked > self.faults.blinding_after

    def _short(self, question: Question, login: Login, at: Moment) -> frozenset[str]:
        """The usernames whose live stories this answer leaves out."""
        faults = self.faults
        if question.endpoint is not Endpoint.STORIES or len(question.subjects) <= faults.short_over:
            return _NOBODY
        if not self._lot(faults.short_share, "short", login):
            return _NOBODY
        found = (self.people.by_id.get(subject) for subject in question.subjects)
        live = [person for person in found if person is not None and person.is_live(at.now)]
        live.sort(key=lambda person: pick(self._seed, "left out", login.account, login.asked, person.id))
        return frozenset(person.username for person in live[: faults.short_by])

    def __repr__(self) -> str:
        count = len(self.people.people)
        return f"<Platform {count} people, {len(self.logins)} sessions, {self._requests} requests>"
