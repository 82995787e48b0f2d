"""Numbers and sizes in people's words.  Pure."""

from __future__ import annotations

_THOUSAND = 1_000
_TEN = 10


def count_of(number: int, noun: str, nouns: str = "") -> str:
    """*number* and its noun: "1 profile", "1,862 profiles".

    Args:
        nouns: The noun for several, where that is not the noun with an s.
    """
    return f"1 {noun}" if number == 1 else f"{number:,} {nouns or noun + 's'}"


def size_of(number: int) -> str:
    """So many bytes: "512 bytes", "31 KB", "4.2 MB"."""
    if number < _THOUSAND:
        return count_of(number, "byte")
    if number < _THOUSAND * _THOUSAND:
        return f"{number / _THOUSAND:.0f} KB"
    megabytes = number / _THOUSAND / _THOUSAND
    return f"{megabytes:.1f} MB" if megabytes < _TEN else f"{megabytes:.0f} MB"
