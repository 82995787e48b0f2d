from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.rejected import LONGEST_SHOWN, visible


def test_ordinary_text_is_shown_as_it_is() -> None:
    assert visible("zoë & co") == "zoë & co"
    assert visible("x" * 80) == "x" * 80


def test_a_long_text_is_cut_to_eighty_characters() -> None:
    assert visible("x" * 81) == "x" * 79 + "…"


def test_what_cannot_be_seen_is_spelled_out() -> None:
    assert visible("a\x00b\t\u200b\x1b[1m") == r"a\x00b\t\u200b\x1b[1m"


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=[])))
def test_any_text_is_shown_on_one_short_line(text: str) -> None:
    assert visible(text).isprintable()
    assert len(visible(text)) <= LONGEST_SHOWN
