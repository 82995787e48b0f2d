"""When few proxies or sessions are left, or little room: from which figure on it is low, and when it is over.  Pure.

What sways about its threshold is one spell: it begins when it was low at two looks in a row, and it is over when it
is well above.
"""

from __future__ import annotations

from enum import Enum

# Looks at which it has to be low.
_LOOKS = 2
_SHARE_ABOVE = 10
_ROOM_ABOVE = 1.2


class Turn(Enum):
    """What a look changes."""

    BEGINS = "begins"
    ENDS = "ends"


class Low:
    """One thing that may run low.

    Args:
        is_told: A spell of it was told and is not known to be over.
    """

    def __init__(self, *, is_told: bool) -> None:
        self._is_told = is_told
        self._looks = 0

    def look(self, *, is_low: bool, is_well: bool) -> Turn | None:
        """What this look changes."""
        self._looks = self._looks + 1 if is_low else 0
        if not self._is_told and self._looks >= _LOOKS:
            self._is_told = True
            return Turn.BEGINS
        if self._is_told and is_well:
            self._is_told = False
            return Turn.ENDS
        return None


def share_is_low(good: int, of_all: int, threshold: int) -> tuple[bool, bool]:
    """Whether a share is below *threshold* per cent, and whether it is well above; without any there is none."""
    if not of_all or not threshold:
        return False, True
    share = good * 100 / of_all
    return share < threshold, share >= min(100, threshold + _SHARE_ABOVE)


def room_is_low(free_mb: float, threshold_mb: int) -> tuple[bool, bool]:
    """Whether there is less room than that, and whether there is well more."""
    return free_mb < threshold_mb, free_mb >= threshold_mb * _ROOM_ABOVE
