"""What workers spend their time on, told by the minute."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from core.clock import FakeClock, settle
from core.domain.health import Report
from core.domain.minute_count import MinuteCount
from core.domain.verdict import Blame, Reason
from core.engine.minutes import Idleness, Minutes
from core.network.minutes import MinuteFigures
from tests.unit.core.network.pools import GOOD, Bench


@dataclass
class Crew:
    """Workers who do what the test says."""

    workers: int = 4
    idleness: Idleness = Idleness.NO_WORK


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def bench(clock: FakeClock) -> Bench:
    return Bench(clock=clock).pairs(1)


@pytest.fixture
def crew() -> Crew:
    return Crew()


@pytest.fixture
def minutes(clock: FakeClock, bench: Bench, crew: Crew) -> Minutes:
    minutes = Minutes(clock, bench.pool)
    minutes.of(crew)
    return minutes


def spent(minutes: Minutes) -> tuple[int, int, int]:
    """Seconds busy, limited and paused since the last look."""
    (count,) = minutes.take(())
    return count.busy_ms // 1_000, count.limited_ms // 1_000, count.paused_ms // 1_000


async def test_time_in_steps_is_busy_also_before_they_end(clock: FakeClock, minutes: Minutes) -> None:
    minutes.step_began()
    await clock.advance(2)
    minutes.step_began()
    await clock.advance(3)
    assert spent(minutes) == (8, 0, 0)
    minutes.step_ended()
    await clock.advance(1)
    assert spent(minutes) == (1, 0, 0)


async def test_workers_without_work_lose_no_time(clock: FakeClock, minutes: Minutes) -> None:
    await clock.advance(10)
    assert spent(minutes) == (0, 0, 0)


async def test_idle_workers_lose_time_while_no_route_is_ready(clock: FakeClock, minutes: Minutes, crew: Crew) -> None:
    crew.idleness = Idleness.LIMITED
    minutes.step_began()
    await clock.advance(10)
    assert spent(minutes) == (10, 30, 0)


async def test_the_breakers_pause_is_told_apart(clock: FakeClock, minutes: Minutes, crew: Crew) -> None:
    crew.idleness = Idleness.PAUSED
    await clock.advance(10)
    assert spent(minutes) == (0, 0, 40)


async def test_who_waits_in_line_for_a_route_is_limited_and_not_busy(
    clock: FakeClock, minutes: Minutes, bench: Bench
) -> None:
    taken = await bench.take()
    minutes.step_began()
    minutes.step_began()
    waiting = bench.ask()
    await settle()
    await clock.advance(5)
    assert spent(minutes) == (5, 5, 0)
    await taken.back(GOOD)
    await (await waiting).back(GOOD)
    await clock.advance(1)
    assert spent(minutes) == (2, 0, 0)


async def test_figures_name_the_most_workers_and_what_the_process_took(minutes: Minutes) -> None:
    (count,) = minutes.take(())
    assert count.workers == 4
    assert count.memory_mb > 10
    assert count.cpu_ms >= 0


async def test_exchanges_are_counted_in_the_minute_they_ended_in(clock: FakeClock) -> None:
    figures = MinuteFigures()
    figures.count(GOOD, 120.0, clock.now())
    figures.count(Report(ok=False, reason=Reason.RATE_LIMITED, blame=Blame.SESSION), 80.0, clock.now())
    await clock.advance(60)
    figures.count(Report(ok=False, reason=Reason.TIMEOUT, blame=Blame.PROXY), None, clock.now())
    first, second = figures.take()
    assert (first.exchanges, first.failures, first.rate_limited, first.times[:2]) == (2, 1, 1, (1, 1))
    assert first.answer_ms == 200
    assert (second.exchanges, second.failures, second.rate_limited, sum(second.times)) == (1, 1, 0, 0)
    assert figures.take() == ()


async def test_a_profiles_own_refusal_is_no_failure(clock: FakeClock) -> None:
    figures = MinuteFigures()
    figures.count(Report(ok=False, reason=Reason.WRONG_SHAPE, blame=Blame.PROFILE), 80.0, clock.now())
    (count,) = figures.take()
    assert (count.exchanges, count.failures) == (1, 0)


async def test_what_was_not_stored_is_handed_out_again(clock: FakeClock) -> None:
    figures = MinuteFigures()
    figures.count(GOOD, 120.0, clock.now())
    taken = figures.take()
    figures.put_back(taken)
    assert figures.take() == taken


def test_two_counts_of_one_minute_add_up_to_one(clock: FakeClock) -> None:
    one = MinuteCount(clock.now(), exchanges=2, times=(2, 0, 0, 0, 0, 0, 0, 0), workers=3, memory_mb=80, busy_ms=5)
    both = one.with_added(MinuteCount(clock.now(), exchanges=1, workers=5, memory_mb=70, busy_ms=6))
    assert (both.exchanges, both.times[0], both.workers, both.memory_mb, both.busy_ms) == (3, 2, 5, 80, 11)
