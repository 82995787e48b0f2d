"""Reading beside the writer: nobody waits, nothing that is not committed is seen, nothing is written."""

from __future__ import annotations

import asyncio

import pytest
from tortoise.exceptions import OperationalError

from core.clock import FakeClock
from core.errors import Unavailable
from core.storage.database import Database, open_database
from tests.integration.storage.rows import add_canary, canaries


async def test_a_reader_does_not_wait_for_the_writer_and_sees_what_is_committed(database: Database) -> None:
    async with database.transaction() as tx:
        await add_canary(tx, "before")
    async with database.transaction() as tx:
        await add_canary(tx, "meanwhile")
        # Would wait for ever: the transaction goes on only when the reader has answered.
        async with asyncio.timeout(20):
            assert await canaries(database) == ["before"]
    assert await canaries(database) == ["before", "meanwhile"]


async def test_a_reader_of_another_connection_sees_a_commit_at_once(database: Database) -> None:
    async with open_database(database.file, clock=FakeClock()) as other:
        async with database.transaction() as tx:
            await add_canary(tx, "ann")
        assert await canaries(other) == ["ann"]


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO canary (username, asked, seen, missed_in_a_row, created_at) VALUES ('ann', 0, 0, 0, '2026')",
        "DELETE FROM canary",
        "CREATE TABLE another (id INTEGER)",
    ],
)
async def test_the_reader_refuses_to_write(database: Database, statement: str) -> None:
    with pytest.raises(Unavailable, match="cannot be written"):
        await database.fetch(statement)
    assert await canaries(database) == []


async def test_rows_are_read_by_name_and_by_order(database: Database) -> None:
    row = await database.fetch_one("SELECT 1 AS one, ? AS two", "second")
    assert row is not None
    assert (row["one"], row["two"], tuple(row), row.keys(), len(row)) == (1, "second", (1, "second"), ["one", "two"], 2)


async def test_no_row_is_none(database: Database) -> None:
    assert await database.fetch("SELECT username FROM canary") == []
    assert await database.fetch_one("SELECT username FROM canary") is None
    assert await database.fetch_value("SELECT username FROM canary") is None


async def test_a_mistake_in_our_own_statement_is_not_told_as_the_files_fault(database: Database) -> None:
    with pytest.raises(OperationalError, match="no such table"):
        await database.fetch("SELECT 1 FROM no_such_table")


async def test_short_questions_do_not_wait_for_one_that_looks_at_everything(database: Database) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) SELECT count(*) AS n FROM n"
    order: list[str] = []

    async def scan() -> None:
        await database.scan(endless, 3_000_000)
        order.append("long")

    async with asyncio.TaskGroup() as group:
        group.create_task(scan())
        group.create_task(scan())
        await asyncio.sleep(0)
        assert await canaries(database) == []
        order.append("short")
    assert order == ["short", "long", "long"]


async def test_a_scan_sees_what_is_committed_and_refuses_to_write(database: Database) -> None:
    async with database.transaction() as tx:
        await add_canary(tx, "ann")
    assert [row["username"] for row in await database.scan("SELECT username FROM canary")] == ["ann"]
    with pytest.raises(Unavailable, match="cannot be written"):
        await database.scan("DELETE FROM canary")


async def test_more_scans_than_connections_all_end(database: Database) -> None:
    answers = await asyncio.gather(*(database.scan("SELECT ? AS n", n) for n in range(10)))
    assert [rows[0]["n"] for rows in answers] == list(range(10))


async def test_a_scan_maps_nothing_of_the_file(database: Database) -> None:
    """Each commit would take the map away, and to make it anew takes longer than to read."""
    (row,) = await database.scan("PRAGMA mmap_size")
    assert tuple(row) == (0,)
