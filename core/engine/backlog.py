"""What the engine found out and has not stored yet.  Plain collecting; nothing here waits or writes."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from core.domain.verdict import Outcome
from core.engine.case import Result
from core.sources.base import Found
from core.storage.checks import FinishedCheck
from core.storage.database import sql_time, sql_times
from core.storage.results import BatchSums, ErrorSighting, Learned, LoggedEvent


@dataclass(slots=True)
class Backlog:
    """Everything that one commit stores.

    Args:
        finished: Verdicts by check, with the batch of each: of two for one check the first stands.
        asked: Exchanges by batch; they count whether or not a verdict came of them.
        seconds: Active time by batch.
    """

    finished: dict[int, tuple[str, Result]] = field(default_factory=dict)
    second_finds: set[int] = field(default_factory=set)
    learned: dict[str, Learned] = field(default_factory=dict)
    happened: list[LoggedEvent] = field(default_factory=list)
    errors: dict[str, ErrorSighting] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.finished or self.learned or self.happened or self.errors or self.asked or self.seconds)

    def add_result(self, batch_id: str, result: Result) -> None:
        """A check's one verdict."""
        if result.second_find:
            self.second_finds.add(result.check_id)
        self.finished.setdefault(result.check_id, (batch_id, result))

    def finished_checks(self) -> list[FinishedCheck]:
        """The verdicts as they are stored.  Not made as they come: the loop has the least time of all."""
        results = [result for _, result in self.finished.values()]
        # All times in one go: they are most of the work.
        since = sql_times(None if result.story is None else result.story.since for result in results)
        until = sql_times(None if result.story is None else result.story.until for result in results)
        at = sql_times(result.checked_at for result in results)
        return list(map(_finished, results, since, until, at))

    def add_learned(self, username: str, found: Found, at: datetime) -> None:
        """A look-up found the profile; of several the last counts."""
        self.learned[username] = Learned(username, found.platform_id, found.is_private, sql_time(at))

    def add_happened(self, batch_id: str, at: datetime, what: str, text: str, username: str | None) -> None:
        """A line for a batch's log."""
        self.happened.append(LoggedEvent(batch_id, sql_time(at), what, text[:300], username))

    def add_error(self, kind: str, title: str, sample: str | None) -> None:
        """An error or an answer that was not understood; equal ones are counted."""
        fingerprint = hashlib.sha256(f"{kind}\0{title}".encode()).hexdigest()
        known = self.errors.get(fingerprint)
        if known is None:
            self.errors[fingerprint] = ErrorSighting(fingerprint, kind, title[:200], sample)
        else:
            known.count += 1

    def absorb(self, earlier: Backlog) -> None:
        """Take back what did not reach the database; it goes before what came since."""
        since, self.finished = self.finished, earlier.finished
        for check_id, check in since.items():
            self.finished.setdefault(check_id, check)
        self.second_finds |= earlier.second_finds
        self.learned = earlier.learned | self.learned
        self.happened[:0] = earlier.happened
        for fingerprint, sighting in earlier.errors.items():
            known = self.errors.setdefault(fingerprint, sighting)
            if known is not sighting:
                known.count += sighting.count
        for batch_id, count in earlier.asked.items():
            self.asked[batch_id] = self.asked.get(batch_id, 0) + count
        for batch_id, seconds in earlier.seconds.items():
            self.seconds[batch_id] = self.seconds.get(batch_id, 0.0) + seconds

    def sums(self, counted: set[int], at: datetime) -> list[BatchSums]:
        """What this adds to each batch.

        Args:
            counted: Checks that were still pending; only they add to counters.
        """
        when = sql_time(at)
        sums = {batch_id: BatchSums(batch_id, when) for batch_id in (*self.asked, *self.seconds)}
        for batch_id, count in self.asked.items():
            sums[batch_id].requests = count
        for batch_id, seconds in self.seconds.items():
            sums[batch_id].seconds = seconds
        tally = Counter([(batch_id, result.outcome) for batch_id, result in self.counted(counted)])
        for (batch_id, outcome), count in tally.items():
            of_batch = sums.get(batch_id)
            if of_batch is None:
                of_batch = sums[batch_id] = BatchSums(batch_id, when)
            _count(of_batch, outcome, count)
        for check_id in self.second_finds & counted:
            sums[self.finished[check_id][0]].second_finds += 1
        return list(sums.values())

    def counted(self, ids: set[int]) -> Iterable[tuple[str, Result]]:
        """The verdicts of the checks among *ids*, with their batches."""
        if len(ids) == len(self.finished):
            return self.finished.values()
        return [check for check_id, check in self.finished.items() if check_id in ids]


def _finished(result: Result, since: str | None, until: str | None, at: str | None) -> FinishedCheck:
    assert at is not None, "a check ends at some moment"
    return FinishedCheck(
        result.check_id,
        result.outcome.value,
        result.reason.value,
        result.attempts,
        result.trail,
        result.latency_ms,
        result.proxy_id,
        result.session_id,
        since,
        until,
        at,
        result.username,
    )


def _count(sums: BatchSums, outcome: str, count: int) -> None:
    sums.finished += count
    match outcome:
        case Outcome.LIVE:
            sums.live += count
        case Outcome.NONE:
            sums.none += count
        case Outcome.PRIVATE:
            sums.private += count
        case Outcome.GONE:
            sums.gone += count
        case _:
            sums.unknown += count
