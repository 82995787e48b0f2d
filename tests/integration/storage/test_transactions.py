"""Transactions: one writer in order, all or nothing, and nobody joins one by accident."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from tortoise.exceptions import IntegrityError, OperationalError

from core.clock import Clock
from core.storage.database import Database, from_sql_time, open_database, sql_time
from core.storage.models import Canary, Niche
from core.tasks import spawn
from tests.integration.storage.rows import add_canary, canaries
from tests.integration.storage.threads import no_connection_is_left

_BEFORE = datetime(2026, 1, 1, tzinfo=UTC)


async def test_what_is_written_stands_when_the_block_ends(database: Database) -> None:
    async with database.transaction() as tx:
        await add_canary(tx, "ann")
        stood = [tx.committed]
    stood.append(tx.committed)
    assert stood == [False, True]
    assert await canaries(database) == ["ann"]


async def test_nothing_stands_when_the_block_raises(database: Database) -> None:
    with suppress(ZeroDivisionError):
        async with database.transaction() as tx:
            await add_canary(tx, "ann")
            raise ZeroDivisionError
    assert not tx.committed
    assert await canaries(database) == []


async def test_a_statement_that_fails_takes_what_was_written_before_along(database: Database) -> None:
    async def work() -> None:
        async with database.transaction() as tx:
            await add_canary(tx, "ann")
            await tx.execute("INSERT INTO no_such_table VALUES (1)")

    with pytest.raises(OperationalError, match="no_such_table"):
        await work()
    assert await canaries(database) == []


async def test_a_transaction_sees_what_it_wrote_and_nobody_else_does(database: Database) -> None:
    async with database.transaction() as tx:
        await add_canary(tx, "ann")
        assert await tx.fetch_value("SELECT count(*) FROM canary") == 1
        assert await canaries(database) == []


async def test_a_transaction_inside_a_transaction_of_the_same_task_is_refused(database: Database) -> None:
    async with database.transaction() as tx:
        await add_canary(tx, "outer")
        with pytest.raises(RuntimeError, match="a transaction inside a transaction"):
            async with database.transaction():
                pytest.fail("it began")
        await add_canary(tx, "after")
    assert await canaries(database) == ["after", "outer"]


async def test_transactions_of_other_tasks_wait_in_the_order_in_which_they_came(database: Database) -> None:
    order: list[int] = []

    async def work(number: int) -> None:
        async with database.transaction() as tx:
            order.append(number)
            await add_canary(tx, f"name{number}")

    async with database.transaction():
        waiting = [spawn(work(number), name="waiting") for number in range(5)]
        await asyncio.sleep(0)
        assert order == []
    await asyncio.gather(*waiting)
    assert order == [0, 1, 2, 3, 4]


async def test_a_task_that_was_started_inside_a_transaction_does_not_join_it(database: Database) -> None:
    async def work() -> None:
        async with database.transaction() as tx:
            await add_canary(tx, "of_the_task")

    async with asyncio.TaskGroup() as group:
        with suppress(ZeroDivisionError):
            async with database.transaction() as tx:
                await add_canary(tx, "of_the_block")
                task = group.create_task(work())
                await asyncio.sleep(0)
                assert not task.done()
                raise ZeroDivisionError
    assert await canaries(database) == ["of_the_task"]


async def test_a_model_read_in_a_task_started_inside_a_transaction_sees_what_is_committed(database: Database) -> None:
    async def count() -> int:
        return await Canary.all().count()

    async with database.transaction() as tx:
        await add_canary(tx, "ann")
        async with asyncio.TaskGroup() as group:
            counted = group.create_task(count())
    assert counted.result() == 0


async def test_a_transaction_that_has_ended_is_of_no_more_use(database: Database) -> None:
    async with database.transaction() as tx:
        pass
    with pytest.raises(RuntimeError, match="the transaction has ended"):
        await add_canary(tx, "late")
    with pytest.raises(RuntimeError, match="the transaction has ended"):
        await tx.fetch("SELECT 1")
    assert await canaries(database) == []


async def test_a_closed_database_is_refused_and_not_opened_again(database_file: Path, clock: Clock) -> None:
    async with open_database(database_file, clock=clock) as closed:
        pass
    with pytest.raises(RuntimeError, match="the database is closed"):
        await closed.fetch("SELECT 1")
    with pytest.raises(RuntimeError, match="the database is closed"):
        async with closed.transaction():
            pytest.fail("it began")
    assert no_connection_is_left()


async def test_models_take_part_in_a_transaction_that_is_named(database: Database) -> None:
    with suppress(ZeroDivisionError):
        async with database.transaction() as tx:
            await Niche.create(name="Food", name_key="food", position=1, created_at=_BEFORE, using_db=tx.connection)
            assert await Niche.all().using_db(tx.connection).count() == 1
            raise ZeroDivisionError
    assert await Niche.all().using_db(database.reader).count() == 0


async def test_a_model_that_is_saved_outside_a_transaction_is_refused(database: Database) -> None:
    with pytest.raises(OperationalError, match="readonly"):
        await Niche.create(name="Food", name_key="food", position=1, created_at=_BEFORE)
    assert await database.fetch_value("SELECT count(*) FROM niche") == 0


async def test_what_models_write_is_what_named_queries_read(database: Database) -> None:
    async with database.transaction() as tx:
        await Canary.create(username="ann", last_seen_at=_BEFORE, created_at=_BEFORE, using_db=tx.connection)
    row = await database.fetch_one("SELECT last_seen_at, created_at FROM canary")
    assert row is not None
    assert from_sql_time(row["created_at"]) == _BEFORE
    assert row["last_seen_at"] == sql_time(_BEFORE)


async def test_a_statement_tells_how_many_rows_it_changed_itself(database: Database) -> None:
    async with database.transaction() as tx:
        added = """
            WITH names(name) AS (VALUES ('ann'), ('bob'), ('cat'))
            INSERT INTO canary (username, asked, seen, missed_in_a_row, created_at)
            SELECT name, 0, 0, 0, '2026-01-01' FROM names
        """
        assert await tx.execute(added) == 3
        assert await tx.execute("UPDATE canary SET asked = 1 WHERE username < 'c'") == 2
        assert await tx.execute("DELETE FROM canary WHERE username = 'nobody'") == 0
        assert await tx.execute("DELETE FROM canary") == 3


async def test_rows_that_go_along_are_not_counted(database: Database) -> None:
    async with database.transaction() as tx:
        await tx.execute(
            "INSERT INTO batch (id, name, status, total, finished, live, none, private, gone, unknown, skipped,"
            " requests, second_finds, active_seconds, created_by, created_at)"
            " VALUES ('b', 'b', 'queued', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 'ann', '2026-01-01')"
        )
        for _ in range(3):
            await tx.execute("INSERT INTO batch_event (batch_id, at, what, text) VALUES ('b', '2026-01-01', 'x', 'y')")
        assert await tx.execute("DELETE FROM batch") == 1
        assert await tx.fetch_value("SELECT count(*) FROM batch_event") == 0


async def test_rows_that_refer_to_nothing_are_refused(database: Database) -> None:
    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        async with database.transaction() as tx:
            await tx.execute("INSERT INTO batch_event (batch_id, at, what, text) VALUES ('no', '2026', 'x', 'y')")


def test_times_are_stored_so_that_text_sorts_as_time_does() -> None:
    west = timezone(timedelta(hours=-5))
    moments = [_BEFORE, _BEFORE + timedelta(microseconds=1), _BEFORE + timedelta(seconds=1)]
    stored = [sql_time(moment.astimezone(west)) for moment in moments]
    assert stored == sorted(stored)
    assert [from_sql_time(text) for text in stored] == moments


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="a time without a zone"):
        sql_time(datetime(2026, 1, 1))  # noqa: DTZ001  # what is refused
