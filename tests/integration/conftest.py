"""What integration tests stand on: a real database file in a folder of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.clock import Clock, FakeClock
from core.storage.database import Database, open_database
from tests.new_databases import new_databases

__all__ = ["new_databases"]


@pytest.fixture
def clock() -> Clock:
    """Time that stands still; a folder that needs another one overrides this."""
    return FakeClock()


@pytest.fixture
def database_file(tmp_path: Path) -> Path:
    """Where the database of this test is."""
    return tmp_path / "storywatch.sqlite3"


@pytest.fixture
async def database(database_file: Path, clock: Clock) -> AsyncIterator[Database]:
    """Open until the test ends."""
    async with open_database(database_file, clock=clock) as opened:
        yield opened
