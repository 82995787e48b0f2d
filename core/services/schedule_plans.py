"""Whom a schedule's run checks, a portion at a time.  Writes nothing."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from core.domain.day import day_began
from core.domain.schedule import Only
from core.services.batch_plans import LONGEST_NAME, SLICE, Plan, Portion
from core.storage import schedules as rows
from core.storage.database import Database, Row
from core.storage.models import ProfileStatus
from core.storage.niches import StoredNiche


def plan_scheduled(
    database: Database, niches: Sequence[StoredNiche], *, only: Only, name: str, fresh_minutes: int, now: datetime
) -> Plan:
    """A batch of the active profiles of *niches*, one niche after the other."""
    portions = _of_niches(database, niches, only, now)
    return Plan(portions, name[:LONGEST_NAME], niches[0] if len(niches) == 1 else None, fresh_minutes)


async def short_of_target(
    database: Database, niches: Sequence[StoredNiche], now: datetime, zone: ZoneInfo
) -> list[StoredNiche]:
    """Those of *niches* that have no daily story target, or have not met it since the day began in *zone*."""
    since = day_began(now, zone)
    left: list[StoredNiche] = []
    for niche in niches:
        target = niche.daily_story_target
        if target is None or await rows.seen_live_since(database, niche.id, since) < target:
            left.append(niche)
    return left


async def _of_niches(
    database: Database, niches: Sequence[StoredNiche], only: Only, now: datetime
) -> AsyncGenerator[Portion, None]:
    skipped = 0
    for niche in niches:
        after = ""
        while True:
            page = await rows.profiles_of_niche(database, niche.id, after=after, count=SLICE, now=now)
            active = [row for row in page if row["status"] == ProfileStatus.ACTIVE]
            skipped += len(page) - len(active)
            names = [row["username"] for row in active if _is_wanted(row, only)]
            if names:
                yield Portion(names, skipped)
                skipped = 0
            if len(page) < SLICE:
                break
            after = page[-1]["username"]


def _is_wanted(row: Row, only: Only) -> bool:
    return only is Only.ALL or bool(row["live"]) == (only is Only.WITH_STORY)
