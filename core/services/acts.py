"""What people do to proxies, sessions and canaries, as lines of their logs, written with the act itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.domain.actor import Actor
from core.domain.canary import CanaryState, canary_state
from core.domain.health import ProxyState, SessionState
from core.domain.transition import Cause, Kind, Transition, because
from core.storage import resource_events
from core.storage.database import Row, Transaction

OFF = "off"
REMOVED = "removed"

# A person has acted, so what froze a session is over.  A rest is not: the platform may have asked for it.
ENDED_BY_A_PERSON = frozenset({SessionState.SUSPECTED, SessionState.EXPIRED, SessionState.CHECKPOINT})


async def on_proxy(
    tx: Transaction, actor: Actor, cause: Cause, stored: Row, address: str, at: datetime, detail: str = ""
) -> None:
    """A person switched a proxy on or off, or removed it.

    Args:
        stored: The proxy before that.
        detail: What else belongs to it.
    """
    before = stored["state"] if stored["enabled"] else OFF
    match cause:
        case Cause.ENABLED:
            after = ProxyState.READY.value if stored["state"] == ProxyState.QUARANTINED else stored["state"]
        case Cause.DISABLED:
            after = OFF
        case Cause.REMOVED:
            after = REMOVED
        case _:
            after = before
    if after == before:
        return
    change = Transition(at, Kind.PROXY, stored["id"], before, after, _by(cause, actor, detail), None, address)
    await resource_events.add(tx, [change])


async def on_session(tx: Transaction, actor: Actor, cause: Cause, stored: Row, at: datetime, detail: str = "") -> None:
    """A person switched a session on or off, removed it, bound it, or brought other cookies for it.

    Args:
        stored: The session before that.
        detail: What else belongs to it: from where to where, and why.
    """
    before = stored["state"] if stored["enabled"] else SessionState.DISABLED.value
    after = before
    match cause:
        case Cause.ENABLED:
            after = _unfrozen(stored["state"])
        case Cause.RENEWED if stored["enabled"]:
            after = _unfrozen(stored["state"])
        case Cause.DISABLED:
            after = SessionState.DISABLED.value
        case Cause.REMOVED:
            after = REMOVED
    if after == before and cause not in {Cause.BOUND, Cause.RENEWED}:
        return
    reason = _by(cause, actor, detail)
    change = Transition(at, Kind.SESSION, stored["id"], before, after, reason, None, stored["label"])
    await resource_events.add(tx, [change])


async def on_canaries(tx: Transaction, actor: Actor, brought_back: Sequence[Row], at: datetime) -> None:
    """A person added canaries again that had retired; *brought_back* as they are now."""
    changes = []
    for row in brought_back:
        state = canary_state(asked=row["asked"], seen=row["seen"], missed_in_a_row=row["missed_in_a_row"])
        reason = _by(Cause.ENABLED, actor)
        changes.append(
            Transition(at, Kind.CANARY, None, CanaryState.RETIRED.value, state.value, reason, None, row["username"])
        )
    if changes:
        await resource_events.add(tx, changes)


def moved(before: int | None, after: int | None, why: str = "") -> str:
    """Where a session was and is bound, and why it moved."""
    return f"from {_place(before)} to {_place(after)}" + (f": {why}" if why else "")


def _unfrozen(state: str) -> str:
    return SessionState.VALID.value if state in ENDED_BY_A_PERSON else state


def _by(cause: Cause, actor: Actor, detail: str = "") -> str:
    return because(cause.value, f"by {actor.name}" + (f", {detail}" if detail else ""))


def _place(proxy_id: int | None) -> str:
    return "none" if proxy_id is None else f"proxy {proxy_id}"
