"""Named queries over what was done minute by minute, and over checks that stayed unknown by the hour.

One row stands for everything that is too old to be kept by the minute, so that totals never fall.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta

from core.domain.minute_count import MinuteCount
from core.domain.response_times import BOUNDS
from core.domain.verdict import Outcome
from core.storage.database import Database, Row, Transaction, sql_time

# A month, and the one before it to compare with.
KEPT = timedelta(days=62)
BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)
AFTER_ALL = datetime(9999, 1, 1, tzinfo=UTC)

_OUTCOMES = tuple(outcome.value for outcome in Outcome)
_TIMES = (*(f"upto_{bound}" for bound in BOUNDS), "beyond")
_WORK = ("exchanges", "failures", "rate_limited", "answer_ms", "busy_ms", "limited_ms", "paused_ms", "cpu_ms")
_SUMMED = (*_WORK, *_TIMES)
_HIGHEST = ("workers", "memory_mb")


def _upsert(summed: Sequence[str], highest: Sequence[str] = ()) -> str:
    columns = [f'"{name}"' for name in (*summed, *highest)]
    added = [f'"{name}" = minute_stat."{name}" + excluded."{name}"' for name in summed]
    added += [f'"{name}" = max(minute_stat."{name}", excluded."{name}")' for name in highest]
    return (
        f"INSERT INTO minute_stat (minute, {', '.join(columns)}) VALUES (?{', ?' * len(columns)}) "  # noqa: S608
        f"ON CONFLICT (minute) DO UPDATE SET {', '.join(added)}"
    )


_ADD = _upsert(_SUMMED, _HIGHEST)

_ALL_SUMMED = (*_OUTCOMES, *_SUMMED)
_SUMS = ", ".join(f'COALESCE(sum("{name}"), 0) AS "{name}"' for name in _ALL_SUMMED)
_STEPS = f"""
SELECT (CAST(strftime('%s', minute) AS INTEGER) - ?) / ? AS step, count(*) AS minutes, {_SUMS},
    sum(workers) AS workers, max(memory_mb) AS memory_mb
FROM minute_stat WHERE minute >= ? AND minute < ? GROUP BY step ORDER BY step
"""  # noqa: S608  # put together from constants
_TOTALS = f"SELECT {_SUMS} FROM minute_stat WHERE minute >= ? AND minute < ?"  # noqa: S608  # constants
_MEMORY = "SELECT memory_mb FROM minute_stat WHERE minute >= ? AND memory_mb > 0 ORDER BY minute DESC LIMIT 1"
_VERDICTS_BETWEEN = f"""
SELECT {", ".join(f'COALESCE(sum("{name}"), 0) AS "{name}"' for name in _OUTCOMES)}
FROM minute_stat WHERE minute >= ? AND minute < ?
"""  # noqa: S608  # put together from constants

_OLD = "SELECT minute FROM minute_stat WHERE minute < ? AND minute > ? ORDER BY minute LIMIT ?"
_FOLD = f"""
INSERT INTO minute_stat (minute, {", ".join(f'"{name}"' for name in _ALL_SUMMED)})
SELECT ?1, {_SUMS} FROM minute_stat WHERE minute IN ({_OLD.replace("?", "?{}").format(2, 3, 4)})
ON CONFLICT (minute) DO UPDATE SET
    {", ".join(f'"{name}" = minute_stat."{name}" + excluded."{name}"' for name in _ALL_SUMMED)}
"""  # noqa: S608  # put together from constants
_FORGET = f"DELETE FROM minute_stat WHERE minute IN ({_OLD})"  # noqa: S608  # constants

_OLD_UNKNOWN = "SELECT id FROM unknown_stat WHERE hour < ?2 AND hour > ?1 ORDER BY hour, reason LIMIT ?3"
_FOLD_UNKNOWN = f"""
INSERT INTO unknown_stat (hour, reason, count)
SELECT ?1, reason, sum(count) FROM unknown_stat WHERE id IN ({_OLD_UNKNOWN}) GROUP BY reason
ON CONFLICT (hour, reason) DO UPDATE SET count = unknown_stat.count + excluded.count
"""  # noqa: S608  # put together from constants
_FORGET_UNKNOWN = f"DELETE FROM unknown_stat WHERE id IN ({_OLD_UNKNOWN})"  # noqa: S608  # constants
_UNKNOWN_SINCE = """
SELECT reason, sum(count) AS count FROM unknown_stat WHERE hour >= ? GROUP BY reason ORDER BY count DESC, reason
"""


@dataclass(frozen=True, slots=True)
class Sums:
    """What minutes add up to; the names are those of the table.

    Args:
        minutes: How many of them there are; in a minute in which nobody had the engine there is nothing.
        workers: The minutes' workers, added up: how many minutes they had together.
        memory_mb: The most.
    """

    minutes: int
    live: int
    none: int
    private: int
    gone: int
    unknown: int
    exchanges: int
    failures: int
    rate_limited: int
    answer_ms: int
    busy_ms: int
    limited_ms: int
    paused_ms: int
    cpu_ms: int
    workers: int
    memory_mb: int
    times: tuple[int, ...]

    @property
    def finished(self) -> int:
        """Checks."""
        return self.live + self.none + self.private + self.gone + self.unknown

    @property
    def success_rate(self) -> float | None:
        """Conclusive ones of those that finished; None where none did."""
        return (self.finished - self.unknown) / self.finished if self.finished else None


_PLAIN = tuple(field.name for field in fields(Sums) if field.name != "times")


# -- written ----------------------------------------------------------------------


async def add(tx: Transaction, counts: Sequence[MinuteCount]) -> None:
    """Add *counts* to what is stored of their minutes."""
    for c in _by_minute(counts):
        work = (getattr(c, name) for name in _WORK)
        await tx.execute(_ADD, sql_time(c.minute), *work, *c.times, c.workers, c.memory_mb)


async def forget(tx: Transaction, now: datetime, count: int) -> int:
    """Take up to *count* minutes of more than two months ago together into one; how many."""
    before, after = sql_time(now - KEPT), sql_time(BEFORE_ALL)
    await tx.execute(_FOLD, after, before, after, count)
    return await tx.execute(_FORGET, before, after, count)


async def forget_unknown(tx: Transaction, now: datetime, count: int) -> int:
    """Take up to *count* hours' reasons of more than two months ago together, each reason into one; how many."""
    values = (sql_time(BEFORE_ALL), sql_time(now - KEPT), count)
    await tx.execute(_FOLD_UNKNOWN, *values)
    return await tx.execute(_FORGET_UNKNOWN, *values)


# -- read -------------------------------------------------------------------------


async def steps(db: Database, since: datetime, until: datetime, seconds: int) -> dict[int, Sums]:
    """Minutes from *since* to before *until*, added up in steps of *seconds* counted from 0, without empty ones."""
    rows = await db.scan(_STEPS, int(since.timestamp()), seconds, sql_time(since), sql_time(until))
    return {row["step"]: Sums(**{name: int(row[name]) for name in _PLAIN}, times=_times(row)) for row in rows}


async def verdicts_between(db: Database, since: datetime, until: datetime) -> dict[str, int]:
    """Finished checks by outcome, of the minutes from *since* to before *until*."""
    (row,) = await db.scan(_VERDICTS_BETWEEN, sql_time(since), sql_time(until))
    return {outcome: int(row[outcome]) for outcome in _OUTCOMES}


async def totals(db: Database, since: datetime = BEFORE_ALL, until: datetime = AFTER_ALL) -> Counter[str]:
    """Everything that was counted in the minutes from *since* to before *until*, by column."""
    (row,) = await db.scan(_TOTALS, sql_time(since), sql_time(until))
    return Counter({name: int(row[name]) for name in _ALL_SUMMED})


def answers(totals: Mapping[str, int]) -> tuple[int, ...]:
    """The answers of *totals* by bucket."""
    return tuple(totals[name] for name in _TIMES)


async def memory_since(db: Database, since: datetime) -> int | None:
    """The last memory in megabytes that was measured in the minutes that began at *since* or later."""
    value = await db.fetch_value(_MEMORY, sql_time(since))
    return int(value) if value else None


async def unknown_since(db: Database, since: datetime) -> list[tuple[str, int]]:
    """Checks of the hours that began at *since* or later that stayed unknown, by reason; the most frequent first."""
    return [(row["reason"], int(row["count"])) for row in await db.fetch(_UNKNOWN_SINCE, sql_time(since))]


def _by_minute(counts: Iterable[MinuteCount]) -> list[MinuteCount]:
    """*counts* with those of one minute added up."""
    merged: dict[datetime, MinuteCount] = {}
    for c in counts:
        known = merged.get(c.minute)
        merged[c.minute] = c if known is None else known.with_added(c)
    return list(merged.values())


def _times(row: Row) -> tuple[int, ...]:
    return tuple(int(row[name]) for name in _TIMES)
