"""The breaker: who waits while the platform refuses everybody, how long, and what ends it."""

from __future__ import annotations

from math import inf

import pytest

from core.domain.breaker import LONGEST_PAUSE, Breaker, Pause, pause
from core.domain.verdict import Reason

STORIES, LOOK_UP = False, True
SHAPE = Reason.WRONG_SHAPE


def opened(look_up: bool = STORIES, rest_scale: float = 1.0) -> Breaker:
    breaker = Breaker()
    assert breaker.open(SHAPE, look_up, 100.0, rest_scale)
    return breaker


def probed(breaker: Breaker, now: float, good: bool | None, look_up: bool = STORIES) -> Breaker:
    assert breaker.lend(look_up)
    breaker.probe_ended(look_up, good=good, now=now, rest_scale=1.0)
    return breaker


def test_a_closed_breaker_lets_everybody_ask() -> None:
    breaker = Breaker()
    assert (breaker.free_at(STORIES), breaker.free_at(LOOK_UP), breaker.pause) == (-inf, -inf, None)
    assert not breaker.lend(STORIES)


def test_where_stories_are_refused_everything_waits_for_thirty_seconds() -> None:
    breaker = opened()
    assert (breaker.free_at(STORIES), breaker.free_at(LOOK_UP)) == (130.0, 130.0)
    assert breaker.pause == Pause(SHAPE, look_ups_alone=False, failed_probes=0, until=130.0)


def test_where_look_ups_are_refused_stories_are_asked_about() -> None:
    breaker = opened(LOOK_UP)
    assert (breaker.free_at(STORIES), breaker.free_at(LOOK_UP)) == (-inf, 130.0)


def test_it_opens_once_however_often_the_platform_refuses() -> None:
    breaker = opened()
    assert not breaker.open(SHAPE, STORIES, 110.0, 1.0)
    assert not breaker.open(SHAPE, LOOK_UP, 110.0, 1.0)
    assert breaker.free_at(STORIES) == 130.0


def test_stories_that_are_refused_while_look_ups_wait_open_it_for_everything() -> None:
    breaker = opened(LOOK_UP)
    assert breaker.open(SHAPE, STORIES, 110.0, 1.0)
    assert (breaker.free_at(STORIES), breaker.free_at(LOOK_UP)) == (140.0, 140.0)


def test_while_the_probe_is_under_way_nobody_else_may_leave() -> None:
    breaker = opened()
    assert breaker.lend(STORIES)
    assert (breaker.free_at(STORIES), breaker.free_at(LOOK_UP)) == (inf, inf)


def test_a_probe_that_never_left_gives_its_place_to_the_next() -> None:
    breaker = opened()
    breaker.lend(STORIES)
    breaker.probe_unused()
    assert breaker.free_at(STORIES) == 130.0


def test_a_good_probe_closes_it() -> None:
    breaker = probed(opened(), 130.0, good=True)
    assert (breaker.free_at(STORIES), breaker.free_at(LOOK_UP), breaker.pause) == (-inf, -inf, None)


def test_each_probe_that_fails_doubles_the_pause_up_to_half_an_hour() -> None:
    breaker, now, pauses = opened(), 130.0, []
    for _ in range(8):
        probed(breaker, now, good=False)
        pauses.append(breaker.free_at(STORIES) - now)
        now = breaker.free_at(STORIES)
    assert pauses == [60.0, 120.0, 240.0, 480.0, 960.0, 1800.0, 1800.0, 1800.0]


def test_a_probe_that_never_reached_the_platform_changes_nothing_but_the_moment_of_the_next() -> None:
    breaker = probed(opened(), 140.0, good=None)
    assert breaker.pause == Pause(SHAPE, look_ups_alone=False, failed_probes=0, until=170.0)


def test_a_good_look_up_frees_look_ups_and_lets_stories_be_probed_at_once() -> None:
    breaker = probed(opened(), 130.0, good=True, look_up=LOOK_UP)
    assert (breaker.free_at(LOOK_UP), breaker.free_at(STORIES)) == (-inf, 130.0)
    probed(breaker, 131.0, good=True)
    assert breaker.pause is None


def test_pauses_follow_the_scale_of_rests() -> None:
    assert opened(rest_scale=0.002).free_at(STORIES) == pytest.approx(100.06)


def test_a_platform_that_changed_for_good_is_probed_for_ever() -> None:
    assert pause(100_000, 1.0) == LONGEST_PAUSE


def test_it_stands_as_another_holder_left_it() -> None:
    left = Pause(SHAPE, look_ups_alone=True, failed_probes=3, until=500.0)
    breaker = Breaker()
    breaker.resume(left)
    assert breaker.pause == left
    assert breaker.free_at(STORIES) == -inf
    probed(breaker, 500.0, good=False, look_up=LOOK_UP)
    assert breaker.free_at(LOOK_UP) == 500.0 + 480.0


def test_it_can_be_read() -> None:
    assert repr(Breaker()) == "<Breaker closed>"
    assert repr(probed(opened(), 130.0, good=False)) == "<Breaker open for everything: wrong_shape, 1 probes failed>"
    assert repr(opened(LOOK_UP)) == "<Breaker open for look-ups: wrong_shape, 0 probes failed>"
