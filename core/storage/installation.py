"""Named queries about the database itself, and about what went wrong, for somebody who looks for a fault.

None of them looks at every row of a large table.
"""

from __future__ import annotations

from pathlib import Path

from core.storage.database import Database, Row

_PRAGMAS = ("journal_mode", "page_size", "page_count", "freelist_count")
_WRITTEN = "SELECT name, seq FROM sqlite_sequence ORDER BY name"
_VERSIONS = "SELECT version FROM aerich ORDER BY id"
# Of the last deliveries alone: those that failed have no index.
_FAILED = """
SELECT a.kind, t.via, d.state, d.attempts, d.due_at, d.error
FROM (SELECT * FROM alert_delivery ORDER BY id DESC LIMIT 2000) AS d
    JOIN alert a ON a.id = d.alert_id JOIN alert_target t ON t.id = d.target_id
WHERE d.error IS NOT NULL ORDER BY d.id DESC LIMIT ?
"""
_STATES = """
SELECT 'proxies' AS what, CASE WHEN enabled = 0 THEN 'off' ELSE state END AS word, count(*) AS count
FROM proxy GROUP BY word
UNION ALL
SELECT 'sessions', CASE WHEN enabled = 0 THEN 'off' WHEN proxy_id IS NULL THEN 'unbound' ELSE state END AS word,
    count(*)
FROM session GROUP BY word
"""
_TARGETS = "SELECT id, via, enabled, muted_until, last_delivered_at, last_error FROM alert_target ORDER BY id"
_SCHEDULES = """
SELECT s.id, s.enabled, s.every_seconds, s.cron, s.timezone, s.next_at, s.last_at, s.last_word
FROM schedule s ORDER BY s.last_at DESC LIMIT ?
"""


async def database_facts(db: Database) -> dict[str, str]:
    """How SQLite keeps the file, how large it and its log are, and which migrations it has."""
    facts = {"sqlite": str(await db.fetch_value("SELECT sqlite_version()"))}
    for name in _PRAGMAS:
        facts[name] = str(await db.fetch_value(f"PRAGMA {name}"))
    for end in ("", "-wal"):
        facts[f"bytes{end}"] = str(_size(db.file.with_name(db.file.name + end)))
    facts["migrations"] = ", ".join(row["version"] for row in await db.fetch(_VERSIONS))
    return facts


async def ever_written(db: Database) -> dict[str, int]:
    """How many rows each table with numbered rows has ever had."""
    return {row["name"]: row["seq"] for row in await db.fetch(_WRITTEN)}


async def states(db: Database) -> dict[str, int]:
    """How many proxies and sessions are in each state, as stored."""
    return {f"{row['what']} {row['word']}": row["count"] for row in await db.fetch(_STATES)}


async def failed_deliveries(db: Database, count: int) -> list[Row]:
    """The last *count* deliveries of alerts that failed at least once, the newest first."""
    return await db.fetch(_FAILED, count)


async def targets(db: Database) -> list[Row]:
    """Where alerts go, without the addresses."""
    return await db.fetch(_TARGETS)


async def schedules(db: Database, count: int) -> list[Row]:
    """The *count* schedules that ran last."""
    return await db.fetch(_SCHEDULES, count)


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0
