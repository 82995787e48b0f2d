"""A line that could not be read, as people are shown it.  Never holds more of the line than it shows."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line that could not be read.

    Args:
        line: Counted from 1, as an editor counts.
        text: The line, cut to 80 characters, with everything invisible spelled out.
        why: A few words, without a full stop.
    """

    line: int
    text: str
    why: str


def visible(text: str, longest: int = LONGEST_SHOWN) -> str:
    r"""*text* on one line of at most *longest* characters; what cannot be seen is escaped: ``\x00``, ``\u200b``."""
    # Cut before escaping, so that a line of megabytes costs nothing; an escape only ever makes text longer.
    head = text[: longest + 1]
    if not head.isprintable():
        head = "".join(char if char.isprintable() else escaped(char) for char in head)
    return head if len(head) <= longest else head[: longest - 1] + "…"


def escaped(char: str) -> str:
    r"""An invisible character by its number: ``\t``, ``\x00``, ``\u200b``."""
    # A lone surrogate can be escaped by this codec too, which is why it is used and not repr().
    return char.encode("unicode_escape").decode("ascii")
