"""The course of one batch: who is asked next, and what each answer settles.

Pure and synchronous: it knows no network, no database and no time of its own, so a test can play
a whole batch by hand.  Rules are those of the design's "many profiles per request": presence is
believed at once, absence only from two proven answers, GONE only from two sessions that see.

Here is decided who is asked next; what answers mean is in :mod:`core.engine.story_answers` and
:mod:`core.engine.look_ups`, and who waits for what in :mod:`core.engine.docket`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from core.domain.verdict import Outcome, Reason
from core.engine.case import Result, Target, Wanted
from core.engine.docket import Docket, next_group
from core.engine.groups import Group, GroupSize, pack
from core.engine.look_ups import LookUps
from core.engine.looks import Looks
from core.engine.proof import Canaries, Witnesses
from core.engine.steps import Carrier, Flight, Ledger, Policy, Purpose, Routes, Step, Toll, Worth
from core.engine.story_answers import StoryAnswers
from core.sources.base import Kind, Question, Reading, Subject

__all__ = ["Carrier", "Inquiry", "Ledger", "Policy", "Purpose", "Result", "Routes", "Step", "Target", "Worth"]

# Dead proxies are soon away; a question that loses so many exchanges to them may itself be what breaks them.
MOST_LOST = 12
CANARIES_IN_FIRST = 1
CANARIES_IN_CONFIRM = 2


class Inquiry:
    """The state of one batch between its exchanges.

    Every step that :meth:`next_stories` or :meth:`next_look_up` gives must come back through exactly one
    of :meth:`answered`, :meth:`failed`, :meth:`put_back` or :meth:`broke`.

    Args:
        more_coming: More checks of the batch will be added, so that small groups may wait for company.
        look_ups_blocked: Look-ups are used up for now: none is given out, and nobody waits for one.
    """

    def __init__(self, *, canaries: Canaries, routes: Routes, ledger: Ledger, policy: Policy) -> None:
        self.more_coming = True
        self._canaries = canaries
        self._routes = routes
        self._witnesses = Witnesses()
        self._size = GroupSize(policy.group_size)
        self._flight = Flight()
        looks = Looks()
        self._docket = Docket(policy, ledger, looks)
        self._stories = StoryAnswers(
            docket=self._docket, size=self._size, canaries=canaries, witnesses=self._witnesses, routes=routes
        )
        self._look_ups = LookUps(
            docket=self._docket, flight=self._flight, looks=looks, canaries=canaries, routes=routes
        )
        canaries.try_again()

    def __repr__(self) -> str:
        docket = self._docket
        return (
            f"<Inquiry {len(docket)} open: {len(docket.look_ups)} to look up, {len(docket.first)} to ask, "
            f"{len(docket.confirm)} missing once | groups of {self._size.now}>"
        )

    # -- what is open ---------------------------------------------------------

    def add(self, targets: Iterable[Target]) -> None:
        """Take more checks of the batch; one that is already open is left as it is."""
        for target in targets:
            self._docket.add(target)

    @property
    def open_checks(self) -> list[int]:
        """Ids of the checks that have no verdict yet."""
        return self._docket.check_ids

    @property
    def open_count(self) -> int:
        """How many checks have no verdict yet."""
        return len(self._docket)

    @property
    def waiting_count(self) -> int:
        """How many of them are not being asked about just now."""
        return len(self._docket) - self._flight.cases

    @property
    def in_flight(self) -> int:
        """Steps that were given out and have not come back."""
        return len(self._flight)

    @property
    def group_size(self) -> int:
        """Targets in the next first group."""
        return max(1, min(self._size.now, self._docket.policy.group_limit - CANARIES_IN_FIRST))

    @property
    def policy(self) -> Policy:
        """Sizes and limits in force."""
        return self._docket.policy

    def set_policy(self, policy: Policy) -> None:
        """Use other sizes and limits from the next step on."""
        if policy.group_size != self.policy.group_size:
            self._size.want(policy.group_size)
        self._docket.policy = policy

    @property
    def look_ups_blocked(self) -> bool:
        return self._stories.look_ups_blocked

    @look_ups_blocked.setter
    def look_ups_blocked(self, blocked: bool) -> None:
        self._stories.look_ups_blocked = blocked

    # -- giving checks back -----------------------------------------------------

    def set_aside_look_ups(self) -> list[int]:
        """Forget the checks that wait for a look-up by name and were never asked about.  Their ids."""
        return self._docket.set_aside_look_ups()

    def give_back(self) -> list[int]:
        """Forget all open checks.  Their ids.

        Raises:
            RuntimeError: Steps are under way.
        """
        if self.in_flight:
            raise RuntimeError(f"{self.in_flight} steps are under way; checks can be given back when none is")
        self._look_ups.forget_all()
        return self._docket.clear()

    def abandon(self) -> None:
        """The batch is put down with steps under way: canaries that they look up are free for other batches."""
        for step in self._flight.of(Purpose.CANARY):
            self._canaries.looked_up(step.question.subjects[0].username, None, counts=False)

    # -- choosing a step ------------------------------------------------------

    def next_stories(self, now: datetime) -> Step | None:
        """The next grouped question, or None when nothing may be asked before something else comes back."""
        docket = self._docket
        if (group := next_group(docket.again)) is not None:
            return self._group_step(group, now)
        if not self._can_be_proven(now):
            return None
        no_more = self._no_more_to_ask()
        group_size = self.group_size
        if docket.confirm:
            nothing_first = no_more and not docket.first and not self._flight.has(Purpose.FIRST)
            confirm_size = max(1, min(docket.policy.confirm_size, group_size))
            cases = pack(docket.confirm, confirm_size, self._routes.sessions_usable(), partial=nothing_first)
            if cases:
                return self._group_step(Group(cases, confirming=True), now)
        if len(docket.first) >= group_size or (docket.first and no_more):
            cases = pack(docket.first, group_size, self._routes.sessions_usable())
            return self._group_step(Group(cases, confirming=False), now)
        return self._put_off(now, no_more=no_more)

    def _put_off(self, now: datetime, *, no_more: bool) -> Step | None:
        """A group that waits for a witness, once there is one or nobody is left who could be; or for its session."""
        docket = self._docket
        alone = self.in_flight == 0 and (no_more or self.more_coming)
        group = next_group(docket.later) if alone or self._has_witness(now) else None
        if group is None and self.in_flight == 0:
            group = next_group(docket.away)
        return None if group is None else self._group_step(group, now)

    @property
    def wants_stories(self) -> bool:
        """Whether anybody waits for a grouped question, though it may have to wait for company or a canary."""
        return self._docket.wants_stories

    def next_look_up(self, now: datetime) -> Step | None:
        """The next look-up, or None when none is due."""
        if self.look_ups_blocked:
            return None
        step = self._look_ups.next(now, canaries_wanted=self._wants_canaries())
        return None if step is None else self._flight.give(step)

    @property
    def wants_look_ups(self) -> bool:
        """Whether :meth:`next_look_up` is worth a call."""
        if self.look_ups_blocked:
            return False
        return self._look_ups.wanted or (self._wants_canaries() and self._canaries.wants_look_up)

    def _no_more_to_ask(self) -> bool:
        looking = self._docket.look_ups or self._flight.has(Purpose.LOOK)
        return not self.more_coming and (self.look_ups_blocked or not looking)

    def _wants_canaries(self) -> bool:
        return bool(self._docket.first or self._docket.confirm or self._docket.again)

    def _has_witness(self, now: datetime) -> bool:
        return bool(self._witnesses.pick(1, frozenset(), now))

    def _can_be_proven(self, now: datetime) -> bool:
        return not self._canaries.awaited or self.look_ups_blocked or self._has_witness(now)

    def _group_step(self, group: Group, now: datetime) -> Step:
        extras, vouched = self._extras(group, now)
        subjects = [Subject(case.target.username, case.platform_id) for case in group.cases]
        return self._flight.give(
            Step(
                Purpose.CONFIRM if group.confirming else Purpose.FIRST,
                Question(Kind.STORIES, (*subjects, *extras)),
                cases=tuple(group.cases),
                group=group,
                extras=tuple(extras),
                vouched=vouched,
                avoid=group.avoid,
                avoid_proxies=group.avoid_proxies,
                only=group.cases[0].only_session,
            )
        )

    def _extras(self, group: Group, now: datetime) -> tuple[list[Subject], bool]:
        """Canaries and witnesses to ask about with *group*; whether any of them is thought to be live."""
        limit = self._docket.policy.group_limit
        without = frozenset([case.target.username for case in group.cases])
        wanted = CANARIES_IN_CONFIRM if group.confirming else CANARIES_IN_FIRST
        wanted = max(1, min(wanted, limit - len(group.cases)))
        extras = self._canaries.pick(wanted, without)
        if len(extras) < wanted:
            without |= {subject.username for subject in extras}
            extras += self._witnesses.pick(wanted - len(extras), without, now)
        if extras:
            room = len(group.cases) + len(extras) < limit
            return (extras + self._canaries.rider(without, now) if room else extras), True
        # A canary that proven answers leave out may be back; if it is not, that says nothing of the session.
        return self._canaries.pick(1, without, missing=True), False

    # -- what comes back ------------------------------------------------------

    def answered(self, step: Step, carrier: Carrier, reading: Reading) -> Worth:
        """The platform spoke about the step's subjects; verdicts that now stand go to the ledger."""
        self._came_back(step)
        for case in step.cases:
            case.named(carrier.session_id, carrier.proxy_id, carrier.at, carrier.latency)
        if step.group is None:
            return self._look_ups.answered(step, carrier, reading)
        return self._stories.answered(step, step.group, carrier, reading)

    def failed(self, step: Step, carrier: Carrier, reason: Reason, toll: Toll = Toll.COUNTS) -> None:
        """The exchange brought nothing about its subjects; each question bears so many of those."""
        self._came_back(step)
        for case in step.cases:
            case.named(carrier.session_id, carrier.proxy_id, carrier.at, carrier.latency)
            case.note(reason.value)
            case.last_reason = reason
            if toll is not Toll.SPARED:
                case.failed_on |= {carrier.session_id}
            if carrier.bad_proxy:
                case.failed_over |= {carrier.proxy_id}
            if toll is Toll.LOST:
                case.lost += 1
                toll = toll if case.lost <= MOST_LOST else Toll.COUNTS
        if step.group is not None:
            self._stories.failed(step.group, reason, carrier, toll)
        elif step.purpose is Purpose.LOOK:
            self._look_ups.failed(step.cases[0], reason, carrier, toll)
        else:
            self._look_ups.name_check_failed(step, carrier, toll)

    def put_back(self, step: Step, now: datetime, *, never: bool = False) -> None:
        """The step could not leave: no route was ready.

        Args:
            never: No session but the excluded ones can carry it without a person's help.
        """
        self._came_back(step)
        if step.group is None:
            self._look_ups.put_back(step, now, never=never)
        elif step.only is None:
            self._docket.again.appendleft(step.group)
        elif not never:
            # Its session rests: it is tried again when nothing else is under way, not as fast as can be.
            self._docket.away.append(step.group)
        else:
            # The one session that follows this profile is out of service.  Any other can say what it is to others.
            for case in step.cases:
                case.only_session = None
                self._docket.turn(case, Wanted.LOOK_NAME)

    def broke(self, step: Step, now: datetime) -> None:
        """A bug struck while the step was under way: its checks are tried once more by themselves, then end.

        It may have struck in the midst of :meth:`answered` or :meth:`failed`, too.
        """
        self._flight.take_back(step)
        self._docket.take_out(step.cases)
        for case in step.cases:
            if case.settled:
                continue
            if case.broke:
                self._docket.settle(case, Outcome.UNKNOWN, Reason.INTERNAL, now)
                continue
            case.broke = True
            if step.group is None:
                self._docket.queue(case)
            else:
                self._docket.again.append(Group([case], confirming=step.group.confirming))
        if not step.cases:
            self._look_ups.name_check_broke(step, now)

    def _came_back(self, step: Step) -> None:
        if not self._flight.take_back(step):
            raise RuntimeError(f"a step for {step.purpose.name.lower()} came back twice")
