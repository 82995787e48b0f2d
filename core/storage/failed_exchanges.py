"""Named queries over exchanges by hour and proxy that look for what fails.

A failed exchange is one that failed through no profile's fault.  Every answer has few rows, however many proxies there
are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson

from core.domain.failure import THROTTLES
from core.domain.response_times import BOUNDS
from core.domain.verdict import Blame, Reason
from core.storage.database import Database, from_sql_time, sql_time

# Of those that a reason hit, so many are named.
NAMED = 3

_TIMES = (*(f"upto_{bound}" for bound in BOUNDS), "beyond")
_FAILED = f"reason <> '{Reason.OK.value}' AND blame <> '{Blame.PROFILE.value}'"
_THROTTLED = ", ".join(f"'{reason.value}'" for reason in sorted(THROTTLES))

_BY_REASON = f"""
SELECT reason, sum(count) AS times, max(hour) AS last_hour, max(last_at) AS last_at,
    count(DISTINCT proxy_id) AS proxies,
    sum(CASE WHEN blame = '{Blame.PLATFORM.value}' THEN count ELSE 0 END) AS platform
FROM hourly_stat WHERE hour >= ? AND {_FAILED} GROUP BY reason HAVING sum(count) > 0 ORDER BY times DESC, reason
"""  # noqa: S608  # put together from constants

_MOST_HIT = f"""
SELECT reason, proxy_id FROM (
    SELECT reason, proxy_id, row_number() OVER (PARTITION BY reason ORDER BY sum(count) DESC, proxy_id) AS place
    FROM hourly_stat WHERE hour >= ? AND {_FAILED} GROUP BY reason, proxy_id HAVING sum(count) > 0
) WHERE place <= ? ORDER BY reason, place
"""  # noqa: S608  # put together from constants

_WORST = f"""
SELECT proxy_id, sum(count) AS total, count(*) OVER () AS failing, sum(sum(count)) OVER () AS all_of_them
FROM hourly_stat WHERE hour >= ?1 AND {_FAILED} AND (?2 IS NULL OR reason = ?2)
GROUP BY proxy_id HAVING sum(count) > 0 ORDER BY total DESC, proxy_id LIMIT ?3
"""  # noqa: S608  # put together from constants

_CELLS = f"""
SELECT proxy_id, hour, sum(count) AS count FROM hourly_stat
WHERE hour >= ?1 AND {_FAILED} AND (?2 IS NULL OR reason = ?2) AND proxy_id IN (SELECT value FROM json_each(?3))
GROUP BY proxy_id, hour
"""  # noqa: S608  # put together from constants

_IN_USE = "SELECT count(DISTINCT proxy_id) AS proxies FROM hourly_stat WHERE hour >= ? AND count > 0"

_PERFORMANCE = f"""
SELECT proxy_id, sum(count) AS exchanges, sum(CASE WHEN {_FAILED} THEN count ELSE 0 END) AS failures,
    sum(CASE WHEN {_FAILED} AND blame = '{Blame.PROXY.value}' THEN count ELSE 0 END) AS own,
    sum(CASE WHEN reason IN ({_THROTTLED}) THEN count ELSE 0 END) AS rate_limited,
    {", ".join(f"sum({name}) AS {name}" for name in _TIMES)}
FROM hourly_stat WHERE hour >= ? GROUP BY proxy_id ORDER BY failures DESC, exchanges DESC, proxy_id LIMIT ?
"""  # noqa: S608  # put together from constants

_MOST_FREQUENT = f"""
SELECT proxy_id, reason FROM (
    SELECT proxy_id, reason, row_number() OVER (PARTITION BY proxy_id ORDER BY sum(count) DESC, reason) AS place
    FROM hourly_stat WHERE hour >= ?1 AND {_FAILED} AND proxy_id IN (SELECT value FROM json_each(?2))
    GROUP BY proxy_id, reason HAVING sum(count) > 0
) WHERE place = 1
"""  # noqa: S608  # put together from constants


@dataclass(frozen=True, slots=True)
class FailedFor:
    """Exchanges that failed for one reason.

    Args:
        last_hour: The beginning of the last hour in which one did.
        last_at: When the last one did; None where nobody noted it.
        proxies: Over so many they failed.
        platform: Those of them that are the platform's fault.
    """

    reason: str
    times: int
    last_hour: datetime
    last_at: datetime | None
    proxies: int
    platform: int


@dataclass(frozen=True, slots=True)
class Worst:
    """The proxies with the most failed exchanges.

    Args:
        totals: By id, the most first.
        failing: Proxies with any.
        total: Over all of them.
    """

    totals: dict[int, int]
    failing: int
    total: int


@dataclass(frozen=True, slots=True)
class Performed:
    """The exchanges of one proxy.

    Args:
        own: Failures that are the proxy's.
        times: Answers by bucket.
    """

    proxy_id: int
    exchanges: int
    failures: int
    own: int
    rate_limited: int
    times: tuple[int, ...]


async def by_reason(db: Database, since: datetime) -> list[FailedFor]:
    """What failed in the hours that began at *since* or later; the most frequent reason first."""
    return [
        FailedFor(
            row["reason"],
            int(row["times"]),
            from_sql_time(row["last_hour"]),
            None if row["last_at"] is None else from_sql_time(row["last_at"]),
            row["proxies"],
            int(row["platform"]),
        )
        for row in await db.scan(_BY_REASON, sql_time(since))
    ]


async def most_hit(db: Database, since: datetime) -> dict[str, list[int]]:
    """By reason, the few proxies that it hit most."""
    hit: dict[str, list[int]] = {}
    for row in await db.scan(_MOST_HIT, sql_time(since), NAMED):
        hit.setdefault(row["reason"], []).append(row["proxy_id"])
    return hit


async def in_use(db: Database, since: datetime) -> int:
    """Over how many proxies anything was asked."""
    return int((await db.scan(_IN_USE, sql_time(since)))[0]["proxies"])


async def worst(db: Database, since: datetime, reason: str | None, count: int) -> Worst:
    """The *count* proxies over which most failed, for one reason or for all."""
    rows = await db.scan(_WORST, sql_time(since), reason, count)
    totals = {row["proxy_id"]: int(row["total"]) for row in rows}
    return Worst(totals, rows[0]["failing"], int(rows[0]["all_of_them"])) if rows else Worst(totals, 0, 0)


async def cells(
    db: Database, since: datetime, reason: str | None, proxies: Sequence[int]
) -> dict[tuple[int, datetime], int]:
    """Failed exchanges of *proxies* by proxy and hour."""
    rows = await db.scan(_CELLS, sql_time(since), reason, orjson.dumps(list(proxies)).decode())
    return {(row["proxy_id"], from_sql_time(row["hour"])): int(row["count"]) for row in rows}


async def performance(db: Database, since: datetime, count: int) -> list[Performed]:
    """How *count* proxies did, those with the most failures first."""
    return [
        Performed(
            row["proxy_id"],
            int(row["exchanges"]),
            int(row["failures"]),
            int(row["own"]),
            int(row["rate_limited"]),
            tuple(int(row[name]) for name in _TIMES),
        )
        for row in await db.scan(_PERFORMANCE, sql_time(since), count)
    ]


async def most_frequent(db: Database, since: datetime, proxies: Sequence[int]) -> dict[int, str]:
    """By proxy, what it failed for most often; those that never failed are left out."""
    rows = await db.scan(_MOST_FREQUENT, sql_time(since), orjson.dumps(list(proxies)).decode())
    return {row["proxy_id"]: row["reason"] for row in rows}
