"""Transactions and looks in one visit to the database's thread: all or nothing, in line, seen to their end."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from core.errors import Unavailable
from core.storage import sqlite_client
from core.storage.database import Database, Transaction
from core.tasks import spawn
from tests.integration.storage.rows import add_canary, canaries


async def _two(tx: Transaction) -> int:
    await add_canary(tx, "ann")
    await add_canary(tx, "bob")
    return int(await tx.fetch_value("SELECT count(*) FROM canary"))


async def test_all_of_it_stands_and_its_result_comes_back(database: Database) -> None:
    writing = database.at_once(_two)
    stood = [writing.committed]
    assert await writing == 2
    stood.append(writing.committed)
    assert stood == [False, True]
    assert await canaries(database) == ["ann", "bob"]


async def test_nothing_stands_when_it_fails(database: Database) -> None:
    async def work(tx: Transaction) -> None:
        await _two(tx)
        raise ZeroDivisionError

    writing = database.at_once(work)
    with suppress(ZeroDivisionError):
        await writing
    assert not writing.committed
    assert await canaries(database) == []


async def test_rows_are_counted_also_where_the_driver_does_not(database: Database) -> None:
    async def work(tx: Transaction) -> list[int]:
        await _two(tx)
        changes = [
            "UPDATE canary SET asked = 1",
            "WITH j AS (SELECT 2 AS n) UPDATE canary SET asked = (SELECT n FROM j)",
        ]
        return [await tx.execute(change) for change in changes]

    assert await database.at_once(work) == [2, 2]


async def test_work_that_waits_for_something_else_is_refused_and_undone(database: Database) -> None:
    async def work(tx: Transaction) -> None:
        await _two(tx)
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="waited for something else"):
        await database.at_once(work)
    assert await canaries(database) == []


async def test_it_takes_its_turn_behind_a_transaction_that_is_open(database: Database) -> None:
    async with database.transaction() as tx:
        task = spawn(_awaited(database), name="at once")
        await add_canary(tx, "first")
    assert await task == 3


async def _awaited(database: Database) -> int:
    return await database.at_once(_two)


async def test_one_that_is_cancelled_under_way_says_whether_it_stands(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing = database.at_once(_two)
    begun = asyncio.Event()
    loop = asyncio.get_running_loop()
    whole = sqlite_client.in_transaction

    def told(*args: object) -> object:
        loop.call_soon_threadsafe(begun.set)
        return whole(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(sqlite_client, "in_transaction", told)

    async def wait() -> int:
        return await writing

    task = spawn(wait(), name="cancelled")
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert writing.committed
    assert await canaries(database) == ["ann", "bob"]


async def test_a_look_sees_one_moment_and_cannot_write(database: Database) -> None:
    await database.at_once(_two)

    async def look(db: Transaction) -> list[int]:
        return [await db.fetch_value("SELECT count(*) FROM canary") for _ in range(2)]

    assert await database.look(look) == [2, 2]
    with pytest.raises(Unavailable, match="cannot be written"):
        await database.look(_two)
    assert await canaries(database) == ["ann", "bob"]


async def test_a_look_that_waits_for_something_else_is_refused(database: Database) -> None:
    async def look(db: Transaction) -> None:
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="waited for something else"):
        await database.look(look)


async def test_a_lock_that_another_process_keeps_is_waited_for_and_then_told(
    database: Database, database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_client, "WAITS", 2)
    writing = database.at_once(_two)
    with closing(sqlite3.connect(database_file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable, match="locked by another program"):
            await writing
        other.execute("ROLLBACK")
    assert not writing.committed
    assert await database.at_once(_two) == 2
