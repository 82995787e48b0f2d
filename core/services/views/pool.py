"""Views of proxies, sessions, canaries and limits.  Never a secret."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from core.domain.health import Level
from core.domain.rejected import Rejected


@dataclass(frozen=True, slots=True)
class ProxyView:
    """A proxy; its password is masked.

    Args:
        state: ``ready``, ``cooling`` or ``quarantined``, as of the view.
        ready_at: When its rest ends; None when it does not rest.
        response_ms: A moving average of good answers; None before the first.
        p95_ms: The time that 95 of 100 answers of the last 24 hours kept to; None where none came.
        score: Per cent of successes over the last 50 exchanges that were judged; None while fewer than 5 were.
        level: The score by the limits ``degraded_below`` and ``failing_below``: ``healthy``, ``degraded``,
            ``failing``, ``unjudged``.
        sessions: Labels of the sessions bound to it.
        label: What people call it; empty where nobody gave it a name.
        per_hour: A limit of its own, like *per_day* and *parallel*: None leaves it to the general one, 0 is no limit.
    """

    id: int
    address: str
    kind: str
    enabled: bool
    state: str
    ready_at: datetime | None
    requests: int
    successes: int
    failures: int
    consecutive_failures: int
    last_error: str | None
    response_ms: float | None
    sessions: tuple[str, ...]
    last_used_at: datetime | None
    last_success_at: datetime | None
    created_at: datetime
    p95_ms: float | None = None
    score: float | None = None
    level: str = Level.UNJUDGED.value
    label: str = ""
    per_hour: int | None = None
    per_day: int | None = None
    parallel: int | None = None


@dataclass(frozen=True, slots=True)
class ProxyLine:
    """What became of one line of a list of proxies.

    Args:
        result: ``created``, ``updated`` (known, with another password), ``known`` (left alone), ``duplicate`` (it
            repeats an earlier line) or ``invalid``.
        proxy: Its id now.
        address: Masked; of an invalid line what surely is no secret.
        why: Of a duplicate and an invalid one.
    """

    line: int
    result: str
    proxy: int | None = None
    address: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class ProxiesImported:
    """What became of the lines of a list of proxies.

    Args:
        known: Lines whose proxy was there before, or came in an earlier line.
        updated: How many of *known* got the password that the line brought.
        duplicate: How many of *known* repeat an earlier line.
        rejected: The first thousand of the invalid ones.
        lines: All of them.
    """

    created: int
    known: int
    updated: int
    duplicate: int
    invalid: int
    rejected: tuple[Rejected, ...]
    lines: tuple[ProxyLine, ...]


@dataclass(frozen=True, slots=True)
class ProxyRemoved:
    """A removed proxy, and the labels of the sessions that lost it: they rest until they are bound again."""

    id: int
    address: str
    unbound: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session; nothing of its cookies.

    Args:
        account_id: The platform's id of the account that is logged in.
        proxy: Id of the proxy it is bound to; None when unbound, and then it is not used.
        state: ``valid``, ``resting``, ``suspected``, ``expired``, ``checkpoint`` or ``disabled``.
        ready_at: When its rest ends; None when it does not rest or waits for a person.
        score: Per cent of successes over the last 50 exchanges that were judged; None while fewer than 5 were.
        level: The score by the limits ``degraded_below`` and ``failing_below``: ``healthy``, ``degraded``,
            ``failing``, ``unjudged``.
        canary_share: Part of its answers about working canaries that showed one, 0 to 1; None when it brought none.
        expires_at: When its cookies end; None where that is not known, as of a pasted header.
        warning: What to do about an end within 7 days, as a sentence; None where there is none, or where the session
            waits for a person anyway.
    """

    id: int
    label: str
    account_id: str
    proxy: int | None
    state: str
    ready_at: datetime | None
    requests: int
    successes: int
    failures: int
    consecutive_failures: int
    last_error: str | None
    user_agent: str
    last_used_at: datetime | None
    last_success_at: datetime | None
    created_at: datetime
    score: float | None = None
    level: str = Level.UNJUDGED.value
    canary_share: float | None = None
    expires_at: datetime | None = None
    warning: str | None = None


@dataclass(frozen=True, slots=True)
class SessionLine:
    """What became of one line of a list of sessions.

    Args:
        result: ``created``, ``updated`` (known, with other cookies), ``known`` (left alone) or ``invalid``.
        proxy: Id of the proxy it is bound to now.
    """

    line: int
    result: str
    label: str | None = None
    proxy: int | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class SessionsImported:
    """What became of a list of sessions.

    Args:
        bound: How many were bound to a proxy by this import.
        unbound: How many of the created and known ones have no proxy now.
    """

    created: int
    updated: int
    known: int
    invalid: int
    bound: int
    unbound: int
    lines: tuple[SessionLine, ...]


@dataclass(frozen=True, slots=True)
class CanaryView:
    """A canary.

    Args:
        state: ``proven`` (it was seen), ``missing`` (never seen, or absent three times in a row), ``untested``, or
            ``retired`` (missing everywhere or not found by anybody: not used until it is added again).
        live_share: Part of the answers that named it in which it was live, 0 to 1; None when untested.
        why: Why it retired; None where it did not, or nobody knows any more.
        missed_share: As of :class:`Misses`; the same for all canaries, as a measure of what they guard against.
    """

    username: str
    state: str
    live_share: float | None
    last_seen_at: datetime | None
    asked: int = 0
    seen: int = 0
    why: str | None = None
    missed_share: float | None = None


@dataclass(frozen=True, slots=True)
class Misses:
    """How often a single asking would have missed a story, over the batches of the last 30 days.

    Args:
        stories: Found in all.
        found_late: Those of them that only the second asking found.
    """

    stories: int
    found_late: int

    @property
    def share(self) -> float | None:
        """Part of the stories, 0 to 1; None without stories."""
        return self.found_late / self.stories if self.stories else None


@dataclass(frozen=True, slots=True)
class CanariesAdded:
    """What became of names that were offered as canaries.

    Args:
        brought_back: Those of *known* that had retired.
    """

    created: int
    known: int
    rejected: tuple[Rejected, ...]
    brought_back: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MissesOfDay:
    """How often a single asking would have missed a story, over the batches of one day.

    Args:
        day: In the time zone that was asked for.
    """

    day: date
    stories: int
    found_late: int

    @property
    def share(self) -> float | None:
        """Part of the stories, 0 to 1; None without stories."""
        return self.found_late / self.stories if self.stories else None


@dataclass(frozen=True, slots=True)
class LastDay:
    """Exchanges of the last 24 hours.

    Args:
        by_proxy: By the id of the proxy, without those that made none; to the minute where limits hold, else by hours.
        by_session: By the id of the session, as far as limits hold; without limits nobody counts by session.
    """

    by_proxy: Mapping[int, int]
    by_session: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class LimitView:
    """An operating limit; None means no limit.

    Args:
        takes: What may be given, as half a sentence.
    """

    name: str
    value: float | int | None
    default: float | int | None
    unit: str
    meaning: str
    takes: str = ""

    @property
    def changed(self) -> bool:
        """Somebody set it to something else than its default."""
        return self.value != self.default
