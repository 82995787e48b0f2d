"""Which column of a list holds the usernames, and how a row is cut into cells.

Owns delimiters, quotes and headers.  Never judges a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from core.errors import InvalidInput

_DELIMITERS = "\t;,|"

# The first of these that heads a column wins, so "name" is taken only where nothing says it better.
_NAME_HEADS = """
    username user_name usernames instagram_username instagram_usernames ig_username insta_username screen_name
    handle instagram_handle ig_handle handles user users instagram_user account_name account accounts
    profile_name profile_url profile_link instagram_url instagram_link instagram_profile profile profiles
    url link urls links login instagram ig insta name
"""
_ID_HEADS = "platform_id user_id userid instagram_id ig_id profile_id account_id owner_id pk id"
# A platform's name is also a value and an account, so these need a second known head beside them.
_WEAK_HEADS = frozenset({"instagram", "ig", "insta"})
# Everyday words, which a row may hold behind its name: there they need a second known head as well.
_EVERYDAY_HEADS = frozenset(
    {"user", "users", "account", "accounts", "profile", "profiles", "url", "urls", "link", "links", "login", "name"}
)
# Further heads that tell a header from a row; nothing is read from their columns.
_OTHER_HEADS = """
    full_name fullname first_name last_name display_name email phone bio biography followers follower_count
    followers_count following posts media_count niche category group tags notes note comment country city language
    website verified is_verified private is_private status type date created_at platform # no nr
"""
_NAMED_BY = tuple(_NAME_HEADS.split())
_IDS_BY = tuple(_ID_HEADS.split())
_KNOWN_HEADS = frozenset([*_NAMED_BY, *_IDS_BY, *_OTHER_HEADS.split()])
# A single column headed by one of these holds ids; "id" or "name" alone may well be somebody's name.
_LONE_ID_HEADS = frozenset({"platform_id", "user_id", "instagram_id"})

_ANY_DELIMITER = re.compile(f"[{_DELIMITERS}]")
_INLINE_COMMENT = re.compile(r"\s#.*")
_COMMENT_MARKS = ("#", ";", "//")
# What some spreadsheets put in front of the header, to say how it is cut.
_SEPARATOR_LINE = re.compile(r'"?sep=."?', re.IGNORECASE)
# Rows that a column "id" is compared with their numbers on.
_ROWS_COMPARED = 50


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the usernames stand.

    Args:
        delimiters: The characters that end a cell; any of four where no header says which.
        name: The username's column, counted from 0.
        platform_id: The column of platform ids, counted from 0; None without one.
        header: Lines up to and including the header; 0 without one.
        heads: How many columns the header has; 0 without one.
    """

    delimiters: str = _DELIMITERS
    name: int = 0
    platform_id: int | None = None
    header: int = 0
    heads: int = 0

    def cells(self, row: str) -> list[str] | None:
        """The cells of *row*, unquoted; None when it ends inside a quoted cell, so that a line must follow.

        A quote that is not closed right before a delimiter is an ordinary character.  Of several lines that are
        no one row after all, nothing: an empty list.
        """
        return self._split_quoted(row) if '"' in row else self.split(row)

    def split(self, row: str) -> list[str]:
        """The cells of *row* if quotes mean nothing: for a row whose quotes do not match."""
        return row.split(self.delimiters) if len(self.delimiters) == 1 else _ANY_DELIMITER.split(row)

    def _split_quoted(self, row: str) -> list[str] | None:
        quoted, unclosed, bare = _cell_patterns(self.delimiters)
        found: list[str] = []
        at = 0
        while at <= len(row):
            cell = quoted.match(row, at)
            if cell:
                found.append(cell[1].replace('""', '"'))
            elif unclosed.match(row, at) and (self.heads > 1 or found):
                # In front of a list without columns it is only a stray quote.
                return None
            else:
                cell = bare.match(row, at)
                assert cell, "this pattern also matches nothing"
                if "\n" in cell[0]:
                    return []
                found.append(cell[0])
            at = cell.end() + 1
        return found


def find_columns(lines: Sequence[str]) -> Columns:
    """Where the usernames stand in a file that begins with *lines*; comments and blank lines may come first.

    Raises:
        InvalidInput: There is a header, and it names ids but no usernames.
    """
    for number, line in enumerate(lines, start=1):
        text = line.strip("\ufeff \xa0")  # not tabs: one may stand before the first head
        if not text.strip() or _SEPARATOR_LINE.fullmatch(text):
            continue
        found = _from_header(text, lines[number : number + _ROWS_COMPARED], number)
        if found or not text.startswith(_COMMENT_MARKS):
            return found or Columns()
    return Columns()


def is_comment(line: str, columns: Columns = Columns()) -> bool:
    """Whether *line* (without leading blanks) is a comment."""
    if line.startswith(";") and columns.delimiters == ";" and columns.name > 0:
        return False  # an empty first cell
    return line.startswith(_COMMENT_MARKS)


def without_comment(cell: str) -> str:
    """*cell* without an inline comment: everything from a ``#`` that follows a space."""
    return _INLINE_COMMENT.sub("", cell) if "#" in cell else cell


def _from_header(text: str, rows: Sequence[str], number: int) -> Columns | None:
    most: Columns | None = None
    for delimiter in _DELIMITERS:
        cut = Columns(delimiter, heads=2)
        heads = [_head(cell) for cell in cut.cells(text) or ()]
        # More heads mean a better cut; a row of one head is looked at below.
        if len(heads) > max(1, most.heads if most else 0):
            most = _from_heads(heads, cut, rows, number) or most
    return most or _from_lone_head(_head(text), number)


def _from_heads(heads: list[str], cut: Columns, rows: Sequence[str], number: int) -> Columns | None:
    named = [heads.index(head) for head in _NAMED_BY if head in heads]
    ids = [heads.index(head) for head in _IDS_BY if head in heads]
    if not _is_header(heads, named, ids) or _repeated(heads, [*named, *ids], cut, rows):
        return None
    if not named:
        raise _no_names(heads[ids[0]])
    id_column = next((column for column in ids if not _counts_rows(heads, column, cut, rows)), None)
    return Columns(cut.delimiters, named[0], id_column, number, len(heads))


def _is_header(heads: list[str], named: list[int], ids: list[int]) -> bool:
    # "# a remark, name" is a comment, "#,name" is a header with a column of numbers.
    remark = heads[0].startswith(_COMMENT_MARKS) and heads[0] != "#"
    if remark or not (named or ids) or any(_is_data(head) for head in heads):
        return False
    if sum(head in _KNOWN_HEADS for head in heads) > 1:
        return True
    if not named or heads[named[0]] in _WEAK_HEADS:
        return False
    return named[0] == 0 or heads[named[0]] not in _EVERYDAY_HEADS


def _from_lone_head(head: str, number: int) -> Columns | None:
    if head in _LONE_ID_HEADS:
        raise _no_names(head)
    if head in _NAMED_BY and head not in _WEAK_HEADS:
        return Columns(header=number, heads=1)
    return None


def _head(cell: str) -> str:
    return re.sub(r"[\s\-]+", "_", cell.strip("\ufeff \t\xa0\"':").lower())


def _is_data(head: str) -> bool:
    """Whether a cell holds what no header holds: a number, a handle, a link."""
    return head.isdecimal() or head.startswith("@") or "/" in head


def _repeated(heads: list[str], columns: list[int], cut: Columns, rows: Sequence[str]) -> bool:
    """Whether the next rows hold the same words in the same columns: then they are values."""
    return any(
        column < len(cells) and _head(cells[column]) == heads[column]
        for cells in _all_cells(cut, rows[:3])
        for column in columns
    )


def _counts_rows(heads: list[str], column: int, cut: Columns, rows: Sequence[str]) -> bool:
    """Whether a column ``id`` only counts the rows: 1, 2, 3.

    Such a number taken for a platform id would answer for somebody else.
    """
    if heads[column] != "id":
        return False
    values = [cells[column].strip(" \"'") for cells in _all_cells(cut, rows) if column < len(cells)]
    numbers = [value for value in values if value.isdecimal()]
    return bool(numbers) and any(numbers == [str(first + row) for row in range(len(numbers))] for first in (0, 1))


def _all_cells(cut: Columns, rows: Sequence[str]) -> Iterator[list[str]]:
    for row in rows:
        if row.strip():
            yield cut.cells(row) or []


def _no_names(head: str) -> InvalidInput:
    return InvalidInput("file", f"its header has a column {head} and none for usernames; head that one username")


@cache
def _cell_patterns(delimiters: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A quoted cell, a quoted cell that the row does not close, and any other cell."""
    inside = r'[^"]*+(?:""[^"]*+)*+'
    return (
        re.compile(rf' *"({inside})" *(?=[{delimiters}]|\Z)'),
        re.compile(rf' *"{inside}\Z'),
        re.compile(rf"[^{delimiters}]*+"),
    )
