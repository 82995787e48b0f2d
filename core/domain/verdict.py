"""What a check can say, why, and who pays for a failed attempt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """The answer to "does this profile have a live story right now?"."""

    LIVE = "live"
    NONE = "none"
    PRIVATE = "private"
    GONE = "gone"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """The closed set that explains a verdict or a failed attempt."""

    OK = "ok"
    ABSENT_ONCE = "absent_once"
    BATCH_UNPROVEN = "batch_unproven"
    PRIVATE = "private"
    NOT_FOUND = "not_found"
    USER_NULL = "user_null"
    GATED = "gated"
    RATE_LIMITED = "rate_limited"
    SOFT_WAIT = "soft_wait"
    LOGIN_REQUIRED = "login_required"
    SESSION_EXPIRED = "session_expired"
    CHALLENGE = "challenge"
    CHECKPOINT = "checkpoint"
    SUSPENDED = "suspended"
    FEEDBACK = "feedback"
    UA_MISMATCH = "ua_mismatch"
    IP_BLOCK = "ip_block"
    FORBIDDEN = "forbidden"
    ENDPOINT_GONE = "endpoint_gone"
    TOO_MANY_IDS = "too_many_ids"
    BAD_REQUEST = "bad_request"
    SERVER_ERROR = "server_error"
    BAD_JSON = "bad_json"
    EMPTY_BODY = "empty_body"
    HTML_WALL = "html_wall"
    WRONG_SHAPE = "wrong_shape"
    REDIRECT_UNKNOWN = "redirect_unknown"
    TIMEOUT = "timeout"
    NET_ERROR = "net_error"
    PROXY_ERROR = "proxy_error"
    FRESH = "fresh"
    NO_CANARY = "no_canary"
    SECOND_SESSION = "second_session"
    INTERNAL = "internal"


class Blame(StrEnum):
    """Who pays for a failed attempt; ROUTE where one answer cannot tell proxy from session."""

    PROXY = "proxy"
    SESSION = "session"
    PROFILE = "profile"
    PLATFORM = "platform"
    NOBODY = "nobody"
    ROUTE = "route"


class Act(StrEnum):
    """What a failed attempt asks of the one who is blamed."""

    NOTHING = "nothing"
    COOL = "cool"  # the route rests: the platform's Retry-After, else 15 min doubling to 4 h
    HOLD = "hold"  # the session rests for `seconds`
    SUSPECT = "suspect"  # the session rests for `seconds`, is tried once more, and freezes if that fails alike
    FREEZE_EXPIRED = "freeze_expired"  # the session waits for a person: it is logged out
    FREEZE_CHECKPOINT = "freeze_checkpoint"  # the session waits for a person: it is challenged
    PROXY_FAILED = "proxy_failed"  # counts against the proxy; several in a row quarantine it
    PROXY_HOLD = "proxy_hold"  # the proxy rests for `seconds`


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows from a failed attempt.

    Args:
        seconds: How long the rest lasts; 0 leaves it to the ladder of the act.
        told: The platform itself named *seconds* (``Retry-After``), so ``rest_scale`` leaves it alone.
    """

    act: Act = Act.NOTHING
    seconds: float = 0.0
    told: bool = False


NO_CONSEQUENCE = Consequence()


@dataclass(frozen=True, slots=True)
class Verdict:
    """A check's end: what, and why."""

    outcome: Outcome
    reason: Reason

    @property
    def conclusive(self) -> bool:
        """Everything but UNKNOWN."""
        return self.outcome is not Outcome.UNKNOWN
