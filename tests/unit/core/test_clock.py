from __future__ import annotations

from core.clock import FakeClock


async def test_a_cancelled_timer_does_not_let_a_later_one_run_early() -> None:
    clock, ran = FakeClock(), list[float]()
    clock.call_at(1.0, lambda: ran.append(clock.monotonic())).cancel()
    clock.call_at(60.0, lambda: ran.append(clock.monotonic()))
    await clock.advance(5.0)
    assert (ran, clock.monotonic()) == ([], 5.0)
    await clock.advance(60.0)
    assert ran == [60.0]


async def test_timers_run_in_the_order_of_their_moments_at_their_moments() -> None:
    clock, ran = FakeClock(), list[float]()
    for moment in (3.0, 1.0, 2.0):
        clock.call_at(moment, lambda: ran.append(clock.monotonic()))
    await clock.advance(2.5)
    assert ran == [1.0, 2.0]
    assert clock.advance_to_next()
    assert not clock.advance_to_next()
    assert ran == [1.0, 2.0, 3.0]
