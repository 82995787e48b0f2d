from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.span_text import as_typed, in_words, seconds_of
from core.errors import InvalidInput


def read(text: str) -> int:
    return seconds_of(text, "every", least=60, most=86_400 * 366, example="4h")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90m", 5_400), ("4h", 14_400), ("1h30m", 5_400), (" 1 h 30 min ", 5_400), ("2D", 172_800), ("1w", 604_800)],
)
def test_lengths_are_read_as_people_write_them(text: str, seconds: int) -> None:
    assert read(text) == seconds


@pytest.mark.parametrize("text", ["", "4", "h", "4 hours", "-4h", "4h-", "1.5h", "٣h"])
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="write a length of time such as 4h"):
        read(text)


@pytest.mark.parametrize("text", ["59s", "0h", "999999999w"])
def test_a_length_beyond_the_bounds_is_refused_with_them(text: str) -> None:
    with pytest.raises(InvalidInput, match="give from 1 min to 366 d, not"):
        read(text)


@given(st.integers(60, 86_400 * 366))
def test_what_is_shown_can_be_typed_again(seconds: int) -> None:
    assert read(as_typed(seconds)) == seconds
    assert in_words(seconds)


def test_nothing_is_nothing() -> None:
    assert as_typed(0) == ""
    assert in_words(0) == "0 s"
    assert in_words(5_400) == "1 h 30 min"
