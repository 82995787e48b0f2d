"""The verb that makes a copy of the database while everything runs."""

from __future__ import annotations

import asyncio
import os
import secrets
import sqlite3
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from core.clock import Clock
from core.domain.actor import Actor, Role
from core.errors import InvalidInput, Unavailable
from core.services.views.backups import BackupMade, Contained
from core.storage import audit
from core.storage.away import reachable
from core.storage.backups import Damaged, contents, copy_whole, on_disk
from core.storage.database import Database
from core.storage.disk import free_bytes

T = TypeVar("T")
OnProgress = Callable[[int, int], None]
# Written by the system itself while the copy is made.
_ROOM_BESIDES = 50_000_000


class Backups:
    """Copies of the database for whoever administrates it.

    Args:
        key_file: What opens the cookies and passwords in it; None where the environment gives the key.
    """

    def __init__(self, database: Database, clock: Clock, key_file: Path | None) -> None:
        self._database = database
        self._clock = clock
        self._key_file = key_file

    async def back_up(
        self, actor: Actor, file: Path, *, force: bool = False, on_progress: OnProgress = lambda *_: None
    ) -> BackupMade:
        """Copy the database as it is now to *file*, and look whether the copy is whole.

        Nobody waits for it.  *file* appears when it is whole, and whoever is interrupted leaves nothing behind.

        Args:
            force: Put it over a file that is there.
            on_progress: Told how many of how many pages are copied, in another thread.

        Raises:
            InvalidInput: The file is there already, is the database itself, or cannot be one.
            Unavailable: There is no room, or the copy cannot be written or is not whole.
        """
        actor.must_be(Role.ADMIN, "back up the database")
        self._must_be_free(file, force=force)
        draft = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}.part")
        try:
            with reachable(file):
                counts = await until_cancelled(lambda stopped: self._copied(draft, on_progress, stopped))
                size = draft.stat().st_size
                _put(draft, file, force=force)
        finally:
            draft.unlink(missing_ok=True)
        async with self._database.transaction() as tx:
            await audit.note(tx, actor, "backup.make", str(file), f"{size:,} bytes", self._clock.now())
        return BackupMade(file, size, contained(counts), self._key_file)

    def _must_be_free(self, file: Path, *, force: bool) -> None:
        if file.is_dir():
            raise InvalidInput("file", f"{file} is a directory; name a file")
        if not file.absolute().parent.is_dir():
            raise InvalidInput(
                "file", f"there is no directory {file.absolute().parent}; make it, or name another place"
            )
        own = self._database.file
        if file.resolve() in {own.with_name(own.name + end).resolve() for end in ("", "-wal", "-shm")}:
            raise InvalidInput("file", f"{file} is the database itself; name another file")
        if file.exists() and not force:
            raise InvalidInput("file", f"{file} is there already; name another file, or give --force to replace it")

    def _copied(self, draft: Path, on_progress: OnProgress, stopped: threading.Event) -> Mapping[str, int]:
        """The rows of each table in the copy.  Blocks."""
        must_have_room(draft, self._database.file.stat().st_size)

        def on_pages(done: int, pages: int) -> None:
            if stopped.is_set():
                raise InterruptedError
            on_progress(done, pages)

        copy_whole(self._database.file, draft, on_pages)
        try:
            return contents(draft, stopped.is_set).counts
        except (Damaged, sqlite3.DatabaseError) as error:
            raise Unavailable(
                f"The copy is not whole ({error}), so it was not kept; check the disk, and the database with: "
                "storywatch doctor"
            ) from error


def must_have_room(file: Path, size: int) -> None:
    """Raise where a copy of *size* bytes would fill the disk.  Blocks.

    Raises:
        Unavailable: It would.
    """
    free = free_bytes(file)
    if free < size + _ROOM_BESIDES:
        where = file.absolute().parent
        raise Unavailable(
            f"{where} has {free / 1e6:,.0f} MB left and the copy takes {(size + _ROOM_BESIDES) / 1e6:,.0f} MB; "
            "make room, or name another place"
        )


def contained(counts: Mapping[str, int]) -> Contained:
    """How much is in a database with so many rows by table."""
    tables = ("niche", "profile", "batch", "checks", "proxy", "session")
    return Contained(*(counts.get(table, 0) for table in tables))


async def until_cancelled(work: Callable[[threading.Event], T]) -> T:
    """The result of *work* in a thread; it is told when the caller is cancelled, and its end is waited for."""
    stopped = threading.Event()
    working = asyncio.get_running_loop().run_in_executor(None, work, stopped)
    try:
        return await asyncio.shield(working)
    except asyncio.CancelledError:
        stopped.set()
        await asyncio.wait({working})
        # Whatever it raised, nobody wants to know any more.
        if not working.cancelled():
            working.exception()
        raise


def _put(draft: Path, file: Path, *, force: bool) -> None:
    """Give *draft* its name.

    Raises:
        InvalidInput: Somebody else was quicker.
    """
    if force:
        draft.replace(file)
    else:
        try:
            os.link(draft, file)
        except FileExistsError:
            raise InvalidInput("file", f"{file} was written by somebody else meanwhile; name another file") from None
        except OSError:  # a disk that knows one name for a file only
            draft.rename(file)
    on_disk(file.absolute().parent)
