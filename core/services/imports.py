"""The verbs of imports: a file into a niche in two steps, with a preview between them; what was imported; undo.

The import itself is the other file's (:mod:`core.services.file_imports`).
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from core.clock import Clock
from core.domain.actor import Actor, Role
from core.domain.intake import Intake
from core.domain.name_runs import NameRuns
from core.domain.rejected import visible
from core.errors import InvalidInput
from core.events import Events
from core.services import exports
from core.services.feed import Feed
from core.services.file_imports import FileImports, OnProgress
from core.services.import_preview import counted, preview_of
from core.services.import_undo import made_by, undo_import
from core.services.staging import Chunks, StagedFile, Staging, chunks
from core.services.views import ImportReport, ImportUndone, ImportView, StagedImport
from core.storage import imports as rows
from core.storage.database import Database, Row, from_sql_time

_LONGEST_FILE_NAME = 255
_MOST_RECENT = 200
# While somebody chooses a niche, a list of millions need not be read again for each of them.
_COUNTED_FOR = timedelta(minutes=1)
_ERROR_COLUMNS = ("line", "text", "why")


class Imports(FileImports):
    """Files of usernames.

    Args:
        staged: Where files wait between their preview and their import.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        events: Events,
        feed: Feed | None = None,
        staged: Path | None = None,
    ) -> None:
        super().__init__(database, clock, feed or Feed(database, clock))
        self._staging = Staging(staged or database.file.parent / "staged", clock)

    # -- in two steps ---------------------------------------------------------------

    async def stage(
        self,
        actor: Actor,
        source: Path | Chunks,
        *,
        file_name: str,
        niche: str | None = None,
        on_progress: OnProgress | None = None,
    ) -> StagedImport:
        """Keep a file for an hour, and tell what would become of its lines.

        Args:
            source: The file, or its bytes in pieces of any size.
            niche: Where they would go; it need not exist.

        Raises:
            InvalidInput: The file is empty, too large, no text or holds no username, or the niche cannot be called
                that; nothing is kept then.
        """
        actor.must_be(Role.OPERATOR, "import profiles")
        staged = await self._staging.put(source, name=visible(file_name, _LONGEST_FILE_NAME), by=actor.name)
        try:
            return await self._previewed(actor, staged, niche, on_progress)
        except BaseException:
            self._staging.discard(staged.id)
            raise

    async def preview(
        self, actor: Actor, staged_id: str, *, niche: str | None, on_progress: OnProgress | None = None
    ) -> StagedImport:
        """Tell anew what would become of the lines of a staged file, or in another niche, counted at most a minute ago.

        Raises:
            NotFound: The file is not kept any more.
            InvalidInput: The niche cannot be called that.
        """
        actor.must_be(Role.OPERATOR, "import profiles")
        return await self._previewed(actor, self._staging.find(staged_id), niche, on_progress)

    async def staged(self, actor: Actor, staged_id: str) -> StagedImport:
        """A staged file with what was told of its lines last.

        Raises:
            NotFound: The file is not kept any more.
        """
        actor.must_be(Role.OPERATOR, "import profiles")
        return _staged(self._staging.find(staged_id))

    async def confirm(
        self,
        actor: Actor,
        staged_id: str,
        *,
        niche: str,
        create_niche: bool = False,
        move: bool = False,
        on_progress: OnProgress | None = None,
    ) -> ImportReport:
        """Put the usernames of a staged file into a niche, once; see :meth:`import_file`.

        Raises:
            NotFound: The file is not kept any more, or the niche does not exist and should not be created.
            Conflict: Somebody imports the file right now, or has done so.
            InvalidInput: The niche cannot be called that.
        """
        actor.must_be(Role.OPERATOR, "import profiles")
        with self._staging.importing(staged_id, actor.name) as staged:
            return await self.import_file(
                actor,
                chunks(staged),
                niche=niche,
                file_name=staged.name,
                create_niche=create_niche,
                move=move,
                on_progress=on_progress,
            )

    async def names(self, actor: Actor, staged_id: str) -> NameRuns:
        """Every username of a staged file, wherever it is known; also when it was imported.

        Raises:
            NotFound: The file is not kept any more.
        """
        actor.must_be(Role.OPERATOR, "import profiles")
        return (await self.read(actor, chunks(self._staging.find(staged_id)))).names

    async def discard(self, actor: Actor, staged_id: str) -> None:
        """Forget a staged file; one that is not kept, or is being imported, is left alone."""
        actor.must_be(Role.OPERATOR, "import profiles")
        self._staging.discard(staged_id)

    async def errors(self, actor: Actor, staged_id: str) -> AsyncIterator[str]:
        """All invalid lines of a staged file, as lines of CSV.

        Raises:
            NotFound: The file is not kept any more.
        """
        actor.must_be(Role.OPERATOR, "import profiles")
        return exports.lines(_ERROR_COLUMNS, self._rejected(self._staging.find(staged_id)), exports.Form.CSV)

    # -- what was imported ------------------------------------------------------------

    async def recent(self, actor: Actor, *, count: int = 20) -> tuple[ImportView, ...]:
        """The last imports, the newest first.

        Args:
            count: 1 to 200.

        Raises:
            InvalidInput: The count is out of bounds.
        """
        actor.must_be(Role.VIEWER, "list imports")
        if not 1 <= count <= _MOST_RECENT:
            raise InvalidInput("count", f"give 1 to {_MOST_RECENT} imports, not {count}")
        return tuple(_view(row) for row in await rows.recent(self._database, count))

    async def created(self, actor: Actor, import_id: int) -> NameRuns:
        """Usernames of the profiles that an import made and that nobody has checked, paused or moved since.

        Raises:
            NotFound: There is no such import.
            Conflict: It was undone, its niche was deleted, or no such profile is left.
        """
        actor.must_be(Role.VIEWER, "list imports")
        return await made_by(self._database, import_id)

    async def undo(self, actor: Actor, import_id: int) -> ImportUndone:
        """Erase the profiles that an import made, once, but those that somebody has touched since.

        Touched are those that were checked, are in a batch, were paused, or were moved to another niche.  What
        the import moved from other niches stays where it is, and so does a niche that it made.

        Raises:
            NotFound: There is no such import.
            Conflict: It was undone already, is still being written, or its niche was deleted.
        """
        actor.must_be(Role.OPERATOR, "undo imports")
        return await undo_import(self._database, self._clock, self._feed, actor, import_id)

    async def _previewed(
        self, actor: Actor, staged: StagedFile, niche: str | None, on_progress: OnProgress | None
    ) -> StagedImport:
        now = self._clock.now()
        if staged.count is None or now - staged.count.at >= _COUNTED_FOR:
            read = await self.read(actor, chunks(staged), on_progress=on_progress)
            staged.count = await counted(self._database, read, now)
        staged.preview = await preview_of(self._database, staged.count, niche)
        return _staged(staged)

    async def _rejected(self, staged: StagedFile) -> AsyncIterator[dict[str, Any]]:
        intake = Intake()
        async for chunk in chunks(staged):
            for part in intake.feed(chunk):
                for line in part.rejected:
                    yield {column: getattr(line, column) for column in _ERROR_COLUMNS}
                await self._clock.sleep(0)
        for part in intake.finish():
            for line in part.rejected:
                yield {column: getattr(line, column) for column in _ERROR_COLUMNS}


def _staged(file: StagedFile) -> StagedImport:
    assert file.preview is not None, "a file is told to nobody before it was looked at"
    return StagedImport(file.id, file.name, file.size, file.by, file.expires_at, file.preview)


def _view(row: Row) -> ImportView:
    return ImportView(
        id=row["id"],
        niche=row["niche"],
        file_name=row["file_name"],
        lines=row["lines"],
        created=row["created"],
        known_here=row["known_here"],
        known_elsewhere=row["known_elsewhere"],
        repeated=row["repeated"],
        invalid=row["invalid"],
        created_by=row["created_by"],
        created_at=from_sql_time(row["created_at"]),
        undone_at=None if row["undone_at"] is None else from_sql_time(row["undone_at"]),
    )
