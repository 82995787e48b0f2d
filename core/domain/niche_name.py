"""What a niche may be called, and when two names mean the same niche."""

from __future__ import annotations

import unicodedata

from core.errors import InvalidInput

LONGEST = 80
LONGEST_KEY = 160


def clean(text: str, field: str = "niche") -> str:
    """*text* as a niche's name: composed, without outer blanks, inner ones single.

    Raises:
        InvalidInput: Nothing is left, it is longer than 80 characters, or it holds control characters.
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name:
        raise InvalidInput(field, "a niche needs a name")
    if not name.isprintable():
        raise InvalidInput(
            field, "a niche's name takes letters, digits, signs and single blanks, no control characters"
        )
    if len(name) > LONGEST or len(key(name)) > LONGEST_KEY:
        raise InvalidInput(field, f"a niche's name has at most {LONGEST} characters, this one has {len(name)}")
    return name


def key(name: str) -> str:
    """What makes a name unique: two names with one key are the same niche."""
    return name.casefold()
