"""Proxies that nobody uses are connected to by the clock, so that a dead one is known before it is needed.

Owns whose turn it is.  Nothing is sent to the platform, so neither limits nor gaps are touched.
"""

from __future__ import annotations

import asyncio
import heapq
import logging
from datetime import UTC, datetime
from functools import partial

from core import log
from core.clock import Clock
from core.domain.health import Report
from core.network.inspection import ProxyAtHand, Wire
from core.network.pool import Pool, TransportError
from core.upkeep.trials import lost

_log = logging.getLogger(__name__)

AT_ONCE = 4
LOOK_EVERY = 5.0
_MOST_AT_A_LOOK = 64
_GOOD = Report(ok=True)
_NEVER = datetime.min.replace(tzinfo=UTC)
# Proxies that were used together would otherwise be checked together, again and again.
_SPREAD = 0.2


class ProxyChecks:
    """The checks of one holder."""

    def __init__(self, *, pool: Pool, client: Wire, clock: Clock) -> None:
        self._pool = pool
        self._client = client
        self._clock = clock
        self._under_way: set[int] = set()
        self._places = asyncio.Semaphore(AT_ONCE)

    def __repr__(self) -> str:
        return f"<ProxyChecks {len(self._under_way)} under way>"

    async def run(self) -> None:
        """Check whoever is due, a few at once, until cancelled."""
        async with asyncio.TaskGroup() as group:
            while True:
                for proxy in self.due():
                    await self._places.acquire()
                    self._under_way.add(proxy.id)
                    group.create_task(self._check(proxy), name="check a proxy")
                await self._clock.sleep(LOOK_EVERY)

    def due(self) -> list[ProxyAtHand]:
        """Those to be connected to now, the longest unused first; not more than a few rounds of them.

        By the next look, others may have been used.
        """
        minutes = self._pool.limits.proxy_check_minutes
        found = self._pool.inspection.unused(partial(_span, minutes * 60.0) if minutes else None)
        found = [proxy for proxy in found if proxy.id not in self._under_way]
        return heapq.nsmallest(_MOST_AT_A_LOOK, found, key=lambda proxy: (proxy.used_at or _NEVER, proxy.id))

    async def _check(self, proxy: ProxyAtHand) -> None:
        try:
            with log.about(proxy=proxy.id):
                report = await self._connect(proxy)
            current = self._pool.inspection.proxy(proxy.id)
            if current is not None and current.address == proxy.address:
                self._pool.inspection.connected(proxy.id, report, passes=True)
        finally:
            self._under_way.discard(proxy.id)
            self._places.release()

    async def _connect(self, proxy: ProxyAtHand) -> Report:
        limits = self._pool.limits
        try:
            await self._client.connect(
                proxy.address, connect_timeout=limits.connect_timeout, total_timeout=limits.total_timeout
            )
        except TransportError as error:
            _log.debug("an idle proxy was not reached", extra={"reason": error.detail})
            return lost(error)
        return _GOOD


def _span(seconds: float, proxy_id: int) -> float:
    """After how many seconds without use a proxy is due: up to a fifth less than *seconds*, always the same for one."""
    return seconds * (1.0 - _SPREAD * (proxy_id * 0.618034 % 1.0))
