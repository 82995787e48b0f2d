"""Things as people name them: profiles one by one or in a short list, rows by their number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.domain.rejected import Rejected, visible
from core.domain.username import NotAUsername, canonical
from core.errors import InvalidInput

_MOST_DIGITS = 18


def usernames(names: Iterable[str]) -> Sequence[str]:
    """The usernames that *names* spell, each once, in their order.

    Raises:
        InvalidInput: No name is given, or one of them is no username.
    """
    found: dict[str, None] = {}
    for name in names:
        try:
            found[canonical(name)] = None
        except NotAUsername as error:
            raise InvalidInput("username", f'"{visible(name)}": {error.why}') from None
    if not found:
        raise InvalidInput("username", "name at least one profile")
    return list(found)


def sorted_out(names: Iterable[str]) -> tuple[list[str], list[Rejected]]:
    """The usernames that *names* spell, repeated ones too, and those that are none; counted from 1."""
    found: list[str] = []
    rejected: list[Rejected] = []
    for number, name in enumerate(names, start=1):
        try:
            found.append(canonical(name))
        except NotAUsername as error:
            rejected.append(Rejected(number, visible(name), error.why))
    return found, rejected


def row_number(text: str) -> int | None:
    """The number that *text* spells; None when it spells none, 0, which is no row's, when no row could have it."""
    if not (text.isdecimal() and text.isascii()):
        return None
    # The database takes 64 bits, and Python itself refuses to read thousands of digits.
    return int(text) if len(text) <= _MOST_DIGITS else 0
