"""How a line changes when some of those in it move."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.line_order import Toward, moved

LINE = list("abcdef")


@pytest.mark.parametrize(
    ("moving", "toward", "now"),
    [
        ("d", Toward.UP, "abdcef"),
        ("d", Toward.DOWN, "abcedf"),
        ("d", Toward.FRONT, "dabcef"),
        ("b", Toward.BACK, "acdefb"),
        ("bd", Toward.UP, "badcef"),
        ("de", Toward.UP, "abdecf"),
        ("bc", Toward.DOWN, "adbcef"),
        ("db", Toward.FRONT, "bdacef"),
        ("db", Toward.BACK, "acefbd"),
        ("a", Toward.UP, "abcdef"),
        ("ab", Toward.UP, "abcdef"),
        ("ac", Toward.UP, "acbdef"),
        ("f", Toward.DOWN, "abcdef"),
        ("xyz", Toward.FRONT, "abcdef"),
    ],
)
def test_those_who_move_keep_their_order(moving: str, toward: Toward, now: str) -> None:
    assert "".join(moved(LINE, set(moving), toward)) == now


@given(st.permutations(LINE), st.sets(st.sampled_from(LINE)), st.sampled_from(Toward))
def test_nobody_is_lost_and_the_others_keep_their_order(line: list[str], moving: set[str], toward: Toward) -> None:
    now = moved(line, moving, toward)
    assert sorted(now) == sorted(line)
    assert [each for each in now if each in moving] == [each for each in line if each in moving]
    assert [each for each in now if each not in moving] == [each for each in line if each not in moving]


@given(st.permutations(LINE), st.sets(st.sampled_from(LINE)))
def test_nobody_moves_more_than_one_place_at_a_time(line: list[str], moving: set[str]) -> None:
    now = moved(line, moving, Toward.UP)
    assert all(line.index(each) - now.index(each) in {0, 1} for each in moving)
