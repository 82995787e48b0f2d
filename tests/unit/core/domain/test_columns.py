from __future__ import annotations

import pytest

from core.domain.columns import Columns, find_columns, is_comment, without_comment
from core.errors import InvalidInput


def found(*lines: str) -> Columns:
    return find_columns(lines)


@pytest.mark.parametrize(
    ("header", "delimiter", "name", "platform_id"),
    [
        ("username,followers", ",", 0, None),
        ("id;username;full_name", ";", 1, 0),
        ("full_name\tuser_name\tpk", "\t", 1, 2),
        ("name|profile_url|platform_id", "|", 1, 2),
        ('"Full Name","User Name","User-ID"', ",", 1, 2),
        ("Followers,Handle", ",", 1, None),
        ("Niche,Instagram", ",", 1, None),
        ("name,id", ",", 0, 1),
        ("#,username", ",", 1, None),
        (";username;followers", ";", 1, None),
        ("\tusername\tfollowers", "\t", 1, None),
        ("whatever,username", ",", 1, None),
        ("username,whatever;else", ",", 0, None),
        ("\ufeffusername,id", ",", 0, 1),
    ],
)
def test_the_header_says_where_the_usernames_stand(
    header: str, delimiter: str, name: int, platform_id: int | None
) -> None:
    columns = found(header, "17841,17842")
    assert (columns.delimiters, columns.name, columns.platform_id, columns.header) == (delimiter, name, platform_id, 1)


def test_comments_blank_lines_and_a_separator_line_may_stand_before_the_header() -> None:
    columns = found("# exported today, name by name", "", "sep=;", "pk;username", "17841;ann")
    assert (columns.header, columns.name, columns.platform_id) == (4, 1, 0)


@pytest.mark.parametrize("word", ["username", "Usernames:", "Handle", "profile_url", "URL", "name"])
def test_one_column_may_have_a_header(word: str) -> None:
    assert found(word, "ann") == Columns(header=1, heads=1)


@pytest.mark.parametrize(
    "lines",
    [
        ("ann", "bob"),
        ("instagram", "ann"),
        ("id", "ann"),
        ("instagram,123", "ann,456"),
        ("instagram,some text", "ann,other"),
        ("ann,user", "bob,admin"),
        ("ann,username", "bob,username"),
        ("ann,instagram,phone", "bob,instagram,mail"),
        ("@username,id", "@ann,7"),
        ("https://instagram.com/ann,username", ""),
        ("# a remark, name", "ann"),
        ("// username", "ann"),
        (),
    ],
)
def test_a_list_without_a_header_is_read_from_its_first_column(lines: tuple[str, ...]) -> None:
    assert find_columns(lines) == Columns()


@pytest.mark.parametrize("header", ["id,full_name", "user_id", "pk;followers"])
def test_a_header_of_ids_without_usernames_is_refused(header: str) -> None:
    with pytest.raises(InvalidInput, match="none for usernames; head that one username"):
        found(header, "17841,Ann")


@pytest.mark.parametrize("first", [0, 1])
def test_a_column_id_that_counts_the_rows_holds_no_platform_ids(first: int) -> None:
    rows = [f"{first + row},name{row}" for row in range(5)]
    assert found("id,username", *rows, "").platform_id is None
    assert found("id,username", rows[0], "# remark", *rows[1:]).platform_id is None
    assert found("pk,username", *rows).platform_id == 0
    assert found("id,username", *rows, "17841,other").platform_id == 0


def test_a_cell_ends_at_any_delimiter_where_no_header_says_which() -> None:
    assert Columns().cells("a;b,c\td|e") == ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ('"a,b",c', ["a,b", "c"]),
        ('"say ""hi""",c', ['say "hi"', "c"]),
        ('a, "b" ,c', ["a", "b", "c"]),
        ('"",c', ["", "c"]),
        ('5" pipe,c', ['5" pipe', "c"]),
        ('"a"b,c', ['"a"b', "c"]),
        ("a,", ["a", ""]),
        ('"a\nb",c', ["a\nb", "c"]),
    ],
)
def test_quotes_hold_a_cell_together(row: str, cells: list[str]) -> None:
    assert Columns(",", heads=2).cells(row) == cells


def test_a_row_that_ends_inside_quotes_goes_on() -> None:
    assert Columns(",", heads=2).cells('a,"b') is None
    assert Columns(",", heads=2).cells('"a') is None
    assert Columns(",", heads=2).cells('a,"b""') is None


def test_a_quote_in_front_of_a_plain_list_is_only_a_quote() -> None:
    assert Columns().cells('"a') == ['"a']
    assert Columns().cells('a,"b') is None


def test_lines_that_are_no_row_together_give_no_cells() -> None:
    assert Columns(",", heads=2).cells('a,"b\nc,"d') == []


def test_a_comment_has_its_mark_in_front() -> None:
    assert is_comment("# x")
    assert is_comment("// x")
    assert is_comment("; x")
    assert not is_comment("x # y")


def test_an_empty_first_cell_is_no_comment() -> None:
    assert not is_comment(";ann", Columns(";", name=1, heads=2))
    assert is_comment("#;ann", Columns(";", name=1, heads=2))


def test_an_inline_comment_needs_a_blank_before_its_mark() -> None:
    assert without_comment("ann # friend") == "ann"
    assert without_comment("ann\t#friend # more") == "ann"
    assert without_comment("instagram.com/ann#top") == "instagram.com/ann#top"
