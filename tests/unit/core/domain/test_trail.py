"""Trails as the engine writes them, read back."""

from __future__ import annotations

import pytest

from core.domain.trail import Trace, read_trail


def test_a_trail_tells_who_carried_which_answer_and_how_many_in_it_were_live() -> None:
    assert read_trail("s7/p3 absent 9/21; s2/p1 live 5/7") == (
        Trace(7, 3, "absent", 9, 21),
        Trace(2, 1, "live", 5, 7),
    )


def test_look_ups_and_failures_have_no_figures() -> None:
    assert read_trail("s1/p1 rate_limited; s2/p2 found private; s2/p2 user_null") == (
        Trace(1, 1, "rate_limited"),
        Trace(2, 2, "found private"),
        Trace(2, 2, "user_null"),
    )


def test_a_trail_without_proxies_and_figures_is_read_too() -> None:
    assert read_trail("s7 absent; no_canary") == (Trace(7, None, "absent"), Trace(None, None, "no_canary"))


@pytest.mark.parametrize("trail", [None, "", "s1/p1 rate_lim", "s1/p1", "s1: seen", "absent 9/"])
def test_what_is_no_step_is_left_out(trail: str | None) -> None:
    assert read_trail(trail) == ()


def test_a_step_that_was_cut_off_leaves_those_before_it() -> None:
    assert read_trail("s1/p1 timeout; s2/p2 abs") == (Trace(1, 1, "timeout"),)
