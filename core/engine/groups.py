"""Who is asked together: packing, splitting, and how large a first group may be."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from core.engine.case import Case

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
        return frozenset().union(*(spent(case) for case in self.cases))

    def halves(self) -> list[Group]:
        """Two smaller groups of the same kind."""
        middle = len(self.cases) // 2
        return [Group(part, self.confirming) for part in (self.cases[:middle], self.cases[middle:])]


class GroupSize:
    """The size of first groups: shrinks when a second asking finds somebody, grows back slowly."""

    def __init__(self, wanted: int) -> None:
        self._wanted = min(wanted, LARGEST)
        self.now = self._wanted
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
        self.now = max(1, min(self.now, asked) // 2)


def spent(case: Case) -> set[int]:
    """Sessions that should not be asked about *case* again while another can be."""
    return {*case.absent_from, *case.failed_on}


def pack(queue: deque[Case], size: int, sessions: int) -> list[Case]:
    """Take up to *size* cases off *queue*, the oldest first, that some session has not been asked about.

    With few sessions, members whose spent sessions together cover all of them would force a second
    asking over the first one's session although another exists; such a member waits for the next group.
    """
    if sessions >= PLENTY_OF_SESSIONS or sessions <= 1:
        return [queue.popleft() for _ in range(min(size, len(queue)))]
    chosen: list[Case] = []
    union: set[int] = set()
    passed: list[Case] = []
    while queue and len(chosen) < size:
        case = queue.popleft()
        together = union | spent(case)
        if chosen and len(together) >= sessions:
            passed.append(case)
        else:
            chosen.append(case)
            union = together
    queue.extendleft(reversed(passed))
    return chosen
