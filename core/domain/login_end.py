"""When a login ends by itself, and what to say of it before.  Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

SOON = timedelta(days=7)
_DAY = timedelta(days=1)


def warning(expires_at: datetime | None, now: datetime) -> str | None:
    """What a person should do about cookies that end within 7 days; None where they last, or nobody knows."""
    if expires_at is None or expires_at - now > SOON:
        return None
    if expires_at <= now:
        return "Its cookies have ended; bring those of a new login."
    days = (expires_at - now) // _DAY
    when = f"in {days} day{'' if days == 1 else 's'}" if days else "within a day"
    return f"Its cookies end {when}; bring those of a new login before."
