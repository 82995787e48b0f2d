from __future__ import annotations

import tracemalloc
from collections.abc import Iterable
from dataclasses import fields

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.domain.intake import SLICE, Intake, read
from core.domain.rejected import Rejected
from core.domain.slices import Slice
from core.domain.username import NotAUsername, canonical
from core.errors import InvalidInput


def joined(slices: Iterable[Slice]) -> Slice:
    whole = Slice(1)
    for part in slices:
        assert part.first_line == whole.lines + 1
        for field in fields(Slice)[1:]:
            setattr(whole, field.name, getattr(whole, field.name) + getattr(part, field.name))
    return whole


def taken(data: str | bytes, size: int = 1 << 20) -> Slice:
    raw = data.encode() if isinstance(data, str) else data
    return joined(read(raw[start : start + size] for start in range(0, len(raw), size)))


def is_whole(found: Slice) -> bool:
    other = found.blank + found.comments + found.header + found.continued
    return found.lines == len(found.usernames) + len(found.rejected) + other


def refusal(data: bytes) -> str:
    with pytest.raises(InvalidInput) as refused:
        taken(data)
    return str(refused.value)


def test_a_list_of_names_is_read_in_its_order_with_its_repetitions() -> None:
    found = taken("ann\n@Bob\nhttps://www.instagram.com/cat/?hl=en\nANN\na.b\na_b\n")
    assert found == Slice(1, lines=6, usernames=["ann", "bob", "cat", "ann", "a.b", "a_b"])


def test_a_rejected_line_has_its_number_its_text_and_the_reason() -> None:
    found = taken("ann\n\nno\x07 name\n# remark\ninstagram.com/p/abc\nexplore\n" + "x" * 200)
    assert found.usernames == ["ann"]
    assert found.rejected == [
        Rejected(3, r"no\x07 name", "has U+0007; only a-z, 0-9, dot and underscore"),
        Rejected(5, "instagram.com/p/abc", "a post's link, not a profile's"),
        Rejected(6, "explore", "a page of the platform, not a profile: explore"),
        Rejected(7, "x" * 79 + "…", "200 characters; 30 at most"),
    ]
    assert (found.lines, found.blank, found.comments) == (7, 1, 1)


def test_comments_and_blank_lines_are_counted_and_not_read() -> None:
    found = taken('# one\n; two\n// three\n  # four\n\n \t\n\u200b\n""\n,,\nann # friend\n')
    assert found == Slice(1, lines=10, usernames=["ann"], comments=4, blank=5)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_and_line_end_gives_the_same_names(end: str, encoding: str) -> None:
    found = taken(end.join(["ann", "bob", "", "zoë", "cat", ""]).encode(encoding))
    assert found.usernames == ["ann", "bob", "cat"]
    assert (found.lines, found.blank, found.rejected[0].text, found.rejected[0].line) == (5, 1, "zoë", 4)


def test_a_line_in_latin1_is_shown_as_it_was_meant() -> None:
    found = taken("ann\nzoë\n\xa0bob\xa0\n".encode("latin-1"))
    assert found.usernames == ["ann", "bob"]
    assert found.rejected[0].text == "zoë"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_a_table_gives_its_usernames_and_ids(delimiter: str, quote: str) -> None:
    rows = [["Full name", "Username", "ID"], ["Ann A.", "@Ann", "17841"], ["Bob", "bob", ""], ["", "cat", "null"]]
    text = "\n".join(delimiter.join(f"{quote}{cell}{quote}" for cell in row) for row in rows)
    found = taken(text)
    assert found == Slice(1, lines=4, header=1, usernames=["ann", "bob", "cat"], platform_ids=["17841", None, None])


def test_the_id_may_stand_before_the_name() -> None:
    found = taken("pk,username\n5,ann\n6,instagram.com/bob\n7,bad name\n8,cat\n")
    assert found.usernames == ["ann", "bob", "cat"]
    assert found.platform_ids == ["5", "6", "8"]
    assert found.rejected[0].line == 4


def test_delimiters_and_doubled_quotes_inside_quotes_are_text() -> None:
    found = taken('full_name,username\n"A, ""the"" B",ann\n"C, D",bob\n')
    assert found.usernames == ["ann", "bob"]


def test_without_a_header_the_first_column_counts() -> None:
    found = taken('ann,Ann,17\n"bob";x\nhttps://instagram.com/cat,"C, D"\ndan\n')
    assert found.usernames == ["ann", "bob", "cat", "dan"]
    assert found.platform_ids == []


def test_a_header_alone_is_no_name() -> None:
    assert taken("username\n") == Slice(1, lines=1, header=1)


def test_an_account_called_instagram_is_not_a_header() -> None:
    assert taken("instagram\nann\n").usernames == ["instagram", "ann"]


def test_lines_before_the_header_are_counted_for_what_they_are() -> None:
    found = taken("\ufeff# made by hand\n\nsep=;\npk;username\n5;ann\n")
    assert found == Slice(1, lines=5, comments=1, blank=1, header=2, usernames=["ann"], platform_ids=["5"])


def test_an_unreadable_id_leaves_the_name_without_one_and_says_so() -> None:
    found = taken("username,id\nann,1.78E+16\nbob,17841\n")
    assert found.usernames == ["ann", "bob"]
    assert found.platform_ids == [None, "17841"]
    why = "not a platform id, which is 1 to 20 digits; the username is kept without it"
    assert found.unused_ids == [Rejected(2, "1.78E+16", why)]
    assert found.rejected == []


def test_a_row_without_a_username_is_rejected() -> None:
    found = taken("followers,username\n12,\n13\n,\n14,ann\n")
    assert found.rejected == [
        Rejected(2, "12,", "no name"),
        Rejected(3, "13", "1 of 2 columns, and none for the username"),
    ]
    assert (found.usernames, found.blank) == (["ann"], 1)


def test_a_comment_among_the_rows_of_a_table_is_a_comment() -> None:
    found = taken("followers,username\n#,bob\n //12,cat\n12,ann\n")
    assert (found.usernames, found.comments) == (["ann"], 2)


def test_an_empty_first_cell_is_no_comment() -> None:
    assert taken(";username;bio\n;ann;x\n").usernames == ["ann"]


def test_a_cell_may_hold_line_ends() -> None:
    found = taken('username,bio,id\nann,"one\ntwo, ""three""\nfour",7\nbob,"five",8\n')
    assert found == Slice(1, lines=5, header=1, continued=2, usernames=["ann", "bob"], platform_ids=["7", "8"])


def test_a_stray_quote_does_not_swallow_the_next_rows() -> None:
    found = taken('username,bio\nann,"one\nbob,"two\ncat,three\n')
    assert found.usernames == ["ann", "bob", "cat"]
    assert taken('ann,"one\n' + "bob\n" * 500).usernames == ["ann"] + ["bob"] * 500
    assert taken('username,bio\nann,"one\n' + "bob,x\n" * 500).usernames == ["ann"] + ["bob"] * 500


def test_a_cell_with_line_ends_may_lie_across_two_slices() -> None:
    row = 'ann,"one\ntwo\nthree"\n'
    filler = "bob,x\n"
    head = "username,bio\n"
    for offset in range(-30, 31):
        count = (SLICE - len(head) + offset) // len(filler)
        found = taken(head + filler * count + row + filler)
        assert found.usernames == ["bob"] * count + ["ann", "bob"]
        assert (found.continued, found.rejected) == (2, [])


def test_a_line_too_long_behind_an_open_quote_is_rejected_alone() -> None:
    found = taken('username,bio\nann,"one\n' + "x" * (SLICE - 5) + "\nbob,y\n")
    assert found.usernames == ["ann", "bob"]
    assert [line.line for line in found.rejected] == [3]


@pytest.mark.parametrize("size", [1 << 14, 1 << 20])
def test_a_line_without_end_is_rejected_and_the_next_one_read(size: int) -> None:
    found = taken(b"ann\n" + "é".encode() * 5_000_000 + b"\nbob\n", size)
    assert found.usernames == ["ann", "bob"]
    assert found.rejected == [Rejected(2, "é" * 79 + "…", f"a line of 10,000,000 bytes; {SLICE:,} at most")]


def test_a_line_without_end_may_be_the_last_and_the_only_one() -> None:
    found = taken(b"x" * 1_000_000)
    assert found.lines == len(found.rejected) == 1


def test_the_longest_line_is_read() -> None:
    found = taken("ann," + "x" * (SLICE - 4) + "\nbob," + "x" * (SLICE - 3) + "\ncat")
    assert found.usernames == ["ann", "cat"]
    assert [line.line for line in found.rejected] == [2]


def test_an_empty_file_is_refused() -> None:
    assert refusal(b"") == "file: it is empty; it takes one username a line"


def test_a_binary_file_is_refused() -> None:
    assert refusal(b"\x89PNG\r\n\x1a\n" + bytes(100)) == "file: looks like a PNG picture; a list has to be text"


def test_a_binary_file_is_refused_by_its_first_bytes() -> None:
    intake = Intake()
    with pytest.raises(InvalidInput, match="gzip"):
        list(intake.feed(b"\x1f\x8b\x08" + bytes(10_000)))


def test_a_file_of_marks_alone_holds_nothing() -> None:
    assert taken(b"\xef\xbb\xbf") == Slice(1)
    assert taken(b"\n") == Slice(1, lines=1, blank=1)


def test_memory_does_not_grow_with_the_file() -> None:
    chunk = b"".join(b"name_%d\n" % number for number in range(20_000))
    tracemalloc.start()
    lines = sum(part.lines for part in read(chunk for _ in range(20)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert lines == 400_000
    assert peak < 8_000_000


NAMES = st.from_regex(r"\A[a-z0-9_]{1,4}(\.[a-z0-9_]{1,3})?\Z")
CELLS = st.one_of(
    NAMES,
    st.sampled_from(
        [
            "",
            " ",
            "@Ann",
            "a..b",
            ".a",
            "a.",
            "a" * 30,
            "a" * 31,
            "p",
            "_u",
            "\u212aate",
            "zoë",
            "username",
            "instagram.com/x.y/",
            "https://www.instagram.com/Ann?x=1",
            "instagram.com/p/x",
            "instagram.com/explore",
            "http://m.instagram.com/a/?",
            "notinstagram.com/a",
            "a/",
            "a?b",
            "12",
            "007",
            "1.7E+16",
            "# x",
            "//x",
            ";x",
            '"',
            '""',
            'a"b',
            "\x85",
            "\ufeffann",
            "ann # x",
        ]
    ),
)
ROWS = st.lists(
    st.tuples(st.lists(CELLS, min_size=1, max_size=4), st.sampled_from(["", '"', "'"])).map(
        lambda row: [f"{row[1]}{cell}{row[1]}" for cell in row[0]]
    ),
    min_size=1,
    max_size=12,
)
HEADERS = st.sampled_from(["", "username", "id,username", "username,id", "bio;username;pk", "x\tusername", "#|handle"])


@settings(deadline=None)
@given(ROWS, HEADERS, st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n", "\r"]))
def test_every_line_is_counted_once_whatever_it_holds(
    rows: list[list[str]], header: str, delimiter: str, end: str
) -> None:
    lines = [*([header] if header else []), *(delimiter.join(row) for row in rows)]
    found = taken(end.join(lines) + end)
    assert found.lines == len(lines)
    assert is_whole(found)
    assert all(canonical(name) == name for name in found.usernames)
    assert found.platform_ids == [] or len(found.platform_ids) == len(found.usernames)
    numbers = [line.line for line in found.rejected]
    assert numbers == sorted(set(numbers))


@settings(deadline=None)
@given(st.lists(CELLS.filter(lambda cell: '"' not in cell and not cell.startswith(("#", ";", "/"))), min_size=1))
def test_a_plain_list_gives_what_its_lines_say_one_by_one(cells: list[str]) -> None:
    expected = []
    for cell in cells:
        try:
            expected.append(canonical(cell.split(" #")[0].split(";")[0]))
        except NotAUsername:
            continue
    assert taken("\n".join(["x", *cells])).usernames == ["x", *expected]


@settings(max_examples=60, deadline=None)
@given(
    ROWS,
    HEADERS,
    st.sampled_from(",;\t"),
    st.integers(1, 40),
    st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]),
)
@example([['a,"b'], ["c"]], "username,id", ",", 1, "utf-8")
def test_the_chunks_of_a_file_change_nothing(
    rows: list[list[str]], header: str, delimiter: str, size: int, encoding: str
) -> None:
    data = "\r\n".join([header, *(delimiter.join(row) for row in rows)]).encode(encoding)
    assert taken(data, size) == taken(data)


@settings(max_examples=15, deadline=None)
@given(ROWS, HEADERS, st.integers(1_000, 200_000), st.integers(1, 3))
def test_the_chunks_of_a_long_file_change_nothing(
    rows: list[list[str]], header: str, size: int, long_lines: int
) -> None:
    block = "\n".join(",".join(row) for row in rows) + "\n"
    data = (header + "\n" + (block * (30_000 // len(block) + 1) + "y" * SLICE + "z\n") * long_lines).encode()
    found = taken(data)
    assert is_whole(found)
    assert list(read(data[start : start + size] for start in range(0, len(data), size))) == list(read([data]))


@settings(deadline=None)
@given(st.binary(max_size=2_000))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        found = taken(data)
    except InvalidInput:
        return
    assert is_whole(found)
    assert all(line.text.isprintable() and len(line.text) <= 80 for line in found.rejected)
