"""Cron rules as Unix reads them: five fields, and which minutes, hours and days they name.  Pure.

Sunday is 0 and 7.  Where both the day of the month and the day of the week are restricted, either will do.  What a
rule means when clocks change is another matter (:mod:`core.domain.wall_time`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.errors import InvalidInput

LONGEST = 120
_FIELD = "cron"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_DAYS_IN = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SHORTHANDS = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
_ITEM = re.compile(r"(?P<all>\*)|(?P<first>[a-z0-9]+)(?:-(?P<last>[a-z0-9]+))?")
_HOURS_OF_A_DAY = 24


@dataclass(frozen=True, slots=True)
class _Field:
    """One of the five: what it is called and which values it takes."""

    name: str
    lowest: int
    highest: int
    names: tuple[str, ...] = ()
    turns: bool = False  # a range may run over its end, as from Saturday to Sunday


_FIELDS = (
    _Field("minute", 0, 59),
    _Field("hour", 0, 23),
    _Field("day of the month", 1, 31),
    _Field("month", 1, 12, _MONTHS),
    _Field("day of the week", 0, 7, _WEEKDAYS, turns=True),
)


@dataclass(frozen=True, slots=True)
class Cron:
    """What a rule names, each field in rising order; of weekdays, 0 is Sunday.

    Args:
        text: The rule as it was written, blanks made single.
        either_day: A day is right when the day of the month or the day of the week is, not only when both are.
    """

    text: str
    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: tuple[int, ...]
    months: tuple[int, ...]
    weekdays: tuple[int, ...]
    either_day: bool

    @property
    def names_hours(self) -> bool:
        """Whether it means certain hours of the day, and not all of them alike."""
        return len(self.hours) < _HOURS_OF_A_DAY


@lru_cache(maxsize=2_048)
def read(text: str) -> Cron:
    """The rule that *text* spells.

    Raises:
        InvalidInput: It is none, or it never comes.
    """
    written = " ".join(text.split())
    parts = _SHORTHANDS.get(written.lower(), written).lower().split(" ")
    if len(parts) != len(_FIELDS) or len(written) > LONGEST:
        why = 'write five fields: minute, hour, day of the month, month, day of the week, such as "30 9 * * mon-fri"'
        raise InvalidInput(_FIELD, f'{why}, not "{written[:40]}"')
    minutes, hours, days, months, weekdays = (_values(part, field) for part, field in zip(parts, _FIELDS, strict=True))
    weekdays = tuple(sorted({day % 7 for day in weekdays}))
    either_day = not (parts[2].startswith("*") or parts[4].startswith("*"))
    if not either_day and not any(day <= _DAYS_IN[month - 1] for month in months for day in days):
        raise InvalidInput(_FIELD, f'"{written}" never comes: {_missing(months, days)}; name a day that exists')
    return Cron(written, minutes, hours, days, months, weekdays, either_day)


def _values(part: str, field: _Field) -> tuple[int, ...]:
    found: set[int] = set()
    for item in part.split(","):
        found.update(_item(item, field))
    return tuple(sorted(found))


def _item(item: str, field: _Field) -> range | list[int]:
    spread, slash, step_text = item.partition("/")
    matched = _ITEM.fullmatch(spread)
    if matched is None:
        raise _refused(item, field)
    step = _step(step_text, item, field) if slash else 1
    # Seven would be Sunday a second time.
    highest = field.highest - 1 if field.turns else field.highest
    if matched["all"]:
        return range(field.lowest, highest + 1, step)
    first = _value(matched["first"], item, field)
    if matched["last"] is None:
        return range(first, highest + 1, step) if slash else range(first, first + 1)
    last = _value(matched["last"], item, field)
    if first <= last:
        return range(first, last + 1, step)
    if not field.turns:
        raise InvalidInput(_FIELD, f'the {field.name} "{item}" runs backwards; write the smaller number first')
    return [value % 7 for value in range(first, last + 8, step)]


def _value(text: str, item: str, field: _Field) -> int:
    if text in field.names:
        return field.names.index(text) + field.lowest
    if text.isdecimal() and len(text) <= 2 and field.lowest <= int(text) <= field.highest:
        return int(text)
    raise _refused(item, field)


def _step(text: str, item: str, field: _Field) -> int:
    if text.isdecimal() and len(text) <= 2 and int(text):
        return int(text)
    raise _refused(item, field)


def _refused(item: str, field: _Field) -> InvalidInput:
    names = f" or {field.names[0]} to {field.names[-1]}" if field.names else ""
    takes = f"it takes {field.lowest} to {field.highest}{names}, lists, ranges and steps such as */2"
    return InvalidInput(_FIELD, f'"{item[:20]}" is no {field.name}; {takes}')


def _missing(months: Sequence[int], days: Sequence[int]) -> str:
    named = " and ".join(_MONTHS[month - 1].capitalize() for month in months)
    return f"{named} {'has' if len(months) == 1 else 'have'} no day {days[0]}"
