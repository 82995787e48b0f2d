"""A file of usernames into a niche, at once; and the file alone for who checks all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from core.clock import Clock
from core.domain import niche_name
from core.domain.actor import Actor, Role
from core.domain.intake import Intake
from core.domain.rejected import Rejected
from core.domain.slices import Slice
from core.services.feed import Feed
from core.services.name_writing import NameWriter, Writing, Written, count_names
from core.services.niches import existing_niche, known_niche
from core.services.reading import ReadList
from core.services.staging import Chunks, each
from core.services.views import ImportProgress, ImportReport
from core.storage.database import Database

OnRejected = Callable[[Rejected], None]
OnProgress = Callable[[ImportProgress], None]


class FileImports:
    """Files of usernames, read and written."""

    def __init__(self, database: Database, clock: Clock, feed: Feed) -> None:
        self._database = database
        self._clock = clock
        self._feed = feed

    async def import_file(
        self,
        actor: Actor,
        chunks: Chunks,
        *,
        niche: str,
        file_name: str,
        create_niche: bool = False,
        dry_run: bool = False,
        move: bool = False,
        on_rejected: OnRejected | None = None,
        on_progress: OnProgress | None = None,
    ) -> ImportReport:
        """Put the usernames of a file into a niche.

        The whole file is read first, in about as many bytes of memory as it has; then its names
        are written in slices, each complete in itself.  When it is interrupted, whole profiles
        are written and the same import again does the rest.

        Args:
            chunks: The file's bytes, in pieces of any size.
            create_niche: Create the niche where it does not exist; it comes with the first profiles.
            dry_run: Only tell what would become of the lines; nothing at all is written.
            move: Put profiles known in another niche into this one; otherwise they stay there.
            on_rejected: Told of every invalid line, in the order of the file.
            on_progress: Told after every slice, read or written.

        Raises:
            NotFound: The niche does not exist and should not be created.
            InvalidInput: The file is empty, is no text or holds no username, or the niche cannot be
                called that; nothing is written then.
        """
        actor.must_be(Role.OPERATOR, "import profiles")
        await self._check_niche(niche, may_miss=create_niche)
        read = await self.read(actor, chunks, on_rejected=on_rejected, on_progress=on_progress)
        return await self.write(
            actor,
            read,
            niche=niche,
            file_name=file_name,
            create_niche=create_niche,
            dry_run=dry_run,
            move=move,
            on_progress=on_progress,
        )

    async def read(
        self,
        actor: Actor,
        chunks: Chunks,
        *,
        on_rejected: OnRejected | None = None,
        on_progress: OnProgress | None = None,
    ) -> ReadList:
        """The usernames of a file, sorted and each once, in about as many bytes of memory as it has.

        ``read(…).names.slices(n)`` gives all of them as often as asked, known ones too, wherever they live.

        Raises:
            InvalidInput: The file is empty, is no text or holds no username.
        """
        actor.must_be(Role.OPERATOR, "import profiles")
        intake, read = Intake(), ReadList()

        async def take(parts: Iterable[Slice]) -> None:
            for part in parts:
                read.take(part, on_rejected)
                if on_progress is not None:
                    on_progress(ImportProgress(read.lines, read.names.added, 0))
                # A slice takes a few milliseconds; whatever else lives in this process gets its turn.
                await self._clock.sleep(0)

        async for chunk in each(chunks):
            await take(intake.feed(chunk))
        await take(intake.finish())
        read.must_name_somebody("file")
        return read

    async def write(
        self,
        actor: Actor,
        read: ReadList,
        *,
        niche: str,
        file_name: str,
        create_niche: bool = False,
        dry_run: bool = False,
        move: bool = False,
        on_progress: OnProgress | None = None,
    ) -> ImportReport:
        """Put what was read into a niche; see :meth:`import_file`.

        Raises:
            NotFound: The niche does not exist and should not be created.
            InvalidInput: The niche cannot be called that.
        """
        actor.must_be(Role.OPERATOR, "import profiles")
        if dry_run:
            return read.report(await self._would_write(read, niche, create_niche=create_niche), dry_run=True)

        def tell(written: int) -> None:
            if on_progress is not None:
                on_progress(ImportProgress(read.lines, read.names.added, written))

        writing = Writing(
            names=read.names,
            niche=niche,
            source=file_name,
            verb="profile.import",
            lines=read.lines,
            invalid=read.invalid,
            create_niche=create_niche,
            move=move,
        )
        try:
            return read.report(await NameWriter(self._database, self._clock, actor, writing).write(tell))
        finally:
            self._feed.changed()

    async def _check_niche(self, niche: str, *, may_miss: bool) -> int | None:
        """The niche's id, None where it may be missing and is."""
        if not may_miss:
            return (await existing_niche(self._database, niche)).id
        known = await known_niche(self._database, niche)
        return None if known is None else known.id

    async def _would_write(self, read: ReadList, niche: str, *, create_niche: bool) -> Written:
        niche_id = await self._check_niche(niche, may_miss=create_niche)
        counts, repeated = await count_names(self._database, read.names, niche_id)
        return Written(niche_name.clean(niche), niche_created=False, counts=counts, repeated=repeated)
