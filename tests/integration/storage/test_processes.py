"""Several processes at one file: they wait for each other, die without harm, and end when they are done."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from core.clock import Clock, FakeClock
from core.storage import sqlite_client
from core.storage.database import Database, open_database
from core.storage.migrations import SQLITE_FILES, migrations
from core.tasks import spawn
from tests.integration.storage.process import ROUNDS, Process, running
from tests.integration.storage.rows import add_canary, canaries

_ROUNDS_OF_KILLING = 6
_PATIENCE = 30.0


async def test_two_connections_that_read_and_then_write_never_meet_a_locked_database(database: Database) -> None:
    async with database.transaction() as tx:
        await add_canary(tx, "count")

    async def count(db: Database) -> None:
        for _ in range(ROUNDS):
            async with db.transaction() as tx:
                stored = await tx.fetch_value("SELECT asked FROM canary")
                await asyncio.sleep(0)
                await tx.execute("UPDATE canary SET asked = ?", stored + 1)

    async with open_database(database.file, clock=FakeClock()) as other:
        await asyncio.gather(count(database), count(other))
    assert await database.fetch_value("SELECT asked FROM canary") == 2 * ROUNDS


async def test_a_transaction_waits_while_another_connection_writes(database: Database) -> None:
    async with open_database(database.file, clock=FakeClock()) as other:

        async def work() -> None:
            async with other.transaction() as tx:
                await add_canary(tx, "second")

        async with database.transaction() as tx:
            await add_canary(tx, "first")
            waiting = spawn(work(), name="waiting")
            # Longer than SQLite itself waits, so that the waiting is repeated.
            await asyncio.wait({waiting}, timeout=1.5 * sqlite_client.WAIT_MS / 1_000)
            assert not waiting.done()
        async with asyncio.timeout(_PATIENCE):
            await waiting
    assert await canaries(database) == ["first", "second"]


async def test_a_task_that_waits_for_another_connection_can_be_cancelled(database: Database) -> None:
    async with open_database(database.file, clock=FakeClock()) as other:

        async def work() -> None:
            async with other.transaction():
                pytest.fail("it began")

        async with database.transaction():
            waiting = spawn(work(), name="waiting")
            await asyncio.wait({waiting}, timeout=0.01)
            waiting.cancel()
            # Within one of SQLite's own waits, not within all of them.
            async with asyncio.timeout(_PATIENCE):
                await asyncio.wait({waiting})
            assert waiting.cancelled()
        async with asyncio.timeout(_PATIENCE), other.transaction() as tx:
            await add_canary(tx, "next")
    assert await canaries(database) == ["next"]


async def test_processes_that_write_at_once_lose_nothing(database: Database) -> None:
    async with database.transaction() as tx:
        await add_canary(tx, "count")
    async with AsyncExitStack() as stack:
        processes = [await stack.enter_async_context(running("count", database.file)) for _ in range(2)]
        await _at_once(processes)
        assert [await process.ended() for process in processes] == [0, 0]
    assert await database.fetch_value("SELECT asked FROM canary") == 2 * ROUNDS


async def test_a_process_that_is_killed_while_it_writes_loses_nothing_committed_and_leaves_no_half(
    database_file: Path, clock: Clock
) -> None:
    for round_number in range(1, _ROUNDS_OF_KILLING + 1):
        async with running("write", database_file) as writer:
            await writer.ready()
            writer.begin()
            for _ in range(20 * round_number):
                last = await writer.said()
            said = await writer.killed()
        told = int((said or [last])[-1])
        async with open_database(database_file, clock=clock) as database:
            numbers = await database.fetch("SELECT asked, count(*) AS n FROM canary GROUP BY asked ORDER BY asked")
            assert await database.fetch_value("PRAGMA quick_check") == "ok"
        pairs = [(row["asked"], row["n"]) for row in numbers]
        # One more than it told of may stand: it died between the commit and the telling.
        assert pairs in ([(n, 2) for n in range(1, told + 1)], [(n, 2) for n in range(1, told + 2)])


async def test_processes_that_start_at_once_on_a_fresh_file_all_succeed(database_file: Path) -> None:
    async with AsyncExitStack() as stack:
        processes = [await stack.enter_async_context(running("open", database_file)) for _ in range(3)]
        await _at_once(processes)
        applied = str(len(migrations(SQLITE_FILES)))
        assert [await process.said() for process in processes] == [applied] * 3
        assert [await process.ended() for process in processes] == [0, 0, 0]
    assert not (database_file.parent / "backups").exists()


@pytest.mark.parametrize(("verb", "code"), [("open", 0), ("fail", 7), ("cancel", 7)])
async def test_no_thread_keeps_a_process_alive_once_the_database_is_closed(
    database_file: Path, verb: str, code: int
) -> None:
    async with running(verb, database_file) as process, asyncio.timeout(_PATIENCE):
        await process.ready()
        process.begin()
        assert await process.ended() == code


async def _at_once(processes: list[Process]) -> None:
    for process in processes:
        await process.ready()
    for process in processes:
        process.begin()
