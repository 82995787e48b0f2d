"""Named queries over what runs low: proxies, sessions, and what is still missing from daily targets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.storage.database import Database, sql_time

_PROXIES = """
SELECT count(*) AS n, COALESCE(sum(state = 'ready' OR (state = 'cooling' AND cooldown_until <= ?)), 0) AS good
FROM proxy WHERE enabled = 1
"""
# One that rests comes back by itself; one that is suspected may not.
_SESSIONS = """
SELECT count(*) AS n, COALESCE(sum(state IN ('valid', 'resting')), 0) AS good FROM session WHERE enabled = 1
"""
_TARGETS = """
SELECT id, name, daily_story_target FROM niche WHERE daily_story_target IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM told WHERE key = 'target:' || niche.id || ':' || ?
)
"""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of those in use are good."""

    of_all: int
    good: int


@dataclass(frozen=True, slots=True)
class OpenTarget:
    """A niche whose daily target was not told to be met."""

    niche_id: int
    name: str
    target: int


async def ready_proxies(db: Database, now: datetime) -> Share:
    """How many of the enabled proxies are ready."""
    (row,) = await db.fetch(_PROXIES, sql_time(now))
    return Share(row["n"], row["good"])


async def usable_sessions(db: Database) -> Share:
    """How many of the enabled sessions can be used, now or after a rest."""
    (row,) = await db.fetch(_SESSIONS)
    return Share(row["n"], row["good"])


async def open_targets(db: Database, day: str) -> list[OpenTarget]:
    """The niches whose target of *day*, an ISO date, was not told to be met."""
    return [OpenTarget(row["id"], row["name"], row["daily_story_target"]) for row in await db.fetch(_TARGETS, day)]
