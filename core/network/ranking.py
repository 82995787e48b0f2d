"""A set kept in order: the least first, at a cost of O(log n) for each change.

Owns the one data structure behind "who rested longest" and "who is ready next".
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from math import inf
from typing import Generic, TypeVar

T = TypeVar("T")
Rank = tuple[float, int]

# A heap is rebuilt when it holds more than two entries for each item, and so many more.
_SLACK = 16


class Ranking(Generic[T]):
    """Items by rank ``(at, order)``, the least first; each item is in it at most once.

    A heap with lazy deletion: moving or removing an item leaves its old entry behind, which is
    passed over when it comes up.  An OrderedDict would be quicker and wrong: items do not come in
    in the order of their ranks.
    """

    __slots__ = ("_entries", "_heap", "_stamp")

    def __init__(self) -> None:
        self._entries: dict[T, tuple[float, int, int, T]] = {}
        self._heap: list[tuple[float, int, int, T]] = []
        self._stamp = 0

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, item: T) -> bool:
        return item in self._entries

    def put(self, item: T, at: float, order: int = 0) -> None:
        """Place *item* at ``(at, order)``, wherever it was before."""
        entries, heap = self._entries, self._heap
        old = entries.get(item)
        if old is not None and old[0] == at and old[1] == order:
            return
        # The stamp makes entries differ before a comparison would reach the items.
        self._stamp = stamp = self._stamp + 1
        entries[item] = entry = (at, order, stamp, item)
        if len(heap) > 2 * len(entries) + _SLACK:
            heap[:] = entries.values()
            heapq.heapify(heap)
        else:
            heapq.heappush(heap, entry)

    def discard(self, item: T) -> None:
        """Remove *item* if it is there."""
        if self._entries.pop(item, None) is not None and not self._entries:
            self._heap.clear()

    def rank_of(self, item: T) -> Rank | None:
        """The rank of *item*; None if it is not there."""
        entry = self._entries.get(item)
        return None if entry is None else entry[:2]

    def first(self) -> T | None:
        """The item with the least rank."""
        entry = self._first()
        return None if entry is None else entry[3]

    def first_rank(self) -> Rank | None:
        """The least rank."""
        entry = self._first()
        return None if entry is None else entry[:2]

    def first_at(self) -> float:
        """The least ``at``; infinity when empty."""
        entry = self._first()
        return inf if entry is None else entry[0]

    def pop_due(self, now: float) -> T | None:
        """Take out the first item if its ``at`` has come."""
        entry = self._first()
        if entry is None or entry[0] > now:
            return None
        heapq.heappop(self._heap)
        del self._entries[entry[3]]
        return entry[3]

    def least(self, measure: Callable[[T, Rank], Rank | None]) -> tuple[Rank, T] | None:
        """The item with the least *measure* and that measure, or None when none is measured.

        Looks only at items that rank below the answer, so the cost grows with how many of the
        first ones are passed over, not with how many there are.

        Args:
            measure: Told an item and its rank; never less than the rank.  None passes the item over.
        """
        aside = []
        best: tuple[Rank, T] | None = None
        while (entry := self._first()) is not None:
            rank = entry[:2]
            if best is not None and best[0] <= rank:
                break
            aside.append(heapq.heappop(self._heap))
            measured = measure(entry[3], rank)
            if measured is not None and (best is None or measured < best[0]):
                best = (measured, entry[3])
        for entry in aside:
            heapq.heappush(self._heap, entry)
        return best

    def _first(self) -> tuple[float, int, int, T] | None:
        heap, entries = self._heap, self._entries
        while heap:
            entry = heap[0]
            if entries.get(entry[3]) is entry:
                return entry
            heapq.heappop(heap)
        return None
