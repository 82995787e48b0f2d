"""Lengths of time as people write and read them: ``90m``, ``4h``, ``1h30m``.  Pure."""

from __future__ import annotations

import re

from core.errors import InvalidInput

_SECONDS = {"s": 1, "m": 60, "min": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_PART = re.compile(r"([0-9]{1,9})\s*(min|[smhdw])")
_WHOLE = re.compile(rf"(?:{_PART.pattern}\s*)+")
_UNITS = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))
_SHORT = (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1))


def seconds_of(text: str, field: str, *, least: int, most: int, example: str) -> int:
    """The seconds that *text* means.

    Args:
        field: What it is about, as the person knows it.
        least: The fewest seconds that are taken.
        most: The most.

    Raises:
        InvalidInput: It is no length of time, or beyond the bounds.
    """
    cleaned = text.strip().lower()
    if not _WHOLE.fullmatch(cleaned):
        raise InvalidInput(field, f'write a length of time such as {example}, not "{text.strip()[:40]}"')
    seconds = sum(int(number) * _SECONDS[unit] for number, unit in _PART.findall(cleaned))
    if not least <= seconds <= most:
        raise InvalidInput(field, f"give from {in_words(least)} to {in_words(most)}, not {in_words(seconds)}")
    return seconds


def in_words(seconds: int) -> str:
    """*4 h*, *1 h 30 min*, *2 d*; *0 s* for nothing."""
    return " ".join(f"{number} {unit}" for number, unit in _parts(seconds, _UNITS)) or "0 s"


def as_typed(seconds: int) -> str:
    """*seconds* as :func:`seconds_of` reads them: ``4h``, ``1h30m``; empty for nothing."""
    return "".join(f"{number}{unit}" for number, unit in _parts(seconds, _SHORT))


def _parts(seconds: int, units: tuple[tuple[str, int], ...]) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for unit, length in units:
        number, seconds = divmod(seconds, length)
        if number:
            found.append((number, unit))
    return found
