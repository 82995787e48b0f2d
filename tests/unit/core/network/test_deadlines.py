"""One timer for all exchanges that may take equally long; each is told when its own time is over."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import cast

import pytest

from core.network.deadlines import Deadlines


class Clockwork:
    """Of an event loop only its time, which stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0
        self.timers: list[Handle] = []

    def time(self) -> float:
        return self.now

    def call_at(self, when: float, callback: Callable[[], None]) -> Handle:
        self.timers.append(Handle(when, callback, self.timers))
        return self.timers[-1]

    def move_to(self, now: float) -> None:
        self.now = now
        for timer in [timer for timer in self.timers if timer.when <= now]:
            self.timers.remove(timer)
            timer.callback()


class Handle:
    def __init__(self, when: float, callback: Callable[[], None], timers: list[Handle]) -> None:
        self.when = when
        self.callback = callback
        self._timers = timers

    def cancel(self) -> None:
        self._timers.remove(self)


class Exchange:
    def __init__(self) -> None:
        self.late = 0

    def out_of_time(self) -> None:
        self.late += 1


@pytest.fixture
def loop() -> Clockwork:
    return Clockwork()


@pytest.fixture
def deadlines(loop: Clockwork) -> Deadlines:
    return Deadlines(cast(asyncio.AbstractEventLoop, loop))


def test_who_takes_too_long_is_told_once_and_when_its_time_is_over(loop: Clockwork, deadlines: Deadlines) -> None:
    first, second = Exchange(), Exchange()
    deadlines.begin(first, 10.0)
    loop.move_to(4.0)
    deadlines.begin(second, 10.0)
    loop.move_to(9.9)
    assert (first.late, second.late) == (0, 0)
    loop.move_to(10.0)
    assert (first.late, second.late) == (1, 0)
    loop.move_to(14.0)
    assert (first.late, second.late) == (1, 1)
    assert (len(deadlines), loop.timers) == (0, [])


def test_who_has_ended_is_told_nothing(loop: Clockwork, deadlines: Deadlines) -> None:
    exchange = Exchange()
    deadlines.begin(exchange, 10.0)
    deadlines.end(exchange, 10.0)
    deadlines.end(exchange, 10.0)
    loop.move_to(20.0)
    assert (exchange.late, len(deadlines), loop.timers) == (0, 0, [])


def test_a_thousand_exchanges_take_one_timer(loop: Clockwork, deadlines: Deadlines) -> None:
    for _ in range(1_000):
        deadlines.begin(Exchange(), 10.0)
    assert len(loop.timers) == 1


def test_a_short_time_does_not_wait_behind_a_long_one(loop: Clockwork, deadlines: Deadlines) -> None:
    patient, brief = Exchange(), Exchange()
    deadlines.begin(patient, 60.0)
    deadlines.begin(brief, 1.0)
    loop.move_to(1.0)
    assert (patient.late, brief.late) == (0, 1)


def test_an_exchange_may_begin_again_while_it_is_told(loop: Clockwork, deadlines: Deadlines) -> None:
    class Stubborn(Exchange):
        def out_of_time(self) -> None:
            super().out_of_time()
            deadlines.begin(self, 10.0)

    stubborn = Stubborn()
    deadlines.begin(stubborn, 10.0)
    loop.move_to(10.0)
    loop.move_to(19.0)
    assert stubborn.late == 1
    loop.move_to(20.0)
    assert stubborn.late == 2


def test_after_the_end_of_all_nobody_is_told(loop: Clockwork, deadlines: Deadlines) -> None:
    exchange = Exchange()
    deadlines.begin(exchange, 10.0)
    deadlines.close()
    loop.move_to(20.0)
    deadlines.end(exchange, 10.0)
    assert (exchange.late, loop.timers) == (0, [])
