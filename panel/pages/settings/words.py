"""Words that several sections of the settings say.  Pure."""

from __future__ import annotations

from datetime import datetime

from core.domain.verdict import Reason
from core.services.views.reasons import reason_in_words


def moment(at: datetime | None) -> str | None:
    """*at* as the browser takes it."""
    return None if at is None else at.isoformat()


def error_in_words(last_error: str | None) -> str:
    """Why the last exchange failed; empty where none did."""
    if not last_error:
        return ""
    try:
        return reason_in_words(Reason(last_error))
    except ValueError:
        return last_error.replace("_", " ")


def shared_limit(own: int | None, general: float | None) -> int | None:
    """The limit in force: a proxy's own one, where 0 is no limit, or else the general one."""
    if own is not None:
        return own or None
    return None if general is None else int(general)


def several(number: int, one: str, many: str) -> str:
    """``1 proxy``, ``3 proxies``."""
    return f"{number:,} {one if number == 1 else many}"


def limit_in_words(own: int | None) -> str:
    """A proxy's own limit."""
    if own is None:
        return "as all proxies"
    return f"{own:,}" if own else "no limit"


def limit_as_text(own: int | None) -> str:
    """A proxy's own limit as it is typed; empty leaves it to the general one."""
    return "" if own is None else str(own or "none")
