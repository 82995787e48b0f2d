"""The trail of a check: which route said what, in the order of the answers.  Pure.

The engine writes it while it asks, as ``s7/p3 absent 9/21; s2/p1 absent 5/7``: session 7 over proxy 3 brought an
answer about 21 accounts, canaries included, of whom 9 were live and this profile was not among them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.domain.verdict import Reason

LIVE = "live"
ABSENT = "absent"
FOUND = "found"
FOUND_PRIVATE = "found private"

_SAID = frozenset({LIVE, ABSENT, FOUND, FOUND_PRIVATE, *Reason})
_STEP = re.compile(r"(?:s(\d{1,18})(?:/p(\d{1,18}))? )?([a-z_ ]+?)(?: (\d{1,9})/(\d{1,9}))?")


@dataclass(frozen=True, slots=True)
class Trace:
    """What one answer said of the profile.

    Args:
        session: Id of the session that brought it, like *proxy*; None where the trail does not tell.
        said: ``live``, ``absent``, ``found``, ``found private``, or the reason why the answer said nothing.
        live: How many of the *asked* accounts the answer showed live; None where nobody counted.
    """

    session: int | None
    proxy: int | None
    said: str
    live: int | None = None
    asked: int | None = None


def read_trail(trail: str | None) -> tuple[Trace, ...]:
    """The steps of *trail*; what is no step, such as one that was cut off at the end, is left out."""
    found = (_STEP.fullmatch(part) for part in (trail or "").split("; "))
    return tuple(_trace(step) for step in found if step is not None and step[3] in _SAID)


def _trace(step: re.Match[str]) -> Trace:
    session, proxy, said, live, asked = step.groups()
    return Trace(_number(session), _number(proxy), said, _number(live), _number(asked))


def _number(digits: str | None) -> int | None:
    return None if digits is None else int(digits)
