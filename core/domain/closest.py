"""What somebody probably meant by a name that does not exist."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_SHOWN = 5


def hint(wanted: str, names: Iterable[str]) -> str:
    """Half a sentence that points from *wanted* to what exists: the closest name, else the first few.

    ``did you mean "food"?``, ``there are "art" and "food"``, ``there are none yet``.
    """
    by_key = {name.casefold(): name for name in names}
    if not by_key:
        return "there are none yet"
    found = difflib.get_close_matches(wanted.casefold(), by_key, n=1, cutoff=0.6)
    if found:
        return f'did you mean "{by_key[found[0]]}"?'
    shown = [f'"{name}"' for name in list(by_key.values())[:_SHOWN]]
    if len(by_key) > _SHOWN:
        return f"there are {', '.join(shown)} and {len(by_key) - _SHOWN} more"
    if len(shown) == 1:
        return f"there is only {shown[0]}"
    return f"there are {', '.join(shown[:-1])} and {shown[-1]}"


def sentence(half: str) -> str:
    """A :func:`hint` with its full stop, where it does not end with a question mark."""
    return half if half.endswith("?") else f"{half}."
