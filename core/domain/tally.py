"""What is counted about a proxy or a session, and what one exchange adds to it.  Pure.

Owns the counters and the score.  Which exchange speaks for or against whom is decided in
:mod:`core.domain.health`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from core.domain.verdict import NO_CONSEQUENCE, Blame, Consequence, Reason

JUDGED_ATTEMPTS = 50
LEAST_TO_JUDGE = 5
RESPONSE_WEIGHT = 0.2
_ALL_JUDGED = (1 << JUDGED_ATTEMPTS) - 1


class Level(StrEnum):
    """A score in words."""

    UNJUDGED = "unjudged"
    HEALTHY = "healthy"
    DEGRADED = "degraded"
    FAILING = "failing"


@dataclass(slots=True)
class Report:
    """How one exchange went.

    Args:
        ok: The route did its work; blame and consequence then mean nothing.
    """

    ok: bool
    reason: Reason = Reason.OK
    blame: Blame = Blame.NOBODY
    consequence: Consequence = NO_CONSEQUENCE


@dataclass(slots=True)
class Health:
    """What proxies and sessions have in common.

    A value: replaced, never changed, but by whoever owns it alone, who may let :func:`count_success` count in it.

    Args:
        requests: Exchanges that came to an end of their own; cancelled ones are not among them.
        successes: Those that spoke for this one; ``failures`` those that spoke against it.
        consecutive_failures: Failures since the last success.
        outcomes: The last 50 successes and failures as bits, the newest lowest.
        judged: How many bits of *outcomes* count.
        response_ms: Moving average over successes; None before the first.
        last_used_at: End of the last exchange, cancelled or not: gaps are counted from here.
        last_error: The reason of the last failure that was, or may have been, this one's.
        until: End of the present rest; a past moment is no rest.
    """

    requests: int = 0
    successes: int = 0
    failures: int = 0
    consecutive_failures: int = 0
    outcomes: int = 0
    judged: int = 0
    response_ms: float | None = None
    last_used_at: datetime | None = None
    last_success_at: datetime | None = None
    last_error: str | None = None
    until: datetime | None = None

    @property
    def score(self) -> float | None:
        """Per cent of successes over the last 50; None while fewer than 5 are known."""
        if self.judged < LEAST_TO_JUDGE:
            return None
        return 100.0 * self.outcomes.bit_count() / self.judged

    def level(self, *, degraded_below: float, failing_below: float) -> Level:
        """The score in words, by the limits of the same names."""
        score = self.score
        if score is None:
            return Level.UNJUDGED
        if score < failing_below:
            return Level.FAILING
        return Level.DEGRADED if score < degraded_below else Level.HEALTHY


_H = TypeVar("_H", bound=Health)


def succeeded(health: _H, at: datetime, elapsed_ms: float | None) -> _H:
    """*health* after an exchange that spoke for this one and took *elapsed_ms*, where that is known."""
    health = replace(health)
    count_success(health, at, elapsed_ms)
    return health


def count_success(health: Health, at: datetime, elapsed_ms: float | None) -> None:
    """The same in *health* itself, which nobody else may hold: once an exchange, two new ones would cost most of it."""
    health.requests += 1
    health.successes += 1
    health.consecutive_failures = 0
    health.outcomes = (health.outcomes << 1 | 1) & _ALL_JUDGED
    if health.judged < JUDGED_ATTEMPTS:
        health.judged += 1
    if elapsed_ms is not None:
        average = health.response_ms
        health.response_ms = elapsed_ms if average is None else average + RESPONSE_WEIGHT * (elapsed_ms - average)
    health.last_used_at = health.last_success_at = at


def failed(health: _H, at: datetime, reason: Reason) -> _H:
    """*health* after an exchange that spoke against this one."""
    return replace(
        health,
        requests=health.requests + 1,
        failures=health.failures + 1,
        consecutive_failures=health.consecutive_failures + 1,
        outcomes=health.outcomes << 1 & _ALL_JUDGED,
        judged=min(JUDGED_ATTEMPTS, health.judged + 1),
        last_used_at=at,
        last_error=reason.value,
    )


def undecided(health: _H, at: datetime, report: Report) -> _H:
    """*health* after an exchange that spoke neither for nor against it."""
    # A ROUTE failure may be this one's; it is worth showing although it moves no score.
    error = report.reason.value if report.blame is Blame.ROUTE else health.last_error
    return replace(health, requests=health.requests + 1, last_used_at=at, last_error=error)


def used(health: _H, at: datetime) -> _H:
    """*health* after an exchange of which nothing is known but that it ended at *at*."""
    return replace(health, last_used_at=at)


def later(until: datetime | None, now: datetime, seconds: float) -> datetime:
    """*seconds* from *now*; a longer rest that already runs stays."""
    end = now + timedelta(seconds=seconds)
    return end if until is None or until < end else until
