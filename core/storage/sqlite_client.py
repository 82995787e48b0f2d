"""The SQLite engine for Tortoise: write transactions that a cancelled task cannot leave half open.

Tortoise's own client begins deferred (``database is locked`` at once when two connections write) and keeps its lock
for ever when a task is cancelled while it begins.  This one begins immediately, sees begin, commit and rollback to
their end whatever happens to the caller, and always gives the lock back.  It knows no table and no sentence for people.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable, Coroutine
from functools import partial
from types import TracebackType
from typing import Any, TypeVar

from tortoise.backends.base.client import ConnectionWrapper, TransactionContext
from tortoise.backends.sqlite.client import SqliteClient, SqliteTransactionWrapper
from tortoise.exceptions import IntegrityError, OperationalError

from core.tasks import spawn

T = TypeVar("T")

# SQLite's own wait for a lock cannot be interrupted, so it is kept short and repeated:
# a cancelled task leaves within one wait, and the others get 10 s in all.
WAIT_MS = 200
WAITS = 50
# What a connection waits where it is rarely kept waiting: while it opens, and when it reads.
BUSY_SECONDS = 5.0
# The log is copied into the file after so many changes of rows, of which each is of a page or a few.
CHANGES_BETWEEN_CHECKPOINTS = 3_000


async def to_its_end(work: Coroutine[Any, Any, T], *, name: str) -> T:
    """The result of *work*, which runs to its end even when the caller is cancelled.

    Raises:
        CancelledError: The caller was cancelled; raised when *work* has ended, whatever its result.
    """
    task = spawn(work, name=name)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        raise cancelled
    return task.result()


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's primary result code; 0 when the driver itself raised *error*."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def begin(connection: sqlite3.Connection) -> None:
    """Take SQLite's write lock."""
    connection.execute("BEGIN IMMEDIATE")


def in_transaction(
    connection: sqlite3.Connection, work: Callable[[sqlite3.Connection], T], committed: Callable[[], None]
) -> T:
    """The result of *work*, which begins by :func:`begin`; committed, or rolled back when it fails."""
    try:
        result = work(connection)
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    committed()
    return result


def in_snapshot(connection: sqlite3.Connection, work: Callable[[sqlite3.Connection], T]) -> T:
    """The result of *work*, all of whose statements see the same commits."""
    connection.execute("BEGIN")
    try:
        return work(connection)
    finally:
        connection.rollback()


class _UnderWay(asyncio.Future[Any]):
    """What the connection's thread was given and nobody can take back.

    A task that is cancelled while it waits for it is so when it has ended.  The same could be had by a task that is
    waited for, which takes the loop three times as many rounds; beside fifty exchanges a round takes some 10 ms.
    """

    def cancel(self, msg: Any | None = None) -> bool:
        return False


class WriteTransaction(SqliteTransactionWrapper):
    """The writer's connection while one transaction has it."""

    committed = False

    @property
    def ended(self) -> bool:
        """Whether it was committed or rolled back."""
        return self._finalized

    async def begin(self) -> None:
        """Take SQLite's write lock, waiting for other processes.

        Raises:
            OperationalError: They kept it for 10 s.
        """
        for left in reversed(range(WAITS)):
            try:
                await to_its_end(self._begin(), name="sqlite begin")
            except sqlite3.OperationalError as error:
                if primary_code(error) == sqlite3.SQLITE_BUSY and left:
                    continue
                raise OperationalError(error) from error
            return

    async def commit(self) -> None:
        """Make it stand; a caller cancelled meanwhile learns from :attr:`committed` that it does."""
        try:
            await to_its_end(self._commit(), name="sqlite commit")
        except sqlite3.OperationalError as error:
            raise OperationalError(error) from error

    async def rollback(self) -> None:
        """Undo it; harmless when nothing has begun."""
        self._finalized = True
        await to_its_end(self._connection.rollback(), name="sqlite rollback")

    async def execute_counted(self, query: str, values: list[Any]) -> int:
        """Run one statement; the rows it changed itself, without those of cascades."""
        try:
            async with self.acquire_connection() as connection:
                cursor = await connection.execute(query, values)
                try:
                    if cursor.rowcount >= 0:
                        return int(cursor.rowcount)
                finally:
                    await cursor.close()
                # The driver does not count a statement that starts with WITH.
                return int((await connection.execute_fetchall("SELECT changes()"))[0][0])
        except sqlite3.OperationalError as error:
            raise OperationalError(error) from error
        except sqlite3.IntegrityError as error:
            raise IntegrityError(error) from error

    async def _begin(self) -> None:
        await (await self._connection.execute("BEGIN IMMEDIATE")).close()

    async def _commit(self) -> None:
        await self._connection.commit()
        self.committed = self._finalized = True


class WriteBlock(TransactionContext):
    """``async with``: the writer's lock and a transaction on it, in order of arrival."""

    def __init__(self, client: SafeSqliteClient) -> None:
        self._client = client
        self._transaction: WriteTransaction | None = None

    async def __aenter__(self) -> WriteTransaction:
        await self._client.take()
        try:
            self._transaction = WriteTransaction(self._client)
            await self._transaction.begin()
        except BaseException:
            await self._undo()
            raise
        return self._transaction

    async def __aexit__(
        self, exc_type: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        transaction = self._transaction
        assert transaction is not None
        if exc_type is not None or transaction.ended:
            await self._undo()
            return
        try:
            await transaction.commit()
            await self._client.checkpoint()
        finally:
            await self._undo()

    async def _undo(self) -> None:
        """Roll back what is still open, and give the lock back in every case."""
        try:
            if self._transaction is not None and not self._transaction.committed:
                # Not only when a transaction is known to be open: the thread may still be about to begin it,
                # and takes the rollback after that.  A connection that was closed has none.
                with contextlib.suppress(ValueError):
                    await self._transaction.rollback()
        finally:
            self._client.give_back()


class SafeSqliteClient(SqliteClient):
    """One connection whose transactions are :class:`WriteBlock`s."""

    def __init__(self, file_path: str, **kwargs: Any) -> None:
        super().__init__(file_path, **kwargs)
        self._changes = 0
        self._holder: asyncio.Task[Any] | None = None
        # Those that wait for the lock, and the visits that have it together.
        self._waiting = 0
        self._visits = 0
        self._closed = False

    async def connect(self) -> None:
        """Open the file; a connection that opens while the caller is cancelled is kept, for :meth:`close`."""
        await to_its_end(self.create_connection(with_db=True), name="sqlite connect")

    async def opened(self) -> None:
        """Open the file unless it is open."""
        self._still_open()
        if self._connection is None:
            await self.connect()

    async def close(self) -> None:
        """Close the file for good; what is not committed is rolled back."""
        self._closed = True
        await to_its_end(super().close(), name="sqlite close")

    def write(self) -> WriteBlock:
        """A transaction for one ``async with``."""
        return WriteBlock(self)

    def _in_transaction(self) -> WriteBlock:
        return WriteBlock(self)

    def acquire_connection(self) -> ConnectionWrapper[Any]:
        """The connection for one statement."""
        self._still_open()
        return super().acquire_connection()

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        """Run *query* for each of *values*, all or none."""
        async with self.write() as transaction:
            await transaction.execute_many(query, values)

    async def visit(self, work: Callable[[sqlite3.Connection], T], committed: Callable[[], None]) -> T:
        """*work*, which begins, and commit in one visit to the connection's thread; its result.

        It runs to its end when the caller is cancelled.  An ordinary transaction visits the thread for every
        statement, and each answer waits for its turn in the loop while the lock is held.

        Visits follow each other in the thread, without waiting for the loop in between.

        Args:
            committed: Called in the thread once it stands.

        Raises:
            OperationalError: Other processes kept the lock for 10 s.
        """

        def whole(connection: sqlite3.Connection) -> T:
            result = in_transaction(connection, work, committed)
            self._checkpoint(connection)
            return result

        await self._join()
        try:
            for left in reversed(range(WAITS)):
                try:
                    return await self._in_thread(whole)
                except sqlite3.OperationalError as error:
                    if primary_code(error) != sqlite3.SQLITE_BUSY or not left:
                        raise OperationalError(error) from error
            raise AssertionError("the last try returns or raises")
        finally:
            self._leave()

    async def _in_thread(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """The result of *work*, which runs to its end even when the caller is cancelled."""
        self._still_open()
        connection = self._connection
        assert connection is not None, "it was taken"
        under_way = _UnderWay()
        # The driver has no public way to do more than one thing in its thread.
        connection._tx.put_nowait((under_way, partial(work, connection._conn)))  # noqa: SLF001
        try:
            result: T = await under_way
        except asyncio.CancelledError:
            if under_way.done():
                # Asked for, because what nobody asks for is complained of.
                under_way.exception()
            raise
        return result

    async def checkpoint(self) -> None:
        """Copy the log into the file if it is time to; for who has just committed and still has the connection."""
        if self._connection is not None and self._is_long(self._connection.total_changes):
            await self._in_thread(self._checkpoint)

    def _is_long(self, changes: int) -> bool:
        """Whether the log is so long that it has to be copied, after so many *changes* in all."""
        return changes - self._changes >= CHANGES_BETWEEN_CHECKPOINTS

    def _checkpoint(self, connection: sqlite3.Connection) -> None:
        """Do what SQLite would do within a commit, where everybody who waits for that would wait for the disk too."""
        if not self._is_long(connection.total_changes):
            return
        self._changes = connection.total_changes
        # What cannot be copied now stays in the log, which is as good.
        with contextlib.suppress(sqlite3.Error):
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    async def look(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """The result of *work*, which only reads, in one visit to the connection's thread and of one moment."""
        self._still_open()
        connection = self._connection
        assert connection is not None, "it was opened"
        looking = connection._execute(in_snapshot, connection._conn, work)  # type: ignore[no-untyped-call]  # noqa: SLF001
        result: T = await looking
        return result

    async def take(self) -> None:
        """Wait for the connection's lock and hold it.

        Raises:
            RuntimeError: The task that asks holds it already and would wait for itself, or the file is closed.
        """
        if self._holder is not None and self._holder is asyncio.current_task():
            raise RuntimeError("a transaction inside a transaction: pass the outer one on instead")
        self._waiting += 1
        try:
            await self._lock.acquire()
        finally:
            self._waiting -= 1
        self._holder = asyncio.current_task()
        try:
            self._still_open()
            if self._connection is None:
                await self.connect()
        except BaseException:
            self.give_back()
            raise

    def give_back(self) -> None:
        """Let the next one have the connection."""
        self._holder = None
        self._lock.release()

    async def _join(self) -> None:
        """Take the connection beside the visits that have it, unless somebody waits for these to be over."""
        if self._visits and not self._waiting:
            self._still_open()
        else:
            await self.take()
            # No task's own: the one that came first may be gone, and back, before the last one is.
            self._holder = None
        self._visits += 1

    def _leave(self) -> None:
        self._visits -= 1
        if not self._visits:
            self.give_back()

    def _still_open(self) -> None:
        # Tortoise would open the file again, and the thread of that connection would keep the process from ending.
        if self._closed:
            raise RuntimeError("the database is closed")


client_class = SafeSqliteClient
