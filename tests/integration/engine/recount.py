"""Counters against the rows that they count."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

_BATCHES = """
SELECT b.id, b.total, b.finished, b.live, b."none", b.private, b.gone, b.unknown,
    count(c.id), sum(c.state = 'done'), sum(c.outcome IS 'live'), sum(c.outcome IS 'none'), sum(c.outcome IS 'private'),
    sum(c.outcome IS 'gone'), sum(c.outcome IS 'unknown')
FROM batch b LEFT JOIN checks c ON c.batch_id = b.id GROUP BY b.id
"""
_PROFILES = """
SELECT p.username, p.checks_total, p.conclusive_total, p.stories_total,
    COALESCE(sum(c.state = 'done'), 0), COALESCE(sum(c.state = 'done' AND c.outcome != 'unknown'), 0),
    COALESCE(sum(c.outcome = 'live'), 0)
FROM profile p LEFT JOIN checks c ON c.profile_id = p.username AND c.reason IS NOT 'fresh' GROUP BY p.username
"""
# Of checks that are done; those of a batch that was deleted count on, so there are none of them here.
_MINUTES = """
SELECT sum(live), sum("none"), sum(private), sum(gone), sum(unknown) FROM minute_stat
UNION ALL
SELECT sum(outcome = 'live'), sum(outcome = 'none'), sum(outcome = 'private'), sum(outcome = 'gone'),
    sum(outcome = 'unknown') FROM checks WHERE state = 'done' AND reason <> 'fresh'
"""
_UNKNOWN = """
SELECT reason, sum(count) FROM unknown_stat GROUP BY reason
EXCEPT SELECT reason, count(*) FROM checks WHERE outcome = 'unknown' AND reason <> 'fresh' GROUP BY reason
"""


async def recount(file: Path) -> None:
    """Raise unless the counters of batches, profiles and minutes equal a recount of the checks."""
    with closing(sqlite3.connect(file)) as connection:
        for row in connection.execute(_BATCHES):
            assert row[1:8] == row[8:], f"batch {row[0]}"
        for row in connection.execute(_PROFILES):
            assert row[1:4] == row[4:], f"profile {row[0]}"
        counted, there = connection.execute(_MINUTES).fetchall()
        assert [count or 0 for count in counted] == [count or 0 for count in there], "minutes"
        assert connection.execute(_UNKNOWN).fetchall() == [], "unknown checks"
