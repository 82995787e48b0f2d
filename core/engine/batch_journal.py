"""Where the findings of one batch go until they are stored: the ledger of its inquiry, and its active time."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from core.clock import Clock
from core.engine.backlog import Backlog
from core.engine.case import Result
from core.engine.inquiry import Step
from core.sources.base import Found, Reading


class Collector(Protocol):
    """Stores what is collected, soon."""

    @property
    def collecting(self) -> Backlog:
        """What the next commit stores."""

    def settled(self, batch_id: str, result: Result) -> None:
        """Take a verdict."""

    def something_came(self) -> None:
        """See to it that what came is stored soon."""


class BatchJournal:
    """Where the findings of one batch go; the ledger of its inquiry."""

    def __init__(self, collector: Collector, batch_id: str, clock: Clock) -> None:
        self._collector = collector
        self._batch_id = batch_id
        self._clock = clock
        self._active_since: float | None = None

    def settled(self, result: Result) -> None:
        self._collector.settled(self._batch_id, result)

    def learned(self, username: str, found: Found, at: datetime) -> None:
        self._collector.collecting.add_learned(username, found, at)
        self._collector.something_came()

    def happened(self, what: str, text: str, username: str | None = None) -> None:
        self._collector.collecting.add_happened(self._batch_id, self._clock.now(), what, text, username)
        self._collector.something_came()

    def asked(self) -> None:
        """One exchange was made for the batch; stored with the next verdict, or soon."""
        asked = self._collector.collecting.asked
        asked[self._batch_id] = asked.get(self._batch_id, 0) + 1
        self._collector.something_came()

    def not_understood(self, step: Step, reading: Reading) -> None:
        title = f"{step.question.kind.value}: {reading.reason.value} (row {reading.row})".replace("_", " ")
        self._collector.collecting.add_error("answer", title, reading.sample)
        self._collector.something_came()

    # -- time -----------------------------------------------------------------------

    def resume(self) -> None:
        """The batch is being worked on from now."""
        if self._active_since is None:
            self._active_since = self._clock.monotonic()

    def pause(self) -> None:
        """The batch waits, or is worked on no more."""
        self.count_time(self._collector.collecting)
        self._active_since = None

    def count_time(self, backlog: Backlog) -> None:
        """Add the active time since the last call."""
        if self._active_since is None:
            return
        now = self._clock.monotonic()
        if now > self._active_since:
            backlog.seconds[self._batch_id] = backlog.seconds.get(self._batch_id, 0.0) + now - self._active_since
            self._active_since = now
