"""Many rows as the parameters of one statement.

Rows in one JSON text are read once for every column of each: half of the time that a commit took.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

# So few sizes, because the driver keeps each statement prepared; the last one holds the largest usual group.
SIZES = (10, 25, 50, 75, 100, 150, 200, 300, 600)


def slices(sql: str, rows: Sequence[Sequence[Any]]) -> Iterator[tuple[str, list[Any]]]:
    """*sql* with the rows that it is to be run with, in slices; ``{rows}`` in it stands for ``VALUES``.

    What is left of a slice is rows of nothing but NULL, which *sql* must match with nothing.
    """
    for start in range(0, len(rows), SIZES[-1]):
        part = rows[start : start + SIZES[-1]]
        size = next(size for size in SIZES if size >= len(part))
        columns = len(part[0])
        values = [value for row in part for value in row]
        values += [None] * (columns * (size - len(part)))
        yield _statement(sql, columns, size), values


@lru_cache(64)
def _statement(sql: str, columns: int, rows: int) -> str:
    row = f"({', '.join('?' * columns)})"
    return sql.replace("{rows}", f"(VALUES {', '.join([row] * rows)})")
