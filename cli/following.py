"""Follows batches to their end, whoever runs them, and leaves them so that they can go on.

Owns the loop between the database and the screen.  Counts nothing itself: every number is the batch's own.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cli import jsonlines, words
from cli.door import Door
from cli.exits import ExitCode, OutputClosed
from cli.progress import BatchProgress as Display
from core.app import App
from core.domain.verdict import Reason
from core.errors import Conflict, NotFound, Unavailable
from core.events import BatchProgress, Event, Mailbox
from core.services.views import BatchView, CheckView

_LOOK_EVERY = 0.25
# Where others go on with the batch, each look may find more than it counts.
_MOST_LAST_LOOKS = 100


@dataclass(frozen=True, slots=True)
class Ending:
    """How following ended.

    Args:
        views: The batches as they were then, in the order in which they were named.
        reasons: For each batch by id, why checks are unknown.
    """

    code: ExitCode
    views: tuple[BatchView, ...]
    reasons: Mapping[str, Mapping[Reason, int]]


async def follow(
    door: Door,
    app: App,
    batches: Sequence[BatchView],
    *,
    as_json: bool,
    max_wait: float | None = None,
    each_check: bool = True,
) -> Ending:
    """Print each check once, as it is finished, until all *batches* are done or *max_wait* seconds are over.

    A batch that this process runs is stopped when it cannot be followed to its end, so that it
    says where it stands; one that another process runs goes on there.  Either is said.

    Args:
        each_check: False shows the progress alone.
    """
    with app.events.subscribe() as news, Display(door.screen, app.clock) as display:
        following = _Following(door, app, news, display, {view.id: view for view in batches}, as_json, each_check)
        try:
            code = await following.to_the_end(max_wait)
        except (asyncio.CancelledError, OutputClosed) as error:
            if door.interruption.by is not None or isinstance(error, OutputClosed):
                await following.leave()
            raise
    views = tuple(following.views.values())
    return Ending(code, views, {view.id: display.reasons(view.id) for view in views})


async def print_endings(door: Door, app: App, ending: Ending, *, as_json: bool) -> None:
    """The lines that end what :func:`follow` printed, one a batch.

    Print them when the engine is given back: what an exchange cost that was under way when the last
    verdict fell is counted by then.
    """
    for followed in ending.views:
        # One that is not done is told as of its last check line, so that lines and counters agree.
        view = await app.batches.show(door.actor, followed.id) if followed.status == "done" else followed
        if as_json:
            door.screen.record(jsonlines.batch(view))
        else:
            door.screen.show(words.batch_ended(view, ending.reasons[view.id]))
    door.screen.flush()


@dataclass(frozen=True, slots=True)
class _LookAgain:
    """It is time to look at the database."""

    subject: str = "look"


@dataclass(slots=True)
class _Following:
    door: Door
    app: App
    news: Mailbox
    display: Display
    views: dict[str, BatchView]
    as_json: bool
    each_check: bool
    _marks: dict[str, str | None] = field(default_factory=dict)
    _read: Counter[str] = field(default_factory=Counter)
    _away: bool = False
    _held: bool = field(init=False)

    def __post_init__(self) -> None:
        self._held = self.app.engine.holds

    async def to_the_end(self, max_wait: float | None) -> ExitCode:
        ends_at = None if max_wait is None else self.app.clock.monotonic() + max_wait
        while True:
            await self._look_patiently()
            if all(view.status == "done" for view in self.views.values()):
                return ExitCode.DONE
            if self._stopped_by_somebody():
                await self._look_to_the_last()
                self._say_stopped()
                return ExitCode.INTERRUPTED
            if ends_at is not None and self.app.clock.monotonic() >= ends_at:
                self.door.screen.remark(f"--max-wait: {words.span(max_wait or 0)} are over.")
                await self.leave()
                await self._look_to_the_last()
                return ExitCode.WAITED_ENOUGH
            await self._wait(ends_at)

    async def leave(self) -> None:
        """Stop what this process runs, and say how everything that is not done goes on."""
        left = [view for view in self.views.values() if view.status != "done"]
        if not left:
            return
        if self.app.engine.holds:
            for view in await self.app.batches.stop(self.door.actor, [view.id for view in left]):
                self.views[view.id] = view
            self._say_stopped()
            return
        engine = await self.app.monitoring.engine(self.door.actor)
        where = f"in `storywatch {engine.holder}` (process {engine.pid})" if engine.alive else "when an engine runs"
        for view in left:
            self.door.screen.remark(f'"{view.name}" goes on {where}. Follow it with: {words.go_on(view)}')

    async def _look_patiently(self) -> None:
        """Look; while the database is away, say so once and leave it to the next look, as the engine does."""
        try:
            await self._look()
        except Unavailable as error:
            if not self._away:
                self.door.screen.remark(str(error))
            self._away = True
        else:
            self._away = False
        if self.app.engine.holds and not self._held:
            self.door.screen.remark("The engine's process has ended; this one goes on with its work.")
        self._held = self.app.engine.holds

    async def _look(self) -> None:
        for batch_id in self.views:
            # The view comes first: what it counts is then among the checks that are read after it.
            view = await self._seen(batch_id)
            while checks := await self._finished_since(batch_id):
                self._read[batch_id] += len(checks)
                if self.each_check:
                    self._print(checks)
                self.display.take(view, checks)
            self.views[batch_id] = view
            self.display.take(view, ())
        self.door.screen.flush()
        self.display.draw()

    async def _look_to_the_last(self) -> None:
        """Look until the batches count what was printed of them: a stop does not hold up what is being stored."""
        for _ in range(_MOST_LAST_LOOKS):
            await self._look()
            if all(view.finished == self._read[batch_id] for batch_id, view in self.views.items()):
                return

    async def _seen(self, batch_id: str) -> BatchView:
        try:
            return await self.app.batches.show(self.door.actor, batch_id)
        except NotFound:
            name = self.views[batch_id].name
            raise Conflict(f'The batch "{name}" was deleted meanwhile; create it again to go on.') from None

    async def _finished_since(self, batch_id: str) -> Sequence[CheckView]:
        mark = self._marks.get(batch_id)
        checks, self._marks[batch_id] = await self.app.batches.settled_since(self.door.actor, batch_id, mark)
        return checks

    def _print(self, checks: Sequence[CheckView]) -> None:
        if self.as_json:
            for check in checks:
                self.door.screen.record(jsonlines.check(check))
        else:
            now = self.app.clock.now()
            self.door.screen.show_lines([words.styled_check(check, now) for check in checks])

    async def _wait(self, ends_at: float | None) -> None:
        """Until the next look is due, or a batch of ours says that it is done."""
        clock = self.app.clock
        at = clock.monotonic() + _LOOK_EVERY
        timer = clock.call_at(at if ends_at is None else min(at, ends_at), lambda: self.news.put(_LookAgain()))
        try:
            while True:
                await self.news.wait()
                while (event := self.news.take()) is not None:
                    if isinstance(event, _LookAgain) or self._ends_a_batch(event):
                        return
        finally:
            timer.cancel()

    def _ends_a_batch(self, event: Event) -> bool:
        return isinstance(event, BatchProgress) and event.batch_id in self.views and event.status == "done"

    def _stopped_by_somebody(self) -> bool:
        return all(view.status == "done" or view.requested_at is None for view in self.views.values())

    def _say_stopped(self) -> None:
        for view in self.views.values():
            if view.status != "done":
                self.door.screen.remark(f'"{view.name}": {view.shown_status}. Go on with: {words.go_on(view)}')
