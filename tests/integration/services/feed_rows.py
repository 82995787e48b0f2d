"""Profiles of every kind in a real database, and what a query matches of them said in plain Python."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

from core.domain.feed import FeedQuery, SortBy, StoryState, story_state
from core.domain.verdict import Outcome, Reason
from core.services.views import FeedRow
from core.storage.database import Database, sql_time

NICHES = ("Zoo", "art", "Food", "empty")
STATES = list(StoryState)
_REASONS = {
    "live": ["ok"],
    "none": ["ok"],
    "private": ["private"],
    "gone": ["not_found", "user_null"],
    "unknown": ["timeout", "rate_limited"],
}
_COLUMNS = (
    "username",
    "niche_id",
    "status",
    "checks_total",
    "conclusive_total",
    "stories_total",
    "detection_ppm",
    "last_checked_at",
    "last_outcome",
    "last_reason",
    "last_story_at",
    "story_since",
    "story_until",
    "unknown_streak",
    "watched",
    "created_at",
)


async def fill(database: Database, count: int, seed: int = 1) -> None:
    """Make *count* profiles in the first three of four niches, with few distinct values, so that many are equal."""
    random, now = Random(seed), database.clock.now()
    rows = [_profile(random, now, number) for number in range(count)]
    async with database.transaction() as tx:
        for number, name in enumerate(NICHES, start=1):
            await tx.execute(
                "INSERT INTO niche (id, name, name_key, position, created_at) VALUES (?, ?, ?, ?, ?)",
                number,
                name,
                name.casefold(),
                number,
                sql_time(now),
            )
        for row in rows:
            values = [sql_time(row[name]) if isinstance(row[name], datetime) else row[name] for name in _COLUMNS]
            await tx.execute(
                f"INSERT INTO profile ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})", *values
            )


def _profile(random: Random, now: datetime, number: int) -> dict[str, Any]:
    name = f"{random.choice(['ba', 'bak', 'c.', 'd_'])}{number * 7_919 % 10_007}"
    row: dict[str, Any] = dict.fromkeys(_COLUMNS) | {"username": name, "niche_id": random.choice([1, 1, 1, 2, 3])}
    row |= {"status": random.choice(["active"] * 4 + ["paused", "gone"]), "unknown_streak": 0}
    row["watched"] = number % 5 == 0
    row |= dict.fromkeys(("checks_total", "conclusive_total", "stories_total", "detection_ppm"), 0)
    row["created_at"] = now - timedelta(days=40)
    outcome = random.choice([None, "live", "live", "none", "none", "private", "gone", "unknown"])
    if outcome is None:
        return row
    row["last_checked_at"] = now - random.choice([0.5, 1, 3, 24, 30, 24 * 7, 24 * 9]) * timedelta(hours=1)
    row |= {"last_outcome": outcome, "last_reason": random.choice(_REASONS[outcome])}
    row["checks_total"] = random.choice([1, 2, 2, 3, 50])
    row["conclusive_total"] = 0 if outcome == "unknown" else random.randint(1, row["checks_total"])
    row["stories_total"] = random.randint(0, row["conclusive_total"])
    if row["conclusive_total"]:
        row["detection_ppm"] = row["stories_total"] * 1_000_000 // row["conclusive_total"]
    if outcome in ("live", "unknown") and random.random() < 0.7:
        row["story_since"] = now - random.choice([1, 5, 23]) * timedelta(hours=1)
        row["story_until"] = now + random.choice([-2, 0, 1, 7]) * timedelta(hours=1)
    if outcome == "live" or random.random() < 0.3:
        row["last_story_at"] = now - random.choice([0, 1, 40]) * timedelta(hours=1)
    return row


def matches(row: FeedRow, query: FeedQuery, now: datetime) -> bool:
    """Whether the profile fulfils every condition."""
    checked = row.last_checked_at
    conditions = [
        query.niche is None or row.niche_id == query.niche,
        not query.stories or row.story in query.stories,
        not query.statuses or row.status in query.statuses,
        not query.reasons or row.last_reason in query.reasons,
        row.watched or not query.watched,
        query.prefix is not None and row.username.startswith(query.prefix),
    ]
    if query.checked is not None:
        age = query.checked.age
        conditions.append(checked is None if age is None else checked is not None and checked >= now - age)
    if query.seen_live is not None:
        low, high = query.seen_live
        conditions.append(row.conclusive_total > 0 and low <= row.detection_ppm // 10_000 <= high)
    return all(conditions)


def in_order(rows: list[FeedRow], query: FeedQuery) -> list[FeedRow]:
    """The rows as the query orders them: values, equal ones by name, absent ones behind."""
    present = [row for row in rows if _value(row, query.sort) is not None]
    absent = [row for row in rows if _value(row, query.sort) is None]
    present.sort(key=lambda row: (_value(row, query.sort), row.username), reverse=query.descending)
    absent.sort(key=lambda row: row.username, reverse=query.descending)
    return present + absent


def _value(row: FeedRow, sort: SortBy) -> Any:
    if sort is SortBy.STORY:
        return None if row.story is StoryState.NEVER else STATES.index(row.story)
    if sort is SortBy.STATUS:
        return ("active", "paused", "gone").index(row.status)
    if sort is SortBy.NICHE:
        return row.niche.casefold()
    return getattr(row, sort.value)


def state_of(row: FeedRow, now: datetime) -> StoryState:
    """The state that a row says."""
    return story_state(row.last_outcome, row.story_until, now)


__all__ = ["NICHES", "Outcome", "Reason", "fill", "in_order", "matches", "state_of"]
