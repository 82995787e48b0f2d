"""Transactions and looks in one visit to the database's thread: all or nothing, in line, seen to their end."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Coroutine
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from core.errors import Unavailable
from core.storage import sqlite_client
from core.storage.database import Database, Transaction
from core.storage.transactions import Noted
from core.tasks import spawn
from tests.integration.storage.rows import add_canary, canaries

# Seconds; longer than anything here takes on a busy machine.
PATIENCE = 30.0


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


async def test_a_glance_keeps_nobody_from_writing_and_what_follows_it_does(
    database: Database, database_file: Path
) -> None:
    async def work(tx: Transaction) -> list[int]:
        counts = [next(iter((await tx.glance("SELECT count(*) FROM canary"))[0]))]
        with closing(sqlite3.connect(database_file, isolation_level=None, timeout=0)) as other:
            other.execute("INSERT INTO canary SELECT * FROM canary WHERE 0")
            counts.append(await tx.fetch_value("SELECT count(*) FROM canary"))
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("INSERT INTO canary SELECT * FROM canary WHERE 0")
        return counts

    await database.at_once(_two)
    assert await database.at_once(work) == [2, 2]


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


async def test_visits_follow_each_other_without_the_loop(database: Database) -> None:
    go, second_ran = threading.Event(), threading.Event()

    async def first(tx: Transaction) -> None:
        go.wait(PATIENCE)
        await add_canary(tx, "ann")

    async def second(tx: Transaction) -> None:
        await add_canary(tx, "bob")
        second_ran.set()

    tasks = [spawn(_stored(database, work), name="visit") for work in (first, second)]
    for _ in range(10):
        await asyncio.sleep(0)
    go.set()
    # The loop stands still here, as it does for milliseconds when it is busy.
    assert second_ran.wait(PATIENCE)
    await asyncio.gather(*tasks)
    assert await canaries(database) == ["ann", "bob"]


async def test_visits_do_not_pass_a_transaction_that_waits(database: Database) -> None:
    go = threading.Event()
    order: list[str] = []

    async def held(tx: Transaction) -> None:
        go.wait(PATIENCE)
        await add_canary(tx, "first")
        order.append("first")

    async def late(tx: Transaction) -> None:
        await add_canary(tx, "third")
        order.append("third")

    async def ordinary() -> None:
        async with database.transaction() as tx:
            await add_canary(tx, "second")
            await asyncio.sleep(0)
            order.append("second")

    tasks = [spawn(_stored(database, held), name="first")]
    await asyncio.sleep(0)
    tasks.append(spawn(ordinary(), name="second"))
    await asyncio.sleep(0)
    tasks.append(spawn(_stored(database, late), name="third"))
    await asyncio.sleep(0)
    go.set()
    await asyncio.gather(*tasks)
    assert order == ["first", "second", "third"]


async def test_who_visited_may_begin_a_transaction_while_another_still_visits(database: Database) -> None:
    go = threading.Event()

    async def slow(tx: Transaction) -> None:
        go.wait(PATIENCE)
        await add_canary(tx, "slow")

    async def visit_and_go_on() -> None:
        await _stored(database, lambda tx: add_canary(tx, "ann"))
        spawn(_told(go), name="go")
        async with database.transaction() as tx:
            await add_canary(tx, "bob")

    going_on = spawn(visit_and_go_on(), name="goes on")
    await asyncio.sleep(0)
    slow_one = spawn(_stored(database, slow), name="slow")
    await asyncio.gather(going_on, slow_one)
    assert await canaries(database) == ["ann", "bob", "slow"]


async def test_one_that_is_cancelled_behind_another_is_done_all_the_same_and_says_so(database: Database) -> None:
    go = threading.Event()

    async def slow(tx: Transaction) -> None:
        go.wait(PATIENCE)
        await add_canary(tx, "slow")

    slow_one = spawn(_stored(database, slow), name="slow")
    await asyncio.sleep(0)
    writing = database.at_once(_two)

    async def wait() -> int:
        return await writing

    cancelled = spawn(wait(), name="cancelled")
    await asyncio.sleep(0)
    cancelled.cancel()
    await asyncio.sleep(0)
    assert not cancelled.done()
    go.set()
    with pytest.raises(asyncio.CancelledError):
        await cancelled
    await slow_one
    assert writing.committed
    assert await canaries(database) == ["ann", "bob", "slow"]


async def test_what_comes_before_the_first_statement_needs_no_lock(
    database: Database, database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached = threading.Event()
    monkeypatch.setattr(sqlite_client, "WAITS", 1)

    async def work(tx: Transaction) -> None:
        reached.set()
        await add_canary(tx, "ann")

    with closing(sqlite3.connect(database_file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable, match="locked by another program"):
            await database.at_once(work)
        other.execute("ROLLBACK")
    assert reached.is_set()
    assert await canaries(database) == []


async def test_statements_are_noted_now_and_run_later_in_their_order(database: Database) -> None:
    noted = Noted()
    await add_canary(noted, "bob")
    assert await noted.execute("UPDATE canary SET asked = 7") == 0
    with pytest.raises(RuntimeError, match="has no answer"):
        await noted.fetch("SELECT 1")
    assert await canaries(database) == []
    await database.at_once(noted.run)
    assert await database.fetch_value("SELECT asked FROM canary WHERE username = 'bob'") == 7


async def _stored(database: Database, work: Callable[[Transaction], Coroutine[Any, Any, None]]) -> None:
    await database.at_once(work)


async def _told(event: threading.Event) -> None:
    event.set()
