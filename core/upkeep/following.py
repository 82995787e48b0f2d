"""Keeps the engine in step with what people store: limits, proxies, sessions, canaries, batches.

Owns the way from rows to the pool.  It puts in only what changed, so that what the engine knows of
the rest (marks of a login, health of the last second) is not thrown back to what is stored.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from core.clock import Clock
from core.domain.health_record import load_proxy_health, load_session_health
from core.domain.limits import Limits
from core.engine.engine import Engine
from core.engine.proof import Canaries, CanaryRecord
from core.engine.recorder import Recorder
from core.errors import InvalidInput
from core.network.pool import Pool, ProxyRecord, SessionRecord
from core.secrets import Vault
from core.sources.base import Login, Source
from core.storage import batches, engine_state
from core.storage.database import Database, Transaction
from core.storage.pool_reading import PoolReading
from core.storage.pool_rows import (
    CanaryRow,
    ProxyRow,
    SessionRow,
    load_canaries,
    load_limits,
)
from core.upkeep.collecting import spared, they_stay

_log = logging.getLogger(__name__)

R = TypeVar("R", ProxyRow, SessionRow)
T = TypeVar("T")

# Each costs some 30 µs to put into the pool.
_SLICE = 200


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is stored, all of one moment."""

    revision: int
    pool_revision: int
    limits: Limits
    proxies: list[ProxyRow]
    sessions: list[SessionRow]
    canaries: list[CanaryRow]


class Following:
    """What was last put into the pool, and the next look at what is stored."""

    def __init__(
        self,
        database: Database,
        *,
        clock: Clock,
        vault: Vault,
        source: Source,
        base: Limits,
        pool: Pool,
        canaries: Canaries,
        recorder: Recorder,
        engine: Engine,
    ) -> None:
        self._database = database
        self._clock = clock
        self._reading = PoolReading(vault)
        self._source = source
        self._base = base
        self._pool = pool
        self._canaries = canaries
        self._recorder = recorder
        self._engine = engine
        self._proxies: dict[int, ProxyRow] = {}
        self._sessions: dict[int, SessionRow] = {}
        self._canary_names: tuple[str, ...] | None = None
        self._revision = -1
        self._pool_revision = -1

    async def is_behind(self) -> bool:
        """Whether something was stored that the engine has not seen."""
        return await engine_state.revision(self._database) != self._revision

    async def follow(self) -> None:
        """See everything that is stored, and work on the batches whose turn it is."""
        await self.see()
        at_once, now = self._pool.limits.concurrent_batches, self._clock.now()
        promoted = await self._database.at_once(lambda tx: batches.promote(tx, at_once, now))
        self._recorder.announce(promoted)
        active = [batch.id for batch in await batches.active(self._database)]
        self._engine.work_on(active, anew=[row["id"] for row in promoted])

    async def see(self) -> None:
        """See everything that is stored, batches apart; nothing is read anew that nobody has changed."""
        revision = await engine_state.revision(self._database)
        if await engine_state.pool_revision(self._database) == self._pool_revision:
            # Whatever is stored between the two looks makes the next one see more.
            self._revision = self._recorder.followed = revision
            return
        # What the recorder writes meanwhile would look like a person's change.
        async with self._recorder.steady():
            with spared(len(self._proxies) + len(self._sessions)):
                seen = await self._database.look(self._look)
            changed = await self._follow_pool(seen)
            self._revision = self._recorder.followed = seen.revision
            self._pool_revision = seen.pool_revision
        if changed:
            self._engine.something_changed(self._pool.limits)

    async def _look(self, db: Transaction) -> _Seen:
        """Everything in one visit: nothing is stored meanwhile, and verdicts must not wait for it long."""
        return _Seen(
            revision=await engine_state.revision(db),
            pool_revision=await engine_state.pool_revision(db),
            limits=await load_limits(db, self._base),
            proxies=await self._reading.proxies(db),
            sessions=await self._reading.sessions(db),
            canaries=await load_canaries(db),
        )

    async def _follow_pool(self, seen: _Seen) -> bool:
        changed = seen.limits != self._pool.limits
        if changed:
            self._pool.set_limits(seen.limits)
        changed |= await self._put_proxies(seen.proxies)
        changed |= await self._put_sessions(seen.sessions)
        return self._put_canaries(seen.canaries) | changed

    # -- proxies --------------------------------------------------------------------

    async def _put_proxies(self, rows: list[ProxyRow]) -> bool:
        known, self._proxies = self._proxies, {row.id: row for row in rows}
        gone = known.keys() - self._proxies.keys()
        async for proxy_id in self._in_slices(gone):
            self._pool.drop_proxy(proxy_id)
        changed = bool(gone)
        async for row in self._in_slices([row for row in rows if row is not known.get(row.id)]):
            changed |= self._put_proxy(row, known.get(row.id))
        return changed

    def _put_proxy(self, row: ProxyRow, before: ProxyRow | None) -> bool:
        by_hand = _changed_by_hand(row, before, self._recorder.stored_health[0])
        same = before is not None and (before.address, before.enabled, before.limits)
        if not by_hand and same == (row.address, row.enabled, row.limits):
            return False
        health = load_proxy_health(row.health) if by_hand else None
        self._pool.put_proxy(ProxyRecord(row.id, row.address, row.enabled, health, row.limits))
        return True

    # -- sessions -------------------------------------------------------------------

    async def _put_sessions(self, rows: list[SessionRow]) -> bool:
        known, self._sessions = self._sessions, {row.id: row for row in rows}
        gone = known.keys() - self._sessions.keys()
        async for session_id in self._in_slices(gone):
            self._pool.drop_session(session_id)
        changed = bool(gone)
        async for row in self._in_slices([row for row in rows if row is not known.get(row.id)]):
            changed |= self._put_session(row, known.get(row.id))
        return changed

    def _put_session(self, row: SessionRow, before: SessionRow | None) -> bool:
        by_hand = _changed_by_hand(row, before, self._recorder.stored_health[1])
        same_login = self._carries_the_same(row, before)
        bound = (row.proxy_id, row.enabled)
        if not by_hand and same_login and before is not None and bound == (before.proxy_id, before.enabled):
            return False
        # What the platform renewed may not be stored yet, and its marks never are.
        login = (self._pool.login_of(row.id) if same_login else None) or self._brought(row)
        if login is None:
            self._pool.drop_session(row.id)
            return True
        health = load_session_health(row.health) if by_hand else None
        self._pool.put_session(SessionRecord(row.id, row.proxy_id, login, row.created_at, row.enabled, health))
        return True

    def _carries_the_same(self, row: SessionRow, before: SessionRow | None) -> bool:
        """Nobody brought another login: it is what the engine stored last, or else what was there before."""
        if before is None:
            return False
        renewed = self._recorder.stored_logins.get(row.id)
        cookies, ends_at = (
            (before.cookies, before.expires_at) if renewed is None else (renewed.cookies, renewed.ends_at)
        )
        return (row.cookies, row.expires_at, row.user_agent) == (cookies, ends_at, before.user_agent)

    def _brought(self, row: SessionRow) -> Login | None:
        self._recorder.stored_logins.pop(row.id, None)
        try:
            return replace(self._source.login(row.cookies, row.user_agent), ends_at=row.expires_at)
        except InvalidInput as error:
            _log.warning("session cannot be used", extra={"session": row.id, "reason": str(error)})
            return None

    async def _in_slices(self, items: Collection[T]) -> AsyncIterator[T]:
        """*items*, with a breath for everybody else after some of them: thousands would hold up every exchange."""
        for place, item in enumerate(items, start=1):
            yield item
            if place % _SLICE == 0:
                await self._clock.sleep(0)
        they_stay(len(items))

    # -- canaries -------------------------------------------------------------------

    def _put_canaries(self, rows: list[CanaryRow]) -> bool:
        names = tuple(row.username for row in rows if row.retired_at is None)
        if names == self._canary_names:
            return False
        self._canary_names = names
        if not rows:
            self._canaries.replace(CanaryRecord(name, None) for name in self._source.default_canaries)
        else:
            self._canaries.replace(_canary_record(row) for row in rows if row.retired_at is None)
        return True


def _canary_record(row: CanaryRow) -> CanaryRecord:
    return CanaryRecord(
        row.username,
        row.platform_id,
        row.missed_in_a_row,
        last_seen_at=row.last_seen_at,
        missing_since=row.missing_since,
        asked_before=row.asked,
        seen_before=row.seen,
        kept=True,
    )


def _changed_by_hand(row: R, before: R | None, stored: Mapping[int, dict[str, Any]]) -> bool:
    """Whether the stored health is neither what was seen before nor what the engine wrote since."""
    if before is None:
        return True
    return row.health not in (before.health, stored.get(row.id))
