"""How one talks to an open database: questions, and transactions in many visits to its thread or in one.

Knows neither what is stored nor how a database is opened.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Coroutine, Generator, Iterator
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar, cast

from tortoise.backends.base.client import BaseDBAsyncClient, TransactionalDBClient

from core.storage import sqlite_client
from core.storage.away import explained
from core.storage.sqlite_client import SafeSqliteClient, WriteTransaction

T = TypeVar("T")


class Row(Protocol):
    """One row of an answer."""

    def __getitem__(self, column: str, /) -> Any:
        """The value of *column*."""

    def __iter__(self) -> Iterator[Any]:
        """The values in the order of the columns."""

    def __len__(self) -> int:
        """How many columns there are."""

    def keys(self) -> list[str]:
        """The columns' names."""


class Fetching:
    """The questions that the reader and a transaction both answer."""

    def __init__(self, connection: BaseDBAsyncClient) -> None:
        self._connection = connection

    async def fetch(self, sql: str, *params: Any) -> list[Row]:
        """The rows that *sql* gives; its parameters are ``?``."""
        _, rows = await self._connection.execute_query(sql, list(params))
        return cast("list[Row]", rows)

    async def fetch_one(self, sql: str, *params: Any) -> Row | None:
        """The first row, None when there is none."""
        rows = await self.fetch(sql, *params)
        return rows[0] if rows else None

    async def fetch_value(self, sql: str, *params: Any) -> Any:
        """The first value of the first row, None when there is none."""
        row = await self.fetch_one(sql, *params)
        return None if row is None else next(iter(row))


class Transaction(Fetching):
    """What belongs together: all of it stands when the block ends, or nothing does."""

    def __init__(self, connection: WriteTransaction) -> None:
        super().__init__(connection)
        self._writer = connection

    @property
    def connection(self) -> TransactionalDBClient:
        """For Tortoise's ``using_db``."""
        return self._writer

    @property
    def committed(self) -> bool:
        """Whether it stands.  True also when the task was cancelled while it was being committed."""
        return self._writer.committed

    async def fetch(self, sql: str, *params: Any) -> list[Row]:
        """The rows that *sql* gives, with what this transaction wrote; it may write too (``RETURNING``)."""
        self._still_open()
        return await super().fetch(sql, *params)

    async def glance(self, sql: str, *params: Any) -> list[Row]:
        """The rows that *sql* gives, which somebody else may change until the first statement that is no glance."""
        return await self.fetch(sql, *params)

    async def execute(self, sql: str, *params: Any) -> int:
        """Run one statement; how many rows it changed itself, without those that went along by cascade."""
        self._still_open()
        return await self._writer.execute_counted(sql, list(params))

    def _still_open(self) -> None:
        if self._writer.ended:
            raise RuntimeError("the transaction has ended")


Work = Callable[[Transaction], Coroutine[Any, Any, T]]


class DirectTransaction(Transaction):
    """A transaction in the database's own thread, where nothing has to be waited for.

    Args:
        begin: Takes the lock, right before the first statement.
    """

    def __init__(
        self, connection: sqlite3.Connection, begin: Callable[[sqlite3.Connection], None] | None = None
    ) -> None:
        self._direct = connection
        self._begin = begin

    async def glance(self, sql: str, *params: Any) -> list[Row]:
        """The rows that *sql* gives, without the lock if it is not taken yet."""
        return self._direct.execute(sql, params).fetchall()

    async def fetch(self, sql: str, *params: Any) -> list[Row]:
        """The rows that *sql* gives."""
        self._begun()
        return self._direct.execute(sql, params).fetchall()

    async def execute(self, sql: str, *params: Any) -> int:
        """Run one statement; how many rows it changed itself."""
        self._begun()
        cursor = self._direct.execute(sql, params)
        # The driver does not count a statement that starts with WITH.
        return cursor.rowcount if cursor.rowcount >= 0 else int(self._direct.execute("SELECT changes()").fetchone()[0])

    def _begun(self) -> None:
        if self._begin is not None:
            begin, self._begin = self._begin, None
            begin(self._direct)


class Noted(Transaction):
    """Statements that are worked out now and run later, in their order; none of them may ask for an answer."""

    def __init__(self) -> None:
        self._statements: list[tuple[str, tuple[Any, ...]]] = []

    async def fetch(self, sql: str, *params: Any) -> list[Row]:
        """Refused: there is no answer yet.

        Raises:
            RuntimeError: Always.
        """
        raise RuntimeError("a statement that is run later has no answer")

    async def execute(self, sql: str, *params: Any) -> int:
        """Note one statement; 0, because it has changed nothing yet."""
        self._statements.append((sql, params))
        return 0

    async def run(self, tx: Transaction) -> None:
        """Run all of them."""
        for sql, params in self._statements:
            await tx.execute(sql, *params)


class AtOnce(Generic[T]):
    """A transaction that runs in one visit to the database's thread when it is awaited, once.

    Beside fifty exchanges in flight each answer of an ordinary transaction waits 10 to 25 ms for its turn in the
    event loop, with the write lock held.  *work* may wait for nothing but the transaction that it is given, and
    touch nothing that the loop changes meanwhile; while other processes hold the lock it may be begun again.  The
    lock is taken by its first statement, so what can be worked out before is worked out without it.

    Raises:
        Unavailable: The file is away, or another process kept it locked for 10 s.
    """

    def __init__(self, file: Path, writer: SafeSqliteClient, work: Work[T]) -> None:
        self._file = file
        self._writer = writer
        self._work = work
        # Whether it stands.  True also when the task was cancelled while it was under way.
        self.committed = False

    def __await__(self) -> Generator[Any, None, T]:
        return self._run().__await__()

    async def _run(self) -> T:
        def work(connection: sqlite3.Connection) -> T:
            return ran(self._work(DirectTransaction(connection, sqlite_client.begin)))

        def done() -> None:
            self.committed = True

        with explained(self._file):
            return await self._writer.visit(work, done)


def ran(work: Coroutine[Any, Any, T]) -> T:
    """The result of a coroutine that has nothing to wait for.

    Raises:
        RuntimeError: It waited.
    """
    try:
        work.send(None)
    except StopIteration as end:
        result: T = end.value
        return result
    work.close()
    raise RuntimeError("a transaction at once waited for something else")
