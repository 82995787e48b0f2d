"""Delivers alerts: hands new ones on, and sends what goes through Apprise; the bot sends the rest.

Runs where the engine is held, so in one process at a time.  A message is sent at least once: a process that is killed
between sending it and saying so leaves it to the next one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from zoneinfo import ZoneInfo

from core import log
from core.clock import Clock
from core.events import AlertsDue, Events
from core.network import notices
from core.network.notices import Notice, NoticeFailed
from core.secrets import Secret, Vault
from core.services.alert_handing import AlertHanding
from core.services.alert_messages import plain_text
from core.services.alert_outbox import AlertOutbox, Claimed
from core.storage import alert_deliveries
from core.storage.alert_targets import APPRISE, DISCORD, SCHEDULE
from core.storage.database import Database
from core.tasks import spawn

_log = logging.getLogger(__name__)

LOOK_EVERY = 5.0
AT_ONCE = 8
# So long an end waits for messages that are being sent, because nobody could tell whether they were.
_ENDS_WITHIN = 10.0

Patiently = Callable[[Callable[[], Awaitable[None]]], Awaitable[None]]
Send = Callable[[Secret, Notice], Awaitable[None]]


class Deliveries:
    """The deliveries of one holder.

    Args:
        patiently: Does something again and again while the database is away.
        send: Sends through Apprise.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        events: Events,
        vault: Vault,
        zone: ZoneInfo,
        patiently: Patiently,
        send: Send = notices.send,
    ) -> None:
        self._database = database
        self._clock = clock
        self._events = events
        self._patiently = patiently
        self._send = send
        self._handing = AlertHanding(database, clock, vault)
        self._outbox = AlertOutbox(database, clock, vault, zone, (APPRISE,))
        # By target.
        self._under_way: dict[int, asyncio.Task[None]] = {}

    def __repr__(self) -> str:
        return f"<Deliveries {len(self._under_way)} under way>"

    async def run(self) -> None:
        """Deliver what is due, every few seconds, until cancelled."""
        try:
            while True:
                await self._patiently(self.look)
                await self._clock.sleep(LOOK_EVERY)
        finally:
            if self._under_way:
                await asyncio.wait(self._under_way.values(), timeout=_ENDS_WITHIN)

    async def look(self) -> None:
        """Hand on what is new, and begin to send what is due."""
        await self._handing.hand_on()
        if await alert_deliveries.is_due(self._database, (DISCORD, SCHEDULE), self._clock.now()):
            self._events.publish(AlertsDue())
        for claimed in await self._outbox.claim(AT_ONCE - len(self._under_way), self._under_way.keys()):
            task = spawn(self._begin(claimed), name="deliver an alert")
            self._under_way[claimed.target.id] = task
            task.add_done_callback(partial(self._ended, claimed.target.id))

    def _ended(self, target: int, _: asyncio.Task[None]) -> None:
        self._under_way.pop(target, None)

    async def _begin(self, claimed: Claimed) -> None:
        with log.about(alert=claimed.alerts, target=claimed.target.id):
            await self._bring(claimed)

    async def _bring(self, claimed: Claimed) -> None:
        message = claimed.message
        file = None if message.file is None else (message.file.name, message.file.content)
        try:
            await self._send(claimed.address, Notice(message.title, plain_text(message), file))
        except NoticeFailed as error:
            _log.warning("an alert was not delivered", extra={"reason": str(error)})
            await self._patiently(partial(self._outbox.failed, claimed.deliveries, str(error)))
        else:
            await self._patiently(partial(self._outbox.delivered, claimed.deliveries))
