"""What people do to sessions: to each of those they name, in slices, with a line in the audit.

Owns the transactions, and what may stand in the fields that people fill in.  What the acts do is others' matter.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from core.clock import Clock
from core.domain.actor import Actor
from core.errors import InvalidInput
from core.events import Events, WorkArrived
from core.services.session_binding import find_session
from core.storage import audit, engine_state
from core.storage import sessions as rows
from core.storage.database import Database, Row, Transaction

LONGEST_LABEL = 80
LONGEST_USER_AGENT = 400
# One takes some six statements.
_SLICE = 50


class SessionActs:
    """Acts on several sessions."""

    def __init__(self, database: Database, clock: Clock, events: Events) -> None:
        self._database = database
        self._clock = clock
        self._events = events

    async def each(self, sessions: Sequence[str], act: Callable[[Transaction, Row], Awaitable[None]]) -> Sequence[int]:
        """Do *act* to each, a slice to a transaction, once all are known to be there; their ids."""
        found = list(dict.fromkeys([(await find_session(self._database, each))["id"] for each in sessions]))
        if not found:
            raise InvalidInput("session", "name at least one")
        for start in range(0, len(found), _SLICE):
            async with self._database.transaction() as tx:
                for session_id in found[start : start + _SLICE]:
                    stored = await rows.by_id(tx, session_id)
                    if stored is not None:  # nobody else has removed it meanwhile
                        await act(tx, stored)
        self._events.publish(WorkArrived())
        return found

    async def changed(
        self, tx: Transaction, actor: Actor, verb: str, session_id: int, label: str, detail: str = ""
    ) -> None:
        """The engine is told, and the audit."""
        await engine_state.raise_revision(tx)
        await audit.note(tx, actor, verb, f"{session_id} {label}", detail, self._clock.now())


def checked_label(label: str) -> str:
    """*label* with its blanks in order.

    Raises:
        InvalidInput: It is empty, too long, cannot be printed, or would be taken for an id.
    """
    name = " ".join(label.split())
    if not name or len(name) > LONGEST_LABEL or not name.isprintable():
        raise InvalidInput("label", f"give 1 to {LONGEST_LABEL} printable characters")
    if name.isdecimal():
        raise InvalidInput("label", f'"{name}" would be taken for an id; add a letter')
    return name


def checked_user_agent(user_agent: str | None) -> str | None:
    """*user_agent* as it can be sent; None where none is given.

    Raises:
        InvalidInput: No browser has such a line.
    """
    text = (user_agent or "").strip()
    if len(text) > LONGEST_USER_AGENT or not (text.isascii() and text.isprintable()):
        raise InvalidInput(
            "user agent", f"give the browser's own line: at most {LONGEST_USER_AGENT} printable ASCII characters"
        )
    return text or None
