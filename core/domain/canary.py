"""When a canary is proven, missing, or of no use any more.  Plain rules over counts."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

# As with sessions: one absence is chance, three in a row are news.
MISSING_AFTER = 3
# Missing from so many proven answers in a row, or for so long, over so many sessions: it is missing everywhere.
MISSES_TO_RETIRE = 20
MISSING_TO_RETIRE = timedelta(hours=48)
SESSIONS_TO_RETIRE = 3
# Who does not find the name must be two, as with a profile that is gone.
SESSIONS_FOR_NOBODY = 2


class CanaryState(StrEnum):
    """What was measured of a canary, in a word."""

    UNTESTED = "untested"
    PROVEN = "proven"
    MISSING = "missing"
    RETIRED = "retired"  # not used any more, until a person adds it again


def canary_state(*, asked: int, seen: int, missed_in_a_row: int, retired: bool = False) -> CanaryState:
    """The state of a canary that proven answers named *asked* times and showed *seen* times."""
    if retired:
        return CanaryState.RETIRED
    if not asked:
        return CanaryState.UNTESTED
    if not seen or missed_in_a_row >= MISSING_AFTER:
        return CanaryState.MISSING
    return CanaryState.PROVEN


def why_retired(*, missed_in_a_row: int, sessions: int, missing_since: datetime, now: datetime) -> str | None:
    """Why a canary that was not seen once more is missing everywhere; None while it may still be chance.

    Args:
        sessions: How many have brought the answers that it was missing from.
    """
    if sessions < SESSIONS_TO_RETIRE:
        return None
    if missed_in_a_row >= MISSES_TO_RETIRE:
        return f"{missed_in_a_row} proven answers in a row over {sessions} sessions did not show it"
    if now - missing_since >= MISSING_TO_RETIRE:
        hours = round((now - missing_since).total_seconds() / 3600)
        return f"no proven answer over {sessions} sessions showed it for {hours} hours"
    return None
