from __future__ import annotations

import gzip
import io
import sqlite3
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.text_file import HEAD, TextStream, decode_line, encoding_of, text_of
from core.errors import InvalidInput


def zipped(*parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for part in parts:
            archive.writestr(part, "x" * 100)
    return file.getvalue()


def database() -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (x)")
    data = connection.serialize()
    connection.close()
    return data


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "looks like a PNG picture; a list has to be text"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "looks like a JPEG picture; a list has to be text"),
        (b"%PDF-1.7\n%", "looks like a PDF document; copy the list out of it or export it as CSV"),
        (b"{\\rtf1\\ansi", "looks like a rich text document; save it as plain text"),
        (gzip.compress(b"name\n"), "looks like a gzip archive; unpack it and take the list inside"),
        (zipped("list.txt"), "looks like a ZIP archive; unpack it and take the list inside"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "looks like an Excel workbook; export it as CSV"),
        (zipped("[Content_Types].xml", "word/document.xml"), "looks like a Word document; export it as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "looks like an old Excel or Word file; export it as CSV"),
        (database(), "looks like an SQLite database; export it as CSV"),
        (b"BZh91AY&SY" + bytes(range(32)) * 3, "looks like a bzip2 archive; unpack it and take the list inside"),
        (b"<!DOCTYPE html>\n<html>", "looks like a web page; save the list itself, as text or CSV"),
        (
            b"ab\x00\x01\x02\x03cd" * 100,
            "not text: 400 of its first 800 bytes are control bytes; export it as CSV",
        ),
        (b"name\x00\x00\x00more\n" * 20, "not text: 60 of its first 240 bytes are control bytes; export it as CSV"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",  # archives hold the time, which no test id may
)
def test_a_binary_file_is_refused_by_what_it_looks_like(head: bytes, sentence: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        encoding_of(head)
    assert str(refused.value) == f"file: {sentence}"


@pytest.mark.parametrize("text", ["MZANSI\n", "BZh\n", "GIF89a\n", "RIFF\n", "PAR1\n", "ELF\n"])
def test_a_name_that_begins_like_a_binary_file_is_text(text: str) -> None:
    assert text_of(text.encode()) == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_unicode_encoding_is_recognised(encoding: str) -> None:
    assert text_of("first\r\nsecond 🙂\rthird".encode(encoding)) == "first\nsecond 🙂\nthird"


def test_big_endian_with_a_mark_is_recognised() -> None:
    assert text_of(b"\xfe\xff" + "name".encode("utf-16-be")) == "name"


def test_a_line_in_latin1_does_not_spoil_the_others() -> None:
    assert text_of("zoë\n".encode() + "zoë\n".encode("latin-1")) == "zoë\nzoë\n"


def test_windows_quotes_are_read_as_quotes() -> None:
    assert decode_line(b"\x93name\x94") == "“name”"
    assert decode_line(b"\x81") == "\x81"


def test_an_empty_file_is_an_empty_text() -> None:
    assert text_of(b"") == ""


def test_a_stray_control_byte_is_left_to_its_line() -> None:
    assert text_of(b"name\x00\n" + b"other\n" * 50).startswith("name\x00\n")


def test_nothing_is_decided_before_enough_is_known() -> None:
    stream = TextStream()
    assert stream.push(b"x" * (HEAD - 1)) == b""
    assert stream.push(b"y") == b"x" * (HEAD - 1) + b"y"
    assert stream.size == HEAD


@settings(deadline=None)
@given(
    st.text(st.sampled_from("ab1._@ é🙂\r\n"), min_size=1, max_size=50),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
    st.integers(1, 7),
    st.booleans(),
)
def test_the_text_does_not_depend_on_the_pieces(text: str, encoding: str, size: int, long: bool) -> None:
    data = (text * 400 if long else text).encode(encoding)
    stream = TextStream()
    pieces = [stream.push(data[start : start + size]) for start in range(0, len(data), size)]
    whole = (text * 400 if long else text).replace("\r\n", "\n").replace("\r", "\n")
    assert (b"".join(pieces) + stream.end()).decode() == whole


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        text = text_of(data)
    except InvalidInput:
        return
    assert "\r" not in text
