"""Time zones by the names that people give them."""

from __future__ import annotations

import difflib
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from core.errors import InvalidInput

_SHOWN = 3


def zone_named(text: str, field: str = "time zone") -> ZoneInfo:
    """The time zone of this name; case does not matter.

    Raises:
        InvalidInput: There is none; the sentence names those that come near.
    """
    written = text.strip()
    key = _by_folded_name().get(written.replace(" ", "_").casefold(), written)
    try:
        return ZoneInfo(key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise InvalidInput(field, f'"{written[:60]}" is no time zone; {_hint(written)}') from None


def _hint(written: str) -> str:
    wanted = written.replace(" ", "_").casefold()
    names = _by_folded_name()
    cities = {folded.rpartition("/")[2]: name for folded, name in sorted(names.items(), reverse=True) if "/" in folded}
    near = [cities[city] for city in difflib.get_close_matches(wanted.rpartition("/")[2], cities, _SHOWN, 0.75)]
    near += [names[name] for name in difflib.get_close_matches(wanted, names, _SHOWN, 0.7)]
    found = list(dict.fromkeys(near))[:_SHOWN]
    if not found:
        return "write one such as Europe/Berlin, America/New_York or UTC"
    return f"did you mean {' or '.join(found)}?"


@cache
def _by_folded_name() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}
