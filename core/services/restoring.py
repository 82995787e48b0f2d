"""The verb that puts a backup in the place of the database, when nobody works with it.

It does not need the database that is there, which may be damaged or missing, and is therefore no verb of the open
application.
"""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from filelock import FileLock, Timeout

from core.clock import Clock
from core.domain.actor import Actor, Role
from core.errors import ConfigError, InvalidInput, Unavailable
from core.secrets import Keys, Vault
from core.services.backups import OnProgress, contained, must_have_room, until_cancelled
from core.services.views.backups import Restored
from core.storage import restoring
from core.storage.away import reachable
from core.storage.backups import Contents, Damaged, contents, copy_whole
from core.storage.locks import engine_lock, run_lock
from core.storage.migrations import SQLITE_FILES, migrations
from core.storage.upgrade import upgrade

_SERVED = "{file} is served by a running `storywatch run`, or another command has its engine; end it, and restore again"
_IN_USE = "{file} is open in another process; end every storywatch command, and restore again"


@dataclass(frozen=True, slots=True)
class Place:
    """The deployment that a backup is restored into.

    Args:
        keys: Gives the keys of this deployment; raises ConfigError where there are none.
    """

    database: Path
    platform: str
    keys: Callable[[], Keys]


class Restoring:
    """Backups on their way back."""

    def __init__(self, place: Place, clock: Clock) -> None:
        self._place = place
        self._clock = clock

    async def restore(self, actor: Actor, file: Path, *, on_progress: OnProgress = lambda *_: None) -> Restored:
        """Let a copy of *file* be the database, and keep what was there beside the copies made before upgrades.

        It is upgraded before it takes its place, and knows what sessions have sent since it was made.  Whatever
        goes wrong, and whoever interrupts it, the database is as it was.

        Args:
            on_progress: Told how many of how many pages are copied, in another thread.

        Raises:
            InvalidInput: The file is none, is damaged, or is no database of Storywatch.
            ConfigError: It is another platform's, or was written with another key or by a newer version.
            Unavailable: Somebody works with the database, or the disk does not take it.
        """
        actor.must_be(Role.ADMIN, "restore the database")
        present = self._place.database
        with reachable(present):
            present.parent.mkdir(parents=True, exist_ok=True)
            with _alone(present):
                found = await self._looked_into(file)
                return await self._restored(actor, file, found.counts, on_progress)

    async def _looked_into(self, file: Path) -> Contents:
        self._must_be_another(file)
        try:
            found = await until_cancelled(lambda stopped: contents(file, stopped.is_set))
        except Damaged as error:
            raise InvalidInput("file", f"{file} is damaged ({error}); name another backup") from error
        except (sqlite3.Error, OSError) as error:
            raise InvalidInput("file", f"{file} cannot be read as a database ({error}); name a backup") from error
        self._must_be_ours(file, found)
        return found

    def _must_be_another(self, file: Path) -> None:
        if not file.is_file():
            raise InvalidInput("file", f"there is no file {file}; check its name")
        if self._place.database.exists() and file.samefile(self._place.database):
            raise InvalidInput("file", f"{file} is the database itself; name a backup of it")

    def _must_be_ours(self, file: Path, found: Contents) -> None:
        if not found.versions:
            raise InvalidInput("file", f"{file} is another program's database; name a file that was made by a backup")
        newer = found.versions - {migration.version for migration in migrations(SQLITE_FILES)}
        if newer:
            raise ConfigError(
                f"{file} was written by a newer version of Storywatch (it has {max(newer)}, unknown here); "
                "restore it with that version"
            )
        if found.platform is None or found.key_proof is None:
            raise InvalidInput("file", f"nobody has ever worked with {file}, so there is nothing in it to restore")
        if found.platform != self._place.platform:
            raise ConfigError(
                f"STORYWATCH_PLATFORM: {file} belongs to the platform {found.platform}, not {self._place.platform}; "
                f"set STORYWATCH_PLATFORM to {found.platform}, or name another backup"
            )
        Vault(self._place.keys()).open(found.key_proof)

    async def _restored(self, actor: Actor, file: Path, counts: Mapping[str, int], on_progress: OnProgress) -> Restored:
        present = self._place.database
        # Of its own, so that nothing that an upgrade makes beside it is taken for the database's.
        workshop = Path(mkdtemp(prefix=".restoring-", dir=present.parent))
        draft = workshop / present.name
        try:
            await until_cancelled(lambda stopped: _copied(file, draft, on_progress, stopped))
            upgraded = tuple(await upgrade(draft))
            limits_known, kept = await until_cancelled(lambda _: self._put(actor, file, draft))
        finally:
            shutil.rmtree(workshop, ignore_errors=True)
        return Restored(file, present, kept, upgraded, contained(counts), limits_known)

    def _put(self, actor: Actor, file: Path, draft: Path) -> tuple[bool, Path | None]:
        """Blocks, for a moment: nobody waits to be asked whether it may go on."""
        present, now = self._place.database, self._clock.now()
        limits_known = restoring.take_over(draft, present)
        try:
            restoring.finish_log(present)
        except restoring.InUse:
            raise Unavailable(_IN_USE.format(file=present)) from None
        kept = restoring.kept_name(present, now) if present.exists() else None
        told = "" if kept is None else f"{kept.name} is what was there before"
        restoring.note(draft, actor=actor.name, at=now, restored=str(file), kept=told)
        restoring.put_in_place(draft, present, kept or present)
        return limits_known, kept


def _copied(file: Path, draft: Path, on_progress: OnProgress, stopped: threading.Event) -> None:
    must_have_room(draft, file.stat().st_size)

    def on_pages(done: int, pages: int) -> None:
        if stopped.is_set():
            raise InterruptedError
        on_progress(done, pages)

    copy_whole(file, draft, on_pages)


@contextmanager
def _alone(database: Path) -> Iterator[None]:
    """Be the only one who serves the database or has its engine, while the block runs.

    Raises:
        Unavailable: Somebody is.
    """
    taken: list[FileLock] = []
    try:
        for lock in (run_lock(database), engine_lock(database)):
            try:
                lock.acquire(blocking=False)
            except Timeout:
                raise Unavailable(_SERVED.format(file=database)) from None
            taken.append(lock)
        yield
    finally:
        for lock in taken:
            lock.release()
