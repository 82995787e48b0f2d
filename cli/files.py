"""Files that people name: read in pieces without holding anything up, written whole or not at all."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import contextmanager, suppress
from io import FileIO
from pathlib import Path
from typing import TextIO, TypeVar

from core.domain.text_file import text_of
from core.errors import InvalidInput

STANDARD_INPUT = "-"

_PIECE = 262_144
# A list of proxies or cookies is read as a whole; a hundred thousand of either stay far below this.
_LARGEST_TEXT = 64_000_000

T = TypeVar("T")


async def pieces(file: str) -> AsyncGenerator[bytes, None]:
    """The bytes of *file*, or of standard input for ``-``, a quarter of a megabyte at a time.

    Raises:
        InvalidInput: It cannot be read.
    """
    with _readable(file):
        opened = await _in_thread(lambda: _opened(file))
        try:
            while piece := await _in_thread(lambda: opened.read(_PIECE)):
                yield piece
        finally:
            opened.close()


async def text(file: str) -> str:
    """The text of a small *file*, or of standard input for ``-``.

    Raises:
        InvalidInput: It cannot be read, is no text, or is larger than 64 MB.
    """
    data = bytearray()
    async for piece in pieces(file):
        data += piece
        if len(data) > _LARGEST_TEXT:
            raise InvalidInput("file", f"{shown(file)} is larger than 64 MB; split it")
    return await _in_thread(lambda: text_of(bytes(data)))


def shown(file: str) -> str:
    """*file* as a sentence calls it."""
    return "standard input" if file == STANDARD_INPUT else file


class NewFile:
    """A file that is being written beside its place and put there by :meth:`keep`."""

    def __init__(self, path: Path, stream: TextIO, draft: Path) -> None:
        self.stream = stream
        self._path = path
        self._draft = draft

    def keep(self) -> None:
        """Put the file in its place, over what was there."""
        self.stream.flush()
        os.fsync(self.stream.fileno())
        self._draft.replace(self._path)


@contextmanager
def new_file(name: str, field: str) -> Iterator[NewFile]:
    """A file to write; what was there stays until it is kept, and nothing is left behind if it is not.

    Args:
        field: The option that named it.

    Raises:
        InvalidInput: It cannot be written there.
    """
    path = Path(name)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    if path.is_dir():
        raise InvalidInput(field, f"{name} is a directory; name a file")
    try:
        stream = draft.open("x", encoding="utf-8", newline="")
    except OSError as error:
        raise InvalidInput(field, f"{name} cannot be written ({_why(error)}); name another file") from None
    try:
        with stream:
            yield NewFile(path, stream, draft)
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()


def _opened(file: str) -> FileIO:
    # Raw, not buffered: a reader that still waits when the process ends would hold a buffer's lock.
    return FileIO(0, closefd=False) if file == STANDARD_INPUT else FileIO(file)


@contextmanager
def _readable(file: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        fix = "check its name" if isinstance(error, FileNotFoundError) else "name a file that can be read"
        raise InvalidInput("file", f"{shown(file)} cannot be read ({_why(error)}); {fix}") from None


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


async def _in_thread(work: Callable[[], T]) -> T:
    """The result of *work*, done in a thread that the end of the process does not wait for.

    The loop's own pool would: a person who presses Ctrl-C while standard input is open would have to
    press Ctrl-D as well.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, error: BaseException | None) -> None:
        if done.cancelled():
            return
        if error is not None:
            done.set_exception(error)
        else:
            done.set_result(result)  # type: ignore[arg-type]  # without an error it is the result

    def run() -> None:
        result, error = None, None
        try:
            result = work()
        except Exception as failure:  # noqa: BLE001  # raised again where the result is awaited
            error = failure
        with suppress(RuntimeError):  # the loop has ended; nobody waits any more
            loop.call_soon_threadsafe(settle, result, error)

    threading.Thread(target=run, daemon=True, name="read a file").start()
    return await done
