"""Verdicts in the figures by minute and hour, for tests that need the figures and not the checks."""

from __future__ import annotations

from datetime import datetime

from core.storage.database import Transaction, sql_time


async def count_verdicts(tx: Transaction, at: datetime, outcome: str, count: int = 1, reason: str = "ok") -> None:
    """As if so many checks had ended alike at that moment."""
    minute, hour = at.replace(second=0, microsecond=0), at.replace(minute=0, second=0, microsecond=0)
    await tx.execute(
        f'INSERT INTO minute_stat (minute, "{outcome}") VALUES (?, ?)'  # an outcome
        f' ON CONFLICT (minute) DO UPDATE SET "{outcome}" = "{outcome}" + excluded."{outcome}"',
        sql_time(minute),
        count,
    )
    if outcome == "unknown":
        await tx.execute(
            "INSERT INTO unknown_stat (hour, reason, count) VALUES (?, ?, ?)"
            " ON CONFLICT (hour, reason) DO UPDATE SET count = count + excluded.count",
            sql_time(hour),
            reason,
            count,
        )
