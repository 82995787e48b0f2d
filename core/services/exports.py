"""Rows of values as CSV or JSON Lines, a line at a time.  Knows no noun."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

import orjson


class Form(StrEnum):
    """How an export is written."""

    CSV = "csv"
    JSONL = "jsonl"


# A spreadsheet takes a cell that begins with one of these for a formula, some also the wide forms; a leading
# apostrophe makes it text.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


async def lines(columns: Sequence[str], rows: AsyncIterable[Mapping[str, Any]], form: Form) -> AsyncIterator[str]:
    """The export, one line at a time, each with its line end.

    CSV begins with the names of the columns, ends lines with CR LF and leaves absent values empty.
    Times are ISO 8601 with their offset.
    """
    if form is Form.CSV:
        yield _csv_line(columns)
    async for row in rows:
        values = [row[column] for column in columns]
        yield _csv_line(values) if form is Form.CSV else json_line(dict(zip(columns, values, strict=True)))


async def of_views(views: Iterable[object], columns: Sequence[str]) -> AsyncIterator[dict[str, Any]]:
    """The *columns* of *views*; several values of one column are one text."""
    for view in views:
        values = {name: getattr(view, name) for name in columns}
        yield {name: "; ".join(value) if isinstance(value, tuple) else value for name, value in values.items()}


def json_line(record: Mapping[str, Any]) -> str:
    """One record as a line of JSON Lines."""
    return orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE).decode()


def _csv_line(values: Sequence[Any]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([_cell(value) for value in values])
    return line.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value
