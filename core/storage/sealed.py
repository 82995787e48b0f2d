"""Named queries over everything that is sealed with the deployment's key, for the day on which the key changes.

Whatever is sealed one day has to be listed here; a test plants it and looks.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import orjson

from core.storage.database import Transaction

# Table and column.
SEALED = (("proxy", "password"), ("session", "cookies"), ("alert_target", "address"))
# Last, so that it tells of all others.
_PROOF = ("deployment", "key_proof")

Reseal = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Slice:
    """What became of some rows.

    Args:
        last: The highest id among them; None when there were none any more.
    """

    last: int | None
    resealed: int


async def reseal_some(tx: Transaction, place: tuple[str, str], reseal: Reseal, *, after: int, count: int) -> Slice:
    """Put up to *count* sealed values of *place* with ids above *after* through *reseal*, and store what it changed."""
    table, column = place
    rows = await tx.fetch(
        f"SELECT id, {column} AS token FROM {table} WHERE id > ? AND {column} IS NOT NULL ORDER BY id LIMIT ?",  # noqa: S608  # names from the constant above
        after,
        count,
    )
    changed = [[row["id"], token] for row in rows if (token := reseal(row["token"])) is not None]
    if changed:
        await tx.execute(
            f"UPDATE {table} SET {column} = json_extract(j.value, '$[1]') FROM json_each(?) AS j"  # noqa: S608
            f" WHERE {table}.id = json_extract(j.value, '$[0]')",
            orjson.dumps(changed).decode(),
        )
    return Slice(rows[-1]["id"] if rows else None, len(changed))


async def reseal_proof(tx: Transaction, reseal: Reseal) -> None:
    """Put what proves the key through *reseal*; when everything else has been."""
    await reseal_some(tx, _PROOF, reseal, after=-1, count=1)


def proof_in(file: Path) -> str | None:
    """What proves the key of another database; None where *file* is none of ours.  Blocks."""
    uri = f"{file.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            row = connection.execute("SELECT key_proof FROM deployment").fetchone()
    except sqlite3.Error:
        return None
    return None if row is None else str(row[0])
