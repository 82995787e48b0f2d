"""The lines of one slice of a file, read into usernames and rejected lines.

Ordinary lines are read by a pattern over the whole slice; each other line is read by itself, and both ways
agree (a property test holds them to it).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from core.domain.columns import Columns, is_comment, without_comment
from core.domain.rejected import Rejected, visible
from core.domain.text_file import decode_line
from core.domain.username import LINK_END, LINK_START, NAME_PATTERN, RESERVED, NotAUsername, canonical, is_blank

# A row whose quoted cells hold line ends: a caption has at most 2,200 characters.  More is a stray quote.
_LONGEST_ROW = 32 * 1024
_ROW_LINES = 100

_HANDLES = re.compile(rf"^(?:@?+({NAME_PATTERN})$|.*)", re.MULTILINE)
_LINKS = re.compile(rf"^(?:{LINK_START}({NAME_PATTERN}){LINK_END}$|.*)", re.MULTILINE)
_PLATFORM_ID = re.compile(r"[1-9][0-9]{0,19}")
_NO_ID = frozenset({"", "-", "0", "null", "none", "nan", "n/a"})


@dataclass(slots=True)
class Slice:
    """What a run of lines held; it belongs to who gets it.

    Every line is counted once: ``lines`` is the number of usernames and rejected lines, and of those in ``blank``,
    ``comments``, ``header`` and ``continued``.

    Args:
        first_line: The number of its first line, counted from 1.
        lines: Lines as an editor counts them, blank ones too.
        usernames: Canonical, in the order of the file, repeated ones as often as they stand there.
        platform_ids: The id beside each username or None; empty where the file has no such column.
        unused_ids: Ids that are none; the username beside them is among *usernames*, without an id.
        continued: Further lines of rows whose quoted cells hold line ends.
    """

    first_line: int
    lines: int = 0
    usernames: list[str] = field(default_factory=list)
    platform_ids: list[str | None] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    unused_ids: list[Rejected] = field(default_factory=list)
    blank: int = 0
    comments: int = 0
    header: int = 0
    continued: int = 0


class SliceReader:
    """Reads slices of a file whose columns are known."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._rows = _row_pattern(columns)

    def read(self, data: bytes, first_line: int, *, last: bool) -> tuple[Slice, int]:
        r"""What the lines of *data* hold, and how many of its bytes were read.

        Args:
            data: Whole lines with ``\n`` between them and none after the last.
            last: Nothing follows.  Otherwise a row that is not complete at the end is left unread.
        """
        names, ids = self._ordinary(data.lower().decode("latin-1"))
        if not RESERVED.isdisjoint(names):
            names = ["" if name in RESERVED else name for name in names]
        found = Slice(first_line)
        if "" not in names:
            found.lines, found.usernames, found.platform_ids = len(names), names, ids
            return found, len(data) + 1
        return found, _OneByOne(self._columns, data.split(b"\n"), found, last=last).read(names, ids)

    def _ordinary(self, text: str) -> tuple[list[str], list[str | None]]:
        """For each line its username, or nothing where the line has to be read by itself; and the ids.

        Args:
            text: Each byte as one character, and only ASCII in lower case: no letter can turn into another.
        """
        columns = self._columns
        if columns.heads > 1:
            rows = self._rows.findall(text)
            if columns.platform_id is None:
                return [row[1] for row in rows], []
            name, platform_id = (1, 3) if columns.name < columns.platform_id else (3, 1)
            return [row[name] for row in rows], [row[platform_id] or None for row in rows]
        names: list[str] = _HANDLES.findall(text)
        if "" in names and "instagram.com/" in text:
            names = [name or linked for name, linked in zip(names, _LINKS.findall(text), strict=True)]
        if "" in names and any(delimiter in text for delimiter in columns.delimiters):
            names = [name or row[1] for name, row in zip(names, self._rows.findall(text), strict=True)]
        return names, []


class _OneByOne:
    """Reads the lines that the patterns left, between those that they took."""

    def __init__(self, columns: Columns, lines: list[bytes], found: Slice, *, last: bool) -> None:
        self._columns = columns
        self._lines = lines
        self._found = found
        self._last = last

    def read(self, names: list[str], ids: list[str | None]) -> int:
        """Fill the slice; how many bytes were read, line ends included."""
        found = self._found
        at = 0
        while at < len(names):
            try:
                odd = names.index("", at)
            except ValueError:
                odd = len(names)
            found.usernames += names[at:odd]
            found.platform_ids += ids[at:odd]
            at = odd
            if odd < len(names):
                at = self._read_line(odd)
                if at == odd:
                    break
        found.lines = at
        return sum(map(len, self._lines[:at])) + at

    def _read_line(self, at: int) -> int:
        """Read the line and those that belong to it; the next one, or *at* itself when more has to be known."""
        found, columns = self._found, self._columns
        text = decode_line(self._lines[at])
        bare = text.lstrip()
        if not bare:
            found.blank += 1
            return at + 1
        if is_comment(bare, columns):
            found.comments += 1
            return at + 1
        cells, after = columns.cells(text), at + 1
        if cells is None:
            cells, after = self._long_row(text, at)
            if after == at:
                return at
            found.continued += after - at - 1
        self._read_row(text, cells, found.first_line + at)
        return after

    def _read_row(self, text: str, cells: list[str], line: int) -> None:
        found = self._found
        try:
            username = self._username(cells)
        except NotAUsername as error:
            found.rejected.append(Rejected(line, visible(text.strip()), error.why))
            return
        if username is None:
            found.blank += 1
            return
        found.usernames.append(username)
        if self._columns.platform_id is not None:
            found.platform_ids.append(self._platform_id(cells, line))

    def _username(self, cells: list[str]) -> str | None:
        """The row's username; None where all its cells are empty."""
        column = self._columns.name
        cell = without_comment(cells[column]) if column < len(cells) else ""
        if not is_blank(cell):
            return canonical(cell)
        if all(map(is_blank, cells)):
            return None
        if column < len(cells):
            raise NotAUsername("no name")
        raise NotAUsername(f"{len(cells)} of {self._columns.heads} columns, and none for the username")

    def _platform_id(self, cells: list[str], line: int) -> str | None:
        column = self._columns.platform_id
        text = cells[column].strip(" \t\"'") if column is not None and column < len(cells) else ""
        if _PLATFORM_ID.fullmatch(text):
            return text
        if text.lower() not in _NO_ID:
            # Spreadsheets turn long ids into 1.78E+16.  The id only saves a look-up; the name is what counts.
            why = "not a platform id, which is 1 to 20 digits; the username is kept without it"
            self._found.unused_ids.append(Rejected(line, visible(text), why))
        return None

    def _long_row(self, text: str, at: int) -> tuple[list[str], int]:
        """The cells of a row that ends on a later line, and the line after it.

        A row that does not end within bounds is one line with a stray quote.
        """
        row = text
        for after in range(at + 1, at + _ROW_LINES):
            if after == len(self._lines):
                if not self._last:
                    return [], at
                break
            row += "\n" + decode_line(self._lines[after])
            if len(row) > _LONGEST_ROW:
                break
            cells = self._columns.cells(row) if b'"' in self._lines[after] else None
            if cells:
                return cells, after + 1
            if cells is not None:
                break
        return self._columns.split(text), at + 1


def _row_pattern(columns: Columns) -> re.Pattern[str]:
    """Ordinary rows: two groups for the username (its quote, itself) and two for the id, in the columns' order."""
    other = rf'(?:"[^"\n]*+"|[^{columns.delimiters}"\n]*+)'
    cells = [other] * (1 + max(columns.name, columns.platform_id or 0))
    cells[columns.name] = rf'(?P<q>"?)@?+({NAME_PATTERN})(?P=q)'
    if columns.platform_id is not None:
        cells[columns.platform_id] = r'(?P<r>"?)([1-9][0-9]{0,19}+)?+(?P=r)'
    no_comment = ""
    if columns.name > 0:
        marks = "#" if columns.delimiters == ";" else "#;"
        no_comment = rf"(?![^!-~\n]*+(?:[{marks}]|//))"
    row = f"[{columns.delimiters}]".join(cells) + f"(?:[{columns.delimiters}]{other})*+"
    return re.compile(f"^(?:{no_comment}{row}$|.*)", re.MULTILINE)
