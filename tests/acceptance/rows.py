"""What is stored, read beside the processes that store it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

_PATIENCE = 30.0


def column(database: Path, query: str) -> list[Any]:
    """The first column of what *query* finds."""
    with closing(sqlite3.connect(database, timeout=_PATIENCE)) as connection:
        return [row[0] for row in connection.execute(query)]


def only(database: Path, query: str) -> Any:
    """The only value that *query* finds."""
    (value,) = column(database, query)
    return value
