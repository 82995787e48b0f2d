"""Views of what happened to proxies, sessions, canaries and the breaker, of alerts, and of figures by hour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.domain.transition import Cause, Kind, word_and_phrase
from core.domain.verdict import Reason

# What a failed exchange was, to somebody who never saw these words.
_FAILURES: Mapping[str, str] = {
    Reason.BATCH_UNPROVEN: "it sees nobody, not even those who are always live",
    Reason.RATE_LIMITED: "the platform says it asks too often",
    Reason.SOFT_WAIT: "the platform asks it to wait",
    Reason.LOGIN_REQUIRED: "the platform wants it to log in",
    Reason.SESSION_EXPIRED: "the platform has logged it out",
    Reason.CHALLENGE: "the platform challenges it",
    Reason.CHECKPOINT: "the platform challenges it",
    Reason.SUSPENDED: "the platform has suspended the account",
    Reason.FEEDBACK: "the platform takes it for a robot",
    Reason.UA_MISMATCH: "the platform does not believe its user agent",
    Reason.IP_BLOCK: "the platform refuses the address",
    Reason.FORBIDDEN: "the platform refuses the request",
    Reason.ENDPOINT_GONE: "the platform does not know the question",
    Reason.TOO_MANY_IDS: "the platform says the question names too many",
    Reason.BAD_REQUEST: "the platform cannot read the question",
    Reason.SERVER_ERROR: "the platform has troubles of its own",
    Reason.BAD_JSON: "the answer was damaged",
    Reason.EMPTY_BODY: "the answer was empty",
    Reason.HTML_WALL: "a web page came in place of an answer",
    Reason.WRONG_SHAPE: "the answer is none that is known",
    Reason.REDIRECT_UNKNOWN: "the request was sent elsewhere",
    Reason.TIMEOUT: "no answer came in time",
    Reason.NET_ERROR: "the connection broke",
    Reason.PROXY_ERROR: "the proxy does not do its work",
    Reason.NOT_FOUND: "the platform knows no such name",
}

_HAPPENED: Mapping[tuple[Kind, str], str] = {
    (Kind.PROXY, "cooling"): "rests",
    (Kind.PROXY, "quarantined"): "is quarantined",
    (Kind.PROXY, "ready"): "is ready again",
    (Kind.SESSION, "resting"): "rests",
    (Kind.SESSION, "suspected"): "is suspected and rests",
    (Kind.SESSION, "valid"): "is valid again",
    (Kind.SESSION, "expired"): "is logged out and waits for a person",
    (Kind.SESSION, "checkpoint"): "is challenged and waits for a person",
    (Kind.CANARY, "proven"): "is proven",
    (Kind.CANARY, "missing"): "is missing",
    (Kind.CANARY, "retired"): "is used no more",
    (Kind.BREAKER, "open"): "everything pauses",
    (Kind.BREAKER, "look_ups_wait"): "look-ups pause",
    (Kind.BREAKER, "closed"): "everything goes on",
}

_CAUSES: Mapping[str, str] = {
    Cause.RESTED: "its rest is over",
    Cause.RECOVERED: "a probe went well",
    Cause.SEEN: "an answer showed it",
    Cause.NOT_SEEN: "proven answers do not show it",
}

_ACTS: Mapping[str, str] = {
    Cause.ENABLED: "switched on",
    Cause.DISABLED: "switched off",
    Cause.BOUND: "bound",
    Cause.REMOVED: "removed",
    Cause.RENEWED: "given new cookies",
}


@dataclass(frozen=True, slots=True)
class ResourceEventView:
    """A change of state.

    Args:
        kind: ``proxy``, ``session``, ``canary`` or ``breaker``.
        subject_id: Of a proxy or session; it may have been removed since.
        reason: A word of the closed set, and a phrase behind it where more is to be said.
        until: When the new state ends by itself; None where it does not, or nobody knows.
    """

    id: int
    at: datetime
    kind: str
    subject_id: int | None
    subject: str
    before: str
    after: str
    reason: str
    until: datetime | None

    @property
    def happened(self) -> str:
        """What happened, as the second half of a sentence that begins with the subject."""
        word, phrase = word_and_phrase(self.reason)
        if word in _ACTS:
            return f"was {_ACTS[word]} {phrase}".rstrip()
        still = "still " if self.before == self.after else ""
        usual = f"is {self.after}"
        said = _HAPPENED.get((Kind(self.kind), self.after), usual).replace("is ", f"is {still}", 1)
        if self.until is not None:
            said += f" until {_moment(self.until, self.at)}"
        why = phrase or _CAUSES.get(word) or _explained(word)
        return f"{said}: {why}" if why else said


@dataclass(frozen=True, slots=True)
class HourView:
    """Exchanges of one hour over one proxy that ended alike.

    Args:
        reason: ``ok``, or why they failed; *blame* says whose fault that was.
        p95_ms: The time that 95 of 100 of those that brought an answer kept to; None without answers.
    """

    hour: datetime
    proxy: int
    reason: str
    blame: str
    count: int
    p95_ms: float | None


def failure_in_words(reason: str) -> str | None:
    """What a failed exchange was, as half a sentence in which *it* is the session; None for other reasons."""
    return _FAILURES.get(reason)


def _explained(word: str) -> str:
    known = _FAILURES.get(word)
    return f"{known} ({word})" if known else word


def _moment(moment: datetime, now: datetime) -> str:
    pattern = "%H:%M:%S UTC" if moment.date() == now.date() else "%Y-%m-%d %H:%M UTC"
    return moment.strftime(pattern)
