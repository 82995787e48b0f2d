"""Look-ups that found nobody, and whether they may be believed.

GONE takes two sessions that did not find the profile, each of which found *somebody* by name afterwards:
a session that goes blind in the middle of a run otherwise buries people.
"""

from __future__ import annotations

from collections import deque

from core.domain.verdict import Reason
from core.engine.case import Case, Look

# So many unproven looks in a row through one session are settled before it looks up anybody else.
MOST_UNPROVEN = 3


class Looks:
    """The unproven looks of each session of one batch."""

    def __init__(self) -> None:
        self._unproven: dict[int, list[Case]] = {}
        self._proving: set[int] = set()
        self._known: deque[str] = deque(maxlen=8)

    def found_nobody(self, case: Case, session_id: int, reason: Reason) -> None:
        """*session_id* looked for the profile and did not find it; nothing follows yet."""
        case.looks += (Look(session_id, reason),)
        self._unproven.setdefault(session_id, []).append(case)

    def found_somebody(self, session_id: int, username: str) -> list[Case]:
        """The session is not blind: the cases whose looks through it now count."""
        if username in self._known:
            self._known.remove(username)
        self._known.append(username)
        self._proving.discard(session_id)
        return [case for case in self._unproven.pop(session_id, []) if not case.settled]

    def lost(self, session_id: int) -> list[Case]:
        """The session found nobody at all: its looks are void.  The cases that lost one."""
        self._proving.discard(session_id)
        cases = [case for case in self._unproven.pop(session_id, []) if not case.settled]
        for case in cases:
            case.looks = tuple(look for look in case.looks if look.session_id != session_id)
        return cases

    def forget(self, case: Case) -> None:
        """The profile was found after all, or its check has ended."""
        case.looks = ()
        for session_id, cases in list(self._unproven.items()):
            if case in cases:
                cases.remove(case)
                if not cases:
                    del self._unproven[session_id]

    def proven(self, case: Case) -> list[Look]:
        """The looks of *case* that count."""
        return [
            look
            for look in case.looks
            if look.session_id is None or case not in self._unproven.get(look.session_id, [])
        ]

    @property
    def overdue(self) -> frozenset[int]:
        """Sessions that must find somebody before they look up anyone else."""
        return frozenset(s for s, cases in self._unproven.items() if len(cases) >= MOST_UNPROVEN) | self._proving

    def to_prove(self, *, only_overdue: bool) -> int | None:
        """A session that must now find somebody by name, or None.  It counts as busy until it did or did not."""
        for session_id, cases in self._unproven.items():
            if session_id not in self._proving and (len(cases) >= MOST_UNPROVEN or not only_overdue):
                self._proving.add(session_id)
                return session_id
        return None

    def not_proving(self, session_id: int) -> None:
        """The proof did not come about; it may be tried again."""
        self._proving.discard(session_id)

    @property
    def unproven(self) -> bool:
        """Whether any look waits for its session's proof."""
        return bool(self._unproven)

    @property
    def known_names(self) -> list[str]:
        """Names that some session found lately, the newest first."""
        return list(reversed(self._known))

    def clear(self) -> None:
        """Forget all looks; the names stay."""
        self._unproven.clear()
        self._proving.clear()
