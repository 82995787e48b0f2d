"""Named queries of imports: slices of names into profiles, and the import's own row.

Each slice is one statement over json_each: executemany in a thread beside a busy loop was seen holding
the write lock for hundreds of milliseconds.  Names come sorted, so that a slice touches neighbouring pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import orjson

from core.domain.actor import Actor
from core.storage.database import Database, Row, Transaction, sql_time

_CREATE = """
INSERT INTO profile (username, niche_id, status, platform_id, checks_total, conclusive_total, stories_total,
    detection_ppm, unknown_streak, import_id, created_at)
SELECT key, ?, 'active', value, 0, 0, 0, 0, 0, ?, ? FROM json_each(?) WHERE true
ON CONFLICT (username) DO NOTHING
"""

_COUNT_HERE = """
SELECT count(*) AS n FROM json_each(?) AS j JOIN profile p ON p.username = j.key WHERE p.niche_id = ?
"""

_COUNT_KNOWN = """
SELECT p.niche_id, count(*) AS n FROM json_each(?) AS j JOIN profile p ON p.username = j.key GROUP BY p.niche_id
"""
_KNOWN_IN = """
SELECT p.username FROM json_each(?) AS j JOIN profile p ON p.username = j.key
WHERE p.niche_id = ? ORDER BY p.username LIMIT ?
"""

_MOVE = "UPDATE profile SET niche_id = ? WHERE niche_id != ? AND username IN (SELECT key FROM json_each(?))"

# An id that is known stays: it was looked up, or vouched for earlier.
_FILL_IDS = """
UPDATE profile SET platform_id = j.value FROM json_each(?) AS j
WHERE profile.username = j.key AND profile.platform_id IS NULL AND j.value IS NOT NULL
"""

_BEGIN = """
INSERT INTO import (niche_id, file_name, lines, created, known_here, known_elsewhere, repeated, invalid,
    created_by, created_at)
VALUES (?, ?, ?, 0, 0, 0, 0, ?, ?, ?)
RETURNING id
"""

_ADD = """
UPDATE import SET created = created + ?, known_here = known_here + ?, known_elsewhere = known_elsewhere + ?
WHERE id = ? AND undone_at IS NULL
"""

_VIEW = """
SELECT i.id, i.niche_id, n.name AS niche, i.file_name, i.lines, i.created, i.known_here, i.known_elsewhere, i.repeated,
    i.invalid, i.created_by, i.created_at, i.undone_at
FROM import i LEFT JOIN niche n ON n.id = i.niche_id
"""
_ONE = f"{_VIEW} WHERE i.id = ?"
_RECENT = f"{_VIEW} ORDER BY i.id DESC LIMIT ?"


@dataclass(frozen=True, slots=True)
class SliceCounts:
    """What became of a slice of names; *moved* is part of *known_elsewhere*."""

    created: int = 0
    known_here: int = 0
    known_elsewhere: int = 0
    moved: int = 0

    def __add__(self, other: SliceCounts) -> SliceCounts:
        return SliceCounts(
            self.created + other.created,
            self.known_here + other.known_here,
            self.known_elsewhere + other.known_elsewhere,
            self.moved + other.moved,
        )


async def write_slice(
    tx: Transaction,
    names: Mapping[str, str | None],
    *,
    niche_id: int,
    move: bool,
    at: datetime,
    import_id: int | None = None,
) -> SliceCounts:
    """Create those of *names* that are not known; known ones without an id take the one that is given.

    Args:
        names: Username to platform id, in the order of usernames.
        move: Put those known in another niche into this one.
        import_id: What creates them.
    """
    listed = orjson.dumps(names).decode()
    created = await tx.execute(_CREATE, niche_id, import_id, sql_time(at), listed)
    if created == len(names):
        return SliceCounts(created)
    here = int((await tx.fetch(_COUNT_HERE, listed, niche_id))[0]["n"]) - created
    moved = await tx.execute(_MOVE, niche_id, niche_id, listed) if move else 0
    if any(names.values()):
        await tx.execute(_FILL_IDS, listed)
    return SliceCounts(created, here, len(names) - created - here, moved)


async def count_known(db: Database, names: Mapping[str, str | None]) -> dict[int, int]:
    """How many of *names* are known, by niche."""
    return {row["niche_id"]: row["n"] for row in await db.fetch(_COUNT_KNOWN, orjson.dumps(names).decode())}


async def known_in(db: Database, names: Mapping[str, str | None], *, niche_id: int, count: int) -> list[str]:
    """Up to *count* of *names* that are in this niche, in order."""
    found = await db.fetch(_KNOWN_IN, orjson.dumps(names).decode(), niche_id, count)
    return [row["username"] for row in found]


async def begin(
    tx: Transaction,
    *,
    niche_id: int,
    file_name: str,
    lines: int,
    invalid: int,
    actor: Actor,
    at: datetime,
) -> int:
    """The import's own row, with nothing written yet; its id.

    How many names were repeated is known when all are merged: :func:`finish`.
    """
    rows = await tx.fetch(_BEGIN, niche_id, file_name[:255], lines, invalid, actor.name[:80], sql_time(at))
    return int(rows[0]["id"])


async def add(tx: Transaction, import_id: int, counts: SliceCounts) -> bool:
    """Count a slice in the transaction that wrote it; False where somebody has undone the import meanwhile."""
    return bool(await tx.execute(_ADD, counts.created, counts.known_here, counts.known_elsewhere, import_id))


async def finish(tx: Transaction, import_id: int, repeated: int) -> None:
    """Complete the row in the transaction of the last slice."""
    await tx.execute("UPDATE import SET repeated = ? WHERE id = ?", repeated, import_id)


async def one(db: Database | Transaction, import_id: int) -> Row | None:
    """The import of this id, with its niche's name."""
    return await db.fetch_one(_ONE, import_id)


async def recent(db: Database, count: int) -> list[Row]:
    """The last *count* imports, the newest first."""
    return await db.fetch(_RECENT, count)
