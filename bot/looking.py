"""Looking again and again whether something is to be done: by the clock, and at once when somebody says so."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from core.app import App
from core.errors import UserError
from core.events import Event, Mailbox
from core.tasks import spawn

_log = logging.getLogger(__name__)


async def keep_looking(
    look: Callable[[], Awaitable[None]], app: App, *, every: float, news: type[Event], waits: str
) -> None:
    """Look, until cancelled.

    Args:
        look: What it raises for people only puts it off.
        every: Seconds from the end of one look to the next one, at most.
        news: What is looked at without delay when it happens in this process.
        waits: What the log says when a look is put off.
    """
    stirred = asyncio.Event()
    with app.events.subscribe() as mailbox:
        listening = spawn(_listen(mailbox, news, stirred), name="listen for news")
        try:
            while True:
                try:
                    await look()
                except UserError as error:
                    _log.warning(waits, extra={"reason": str(error)})
                timer = app.clock.call_at(app.clock.monotonic() + every, stirred.set)
                try:
                    await stirred.wait()
                finally:
                    timer.cancel()
                stirred.clear()
        finally:
            listening.cancel()
            await asyncio.wait({listening})


async def _listen(mailbox: Mailbox, news: type[Event], stirred: asyncio.Event) -> None:
    async for event in mailbox:
        if isinstance(event, news):
            stirred.set()
