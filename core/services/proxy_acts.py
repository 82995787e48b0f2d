"""What people do to proxies: to each of those they name, in slices, with a line in the audit and in the proxy's log.

Owns the transactions and what every act leaves behind.  What the acts do is others' matter.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

import orjson

from core.clock import Clock
from core.domain.actor import Actor
from core.domain.proxy_limits import ProxyLimits
from core.domain.transition import Cause
from core.errors import InvalidInput
from core.events import Events, WorkArrived
from core.services import acts
from core.services.pool_views import masked
from core.services.proxy_finding import find_proxy
from core.storage import audit, engine_state
from core.storage import proxies as rows
from core.storage import sessions as session_rows
from core.storage.database import Database, Row, Transaction

LONGEST_LABEL = 80

# Of a stored health: what speaks against the proxy.  An absent field has its first value.
_FORGOTTEN = frozenset({"state", "until", "quarantines", "consecutive_failures"})
_CAUSES = {"proxy.enable": Cause.ENABLED, "proxy.disable": Cause.DISABLED, "proxy.remove": Cause.REMOVED}
# One takes some six statements.
_SLICE = 50


class ProxyActs:
    """Acts on several proxies."""

    def __init__(self, database: Database, clock: Clock, events: Events) -> None:
        self._database = database
        self._clock = clock
        self._events = events

    async def each(self, proxies: Sequence[str], act: Callable[[Transaction, Row], Awaitable[None]]) -> Sequence[int]:
        """Do *act* to each, a slice to a transaction, once all are known to be there; their ids."""
        found = list(dict.fromkeys([(await find_proxy(self._database, each))["id"] for each in proxies]))
        if not found:
            raise InvalidInput("proxy", "name at least one")
        for start in range(0, len(found), _SLICE):
            async with self._database.transaction() as tx:
                for proxy_id in found[start : start + _SLICE]:
                    stored = await rows.by_id(tx, proxy_id)
                    if stored is not None:  # nobody else has removed it meanwhile
                        await act(tx, stored)
        self._events.publish(WorkArrived())
        return found

    async def changed(self, tx: Transaction, actor: Actor, verb: str, stored: Row, detail: str = "") -> None:
        """A proxy was switched or removed; *stored* is as it was before."""
        await engine_state.raise_revision(tx)
        await self.note(tx, actor, verb, stored, detail)
        await acts.on_proxy(tx, actor, _CAUSES[verb], stored, masked(stored).shown, self._clock.now())

    async def note(self, tx: Transaction, actor: Actor, verb: str, stored: Row, detail: str) -> None:
        """A line in the audit alone."""
        await audit.note(tx, actor, verb, f"{stored['id']} {masked(stored).shown}", detail, self._clock.now())

    async def unbound(self, tx: Transaction, actor: Actor, proxy_id: int) -> None:
        """The sessions of a proxy that is about to be removed lose it."""
        for session in await session_rows.bound_to(tx, proxy_id):
            detail = acts.moved(proxy_id, None, "the proxy was removed")
            await acts.on_session(tx, actor, Cause.BOUND, session, self._clock.now(), detail)


async def end_quarantine(tx: Transaction, stored: Row) -> None:
    """Make a quarantined proxy ready; a person has acted."""
    health = orjson.loads(stored["health"])
    kept = {name: value for name, value in health.items() if name not in _FORGOTTEN}
    await rows.end_quarantine(tx, stored["id"], kept)


def checked_label(label: str) -> str:
    """*label* with its blanks in order; empty is none.

    Raises:
        InvalidInput: It is too long, or cannot be printed.
    """
    name = " ".join(label.split())
    if len(name) > LONGEST_LABEL or not name.isprintable():
        raise InvalidInput("label", f"give at most {LONGEST_LABEL} printable characters, or leave it empty")
    return name


def changes_said(before: ProxyLimits, after: ProxyLimits) -> str:
    """Which of a proxy's own limits changed, for the audit."""
    told = []
    for name in ("per_hour", "per_day", "parallel"):
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            told.append(f"{name} {_limit_said(was)} to {_limit_said(now)}")
    return ", ".join(told)


def _limit_said(value: int | None) -> str:
    return "default" if value is None else str(value or "none")
