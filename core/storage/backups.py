"""Copies of the database file: made before it is upgraded, and made because somebody asks for one."""

from __future__ import annotations

import glob
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

KEPT = 3
# 8 MB, between which somebody may say that it is enough.
_PAGES_AT_ONCE = 2_000
_OPERATIONS_BETWEEN_LOOKS = 1_000_000

_COUNTED = ("niche", "profile", "batch", "checks", "proxy", "session")
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"

# Told how many of how many pages are copied; ends the copying by raising.
OnPages = Callable[[int, int], None]
Stopped = Callable[[], bool]


class Damaged(Exception):
    """The file is a database, and not a whole one."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database file says of itself.

    Args:
        platform: Whose it is; None, as the proof, where nobody has opened it yet.
        key_proof: Something sealed with its key.
        versions: The migrations that it has; none where it is not ours.
        counts: Rows by table.
    """

    platform: str | None
    key_proof: str | None
    versions: frozenset[str]
    counts: dict[str, int]


def backups_of(file: Path) -> Path:
    """The directory of the copies of *file*."""
    return file.parent / "backups"


def copy_before(file: Path, version: str) -> Path:
    """Copy *file* as it is committed now, before *version* is applied; the copy.

    Older copies than the newest three go.  Blocks; a copy that was interrupted is never taken for a whole one.

    Raises:
        OSError, sqlite3.Error: The copy cannot be written.
    """
    directory = backups_of(file)
    directory.mkdir(exist_ok=True)
    copy = directory / f"{file.stem}-before-{version}{file.suffix}"
    unfinished = copy.with_name(f"{copy.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(unfinished)) as target:
        source.backup(target)
    shutil.copymode(file, unfinished)
    unfinished.replace(copy)
    _forget_older(directory, file)
    return copy


def copy_whole(file: Path, target: Path, on_pages: OnPages) -> None:
    """Copy *file* as it is committed now to *target*, a file that only its owner can read and that needs no other.

    Others go on writing, and the copy is of one moment.  Blocks; what an error leaves of *target* is worth nothing.

    Raises:
        OSError, sqlite3.Error: One of them cannot be read or written; *target* exists.
    """
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(opened_to_read(file)) as source, closing(sqlite3.connect(target)) as copy:
        # Of an open transaction all steps see one moment; without one each commit would have it begin anew.
        source.execute("BEGIN")
        source.execute(_TABLES).fetchone()
        copy.execute("PRAGMA synchronous = OFF")
        source.backup(copy, pages=_PAGES_AT_ONCE, progress=lambda _, left, pages: on_pages(pages - left, pages))
        source.rollback()
        # With a log beside it, it would not be one file.
        copy.execute("PRAGMA journal_mode = DELETE")
    on_disk(target)


def contents(file: Path, stopped: Stopped) -> Contents:
    """What *file*, which is not ours perhaps, says of itself.  Blocks, and reads all of it.

    Raises:
        Damaged: It is not whole.
        InterruptedError: *stopped* said so.
        OSError, sqlite3.Error: It is no database, or cannot be read.
    """
    with closing(opened_to_read(file)) as connection:
        connection.set_progress_handler(lambda: int(stopped()), _OPERATIONS_BETWEEN_LOOKS)
        try:
            return _contents(connection)
        except sqlite3.OperationalError as error:
            if stopped():
                raise InterruptedError from error
            raise


def opened_to_read(file: Path) -> sqlite3.Connection:
    """A connection that changes nothing, whose transactions are begun by hand."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)


def on_disk(path: Path) -> None:
    """Have the system write what it holds of a file, or of the names in a directory, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _contents(connection: sqlite3.Connection) -> Contents:
    tables = {name for (name,) in connection.execute(_TABLES)}
    (first, *_), *_ = connection.execute("PRAGMA quick_check(1)")
    if first != "ok":
        raise Damaged(str(first))
    ours = "aerich" in tables and "deployment" in tables
    versions = {version for (version,) in connection.execute("SELECT version FROM aerich")} if ours else ()
    stamp = connection.execute("SELECT platform, key_proof FROM deployment").fetchone() if ours else None
    counts = {
        table: int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608  # constants
        for table in _COUNTED
        if table in tables
    }
    platform, key_proof = stamp or (None, None)
    return Contents(platform, key_proof, frozenset(versions), counts)


def _forget_older(directory: Path, file: Path) -> None:
    pattern = f"{glob.escape(file.stem)}-before-*{glob.escape(file.suffix)}"
    copies = sorted(directory.glob(pattern), key=lambda copy: copy.stat().st_mtime_ns)
    for copy in copies[:-KEPT]:
        copy.unlink()
