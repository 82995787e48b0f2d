"""What the answers to grouped questions settle: LIVE at once, NONE from two answers that prove themselves.

An answer is proven only if somebody in it came back live.  Rules 1 to 5 of "many profiles per request".
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.domain.verdict import Outcome, Reason
from core.engine.case import Case, Wanted
from core.engine.docket import Docket
from core.engine.groups import Group, GroupSize
from core.engine.proof import Canaries, Witnesses
from core.engine.steps import Carrier, Routes, Step, Toll, Worth
from core.sources.base import Reading, Story

MOST_UNPROVEN_ANSWERS = 2
# These refuse a question for what it names or for how much: splitting it is no failure of its members.
REFUSED = frozenset({Reason.TOO_MANY_IDS, Reason.BAD_REQUEST, Reason.PRIVATE})
# The platform breaks down over large questions too (500, 560), so these are split without a second try.
SPLIT_AT_ONCE = REFUSED | {Reason.SERVER_ERROR}


class StoryAnswers:
    """Judges answers about stories, and the lack of them."""

    def __init__(
        self, *, docket: Docket, size: GroupSize, canaries: Canaries, witnesses: Witnesses, routes: Routes
    ) -> None:
        self.look_ups_blocked = False
        self._docket = docket
        self._size = size
        self._canaries = canaries
        self._witnesses = witnesses
        self._routes = routes

    # -- an answer ----------------------------------------------------------------

    def answered(self, step: Step, group: Group, carrier: Carrier, reading: Reading) -> Worth:
        """The platform showed who of the group is live."""
        proven = bool(reading.live)
        share = f"{len(reading.live)}/{len(step.question.subjects)}"
        self._canaries.heard(step.extras, reading.live, carrier.session_id, carrier.at)
        missing: list[Case] = []
        for case in step.cases:
            story = reading.live.get(case.platform_id or "")
            if story is None:
                missing.append(case)
            else:
                self._is_live(case, story, carrier, share)
        if not proven:
            return self._unproven(group, missing, carrier, share, vouched=step.vouched)
        if group.confirming:
            self._size.confirmed(found_later=len(step.cases) - len(missing))
        for case in missing:
            self._absent(case, carrier, share)
        return Worth.GOOD

    def _is_live(self, case: Case, story: Story, carrier: Carrier, share: str) -> None:
        case.note(f"live {share}")
        self._witnesses.saw(case.target.username, case.platform_id, story, carrier.at)
        self._docket.settle(case, Outcome.LIVE, Reason.OK, carrier.at, story, second_find=bool(case.absent_from))

    def _unproven(self, group: Group, cases: Sequence[Case], carrier: Carrier, share: str, *, vouched: bool) -> Worth:
        reason = Reason.BATCH_UNPROVEN if vouched else Reason.NO_CANARY
        again = []
        for case in cases:
            case.note(f"{reason.value} {share}")
            case.unproven += 1
            case.unproven_from |= {carrier.session_id}
            if case.unproven >= MOST_UNPROVEN_ANSWERS:
                self._docket.settle(case, Outcome.UNKNOWN, reason, carrier.at)
            else:
                again.append(case)
        if again:
            # Without a canary, wait until everybody else was asked: somebody found live can then bear witness.
            queue = self._docket.again if vouched else self._docket.later
            queue.append(Group(again, confirming=group.confirming))
        return Worth.BLIND if vouched else Worth.NOTHING

    # -- who is missing -------------------------------------------------------------

    def _absent(self, case: Case, carrier: Carrier, share: str) -> None:
        case.note(f"absent {share}")
        case.absent_from += (carrier.session_id,)
        times = len(case.absent_from)
        if times == 1:
            self._docket.turn(case, Wanted.CONFIRM)
        elif times == 2 and _contradicts(case, carrier.at):
            case.contradicted = True
            # A look-up of this very check is fresh enough: only the third asking is left.
            self._docket.turn(case, Wanted.CONFIRM if case.looked_up else Wanted.LOOK_ID)
        elif times == 2 and case.target.relook_due(carrier.at) and self._may_relook(case):
            case.optional = True
            self._docket.turn(case, Wanted.LOOK_ID)
        else:
            self._docket.settle(case, Outcome.NONE, Reason.OK, carrier.at)

    def _may_relook(self, case: Case) -> bool:
        if case.looked_up or case.only_session is not None or self.look_ups_blocked:
            return False
        return self._routes.look_up_ready()

    # -- no answer --------------------------------------------------------------------

    def failed(self, group: Group, reason: Reason, carrier: Carrier, toll: Toll = Toll.COUNTS) -> None:
        """The exchange said nothing about the group's members."""
        if toll is Toll.LOST:
            self._docket.again.append(group)
            return
        alone = len(group.cases) == 1
        if reason is Reason.TOO_MANY_IDS:
            self._size.too_many(len(group.cases))
        if reason is Reason.PRIVATE and alone and not group.cases[0].looked_up:
            # "Not authorized to view user" is said of public profiles too: the profile itself decides.
            self._docket.turn(group.cases[0], Wanted.LOOK_ID)
            return
        group.failures += 1
        if toll is Toll.SPARED and alone:
            # To the end of its queue: whoever else there is gets the next try.
            self._docket.queue(group.cases[0])
            return
        if toll is Toll.COUNTS and (alone or reason not in REFUSED):
            self._count_failure(group, reason, carrier)
        if len(group.cases) > 1 and (reason in SPLIT_AT_ONCE or group.failures >= 2):
            self._docket.again.extend(group.halves())
        elif group.cases:
            self._docket.again.append(group)

    def _count_failure(self, group: Group, reason: Reason, carrier: Carrier) -> None:
        staying = []
        for case in group.cases:
            case.failures += 1
            if case.failures >= self._docket.policy.attempts:
                self._docket.settle(case, Outcome.UNKNOWN, reason, carrier.at)
            else:
                staying.append(case)
        group.cases = staying


def _contradicts(case: Case, at: datetime) -> bool:
    """Known to be live until later, and the story was that of the id that is asked about."""
    until = case.target.story_until
    return until is not None and until > at and case.platform_id == case.target.platform_id
