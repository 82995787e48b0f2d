"""One check while it is being asked about: what is known, what was said, what it may still cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum, auto

from core.domain.verdict import Outcome, Reason
from core.sources.base import Story

# "Not looked at for 7 days, then every 30": a cached id hides that a profile became private or is gone.
FIRST_RELOOK = timedelta(days=7)
LATER_RELOOK = timedelta(days=30)

TRAIL_LENGTH = 600
NOBODY: frozenset[int] = frozenset()


@dataclass(slots=True)
class Target:
    """What the database knows of a profile when its check begins."""

    check_id: int
    username: str
    created_at: datetime
    platform_id: str | None = None
    known_private: bool = False
    known_gone: bool = False
    story_until: datetime | None = None
    looked_at: datetime | None = None

    def relook_due(self, now: datetime) -> bool:
        """Whether a NONE is old enough in its last look-up to be looked up again.

        An id that an import brought counts as looked at when the profile was created.
        """
        if self.looked_at is None:
            return now - self.created_at >= FIRST_RELOOK
        first_look_only = self.looked_at - self.created_at < FIRST_RELOOK
        return now - self.looked_at >= (FIRST_RELOOK if first_look_only else LATER_RELOOK)


@dataclass(slots=True)
class Result:
    """A settled check, ready to be stored.

    Args:
        attempts: All exchanges that named the profile.
        second_find: The story was found only by a second asking.
    """

    check_id: int
    username: str
    outcome: Outcome
    reason: Reason
    attempts: int
    trail: str
    checked_at: datetime
    latency_ms: int | None = None
    proxy_id: int | None = None
    session_id: int | None = None
    story: Story | None = None
    second_find: bool = False


class Wanted(IntEnum):
    """The question that a case waits for."""

    LOOK_NAME = auto()
    LOOK_ID = auto()
    FIRST = auto()
    CONFIRM = auto()


@dataclass(frozen=True, slots=True)
class Look:
    """A look-up that found nobody.  ``session_id`` None is an earlier conclusive GONE."""

    session_id: int | None
    reason: Reason


@dataclass(slots=True, eq=False)
class Case:
    """The course of one check.  Most need one exchange, so what only failures fill is not made before.

    Args:
        failures: Failed exchanges of the present question; ``failed_on`` their sessions, ``failed_over`` their
            proxies where those are, or may be, what failed.
        lost: Exchanges that a proxy lost on the way to the platform.
        unproven: Answers to the present question that said nothing because nobody in them was seen.
        unproven_from: Sessions that brought such answers, or whose looks were not proven.
        lost_looks: Looks through sessions that then found nobody else either.
        looks_away: Looks whose sessions could not be asked to prove themselves.
        absent_from: Sessions whose proven answers left the profile out, in order.
        optional: The present look-up is a refresher; a NONE stands without it.
        contradicted: Known to be live until later, yet missing twice.
        only_session: The one session that follows this private profile.
        looked_up: A look-up of this check found the profile.
        parked: It waits until the sessions that did not find it have found somebody else.
    """

    target: Target
    platform_id: str | None
    wanted: Wanted
    failures: int = 0
    unproven: int = 0
    unproven_from: frozenset[int] = NOBODY
    lost_looks: int = 0
    looks_away: int = 0
    attempts: int = 0
    absent_from: tuple[int, ...] = ()
    looks: tuple[Look, ...] = ()
    failed_on: frozenset[int] = NOBODY
    failed_over: frozenset[int] = NOBODY
    lost: int = 0
    optional: bool = False
    contradicted: bool = False
    only_session: int | None = None
    looked_up: bool = False
    parked: bool = False
    broke: bool = False
    settled: bool = False
    last_reason: Reason = Reason.NO_CANARY
    last_at: datetime | None = None
    last_route: tuple[int | None, int | None] = (None, None)
    last_latency: float | None = None
    trail: list[str] = field(default_factory=list)

    @property
    def username(self) -> str:
        return self.target.username

    def named(self, session_id: int, proxy_id: int, at: datetime, latency: float | None) -> None:
        """Count one exchange that named this profile."""
        self.attempts += 1
        self.last_route = (proxy_id, session_id)
        self.last_at = at
        self.last_latency = latency

    def note(self, words: str) -> None:
        """Add a step to the trail: which route said what.  :mod:`core.domain.trail` reads it."""
        proxy, session = self.last_route
        self.trail.append(f"s{session}/p{proxy} {words}" if session is not None else words)

    def turn_to(self, wanted: Wanted) -> None:
        """Begin another question; each one has its own budget of failures and of unproven answers."""
        self.wanted = wanted
        self.unproven = 0
        self.failures = 0
        self.failed_on = self.failed_over = NOBODY

    def result(
        self, outcome: Outcome, reason: Reason, now: datetime, story: Story | None = None, *, second_find: bool = False
    ) -> Result:
        """End the case with its one verdict."""
        self.settled = True
        proxy_id, session_id = self.last_route
        return Result(
            self.target.check_id,
            self.target.username,
            outcome,
            reason,
            self.attempts,
            "; ".join(self.trail)[:TRAIL_LENGTH],
            self.last_at or now,
            None if self.last_latency is None else round(self.last_latency * 1000),
            proxy_id,
            session_id,
            story,
            second_find,
        )


def begin(target: Target) -> Case:
    """A case at its first question."""
    if target.platform_id is None or target.known_gone:
        wanted = Wanted.LOOK_NAME
    elif target.known_private:
        # Known to be private or gone: looked up, never put into a group.
        wanted = Wanted.LOOK_ID
    else:
        wanted = Wanted.FIRST
    case = Case(target, target.platform_id, wanted)
    if target.known_gone:
        # An earlier conclusive GONE serves as the first of the two looks.
        case.looks = (Look(None, Reason.NOT_FOUND),)
    return case
