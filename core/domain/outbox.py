"""Which alerts of a target go out together, when, and how often it is tried.  Pure.

What is due together is one message.  One that was tried keeps what it consists of, so that the next try of it is
the same message, and everything newer waits behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.domain.alarms import URGENT, AlertKind

# What comes within so much time is one message.
COLLECTED_FOR = timedelta(seconds=20)
# At most one message for each target.
APART = timedelta(minutes=1)
_FIRST_REST = timedelta(seconds=10)
_LONGEST_REST = timedelta(hours=1)
_GIVEN_UP_AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A delivery that is not through.

    Args:
        nonce: Of the message that it was tried with.
    """

    id: int
    kind: str
    due_at: datetime
    nonce: str | None
    claimed_until: datetime | None


@dataclass(frozen=True, slots=True)
class Gate:
    """What holds the messages of a target.

    Args:
        muted: Nothing goes out but tests.
        quiet: Only what cannot wait goes out.
        last_at: When the last message went out.
    """

    muted: bool
    quiet: bool
    last_at: datetime | None


def next_message(waiting: Sequence[Waiting], gate: Gate, now: datetime) -> list[int]:
    """The deliveries that are the target's next message, the oldest first; none while there is nothing to send.

    Args:
        waiting: Those of one target, the oldest first.
    """
    if any(each.claimed_until is not None and each.claimed_until > now for each in waiting):
        return []
    tests = [each for each in waiting if each.kind == AlertKind.TEST]
    if tests:
        return [tests[0].id] if tests[0].due_at <= now else []
    if gate.muted or (gate.last_at is not None and now < gate.last_at + APART):
        return []
    tried = next((each.nonce for each in waiting if each.nonce is not None and not is_held(each.kind, gate)), None)
    if tried is not None:
        again = [each for each in waiting if each.nonce == tried]
        return [each.id for each in again] if again[0].due_at <= now else []
    new = [each for each in waiting if each.nonce is None and not is_held(each.kind, gate)]
    return [each.id for each in new] if any(each.due_at <= now for each in new) else []


def is_held(kind: str, gate: Gate) -> bool:
    """Whether an alert of this kind has to wait until a mute or quiet hours end."""
    if kind == AlertKind.TEST:
        return False
    return gate.muted or (gate.quiet and kind not in URGENT)


def rest_after(attempts: int) -> timedelta | None:
    """How long to wait after so many tries in vain, counted from 1; None: a day of them is enough."""
    rests = [min(_FIRST_REST * 2**tried, _LONGEST_REST) for tried in range(attempts)]
    return rests[-1] if sum(rests[:-1], timedelta()) < _GIVEN_UP_AFTER else None
