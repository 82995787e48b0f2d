"""What a password has to be.  Hashes nothing."""

from __future__ import annotations

import unicodedata

from core.errors import InvalidInput
from core.secrets import Secret

SHORTEST = 10
LONGEST = 256


def composed(password: Secret) -> Secret:
    """The password as it is hashed: the same from every keyboard and system."""
    return Secret(unicodedata.normalize("NFC", password.reveal()))


def is_possible(password: Secret) -> bool:
    """Whether anybody's password could be this one; a longer one is not worth the work of a look."""
    return 0 < len(password.reveal()) <= LONGEST


def check(password: Secret, *, name: str, field: str = "password") -> Secret:
    """*password*, composed, if *name* may have it.

    Raises:
        InvalidInput: It is shorter than 10 characters or longer than 256, or it is the name.
    """
    text = composed(password).reveal()
    if len(text) < SHORTEST:
        raise InvalidInput(field, f"at least {SHORTEST} characters, this one has {len(text)}")
    if len(text) > LONGEST:
        raise InvalidInput(field, f"at most {LONGEST} characters, this one has {len(text)}")
    if len(set(text)) == 1:
        raise InvalidInput(field, "it is one character again and again; take several words")
    if text.casefold() == name.casefold():
        raise InvalidInput(field, "it must not be the name; take several words")
    return Secret(text)
