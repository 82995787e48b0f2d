"""``python -m benchmarks.importing bare|ours DATABASE FILE``: one import in a process of its own.

Prints a JSON object.  ``ours`` prints one when its database is open, and waits for a line before it begins.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

from core.clock import SystemClock
from core.domain.actor import Actor, Role
from core.events import Events
from core.services.imports import Imports
from core.storage.database import open_database

_BENCH = Actor("bench", Role.ADMIN)
_NICHE = "bench"
_CHUNK = 1_048_576
_CACHE_KB = 65_536  # as ours
_INSERT = """
INSERT OR IGNORE INTO profile (username, niche_id, status, checks_total, conclusive_total, stories_total,
    detection_ppm, unknown_streak, created_at)
VALUES (?, 1, 'active', 0, 0, 0, 0, 0, '2026-01-01 00:00:00+00:00')
"""


async def _set_up(database: Path) -> None:
    async with open_database(database, clock=SystemClock()):
        pass


def bare(database: Path, file: Path) -> dict[str, float]:
    """The bare driver: one statement, one transaction, the order of the file."""
    asyncio.run(_set_up(database))
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
        connection.execute(
            "INSERT INTO niche (id, name, name_key, position, created_at) "
            "VALUES (1, 'bench', 'bench', 1, '2026-01-01 00:00:00+00:00')"
        )
        connection.commit()
        start = time.perf_counter()
        with file.open(encoding="utf-8") as lines:
            names = [(line.strip().lower(),) for line in lines]
        read = time.perf_counter()
        with connection:
            connection.executemany(_INSERT, names)
        end = time.perf_counter()
        (rows,) = connection.execute("SELECT count(*) FROM profile").fetchone()
    return {"seconds": end - start, "writing": end - read, "rows": rows}


async def ours(database: Path, file: Path) -> dict[str, float]:
    """The import that people use, in its two halves."""
    clock = SystemClock()
    async with open_database(database, clock=clock) as opened:
        imports = Imports(opened, clock, Events())
        print(json.dumps({"open": True}), flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        start = time.perf_counter()
        with file.open("rb") as source:
            read = await imports.read(_BENCH, iter(lambda: source.read(_CHUNK), b""))
        middle = time.perf_counter()
        report = await imports.write(_BENCH, read, niche=_NICHE, file_name=file.name, create_niche=True)
        end = time.perf_counter()
    return {"seconds": end - start, "writing": end - middle, "created": report.created, "lines": report.lines}


def main() -> None:
    """Do what the command line says."""
    way, database, file = sys.argv[1:]
    found = bare(Path(database), Path(file)) if way == "bare" else asyncio.run(ours(Path(database), Path(file)))
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
