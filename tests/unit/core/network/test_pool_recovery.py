"""Coming back: a proxy after its death, and the whole pool after a new start."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.domain.health import ProxyState
from core.domain.rests import LONGEST_QUARANTINE
from core.network.pool import Needs, Report
from tests.unit.core.network.pools import CHALLENGE, FREE, GOOD, LIMITED, PROXY_DOWN, UNCLEAR, WALL, Bench
from tests.unit.core.network.test_pool_changes import restarted

ROUTES = 10
DEAD = 1
ROUNDS = 5


# -- a proxy ----------------------------------------------------------------------------


@given(dead_for=st.integers(1, 30_000), throw=st.sampled_from([0.0, 0.25, 0.5, 0.75]), sessions=st.integers(1, 3))
@settings(max_examples=30, deadline=None)
def test_a_dead_proxy_that_returns_carries_its_fair_share_within_one_probe_interval(
    dead_for: int, throw: float, sessions: int
) -> None:
    async def story() -> None:
        bench = Bench(throw=throw).pairs(*range(1, ROUTES + 1))
        for more in range(1, sessions):
            bench.session(ROUTES + more, DEAD)
        routes = ROUTES + sessions - 1
        while bench.clock.monotonic() < dead_for:
            await _exchange(bench, dead=True)
            await bench.clock.advance(60.0)
        returned_at = bench.clock.monotonic()
        until = bench.proxy_health(DEAD).until
        rest = 0.0 if until is None else max(0.0, (until - bench.clock.now()).total_seconds())
        assert rest <= LONGEST_QUARANTINE
        await bench.clock.advance(rest)
        # Its probe has its turn like anybody else's.
        for _ in range(routes):
            await _exchange(bench, dead=False)
        assert bench.proxy_health(DEAD).state is ProxyState.READY
        assert bench.clock.monotonic() - returned_at <= LONGEST_QUARANTINE
        carried = Counter([await _exchange(bench, dead=False) for _ in range(ROUNDS * routes)])
        assert carried[DEAD] == ROUNDS * sessions

    asyncio.run(story())


async def _exchange(bench: Bench, *, dead: bool) -> int:
    """One exchange over whoever comes first; the proxy that carried it."""
    taken = await bench.take()
    proxy = taken.lease.proxy_id
    await taken.back(PROXY_DOWN if dead and proxy == DEAD else GOOD)
    return proxy


# -- the pool --------------------------------------------------------------------------------

_REPORTS = st.sampled_from([None, GOOD, GOOD, GOOD, PROXY_DOWN, PROXY_DOWN, LIMITED, UNCLEAR, WALL, CHALLENGE])
_PAST = st.lists(
    st.tuples(st.integers(1, 6), _REPORTS, st.sampled_from([1.0, 20.0, 400.0, 4000.0])), min_size=1, max_size=30
)


@given(past=_PAST, away=st.sampled_from([0.0, 90.0, 5000.0]), gap=st.sampled_from([0.0, 20.0]))
@settings(max_examples=80, deadline=None)
def test_a_pool_is_after_a_restart_what_it_would_have_been_without(
    past: list[tuple[int, Report | None, float]], away: float, gap: float
) -> None:
    async def story() -> None:
        bench = Bench(replace(FREE, route_gap_seconds=gap)).pairs(*range(1, 7))
        for session, report, seconds in past:
            if await bench.is_ready(Needs(only=session, wait=0.0)):
                await bench.use(report, needs=Needs(only=session, wait=0.0))
            await bench.clock.advance(seconds)
        # Who the breaker makes wait is stored elsewhere than in the pool's healths.
        assume(bench.pool.hearing.pause is None)
        again = restarted(bench, away=away)
        again.pairs(*({1, 2, 3, 4, 5, 6} - again.pool._roster._sessions.keys()))
        await bench.clock.advance(away)
        assert again.clock.now() == bench.clock.now()
        for moment in (0.0, 1.0, 30.0, 600.0, 4000.0, 40_000.0):
            await bench.clock.advance(moment)
            await again.clock.advance(moment)
            bench.pool.changed()
            again.pool.changed()
            for each in range(1, 7):
                assert again.session_health(each) == bench.session_health(each)
                assert again.proxy_health(each) == bench.proxy_health(each)
            assert repr(again.pool) == repr(bench.pool)
            assert again.pool.outlook() == bench.pool.outlook()
            assert await _all_ready(again) == await _all_ready(bench)

    asyncio.run(story())


async def _all_ready(bench: Bench) -> list[int]:
    """The sessions that can be lent at once, in the order in which they are."""
    out = []
    while await bench.is_ready(Needs(wait=0.0)):
        out.append(await bench.take(Needs(wait=0.0)))
    for taken in out:
        await taken.unused()
    return [taken.session for taken in out]
