"""What people are told when the file cannot be used, and that nothing is left behind then."""

# ruff: noqa: ASYNC240  # the files are small and nothing else runs meanwhile

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from core.clock import Clock
from core.errors import Unavailable
from core.storage import sqlite_client, upgrade
from core.storage.database import Database, open_database
from tests.integration.storage.rows import add_canary, canaries
from tests.integration.storage.threads import no_connection_is_left


@contextmanager
def held(file: Path, mode: str = "IMMEDIATE") -> Iterator[None]:
    """Another program's transaction on *file*."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute(f"BEGIN {mode}")
        yield


async def opened(file: Path, clock: Clock) -> None:
    async with open_database(file, clock=clock):
        pass


async def test_a_file_that_another_program_keeps_locked_is_unavailable_and_usable_afterwards(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_client, "WAITS", 2)
    with held(database.file):
        with pytest.raises(Unavailable, match="is locked by another program; end that program, or try again later"):
            async with database.transaction():
                pytest.fail("it began")
        assert await canaries(database) == []
    async with database.transaction() as tx:
        await add_canary(tx, "ann")
    assert await canaries(database) == ["ann"]


async def test_a_file_that_is_locked_at_the_start_is_unavailable(
    database_file: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upgrade, "BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(database_file)) as connection:
        connection.execute("CREATE TABLE recipes (id INTEGER)")
    with held(database_file, "EXCLUSIVE"), pytest.raises(Unavailable, match="is locked by another program"):
        await opened(database_file, clock)
    assert no_connection_is_left()


async def test_a_directory_in_the_place_of_the_file_is_unavailable(database_file: Path, clock: Clock) -> None:
    database_file.mkdir()
    with pytest.raises(Unavailable, match="cannot be opened; it has to be a file that this user may write"):
        await opened(database_file, clock)
    assert no_connection_is_left()


async def test_a_file_in_the_place_of_the_directory_is_unavailable(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "data").write_text("not a directory")
    with pytest.raises(Unavailable, match=r"cannot be used \(.*\); the database needs a directory it may write to"):
        await opened(tmp_path / "data" / "storywatch.sqlite3", clock)


async def test_a_damaged_file_is_unavailable_and_tells_where_the_copies_are(database_file: Path, clock: Clock) -> None:
    await opened(database_file, clock)
    content = bytearray(database_file.read_bytes())
    # Every page but the first, which is what opening reads.
    content[4096:] = b"\xff" * (len(content) - 4096)
    database_file.write_bytes(content)
    with pytest.raises(Unavailable, match=r"is damaged .*restore a copy, those before upgrades are in .*backups"):
        await opened(database_file, clock)
    assert no_connection_is_left()


async def test_a_disk_that_is_full_is_unavailable_and_leaves_what_was_committed(database: Database) -> None:
    async def fill() -> None:
        async with database.transaction() as tx:
            pages = await tx.fetch_value("PRAGMA page_count")
            # SQLite's own limit says the same as the disk.
            await tx.fetch(f"PRAGMA max_page_count = {pages}")
            for number in range(10_000):
                await add_canary(tx, f"name{number:020}")

    with pytest.raises(Unavailable, match="cannot grow, the disk is full; make room on it and try again"):
        await fill()
    assert await canaries(database) == []
    async with database.transaction() as tx:
        await tx.fetch("PRAGMA max_page_count = 1000000")
        await add_canary(tx, "ann")
    assert await canaries(database) == ["ann"]


async def test_a_file_that_may_only_be_read_is_read_and_unavailable_to_who_writes(
    database_file: Path, clock: Clock
) -> None:
    await opened(database_file, clock)
    database_file.chmod(0o400)
    if os.access(database_file, os.W_OK):
        pytest.skip("this user may write to every file")
    async with open_database(database_file, clock=clock) as database:
        assert await canaries(database) == []

        async def write() -> None:
            async with database.transaction() as tx:
                await add_canary(tx, "ann")

        with pytest.raises(Unavailable, match="cannot be written; it has to be a file that this user may write"):
            await write()


async def test_a_directory_that_may_only_be_read_is_unavailable(tmp_path: Path, clock: Clock) -> None:
    tmp_path.chmod(0o500)
    if os.access(tmp_path, os.W_OK):
        pytest.skip("this user may write to every directory")
    try:
        with pytest.raises(Unavailable, match="the database needs a directory it may write to"):
            await opened(tmp_path / "storywatch.sqlite3", clock)
    finally:
        tmp_path.chmod(0o700)
