"""Rows that go in as one statement's parameters all arrive, however many they are."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from core.storage.row_values import SIZES, slices

_ADD = "UPDATE kept SET seen = j.column2 FROM {rows} AS j WHERE kept.id = j.column1"


@pytest.mark.parametrize("count", [0, 1, SIZES[0], SIZES[0] + 1, SIZES[-1], SIZES[-1] + 1, 2 * SIZES[-1] + 7])
def test_every_row_counts_once_and_the_padding_nowhere(count: int) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE kept (id INTEGER, seen TEXT)")
        connection.executemany("INSERT INTO kept VALUES (?, 'before')", [(number,) for number in range(count + 5)])
        connection.execute("INSERT INTO kept VALUES (NULL, 'before')")
        rows = [(number, f"row {number}") for number in range(count)]
        changed = sum(connection.execute(sql, values).rowcount for sql, values in slices(_ADD, rows))
        found = connection.execute("SELECT id, seen FROM kept WHERE seen != 'before' ORDER BY id").fetchall()
    assert changed == count
    assert found == rows


def test_a_few_statements_do_for_all_sizes() -> None:
    made = {sql for count in range(1, 2 * SIZES[-1]) for sql, _ in slices(_ADD, [(1, "x")] * count)}
    assert len(made) == len(SIZES)
