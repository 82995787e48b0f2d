"""Views of batches and checks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.domain.verdict import Outcome, Reason


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch as of one moment.

    Args:
        place_in_line: From 1, among those in line; None unless it is in line.
        position: What orders those in line and in progress; None for the others.
        total: Checks in it, those skipped as *fresh* included.
        skipped: Profiles left out because they are paused or gone; not in *total*.
        seconds: Time in which the engine worked on it.
        waiting_reason: Why nothing moves although it runs; None when it moves.
        results_kept: Its checks are still there; those of a batch that was done 90 days ago are forgotten.
    """

    id: str
    name: str
    niche: str | None
    status: str
    requested_at: datetime | None
    position: int | None
    place_in_line: int | None
    total: int
    finished: int
    live: int
    none: int
    private: int
    gone: int
    unknown: int
    skipped: int
    requests: int
    seconds: float
    waiting_reason: str | None
    waiting_until: datetime | None
    created_by: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    results_kept: bool = True

    @property
    def shown_status(self) -> str:
        """The state in people's words: *Ready*, *In line (3rd)*, *Running*, *Stopped at 41 %*, *Done*."""
        if self.status == "done":
            return "Done"
        if self.status == "in_progress":
            return "Running"
        if self.requested_at is not None:
            return "In line" if self.place_in_line is None else f"In line ({ordinal(self.place_in_line)})"
        if self.started_at is not None:
            return f"Stopped at {self.percent} %"
        return "Ready"

    @property
    def percent(self) -> int:
        """Finished checks in whole percent, rounded down, so that 100 means all."""
        return 100 * self.finished // self.total if self.total else 100


@dataclass(frozen=True, slots=True)
class CheckView:
    """One profile's check in one batch.

    Args:
        checked_at: When the verdict was found; for a fresh one that is before the batch.
        proxy: Id of the proxy that brought it, like *session*; None when nothing was asked.
        trail: Which route said what.
    """

    username: str
    outcome: Outcome | None
    reason: Reason | None
    attempts: int
    story_since: datetime | None
    story_until: datetime | None
    checked_at: datetime | None
    proxy: int | None
    session: int | None
    trail: str | None = None


@dataclass(frozen=True, slots=True)
class FoundCheck:
    """A finished check as a page of results shows it.

    Args:
        latency_ms: How long the answer took that settled it; None when nothing was asked.
        proxy_label: What the proxy is called, or its address; None when it was removed, like *session_label*.
        mark: The place of the check, to go on behind it.
    """

    check: CheckView
    latency_ms: int | None
    proxy_label: str | None
    session_label: str | None
    mark: str


@dataclass(frozen=True, slots=True)
class ChecksPage:
    """A page of finished checks.

    Args:
        total: How many there are in all; None where the page goes on behind a mark.
        behind: The mark behind which the page begins: more pages from there see what this one saw.
        kept: The batch's checks are still there; of those that were forgotten no page has any.
    """

    checks: tuple[FoundCheck, ...]
    total: int | None
    behind: str
    kept: bool = True


@dataclass(frozen=True, slots=True)
class BatchEventView:
    """A line of a batch's own log; *username* and *proxy* tell whom it is about, where it is about one."""

    at: datetime
    what: str
    text: str
    username: str | None
    proxy: int | None


_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def ordinal(number: int) -> str:
    """*number* as a place: 1st, 2nd, 3rd, 4th, 11th, 21st."""
    if number % 100 in {11, 12, 13}:
        return f"{number}th"
    return f"{number}{_ENDINGS.get(number % 10, 'th')}"
