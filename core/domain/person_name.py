"""What a person of the panel may be called, and when two names mean the same person."""

from __future__ import annotations

import unicodedata

from core.errors import InvalidInput

LONGEST = 60
LONGEST_KEY = 120


def clean(text: str, field: str = "name") -> str:
    """*text* as a person's name: composed, without outer blanks, inner ones single.

    Raises:
        InvalidInput: Nothing is left, it is longer than 60 characters, or it holds what cannot be seen.
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name:
        raise InvalidInput(field, "a person needs a name")
    if not name.isprintable():
        raise InvalidInput(field, "a name takes letters, digits, signs and single blanks, nothing that cannot be seen")
    if len(name) > LONGEST or len(key(name)) > LONGEST_KEY:
        raise InvalidInput(field, f"a name has at most {LONGEST} characters, this one has {len(name)}")
    return name


def key(name: str) -> str:
    """What makes a name unique: two names with one key are the same person, however wide or tall their letters are."""
    return unicodedata.normalize("NFKC", " ".join(name.split())).casefold()
