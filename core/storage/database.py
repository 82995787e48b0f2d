"""The database: one writer whose transactions queue in order, readers beside it, closed whatever happens.

Here is how to open it and talk to it; the statements themselves are the other files of this package.
Writes are only possible inside :meth:`Database.transaction`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from contextvars import Context
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import orjson
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.context import TortoiseContext, get_current_context

from core.clock import Clock
from core.storage.away import explained, reachable
from core.storage.counting import TRIGGERS
from core.storage.migrations import APP
from core.storage.sqlite_client import BUSY_SECONDS, WAIT_MS, SafeSqliteClient, to_its_end
from core.storage.transactions import AtOnce, DirectTransaction, Fetching, Row, Transaction, Work, ran
from core.storage.upgrade import upgrade

__all__ = ["Database", "Row", "Transaction", "from_sql_time", "open_database", "sql_time", "sql_times"]

# Named by dialect: Tortoise keeps the SQL it built by the connection's name.
_WRITER = "sqlite"
_READER = "sqlite_reader"
# For questions that look at everything.  Three, because people wait for a page and its total together, while numbers
# that stand beside them are counted.
_SCANNERS = ("sqlite_scanner_1", "sqlite_scanner_2", "sqlite_scanner_3")

_ENGINE = "core.storage.sqlite_client"
_WRITER_PRAGMAS = {
    # A verdict survives the death of the process; loss of power may cost the last commits, whole.
    "synchronous": "NORMAL",
    # The default of 2 MB makes an import nearly twice as slow.
    "cache_size": -65_536,
    "temp_store": "MEMORY",
    # The log is cut to this after a checkpoint; cutting it to nothing each time costs more than the room.
    "journal_size_limit": 67_108_864,
    # The writer does it itself, once it has given back its lock; this is for what is so large that it cannot wait.
    "wal_autocheckpoint": 16_000,
    # Last, so that opening itself waits as long as the driver does.
    "busy_timeout": WAIT_MS,
}
_READER_PRAGMAS = {
    "cache_size": -16_384,
    "temp_store": "MEMORY",
    "journal_size_limit": 67_108_864,
    "busy_timeout": int(BUSY_SECONDS * 1_000),
    "query_only": 1,
}
# A scan reads a hundred megabytes and each page of them once: a cache that stays in the processor's own saves a fifth
# of the time.  A map of the file saves more, but only until somebody writes: SQLite then lets go of it, and to map
# each page anew takes half as long again as to copy it.
_SCANNER_PRAGMAS = {**_READER_PRAGMAS, "cache_size": -2_048}


T = TypeVar("T")


class Database(Fetching):
    """An open database: reads see what is committed, writes happen in transactions."""

    def __init__(
        self,
        file: Path,
        clock: Clock,
        writer: SafeSqliteClient,
        reader: SafeSqliteClient,
        scanners: Sequence[SafeSqliteClient],
    ) -> None:
        super().__init__(reader)
        self.file = file
        self.clock = clock
        self._writer = writer
        self._reader = reader
        self._idle = list(scanners)
        self._idle_scanners = asyncio.Semaphore(len(scanners))

    def __repr__(self) -> str:
        return f"<Database {self.file}>"

    @property
    def reader(self) -> BaseDBAsyncClient:
        """For Tortoise's ``using_db``; it refuses to write."""
        return self._connection

    async def fetch(self, sql: str, *params: Any) -> list[Row]:
        """The rows that *sql* gives as of the last commit, whatever the writer is doing.

        Raises:
            Unavailable: The file is away.
        """
        with explained(self.file):
            return await super().fetch(sql, *params)

    async def scan(self, sql: str, *params: Any) -> list[Row]:
        """The rows that *sql* gives as of the last commit, for a question that looks at a great many others first.

        It has a connection of its own, opened when it is first needed, so that short questions do not wait behind it.

        Raises:
            Unavailable: The file is away.
        """
        with explained(self.file):
            async with self._idle_scanners:
                scanner = self._idle.pop()
                try:
                    await scanner.opened()
                    return await Fetching(scanner).fetch(sql, *params)
                finally:
                    self._idle.append(scanner)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """The one writer, for this block; those who ask meanwhile get it in order.

        Commits when the block ends and rolls back when it raises or is cancelled.  A commit that has begun ends even
        when the task is cancelled, which :attr:`Transaction.committed` tells.  Tasks started in the block do not
        belong to it.

        Raises:
            Unavailable: The file is away, or another process kept it locked for 10 s.
            RuntimeError: This task is in a transaction already.
        """
        with explained(self.file):
            async with self._writer.write() as connection:
                yield Transaction(connection)

    async def look(self, work: Work[T]) -> T:
        """*work*, which only reads, in one visit to the reader's thread: all of it as of one commit.

        It may wait for nothing but what it reads, and touch nothing that the loop changes meanwhile.

        Raises:
            Unavailable: The file is away.
        """
        with explained(self.file):
            return await self._reader.look(lambda connection: ran(work(DirectTransaction(connection))))

    def at_once(self, work: Work[T]) -> AtOnce[T]:
        """*work* in a transaction of its own that never waits for the event loop; await it."""
        return AtOnce(self.file, self._writer, work)


@asynccontextmanager
async def open_database(file: Path, *, clock: Clock) -> AsyncIterator[Database]:
    """Open *file*, upgraded where needed and created where it does not exist; closed when the block ends.

    Several may be open at once; models used without ``using_db`` mean the one opened first, and only read.

    Raises:
        ConfigError: The file is no database, belongs to another program, or was written by a newer version.
        Unavailable: The file cannot be read, written or upgraded, or is locked.
    """
    await upgrade(file)
    context = TortoiseContext()
    try:
        with reachable(file):
            await _initialise(context, file)
            writer, reader, *scanners = (_client(context, name) for name in (_WRITER, _READER, *_SCANNERS))
            await writer.connect()
            await writer.execute_script(TRIGGERS)
            await reader.connect()
        yield Database(file, clock, writer, reader, scanners)
    finally:
        await to_its_end(context.close_connections(), name="database close")


async def _initialise(context: TortoiseContext, file: Path) -> None:
    config = {
        "connections": {
            name: {"engine": _ENGINE, "credentials": {"file_path": str(file), **pragmas}}
            for name, pragmas in (
                (_WRITER, _WRITER_PRAGMAS),
                (_READER, _READER_PRAGMAS),
                *((scanner, _SCANNER_PRAGMAS) for scanner in _SCANNERS),
            )
        },
        # The reader, so that a model saved outside a transaction is refused and not written beside the queue.
        "apps": {APP: {"models": ["core.storage.models"], "default_connection": _READER}},
    }
    # Only the first one may be what tasks with an empty context fall back to.
    nobody_else = Context().run(get_current_context) is None
    # Entered for this step alone: a block may end in another task than it began in.
    with context:
        await context.init(config=config, _enable_global_fallback=nobody_else)


def _client(context: TortoiseContext, name: str) -> SafeSqliteClient:
    client = context.db(name)
    assert isinstance(client, SafeSqliteClient)
    return client


def sql_time(moment: datetime) -> str:
    """*moment* as the text that a time column holds: UTC, sorted as text as it is in time.

    Raises:
        ValueError: It has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone: {moment}")
    return (moment if moment.tzinfo is UTC else moment.astimezone(UTC)).isoformat(" ")


def sql_times(moments: Iterable[datetime | None]) -> list[str | None]:
    """:func:`sql_time` of many at once, in a quarter of the time; None stays None.

    Raises:
        ValueError: One has no time zone.
    """
    asked = list(moments)
    if not all(moment is None or moment.tzinfo is UTC for moment in asked):
        return [None if moment is None else sql_time(moment) for moment in asked]
    # Numbers and signs, but for the T between a date and a time of day, and for null.
    told: list[str | None] = orjson.loads(orjson.dumps(asked).replace(b"T", b" "))
    return told


def from_sql_time(text: str) -> datetime:
    """The moment, aware, in UTC, that *text* of a time column means."""
    return datetime.fromisoformat(text)
