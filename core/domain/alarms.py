"""What people asked to be told: which changes of state are an alert, and when a proxy fails for a spell.  Pure.

One spell is told once: a session is frozen once until a person acts, and a proxy that fails is told
again only after it did well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.domain.canary import CanaryState
from core.domain.health import ProxyHealth, SessionState
from core.domain.limits import Limits
from core.domain.tally import LEAST_TO_JUDGE
from core.domain.transition import Kind, Transition, word_and_phrase

BREAKER_CLOSED = "closed"
BREAKER_OPEN = "open"
# What the alert says when a breaker closes.
GOES_ON = "The platform answers again; everything goes on."

_FROZEN = frozenset({SessionState.EXPIRED.value, SessionState.CHECKPOINT.value})


class AlertKind(StrEnum):
    """What an alert is about."""

    BATCH_FINISHED = "batch_finished"
    STORY = "story"
    TARGET_MET = "target_met"
    PROXIES_LOW = "proxies_low"
    SESSIONS_LOW = "sessions_low"
    SESSION_FROZEN = "session_frozen"
    PROXY_FAILING = "proxy_failing"
    CANARY_RETIRED = "canary_retired"
    BREAKER = "breaker"
    SCHEDULE_MISSED = "schedule_missed"
    DISK_LOW = "disk_low"
    TEST = "test"  # somebody asked for it, so it is asked of no rule


MEANINGS: Mapping[AlertKind, str] = {
    AlertKind.BATCH_FINISHED: "a batch is finished",
    AlertKind.STORY: "a watched profile has a new story",
    AlertKind.TARGET_MET: "a niche met its daily story target",
    AlertKind.PROXIES_LOW: "few proxies are ready",
    AlertKind.SESSIONS_LOW: "few sessions can be used",
    AlertKind.SESSION_FROZEN: "a session is logged out or challenged",
    AlertKind.PROXY_FAILING: "a proxy fails",
    AlertKind.CANARY_RETIRED: "a canary is used no more",
    AlertKind.BREAKER: "everything pauses, or goes on again",
    AlertKind.SCHEDULE_MISSED: "a schedule missed its time",
    AlertKind.DISK_LOW: "the disk is nearly full",
}
# Those that people choose from.
CHOICES: tuple[str, ...] = tuple(kind.value for kind in MEANINGS)
# Quiet hours do not hold these, because a person has to act, or everything stands still.
URGENT = frozenset({AlertKind.BREAKER.value, AlertKind.SESSION_FROZEN.value, AlertKind.TEST.value})


@dataclass(frozen=True, slots=True)
class NewAlert:
    """An alert on its way to storage.

    Args:
        batch_id: The batch that it is about.
    """

    kind: AlertKind
    subject: str
    text: str
    batch_id: str | None = None


def alert_for(change: Transition) -> NewAlert | None:
    """The alert that a change of state is worth; its subject must have its name by now."""
    word, phrase = word_and_phrase(change.reason)
    why = phrase or word
    if change.kind is Kind.SESSION and change.after in _FROZEN and change.before not in _FROZEN:
        happened = "is logged out" if change.after == SessionState.EXPIRED else "is challenged"
        text = f'The session "{change.subject}" {happened} ({why}) and waits for a person.'
        return NewAlert(AlertKind.SESSION_FROZEN, change.subject, text)
    if change.kind is Kind.CANARY and change.after == CanaryState.RETIRED:
        text = f"The canary {change.subject} is used no more: {why}."
        return NewAlert(AlertKind.CANARY_RETIRED, change.subject, text)
    return _of_breaker(change, why) if change.kind is Kind.BREAKER else None


def _of_breaker(change: Transition, why: str) -> NewAlert | None:
    if (change.before == BREAKER_CLOSED) == (change.after == BREAKER_CLOSED):
        return None
    if change.after == BREAKER_CLOSED:
        return NewAlert(AlertKind.BREAKER, change.subject, GOES_ON)
    what = "everything pauses" if change.after == BREAKER_OPEN else "look-ups pause"
    text = f"The platform refuses everybody ({why}); {what} until a probe passes."
    return NewAlert(AlertKind.BREAKER, change.subject, text)


def alert_for_failing(proxy_id: int, address: str, health: ProxyHealth, limits: Limits) -> NewAlert:
    """The alert about a proxy that fails."""
    last = f", the last time with {health.last_error}" if health.last_error else ""
    in_a_row = health.consecutive_failures
    if limits.alert_in_a_row and in_a_row >= limits.alert_in_a_row:
        how = f"failed {in_a_row:,} times in a row"
    else:
        how = f"failed in {_failed(health)} of its last {health.judged} exchanges"
    return NewAlert(AlertKind.PROXY_FAILING, subject_of(proxy_id), f"The proxy {proxy_id} ({address}) {how}{last}.")


def subject_of(proxy_id: int) -> str:
    """What an alert about a proxy has as its subject."""
    return f"proxy {proxy_id}"


class FailingProxies:
    """The proxies that people were told of and that have not done well since."""

    def __init__(self) -> None:
        self._told: set[str] = set()

    def know(self, subjects: Iterable[str]) -> None:
        """People were told of these once; who does well by now is forgotten when it is next looked at."""
        self._told.update(subjects)

    def forget(self, proxy_id: int) -> None:
        """It was not told after all."""
        self._told.discard(subject_of(proxy_id))

    def is_news(self, proxy_id: int, health: ProxyHealth, limits: Limits) -> bool:
        """Whether people have to be told of the proxy now; it counts as told from here on."""
        subject = subject_of(proxy_id)
        if _fails(health, limits):
            news = subject not in self._told
            self._told.add(subject)
            return news
        if subject in self._told and _does_well(health, limits):
            self._told.discard(subject)
        return False


def _fails(health: ProxyHealth, limits: Limits) -> bool:
    in_a_row, share = limits.alert_in_a_row, limits.alert_share
    if in_a_row and health.consecutive_failures >= in_a_row:
        return True
    return bool(share) and health.judged >= LEAST_TO_JUDGE and _failed(health) * 100 > share * health.judged


def _does_well(health: ProxyHealth, limits: Limits) -> bool:
    """Well below the limits, so that a share that sways about one is one spell."""
    if health.consecutive_failures:
        return False
    return not limits.alert_share or _failed(health) * 200 <= limits.alert_share * health.judged


def _failed(health: ProxyHealth) -> int:
    return health.judged - health.outcomes.bit_count()
