"""From the bytes of any text file to usernames and rejected lines, a slice at a time.

Owns the way through the file: lines, their numbers, the header, lines without end.  Never knows a database and
never holds more of the file than a slice.  Names that the file repeats are returned as often as they stand there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from core.domain.columns import find_columns, is_comment
from core.domain.rejected import Rejected, visible
from core.domain.slices import Slice, SliceReader
from core.domain.text_file import TextStream, decode_line
from core.errors import InvalidInput

# Bytes in one slice, and so in the longest line that is read.  About 5,000 lines: 2 ms of handles, 40 ms where
# every line is odd.  Who runs in an event loop lets others run between slices.
SLICE = 64 * 1024
# Lines that the columns are found in.
_SAMPLE = 100


def read(chunks: Iterable[bytes]) -> Iterator[Slice]:
    """The slices of a file that comes in *chunks* of any size.

    Raises:
        InvalidInput: The file is empty, is no text, or has a header that names no column of usernames.
    """
    intake = Intake()
    for chunk in chunks:
        yield from intake.feed(chunk)
    yield from intake.finish()


class Intake:
    """Reads one file.  Feed it chunks in order, then finish; exhaust what each call returns.

    How the file is cut into chunks changes nothing.
    """

    def __init__(self) -> None:
        self._text = TextStream()
        self._buffer = bytearray()
        self._reader: SliceReader | None = None
        self._line = 1  # the number of the first line in the buffer
        self._endless = 0  # bytes so far of a line that is longer than a slice
        self._endless_head = ""

    def feed(self, chunk: bytes) -> Iterator[Slice]:
        """The slices that *chunk* completes.

        Raises:
            InvalidInput: The file is no text, or has a header that names no column of usernames.
        """
        for start in range(0, len(chunk), SLICE):
            self._buffer += self._text.push(chunk[start : start + SLICE])
            yield from self._full_slices()

    def finish(self) -> Iterator[Slice]:
        """The last slices.

        Raises:
            InvalidInput: The file is empty, is no text, or has a header that names no column of usernames.
        """
        self._buffer += self._text.end()
        if not self._text.size:
            raise InvalidInput("file", "it is empty; it takes one username a line")
        yield from self._full_slices()
        if self._endless:
            yield self._end_endless()
        while self._buffer:
            ends = self._buffer.endswith(b"\n")
            yield self._take(len(self._buffer) - ends, last=True)

    def _full_slices(self) -> Iterator[Slice]:
        while self._endless or len(self._buffer) > SLICE:
            end = self._buffer.rfind(b"\n", 0, SLICE + 1)
            if end >= 0 and not self._endless:
                yield self._take(end, last=False)
                continue
            end = self._buffer.find(b"\n")
            self._pass_over(len(self._buffer) if end < 0 else end)
            if end < 0:
                return
            del self._buffer[:1]
            yield self._end_endless()

    def _take(self, end: int, *, last: bool) -> Slice:
        """The slice that ends at *end* of the buffer, where a line ends; less if a row goes on behind it."""
        data = bytes(self._buffer[:end])
        if self._reader is None:
            lines = [decode_line(line) for line in data.split(b"\n", _SAMPLE)[:_SAMPLE]]
            columns = find_columns(lines)
            self._reader = SliceReader(columns)
            if columns.header:
                return self._taken(*self._header(data, columns.header))
        found, size = self._reader.read(data, self._line, last=last)
        if not found.lines:
            # The only row here goes on, and its next line does not fit into a slice: it cannot be one row.
            found, size = self._reader.read(data, self._line, last=True)
        return self._taken(found, size)

    def _taken(self, found: Slice, size: int) -> Slice:
        del self._buffer[:size]
        self._line += found.lines
        return found

    def _header(self, data: bytes, count: int) -> tuple[Slice, int]:
        """The first *count* lines of *data*: the header, and what stands before it."""
        lines = data.split(b"\n", count)[:count]
        found = Slice(self._line, lines=count)
        for line in lines[:-1]:
            text = decode_line(line).strip("\ufeff \t\xa0")
            found.blank += not text
            found.comments += bool(text) and is_comment(text)
        found.header = count - found.blank - found.comments
        return found, sum(map(len, lines)) + count

    def _pass_over(self, size: int) -> None:
        """Drop *size* bytes of a line that is too long; its head is kept to be shown."""
        if not self._endless:
            self._endless_head = visible(bytes(self._buffer[:400]).decode("utf-8", "replace"))
        self._endless += size
        del self._buffer[:size]

    def _end_endless(self) -> Slice:
        why = f"a line of {self._endless:,} bytes; {SLICE:,} at most"
        found = Slice(self._line, lines=1, rejected=[Rejected(self._line, self._endless_head, why)])
        self._endless = 0
        return self._taken(found, 0)
