"""What goes between a batch's inquiry and whoever carries its questions: steps out, carriers and worth back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, IntEnum, auto
from typing import Protocol

from core.engine.case import Case, Result
from core.engine.groups import Group
from core.sources.base import Found, Question, Subject


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
        group_limit: Most profiles that one question may name, canaries included.
    """

    group_size: int = 10
    confirm_size: int = 5
    attempts: int = 3
    group_limit: int = 25


class Purpose(IntEnum):
    """Why a step is taken.  A number, because steps are counted by it: the hash of another one is Python's work."""

    FIRST = auto()
    CONFIRM = auto()
    LOOK = auto()
    CANARY = auto()
    PROOF = auto()


@dataclass(slots=True, eq=False)
class Step:
    """One exchange to make.

    Args:
        extras: Canaries and witnesses in the question.
        vouched: One of the extras at least is thought to be live, so that a blank answer accuses its session.
        avoid: Sessions that should not carry it if another can; ``avoid_proxies`` the same.
        exclude: Sessions that must not carry it.
        only: The one session that must carry it.
    """

    purpose: Purpose
    question: Question
    cases: tuple[Case, ...] = ()
    group: Group | None = None
    extras: tuple[Subject, ...] = ()
    vouched: bool = False
    avoid: frozenset[int] = frozenset()
    avoid_proxies: frozenset[int] = frozenset()
    exclude: frozenset[int] = frozenset()
    only: int | None = None


class Worth(Enum):
    """What an answer says about the session that brought it."""

    GOOD = auto()  # it sees
    NOTHING = auto()  # neither way
    BLIND = auto()  # it should have seen somebody and did not
    PROVEN_BLIND = auto()  # it did not find names that others find


class Toll(Enum):
    """What a failed exchange costs its question."""

    COUNTS = auto()  # one of the failures that it may bear
    SPARED = auto()  # nothing: the platform refuses everybody
    LOST = auto()  # nothing: a proxy failed on the way, and the platform was never asked


@dataclass(slots=True)
class Carrier:
    """The route that brought an answer, or none, and when.

    Args:
        bad_proxy: The proxy is, or may be, what failed.
    """

    session_id: int
    proxy_id: int
    at: datetime
    latency: float | None = None
    bad_proxy: bool = False


class Flight:
    """The steps that were given out and have not come back."""

    def __init__(self) -> None:
        self._out: set[Step] = set()
        self._counts = dict.fromkeys(Purpose, 0)
        # Cases that they are about.
        self.cases = 0

    def __len__(self) -> int:
        return len(self._out)

    def give(self, step: Step) -> Step:
        """Let *step* go."""
        self._out.add(step)
        self._counts[step.purpose] += 1
        self.cases += len(step.cases)
        return step

    def take_back(self, step: Step) -> bool:
        """*step* has come back; False when it is not out."""
        if step not in self._out:
            return False
        self._out.remove(step)
        self._counts[step.purpose] -= 1
        self.cases -= len(step.cases)
        return True

    def has(self, purpose: Purpose) -> bool:
        """Whether a step of this purpose is out."""
        return self._counts[purpose] > 0

    def of(self, purpose: Purpose) -> list[Step]:
        """The steps of this purpose that are out."""
        return [step for step in self._out if step.purpose is purpose]
