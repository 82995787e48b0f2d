"""Looks at the recorder from outside while it works: how long it holds the write lock, how soon a verdict stands.

Put around what is there for one round that is not among the timed ones.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import aiosqlite

from core.engine.backlog import Backlog
from core.engine.recorder import Recorder
from core.storage.checks import FinishedCheck
from core.storage.database import Transaction, from_sql_time


@dataclass(slots=True)
class Seen:
    """What was seen.

    Args:
        held_ms: By transaction: from the moment its lock was taken to the end of its commit, in the database's thread.
        commits: When a commit with verdicts returned, and its verdicts.
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
    """Watch every write transaction and every group commit while the block runs."""
    seen = Seen()
    execute, commit, store = aiosqlite.Connection._execute, Recorder.commit, Recorder._store
    stored: list[list[FinishedCheck]] = []

    async def timed_execute(self: aiosqlite.Connection, call: Callable[..., Any], *args: Any, **named: Any) -> Any:
        return await execute(self, _timed(call, args, seen), *args, **named)  # type: ignore[no-untyped-call]

    async def kept_store(self: Recorder, tx: Transaction, backlog: Backlog, *rest: Any) -> Any:
        stored.append(backlog.finished)
        return await store(self, tx, backlog, *rest)

    async def timed_commit(self: Recorder, *, with_health: bool = False) -> None:
        await commit(self, with_health=with_health)
        ended = datetime.now(UTC)
        seen.commits += [(ended, finished) for finished in stored]
        stored.clear()

    patched: list[tuple[Any, str, Any, Any]] = [
        (aiosqlite.Connection, "_execute", execute, timed_execute),
        (Recorder, "commit", commit, timed_commit),
        (Recorder, "_store", store, kept_store),
    ]
    for owner, name, _, ours in patched:
        setattr(owner, name, ours)
    try:
        yield seen
    finally:
        for owner, name, theirs, _ in patched:
            setattr(owner, name, theirs)


_began: dict[int, float] = {}


def _timed(call: Callable[..., Any], args: tuple[Any, ...], seen: Seen) -> Callable[..., Any]:
    """*call* with a look at the clock in the database's thread, where it begins or commits; else as it is."""
    connection = id(getattr(call, "__self__", None))
    if args and args[0] == "BEGIN IMMEDIATE":

        def begin(*given: Any) -> Any:
            cursor = call(*given)
            _began[connection] = time.perf_counter()
            return cursor

        return begin
    if getattr(call, "__name__", "") == "commit" and connection in _began:

        def commit() -> None:
            call()
            seen.held_ms.append((time.perf_counter() - _began.pop(connection)) * 1_000)

        return commit
    return call
