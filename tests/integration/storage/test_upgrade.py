"""Upgrades by themselves at a start: once, whole or not at all, after a copy, and never of a file that is not ours."""

# ruff: noqa: ASYNC240  # the files are small and nothing else runs meanwhile

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from filelock import AsyncFileLock

from core.clock import Clock
from core.errors import ConfigError, Unavailable
from core.storage import upgrade as upgrading
from core.storage.backups import KEPT, backups_of
from core.storage.database import open_database
from core.storage.migrations import SQLITE_FILES, migrations, split
from core.storage.upgrade import upgrade
from tests.integration.storage.migration_files import added
from tests.integration.storage.rows import add_canary, canaries
from tests.integration.storage.threads import no_connection_is_left

_LANDED = [migration.version for migration in migrations(SQLITE_FILES)]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Migrations that a test may add to."""
    return Path(shutil.copytree(SQLITE_FILES, tmp_path / "migrations", ignore=shutil.ignore_patterns("__pycache__")))


def dumped(file: Path) -> list[str]:
    """Everything in the file, as statements."""
    with closing(sqlite3.connect(file)) as connection:
        return list(connection.iterdump())


def copies(file: Path) -> list[str]:
    directory = backups_of(file)
    return sorted(copy.name for copy in directory.iterdir()) if directory.exists() else []


async def test_a_fresh_file_gets_everything_and_a_second_start_nothing(database_file: Path) -> None:
    file = database_file.parent / "not" / "there yet" / "storywatch.sqlite3"
    assert await upgrade(file) == _LANDED
    before = file.read_bytes()
    assert await upgrade(file) == []
    assert file.read_bytes() == before
    assert copies(file) == []
    assert no_connection_is_left()


async def test_an_empty_file_counts_as_fresh(database_file: Path) -> None:
    database_file.touch()
    assert await upgrade(database_file) == _LANDED


async def test_a_later_version_adds_what_is_new_and_keeps_the_rows(
    database_file: Path, directory: Path, clock: Clock
) -> None:
    async with open_database(database_file, clock=clock) as database, database.transaction() as tx:
        await add_canary(tx, "ann")
    version = added(directory, 101, "ALTER TABLE canary ADD COLUMN mood TEXT; UPDATE canary SET mood = 'calm; so far';")
    assert await upgrade(database_file, directory) == [version]
    with closing(sqlite3.connect(database_file)) as connection:
        assert connection.execute("SELECT username, mood FROM canary").fetchall() == [("ann", "calm; so far")]


async def test_the_copy_is_what_the_file_was_before(database_file: Path, directory: Path, clock: Clock) -> None:
    async with open_database(database_file, clock=clock) as database, database.transaction() as tx:
        await add_canary(tx, "ann")
    before = dumped(database_file)
    version = added(directory, 101, "DROP TABLE canary;")
    await upgrade(database_file, directory)
    assert copies(database_file) == [f"storywatch-before-{Path(version).stem}.sqlite3"]
    assert dumped(backups_of(database_file) / copies(database_file)[0]) == before


async def test_a_copy_of_what_only_its_owner_may_read_is_as_private(database_file: Path, directory: Path) -> None:
    await upgrade(database_file)
    database_file.chmod(0o600)
    added(directory, 101, "CREATE TABLE extra (id INTEGER);")
    await upgrade(database_file, directory)
    assert (backups_of(database_file) / copies(database_file)[0]).stat().st_mode & 0o777 == 0o600


async def test_no_more_copies_are_kept_than_the_newest_three(database_file: Path, directory: Path) -> None:
    await upgrade(database_file)
    foreign = backups_of(database_file) / "mine.sqlite3"
    foreign.parent.mkdir()
    foreign.touch()
    for number in range(101, 101 + KEPT + 2):
        added(directory, number, f"CREATE TABLE extra{number} (id INTEGER);")
        await upgrade(database_file, directory)
    assert copies(database_file) == [
        "mine.sqlite3",
        *(f"storywatch-before-{number}_20991231000000_{number}.sqlite3" for number in (103, 104, 105)),
    ]


async def test_a_migration_that_fails_leaves_the_file_as_it_was(
    database_file: Path, directory: Path, clock: Clock
) -> None:
    async with open_database(database_file, clock=clock) as database, database.transaction() as tx:
        await add_canary(tx, "ann")
    before = dumped(database_file)
    added(directory, 101, "CREATE TABLE first (id INTEGER); INSERT INTO first VALUES (1); DELETE FROM canary;")
    bad = added(directory, 102, "CREATE TABLE second (id INTEGER); INSERT INTO no_such_table VALUES (1);")
    with pytest.raises(Unavailable, match=rf"could not be upgraded to {bad} and is left as it was \(.*no_such_table"):
        await upgrade(database_file, directory)
    assert dumped(database_file) == before
    assert no_connection_is_left()
    async with open_database(database_file, clock=clock) as database:
        assert await canaries(database) == ["ann"]


async def test_a_migration_that_leaves_rows_without_what_they_refer_to_fails(
    database_file: Path, directory: Path
) -> None:
    await upgrade(database_file)
    before = dumped(database_file)
    added(directory, 101, "INSERT INTO batch_event (batch_id, at, what, text) VALUES ('no', '2026', 'x', 'y');")
    with pytest.raises(Unavailable, match="rows that refer to one that is gone: 1"):
        await upgrade(database_file, directory)
    assert dumped(database_file) == before


async def test_after_a_failed_upgrade_a_mended_one_goes_through(database_file: Path, directory: Path) -> None:
    await upgrade(database_file)
    added(directory, 101, "CREATE TABLE first (id INTEGER); oh no;")
    with pytest.raises(Unavailable):
        await upgrade(database_file, directory)
    version = added(directory, 101, "CREATE TABLE first (id INTEGER);")
    assert await upgrade(database_file, directory) == [version]


async def test_a_file_of_a_newer_version_is_refused_and_left_alone(database_file: Path, directory: Path) -> None:
    added(directory, 101, "CREATE TABLE of_the_future (id INTEGER);")
    await upgrade(database_file, directory)
    before = dumped(database_file)
    with pytest.raises(ConfigError, match=r"was written by a newer version of Storywatch .*101_20991231000000_101\.py"):
        await upgrade(database_file)
    assert dumped(database_file) == before


async def test_a_database_of_another_program_is_refused_and_left_alone(database_file: Path) -> None:
    with closing(sqlite3.connect(database_file)) as connection:
        connection.execute("CREATE TABLE recipes (id INTEGER)")
    before = database_file.read_bytes()
    with pytest.raises(ConfigError, match="is another program's database; point STORYWATCH_DATABASE_URL at another"):
        await upgrade(database_file)
    assert database_file.read_bytes() == before


async def test_a_file_that_is_no_database_is_refused_and_left_alone(database_file: Path) -> None:
    database_file.write_text("names of people\n" * 1_000)
    before = database_file.read_bytes()
    with pytest.raises(ConfigError, match="is not a database; move it away, or point STORYWATCH_DATABASE_URL at"):
        await upgrade(database_file)
    assert database_file.read_bytes() == before
    assert list(database_file.parent.iterdir()) == [database_file]


async def test_a_process_that_upgrades_for_too_long_is_named(
    database_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upgrading, "_LOCK_SECONDS", 0.05)
    async with AsyncFileLock(f"{database_file}.migrating.lock", run_in_executor=False):
        with pytest.raises(Unavailable, match="is being upgraded by another process; end that one and start again"):
            await upgrade(database_file)
    assert await upgrade(database_file) == _LANDED


def test_statements_are_split_where_they_end_and_nowhere_else() -> None:
    script = """
        CREATE TABLE a (b TEXT DEFAULT ';') /* one; two */;
        -- a remark; with a semicolon
        INSERT INTO a VALUES ('x;y');
        CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM a; SELECT 1; END;
        SELECT 1
    """
    assert [statement.split("\n")[-1].split()[0] for statement in split(script)] == [
        "CREATE",
        "INSERT",
        "CREATE",
        "SELECT",
    ]


def test_migrations_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for name in ("10_b.py", "2_a.py", "0_init.py", "__init__.py", "notes.txt"):
        (tmp_path / name).touch()
    assert [migration.version for migration in migrations(tmp_path)] == ["0_init.py", "2_a.py", "10_b.py"]


def test_an_installation_without_migrations_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no migrations in"):
        migrations(tmp_path)
