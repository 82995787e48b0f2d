"""What every ended exchange means for others: earlier failures that it settles, and the breaker.

Owns the way from a report to whose failure it was in the end, and from there to the healths that pay or are
spared.  Decides nothing itself: the rules are in :mod:`core.domain.blame` and :mod:`core.domain.breaker`.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from random import Random

from core.clock import Clock
from core.domain.amends import acquitted, charged, proxy_charged, suspicion_lifted
from core.domain.blame import Settled, Settler
from core.domain.breaker import Pause
from core.domain.failure import FREEZES, Failure
from core.domain.health import Report, SessionHealth
from core.domain.rests import DEFAULT_HOLD
from core.domain.transition import Kind, Transition
from core.domain.verdict import NO_CONSEQUENCE, Act, Blame, Consequence, Reason
from core.network.lease import Lease
from core.network.readiness import Readiness
from core.network.roster import Roster

_log = logging.getLogger(__name__)

PLATFORM = "platform"
# Failure table row 27: a session for which alone the platform breaks down is blocked, as in row 13.
_BLOCKED = Consequence(Act.COOL, DEFAULT_HOLD)


class Hearing:
    """Hears each lease as it ends, before its own report moves health."""

    def __init__(self, *, clock: Clock, roster: Roster, readiness: Readiness, random: Random) -> None:
        self._clock = clock
        self._roster = roster
        self._readiness = readiness
        self._random = random
        self._settler = Settler()

    def hear(self, lease: Lease) -> bool:
        """Settle what the exchange of *lease* settles; its report becomes what is made of it.

        Returns:
            Whether somebody now rests who did not.
        """
        report, loan = lease.report_made, lease.loan
        if report is None:
            return False
        at = self._clock.monotonic()
        # Without an answer nobody timed it; it left soon after it was lent.
        began = loan.at if lease.elapsed_ms is None else at - lease.elapsed_ms / 1000.0
        if report.ok:
            settled = self._settler.good(began, at, loan.route.session_id, loan.proxy.id, loan.look_up, lease.about)
            worse = False
        else:
            settled, worse = self._judge(lease, report, began, at)
        for each in settled:
            worse |= self._amend(each)
        if loan.for_breaker:
            worse |= self._probe_ended(lease, at)
        return worse

    def vouches(self, proxy_id: int) -> bool:
        """Whether the last exchange over the proxy went well, or failed through no fault of the way."""
        return self._settler.vouches(proxy_id)

    def forget_proxy(self, proxy_id: int) -> None:
        """The proxy is there no more."""
        self._settler.forget_proxy(proxy_id)

    def forget_session(self, session_id: int) -> None:
        """The session is there no more."""
        self._settler.forget_session(session_id)

    # -- whose it was -----------------------------------------------------------------

    def _judge(self, lease: Lease, report: Report, began: float, at: float) -> tuple[list[Settled], bool]:
        loan, pause = lease.loan, self.pause
        if loan.for_breaker and pause is not None and report.reason is pause.reason:
            # What was to be found out; another holder of the engine may have seen that everybody gets it.
            lease.report_made = _made_of(report, Blame.PLATFORM)
            return [], False
        failure = Failure(
            began=began,
            at=at,
            session=loan.route.session_id,
            proxy=loan.proxy.id,
            look_up=loan.look_up,
            reason=report.reason,
            blame=report.blame,
            act=report.consequence.act,
            answered=lease.elapsed_ms is not None,
            probe=loan.probe,
            about=tuple(each.username for each in lease.about),
            rest=loan.route.health.until,
        )
        ruling = self._settler.bad(failure)
        lease.report_made = _made_of(report, ruling.blame)
        opened = ruling.everywhere and self._open(report.reason, loan.look_up, at)
        return list(ruling.settled), opened

    def _amend(self, settled: Settled) -> bool:
        """Let those pay, or be spared, whom a settled blame is about."""
        failure, now = settled.failure, self._clock.now()
        self._roster.hourly.resettle(failure.proxy, failure.reason, settled.was, settled.blame, self._wall(failure.at))
        if settled.blame is Blame.SESSION:
            return self._roster.amend_session(failure.session, partial(charged, reason=failure.reason, now=now))
        if settled.blame is Blame.PROXY:
            limits = self._readiness.limits
            pay = partial(
                proxy_charged,
                reason=failure.reason,
                now=now,
                proxy_failures=limits.proxy_failures,
                rest_scale=limits.rest_scale,
                draw=self._random.random(),
            )
            return self._roster.amend_proxy(failure.proxy, pay)
        if settled.was is Blame.SESSION:
            self._roster.amend_session(failure.session, partial(_spared, failure=failure, now=now))
        elif settled.was is Blame.PROXY:
            self._roster.amend_proxy(failure.proxy, acquitted)
        return False

    # -- the breaker --------------------------------------------------------------------

    @property
    def pause(self) -> Pause | None:
        """How the breaker stands; None while it is closed."""
        return self._readiness.breaker.pause

    @property
    def paused_until(self) -> datetime | None:
        """When the next probe may leave, at the earliest; None while the breaker is closed."""
        pause = self.pause
        return None if pause is None else self._wall(pause.until)

    @property
    def shown(self) -> str:
        """What the pool's line says of it; nothing while it is closed."""
        pause, until = self.pause, self.paused_until
        if pause is None or until is None:
            return ""
        whom = "look-ups" if pause.look_ups_alone else "everybody"
        return f" | the platform refuses {whom} ({pause.reason.value}) until {until:%H:%M:%S}"

    def resume(self, pause: Pause) -> None:
        """Let the breaker stand as another holder of the engine left it."""
        self._readiness.breaker.resume(pause)
        _log.warning("the breaker is still open", extra={"reason": pause.reason.value})

    def _open(self, reason: Reason, look_up: bool, at: float) -> bool:
        breaker = self._readiness.breaker
        before = breaker.state
        if not breaker.open(reason, look_up, at, self._readiness.limits.rest_scale):
            return False
        self._tell(before, reason.value)
        return True

    def _probe_ended(self, lease: Lease, at: float) -> bool:
        report = lease.report_made
        assert report is not None, "whoever said nothing is not heard"
        breaker = self._readiness.breaker
        before = breaker.state
        good = True if report.ok else None if report.blame is Blame.PROXY else False
        breaker.probe_ended(lease.loan.look_up, good=good, now=at, rest_scale=self._readiness.limits.rest_scale)
        if good is None:
            return True
        # A probe that failed is told too: people see until when everybody waits now.
        self._tell(before, "recovered" if good else report.reason.value)
        return not good

    def _tell(self, before: str, reason: str) -> None:
        """Put what became of the breaker into the log, the people's and ours."""
        after, until = self._readiness.breaker.state, self.paused_until
        change = Transition(self._clock.now(), Kind.BREAKER, None, before, after, reason, until, PLATFORM)
        self._roster.chronicle.add(change)
        if after != before:
            extra = {"from": before, "to": after, "reason": reason, "until": until}
            _log.warning("the breaker changed state", extra=extra)

    def _wall(self, moment: float) -> datetime:
        return self._clock.now() + timedelta(seconds=moment - self._clock.monotonic())


def _made_of(report: Report, blame: Blame) -> Report:
    """*report* as it moves health, once its failure is *blame*'s."""
    if blame is report.blame:
        return report
    if blame is Blame.SESSION:
        return replace(report, blame=blame, consequence=_BLOCKED)
    if blame is Blame.PROXY:
        return replace(report, blame=blame)
    consequence = report.consequence
    # Whoever was told to wait waits, and whom the platform logged out is logged out, whoever else was.
    stands = consequence.act is Act.COOL or consequence.act in FREEZES
    return replace(report, blame=blame, consequence=consequence if stands else NO_CONSEQUENCE)


def _spared(health: SessionHealth, *, failure: Failure, now: datetime) -> SessionHealth:
    health = acquitted(health)
    if failure.act is not Act.SUSPECT:
        return health
    rest = failure.rest if failure.rest is not None and failure.rest > now else None
    return suspicion_lifted(health, rest)
