"""What the bytes of a file are: text in which encoding, or which kind of binary.

Owns the way from bytes to UTF-8 with ``\\n`` at line ends, piece by piece.  Never looks at what a line says.
"""

from __future__ import annotations

import codecs

from core.errors import InvalidInput

HEAD = 4_096  # bytes looked at before anything is decided

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark starts with theirs
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_AS_CSV = "export it as CSV"
_UNPACK = "unpack it and take the list inside"
_PICTURE = "a list has to be text"
# What no text starts with.
_SIGNATURES = (
    (b"\x89PNG", "a PNG picture", _PICTURE),
    (b"\xff\xd8\xff", "a JPEG picture", _PICTURE),
    (b"%PDF-", "a PDF document", "copy the list out of it or export it as CSV"),
    (b"{\\rtf", "a rich text document", "save it as plain text"),
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", _UNPACK),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel or Word file", _AS_CSV),
    (b"SQLite format 3\x00", "an SQLite database", _AS_CSV),
    (b"\x7fELF", "a program", "a list has to be text"),
)
# What a text could start with, too: believed only of bytes that are no text.
_WEAK_SIGNATURES = (
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"GIF8", "a GIF picture", _PICTURE),
    (b"RIFF", "a picture, sound or film", _PICTURE),
    (b"PAR1", "a Parquet file", _AS_CSV),
    (b"bplist", "a property list", _AS_CSV),
    (b"MZ", "a program", "a list has to be text"),
)
# Inside the first bytes of a ZIP archive; the names of its parts are stored as they are.
_ZIP_CONTENTS = (
    (b"xl/", "an Excel workbook"),
    (b"opendocument.spreadsheet", "an OpenDocument spreadsheet"),
    (b"word/", "a Word document"),
    (b"[Content_Types].xml", "an Excel or Word file"),
    (b"docProps/", "an Excel or Word file"),
)
# Tab, line ends, form feed, the end-of-file mark of old systems, and every printable byte.
_TEXT_BYTES = bytes([9, 10, 11, 12, 13, 0x1A, *range(0x20, 0x7F), *range(0x80, 0x100)])


def encoding_of(head: bytes) -> str:
    """The codec that reads a file which starts with *head*; ``utf-8`` also for Latin-1, told apart line by line.

    Raises:
        InvalidInput: The file is no text; the sentence says what it looks like.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return encoding
    _refuse_signatures(head)
    wide = _unmarked_utf16(head)
    if wide:
        return wide
    _refuse_control_bytes(head)
    return "utf-8"


def decode_line(raw: bytes) -> str:
    """The text of one line: UTF-8, or else Windows' Latin-1; never fails."""
    for encoding in ("utf-8", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def text_of(data: bytes) -> str:
    """The text of a whole small file, with ``\\n`` at line ends.

    Raises:
        InvalidInput: The file is no text.
    """
    stream = TextStream()
    return "\n".join(decode_line(line) for line in (stream.push(data) + stream.end()).split(b"\n"))


class TextStream:
    """Turns the pieces of a text file into UTF-8 with ``\\n`` at line ends; lines in Latin-1 pass as they are."""

    def __init__(self) -> None:
        self.size = 0  # bytes pushed so far
        self._head: bytes | None = b""  # what came before the encoding was known; None once it is
        self._decoder: codecs.IncrementalDecoder | None = None
        self._carriage_return = b""  # one at the end of a piece: a line feed may follow

    def push(self, piece: bytes) -> bytes:
        """The text that *piece* completes; nothing until 4 KB show what the file is.

        Raises:
            InvalidInput: The file is no text.
        """
        self.size += len(piece)
        if self._head is None:
            return self._unified(self._recoded(piece))
        self._head += piece
        return self._begin() if len(self._head) >= HEAD else b""

    def end(self) -> bytes:
        """What is left when the file ends.

        Raises:
            InvalidInput: The file is no text.
        """
        rest = self._begin() if self._head is not None else b""
        if self._decoder:
            rest += self._unified(self._decoder.decode(b"", final=True).encode())
        held, self._carriage_return = self._carriage_return, b""
        return rest + held.replace(b"\r", b"\n")

    def _begin(self) -> bytes:
        head, self._head = self._head or b"", None
        encoding = encoding_of(head[:HEAD])
        if encoding != "utf-8":
            self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        return self._unified(self._recoded(head)).removeprefix(codecs.BOM_UTF8)

    def _recoded(self, piece: bytes) -> bytes:
        return self._decoder.decode(piece).encode() if self._decoder else piece

    def _unified(self, piece: bytes) -> bytes:
        if not piece:
            return piece
        piece = self._carriage_return + piece
        self._carriage_return = b"\r" if piece.endswith(b"\r") else b""
        if self._carriage_return:
            piece = piece[:-1]
        return piece.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in piece else piece


def _refuse_signatures(head: bytes) -> None:
    for signature, kind, fix in _SIGNATURES:
        if head.startswith(signature):
            raise _not_a_list(kind, fix)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        for part, kind in _ZIP_CONTENTS:
            if part in head:
                raise _not_a_list(kind, _AS_CSV)
        raise _not_a_list("a ZIP archive", _UNPACK)
    if head.lstrip(b" \t\r\n").lower().startswith((b"<!doctype html", b"<html")):
        raise _not_a_list("a web page", "save the list itself, as text or CSV")


def _unmarked_utf16(head: bytes) -> str | None:
    """UTF-16 without a mark: of a list of names, one byte of each pair is zero and the other hardly ever."""
    pairs = len(head) // 2
    first, second = head[: 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if second > 0.7 * pairs and first < 0.05 * pairs:
        return "utf-16-le"
    if first > 0.7 * pairs and second < 0.05 * pairs:
        return "utf-16-be"
    return None


def _refuse_control_bytes(head: bytes) -> None:
    controls = len(head.translate(None, _TEXT_BYTES))
    # A stray control byte is for its line to answer for; from 2 % on the file is something else.
    if controls < 4 or controls * 50 < len(head):
        return
    for signature, kind, fix in _WEAK_SIGNATURES:
        if head.startswith(signature):
            raise _not_a_list(kind, fix)
    raise InvalidInput("file", f"not text: {controls:,} of its first {len(head):,} bytes are control bytes; {_AS_CSV}")


def _not_a_list(kind: str, fix: str) -> InvalidInput:
    return InvalidInput("file", f"looks like {kind}; {fix}")
