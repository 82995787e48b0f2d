"""What can be undone for ten minutes: which profiles an act changed, and what they were before.

It lives in the memory of this process, packed: some 20 bytes a profile, 60 MB at most for all acts together.  An
act on more profiles than fit, and one of a process that has ended, cannot be undone.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from secrets import token_urlsafe

from core.clock import Clock
from core.errors import NotFound

KEPT_FOR = 600.0
MOST_OF_ONE = 1_000_000
_MOST_OF_ALL = 3_000_000

_STATUSES = ("active", "paused", "gone")


class Column(StrEnum):
    """What an act changed of profiles."""

    STATUS = "status"
    NICHE = "niche_id"
    WATCHED = "watched"


@dataclass(slots=True)
class Act:
    """One act: what it made of a column, and what that was.

    Args:
        now: A status, a niche's id, or whether they are watched as 0 or 1.
        label: What it was, for the audit log.
    """

    column: Column
    now: str | int
    label: str
    size: int = 0
    at: float = 0.0
    _slices: list[tuple[bytes, array[int]]] = field(default_factory=list)

    def add(self, before: Mapping[str, str | int]) -> None:
        """Remember what profiles were that are changed now."""
        if self.size > MOST_OF_ONE or not before:
            return
        self.size += len(before)
        if self.size > MOST_OF_ONE:
            self._slices.clear()
            return
        values = [_STATUSES.index(value) if isinstance(value, str) else value for value in before.values()]
        self._slices.append(("\n".join(before).encode(), array("i" if self.column is Column.NICHE else "b", values)))

    @property
    def can_be_undone(self) -> bool:
        """It changed something, and not more than can be kept."""
        return 0 < self.size <= MOST_OF_ONE

    def slices(self) -> Iterator[dict[str, str | int]]:
        """What the profiles were, in the slices in which they were changed."""
        for names, values in self._slices:
            before = [_STATUSES[value] for value in values] if self.column is Column.STATUS else values
            yield dict(zip(names.decode().split("\n"), before, strict=True))


class Undos:
    """The acts of the last ten minutes."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._acts: OrderedDict[str, Act] = OrderedDict()

    def __repr__(self) -> str:
        return f"<Undos {len(self._acts)} acts, {self._size:,} profiles>"

    def keep(self, act: Act) -> str | None:
        """The word that undoes *act*; None where nothing can."""
        if not act.can_be_undone:
            return None
        token, act.at = token_urlsafe(12), self._clock.monotonic()
        self._acts[token] = act
        while self._size > _MOST_OF_ALL:
            self._acts.popitem(last=False)
        self._clock.call_at(act.at + KEPT_FOR, self._forget)
        return token

    def take(self, token: str) -> Act:
        """The act that *token* undoes, once.

        Raises:
            NotFound: It was undone, is too old, or another process did it.
        """
        self._forget()
        act = self._acts.pop(token, None)
        if act is None:
            minutes = int(KEPT_FOR / 60)
            raise NotFound(f"This cannot be undone any more: it was undone already, or is more than {minutes} min ago.")
        return act

    def put_back(self, token: str, act: Act) -> None:
        """Undoing it failed: it can be tried again."""
        self._acts[token] = act
        self._acts.move_to_end(token, last=False)

    @property
    def _size(self) -> int:
        return sum(act.size for act in self._acts.values())

    def _forget(self) -> None:
        old = self._clock.monotonic() - KEPT_FOR
        while self._acts and next(iter(self._acts.values())).at <= old:
            self._acts.popitem(last=False)
