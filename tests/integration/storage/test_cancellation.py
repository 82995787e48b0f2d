"""Cancelled tasks: the database is never locked by one, and what stands is exactly what was committed."""

from __future__ import annotations

import asyncio
import itertools
from pathlib import Path

import pytest

from core.clock import Clock
from core.storage import sqlite_client
from core.storage.database import Database, Transaction, open_database
from core.storage.upgrade import upgrade
from core.tasks import spawn
from tests.integration.storage.cancelling import Moment, ended_early
from tests.integration.storage.migration_files import AERICH, added
from tests.integration.storage.rows import add_canary, canaries
from tests.integration.storage.threads import no_connection_is_left

BOTH_MOMENTS = pytest.mark.parametrize("moment", ["before", "after"])

# A lock that is never given back shows as a test that waits for ever; this ends it.
PATIENCE = 20.0


async def written_by_the_next(database: Database, name: str) -> None:
    """A normal transaction, which must not have to wait for anybody."""
    async with asyncio.timeout(PATIENCE), database.transaction() as tx:
        await add_canary(tx, name)


@BOTH_MOMENTS
async def test_a_transaction_cancelled_at_any_await_leaves_the_lock_and_no_half(
    database: Database, moment: Moment
) -> None:
    expected: set[str] = set()
    for at in itertools.count(1):
        seen: list[Transaction] = []

        async def work(number: int = at, seen: list[Transaction] = seen) -> None:
            async with database.transaction() as tx:
                seen.append(tx)
                await add_canary(tx, f"one{number}")
                await tx.fetch("SELECT count(*) FROM canary")
                await add_canary(tx, f"two{number}")

        early = await ended_early(work(), at, moment)
        if seen and seen[0].committed:
            expected |= {f"one{at}", f"two{at}"}
        await written_by_the_next(database, f"next{at}")
        expected.add(f"next{at}")
        assert set(await canaries(database)) == expected
        if not early:
            break
    # Taking the lock, begin, three statements and commit are each waited for.
    assert at > 5


@BOTH_MOMENTS
async def test_a_transaction_cancelled_while_it_waits_in_line_lets_the_others_have_it(
    database: Database, moment: Moment
) -> None:
    for at in itertools.count(1):
        release = asyncio.Event()
        inside = asyncio.Event()

        async def holding(inside: asyncio.Event = inside, release: asyncio.Event = release) -> None:
            async with database.transaction():
                inside.set()
                await release.wait()

        async def work(number: int = at) -> None:
            async with database.transaction() as tx:
                await add_canary(tx, f"one{number}")

        holder = spawn(holding(), name="holder")
        await inside.wait()
        # The third comes while the second waits; the first lets go when both do.
        third = spawn(written_by_the_next(database, f"next{at}"), name="third")
        asyncio.get_running_loop().call_soon(release.set)
        early = await ended_early(work(), at, moment)
        await asyncio.gather(holder, third)
        if not early:
            break
    assert at > 2


async def test_a_storm_of_cancellations_is_followed_by_a_normal_transaction(database: Database) -> None:
    async def work(name: str) -> None:
        async with database.transaction() as tx:
            await add_canary(tx, name)
            await add_canary(tx, f"{name}_too")

    for turns in range(60):
        tasks = [spawn(work(f"r{turns}_{number}"), name="storm") for number in range(4)]
        for task in tasks:
            for _ in range(turns):
                await asyncio.sleep(0)
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await written_by_the_next(database, f"next{turns}")
    names = await canaries(database)
    halves = [name for name in names if name.startswith("r") and not name.endswith("_too")]
    assert sorted(name for name in names if name.endswith("_too")) == sorted(f"{name}_too" for name in halves)
    assert sum(name.startswith("next") for name in names) == 60


async def test_a_commit_under_way_survives_cancellation_and_says_so(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    committing, may_go_on = asyncio.Event(), asyncio.Event()
    commit = sqlite_client.WriteTransaction._commit

    async def slow_commit(self: sqlite_client.WriteTransaction) -> None:
        committing.set()
        await may_go_on.wait()
        await commit(self)

    monkeypatch.setattr(sqlite_client.WriteTransaction, "_commit", slow_commit)
    seen: list[Transaction] = []

    async def work() -> None:
        async with database.transaction() as tx:
            seen.append(tx)
            await add_canary(tx, "kept")

    task = spawn(work(), name="work")
    await committing.wait()
    task.cancel()
    await asyncio.sleep(0)
    assert not task.done()
    stood = [seen[0].committed]
    may_go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    stood.append(seen[0].committed)
    assert stood == [False, True]
    assert await canaries(database) == ["kept"]


async def test_a_cancelled_read_leaves_the_reader_to_the_next(database: Database) -> None:
    async def work() -> None:
        await database.fetch("SELECT count(*) FROM canary")

    for at in itertools.count(1):
        early = await ended_early(work(), at, "before")
        async with asyncio.timeout(PATIENCE):
            assert await database.fetch_value("SELECT 1") == 1
        if not early:
            break


@BOTH_MOMENTS
async def test_opening_that_is_cancelled_at_any_await_leaves_no_thread_and_a_file_that_opens(
    database_file: Path, clock: Clock, moment: Moment
) -> None:
    # Upgraded before: making the tables is upgrade's own matter, and it is long.
    await upgrade(database_file)

    async def work() -> None:
        async with open_database(database_file, clock=clock) as opened:
            await opened.fetch_value("SELECT 1")

    for at in itertools.count(1):
        early = await ended_early(work(), at, moment)
        assert no_connection_is_left()
        if not early:
            break
    assert at > 3


@BOTH_MOMENTS
async def test_an_upgrade_that_is_cancelled_at_any_await_is_done_whole_or_not_at_all(
    tmp_path: Path, moment: Moment
) -> None:
    # Few and small ones: each of their statements is awaited, and each of those awaits costs two upgrades here.
    directory = tmp_path / "migrations"
    directory.mkdir()
    scripts = (AERICH + "CREATE TABLE one (id INTEGER);", "CREATE TABLE two (id INTEGER); DROP TABLE one;")
    versions = [added(directory, number, script) for number, script in enumerate(scripts)]
    for at in itertools.count(1):
        file = tmp_path / str(at) / "storywatch.sqlite3"

        async def work(file: Path = file) -> None:
            await upgrade(file, directory)

        early = await ended_early(work(), at, moment)
        async with asyncio.timeout(PATIENCE):
            left = await upgrade(file, directory)
        assert left in ([], versions)
        assert await upgrade(file, directory) == []
        if not early:
            break
    assert left == []
    assert at > 10
