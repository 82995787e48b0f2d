"""Exports are lines that other programs read back as they were."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from core.services.exports import Form, lines

COLUMNS = ("name", "at", "count")


async def rows(*records: Mapping[str, Any]) -> AsyncIterator[Mapping[str, Any]]:
    for record in records:
        yield record


async def exported(form: Form, *records: Mapping[str, Any]) -> str:
    return "".join([line async for line in lines(COLUMNS, rows(*records), form)])


async def test_csv_quotes_what_needs_it_and_leaves_absent_values_empty() -> None:
    record = {"name": 'a, "b"\nc', "at": datetime(2026, 1, 1, tzinfo=UTC), "count": None}
    text = await exported(Form.CSV, record)
    assert list(csv.reader(io.StringIO(text))) == [[*COLUMNS], ['a, "b"\nc', "2026-01-01T00:00:00+00:00", ""]]
    assert text.startswith("name,at,count\r\n")


async def test_csv_without_rows_is_its_header() -> None:
    assert await exported(Form.CSV) == "name,at,count\r\n"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\uff1d1+1"])
async def test_text_that_looks_like_a_formula_stays_text_in_csv(text: str) -> None:
    exported_text = await exported(Form.CSV, {"name": text, "at": None, "count": -1})
    assert list(csv.reader(io.StringIO(exported_text)))[1] == [f"'{text}", "", "-1"]


async def test_json_lines_hold_one_record_a_line_in_the_order_of_the_columns() -> None:
    record = {"count": 2, "name": "=1+1\n", "at": datetime(2026, 1, 1, tzinfo=UTC), "more": "left out"}
    text = await exported(Form.JSONL, record, record)
    first, second = text.splitlines()
    assert list(json.loads(first).items()) == [("name", "=1+1\n"), ("at", "2026-01-01T00:00:00+00:00"), ("count", 2)]
    assert first == second
