"""Reasons in the words that people read beside a verdict.  Pure."""

from __future__ import annotations

from core.domain.verdict import Reason

# Those that read well as they are called need no entry.
_WORDS = {
    Reason.OK: "",
    Reason.ABSENT_ONCE: "missing once",
    Reason.BATCH_UNPROVEN: "unproven answer",
    Reason.USER_NULL: "empty profile",
    Reason.GATED: "age limit",
    Reason.SOFT_WAIT: "asked to wait",
    Reason.FEEDBACK: "warned for scraping",
    Reason.UA_MISMATCH: "user agent mismatch",
    Reason.IP_BLOCK: "address blocked",
    Reason.ENDPOINT_GONE: "way of asking gone",
    Reason.TOO_MANY_IDS: "too many at once",
    Reason.BAD_JSON: "broken answer",
    Reason.EMPTY_BODY: "empty answer",
    Reason.HTML_WALL: "page instead of answer",
    Reason.WRONG_SHAPE: "answer not understood",
    Reason.REDIRECT_UNKNOWN: "led elsewhere",
    Reason.TIMEOUT: "timed out",
    Reason.NET_ERROR: "network error",
    Reason.FRESH: "checked a short while ago",
    Reason.NO_CANARY: "no canary",
    Reason.SECOND_SESSION: "needs a second session",
    Reason.INTERNAL: "mistake in Storywatch",
}


def reason_in_words(reason: Reason | None) -> str:
    """*reason* as people read it; empty where there is nothing to explain."""
    return "" if reason is None else _WORDS.get(reason, reason.value.replace("_", " "))


def stored_in_words(reason: str) -> str:
    """A reason as it is stored, as people read it; one that is none of ours as it is."""
    try:
        return reason_in_words(Reason(reason))
    except ValueError:
        return reason.replace("_", " ")
