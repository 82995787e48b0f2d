"""A process of its own that opens the database and does one thing with it; run as ``python -m``, with a verb.

``write`` writes pairs of rows for ever and says after each commit how many stand; ``count`` adds to a number that
others add to as well; ``open``, ``fail`` and ``cancel`` open the file and end, each in its way.  Every one says
``ready`` first and waits for a line, so that several can begin at once.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from core.clock import FakeClock
from core.storage.database import Database, open_database

_FOLDER = Path(__file__).resolve().parents[3]
_PAIR = "INSERT INTO canary (username, asked, seen, missed_in_a_row, created_at) VALUES (?, ?, 0, 0, '2026-01-01')"
_COUNT = "UPDATE canary SET asked = ? WHERE username = 'count'"

ROUNDS = 25


class Process:
    """The process, seen from the test."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def ready(self) -> None:
        """Wait until it only waits for :meth:`begin`."""
        assert await self.said() == "ready"

    def begin(self) -> None:
        """Let it do its work."""
        assert self._process.stdin is not None
        self._process.stdin.write(b"\n")

    async def said(self) -> str:
        """Its next line; empty when there is no more."""
        assert self._process.stdout is not None
        return (await self._process.stdout.readline()).decode().rstrip("\n")

    async def killed(self) -> list[str]:
        """End it with ``kill -9``; what it had said and nobody had read."""
        assert self._process.stdout is not None
        self._process.kill()
        rest = (await self._process.stdout.read()).decode()
        await self._process.wait()
        # A line that was cut is none.
        return rest.split("\n")[:-1]

    async def ended(self) -> int:
        """Its exit code, once it has ended by itself."""
        return await self._process.wait()


@asynccontextmanager
async def running(verb: str, file: Path) -> AsyncIterator[Process]:
    """A process for the block, killed at its end if it still runs."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        f"{__package__}.process",
        verb,
        str(file),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=_FOLDER,
    )
    try:
        yield Process(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


async def _write(database: Database) -> None:
    number = int(await database.fetch_value("SELECT count(*) FROM canary")) // 2
    while True:
        number += 1
        async with database.transaction() as tx:
            await tx.execute(_PAIR, f"one{number}", number)
            await tx.execute(_PAIR, f"two{number}", number)
        _say(str(number))


async def _count(database: Database) -> None:
    for _ in range(ROUNDS):
        async with database.transaction() as tx:
            stored = await tx.fetch_value("SELECT asked FROM canary WHERE username = 'count'")
            await tx.execute(_COUNT, stored + 1)


async def _open(database: Database) -> None:
    _say(str(await database.fetch_value("SELECT count(*) FROM aerich")))


async def _fail(database: Database) -> None:
    async with database.transaction():
        raise ZeroDivisionError


async def _cancel(database: Database) -> None:
    task = asyncio.current_task()
    assert task is not None
    async with database.transaction():
        task.cancel()
        await database.fetch_value("SELECT 1")


_VERBS: dict[str, Callable[[Database], Awaitable[None]]] = {
    "write": _write,
    "count": _count,
    "open": _open,
    "fail": _fail,
    "cancel": _cancel,
}


async def _main(verb: str, file: Path) -> None:
    _say("ready")
    sys.stdin.readline()
    try:
        async with open_database(file, clock=FakeClock()) as database:
            await _VERBS[verb](database)
    except (ZeroDivisionError, asyncio.CancelledError):
        sys.exit(7)


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1], Path(sys.argv[2])))
