"""One broadcaster for all open pages: what changed, once a second, and nothing else.

A topic is something that pages show: rows by key.  It is read only while somebody watches it and the database
has changed, compared with what was read before, and only rows that differ travel.  It decides nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from nicegui import Client

from core.app import App
from core.domain.actor import Actor, Role
from core.errors import UserError
from panel.errors import guarded

Row = Mapping[str, Any]
Rows = Mapping[str, Row]
Read = Callable[[App, Actor], Awaitable[Rows]]

LOOK_EVERY = 1.0
# What depends on the time alone (a rest that ended, a story that is over) shows after so long at the latest.
_AT_LEAST_EVERY = 15.0
# Reads for everybody who watches; what a single person may see beyond that is read by their page.
_READER = Actor("panel", Role.VIEWER)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of a topic's rows since the last time.

    Args:
        added: Rows whose keys are new.
        updated: Rows that differ, whole.
        removed: Keys that are gone.
    """

    added: tuple[Row, ...] = ()
    updated: tuple[Row, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.updated or self.removed)


Push = Callable[[Changes], None]


@dataclass(slots=True)
class _Topic:
    name: str
    read: Read
    every: float
    rows: dict[str, Row] = field(default_factory=dict)
    watchers: dict[str, list[tuple[Client, Push]]] = field(default_factory=dict)
    seen_version: int | None = None
    read_at: float = float("-inf")


class LiveUpdates:
    """Tells open pages what changed.

    Args:
        app: Its services are read, its clock paces.
    """

    def __init__(self, app: App) -> None:
        self._app = app
        self._topics: dict[str, _Topic] = {}

    def __repr__(self) -> str:
        watched = {name: sum(map(len, topic.watchers.values())) for name, topic in self._topics.items()}
        return f"<LiveUpdates {', '.join(f'{name} {number}' for name, number in watched.items()) or 'no topics'}>"

    def topic(self, name: str, read: Read, *, every: float = LOOK_EVERY) -> None:
        """Make *name* something that can be watched.

        Args:
            read: All rows of it, by key; values must compare and be JSON.
            every: Seconds between two reads at least.
        """
        self._topics[name] = _Topic(name, read, every)

    async def watch(self, client: Client, name: str, push: Push) -> Rows:
        """The topic's rows as of now; *push* is told of every change after them until the client goes.

        *push* runs in the client's context and must not wait.
        """
        topic = self._topics[name]
        if not topic.watchers:
            await self._read(topic)
        if client.id not in topic.watchers:
            client.on_delete(lambda: topic.watchers.pop(client.id, None))
        topic.watchers.setdefault(client.id, []).append((client, push))
        return dict(topic.rows)

    async def run(self) -> None:
        """Look and tell, once a second, until cancelled."""
        while True:
            await self._app.clock.sleep(LOOK_EVERY)
            await self.look()

    async def look(self) -> None:
        """Tell watchers what changed since the last look."""
        watched = [topic for topic in self._topics.values() if topic.watchers]
        if not watched:
            return
        try:
            version = await self._app.monitoring.data_version(_READER)
            for topic in watched:
                if self._is_due(topic, version):
                    topic.seen_version = version
                    _tell(topic, await self._read(topic))
        except UserError as error:
            # The database is away; the next look tries again.
            _log.warning("open pages were not told", extra={"reason": str(error)})

    def _is_due(self, topic: _Topic, version: int) -> bool:
        waited = self._app.clock.monotonic() - topic.read_at
        return waited >= _AT_LEAST_EVERY or (version != topic.seen_version and waited >= topic.every)

    async def _read(self, topic: _Topic) -> Changes:
        topic.read_at = self._app.clock.monotonic()
        before, now = topic.rows, dict(await topic.read(self._app, _READER))
        topic.rows = now
        return Changes(
            added=tuple(row for key, row in now.items() if key not in before),
            updated=tuple(row for key, row in now.items() if key in before and before[key] != row),
            removed=tuple(key for key in before if key not in now),
        )


def _tell(topic: _Topic, changes: Changes) -> None:
    if not changes:
        return
    for watchers in list(topic.watchers.values()):
        for client, push in watchers:
            with client:
                # One page's mistake must not keep the news from the others.
                guarded(partial(push, changes), of=topic.name)
