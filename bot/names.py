"""Names that completions suggest, kept in memory, because an answer has three seconds and a person types fast.

Niches, batches, schedules, proxies, sessions and canaries are few and all here; usernames are looked up by how they
begin, which costs the same however many there are.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Protocol, runtime_checkable
from zoneinfo import available_timezones

import discord

from bot.context import BotContext
from core.domain.actor import Actor, Role
from core.errors import UserError

_log = logging.getLogger(__name__)

LOOK_EVERY = 2.0
# While checks are made the database changes all the time, and thousands of proxies take a while to read.
_POOL_EVERY = 20.0
MOST_SUGGESTED = 25
_BATCHES_KNOWN = 200
_READER = Actor("discord:bot", Role.VIEWER)

# What is shown, and what is meant.
Suggestion = tuple[str, str]


class Names:
    """What can be named in a command."""

    def __init__(self, context: BotContext) -> None:
        self._app = context.app
        self._seen_version: int | None = None
        self._pool_version: int | None = None
        self._pool_read_at: float | None = None
        self.niches: tuple[Suggestion, ...] = ()
        self.batches: tuple[Suggestion, ...] = ()
        self.proxies: tuple[Suggestion, ...] = ()
        self.sessions: tuple[Suggestion, ...] = ()
        self.canaries: tuple[Suggestion, ...] = ()
        self.schedules: tuple[Suggestion, ...] = ()
        self.time_zones: tuple[Suggestion, ...] = tuple((name, name) for name in sorted(available_timezones()))
        self.limits: tuple[Suggestion, ...] = ()

    async def run(self) -> None:
        """Look every two seconds whether anything changed, until cancelled."""
        while True:
            try:
                await self.look()
            except UserError as error:
                _log.warning("names for completions are as they were", extra={"reason": str(error)})
            await self._app.clock.sleep(LOOK_EVERY)

    async def look(self) -> None:
        """Read the names anew if the database changed."""
        version = await self._app.monitoring.data_version(_READER)
        if version != self._seen_version:
            await self._read()
            self._seen_version = version
        now = self._app.clock.monotonic()
        if version != self._pool_version and (self._pool_read_at is None or now - self._pool_read_at >= _POOL_EVERY):
            await self._read_pool()
            self._pool_version, self._pool_read_at = version, now

    async def _read(self) -> None:
        app = self._app
        self.niches = tuple((name, name) for name in await app.niches.names(_READER))
        self.batches = tuple(
            (f"{batch.name} · {batch.shown_status} · {batch.id[:8]}", batch.id)
            for batch in await app.batches.list(_READER, count=_BATCHES_KNOWN)
        )
        self.schedules = tuple(
            (f"{each.name} · {'paused' if each.next_at is None else each.rule}", str(each.id))
            for each in await app.schedules.list(_READER)
        )

    async def _read_pool(self) -> None:
        app = self._app
        self.proxies = tuple(
            (f"{proxy.address} · {proxy.id}", str(proxy.id)) for proxy in await app.proxies.list(_READER)
        )
        self.sessions = tuple((f"{each.label} · {each.id}", str(each.id)) for each in await app.sessions.list(_READER))
        self.canaries = tuple((each.username, each.username) for each in await app.canaries.list(_READER))
        self.limits = tuple((limit.name, limit.name) for limit in await app.limits.show(_READER))

    async def usernames(self, typed: str) -> list[Suggestion]:
        """Up to 25 usernames that begin so."""
        beginning = typed.strip().removeprefix("@").lower()
        found = await self._app.profiles.beginning_with(_READER, beginning, MOST_SUGGESTED)
        return [(name, name) for name in found]


@runtime_checkable
class HasNames(Protocol):
    """A client of ours."""

    names: Names


def names_of(interaction: discord.Interaction) -> Names:
    """What the client that received *interaction* can suggest."""
    client = interaction.client
    assert isinstance(client, HasNames), "only clients of ours receive what our commands send"
    return client.names


def matching(known: Iterable[Suggestion], typed: str) -> list[Suggestion]:
    """Up to 25 of *known* that have what was typed in them, those that begin with it first."""
    wanted = typed.casefold().strip()
    found = [each for each in known if wanted in each[0].casefold()]
    found.sort(key=lambda each: not each[0].casefold().startswith(wanted))
    return [(shown[:100], meant[:100]) for shown, meant in found[:MOST_SUGGESTED]]
