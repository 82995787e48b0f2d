from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.columns import Columns
from core.domain.slices import Slice, SliceReader, _OneByOne

# Pieces that lines are made of: each near the border between what the patterns take and what they leave.
PIECES = st.sampled_from(
    [
        *["ann", "a.b", "a..b", ".", "_u", "x" * 30, "x" * 31, "explore", "p", "12", "007", "0", "1" * 21, "null"],
        *["@", '"', '""', "'", ",", ";", "\t", "|", " ", "#", " #", "//", "/", "?", "\u212a", "é", "\xa0", "\ufeff"],
        *["instagram.com/", "https://www.instagram.com/", "http://m.instagram.com/", "www.", "p/", "reels/", "ANN"],
        *["\x00", "\x0b", "\x1c", "\x85", "%41", "y" * 1_001, "instagr.am/"],
    ]
)
LINES = st.lists(st.lists(PIECES, max_size=8).map("".join), min_size=1, max_size=6)
COLUMNS = st.one_of(
    st.just(Columns()),
    st.builds(
        lambda delimiter, name, other, with_id: Columns(delimiter, name, other if with_id else None, 1, 3),
        st.sampled_from(",;\t|"),
        st.just(0),
        st.integers(1, 2),
        st.booleans(),
    ),
    st.builds(
        lambda delimiter, name, with_id: Columns(delimiter, name, 0 if with_id else None, 1, 3),
        st.sampled_from(",;\t|"),
        st.integers(1, 2),
        st.booleans(),
    ),
)


@settings(deadline=None)
@given(COLUMNS, LINES)
def test_the_patterns_over_a_slice_and_the_reading_line_by_line_agree(columns: Columns, lines: list[str]) -> None:
    data = "\n".join(lines).encode()
    found, size = SliceReader(columns).read(data, 1, last=True)
    slow = Slice(1)
    raw = data.split(b"\n")
    slow_size = _OneByOne(columns, raw, slow, last=True).read([""] * len(raw), [])
    assert found == slow
    assert size == slow_size == len(data) + 1
    assert found.lines == len(lines)


def test_a_row_that_goes_on_behind_the_slice_is_left_unread() -> None:
    columns = Columns(",", heads=2)
    data = b'ann,x\nbob,"y\nz'
    found, size = SliceReader(columns).read(data, 1, last=False)
    assert (found.lines, found.usernames, size) == (1, ["ann"], len(b"ann,x\n"))
    found, size = SliceReader(columns).read(data, 1, last=True)
    assert (found.lines, found.usernames, size) == (3, ["ann", "bob", "z"], len(data) + 1)
