"""A batch to play by hand: an inquiry, a ledger that remembers, routes that say what they are told to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from core.domain.verdict import Blame, Outcome, Reason
from core.engine.case import Result, Target
from core.engine.inquiry import Carrier, Inquiry, Policy, Purpose, Step, Worth
from core.engine.proof import Canaries, CanaryRecord
from core.sources.base import Found, Reading, Story

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
YESTERDAY = NOW - timedelta(days=1)
LONG_AGO = NOW - timedelta(days=100)
DAY_LONG = Story(NOW - timedelta(hours=1), NOW + timedelta(hours=23))
NEARLY_OVER = Story(NOW - timedelta(hours=23), NOW + timedelta(minutes=9))


def id_of(username: str) -> str:
    return f"id-{username}"


class Book:
    """The ledger: what was settled, learned and told."""

    def __init__(self) -> None:
        self.results: dict[str, Result] = {}
        self.lessons: list[tuple[str, Found]] = []
        self.news: list[tuple[str, str | None]] = []

    def settled(self, result: Result) -> None:
        assert result.username not in self.results, "a check has one verdict"
        self.results[result.username] = result

    def learned(self, username: str, found: Found, at: datetime) -> None:
        self.lessons.append((username, found))

    def happened(self, what: str, text: str, username: str | None = None) -> None:
        self.news.append((what, username))


class Sessions:
    """The routes: how many sessions there are, and whether a look-up could leave."""

    def __init__(self, usable: int) -> None:
        self.usable = usable
        self.ready = True

    def sessions_usable(self) -> int:
        return self.usable

    def look_up_ready(self) -> bool:
        return self.ready


class Desk:
    """One batch and the person who plays the platform."""

    def __init__(
        self,
        *,
        sessions: int = 20,
        canaries: Iterable[str] = ("canary1", "canary2", "canary3"),
        resolved: bool = True,
        policy: Policy | None = None,
    ) -> None:
        self.book = Book()
        self.routes = Sessions(sessions)
        self.canaries = Canaries()
        self.canaries.replace(CanaryRecord(name, id_of(name) if resolved else None) for name in canaries)
        self.inquiry = Inquiry(canaries=self.canaries, routes=self.routes, ledger=self.book, policy=policy or Policy())
        self.now = NOW
        self._check_id = 0

    # -- targets ----------------------------------------------------------------

    def target(
        self,
        username: str,
        *,
        known_id: bool = True,
        private: bool = False,
        gone: bool = False,
        story_until: datetime | None = None,
        looked_at: datetime | None = YESTERDAY,
        created_at: datetime = YESTERDAY,
    ) -> Target:
        self._check_id += 1
        return Target(
            self._check_id,
            username,
            created_at,
            id_of(username) if known_id else None,
            known_private=private,
            known_gone=gone,
            story_until=story_until,
            looked_at=looked_at if known_id else None,
        )

    def add(self, *targets: Target, more: bool = False) -> None:
        self.inquiry.add(targets)
        self.inquiry.more_coming = more

    def people(self, count: int, *, more: bool = False, known_id: bool = True) -> list[str]:
        names = [f"p{number:02}" for number in range(count)]
        self.add(*(self.target(name, known_id=known_id) for name in names), more=more)
        return names

    # -- steps --------------------------------------------------------------------

    def stories(self) -> Step:
        step = self.inquiry.next_stories(self.now)
        assert step is not None, "nobody is asked for stories"
        return step

    def look_up(self) -> Step:
        step = self.inquiry.next_look_up(self.now)
        assert step is not None, "nobody is looked up"
        return step

    def idle(self) -> bool:
        return self.inquiry.next_stories(self.now) is None and self.inquiry.next_look_up(self.now) is None

    def carrier(self, session: int) -> Carrier:
        return Carrier(session, 100 + session, self.now, 0.25)

    # -- what the platform says -------------------------------------------------------

    def shows(self, step: Step, *names: str, session: int = 1, story: Story = DAY_LONG) -> Worth:
        """A clean answer in which *names* are live; ``canary`` is every extra."""
        live = {id_of(name): story for name in names if name != "canary"}
        if "canary" in names:
            live |= {subject.platform_id or "": story for subject in step.extras}
        return self.inquiry.answered(step, self.carrier(session), Reading(Reason.OK, row=35, live=live))

    def finds(
        self,
        step: Step,
        *,
        session: int = 1,
        private: bool = False,
        followed: bool = False,
        name: str | None = None,
        platform_id: str | None = None,
    ) -> Worth:
        (subject,) = step.question.subjects
        found = Found(name or subject.username, platform_id or id_of(subject.username), private, followed)
        return self.inquiry.answered(step, self.carrier(session), Reading(Reason.OK, found=found))

    def finds_nobody(self, step: Step, *, session: int = 1, reason: Reason = Reason.NOT_FOUND) -> Worth:
        reading = Reading(reason, Blame.PROFILE, row=18, missing=True)
        return self.inquiry.answered(step, self.carrier(session), reading)

    def refuses(self, step: Step, reason: Reason = Reason.RATE_LIMITED, *, session: int = 1) -> None:
        self.inquiry.failed(step, self.carrier(session), reason)

    # -- what came of it -----------------------------------------------------------------

    def verdict(self, username: str) -> tuple[Outcome, Reason] | None:
        result = self.book.results.get(username)
        return None if result is None else (result.outcome, result.reason)

    @property
    def verdicts(self) -> dict[str, tuple[Outcome, Reason]]:
        return {name: (result.outcome, result.reason) for name, result in self.book.results.items()}


def these(*session_ids: int) -> frozenset[int]:
    """Sessions."""
    return frozenset(session_ids)


def names_in(step: Step) -> list[str]:
    """The targets of a step."""
    return [case.username for case in step.cases]


def asked(step: Step) -> tuple[str, Purpose]:
    """Whom a look-up is for, and why."""
    return step.question.subjects[0].username, step.purpose


LIVE = (Outcome.LIVE, Reason.OK)
NONE = (Outcome.NONE, Reason.OK)
PRIVATE = (Outcome.PRIVATE, Reason.PRIVATE)
GONE = (Outcome.GONE, Reason.NOT_FOUND)
