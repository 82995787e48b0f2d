"""Asking the platform for one canary over whatever route is ready: does it show, and if not, why?

Owns the question from the canary's name to a sentence.  It is counted, paced and reported as any exchange, and what the
answer says of the canary counts as in a batch.
"""

from __future__ import annotations

from core.domain.verdict import Blame, Reason
from core.engine.proof import Canaries
from core.network.needs import Needs
from core.network.pool import Lease, NoRouteAvailable, Pool, TransportError
from core.sources.base import Kind, Question, Reading, Response, Source, Subject
from core.upkeep import remedies
from core.upkeep.canary_question import exchange
from core.upkeep.trial_result import Result, result


class CanaryTrial:
    """The question, for whichever canary is named."""

    def __init__(self, *, pool: Pool, source: Source, canaries: Canaries) -> None:
        self._pool = pool
        self._source = source
        self._canaries = canaries

    async def canary(self, username: str) -> Result:
        """Ask for *username* and tell how it went; never raises for what a network or a platform does."""
        if username not in self._canaries.usernames:
            return result(sentence="It is not used as a canary; add it, again if it has retired, and test it then.")
        try:
            platform_id = self._canaries.id_of(username)
            if platform_id is None:
                async with self._pool.lease(Needs(look_up=True)) as lease:
                    found = await self._look_up(lease, username)
                if not isinstance(found, str):
                    return found
                platform_id = found
            async with self._pool.lease(Needs()) as lease:
                return await self._stories(lease, Subject(username, platform_id))
        except NoRouteAvailable as error:
            return result(sentence=remedies.no_route(error.retry_at))
        except TransportError as error:
            return result(reason=error.reason, blame=error.blame, sentence=remedies.of_route(error))

    async def _look_up(self, lease: Lease, username: str) -> str | Result:
        """The canary's id, or what is wrong with the canary or the answer."""
        question = Question(Kind.LOOK_UP_NAME, (Subject(username),))
        reading, response = await exchange(self._source, lease, question)
        if reading.found is not None:
            if reading.found.is_private:
                return _told(lease, response, remedies.CANARY_PRIVATE, reason=Reason.PRIVATE, blame=Blame.PROFILE)
            self._canaries.looked_up(username, reading.found.platform_id, counts=False)
            return reading.found.platform_id
        if reading.missing:
            # It counts once the session has found somebody else: a blind one finds nobody.
            self._canaries.found_nobody(username, lease.session_id)
            sentence = remedies.canary_not_found(lease.session_id)
            return _told(lease, response, sentence, reason=reading.reason, blame=reading.blame)
        if reading.reason is Reason.GATED:
            return _told(lease, response, remedies.CANARY_GATED, reason=reading.reason, blame=reading.blame)
        return _failed(lease, reading, response)

    async def _stories(self, lease: Lease, canary: Subject) -> Result:
        """Whether the canary shows, in an answer about it and another one: alone its absence would prove nothing."""
        others = self._canaries.pick(1, frozenset({canary.username}))
        reading, response = await exchange(self._source, lease, Question(Kind.STORIES, (canary, *others)))
        if reading.reason is not Reason.OK:
            return _failed(lease, reading, response)
        if reading.live:
            lease.report_proven()
        elif others:
            lease.report_unproven()
        if reading.live or others:
            self._canaries.heard((canary, *others), reading.live, lease.session_id, response.received_at)
        session_id = lease.session_id
        if canary.platform_id in reading.live:
            return _told(lease, response, remedies.canary_seen(session_id), ok=True)
        if reading.live:
            return _told(lease, response, remedies.canary_absent(session_id, others[0].username))
        if others:
            sentence = remedies.nobody_seen(session_id, others[0].username)
            return _told(lease, response, sentence, reason=Reason.BATCH_UNPROVEN, blame=Blame.SESSION)
        return _told(lease, response, remedies.CANARY_ALONE, reason=Reason.BATCH_UNPROVEN)


def _failed(lease: Lease, reading: Reading, response: Response) -> Result:
    sentence = remedies.of_session(f"Session {lease.session_id}", reading.reason)
    return _told(lease, response, sentence, reason=reading.reason, blame=reading.blame)


def _told(
    lease: Lease,
    response: Response,
    sentence: str,
    *,
    ok: bool = False,
    reason: Reason | None = None,
    blame: Blame = Blame.NOBODY,
) -> Result:
    told = result(ok=ok, answer_ms=response.elapsed * 1000.0, reason=reason, blame=blame, sentence=sentence)
    return told | {"session": lease.session_id}
