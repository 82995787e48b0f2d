"""One line for each batch that starts, waits or is done, as long as ``storywatch run`` stays up."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from cli import words
from cli.door import Door
from core.app import App
from core.errors import NotFound, Unavailable
from core.events import BatchProgress, Mailbox
from core.services.views import BatchView

_LOOK_EVERY = 1.0
# More run at once only where somebody wants that very much.
_MOST_RUNNING = 200
_TOLD_KEPT = 200


class Watching:
    """What was last said of each batch, and who has the engine.

    Args:
        told: Batches whose end was told a moment ago.
    """

    def __init__(self, door: Door, app: App, *, told: Iterable[str]) -> None:
        self._door = door
        self._told = deque(told, _TOLD_KEPT)
        self._app = app
        self._running: dict[str, BatchView] = {}
        self._holds = app.engine.holds
        self._away = False

    async def forever(self) -> None:
        """Watch until cancelled."""
        with self._app.events.subscribe() as news:
            while True:
                try:
                    await self._look(_touched(news))
                except Unavailable as error:
                    self._say_away(error)
                else:
                    self._away = False
                self._door.screen.flush()
                await self._app.clock.sleep(_LOOK_EVERY)

    async def _look(self, touched: set[str]) -> None:
        self._say_engine()
        batches, actor = self._app.batches, self._door.actor
        running = {view.id: view for view in await batches.list(actor, count=_MOST_RUNNING, status="in_progress")}
        for view in running.values():
            self._say_running(view)
        # A short batch may have begun and ended between two looks; events tell of it.
        for batch_id in (self._running.keys() | touched) - running.keys():
            await self._say_ended(batch_id)
        self._running = running

    def _say_running(self, view: BatchView) -> None:
        before = self._running.get(view.id)
        if before is None:
            self._say(f"{view.name} ({view.id[:8]}) runs: {view.finished:,} of {view.total:,} done")
        waited_for = None if before is None else before.waiting_reason
        if view.waiting_reason == waited_for:
            return
        if view.waiting_reason is None:
            self._say(f"{view.name} ({view.id[:8]}) goes on: {view.finished:,} of {view.total:,} done")
        else:
            self._say(f"{view.name} ({view.id[:8]}) {words.why_it_waits(view, self._app.clock.now())}")

    async def _say_ended(self, batch_id: str) -> None:
        try:
            view = await self._app.batches.show(self._door.actor, batch_id)
        except NotFound:
            if batch_id in self._running:
                self._say(f"{self._running[batch_id].name} ({batch_id[:8]}) was deleted")
            return
        # The event of an end comes before or after the look that sees it.
        if batch_id in self._told:
            return
        if view.status == "done":
            self._told.append(batch_id)
        if view.status == "done" or batch_id in self._running:
            reasons = await self._app.batches.unknown_reasons(self._door.actor, batch_id)
            self._say(words.batch_ended(view, reasons))

    def _say_engine(self) -> None:
        if self._app.engine.holds != self._holds:
            self._holds = self._app.engine.holds
            self._say("this process has the engine now" if self._holds else "this process lost the engine")

    def _say_away(self, error: Unavailable) -> None:
        if not self._away:
            self._say(str(error))
        self._away = True

    def _say(self, text: str) -> None:
        self._door.screen.show(f"{self._app.clock.now():%H:%M:%S} UTC  {text}")


def _touched(news: Mailbox) -> set[str]:
    """Batches that are done, as far as this process was told."""
    done: set[str] = set()
    while (event := news.take()) is not None:
        if isinstance(event, BatchProgress) and event.status == "done":
            done.add(event.batch_id)
    return done
