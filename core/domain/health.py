"""The health of a proxy and of a session, and how one report moves it.  Pure: values in, values out.

Owns who pays for what (:class:`Blame` moves scores, :class:`Act` brings rests).  Knows neither
routes nor leases, tells no time, and throws no dice: moments and chance are arguments.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from core.domain import rests
from core.domain.tally import Health, Level, Report, failed, later, succeeded, undecided, used
from core.domain.verdict import Act, Blame, Reason

__all__ = [
    "Health",
    "Level",
    "ProxyHealth",
    "ProxyState",
    "Report",
    "SessionHealth",
    "SessionState",
    "does_well",
    "proxy_after",
    "proxy_rested",
    "quarantined",
    "session_acquitted",
    "session_after",
    "session_rested",
    "session_saw_nobody",
    "session_saw_somebody",
    "used",
]

UNPROVEN_IN_A_ROW = 3
_LOGGED_OUT = frozenset({Reason.SESSION_EXPIRED, Reason.LOGIN_REQUIRED})


class ProxyState(StrEnum):
    """Whether a proxy carries."""

    READY = "ready"
    COOLING = "cooling"  # rests until a moment
    QUARANTINED = "quarantined"  # rests until a moment, then has to pass one probe


class SessionState(StrEnum):
    """Whether a session asks.  EXPIRED and CHECKPOINT wait for a person."""

    VALID = "valid"
    RESTING = "resting"
    SUSPECTED = "suspected"
    EXPIRED = "expired"
    CHECKPOINT = "checkpoint"
    DISABLED = "disabled"  # never a state of health: shown for a session that a person switched off


@dataclass(slots=True)
class ProxyHealth(Health):
    """A proxy's health.

    Args:
        quarantines: Quarantines in a row, the present one included; a passed probe sets it to 0.
    """

    state: ProxyState = ProxyState.READY
    quarantines: int = 0


@dataclass(slots=True)
class SessionHealth(Health):
    """A session's health.

    Args:
        cools: Cool-downs in a row; a good exchange sets it to 0.
        unproven: Answers in a row in which it saw nobody; 3 make it suspected.
        accused: It showed the sign of a dead login once; the same again freezes it.
    """

    state: SessionState = SessionState.VALID
    cools: int = 0
    unproven: int = 0
    accused: bool = False

    @property
    def frozen(self) -> bool:
        """It waits for a person."""
        return self.state in _FROZEN


_FROZEN = frozenset({SessionState.EXPIRED, SessionState.CHECKPOINT, SessionState.DISABLED})


# -- proxies ------------------------------------------------------------------


def proxy_after(
    health: ProxyHealth,
    report: Report,
    *,
    now: datetime,
    proxy_failures: int,
    rest_scale: float,
    draw: float,
    elapsed_ms: float | None = None,
    probe: bool = False,
) -> ProxyHealth:
    """The proxy's health after *report*.

    A session's failure speaks for the proxy: it brought the platform's own answer.  What cannot be
    told apart, or is the platform's, moves no score.

    Args:
        proxy_failures: Own failures in a row that quarantine it.
        draw: Chance, from 0 to below 1.
        elapsed_ms: How long the answer took; None where none came.
        probe: The exchange was the one that a quarantined proxy has to pass.  Others that come in
            while it is away were sent before, and neither end nor lengthen the quarantine.
    """
    if report.ok or report.blame is Blame.SESSION:
        health = succeeded(health, now, elapsed_ms)
        if probe:
            health = replace(health, until=None, state=ProxyState.READY, quarantines=0)
        if report.ok:
            return health
    elif report.blame is Blame.PROXY or report.consequence.act is Act.PROXY_FAILED:
        health = failed(health, now, report.reason)
        away = health.state is ProxyState.QUARANTINED
        if probe if away else health.consecutive_failures >= proxy_failures:
            health = quarantined(health, now, rests.quarantine(health.quarantines, draw) * rest_scale)
    else:
        health = undecided(health, now, report)
    if report.consequence.act is Act.PROXY_HOLD:
        state = ProxyState.COOLING if health.state is ProxyState.READY else health.state
        until = later(health.until, now, _rest(report, rests.DEFAULT_PROXY_HOLD, rest_scale))
        health = replace(health, state=state, until=until)
    return health


def quarantined(health: ProxyHealth, now: datetime, seconds: float) -> ProxyHealth:
    """The proxy's health once it is sent away for *seconds*, one time more in a row."""
    until = later(health.until, now, seconds)
    return replace(health, state=ProxyState.QUARANTINED, quarantines=health.quarantines + 1, until=until)


def proxy_rested(health: ProxyHealth) -> ProxyHealth:
    """The proxy's health once its rest is over; a quarantined one stays so until its probe passes."""
    if health.state is ProxyState.COOLING:
        return replace(health, state=ProxyState.READY, until=None)
    return health


# -- sessions -----------------------------------------------------------------


def session_after(
    health: SessionHealth,
    report: Report,
    *,
    now: datetime,
    rest_scale: float,
    draw: float,
    elapsed_ms: float | None = None,
) -> SessionHealth:
    """The session's health after *report*.

    A rest does not move the score; only blame does.  ``Retry-After`` is kept as told (at most 4 h),
    every other rest is multiplied by *rest_scale*.

    Args:
        draw: Chance, from 0 to below 1.
        elapsed_ms: How long the answer took; None where none came.
    """
    if report.ok:
        return _cleared(replace(succeeded(health, now, elapsed_ms), cools=0, accused=False))
    ours = report.blame is Blame.SESSION
    health = failed(health, now, report.reason) if ours else undecided(health, now, report)
    match report.consequence.act:
        case Act.FREEZE_EXPIRED:
            return replace(health, state=SessionState.EXPIRED, until=None)
        case Act.FREEZE_CHECKPOINT:
            return replace(health, state=SessionState.CHECKPOINT, until=None)
        case Act.SUSPECT:
            return _suspected(health, report, now, rest_scale)
        case Act.COOL:
            return _cooled(health, report, now, rest_scale, draw)
        case Act.HOLD:
            return _at_rest(health, now, _rest(report, rests.DEFAULT_HOLD, rest_scale))
    if report.blame is Blame.ROUTE:
        return _at_rest(health, now, rests.ROUTE_REST * rest_scale)
    return health


def does_well(health: SessionHealth) -> bool:
    """Whether nothing speaks against the session, so that one more success moves nothing but its counters."""
    return (
        health.state is SessionState.VALID
        and health.until is None
        and not (health.cools or health.unproven or health.accused)
    )


def _suspected(health: SessionHealth, report: Report, now: datetime, rest_scale: float) -> SessionHealth:
    if health.frozen:
        return health
    if health.accused:
        logged_out = report.reason in _LOGGED_OUT
        return replace(health, state=SessionState.EXPIRED if logged_out else SessionState.CHECKPOINT, until=None)
    until = later(health.until, now, _rest(report, rests.DEFAULT_SUSPICION, rest_scale))
    return replace(health, accused=True, state=SessionState.SUSPECTED, until=until)


def _cooled(health: SessionHealth, report: Report, now: datetime, rest_scale: float, draw: float) -> SessionHealth:
    consequence = report.consequence
    if consequence.told and consequence.seconds > 0:
        seconds = rests.told_to_cool(consequence.seconds)
    elif consequence.seconds > 0:
        seconds = consequence.seconds * rest_scale
    else:
        seconds = rests.cool(health.cools, draw) * rest_scale
    return _at_rest(replace(health, cools=health.cools + 1), now, seconds)


def session_saw_nobody(
    health: SessionHealth, *, now: datetime, rest_scale: float, certain: bool = False
) -> SessionHealth:
    """The session's health after an answer in which it saw nobody who should have been there.

    The third in a row makes it suspected and holds it for an hour, and so does each further one.

    Args:
        certain: Others found those names, so this one answer weighs as much as three.
    """
    unproven = max(health.unproven + 1, UNPROVEN_IN_A_ROW if certain else 0)
    health = replace(health, unproven=unproven)
    if unproven < UNPROVEN_IN_A_ROW or health.frozen:
        return health
    until = later(health.until, now, rests.BLIND_HOLD * rest_scale)
    return replace(health, state=SessionState.SUSPECTED, until=until, last_error=Reason.BATCH_UNPROVEN.value)


def session_saw_somebody(health: SessionHealth) -> SessionHealth:
    """The session's health after an answer that proved that it sees."""
    return _cleared(replace(health, unproven=0)) if health.unproven else health


def session_acquitted(health: SessionHealth) -> SessionHealth:
    """The session's health after it passed a probe that a person asked for: nothing speaks against it any more."""
    return replace(
        health,
        state=SessionState.VALID,
        until=None,
        cools=0,
        unproven=0,
        accused=False,
        consecutive_failures=0,
    )


def session_rested(health: SessionHealth) -> SessionHealth:
    """The session's health once its rest is over; a suspected one stays so until it does well."""
    if health.state is SessionState.RESTING:
        return replace(health, state=SessionState.VALID, until=None)
    return health


def _cleared(health: SessionHealth) -> SessionHealth:
    """Valid again, unless something still speaks against it."""
    if health.state is SessionState.VALID and health.until is None:
        return health
    if health.frozen or health.accused or health.unproven >= UNPROVEN_IN_A_ROW:
        return health
    return replace(health, state=SessionState.VALID, until=None)


def _at_rest(health: SessionHealth, now: datetime, seconds: float) -> SessionHealth:
    state = SessionState.RESTING if health.state is SessionState.VALID else health.state
    return replace(health, state=state, until=later(health.until, now, seconds))


def _rest(report: Report, default: float, rest_scale: float) -> float:
    consequence = report.consequence
    if consequence.told and consequence.seconds > 0:
        return rests.told_to_cool(consequence.seconds)
    return (consequence.seconds or default) * rest_scale
