"""Copies of a database that everybody goes on using, and their way back."""

# ruff: noqa: ASYNC240  # nothing else waits for the files that these tests read

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from core.clock import Clock, FakeClock
from core.domain.actor import Actor, Role
from core.errors import ConfigError, InvalidInput, NotAllowed, Unavailable
from core.secrets import GivenKeys, Secret, Vault, new_key
from core.services import backups as service
from core.services.backups import Backups
from core.services.restoring import Place, Restoring
from core.services.views.backups import Contained
from core.storage import allowances, audit, backups, deployment, engine_state
from core.storage.database import Database, open_database, sql_time
from core.storage.locks import engine_lock, run_lock
from core.storage.migrations import SQLITE_FILES, migrations
from core.storage.upgrade import upgrade

ADMIN = Actor("cli:ann", Role.ADMIN)
KEY = new_key()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "copies" / "monday.sqlite3"


@pytest.fixture(autouse=True)
def places(copy: Path) -> None:
    copy.parent.mkdir()


@pytest.fixture
def clock() -> Clock:
    return FakeClock()


def keeper(database: Database) -> Backups:
    return Backups(database, database.clock, database.file.with_name("secret.key"))


def bringer(file: Path, clock: Clock, *, platform: str = "instagram", key: Secret = KEY) -> Restoring:
    return Restoring(Place(file, platform, partial(GivenKeys, [key])), clock)


async def niche(database: Database, name: str) -> None:
    async with database.transaction() as tx:
        await tx.execute(
            "INSERT INTO niche (name, name_key, position, created_at) VALUES (?, ?, 1, ?)",
            name,
            name,
            sql_time(database.clock.now()),
        )


def niches(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM niche ORDER BY id")]


async def stamp(database: Database) -> None:
    """Let it be an installation's, as opening the application does."""
    async with database.transaction() as tx:
        proof = Vault([KEY]).seal(Secret("instagram"))
        await deployment.stamp(tx, platform="instagram", key_proof=proof, at=database.clock.now())


@asynccontextmanager
async def used(file: Path, clock: Clock) -> AsyncIterator[Database]:
    """The database of an installation, open while the block runs."""
    async with open_database(file, clock=clock) as database:
        await stamp(database)
        yield database


@pytest.fixture
async def backup(database_file: Path, clock: Clock, copy: Path) -> Path:
    """A copy with one niche, of a database that nobody has open any more and that has two."""
    async with used(database_file, clock) as database:
        await niche(database, "food")
        await keeper(database).back_up(ADMIN, copy)
        await niche(database, "art")
    return copy


# -- made -----------------------------------------------------------------------------


async def test_a_copy_has_what_is_there_and_says_how_much(database: Database, copy: Path) -> None:
    await niche(database, "food")
    made = await keeper(database).back_up(ADMIN, copy)
    assert (made.file, made.size, made.contained) == (copy, copy.stat().st_size, Contained(1, 0, 0, 0, 0, 0))
    assert made.key_file == database.file.with_name("secret.key")
    assert niches(copy) == ["food"]
    assert copy.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]


async def test_a_copy_is_of_one_moment_while_others_write(
    database: Database, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "_PAGES_AT_ONCE", 20)
    loop = asyncio.get_running_loop()
    written: list[int] = []
    await niche(database, "before")

    def write_another(done: int, pages: int) -> None:
        # Waited for in the thread that copies: a writer that the copy held up would never come to its end.
        asyncio.run_coroutine_threadsafe(niche(database, f"n{done}"), loop).result(timeout=60)
        written.append(done)

    await keeper(database).back_up(ADMIN, copy, on_progress=write_another)
    assert len(written) > 3
    assert niches(copy) == ["before"]
    assert len(niches(database.file)) == len(written) + 1


async def test_an_interrupted_copy_leaves_nothing(
    database: Database, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "_PAGES_AT_ONCE", 20)
    loop = asyncio.get_running_loop()
    task = asyncio.current_task()
    assert task is not None
    told: list[int] = []

    def interrupt(done: int, pages: int) -> None:
        told.append(done)
        loop.call_soon_threadsafe(task.cancel)
        asyncio.run_coroutine_threadsafe(asyncio.sleep(0), loop).result(timeout=60)

    with pytest.raises(asyncio.CancelledError):
        await keeper(database).back_up(ADMIN, copy, on_progress=interrupt)
    task.uncancel()
    assert len(told) <= 2
    assert list(copy.parent.iterdir()) == []


async def test_a_file_that_is_there_is_replaced_only_on_purpose(database: Database, copy: Path) -> None:
    copy.write_text("a diary")
    with pytest.raises(InvalidInput, match="is there already; name another file, or give --force"):
        await keeper(database).back_up(ADMIN, copy)
    assert copy.read_text() == "a diary"
    await keeper(database).back_up(ADMIN, copy, force=True)
    assert niches(copy) == []


async def test_places_that_cannot_be_are_refused(database: Database, copy: Path) -> None:
    for file, why in (
        (copy.parent, "is a directory; name a file"),
        (copy.parent / "none" / "x", "there is no directory"),
        (database.file, "is the database itself"),
        (database.file.with_name(database.file.name + "-wal"), "is the database itself"),
    ):
        with pytest.raises(InvalidInput, match=why):
            await keeper(database).back_up(ADMIN, file, force=True)


async def test_a_copy_that_would_fill_the_disk_is_not_begun(
    database: Database, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "free_bytes", lambda _: 1_000_000)
    with pytest.raises(Unavailable, match="has 1 MB left"):
        await keeper(database).back_up(ADMIN, copy)
    assert list(copy.parent.iterdir()) == []


async def test_only_an_admin_copies_and_restores_and_it_is_written_down(
    database: Database, copy: Path, clock: Clock
) -> None:
    operator = Actor("panel:olga", Role.OPERATOR)
    with pytest.raises(NotAllowed):
        await keeper(database).back_up(operator, copy)
    with pytest.raises(NotAllowed):
        await bringer(database.file, clock).restore(operator, copy)
    await keeper(database).back_up(ADMIN, copy)
    (entry,) = await audit.page(database, after=None, count=5, who="", verb="backup")
    assert (entry.actor, entry.verb, entry.subject) == ("cli:ann", "backup.make", str(copy))


# -- and brought back -------------------------------------------------------------------


async def test_a_backup_takes_the_place_of_the_database_which_is_kept(
    backup: Path, database_file: Path, clock: Clock
) -> None:
    done = await bringer(database_file, clock).restore(ADMIN, backup)
    assert (done.contained.niches, done.upgraded, done.limits_known) == (1, (), True)
    assert done.kept is not None
    assert (niches(database_file), niches(done.kept)) == (["food"], ["food", "art"])
    assert niches(backup) == ["food"]
    async with open_database(database_file, clock=clock) as database:
        (entry,) = await audit.page(database, after=None, count=1, who="", verb="")
        assert (entry.actor, entry.verb, entry.subject) == ("cli:ann", "backup.restore", str(backup))
        await niche(database, "later")
    assert niches(database_file) == ["food", "later"]
    left = {path.name for path in database_file.parent.iterdir() if path.is_dir()}
    assert left == {"copies", "backups"}


async def test_where_no_database_is_a_backup_becomes_one(backup: Path, tmp_path: Path, clock: Clock) -> None:
    elsewhere = tmp_path / "new" / "storywatch.sqlite3"
    done = await bringer(elsewhere, clock).restore(ADMIN, backup)
    assert (done.kept, niches(elsewhere)) == (None, ["food"])


async def test_a_database_that_is_damaged_can_be_restored_over(backup: Path, database_file: Path, clock: Clock) -> None:
    database_file.write_bytes(b"no database at all" * 1000)
    done = await bringer(database_file, clock).restore(ADMIN, backup)
    assert done.kept is not None
    assert done.kept.read_bytes().startswith(b"no database")
    assert (niches(database_file), done.limits_known) == (["food"], False)


async def test_nothing_is_restored_while_somebody_works_with_the_database(
    backup: Path, database_file: Path, clock: Clock
) -> None:
    restoring = bringer(database_file, clock)
    for lock in (run_lock(database_file), engine_lock(database_file)):
        with lock, pytest.raises(Unavailable, match="end it, and restore again"):
            await restoring.restore(ADMIN, backup)
    async with open_database(database_file, clock=clock):
        with pytest.raises(Unavailable, match="open in another process"):
            await restoring.restore(ADMIN, backup)
    assert niches(database_file) == ["food", "art"]
    await restoring.restore(ADMIN, backup)


async def test_a_backup_of_something_else_is_refused_and_nothing_changes(
    backup: Path, database_file: Path, clock: Clock
) -> None:
    restoring = bringer(database_file, clock)
    with pytest.raises(ConfigError, match=r"STORYWATCH_PLATFORM: .* belongs to the platform instagram, not sandbox"):
        await bringer(database_file, clock, platform="sandbox").restore(ADMIN, backup)
    with pytest.raises(ConfigError, match="written with another key"):
        await bringer(database_file, clock, key=new_key()).restore(ADMIN, backup)
    text = backup.with_name("text")
    text.write_text("hello")
    foreign = backup.with_name("foreign")
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE niche (id)")
    for file, why in (
        (backup.with_name("none"), "there is no file"),
        (text, "cannot be read as a database"),
        (foreign, "another program's database"),
        (database_file, "is the database itself"),
    ):
        with pytest.raises(InvalidInput, match=why):
            await restoring.restore(ADMIN, file)
    assert niches(database_file) == ["food", "art"]


async def test_a_damaged_backup_is_refused(backup: Path, database_file: Path, clock: Clock) -> None:
    data = bytearray(backup.read_bytes())
    data[4096 * 30 : 4096 * 60] = b"\xff" * (4096 * 30)
    backup.write_bytes(data)
    with pytest.raises(InvalidInput, match=r"damaged|cannot be read"):
        await bringer(database_file, clock).restore(ADMIN, backup)
    assert niches(database_file) == ["food", "art"]


async def test_a_backup_of_a_newer_version_is_refused(backup: Path, database_file: Path, clock: Clock) -> None:
    with closing(sqlite3.connect(backup)) as connection, connection:
        connection.execute("INSERT INTO aerich (version, app, content) VALUES ('99_future.py', 'core', '{}')")
    with pytest.raises(ConfigError, match=r"newer version of Storywatch \(it has 99_future.py"):
        await bringer(database_file, clock).restore(ADMIN, backup)


async def test_a_backup_of_an_older_version_is_upgraded_first(
    tmp_path: Path, backup: Path, database_file: Path, clock: Clock
) -> None:
    older = tmp_path / "older"
    older.mkdir()
    known = migrations(SQLITE_FILES)
    for migration in known[:-1]:
        shutil.copy(migration.file, older)
    file = backup.with_name("older.sqlite3")
    await upgrade(file, older)
    with closing(sqlite3.connect(file)) as connection, connection:
        values = ("instagram", Vault([KEY]).seal(Secret("instagram")), sql_time(clock.now()))
        connection.execute("INSERT INTO deployment (id, platform, key_proof, created_at) VALUES (1, ?, ?, ?)", values)
    done = await bringer(database_file, clock).restore(ADMIN, file)
    assert done.upgraded == (known[-1].version,)
    async with open_database(database_file, clock=clock) as database:
        assert await database.fetch_value("SELECT count(*) FROM niche") == 0


async def test_nobody_is_said_to_be_at_work_in_what_was_restored(database_file: Path, copy: Path, clock: Clock) -> None:
    async with used(database_file, clock) as database:
        async with database.transaction() as tx:
            await engine_state.take(tx, holder="run:7:x", pid=7, at=clock.now(), sandbox_url=None)
        await keeper(database).back_up(ADMIN, copy)
    await bringer(database_file, clock).restore(ADMIN, copy)
    async with open_database(database_file, clock=clock) as database:
        assert (await engine_state.read(database)).holder is None


async def route(database: Database, number: int, account: str) -> None:
    at = sql_time(database.clock.now())
    async with database.transaction() as tx:
        await tx.execute(
            "INSERT INTO proxy (id, scheme, host, port, user, label, enabled, state, health, requests, successes,"
            " failures, consecutive_failures, created_at)"
            " VALUES (?, 'http', ?, 80, '', '', 1, 'ready', '{}', 0, 0, 0, 0, ?)",
            number,
            f"proxy-of-{account}",
            at,
        )
        await tx.execute(
            "INSERT INTO session (id, label, account_id, cookies, user_agent, proxy_id, enabled, state, health,"
            " requests, successes, failures, consecutive_failures, created_at)"
            " VALUES (?, ?, ?, '', '', ?, 1, 'valid', '{}', 0, 0, 0, 0, ?)",
            number,
            account,
            account,
            number,
            at,
        )


async def send(database: Database, session: int, count: int, unspent: int) -> None:
    minute = int(database.clock.now().timestamp() // 60)
    async with database.transaction() as tx:
        await allowances.store(
            tx,
            database.clock.now(),
            sent=[(session, session, minute, count, 1)],
            unspent=[(session, unspent)],
            given_back=[],
        )


async def test_what_was_sent_since_the_backup_counts_in_it(database_file: Path, copy: Path, clock: Clock) -> None:
    async with used(database_file, clock) as database:
        await route(database, 1, "ann")
        await send(database, 1, 3, unspent=1)
        await keeper(database).back_up(ADMIN, copy)
        await send(database, 1, 4, unspent=6)
        # Removed and brought again, it has another number, and somebody else has the one it had.
        async with database.transaction() as tx:
            await tx.execute("UPDATE sends SET session_id = 2, proxy_id = 2")
            await tx.execute("DELETE FROM session")
            await tx.execute("DELETE FROM proxy")
        await route(database, 2, "ann")
        await route(database, 1, "bob")
        await send(database, 1, 50, unspent=0)
        await send(database, 2, 0, unspent=6)
    done = await bringer(database_file, clock).restore(ADMIN, copy)
    assert done.limits_known
    async with open_database(database_file, clock=clock) as database:
        sent = await allowances.sent_since(database, clock.now() - timedelta(hours=1))
        assert [(row["session_id"], row["proxy_id"], row["sent"]) for row in sent] == [(1, 1, 7)]
        assert await database.fetch_value("SELECT unspent FROM allowance WHERE session_id = 1") == 6
