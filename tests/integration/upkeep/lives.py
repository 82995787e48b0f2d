"""One engine's pool and recorder after another over one database, with a clock that a test moves.

What a holder of the engine does at its start and at its end, without the platform and the verdicts: days of
exchanges go by in seconds.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any

from core.clock import FakeClock, settle
from core.domain.health import Report
from core.domain.health_record import load_proxy_health, load_session_health
from core.domain.limits import Limits
from core.engine.proof import Canaries
from core.engine.recorder import Recorder
from core.events import Events
from core.network.pool import Needs, NoRouteAvailable, Pool, ProxyRecord, SessionRecord
from core.secrets import Secret, Vault
from core.sources.instagram import Instagram
from core.storage import allowances, engine_state, pool_rows
from core.storage.database import Database
from core.tasks import spawn
from core.upkeep.recollection import recollect
from tests.integration.engine.world import World
from tests.unit.core.network.other_side import Platform

BEAT = 600.0
VAULT = Vault([Secret("k" * 43 + "=")])
SOURCE = Instagram("http://127.0.0.1:9")


class Life:
    """A process: it begins, its workers ask as fast as they may, and it dies or stops."""

    def __init__(
        self, database: Database, clock: FakeClock, platform: Platform, limits: Limits, chance: Random
    ) -> None:
        self.database = database
        self.clock = clock
        self.platform = platform
        self.limits = limits
        self.chance = chance
        self.pool = Pool(clock=clock, client=World(), limits=limits, random=chance)
        self.recorder = Recorder(
            database, clock=clock, events=Events(), vault=VAULT, pool=self.pool, canaries=Canaries(), holder="test"
        )
        self.asked: Counter[int] = Counter()
        self._under_way: set[int] = set()
        self._tasks: list[asyncio.Task[Any]] = []

    async def begin(self, workers: int, *, look_ups: float = 0.0) -> None:
        """Load what is stored, as a holder does, and let *workers* ask."""
        async with self.database.transaction() as tx:
            await allowances.count_unspent(tx, self.clock.now())
        for proxy in await pool_rows.load_proxies(self.database, VAULT):
            proxy_health = load_proxy_health(proxy.health)
            self.pool.put_proxy(ProxyRecord(proxy.id, proxy.address, health=proxy_health, limits=proxy.limits))
        for row in await pool_rows.load_sessions(self.database, VAULT):
            login, health = SOURCE.login(row.cookies, row.user_agent), load_session_health(row.health)
            self.pool.put_session(SessionRecord(row.id, row.proxy_id, login, row.created_at, health=health))
        self.recorder.followed = await engine_state.revision(self.database)
        await recollect(self.database, self.pool, self.clock, wake=self.recorder.hurry)
        self._tasks = [spawn(self.recorder.run(), name="recorder"), spawn(self._beat(), name="beat")]
        self._tasks += [spawn(self._work(look_ups), name="worker") for _ in range(workers)]

    async def until(self, moment: float, *, holds: Callable[[], bool] = lambda: True) -> None:
        """Let time pass until *moment*, or until *holds* no more."""
        while holds():
            await self._quiet()
            if not self.clock.advance_to_next() or self.clock.monotonic() >= moment:
                return

    async def die(self, *, in_a_commit: bool) -> None:
        """Be gone in the middle of whatever is under way."""
        if in_a_commit:
            self.recorder.hurry()
            await settle(self.chance.randrange(4))
        await self._end()

    async def stop(self) -> None:
        """End as one should."""
        await self._end()
        await self.recorder.commit(with_health=True, closing=True)

    async def _end(self) -> None:
        for task in self._tasks:
            task.cancel()
        for ended in await asyncio.gather(*self._tasks, return_exceptions=True):
            if not isinstance(ended, asyncio.CancelledError):
                raise ended
        # The connections of what was under way are closed.
        for session in self._under_way:
            self.platform.answered[session] = self.clock.monotonic()

    async def _quiet(self) -> None:
        """Wait until nothing is left to do at this moment, commits included."""
        for _ in range(2):
            await settle(6)
            async with self.recorder.steady():
                pass

    async def _beat(self) -> None:
        while True:
            await self.recorder.commit(with_health=True)
            await self.clock.sleep(BEAT)

    async def _work(self, look_ups: float) -> None:
        while True:
            try:
                await self._exchange(Needs(look_up=self.chance.random() < look_ups))
            except NoRouteAvailable as error:
                retry_at = error.retry_at or self.clock.now()
                await self.clock.sleep(max(1.0, (retry_at - self.clock.now()).total_seconds()))

    async def _exchange(self, needs: Needs) -> None:
        async with self.pool.lease(needs) as lease:
            lease.sent = True
            self.platform.asks(self.clock.monotonic(), lease, self.limits)
            self.asked[lease.session_id] += 1
            self._under_way.add(lease.session_id)
            await self.clock.sleep(self.chance.uniform(0.2, 20.0))
            self._under_way.discard(lease.session_id)
            self.platform.answered[lease.session_id] = self.clock.monotonic()
            lease.report(Report(ok=True))
        self.recorder.something_came()
