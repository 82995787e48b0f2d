"""The profiles that the part ``feed`` asks about: most of them checked within the last day, in seven niches."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.imports import LETTERS
from core.storage.database import sql_time
from core.storage.upgrade import upgrade

# Parts of all profiles in each niche.
_SHARES = (0.4, 0.2, 0.15, 0.1, 0.08, 0.05, 0.02)
OUTCOMES = ("live",) * 38 + ("none",) * 55 + ("private",) * 3 + ("gone",) + ("unknown",) * 3
REASONS = {"private": "private", "gone": "not_found", "unknown": "timeout"}

_INSERT = """
INSERT INTO profile (username, niche_id, status, platform_id, is_private, checks_total, conclusive_total,
    stories_total, detection_ppm, last_checked_at, last_outcome, last_reason, last_conclusive_at, last_story_at,
    story_since, story_until, looked_at, unknown_streak, created_at)
VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)
"""


def fill(database: Path, count: int) -> dict[str, float]:
    """Make *count* profiles, most of them checked, in the order of names by niche as imports make them."""
    asyncio.run(upgrade(database))
    random, now = Random(5), datetime.now(UTC)
    names = sorted({_name(random) for _ in range(count + count // 50)})
    random.shuffle(names)
    start = time.perf_counter()
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -262144")
        at = 0
        for niche, share in enumerate(_SHARES, start=1):
            connection.execute(
                "INSERT INTO niche (id, name, name_key, position, created_at) VALUES (?, ?, ?, ?, ?)",
                (niche, f"niche {niche}", f"niche {niche}", niche, sql_time(now)),
            )
            some = sorted(names[at : at + round(count * share)])
            at += len(some)
            connection.executemany(_INSERT, _rows(random, now, niche, some))
            connection.commit()
    return {"seconds": time.perf_counter() - start}


def _name(random: Random) -> str:
    return "".join(random.choices(LETTERS, k=random.randint(6, 18)))


def _rows(random: Random, now: datetime, niche: int, names: list[str]) -> Iterator[tuple[Any, ...]]:
    """A niche was checked in the order of its names within the last day; one profile in 20 never was."""
    made, begun = sql_time(now - timedelta(days=30)), now - timedelta(hours=20 * random.random())
    for number, name in enumerate(names):
        status = "paused" if random.random() < 0.02 else "active"
        platform_id = str(random.randint(10**8, 10**11))
        if random.random() < 0.05:
            yield (name, niche, status, platform_id, 0, 0, 0, 0, *[None] * 8, made)
            continue
        checked = begun - timedelta(milliseconds=40 * number)
        outcome = random.choice(OUTCOMES)
        total = 1 + int(random.expovariate(1 / 80))
        stories = int(total * random.random() ** 2)
        since = checked - timedelta(hours=23 * random.random()) if outcome == "live" else None
        yield (
            name,
            niche,
            "gone" if outcome == "gone" else status,
            platform_id,
            total,
            total,
            stories,
            stories * 1_000_000 // total,
            sql_time(checked),
            outcome,
            REASONS.get(outcome, "ok"),
            sql_time(checked),
            sql_time(checked) if outcome == "live" else None,
            None if since is None else sql_time(since),
            None if since is None else sql_time(since + timedelta(hours=24)),
            sql_time(checked),
            made,
        )
