"""Answers what other processes, and this one, ask of the engine while it is held here.

Owns who is answered when: the oldest call first, a few at once.  What an answer is, is the trials' matter.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

from core import log
from core.clock import Clock
from core.engine.recorder import Recorder
from core.errors import Unavailable
from core.services.calls import FORGOTTEN_AFTER
from core.storage import engine_calls
from core.storage.database import Database, Transaction
from core.storage.engine_calls import OpenCall

_log = logging.getLogger(__name__)

# Each of them waits for a route now and then; the batches' exchanges are more.
AT_ONCE = 8
_PRUNED_AT_ONCE = 500
_PRUNE_EVERY = 600.0
_TRY_AGAIN = 1.0

Runner = Callable[[Any], Awaitable[dict[str, Any]]]


class CallDesk:
    """The calls of one holder.

    Args:
        runners: What carries out which verb, given the ``id`` (or name) that it is about; its errors are bugs.
    """

    def __init__(self, database: Database, *, clock: Clock, recorder: Recorder, runners: Mapping[str, Runner]) -> None:
        self._database = database
        self._clock = clock
        self._recorder = recorder
        self._runners = runners
        self._under_way: set[int] = set()
        self._answered: set[int] = set()  # since the last look began
        self._arrived = asyncio.Event()
        self._waiting: list[OpenCall] = []

    def __repr__(self) -> str:
        return f"<CallDesk {len(self._under_way)} under way>"

    async def look(self) -> None:
        """See which calls are open; they are answered by :meth:`run`."""
        self._answered.clear()
        calls = await engine_calls.unanswered(self._database, 2 * AT_ONCE)
        # What was answered while they were read may still have been open there.
        taken = self._under_way | self._answered
        self._waiting = [call for call in calls if call.id not in taken]
        if self._waiting:
            self._arrived.set()

    async def run(self) -> None:
        """Answer what :meth:`look` sees, until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._prune(), name="forget old calls")
            while True:
                await self._arrived.wait()
                self._arrived.clear()
                while self._waiting and len(self._under_way) < AT_ONCE:
                    call = self._waiting.pop(0)
                    self._under_way.add(call.id)
                    group.create_task(self._answer(call), name=f"answer {call.verb}")

    async def _prune(self) -> None:
        """Forget, now and then, calls of processes that died."""
        while True:
            before = self._clock.now() - FORGOTTEN_AFTER
            await self._patiently(partial(engine_calls.prune, before=before, most=_PRUNED_AT_ONCE))
            await self._clock.sleep(_PRUNE_EVERY)

    async def _answer(self, call: OpenCall) -> None:
        try:
            with log.about(call=call.id):
                result = await self._result(call)
            # What the answer speaks of is stored before it: whoever asks looks at the list next.
            with suppress(Unavailable):
                await self._recorder.commit(with_health=True)
            finish = partial(engine_calls.finish, call_id=call.id, result=result, at=self._clock.now())
            await self._patiently(finish)
        finally:
            self._answered.add(call.id)
            self._under_way.discard(call.id)
            self._arrived.set()

    async def _result(self, call: OpenCall) -> dict[str, Any]:
        if self._clock.now() - call.created_at > FORGOTTEN_AFTER:
            return {"error": "Nobody waits for it any more."}
        runner = self._runners.get(call.verb)
        if runner is None:
            return {"error": f"The version of Storywatch that has the engine does not know {call.verb}; update it."}
        try:
            return await runner(call.arguments["id"])
        except Exception as error:  # noqa: BLE001  # a bug in a test must not end the engine that others work with
            _log.error("a bug struck", extra={"verb": call.verb}, exc_info=error)
            self._recorder.bug(error)
            return {"error": "An internal error struck; it is kept, and the test can be tried again."}

    async def _patiently(self, work: Callable[[Transaction], Coroutine[Any, Any, Any]]) -> None:
        """Do *work* in a transaction, again and again while the database is away."""
        while True:
            try:
                await self._database.at_once(work)
            except Unavailable:
                await self._clock.sleep(_TRY_AGAIN)
            else:
                return
