"""Looks at the recorder from outside while it works: how long it holds the write lock, how soon a verdict stands.

Put around what is there for one round that is not among the timed ones.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from core.engine.backlog import Backlog
from core.engine.recorder import Recorder
from core.storage import sqlite_client
from core.storage.checks import FinishedCheck
from core.storage.database import Transaction, from_sql_time


@dataclass(slots=True)
class Seen:
    """What was seen.

    Args:
        held_ms: By transaction: from the moment that its lock was taken to the end of its commit.
        commits: When a commit with verdicts stood, and its verdicts.
    """

    held_ms: list[float] = field(default_factory=list)
    commits: list[tuple[datetime, list[FinishedCheck]]] = field(default_factory=list)

    @property
    def durable_after_ms(self) -> list[float]:
        """By verdict: milliseconds from its answer to the end of its commit."""
        return [
            (ended - from_sql_time(check.checked_at)).total_seconds() * 1_000
            for ended, checks in self.commits
            for check in checks
        ]


@contextmanager
def watched() -> Iterator[Seen]:
    """Watch every write transaction of the engine while the block runs; all of it happens in the database's thread."""
    seen = Seen()
    store, visit, begin = Recorder._store, sqlite_client.in_transaction, sqlite_client.begin
    stored: list[list[FinishedCheck]] = []

    async def kept_store(self: Recorder, tx: Transaction, backlog: Backlog, *rest: Any) -> Any:
        stored.append(backlog.finished_checks())
        return await store(self, tx, backlog, *rest)

    began = 0.0

    def timed_begin(connection: sqlite3.Connection) -> None:
        nonlocal began
        begin(connection)
        began = time.perf_counter()

    def timed_visit(connection: sqlite3.Connection, work: Callable[..., Any], committed: Callable[[], None]) -> Any:
        def timed_end() -> None:
            seen.held_ms.append((time.perf_counter() - began) * 1_000)
            ended = datetime.now(UTC)
            seen.commits += [(ended, finished) for finished in stored]
            stored.clear()
            committed()

        return visit(connection, work, timed_end)

    patched: list[tuple[Any, str, Any, Any]] = [
        (Recorder, "_store", store, kept_store),
        (sqlite_client, "in_transaction", visit, timed_visit),
        (sqlite_client, "begin", begin, timed_begin),
    ]
    for owner, name, _, ours in patched:
        setattr(owner, name, ours)
    try:
        yield seen
    finally:
        for owner, name, theirs, _ in patched:
            setattr(owner, name, theirs)
