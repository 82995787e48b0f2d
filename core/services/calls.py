"""Asking whoever has the engine for something that only the engine may do, and waiting for the answers.

Owns the calls from their creation to their end.  What is asked is others' matter, and so is who answers.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from datetime import timedelta
from typing import Any

from core.clock import Clock
from core.domain.actor import Actor
from core.errors import Unavailable
from core.events import CallArrived, Events
from core.storage import engine_calls, engine_state
from core.storage.database import Database

POLL_EVERY = 0.1
# Longer than anything takes that is asked: two waits for a route of a minute each, and their exchanges.
PATIENCE = 180.0
# A call that waits for so long was left behind by a process that died.
FORGOTTEN_AFTER = timedelta(minutes=10)
# Open at once; a list of thousands is asked for bit by bit, so that nothing of it is left when nobody waits any more.
_OPEN_AT_ONCE = 16
_SILENT_AFTER = timedelta(seconds=10)


class EngineCalls:
    """Calls of this process."""

    def __init__(self, database: Database, clock: Clock, events: Events) -> None:
        self._database = database
        self._clock = clock
        self._events = events

    async def results(
        self, actor: Actor, verb: str, arguments: Sequence[dict[str, Any]]
    ) -> AsyncGenerator[tuple[int, dict[str, Any]], None]:
        """The results of *verb* for each of *arguments*, with its place among them, as they come in.

        Close it, if it is left before its end: calls that nobody waits for are withdrawn.

        Raises:
            Unavailable: Nobody answers; the sentence says who has the engine.
        """
        waiting: dict[int, int] = {}
        asked = 0
        patient_until = self._clock.monotonic() + PATIENCE
        try:
            while asked < len(arguments) or waiting:
                count = min(_OPEN_AT_ONCE - len(waiting), len(arguments) - asked)
                if count:
                    ids = await self._create(actor, verb, arguments[asked : asked + count])
                    waiting |= dict(zip(ids, range(asked, asked + count), strict=True))
                    asked += count
                answers = await engine_calls.answered(self._database, waiting)
                for call_id, result in answers:
                    place = waiting.pop(call_id)
                    await self._forget([call_id])
                    patient_until = self._clock.monotonic() + PATIENCE
                    yield place, result
                if waiting and not answers:
                    await self._must_be_heard(patient_until)
                    await self._clock.sleep(POLL_EVERY)
        finally:
            if waiting:
                await self._forget(list(waiting))

    async def _create(self, actor: Actor, verb: str, arguments: Sequence[dict[str, Any]]) -> list[int]:
        async with self._database.transaction() as tx:
            ids = await engine_calls.create(tx, verb, arguments, actor=actor.name, at=self._clock.now())
        self._events.publish(CallArrived())
        return ids

    async def _forget(self, call_ids: Sequence[int]) -> None:
        async with self._database.transaction() as tx:
            await engine_calls.withdraw(tx, call_ids)

    async def _must_be_heard(self, patient_until: float) -> None:
        """Raise when there is nobody to wait for, or when the wait was long enough."""
        if self._clock.monotonic() < patient_until:
            return
        state = await engine_state.read(self._database)
        if state.holder is None:
            raise Unavailable("Nobody has the engine, so nobody answers; start it with: storywatch run")
        who = f"storywatch {state.holder.partition(':')[0]} (process {state.pid}) has the engine"
        silent = state.heartbeat is None or self._clock.now() - state.heartbeat > _SILENT_AFTER
        if silent:
            raise Unavailable(f"{who} and has not been heard of for a while; end that process and try again")
        raise Unavailable(f"{who} and did not answer within {PATIENCE:.0f} s; look at what it does, or try again")
