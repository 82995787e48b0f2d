"""Named queries over what other processes ask of whoever has the engine: tests of proxies and sessions.

A call raises no revision: the holder looks for calls at every tick, and a revision would have it read all that it
knows of the pool for each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from core.storage.database import Database, Transaction, from_sql_time, sql_time

_CREATE = """
INSERT INTO engine_call (verb, arguments, actor, created_at) SELECT ?, value, ?, ? FROM json_each(?) ORDER BY key
RETURNING id
"""
_OPEN = "SELECT id, verb, arguments, created_at FROM engine_call WHERE done_at IS NULL ORDER BY id LIMIT ?"
_DONE = """
SELECT id, result FROM engine_call
WHERE done_at IS NOT NULL AND id IN (SELECT value FROM json_each(?)) ORDER BY done_at, id
"""
_PRUNE = "DELETE FROM engine_call WHERE id IN (SELECT id FROM engine_call WHERE created_at < ? ORDER BY id LIMIT ?)"


@dataclass(frozen=True, slots=True)
class OpenCall:
    """A call that nobody has answered yet."""

    id: int
    verb: str
    arguments: dict[str, Any]
    created_at: datetime


async def create(
    tx: Transaction, verb: str, arguments: Sequence[dict[str, Any]], *, actor: str, at: datetime
) -> list[int]:
    """Ask for *verb* once for each of *arguments*; the ids in their order."""
    rows = await tx.fetch(_CREATE, verb, actor[:80], sql_time(at), orjson.dumps(list(arguments)).decode())
    return sorted(int(row["id"]) for row in rows)


async def unanswered(db: Database | Transaction, most: int) -> list[OpenCall]:
    """The oldest open calls."""
    return [
        OpenCall(row["id"], row["verb"], orjson.loads(row["arguments"]), from_sql_time(row["created_at"]))
        for row in await db.fetch(_OPEN, most)
    ]


async def finish(tx: Transaction, call_id: int, result: dict[str, Any], at: datetime) -> None:
    """Answer a call; one that was withdrawn meanwhile stays away."""
    await tx.execute(
        "UPDATE engine_call SET result = ?, done_at = ? WHERE id = ? AND done_at IS NULL",
        orjson.dumps(result).decode(),
        sql_time(at),
        call_id,
    )


async def answered(db: Database | Transaction, call_ids: Iterable[int]) -> list[tuple[int, dict[str, Any]]]:
    """Those of *call_ids* that are answered, with their results, in the order of the answers."""
    rows = await db.fetch(_DONE, orjson.dumps(list(call_ids)).decode())
    return [(row["id"], orjson.loads(row["result"])) for row in rows]


async def withdraw(tx: Transaction, call_ids: Iterable[int]) -> None:
    """Forget calls, answered or not: nobody waits for them any more."""
    await tx.execute(
        "DELETE FROM engine_call WHERE id IN (SELECT value FROM json_each(?))", orjson.dumps(list(call_ids)).decode()
    )


async def prune(tx: Transaction, before: datetime, most: int) -> int:
    """Forget up to *most* calls older than *before*, which nobody can still be waiting for; how many."""
    return await tx.execute(_PRUNE, sql_time(before), most)
