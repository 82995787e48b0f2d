"""A change of state of a proxy, a session, a canary or the breaker: when, from what, to what, why, until when.

Owns the words for why, besides the reasons of failed exchanges.  Pure; says nothing to people.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

LONGEST_SUBJECT = 120
LONGEST_WHY = 200


class Kind(StrEnum):
    """What changed its state."""

    PROXY = "proxy"
    SESSION = "session"
    CANARY = "canary"
    BREAKER = "breaker"


class Cause(StrEnum):
    """Why, where it was not a failed exchange: the other half of the closed set, beside ``Reason``."""

    RESTED = "rested"  # its rest is over
    RECOVERED = "recovered"  # it did well again
    SEEN = "seen"  # a canary was live in an answer
    NOT_SEEN = "not_seen"  # a canary was in none of several proven answers
    ENABLED = "enabled"  # by a person, like the rest of them
    DISABLED = "disabled"
    BOUND = "bound"
    REMOVED = "removed"
    RENEWED = "renewed"


@dataclass(frozen=True, slots=True)
class Transition:
    """One change of state.

    Args:
        subject_id: Of a proxy or a session; None for what has no number.
        subject: What people call it; empty leaves it to storage, which knows labels and addresses.
        reason: A word of ``Reason`` or :class:`Cause`, where more is to be said with a short phrase behind it.
        until: When the new state ends by itself; None where it does not, or nobody knows when.
    """

    at: datetime
    kind: Kind
    subject_id: int | None
    before: str
    after: str
    reason: str
    until: datetime | None = None
    subject: str = ""


def because(word: str, phrase: str = "") -> str:
    """*word* of the closed set, with a phrase behind it: ``bound: from proxy 1 to proxy 2``."""
    return (f"{word}: {phrase}" if phrase else word)[:LONGEST_WHY]


def word_and_phrase(reason: str) -> tuple[str, str]:
    """What :func:`because` put together; the phrase is empty where there is none."""
    word, _, phrase = reason.partition(": ")
    return word, phrase
