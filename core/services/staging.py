"""Uploaded files on disk, for an hour: private, found by a word that nobody can guess, and gone afterwards.

Knows nothing of what a file says.  The words are remembered by this process alone, so that a file left behind by
another one is only removed when it is old.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_urlsafe
from typing import Any, BinaryIO, TypeVar

from core.clock import Clock
from core.errors import Conflict, InvalidInput, NotFound, Unavailable
from core.services.import_preview import ListCount
from core.services.views import ImportPreview

KEPT_FOR = timedelta(hours=1)
MOST_BYTES = 200_000_000
_CHUNK = 1_048_576

Chunks = AsyncIterable[bytes] | Iterable[bytes]
T = TypeVar("T")


@dataclass(slots=True)
class StagedFile:
    """A file that waits.

    Args:
        busy: Who imports it right now.
        imported: It was imported; it is kept for who wants to see its invalid lines.
        count: What it holds, counted not long ago; None before it was.
        preview: What was told of its lines last.
    """

    id: str
    path: Path
    name: str
    size: int
    by: str
    at: datetime
    busy: str | None = None
    imported: bool = False
    count: ListCount | None = None
    preview: ImportPreview | None = None

    @property
    def expires_at(self) -> datetime:
        """When it is forgotten."""
        return self.at + KEPT_FOR


class Staging:
    """The files that wait in *directory*, which is made when it is first needed."""

    def __init__(self, directory: Path, clock: Clock) -> None:
        self._directory = directory
        self._clock = clock
        self._files: dict[str, StagedFile] = {}
        self.forget_old()

    def __repr__(self) -> str:
        return f"<Staging {len(self._files)} files in {self._directory}>"

    async def put(self, source: Path | Chunks, *, name: str, by: str) -> StagedFile:
        """Keep a file; who is interrupted leaves nothing.

        Raises:
            InvalidInput: It has more than 200 MB.
            Unavailable: The disk does not take it.
        """
        self.forget_old()
        token = token_urlsafe(18)
        path = self._directory / token
        try:
            await _on_disk(self._directory, self._directory.mkdir, 0o700, parents=True, exist_ok=True)
            with await _on_disk(self._directory, _created, path) as target:
                size = await _copy(source, target, self._directory)
        except BaseException:
            with suppress(OSError):
                path.unlink(missing_ok=True)
            raise
        staged = self._files[token] = StagedFile(token, path, name, size, by, self._clock.now())
        self._clock.call_at(self._clock.monotonic() + KEPT_FOR.total_seconds(), self.forget_old)
        return staged

    def find(self, token: str) -> StagedFile:
        """The file of this word.

        Raises:
            NotFound: It was discarded or is too old.
        """
        self.forget_old()
        staged = self._files.get(token)
        # Somebody may have made room by hand.
        if staged is None or not staged.path.exists():
            raise NotFound("The file is not kept any more, an hour is the longest; choose it again.")
        return staged

    @contextmanager
    def importing(self, token: str, who: str) -> Iterator[StagedFile]:
        """The file of this word for one import; it counts as imported when the block ends well.

        Raises:
            NotFound: It was discarded or is too old.
            Conflict: It was imported, or is being imported.
        """
        staged = self.find(token)
        if staged.busy is not None:
            raise Conflict(f'"{staged.name}" is being imported by {staged.busy} right now; wait for its end.')
        if staged.imported:
            raise Conflict(f'"{staged.name}" was imported already; choose the file again to import it once more.')
        staged.busy = who
        try:
            yield staged
            staged.imported = True
        finally:
            staged.busy = None
            self.forget_old()

    def discard(self, token: str) -> None:
        """Forget a file; one that is not there, or is being imported, is left alone."""
        staged = self._files.get(token)
        if staged is not None and staged.busy is None:
            del self._files[token]
            staged.path.unlink(missing_ok=True)

    def forget_old(self) -> None:
        """Remove what has waited for an hour, also what another process left behind."""
        now = self._clock.now()
        for staged in [each for each in self._files.values() if each.expires_at <= now]:
            self.discard(staged.id)
        oldest = (now - KEPT_FOR).timestamp()
        with suppress(OSError):
            for path in self._directory.iterdir():
                if path.name not in self._files and path.stat().st_mtime < oldest:
                    path.unlink(missing_ok=True)


async def chunks(staged: StagedFile) -> AsyncIterator[bytes]:
    """The bytes of a file, a piece at a time; the loop does not wait for the disk."""
    with await asyncio.to_thread(staged.path.open, "rb") as source:
        while piece := await asyncio.to_thread(source.read, _CHUNK):
            yield piece


def _created(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")


async def _on_disk(directory: Path, work: Callable[..., T], *args: Any, **options: Any) -> T:
    """The result of *work* in a thread.

    Raises:
        Unavailable: The disk refused.
    """
    try:
        return await asyncio.to_thread(work, *args, **options)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise Unavailable(f"{directory} cannot take the file ({why}); it has to be a directory with room") from error


async def _copy(source: Path | Chunks, target: BinaryIO, directory: Path) -> int:
    """Write all of *source*; how many bytes it has.

    Raises:
        InvalidInput: It has too many.
        Unavailable: The disk refused.
    """
    if isinstance(source, Path):
        size = (await asyncio.to_thread(source.stat)).st_size
        _check(size)
        await _on_disk(directory, _copy_file, source, target)
        return size
    size = 0
    async for piece in each(source):
        size += len(piece)
        _check(size)
        await _on_disk(directory, target.write, piece)
    await _on_disk(directory, target.flush)
    return size


def _copy_file(source: Path, target: BinaryIO) -> None:
    with source.open("rb") as opened:
        shutil.copyfileobj(opened, target, _CHUNK)
    target.flush()


def _check(size: int) -> None:
    if size > MOST_BYTES:
        raise InvalidInput("file", f"it has more than {MOST_BYTES // 1_000_000} MB; split it")


async def each(pieces: Chunks) -> AsyncIterator[bytes]:
    """The pieces of a file, however they come."""
    if isinstance(pieces, AsyncIterable):
        async for piece in pieces:
            yield piece
    else:
        for piece in pieces:
            yield piece
