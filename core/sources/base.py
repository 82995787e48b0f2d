"""The protocol between the checker and a platform: questions out, readings back.  Pure.

What is made for every exchange is not frozen: that would cost five times as much.  Nobody writes to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from core.domain.verdict import NO_CONSEQUENCE, Blame, Consequence, Reason
from core.secrets import Secret


class Kind(StrEnum):
    """What is asked."""

    STORIES = "stories"  # which of several known ids have a live story
    LOOK_UP_NAME = "look_up_name"  # who has this username
    LOOK_UP_ID = "look_up_id"  # who has this id


@dataclass(slots=True, unsafe_hash=True)
class Subject:
    """One profile in a question."""

    username: str
    platform_id: str | None = None


@dataclass(slots=True, unsafe_hash=True)
class Question:
    """One exchange's worth of asking.  A look-up has exactly one subject; STORIES subjects all have ids."""

    kind: Kind
    subjects: tuple[Subject, ...]


@dataclass(frozen=True, slots=True)
class Login:
    """What a session carries onto the wire.

    Args:
        cookies: Name to value.
        marks: Platform tokens that each answer may renew and the next request replays.
        ends_at: When the cookie ends without which it is none; None where nobody told.
    """

    cookies: Mapping[str, Secret] = field(repr=False)
    user_agent: str = ""
    marks: Mapping[str, str] = field(default_factory=dict, repr=False)
    ends_at: datetime | None = None


@dataclass(slots=True)
class WireRequest:
    """One GET as it goes onto the wire; headers hold cookies, so it has no telling repr."""

    url: str
    headers: Mapping[str, str] = field(repr=False)


@dataclass(slots=True)
class Response:
    """One answer as it came off the wire.

    Args:
        headers: Names in lower case; repeated names are joined as lists in the order received.
        elapsed: Seconds from the send to the last byte.
        received_at: Wall time of the last byte, aware UTC.
    """

    status: int
    headers: Mapping[str, tuple[str, ...]]
    body: bytes = field(repr=False)
    elapsed: float
    received_at: datetime

    def header(self, name: str) -> str | None:
        """The first value of *name* (lower case), or None."""
        values = self.headers.get(name)
        return values[0] if values else None


@dataclass(slots=True)
class Story:
    """A live story: when its oldest part was posted, and when its newest part ends.  Aware UTC."""

    since: datetime | None
    until: datetime


@dataclass(frozen=True, slots=True)
class Found:
    """The profile that a look-up found."""

    username: str
    platform_id: str
    is_private: bool
    followed: bool = False


@dataclass(slots=True)
class Reading:
    """What one answer says.

    Args:
        reason: OK when the answer was understood and speaks about its subjects; else why it does not.
        row: The row of the failure table that matched (1 to 35), 0 when none did.
        live: STORIES: platform id to story, asked ids only.  Presence is believed at once.
        found: Look-ups: the profile, when somebody was found.
        missing: Look-ups: the answer says that nobody is there.
        unasked: Stories in the answer that nobody asked for.
        sample: The redacted start of an answer that was not understood, for diagnosis.
    """

    reason: Reason
    blame: Blame = Blame.NOBODY
    consequence: Consequence = NO_CONSEQUENCE
    row: int = 0
    live: Mapping[str, Story] = field(default_factory=dict)
    found: Found | None = None
    missing: bool = False
    unasked: int = 0
    sample: str | None = None


class Source(Protocol):
    """A platform adapter.  Methods are pure and never raise on what a server may send."""

    @property
    def name(self) -> str:
        """The platform's name, as stamped into the database."""

    @property
    def group_limit(self) -> int:
        """Most profiles that one STORIES question may name, canaries included."""

    @property
    def default_canaries(self) -> tuple[str, ...]:
        """Usernames worth trying as canaries on this platform."""

    def page_of(self, username: str) -> str:
        """The address of a profile's public page, as people open it."""

    def request(self, question: Question, login: Login) -> WireRequest:
        """The exchange that puts *question* over a route with *login*."""

    def read(self, question: Question, response: Response) -> Reading:
        """What *response* says about *question*; total: garbage becomes a reason, never an exception."""

    def renewed(self, login: Login, response: Response) -> Login | None:
        """*login* with what the answer set (cookies, marks); None when nothing changed."""

    def login(
        self, cookies: Mapping[str, Secret], user_agent: str | None, ends: Mapping[str, datetime] | None = None
    ) -> Login:
        """A login from pasted cookies, completed with the platform's defaults.

        Args:
            ends: When they end, by name, as far as that was told.

        Raises:
            InvalidInput: A cookie that the platform needs is absent or malformed.
        """
