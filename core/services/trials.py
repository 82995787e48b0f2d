"""The verbs that test proxies, sessions and canaries: what to test, asked of whoever has the engine."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Any

from core.clock import Clock
from core.domain.actor import Actor, Role
from core.errors import InvalidInput
from core.events import Events
from core.services.calls import EngineCalls
from core.services.canaries import found_among
from core.services.named import usernames
from core.services.pool_views import masked
from core.services.proxy_finding import find_proxy
from core.services.session_binding import find_session
from core.services.views import CanaryTested, ProxyTested, SessionTested
from core.storage import audit
from core.storage import canaries as canary_rows
from core.storage import proxies as proxy_rows
from core.storage import sessions as session_rows
from core.storage.database import Database, Row

PROXY_TEST = "proxy.test"
SESSION_TEST = "session.test"
CANARY_TEST = "canary.test"


class Trials:
    """Tests on demand.  They need an engine, in this process or in another one."""

    def __init__(self, database: Database, clock: Clock, events: Events) -> None:
        self._database = database
        self._clock = clock
        self._calls = EngineCalls(database, clock, events)

    async def test_proxies(
        self, actor: Actor, proxies: Sequence[str] = (), *, every: bool = False
    ) -> AsyncGenerator[ProxyTested, None]:
        """Connect to proxies and ask the platform for a canary over each; what was found, as it is found.

        Within limits, and counted like any exchange.  Close it, if it is left before its end.

        Args:
            proxies: Ids, or HOST:PORT.
            every: All that are switched on, in place of those named.

        Raises:
            InvalidInput: None is named, or there is none.
            NotFound: There is no such proxy; then none is tested.
            Unavailable: Nobody who has the engine answers.
        """
        actor.must_be(Role.ADMIN, "test proxies")
        if every:
            rows = [row for row in await proxy_rows.every(self._database) if row["enabled"]]
        else:
            rows = [await find_proxy(self._database, each) for each in proxies]
        found = _named(rows, "proxy", "proxies")
        await self._note(actor, PROXY_TEST, found)
        async for row, result in self._results(actor, PROXY_TEST, found):
            yield ProxyTested(
                proxy=row["id"],
                address=masked(row).shown,
                ok=result.get("ok", False),
                connect_ms=result.get("connect_ms"),
                answer_ms=result.get("answer_ms"),
                reason=result.get("reason"),
                blame=result.get("blame"),
                sentence=_sentence(result),
            )

    async def test_sessions(
        self, actor: Actor, sessions: Sequence[str] = (), *, every: bool = False
    ) -> AsyncGenerator[SessionTested, None]:
        """Ask the platform for a canary over sessions; what was found, as it is found.

        One that waits for a person (logged out, challenged) is valid again if it passes.  Close it, if it is left
        before its end.

        Args:
            sessions: Ids or labels.
            every: All that are switched on and bound, in place of those named.

        Raises:
            InvalidInput: None is named, or there is none.
            NotFound: There is no such session; then none is tested.
            Unavailable: Nobody who has the engine answers.
        """
        actor.must_be(Role.ADMIN, "test sessions")
        if every:
            stored = await session_rows.every(self._database)
            rows = [row for row in stored if row["enabled"] and row["proxy_id"] is not None]
        else:
            rows = [await find_session(self._database, each) for each in sessions]
        found = _named(rows, "session", "sessions")
        await self._note(actor, SESSION_TEST, found)
        async for row, result in self._results(actor, SESSION_TEST, found):
            yield SessionTested(
                session=row["id"],
                label=row["label"],
                proxy=row["proxy_id"],
                ok=result.get("ok", False),
                state=result.get("state"),
                answer_ms=result.get("answer_ms"),
                reason=result.get("reason"),
                blame=result.get("blame"),
                sentence=_sentence(result),
            )

    async def test_canaries(
        self, actor: Actor, canaries: Sequence[str] = (), *, every: bool = False
    ) -> AsyncGenerator[CanaryTested, None]:
        """Ask the platform for canaries, each over whichever session is ready; what was found, as it is found.

        A canary whose id is not known yet costs a look-up besides.  Close it, if it is left before its end.

        Args:
            canaries: Usernames.
            every: All that are used, in place of those named; those that retired are not.

        Raises:
            InvalidInput: None is named, or there is none.
            NotFound: One of them is no canary; then none is tested.
            Unavailable: Nobody who has the engine answers.
        """
        actor.must_be(Role.ADMIN, "test canaries")
        stored = {row["username"]: row for row in await canary_rows.every(self._database)}
        if every:
            rows = [row for row in stored.values() if row["retired_at"] is None]
        else:
            rows = [found_among(stored, name) for name in (usernames(canaries) if canaries else ())]
        found = _named(rows, "canary", "canaries", key="username")
        await self._note(actor, CANARY_TEST, found, key="username")
        async for row, result in self._results(actor, CANARY_TEST, found, key="username"):
            yield CanaryTested(
                canary=row["username"],
                ok=result.get("ok", False),
                session=result.get("session"),
                answer_ms=result.get("answer_ms"),
                reason=result.get("reason"),
                blame=result.get("blame"),
                sentence=_sentence(result),
            )

    async def _results(
        self, actor: Actor, verb: str, rows: Sequence[Row], *, key: str = "id"
    ) -> AsyncGenerator[tuple[Row, dict[str, Any]], None]:
        calls = self._calls.results(actor, verb, [{"id": row[key]} for row in rows])
        async with aclosing(calls):
            async for place, result in calls:
                yield rows[place], result

    async def _note(self, actor: Actor, verb: str, rows: Sequence[Row], *, key: str = "id") -> None:
        subject = str(rows[0][key]) if len(rows) == 1 else f"{len(rows)} of them"
        async with self._database.transaction() as tx:
            await audit.note(tx, actor, verb, subject, "", self._clock.now())


def _named(rows: Sequence[Row], one: str, many: str, *, key: str = "id") -> list[Row]:
    """*rows*, each once.

    Raises:
        InvalidInput: There is none.
    """
    found = {row[key]: row for row in rows}
    if not found:
        raise InvalidInput(one, f"there is none to test; name one, or add {many} first")
    return list(found.values())


def _sentence(result: dict[str, Any]) -> str:
    return str(result.get("sentence") or result.get("error") or "")
