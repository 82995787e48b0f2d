"""Asking the platform one thing over one session: is a canary live?

Owns the question from its canaries to what its answer says.  It is counted, paced and reported as any exchange.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime

from core.domain.verdict import Blame, Reason
from core.engine.proof import Canaries
from core.network.needs import Needs
from core.network.pool import Lease, NoRouteAvailable, Pool, TransportError
from core.sources.base import Kind, Question, Reading, Response, Source, Subject

_ASKED_FOR = 2
# Some of a shipped list may be gone; a look-up is dear, so it is not tried with all of them.
_LOOK_UPS = 2
_NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of the question.

    Args:
        ok: The session saw a canary.
        reason: Why not; OK where it did.  None where nothing was asked.
        lost: The exchange that ended without an answer.
        retry_at: When the session could be asked, where it could not now.
    """

    ok: bool
    reason: Reason | None
    blame: Blame = Blame.NOBODY
    answer_ms: float | None = None
    lost: TransportError | None = None
    retry_at: datetime | None = None


class CanaryQuestion:
    """The question, over whatever session is named."""

    def __init__(self, *, source: Source, pool: Pool, canaries: Canaries) -> None:
        self._source = source
        self._pool = pool
        self._canaries = canaries

    async def ask(self, session_id: int, *, frozen: bool, wait: float) -> Heard:
        """Ask over *session_id* and tell how it went; never raises for what a network or a platform does.

        Args:
            frozen: The session waits for a person, and a person asked for this.
            wait: Seconds to wait for its gap, for each exchange.
        """
        try:
            subjects = self._known()
            if not subjects:
                failed = await self._look_up(session_id, frozen=frozen, wait=wait)
                if failed is not None:
                    return failed
                subjects = self._known()
            return await self._stories(session_id, subjects, frozen=frozen, wait=wait)
        except NoRouteAvailable as error:
            return Heard(ok=False, reason=None, retry_at=error.retry_at)
        except TransportError as error:
            return Heard(ok=False, reason=error.reason, blame=error.blame, lost=error)

    def _known(self) -> list[Subject]:
        working = self._canaries.pick(_ASKED_FOR, _NOBODY)
        return working or self._canaries.pick(_ASKED_FOR, _NOBODY, missing=True)

    async def _look_up(self, session_id: int, *, frozen: bool, wait: float) -> Heard | None:
        """Learn the id of a canary; what went wrong, None when nothing did."""
        for name in self._canaries.usernames[:_LOOK_UPS]:
            needs = Needs(look_up=True, only=session_id, wait=wait)
            async with self._lent(needs, frozen=frozen) as lease:
                question = Question(Kind.LOOK_UP_NAME, (Subject(name),))
                reading, response = await exchange(self._source, lease, question)
            if reading.found is not None:
                self._canaries.looked_up(name, reading.found.platform_id, counts=False)
                return None
            if reading.reason is not Reason.OK and not reading.missing:
                return _failed(reading, response)
        return Heard(ok=False, reason=Reason.NO_CANARY)

    async def _stories(self, session_id: int, subjects: Sequence[Subject], *, frozen: bool, wait: float) -> Heard:
        async with self._lent(Needs(only=session_id, wait=wait), frozen=frozen) as lease:
            reading, response = await exchange(self._source, lease, Question(Kind.STORIES, tuple(subjects)))
            if reading.reason is not Reason.OK:
                return _failed(reading, response)
            if not reading.live:
                lease.report_unproven()
                return Heard(False, Reason.BATCH_UNPROVEN, Blame.SESSION, response.elapsed * 1000.0)
            lease.report_proven()
        for subject in subjects:
            seen = subject.platform_id in reading.live
            self._canaries.answered(subject.username, seen=seen, at=response.received_at)
        if frozen:
            self._pool.inspection.acquit(session_id)
        return Heard(True, Reason.OK, answer_ms=response.elapsed * 1000.0)

    def _lent(self, needs: Needs, *, frozen: bool) -> AbstractAsyncContextManager[Lease]:
        return self._pool.trial(needs) if frozen else self._pool.lease(needs)


def _failed(reading: Reading, response: Response) -> Heard:
    return Heard(False, reading.reason, reading.blame, response.elapsed * 1000.0)


async def exchange(source: Source, lease: Lease, question: Question) -> tuple[Reading, Response]:
    """Put *question* over *lease*, and tell the lease how it went.

    Raises:
        TransportError: No answer came.
    """
    response = await lease.fetch(source.request(question, lease.login))
    reading = source.read(question, response)
    renewed = source.renewed(lease.login, response)
    if renewed is not None:
        lease.renew(renewed)
    lease.report(reading)
    return reading, response
