"""Selections on their way from a page to a verb: the browser leaves one by a plain request and names it by an id.

Names by the thousand do not travel over a page's socket.  A selection is taken once; one that nobody takes is
forgotten.  Decides nothing about what is in it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from core.domain.actor import Actor
from core.domain.feed import Selection
from core.errors import NotFound

# From the click to the end of a question that the person is asked before anything happens.
_KEPT_FOR = 600.0
# A hundred thousand names are some 10 MB.
_MOST_KEPT = 20


@dataclass(frozen=True, slots=True)
class _Kept:
    whose: str
    selection: Selection
    since: float


class KeptSelections:
    """Selections by id, of whoever left them."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}

    def keep(self, actor: Actor, selection: Selection, now: float) -> str:
        """The id under which *actor* finds *selection* for the next ten minutes.

        Args:
            now: Monotonic seconds.
        """
        self._forget(now)
        while len(self._kept) >= _MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        kept_as = secrets.token_urlsafe(16)
        self._kept[kept_as] = _Kept(actor.name, selection, now)
        return kept_as

    def take(self, actor: Actor, kept_as: str, now: float) -> Selection:
        """The selection, which is not kept any longer.

        Raises:
            NotFound: It was taken or forgotten, or it is somebody else's.
        """
        self._forget(now)
        kept = self._kept.get(kept_as)
        if kept is None or kept.whose != actor.name:
            raise NotFound("The selection is not known any longer; press the button once more.")
        return self._kept.pop(kept_as).selection

    def _forget(self, now: float) -> None:
        for kept_as in [kept_as for kept_as, kept in self._kept.items() if now - kept.since > _KEPT_FOR]:
            del self._kept[kept_as]
