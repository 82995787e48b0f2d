"""Named queries over exchanges by hour, proxy, reason and blame."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import orjson

from core.domain.hourly_count import HourlyCount
from core.domain.response_times import BOUNDS, percentile
from core.storage.database import Database, Row, Transaction, from_sql_time, sql_time

KEPT = timedelta(days=365)

_TIMES = (*(f"upto_{bound}" for bound in BOUNDS), "beyond")
_LISTED = ", ".join(_TIMES)
_SUMS = ", ".join(f"sum({name}) AS {name}" for name in _TIMES)

_ADD = f"""
INSERT INTO hourly_stat (hour, proxy_id, reason, blame, count, {_LISTED}, last_at)
SELECT {", ".join(f"json_extract(value, '$[{number}]')" for number in range(6 + len(_TIMES)))}
FROM json_each(?) WHERE true
ON CONFLICT (hour, proxy_id, reason, blame) DO UPDATE SET count = count + excluded.count,
    {", ".join(f"{name} = {name} + excluded.{name}" for name in _TIMES)},
    last_at = COALESCE(max(last_at, excluded.last_at), last_at, excluded.last_at)
"""  # noqa: S608  # put together from constants

_HOURLY = f"""
SELECT hour, proxy_id, reason, blame, count, {_LISTED} FROM hourly_stat WHERE hour >= ? AND count <> 0
"""  # noqa: S608  # put together from constants

_BY_PROXY = f"SELECT proxy_id, {_SUMS} FROM hourly_stat WHERE hour >= ? GROUP BY proxy_id"  # noqa: S608  # constants

_FORGET = "DELETE FROM hourly_stat WHERE id IN (SELECT id FROM hourly_stat WHERE hour < ? LIMIT ?)"


async def add(tx: Transaction, counts: Sequence[HourlyCount]) -> None:
    """Add *counts* to what is stored of their hours."""
    rows = [[sql_time(c.hour), c.proxy_id, c.reason, c.blame, c.count, *c.times, _last(c)] for c in counts]
    await tx.execute(_ADD, orjson.dumps(rows).decode())


async def hourly(db: Database | Transaction, since: datetime, *, proxy_id: int | None = None) -> list[HourlyCount]:
    """The hours that began at *since* or later, of all proxies or of one, in their order."""
    if proxy_id is None:
        rows = await db.fetch(f"{_HOURLY} ORDER BY hour, proxy_id, reason, blame", sql_time(since))
    else:
        rows = await db.fetch(f"{_HOURLY} AND proxy_id = ? ORDER BY hour, reason, blame", sql_time(since), proxy_id)
    return [
        HourlyCount(from_sql_time(row["hour"]), row["proxy_id"], row["reason"], row["blame"], row["count"], _times(row))
        for row in rows
    ]


async def forget(tx: Transaction, now: datetime, count: int) -> int:
    """Forget up to *count* rows that are older than a year; how many."""
    return await tx.execute(_FORGET, sql_time(now - KEPT), count)


async def counts_by_proxy(db: Database | Transaction, since: datetime) -> dict[int, int]:
    """Exchanges over each proxy in the hours that began at *since* or later."""
    rows = await db.fetch(
        "SELECT proxy_id, sum(count) AS made FROM hourly_stat WHERE hour >= ? GROUP BY proxy_id", sql_time(since)
    )
    return {row["proxy_id"]: int(row["made"]) for row in rows}


async def p95_by_proxy(db: Database | Transaction, since: datetime) -> dict[int, float]:
    """The response time that 95 of 100 answers kept to, of each proxy that answered since then."""
    found = {row["proxy_id"]: percentile(_times(row), 0.95) for row in await db.fetch(_BY_PROXY, sql_time(since))}
    return {proxy_id: time for proxy_id, time in found.items() if time is not None}


def _last(count: HourlyCount) -> str | None:
    return None if count.last is None else sql_time(count.last)


def _times(row: Row) -> tuple[int, ...]:
    return tuple(int(row[name]) for name in _TIMES)
