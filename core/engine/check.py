"""One exchange of one batch, from the question to what its answer settles: the heart.

The network never raises past :func:`carry_out`: what went wrong becomes a reason in the batch's
inquiry, so one bad profile cannot stop a batch.  Cancellation and bugs do pass, and so does the
lack of a route, which is never a verdict.
"""

from __future__ import annotations

from typing import Protocol

from core.clock import Clock
from core.domain.verdict import Blame, Reason
from core.engine.inquiry import Carrier, Inquiry, Ledger, Step, Worth
from core.engine.steps import Toll
from core.network.needs import ANYTHING, Needs
from core.network.pool import Lease, Pool, TransportError
from core.sources.base import Kind, Reading, Response, Source


class Journal(Ledger, Protocol):
    """A batch's ledger that also hears of every exchange."""

    def asked(self) -> None:
        """One exchange was made for the batch."""

    def not_understood(self, step: Step, reading: Reading) -> None:
        """The answer was none that the source knows; its sample is worth keeping."""

    def resume(self) -> None:
        """The batch moves, so its active time runs."""

    def pause(self) -> None:
        """The batch waits."""


async def carry_out(
    step: Step, inquiry: Inquiry, *, source: Source, pool: Pool, journal: Journal, clock: Clock
) -> None:
    """Put the step's question over the route that rested longest, and hand the answer to *inquiry*.

    Raises:
        NoRouteAvailable: No route can be ready within the claim; the step is still out.
    """
    async with pool.lease(needs_of(step)) as lease:
        lease.about = step.cases or step.question.subjects
        request = source.request(step.question, lease.login)
        journal.asked()
        try:
            response = await lease.fetch(request)
        except TransportError as error:
            carrier = Carrier(lease.session_id, lease.proxy_id, clock.now(), bad_proxy=True)
            inquiry.failed(step, carrier, error.reason, _toll(step, pool, carrier, error.blame))
            return
        _take(step, inquiry, lease, response, source, pool, journal)


def needs_of(step: Step) -> Needs:
    """What the route of *step* must offer."""
    look_up = step.question.kind is not Kind.STORIES
    if not (look_up or step.avoid or step.exclude or step.avoid_proxies or step.only is not None):
        return ANYTHING
    return Needs(
        look_up=look_up,
        avoid=step.avoid,
        exclude=step.exclude,
        avoid_proxies=step.avoid_proxies,
        only=step.only,
    )


def _toll(step: Step, pool: Pool, carrier: Carrier, lost_by: Blame = Blame.NOBODY) -> Toll:
    """What a failure costs the question.

    Nothing where it never got to the platform: of three proxies that have not carried anything yet, all may be
    dead.  And nothing where it was the probe of a platform that refuses everybody.
    """
    if lost_by is Blame.PROXY or (carrier.bad_proxy and not pool.has_carried(carrier.proxy_id)):
        return Toll.LOST
    return Toll.SPARED if pool.is_paused(look_up=step.question.kind is not Kind.STORIES) else Toll.COUNTS


def _take(
    step: Step, inquiry: Inquiry, lease: Lease, response: Response, source: Source, pool: Pool, journal: Journal
) -> None:
    reading = source.read(step.question, response)
    renewed = source.renewed(lease.login, response)
    if renewed is not None:
        lease.renew(renewed)
    lease.report(reading)
    if reading.sample is not None:
        journal.not_understood(step, reading)
    carrier = Carrier(lease.session_id, lease.proxy_id, response.received_at, response.elapsed)
    if not _speaks(step, reading):
        carrier.bad_proxy = reading.blame is Blame.PROXY
        inquiry.failed(step, carrier, reading.reason, _toll(step, pool, carrier))
        return
    worth = inquiry.answered(step, carrier, reading)
    # A name that is found says nothing of a session that is shown no stories.
    if worth is Worth.GOOD and step.question.kind is Kind.STORIES:
        lease.report_proven()
    elif worth is Worth.BLIND:
        lease.report_unproven()
    elif worth is Worth.PROVEN_BLIND:
        lease.report_blind()


def _speaks(step: Step, reading: Reading) -> bool:
    """Whether the answer says something about its subjects.

    A refusal that is the profile's own ends a look-up; of a group it does not say whom it means.
    """
    if reading.reason is Reason.OK or reading.missing:
        return True
    return reading.blame is Blame.PROFILE and step.question.kind is not Kind.STORIES
