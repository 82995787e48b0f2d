"""Unused proxies are connected to by the clock: whose turn it is, how many at once, and what follows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from core.clock import settle
from core.domain.health import ProxyHealth, ProxyState
from core.domain.limits import Limits
from core.domain.proxy_address import ProxyAddress
from core.network.needs import Needs
from core.network.reach import NotLetIn, Trouble
from core.tasks import spawn
from core.upkeep.proxy_checks import AT_ONCE, LOOK_EVERY, ProxyChecks
from tests.unit.core.network.pools import CHALLENGE, FREE, GOOD, Bench, ScriptedClient

MINUTE = 60.0
EVERY_TEN = replace(FREE, proxy_check_minutes=10)


class Doorman(ScriptedClient):
    """Remembers who was connected to."""

    def __init__(self) -> None:
        super().__init__()
        self.connected: list[int] = []
        self.shut: dict[int, Trouble] = {}
        self.slow: asyncio.Event | None = None

    async def connect(self, address: ProxyAddress, *, connect_timeout: float, total_timeout: float) -> float:
        number = address.port - 8000
        self.connected.append(number)
        if self.slow is not None:
            await self.slow.wait()
        if number in self.shut:
            raise NotLetIn(self.shut[number])
        return 0.1


@asynccontextmanager
async def checking(bench: Bench, doorman: Doorman) -> AsyncIterator[ProxyChecks]:
    """The checks run while the block does."""
    checks = ProxyChecks(pool=bench.pool, client=doorman, clock=bench.clock)
    task = spawn(checks.run(), name="checks")
    await settle()
    try:
        yield checks
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_new_proxies_are_connected_to_and_nothing_is_asked_of_the_platform() -> None:
    bench, doorman = Bench(EVERY_TEN).pairs(1, 2, 3), Doorman()
    async with checking(bench, doorman):
        assert sorted(doorman.connected) == [1, 2, 3]
    assert doorman.asked == bench.client.asked == []
    assert bench.proxy_health(1).successes == 1


async def test_idle_proxies_are_checked_again_and_used_ones_are_left_alone() -> None:
    bench, doorman = Bench(EVERY_TEN).pairs(1, 2), Doorman()
    async with checking(bench, doorman):
        doorman.connected.clear()
        for _ in range(6):
            await bench.use(GOOD, needs=Needs(only=1))
            await bench.clock.advance(5 * MINUTE)
    assert set(doorman.connected) == {2}
    assert len(doorman.connected) in (2, 3)


async def test_nobody_is_checked_more_often_than_asked_nor_much_later() -> None:
    bench, doorman = Bench(EVERY_TEN).pairs(1, 2, 3), Doorman()
    async with checking(bench, doorman):
        doorman.connected.clear()
        await bench.clock.advance(0.79 * 10 * MINUTE)
        assert doorman.connected == []
        await bench.clock.advance(0.21 * 10 * MINUTE + LOOK_EVERY)
        assert sorted(doorman.connected) == [1, 2, 3]


async def test_proxies_of_one_hour_are_not_checked_in_one_moment() -> None:
    bench, doorman = Bench(EVERY_TEN).pairs(*range(1, 21)), Doorman()
    async with checking(bench, doorman):
        await bench.clock.advance(LOOK_EVERY * 3)
        doorman.connected.clear()
        await bench.clock.advance(0.9 * 10 * MINUTE)
        assert 0 < len(doorman.connected) < 20


async def test_only_a_few_are_under_way_at_once() -> None:
    bench, doorman = Bench(EVERY_TEN).pairs(*range(1, 21)), Doorman()
    doorman.slow = asyncio.Event()
    async with checking(bench, doorman) as checks:
        assert len(doorman.connected) == AT_ONCE
        assert repr(checks) == f"<ProxyChecks {AT_ONCE} under way>"
        doorman.slow.set()
        await bench.clock.advance(1)
        assert sorted(doorman.connected) == list(range(1, 21))


async def test_with_no_minutes_nobody_is_checked() -> None:
    bench, doorman = Bench(FREE).pairs(1, 2), Doorman()
    async with checking(bench, doorman):
        await bench.clock.advance(3600)
    assert doorman.connected == []


async def test_a_limit_that_is_set_while_they_run_holds_at_once() -> None:
    bench, doorman = Bench(FREE).pairs(1), Doorman()
    async with checking(bench, doorman):
        bench.pool.set_limits(EVERY_TEN)
        await bench.clock.advance(LOOK_EVERY)
        assert doorman.connected == [1]


async def test_proxies_that_are_off_or_rest_are_left_alone() -> None:
    bench, doorman = Bench(EVERY_TEN), Doorman()
    bench.proxy(1, enabled=False)
    later = bench.clock.now().replace(hour=23)
    bench.proxy(2, health=ProxyHealth(state=ProxyState.COOLING, until=later))
    async with checking(bench, doorman):
        await bench.clock.advance(MINUTE)
    assert doorman.connected == []


async def test_a_dead_one_is_quarantined_after_as_many_checks_as_failed_exchanges_would_take() -> None:
    bench, doorman = Bench(replace(EVERY_TEN, proxy_failures=2)).pairs(1), Doorman()
    doorman.shut[1] = Trouble.REFUSED
    async with checking(bench, doorman):
        assert bench.proxy_health(1).consecutive_failures == 1
        assert await bench.is_ready()
        await bench.clock.advance(10 * MINUTE + LOOK_EVERY)
        assert bench.proxy_health(1).state is ProxyState.QUARANTINED
        assert not await bench.is_ready()


async def test_one_that_hangs_up_is_not_blamed() -> None:
    bench, doorman = Bench(EVERY_TEN).pairs(1), Doorman()
    doorman.shut[1] = Trouble.HUNG_UP
    async with checking(bench, doorman):
        assert (bench.proxy_health(1).failures, bench.proxy_health(1).requests) == (0, 1)


async def quarantined(limits: Limits) -> Bench:
    """A proxy that is in quarantine for a while yet, with one session that waits for a person."""
    bench = Bench(limits).pairs(1)
    await bench.use(CHALLENGE)
    until = bench.clock.now().replace(minute=5)
    bench.proxy(1, health=ProxyHealth(state=ProxyState.QUARANTINED, quarantines=1, until=until))
    return bench


async def test_a_quarantined_proxy_whose_only_session_is_frozen_is_probed_by_connecting_alone() -> None:
    bench, doorman = await quarantined(FREE), Doorman()
    async with checking(bench, doorman):
        await bench.clock.advance(4 * MINUTE)
        assert doorman.connected == []
        await bench.clock.advance(MINUTE + LOOK_EVERY)
        assert doorman.connected == [1]
        assert bench.proxy_health(1).state is ProxyState.READY


async def test_a_probe_by_connecting_that_fails_lengthens_the_quarantine() -> None:
    bench, doorman = await quarantined(FREE), Doorman()
    doorman.shut[1] = Trouble.REFUSED
    async with checking(bench, doorman):
        await bench.clock.advance(5 * MINUTE + LOOK_EVERY)
        assert (bench.proxy_health(1).state, bench.proxy_health(1).quarantines) == (ProxyState.QUARANTINED, 2)


async def test_a_quarantined_proxy_with_a_session_that_may_ask_is_left_to_its_exchange() -> None:
    bench, doorman = Bench(FREE).pairs(1), Doorman()
    bench.proxy(1, health=ProxyHealth(state=ProxyState.QUARANTINED, quarantines=1, until=bench.clock.now()))
    async with checking(bench, doorman):
        await bench.clock.advance(MINUTE)
    assert doorman.connected == []


async def test_an_answer_that_comes_after_the_proxy_was_removed_changes_nothing() -> None:
    bench, doorman = Bench(EVERY_TEN).pairs(1), Doorman()
    doorman.slow = asyncio.Event()
    async with checking(bench, doorman):
        bench.pool.drop_proxy(1)
        doorman.slow.set()
        await settle()
    assert bench.pool.inspection.proxy(1) is None
