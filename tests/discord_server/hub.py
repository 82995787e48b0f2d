"""What every noun of the server shares: time, ids, waiting, and telling the gateway.

A test moves the clock; everything that Discord times by the wall is timed by it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from core.clock import Clock
from tests.discord_server.wire import EVERYBODY, Intent, Json

T = TypeVar("T")
# Discord counts the milliseconds of its ids from here.
EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
# How long something that a test waits for may take in real time before the test is told that it never came.
PATIENCE_SECONDS = 10.0

Listener = Callable[[str, Json, Intent], None]


class Hub:
    """One per server.

    Args:
        clock: Tells how old tokens, ids, messages and addresses of files are.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._given = 0
        self._waiting: set[asyncio.Future[None]] = set()
        self._listeners: list[Listener] = []

    # -- ids -------------------------------------------------------------------------

    def next_id(self) -> int:
        """A snowflake of now; later ones are greater even while the clock stands still."""
        self._given += 1
        milliseconds = int((self.clock.now() - EPOCH).total_seconds() * 1000)
        return (milliseconds << 22) + self._given

    # -- news ------------------------------------------------------------------------

    def listen(self, listener: Listener) -> None:
        """Have *listener* hear every event that the gateway may have to pass on."""
        self._listeners.append(listener)

    def dispatch(self, name: str, data: Json, intent: Intent = EVERYBODY) -> None:
        """Pass an event to the sessions that asked for *intent*, and wake the tests that wait."""
        for listener in self._listeners:
            listener(name, data, intent)
        self.changed()

    def changed(self) -> None:
        """Let everybody who waits look again."""
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_result(None)

    async def until(self, look: Callable[[], T | None], what: str, patience: float = PATIENCE_SECONDS) -> T:
        """What *look* finds, as soon as it finds something.

        Raises:
            AssertionError: *what* did not come within *patience* seconds of real time.
        """
        try:
            async with asyncio.timeout(patience):
                while not (found := look()):
                    await self._change()
        except TimeoutError:
            raise AssertionError(f"{what} did not come within {patience:g} seconds") from None
        return found

    async def _change(self) -> None:
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(waiting)
        try:
            await waiting
        finally:
            self._waiting.discard(waiting)


def born(snowflake: int) -> datetime:
    """When the thing with this id was made."""
    return datetime.fromtimestamp((snowflake >> 22) / 1000 + EPOCH.timestamp(), UTC)
