"""The open checks of one batch: what each of them waits for, and its end.

Owns the queues, each case being in one of them at most, and is the one place that settles.  Decides
neither who is asked next nor what an answer means.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from datetime import datetime

from core.domain.verdict import Outcome, Reason
from core.engine.case import Case, Target, Wanted, begin
from core.engine.groups import Group
from core.engine.looks import Looks
from core.engine.steps import Ledger, Policy
from core.sources.base import Story

LOOKS_UP = frozenset({Wanted.LOOK_NAME, Wanted.LOOK_ID})


class Docket:
    """The cases that have no verdict yet.

    Args:
        looks: Let go of the looks of a case when it ends.
    """

    def __init__(self, policy: Policy, ledger: Ledger, looks: Looks) -> None:
        self.policy = policy
        self.ledger = ledger
        self.look_ups: deque[Case] = deque()
        self.first: deque[Case] = deque()
        self.confirm: deque[Case] = deque()
        # Groups that were put together already: those to ask before anybody else, those that wait until a
        # witness may be there, and those whose one session was away.
        self.again: deque[Group] = deque()
        self.later: deque[Group] = deque()
        self.away: deque[Group] = deque()
        self._cases: dict[int, Case] = {}
        self._looks = looks

    def __repr__(self) -> str:
        return (
            f"<Docket {len(self._cases)} open: {len(self.look_ups)} to look up, {len(self.first)} to ask, "
            f"{len(self.confirm)} missing once>"
        )

    def __len__(self) -> int:
        return len(self._cases)

    @property
    def check_ids(self) -> list[int]:
        """Of the open cases."""
        return list(self._cases)

    @property
    def wants_stories(self) -> bool:
        """Whether anybody waits for a grouped question."""
        return any((self.first, self.confirm, self.again, self.later, self.away))

    # -- in ---------------------------------------------------------------------

    def add(self, target: Target) -> None:
        """Open a case; one that is open already is left as it is."""
        if target.check_id not in self._cases:
            case = self._cases[target.check_id] = begin(target)
            self.queue(case)

    def queue(self, case: Case) -> None:
        """Let *case* wait for its next question."""
        case.parked = False
        if case.settled:
            return
        if case.wanted in LOOKS_UP:
            self.look_ups.append(case)
        elif case.only_session is not None:
            self.again.append(Group([case], confirming=case.wanted is Wanted.CONFIRM))
        elif case.wanted is Wanted.FIRST:
            self.first.append(case)
        else:
            self.confirm.append(case)

    def turn(self, case: Case, wanted: Wanted) -> None:
        """Ask another question about *case*."""
        case.turn_to(wanted)
        self.queue(case)

    # -- out ---------------------------------------------------------------------

    def settle(
        self,
        case: Case,
        outcome: Outcome,
        reason: Reason,
        now: datetime,
        story: Story | None = None,
        *,
        second_find: bool = False,
    ) -> None:
        """End *case* with its one verdict."""
        if case.settled:
            return
        if case.looks:
            self._looks.forget(case)
        self._cases.pop(case.target.check_id, None)
        self.ledger.settled(case.result(outcome, reason, now, story, second_find=second_find))

    def settle_optional(self, now: datetime) -> None:
        """There are no look-ups to spare: whoever waits for a refresher is NONE without it."""
        for case in [case for case in self.look_ups if case.optional]:
            self.look_ups.remove(case)
            self.settle(case, Outcome.NONE, Reason.OK, now)

    def set_aside_look_ups(self) -> list[int]:
        """Forget the cases that wait for a look-up by name and were never asked about.  Their check ids."""
        aside = [case for case in self.look_ups if _is_untouched(case)]
        self._forget(aside)
        return [case.target.check_id for case in aside]

    def clear(self) -> list[int]:
        """Forget all cases.  Their check ids."""
        ids = self.check_ids
        for cases in (self.look_ups, self.first, self.confirm):
            cases.clear()
        for groups in (self.again, self.later, self.away):
            groups.clear()
        self._cases.clear()
        return ids

    def take_out(self, cases: Iterable[Case]) -> None:
        """Take *cases* out of every queue they may be in; they stay open."""
        out = set(cases)
        for queue in (self.look_ups, self.first, self.confirm):
            if not out.isdisjoint(queue):
                kept = [case for case in queue if case not in out]
                queue.clear()
                queue.extend(kept)
        for group in (*self.again, *self.later, *self.away):
            group.cases = [case for case in group.cases if case not in out]

    def _forget(self, cases: list[Case]) -> None:
        self.take_out(cases)
        for case in cases:
            del self._cases[case.target.check_id]


def next_group(queue: deque[Group]) -> Group | None:
    """Take the first group that has members left off *queue*."""
    while queue:
        group = queue.popleft()
        if group.cases:
            return group
    return None


def _is_untouched(case: Case) -> bool:
    # One that a bug struck stays, or it would be struck for ever.
    return case.wanted is Wanted.LOOK_NAME and case.attempts == 0 and not case.broke
