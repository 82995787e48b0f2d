"""Named queries over the one row that says who holds the engine, and over the revision it follows.

Every write that the engine must see raises the revision in its own transaction, so that whoever reads
the new revision reads the change as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from core.storage.database import Database, Transaction, from_sql_time, sql_time

_ROW = 1
NOTHING: Mapping[str, Any] = {}

_RAISE = """
INSERT INTO engine_state (id, revision, pool_revision, snapshot) VALUES (?, 1, ?, '{}')
ON CONFLICT (id) DO UPDATE SET revision = engine_state.revision + 1,
    pool_revision = engine_state.pool_revision + excluded.pool_revision
"""

_TAKE = """
INSERT INTO engine_state (id, holder, pid, heartbeat, revision, snapshot, sandbox_url) VALUES (?, ?, ?, ?, 1, ?, ?)
ON CONFLICT (id) DO UPDATE SET holder = excluded.holder, pid = excluded.pid, heartbeat = excluded.heartbeat,
    revision = engine_state.revision + 1, snapshot = excluded.snapshot,
    sandbox_url = COALESCE(excluded.sandbox_url, engine_state.sandbox_url)
"""

_BEAT = "UPDATE engine_state SET heartbeat = ?, snapshot = ? WHERE id = ? AND holder = ?"
_LET_GO = (
    "UPDATE engine_state SET holder = NULL, pid = NULL, heartbeat = NULL, snapshot = ? WHERE id = ? AND holder = ?"
)


@dataclass(frozen=True, slots=True)
class StoredEngineState:
    """The row.

    Args:
        heartbeat: When the holder last said that it lives; None while nobody holds the engine.
        snapshot: What the holder said of itself then.
        sandbox_url: Where the pretend platform was when it last ran.
    """

    holder: str | None
    pid: int | None
    heartbeat: datetime | None
    revision: int
    snapshot: dict[str, Any]
    sandbox_url: str | None


NOBODY = StoredEngineState(None, None, None, 0, {}, None)


async def raise_revision(tx: Transaction, *, pool: bool = True) -> None:
    """Tell the engine that something changed which it must look at.

    Args:
        pool: False: limits, proxies, sessions and canaries are as they were.
    """
    await tx.execute(_RAISE, _ROW, int(pool))


async def pool_revision(db: Database | Transaction) -> int:
    """How often limits, proxies, sessions or canaries changed; 0 on a fresh database."""
    rows = await db.fetch("SELECT pool_revision FROM engine_state WHERE id = ?", _ROW)
    return int(rows[0]["pool_revision"]) if rows else 0


async def revision(db: Database | Transaction) -> int:
    """How often something changed that the engine must look at; 0 on a fresh database."""
    rows = await db.fetch("SELECT revision FROM engine_state WHERE id = ?", _ROW)
    return int(rows[0]["revision"]) if rows else 0


async def read(db: Database | Transaction) -> StoredEngineState:
    """The row as it is committed."""
    rows = await db.fetch(
        "SELECT holder, pid, heartbeat, revision, snapshot, sandbox_url FROM engine_state WHERE id = ?", _ROW
    )
    if not rows:
        return NOBODY
    row = rows[0]
    return StoredEngineState(
        row["holder"],
        row["pid"],
        None if row["heartbeat"] is None else from_sql_time(row["heartbeat"]),
        row["revision"],
        orjson.loads(row["snapshot"]),
        row["sandbox_url"],
    )


async def take(
    tx: Transaction,
    *,
    holder: str,
    pid: int,
    at: datetime,
    sandbox_url: str | None,
    snapshot: Mapping[str, Any] = NOTHING,
) -> None:
    """Write who holds the engine from now on; the lock beside the database is what gives the right to.

    Args:
        snapshot: What the next holder has to know if this one dies before it says how it is.
    """
    told = orjson.dumps(dict(snapshot)).decode()
    await tx.execute(_TAKE, _ROW, holder, pid, sql_time(at), told, sandbox_url)


async def beat(tx: Transaction, *, holder: str, at: datetime, snapshot: dict[str, Any]) -> None:
    """Say that the holder lives, and how it is."""
    await tx.execute(_BEAT, sql_time(at), orjson.dumps(snapshot).decode(), _ROW, holder)


async def let_go(tx: Transaction, *, holder: str, snapshot: Mapping[str, Any] = NOTHING) -> None:
    """Nobody holds the engine any more, unless somebody else has taken it already.

    Args:
        snapshot: What the next holder has to know.
    """
    await tx.execute(_LET_GO, orjson.dumps(dict(snapshot)).decode(), _ROW, holder)
