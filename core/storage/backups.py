"""Copies of the database file, made before it is upgraded."""

from __future__ import annotations

import glob
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

KEPT = 3


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


def _forget_older(directory: Path, file: Path) -> None:
    pattern = f"{glob.escape(file.stem)}-before-*{glob.escape(file.suffix)}"
    copies = sorted(directory.glob(pattern), key=lambda copy: copy.stat().st_mtime_ns)
    for copy in copies[:-KEPT]:
        copy.unlink()
