"""Who is asked together: packing, splitting, and how large a first group may be."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from core.engine.case import NOBODY, Case

SMALLEST = 3
LARGEST = 20
# Grow by one after so many confirming answers in a row that found nobody new.
CLEAN_BEFORE_GROWTH = 20
# From so many sessions on, some session is always left that a mixed group has not been asked through.
PLENTY_OF_SESSIONS = 16


@dataclass(slots=True, eq=False)
class Group:
    """Cases that are asked about in one exchange."""

    cases: list[Case]
    confirming: bool
    failures: int = 0

    @property
    def avoid(self) -> frozenset[int]:
        """Sessions that already left a member out or failed for it."""
        spent_on: frozenset[int] = NOBODY
        for case in self.cases:
            if case.absent_from or case.failed_on or case.unproven_from:
                spent_on |= spent(case)
        return spent_on

    @property
    def avoid_proxies(self) -> frozenset[int]:
        """Proxies that failed for a member."""
        failed_over = [case.failed_over for case in self.cases if case.failed_over]
        return NOBODY.union(*failed_over) if failed_over else NOBODY

    def halves(self) -> list[Group]:
        """Two smaller groups of the same kind."""
        middle = len(self.cases) // 2
        return [Group(part, self.confirming) for part in (self.cases[:middle], self.cases[middle:])]


class GroupSize:
    """The size of first groups: shrinks when a second asking finds somebody, grows back slowly."""

    def __init__(self, wanted: int) -> None:
        self.want(wanted)

    def want(self, wanted: int) -> None:
        """Begin anew at *wanted*."""
        self._wanted = self.now = min(wanted, LARGEST)
        self._clean = 0

    def confirmed(self, *, found_later: int) -> None:
        """A confirming answer found *found_later* profiles that a first answer had left out."""
        if found_later:
            self._clean = 0
            self.now = max(min(SMALLEST, self._wanted), self.now - found_later)
            return
        self._clean += 1
        if self._clean >= CLEAN_BEFORE_GROWTH:
            self._clean = 0
            self.now = min(self._wanted, self.now + 1)

    def too_many(self, asked: int) -> None:
        """The platform refused *asked* ids in one request."""
        self._clean = 0
        # Of several groups that were out together, each was as large; only the first of them shrinks anything.
        self.now = max(1, min(self.now, asked // 2))


def spent(case: Case) -> set[int]:
    """Sessions that should not be asked about *case* again while another can be."""
    return {*case.absent_from, *case.failed_on, *case.unproven_from}


def pack(queue: deque[Case], size: int, sessions: int, *, partial: bool = True) -> list[Case]:
    """Take up to *size* cases off *queue*, the oldest first, that some session has not been asked about.

    With few sessions, members whose spent sessions together cover all of them would force a second
    asking over the first one's session although another exists; such a member waits for the next group.

    Args:
        partial: Whether fewer than *size* will do.
    """
    if sessions >= PLENTY_OF_SESSIONS or sessions <= 1:
        return [queue.popleft() for _ in range(size)] if len(queue) >= size else _take_all(queue, partial)
    # Those whom every session was asked about can only go round again, and do so among themselves.
    for worn_out in (False, True):
        chosen = _compatible(queue, size, sessions, worn_out=worn_out)
        if len(chosen) == size or (chosen and partial):
            _take(queue, set(chosen))
            return chosen
    return []


def _take_all(queue: deque[Case], partial: bool) -> list[Case]:
    taken = list(queue) if partial else []
    if partial:
        queue.clear()
    return taken


def _compatible(queue: deque[Case], size: int, sessions: int, *, worn_out: bool) -> list[Case]:
    chosen: list[Case] = []
    union: set[int] = set()
    for case in queue:
        own = spent(case)
        if (len(own) >= sessions) is not worn_out:
            continue
        together = union | own
        if worn_out or len(together) < sessions:
            chosen.append(case)
            union = together
            if len(chosen) == size:
                break
    return chosen


def _take(queue: deque[Case], chosen: set[Case]) -> None:
    passed = []
    while chosen:
        case = queue.popleft()
        if case in chosen:
            chosen.remove(case)
        else:
            passed.append(case)
    queue.extendleft(reversed(passed))
