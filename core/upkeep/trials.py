"""Tests of a proxy or a session that somebody asked for: what is tried, in which order, and what is told of it.

Owns the course of a test and its result as it is stored.  Every exchange is the pool's: within limits, and counted.
"""

from __future__ import annotations

from core.domain.health import ProxyState, Report, SessionState
from core.domain.verdict import Act, Blame, Consequence
from core.engine.proof import Canaries
from core.network.inspection import ProxyAtHand, SessionAtHand, Wire
from core.network.pool import Pool, TransportError
from core.sources.base import Source
from core.upkeep import remedies
from core.upkeep.canary_question import CanaryQuestion, Heard
from core.upkeep.trial_result import Result, result

# A gap of a session can take 40 s.  A proxy's test does not wait for that: the connection alone says much.
_WAIT_OF_A_SESSION = 60.0
_WAIT_OF_A_PROXY = 5.0

_GOOD = Report(ok=True)


class Trials:
    """Tests over the pool of the engine that is held."""

    def __init__(self, *, pool: Pool, client: Wire, source: Source, canaries: Canaries) -> None:
        self._pool = pool
        self._client = client
        self._question = CanaryQuestion(source=source, pool=pool, canaries=canaries)

    async def proxy(self, proxy_id: int) -> Result:
        """Connect to a proxy, be let in, and ask for a canary over a session that is bound to it."""
        proxy = self._pool.inspection.proxy(proxy_id)
        if proxy is None:
            return result(sentence="There is no such proxy any more.")
        try:
            seconds = await self._connect(proxy)
        except TransportError as error:
            self._pool.inspection.connected(proxy_id, lost(error), passes=False)
            return result(reason=error.reason, blame=error.blame, sentence=remedies.of_proxy(error))
        return await self._over(proxy) | {"connect_ms": round(seconds * 1000.0, 1)}

    async def _connect(self, proxy: ProxyAtHand) -> float:
        limits = self._pool.limits
        return await self._client.connect(
            proxy.address, connect_timeout=limits.connect_timeout, total_timeout=limits.total_timeout
        )

    async def _over(self, proxy: ProxyAtHand) -> Result:
        """What the platform says over *proxy*, which has let us in."""
        if not proxy.enabled:
            sentence = "The proxy works. It is switched off, so the platform was not asked; storywatch proxy enable "
            return result(ok=True, sentence=f"{sentence}{proxy.id} switches it on.")
        if not proxy.sessions:
            # Nothing more can be tried, so this is the probe of a quarantined one, too.
            self._pool.inspection.connected(proxy.id, _GOOD, passes=True)
            why = "its sessions wait for a person" if proxy.frozen else "no session is bound to it"
            return result(ok=True, sentence=f"The proxy works; {why}, so the platform was not asked.")
        if proxy.state is ProxyState.QUARANTINED:
            self._pool.inspection.end_quarantine(proxy.id)
        heard = await self._question.ask(proxy.sessions[0], frozen=False, wait=_WAIT_OF_A_PROXY)
        if heard.ok:
            return _heard(heard, "The proxy works, and the platform answers over it.")
        if heard.lost is not None:
            return _heard(heard, remedies.of_route(heard.lost))
        label = f"Its session {proxy.sessions[0]}"
        if heard.reason is None:
            self._pool.inspection.connected(proxy.id, _GOOD, passes=False)
            return result(ok=True, sentence=f"The proxy works. {remedies.not_ready(label, heard.retry_at)}")
        # The platform has answered: the proxy did its work, unless it is the proxy that the platform refuses.
        works = heard.blame not in (Blame.PROXY, Blame.ROUTE)
        sentence = remedies.of_session(label, heard.reason)
        return _heard(heard, f"The proxy works. {sentence}" if works else sentence) | {"ok": works}

    async def session(self, session_id: int) -> Result:
        """Ask for a canary over a session; one that waits for a person is valid again if it passes."""
        inspection = self._pool.inspection
        session = inspection.session(session_id)
        if session is None:
            return result(sentence="There is no such session any more, or its cookies cannot be used.")
        if (obstacle := _obstacle(session)) is not None:
            return result(sentence=obstacle) | {"state": session.state.value}
        frozen = not session.usable
        heard = await self._question.ask(session_id, frozen=frozen, wait=_WAIT_OF_A_SESSION)
        now = inspection.session(session_id) or session
        return _heard(heard, _told(heard, was_frozen=frozen)) | {"state": now.state.value}


def lost(error: TransportError) -> Report:
    """What a connection that failed says of its proxy."""
    act = Act.PROXY_FAILED if error.blame is Blame.PROXY else Act.NOTHING
    return Report(ok=False, reason=error.reason, blame=error.blame, consequence=Consequence(act))


def _obstacle(session: SessionAtHand) -> str | None:
    """Why the platform cannot be asked at all."""
    if not session.enabled or session.state is SessionState.DISABLED:
        return f"The session is switched off; storywatch session enable {session.id} switches it on."
    if session.proxy_id is None:
        return f"The session is bound to no proxy; bind it with: storywatch session bind {session.id} PROXY"
    if not session.proxy_enabled:
        return f"Its proxy is switched off; storywatch proxy enable {session.proxy_id} switches it on."
    return None


def _told(heard: Heard, *, was_frozen: bool) -> str:
    if heard.ok:
        return "The session sees stories" + (" and is in use again." if was_frozen else ".")
    if heard.lost is not None:
        return remedies.of_route(heard.lost)
    if heard.reason is None:
        return remedies.not_ready("The session", heard.retry_at)
    return remedies.of_session("The session", heard.reason)


def _heard(heard: Heard, sentence: str) -> Result:
    return result(ok=heard.ok, answer_ms=heard.answer_ms, reason=heard.reason, blame=heard.blame, sentence=sentence)
