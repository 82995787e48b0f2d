"""When a batch looks for its next step again: at a moment to come, or never by itself."""

from __future__ import annotations

from datetime import timedelta
from math import inf

import pytest

from core.clock import FakeClock
from core.domain.verdict import Blame, Reason
from core.engine.batch_work import CHUNK, LOOK_UPS_USED_UP, RESTING, BatchWork
from core.engine.inquiry import Purpose, Step
from core.sources.base import Reading
from tests.unit.core.engine.inquiries import Book, Desk
from tests.unit.core.network.pools import Bench


class Journal(Book):
    """A ledger that does not mind the time."""

    def asked(self) -> None:
        """Nothing is counted here."""

    def not_understood(self, step: Step, reading: Reading) -> None:
        """Nothing is kept here."""

    def resume(self) -> None:
        """No time is counted."""

    def pause(self) -> None:
        """No time is counted."""


class Table:
    """A batch's work over people that a test makes up, and a pool with two sessions."""

    def __init__(self, *, canaries: bool = True) -> None:
        self.clock = FakeClock()
        self.desk = Desk(sessions=2, canaries=("canary1", "canary2") if canaries else ())
        self.pool = Bench(clock=self.clock).pairs(1, 2).pool
        self.work = BatchWork("b1", inquiry=self.desk.inquiry, journal=Journal(), pool=self.pool, clock=self.clock)

    def claimed(self, *, known: int = 0, unknown: int = 0, private: int = 0) -> None:
        """The batch's only chunk comes."""
        targets = [self.desk.target(f"known{n}") for n in range(known)]
        targets += [self.desk.target(f"new{n}", known_id=False) for n in range(unknown)]
        targets += [self.desk.target(f"private{n}", private=True) for n in range(private)]
        self.work.claimed(targets, self.clock.monotonic())

    def next(self) -> Step | None:
        return self.work.next_step(self.clock.monotonic(), self.desk.now, may_hope=True)

    def given(self) -> Step:
        step = self.next()
        assert step is not None, "no step is given out"
        return step

    def in_seconds(self, seconds: float) -> None:
        self.clock._elapsed += seconds

    def no_route(self, step: Step, seconds: float | None) -> None:
        at = None if seconds is None else self.clock.now() + timedelta(seconds=seconds)
        self.work.no_route(step, at)

    @property
    def looks_again_in(self) -> float:
        return self.work.next_moment() - self.clock.monotonic()


def test_while_an_exchange_is_out_the_end_of_a_wait_wakes_nobody() -> None:
    table = Table()
    table.claimed(known=20, unknown=1)
    first, look_up = table.given(), table.given()
    assert (first.purpose, look_up.purpose) == (Purpose.FIRST, Purpose.FIRST)
    table.no_route(first, 100.0)
    table.in_seconds(100.0)
    assert table.next() is None
    assert table.looks_again_in == inf


def test_a_batch_that_waits_for_a_route_does_not_look_whenever_look_ups_might_be_free() -> None:
    table = Table()
    table.claimed(known=5, unknown=1)
    look_up = table.given()
    assert look_up.purpose is Purpose.LOOK
    table.no_route(look_up, 70.0)
    step = table.given()
    table.no_route(step, 600.0)
    assert table.work.waits_because == RESTING
    table.in_seconds(80.0)
    assert table.next() is None
    assert table.looks_again_in == pytest.approx(520.0)


def test_while_checks_are_being_claimed_nobody_looks_for_more() -> None:
    table = Table()
    table.claimed()
    assert table.looks_again_in == pytest.approx(1.0)
    table.in_seconds(2.0)
    assert table.next() is None
    assert table.work.wants_checks(table.clock.monotonic())
    table.work.claiming = True
    assert table.looks_again_in == inf


def test_more_checks_are_claimed_before_the_last_ones_that_wait_are_asked_about() -> None:
    table = Table()
    table.claimed(known=CHUNK)
    assert not table.work.wants_checks(table.clock.monotonic())
    table.given()
    assert table.work.wants_checks(table.clock.monotonic())
    assert table.work.inquiry.open_count == CHUNK


def test_with_look_ups_used_up_it_passes_over_the_batch_at_most_once_a_second() -> None:
    table = Table()
    table.claimed(unknown=3)
    table.no_route(table.given(), 3_600.0)
    assert table.work.inquiry.open_count == 0
    # The pool thinks otherwise; it must not be asked as fast as can be.
    assert table.next() is None
    assert table.work.waits_because == LOOK_UPS_USED_UP
    assert table.looks_again_in >= 1.0


def test_after_a_bug_in_choosing_it_looks_again_in_a_second() -> None:
    table = Table()
    table.claimed(known=5)
    table.work.rest(table.clock.monotonic())
    assert table.next() is None
    assert table.looks_again_in == pytest.approx(1.0)
    table.in_seconds(1.0)
    assert table.given().purpose is Purpose.FIRST


def test_a_profile_whose_one_session_is_out_for_good_does_not_put_the_batch_to_sleep() -> None:
    table = Table()
    table.claimed(private=1)
    look_up = table.given()
    table.desk.finds(look_up, session=1, private=True, followed=True)
    stories = table.given()
    assert stories.only == 1
    table.no_route(stories, None)
    assert table.work.waits_because is None
    assert table.given().purpose is Purpose.LOOK


def test_a_profile_that_no_second_session_can_look_for_does_not_put_the_batch_to_sleep() -> None:
    table = Table()
    table.claimed(unknown=2)
    for step in (table.given(), table.given()):
        reading = Reading(Reason.NOT_FOUND, Blame.PROFILE, row=18, missing=True)
        table.work.inquiry.answered(step, table.desk.carrier(1), reading)
    second = table.given()
    assert second.exclude == frozenset({1})
    table.no_route(second, None)
    assert table.work.waits_because is None
    assert table.next() is not None
