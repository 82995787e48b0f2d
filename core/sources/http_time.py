"""Times as HTTP headers tell them, in seconds since 1970.  Tells no time of its own."""

from __future__ import annotations

from datetime import UTC
from email.utils import parsedate_to_datetime
from functools import lru_cache

from core.sources.base import Response

DAY = 86_400.0
LONGEST_TOLD_REST = 4 * 3600.0
_LONGEST_DATE = 64
_LONGEST_NUMBER = 9


@lru_cache(maxsize=64)  # all answers of one second carry the same date
def http_date(text: str) -> float | None:
    """The moment that *text* names, or None when it names none."""
    if len(text) > _LONGEST_DATE:
        return None
    try:
        parsed = parsedate_to_datetime(text)
        # A date without a zone is UTC in HTTP; timestamp() would take it for local time.
        return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def now_of(response: Response) -> float:
    """When the platform answered: its ``Date`` if that is within a day of our clock, else our clock.

    What the platform says about its moments is compared with the platform's own clock.
    """
    received = response.received_at.timestamp()
    date = response.header("date")
    told = None if date is None else http_date(date)
    return received if told is None or abs(told - received) > DAY else told


def retry_after(response: Response) -> float | None:
    """Seconds that ``Retry-After`` asks for, at most 4 h; None where it is absent, malformed or not ahead."""
    text = (response.header("retry-after") or "").strip()
    if not text:
        return None
    if text.isascii() and text.isdigit():
        seconds = float(text) if len(text) <= _LONGEST_NUMBER else LONGEST_TOLD_REST
    else:
        date = http_date(text)
        seconds = 0.0 if date is None else date - now_of(response)
    return min(seconds, LONGEST_TOLD_REST) if seconds > 0 else None
