"""News inside one process.  The database is the truth; a lost event costs a late redraw."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol


class Event(Protocol):
    """A snapshot of one subject; a newer one replaces an unread older one."""

    @property
    def subject(self) -> str:
        """What the news is about; the newest unread event per type and subject is kept."""


@dataclass(frozen=True, slots=True)
class BatchProgress:
    """A batch's counters as of its last commit."""

    batch_id: str
    status: str
    total: int
    finished: int
    live: int
    none: int
    private: int
    gone: int
    unknown: int
    requests: int

    @property
    def subject(self) -> str:
        return self.batch_id


@dataclass(frozen=True, slots=True)
class WorkArrived:
    """Something changed that the engine must look at: a start, a stop, a limit, a proxy, a session."""

    subject: str = "engine"


@dataclass(frozen=True, slots=True)
class CallArrived:
    """Somebody in this process asks the engine for something."""

    subject: str = "call"


@dataclass(frozen=True, slots=True)
class SchedulesChanged:
    """Schedules, or what became of their runs, changed in this process."""

    subject: str = "schedules"


@dataclass(frozen=True, slots=True)
class SignInsEnded:
    """Somebody was signed out in this process: by themselves, or by what was done to them."""

    subject: str = "sign-ins"


@dataclass(frozen=True, slots=True)
class AlertsDue:
    """Alerts are due to be delivered to Discord channels."""

    subject: str = "alerts"


class Mailbox:
    """One subscriber's unread events: at most one per type and subject, in order of first arrival."""

    def __init__(self) -> None:
        self._unread: OrderedDict[tuple[type, str], Event] = OrderedDict()
        self._arrived = asyncio.Event()

    def put(self, event: Event) -> None:
        self._unread[type(event), event.subject] = event
        self._arrived.set()

    def take(self) -> Event | None:
        """The oldest unread event, or None."""
        if not self._unread:
            self._arrived.clear()
            return None
        _, event = self._unread.popitem(last=False)
        return event

    async def wait(self) -> None:
        """Return when something is unread."""
        if not self._unread:
            self._arrived.clear()
            await self._arrived.wait()

    async def __aiter__(self) -> AsyncIterator[Event]:
        while True:
            await self.wait()
            while (event := self.take()) is not None:
                yield event


class Events:
    """Hands each published event to every subscriber's mailbox."""

    def __init__(self) -> None:
        self._mailboxes: set[Mailbox] = set()

    def publish(self, event: Event) -> None:
        """Never waits and never fails."""
        for mailbox in self._mailboxes:
            mailbox.put(event)

    @contextmanager
    def subscribe(self) -> Iterator[Mailbox]:
        """A mailbox that fills until the block ends."""
        mailbox = Mailbox()
        self._mailboxes.add(mailbox)
        try:
            yield mailbox
        finally:
            self._mailboxes.discard(mailbox)
