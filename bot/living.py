"""Messages that live with their batches: one editor for each channel, the latest state wins, the last one arrives.

A message is edited through its channel, at least three seconds after the channel's edit before, and only when it
would say something else.  Who asked for a message, and where it stands, is in the database: a restart goes on with
the same message, and what happened while Discord was away is said afterwards.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Hashable

import discord

from bot.channel_editor import ChannelEditor
from bot.context import BotContext
from bot.looking import keep_looking
from bot.paces import Paces
from bot.posting import Poster, digest, tells_another_state
from core.events import WorkArrived
from core.services.views import BatchView
from core.services.views.channels import BatchMessageView, FarewellView

_log = logging.getLogger(__name__)

LOOK_EVERY = 1.0
_NOT_SERVED = "the server is not in STORYWATCH_DISCORD_GUILDS"


class LivingMessages:
    """Keeps all living messages right while one client is connected.

    Args:
        ready: Set when the client knows its servers.
    """

    def __init__(self, client: discord.Client, context: BotContext, ready: asyncio.Event) -> None:
        self._app = context.app
        self._actor = context.itself
        self._guilds = context.guilds
        self._ready = ready
        self._paces = Paces(context.app.clock)
        self._poster = Poster(client, context, self._paces)
        self._editors: dict[int, ChannelEditor] = {}
        self._seen_version: int | None = None
        self._alive: tuple[BatchMessageView, ...] = ()
        self._batches: dict[str, BatchView] = {}

    async def run(self) -> None:
        """Look what has to be said where, once a second and whenever somebody starts or stops something here."""
        await self._ready.wait()
        try:
            await keep_looking(self.look, self._app, every=LOOK_EVERY, news=WorkArrived, waits="living messages wait")
        finally:
            for editor in self._editors.values():
                await editor.end()

    async def look(self) -> None:
        """Have every message edited that would say something else."""
        version = await self._app.monitoring.data_version(self._actor)
        if version != self._seen_version:
            await self._read()
            # What is committed while it is being read is seen by the next look.
            self._seen_version = version
        elif not self._paces.running:
            return
        self._paces.note(self._batches.values())
        for message in self._alive:
            self._compare(message)

    async def _read(self) -> None:
        """Read which messages live, and their batches."""
        alive = await self._app.batch_messages.alive(self._actor)
        self._alive = tuple(message for message in alive if message.guild_id in self._guilds)
        for message in set(alive) - set(self._alive):
            await self._poster.give_up(message.id, _NOT_SERVED)
        self._batches = await self._app.batch_messages.living_batches(self._actor)
        for farewell in await self._app.batch_messages.farewells(self._actor):
            self._editor(farewell.channel_id).want(farewell, first=True)

    def _compare(self, message: BatchMessageView) -> None:
        batch = self._batches.get(message.batch)
        if batch is None:
            # Somebody ended it between the two reads; the next look sees it.
            return
        now = digest(batch, moves=self._paces.rate(batch) is not None)
        is_over = batch.status == "done" or message.replaced_id is not None
        if now == message.shown and message.message_id is not None and not is_over:
            return
        first = is_over or message.message_id is None or tells_another_state(message.shown, now)
        self._editor(message.channel_id).want(message.id, first=first)

    def _editor(self, channel_id: int) -> ChannelEditor:
        editor = self._editors.get(channel_id)
        if editor is None:
            editor = ChannelEditor(channel_id, self._app.clock, self._bring, self._give_up)
            self._editors[channel_id] = editor
        return editor

    async def _bring(self, key: Hashable) -> bool:
        if isinstance(key, FarewellView):
            await self._poster.take_leave(key)
            return True
        assert isinstance(key, int), "messages wait by their ids"
        return await self._poster.bring(key)

    async def _give_up(self, key: Hashable, why: str) -> None:
        if isinstance(key, FarewellView):
            await self._app.batch_messages.bade_farewell(self._actor, key.id)
        elif isinstance(key, int):
            await self._poster.give_up(key, why)
