"""What a test found, as a sentence: what is wrong, and what mends it.  Pure words; decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from core.domain.verdict import Reason
from core.network.errors import TransportError
from core.network.reach import NotLetIn, Trouble

_WAIT_AND_SEE = "test again in a while, and replace the proxy if it stays so"

_PROXY: Mapping[Trouble, str] = {
    Trouble.NAME: "The proxy's name is not found; check how it is spelled, or ask the provider.",
    Trouble.REFUSED: "Nothing takes connections at this address; check host and port, or ask the provider.",
    Trouble.LATE: "The proxy takes no connection in time; check host and port, or whether it still runs.",
    Trouble.CERTIFICATE: "The proxy's certificate cannot be trusted; ask the provider, or name its authority in "
    "STORYWATCH_PLATFORM_CA_FILE.",
    Trouble.NO_TLS: "The proxy speaks no TLS; import its line again with http:// and remove this one.",
    Trouble.SILENT: f"The proxy takes the connection and then says nothing; {_WAIT_AND_SEE}.",
    Trouble.HUNG_UP: f"The proxy takes the connection and hangs up; {_WAIT_AND_SEE}.",
    Trouble.NOT_HTTP: "The proxy does not speak HTTP; import its line again with socks5:// and remove this one.",
    Trouble.NOT_SOCKS: "The proxy does not speak SOCKS5; import its line again with http:// and remove this one.",
    Trouble.PASSWORD: "The proxy refuses the password; import the line again with the right one.",
    Trouble.NO_PASSWORD: "The proxy wants a user and a password; import its line with both and remove this one.",
    Trouble.UNPAID: "The proxy wants to be paid; renew the plan with its provider.",
}

_BROWSER = "in the browser, over the same proxy"
_UNREAD = "the platform's answer is none that is known here; try again later, or with a newer version"
_SESSION: Mapping[Reason, str] = {
    Reason.SESSION_EXPIRED: f"the platform has logged it out; log in {_BROWSER}, and import the new cookies",
    Reason.LOGIN_REQUIRED: f"the platform wants it to log in; log in {_BROWSER}, and import the new cookies",
    Reason.CHALLENGE: f"the platform has challenged it; pass the challenge {_BROWSER}, and test again",
    Reason.CHECKPOINT: f"the platform has challenged it; pass the challenge {_BROWSER}, and test again",
    Reason.SUSPENDED: "the platform has suspended the account; appeal in the browser, or remove the session",
    Reason.FEEDBACK: "the platform takes it for a robot; let it rest for a day, and lower its limits",
    Reason.UA_MISMATCH: "the platform does not believe its user agent; add it again with that of its browser "
    "(--user-agent)",
    Reason.IP_BLOCK: "the platform refuses the proxy's address; bind the session to another proxy if it stays so",
    Reason.FORBIDDEN: "the platform refuses the proxy's address; bind the session to another proxy if it stays so",
    Reason.RATE_LIMITED: "the platform wants it to slow down; it rests by itself, and lower limits prevent it",
    Reason.SOFT_WAIT: "the platform wants it to slow down; it rests by itself, and lower limits prevent it",
    Reason.SERVER_ERROR: "the platform has troubles of its own; test again later",
    Reason.HTML_WALL: f"a web page came in place of an answer; open the platform {_BROWSER}, and see what it wants",
    Reason.EMPTY_BODY: f"the answer arrived damaged; {_WAIT_AND_SEE}",
    Reason.BAD_JSON: f"the answer arrived damaged; {_WAIT_AND_SEE}",
    Reason.REDIRECT_UNKNOWN: "the request was sent elsewhere, which only somebody on the way does; replace the proxy",
    Reason.BATCH_UNPROVEN: f"it sees no stories, not even those of canaries; open the platform {_BROWSER}, and test "
    "again later",
    Reason.NO_CANARY: "no canary was found, so nothing tells whether it sees stories; add some with: "
    "storywatch canary add NAME",
}

CANARY_PRIVATE = "The account is private, so it proves nothing; remove it, and add one that everybody sees."
CANARY_GATED = "The account is limited to an age or a country, so it proves nothing; remove it, and add another one."
CANARY_ALONE = (
    "The answer showed nobody, and no other canary was there to be in it, so nothing is proven; add another one, and "
    "test again."
)


def of_proxy(error: TransportError) -> str:
    """Why a proxy was not reached, and what to do."""
    if isinstance(error, NotLetIn):
        return _PROXY[error.trouble]
    return f"The proxy was not reached ({error.detail}); {_WAIT_AND_SEE}."


def of_route(error: TransportError) -> str:
    """Why no answer came over a route, and what to do."""
    return f"No answer of the platform came through the proxy ({error.detail}); {_WAIT_AND_SEE}."


def of_session(label: str, reason: Reason, until: datetime | None = None) -> str:
    """Why the platform did not answer a session as it should, and what to do.

    Args:
        until: When its rest ends.
    """
    rest = "" if until is None else f" (it rests until {until:%H:%M} UTC)"
    return f"{label}: {_SESSION.get(reason, _UNREAD)}{rest}."


def not_ready(label: str, retry_at: datetime | None) -> str:
    """Why a session could not be asked now."""
    if retry_at is None:
        return f"{label} cannot be used as it is, so the platform was not asked."
    return f"{label} rests or has used up its limits until {retry_at:%H:%M:%S} UTC, so the platform was not asked."


def no_route(retry_at: datetime | None) -> str:
    """Why nobody could be asked now."""
    if retry_at is None:
        return "No session can be used as it is, so the platform was not asked."
    return f"All sessions rest or have used up their limits until {retry_at:%H:%M:%S} UTC; the platform was not asked."


def canary_seen(session_id: int) -> str:
    """A canary showed."""
    return f"It is live; session {session_id} saw it."


def canary_absent(session_id: int, other: str) -> str:
    """A canary was missing from an answer that is proven by another one."""
    return (
        f"Session {session_id} saw {other} and not this one, so it is not live now; test again later, and remove it "
        "if that happens often."
    )


def nobody_seen(session_id: int, other: str) -> str:
    """A session was shown neither the canary nor the one that was to prove its absence."""
    return (
        f"Session {session_id} saw nobody, not even {other}, so this says nothing; test again, and test the session "
        f"with: storywatch session test {session_id}"
    )


def canary_not_found(session_id: int) -> str:
    """A session found no account of a canary's name."""
    return f"Session {session_id} finds no account of this name; check how it is spelled, or remove it."
