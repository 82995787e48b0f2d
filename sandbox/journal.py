"""Everything that the platform was asked, as it looked from there."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

_MOST = 500_000


@dataclass(slots=True)
class Entry:
    """One request.

    Args:
        number: In the order of arrival, from 1 since the journal was reset.
        at: Arrival, monotonic seconds.
        wall: Arrival, seconds since 1970.
        kind: A value of :class:`sandbox.faults.Endpoint`.
        session: The account that asked; empty for an unknown one.
        source: The address it came from.
        cookies: Their names.
        subjects: Usernames as in the list; an id or a name that nobody has stands as it is.
        status: Of the answer; 0 where none was sent.
        fault: What was done to it on purpose, joined by commas; empty for an honest answer.
        early: It came sooner than the platform's gap after the session's last answer.
        answered_at: When the answer was about to be written, or the connection had ended.
    """

    number: int
    at: float
    wall: float
    kind: str
    session: str
    source: str
    user_agent: str
    cookies: tuple[str, ...]
    subjects: tuple[str, ...]
    early: bool = False
    status: int = 0
    fault: str = ""
    answered_at: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """All fields by name."""
        return asdict(self)


class Journal:
    """The last half million requests, in the order in which they ended."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=_MOST)
        self._arrived = 0
        self._ended = 0
        self._grown = asyncio.Event()

    def arrival(self) -> int:
        """The number of the request that arrives now."""
        self._arrived += 1
        return self._arrived

    def add(self, entry: Entry) -> None:
        """A request that has ended."""
        self._entries.append(entry)
        self._ended += 1
        self._grown.set()

    async def ended(self, count: int) -> None:
        """Wait until *count* requests have ended since the journal was reset."""
        while self._ended < count:
            self._grown.clear()
            await self._grown.wait()

    def reset(self) -> None:
        """Forget everything; numbers begin again."""
        self._entries.clear()
        self._arrived = 0
        self._ended = 0

    def since(self, count: int) -> list[Entry]:
        """What ended after the first *count* requests had."""
        fresh = min(max(self._ended - count, 0), len(self._entries))
        return list(islice(reversed(self._entries), fresh))[::-1]

    def sources(self) -> dict[str, set[str]]:
        """The addresses from which each session was seen."""
        seen: dict[str, set[str]] = {}
        for entry in self._entries:
            if entry.session:
                seen.setdefault(entry.session, set()).add(entry.source)
        return seen

    def early(self) -> list[Entry]:
        """The requests that came too soon."""
        return [entry for entry in self._entries if entry.early]

    def __iter__(self) -> Iterator[Entry]:
        return iter(tuple(self._entries))

    def __len__(self) -> int:
        return len(self._entries)

    def __repr__(self) -> str:
        return f"<Journal {self._ended} requests, {self._arrived - self._ended} in flight>"
