"""A frozen session on trial: lent to who asks by name, within every limit, and to nobody else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.clock import settle
from core.domain.health import SessionState
from core.network.needs import Needs
from core.network.pool import NoRouteAvailable
from core.tasks import spawn
from tests.unit.core.network.pools import CHALLENGE, FREE, GOOD, REQUEST, Bench

FIRST = Needs(only=1)


async def frozen(bench: Bench) -> Bench:
    """The session 1 is challenged."""
    await bench.use(CHALLENGE, needs=FIRST)
    return bench


async def tried(bench: Bench, needs: Needs = FIRST) -> None:
    """One good exchange of a trial."""
    async with bench.pool.trial(needs) as lease:
        await lease.fetch(REQUEST)
        lease.report(GOOD)


async def test_a_frozen_session_is_lent_on_trial_and_to_nobody_else() -> None:
    bench = await frozen(Bench().pairs(1, 2))
    async with bench.pool.trial(FIRST) as lease:
        assert lease.session_id == 1
        assert await bench.use(GOOD) == [2]
        assert not await bench.is_ready(FIRST)


async def test_a_good_exchange_alone_frees_no_frozen_session() -> None:
    bench = await frozen(Bench().pairs(1))
    await tried(bench)
    assert bench.session_health(1).state is SessionState.CHECKPOINT
    assert not await bench.is_ready()


async def test_an_acquitted_session_is_lent_like_any_other() -> None:
    bench = await frozen(Bench().pairs(1))
    await tried(bench)
    bench.pool.inspection.acquit(1)
    assert bench.session_health(1).state is SessionState.VALID
    assert await bench.use(GOOD) == [1]
    assert bench.pool.sessions_usable() == 1


async def test_who_waits_for_a_route_gets_the_acquitted_session() -> None:
    bench = await frozen(Bench().pairs(1, 2))
    taken = await bench.take()
    waiting = bench.ask()
    await settle()
    assert not waiting.done()
    bench.pool.inspection.acquit(1)
    await settle()
    assert waiting.result().session == 1
    await taken.unused()
    await waiting.result().unused()


async def test_a_trial_waits_for_the_gap_and_counts_for_the_next_one() -> None:
    bench = await frozen(Bench(replace(FREE, route_gap_seconds=20.0)).pairs(1))
    trial = spawn(tried(bench), name="trial")
    await bench.clock.advance(19.9)
    assert not trial.done()
    await bench.clock.advance(0.2)
    await trial
    assert bench.session_health(1).requests == 2
    again = spawn(tried(bench), name="trial")
    await bench.clock.advance(19.0)
    assert not again.done()
    await bench.clock.advance(2.0)
    await again


async def test_a_trial_that_cannot_be_within_the_claim_says_when_it_can() -> None:
    bench = await frozen(Bench(replace(FREE, per_route_hour=1)).pairs(1))
    with pytest.raises(NoRouteAvailable) as refused:
        await tried(bench)
    assert refused.value.retry_at is not None
    assert 3_590 < (refused.value.retry_at - bench.clock.now()).total_seconds() <= 3_600


async def test_a_trial_waits_while_its_session_is_lent() -> None:
    bench = await frozen(Bench().pairs(1))
    async with bench.pool.trial(FIRST):
        second = spawn(tried(bench), name="trial")
        await bench.clock.advance(1.0)
        assert not second.done()
    await bench.clock.advance(1.0)
    await second


async def test_a_trial_of_a_session_that_is_not_there_or_is_off_is_refused_at_once() -> None:
    bench = Bench().pairs(1)
    for needs in (Needs(only=7), Needs(only=2)):
        bench.session(2, 1, enabled=False)
        with pytest.raises(NoRouteAvailable) as refused:
            await tried(bench, needs)
        assert refused.value.retry_at is None


async def test_a_trial_waits_for_the_rate_of_all_routes() -> None:
    bench = await frozen(Bench(replace(FREE, global_per_minute=2)).pairs(1, 2))
    await bench.use(GOOD)
    trial = spawn(tried(bench), name="trial")
    await bench.clock.advance(59.0)
    assert not trial.done()
    await bench.clock.advance(2.0)
    await trial
