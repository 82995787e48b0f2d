"""Brings a database file up to the migrations of this version, by itself, at every start.

All pending migrations are one transaction: a crash or an error leaves the file exactly as it was, and the next
start tries again.  (aerich's own ``upgrade`` runs scripts, which SQLite's driver commits before they start; so its
files and its table are used here, but not its way of applying them.)  One process at a time, after a copy of the file.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from filelock import AsyncFileLock, Timeout
from tortoise.exceptions import BaseORMException, IntegrityError

from core.errors import ConfigError, Unavailable
from core.storage.away import reachable
from core.storage.backups import copy_before
from core.storage.migrations import APP, SQLITE_FILES, Migration, migrations
from core.storage.sqlite_client import BUSY_SECONDS, SafeSqliteClient, WriteTransaction, to_its_end

_log = logging.getLogger(__name__)

# Another process that copies and upgrades a file of some gigabytes takes minutes, not more.
_LOCK_SECONDS = 600.0

_VERSIONS = "SELECT version FROM aerich WHERE app = ?"
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"


async def upgrade(file: Path, directory: Path = SQLITE_FILES) -> list[str]:
    """Apply to *file* what it lacks of the migrations in *directory*; the versions applied.

    Creates the file and its directory where they do not exist.

    Raises:
        ConfigError: The file is no database, belongs to another program, or was written by a newer version.
        Unavailable: The file or its copy cannot be written, another process is at it for too long,
            or a migration failed; nothing is changed then.
    """
    known = migrations(directory)
    with reachable(file):
        if not _pending(file, known, await asyncio.to_thread(_applied, file)):
            return []
        file.parent.mkdir(parents=True, exist_ok=True)
        lock = AsyncFileLock(f"{file}.migrating.lock", timeout=_LOCK_SECONDS, run_in_executor=False)
        try:
            async with lock:
                return await _upgrade(file, known)
        except Timeout:
            raise Unavailable(f"{file} is being upgraded by another process; end that one and start again") from None


def _applied(file: Path) -> set[str]:
    """The versions that *file* has, without creating it."""
    if not file.exists() or not file.stat().st_size:
        return set()
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS)) as connection:
        tables = {name for (name,) in connection.execute(_TABLES)}
        if not tables:
            return set()
        versions = {version for (version,) in connection.execute(_VERSIONS, (APP,))} if "aerich" in tables else set()
    if not versions:
        raise ConfigError(f"{file} is another program's database; point STORYWATCH_DATABASE_URL at another file")
    return versions


def _pending(file: Path, known: Sequence[Migration], applied: set[str]) -> list[Migration]:
    newer = applied - {migration.version for migration in known}
    if newer:
        raise ConfigError(
            f"{file} was written by a newer version of Storywatch (it has {max(newer)}, unknown here);"
            " run that version, or set STORYWATCH_DATA_DIR to another directory"
        )
    return [migration for migration in known if migration.version not in applied]


async def _upgrade(file: Path, known: Sequence[Migration]) -> list[str]:
    # Off, as SQLite wants it where a table is rebuilt; what refers to what is checked before the commit.
    client = SafeSqliteClient(str(file), connection_name="upgrade", foreign_keys="OFF")
    try:
        async with client.write() as transaction:
            applied = await asyncio.to_thread(_applied, file)
            pending = _pending(file, known, applied)
            if not pending:  # another process was quicker
                return []
            copy = await _copied(file, pending[0]) if applied else None
            for migration in pending:
                await _apply(file, migration, transaction)
    finally:
        await client.close()
    versions = [migration.version for migration in pending]
    _log.info("database upgraded", extra={"file": str(file), "versions": versions, "copy": copy and str(copy)})
    return versions


async def _copied(file: Path, first: Migration) -> Path:
    # Copied while the write lock is held: the copy is what the migrations start from.
    return await to_its_end(asyncio.to_thread(copy_before, file, first.file.stem), name="copy before upgrade")


async def _apply(file: Path, migration: Migration, transaction: WriteTransaction) -> None:
    try:
        for statement in await migration.statements(transaction):
            await transaction.execute_query(statement)
        _, dangling = await transaction.execute_query("PRAGMA foreign_key_check")
        if dangling:
            raise IntegrityError(f"rows that refer to one that is gone: {len(dangling)}")
        row = [migration.version, APP, migration.models_state()]
        await transaction.execute_query("INSERT INTO aerich (version, app, content) VALUES (?, ?, ?)", row)
    except (BaseORMException, sqlite3.Error) as error:
        raise Unavailable(
            f"{file} could not be upgraded to {migration.version} and is left as it was ({error});"
            " put that right, or go on with the version of Storywatch that you had"
        ) from error
