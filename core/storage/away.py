"""What people are told when the database file cannot be used.  Mistakes in our own SQL pass unchanged."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tortoise.exceptions import OperationalError

from core.errors import ConfigError, Unavailable
from core.storage.backups import backups_of
from core.storage.sqlite_client import primary_code

_LOCKED = "{file} is locked by another program; end that program, or try again later"
_CLOSED = "{file} cannot be {verb}; it has to be a file that this user may write, in a directory that he may write to"
_SENTENCES = {
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_FULL: "{file} cannot grow, the disk is full; make room on it and try again",
    sqlite3.SQLITE_IOERR: "{file} cannot be read or written ({why}); check the disk, or restore a copy",
    sqlite3.SQLITE_CANTOPEN: _CLOSED.replace("{verb}", "opened"),
    sqlite3.SQLITE_PERM: _CLOSED.replace("{verb}", "opened"),
    sqlite3.SQLITE_READONLY: _CLOSED.replace("{verb}", "written"),
    sqlite3.SQLITE_CORRUPT: "{file} is damaged ({why}); restore a copy, those before upgrades are in {backups}",
}


@contextmanager
def explained(file: Path) -> Iterator[None]:
    """Turn what SQLite reports about *file* into sentences.

    Raises:
        Unavailable: The file is locked, full, damaged, not writable or not reachable.
        ConfigError: The file is no database.
    """
    try:
        yield
    except (sqlite3.Error, OperationalError) as error:
        if (sentence := _sentence(file, _cause(error))) is not None:
            raise sentence from error
        raise


@contextmanager
def reachable(file: Path) -> Iterator[None]:
    """Like :func:`explained`, with what the system reports about the files beside *file*."""
    try:
        with explained(file):
            yield
    except OSError as error:
        where, why = error.filename or file, (error.strerror or str(error)).lower()
        raise Unavailable(f"{where} cannot be used ({why}); the database needs a directory it may write to") from error


def _cause(error: Exception) -> sqlite3.Error | None:
    """The driver's own error: Tortoise hands it on as its first argument."""
    if isinstance(error, sqlite3.Error):
        return error
    cause = error.args[0] if error.args else None
    return cause if isinstance(cause, sqlite3.Error) else None


def _sentence(file: Path, error: sqlite3.Error | None) -> Exception | None:
    code = 0 if error is None else primary_code(error)
    if code == sqlite3.SQLITE_NOTADB:
        return ConfigError(f"{file} is not a database; move it away, or point STORYWATCH_DATABASE_URL at another file")
    text = _SENTENCES.get(code)
    return None if text is None else Unavailable(text.format(file=file, why=error, backups=backups_of(file)))
