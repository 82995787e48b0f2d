"""The whole bot over a real application and database, logged in to the stand-in; time is one clock for all three.

No engine runs: what it would do to batches is done by :mod:`tests.integration.services.batch_rows`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import SecretStr

from bot.client import Client
from bot.context import BotContext
from bot.life import Life, serve_bot
from core.app import App, open_app
from core.clock import FakeClock
from core.domain.actor import Actor, Role
from core.services.views import BatchView
from core.settings import Platform, Settings
from core.storage.database import Database, open_database
from core.tasks import spawn
from tests.discord_server import Channel, DiscordServer, Message, Person
from tests.integration.services.batch_rows import promote, settle

T = TypeVar("T")

ROOT = Actor("cli:root", Role.ADMIN)
# What Discord lets people have in one deployment's server, by the name of the role.
ROLES = {"viewers": Role.VIEWER, "operators": Role.OPERATOR, "admins": Role.ADMIN}
_STEP = 0.5
_STEPS = 1_000
# Real seconds in which sockets and the database get to do what a step of the clock set off.
_STEP_LASTS = 0.02


class QuickClient(Client):
    """Identifies at once and does not wait for more servers; the library sleeps to spare the real gateway."""

    def __init__(self, context: BotContext) -> None:
        super().__init__(context, guild_ready_timeout=0.01)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify."""


@dataclass(frozen=True, slots=True)
class Storywatch:
    """An application that is open.

    Args:
        database: A connection of its own to the same file, as another process has it.
    """

    app: App
    database: Database
    server: DiscordServer
    clock: FakeClock

    @asynccontextmanager
    async def bot(self) -> AsyncIterator[Life]:
        """The bot, logged in and ready, until the block ends."""
        async with serve_bot(self.app, make=QuickClient) as life:
            assert life is not None, "the token is set"
            await self.until(lambda: life.state.startswith("connected"), "the bot is ready")
            yield life

    async def until(self, look: Callable[[], T | None], what: str, *, step: float = _STEP) -> T:
        """Let time pass, *step* seconds at a time, until *look* finds something, and give it.

        Raises:
            AssertionError: *what* did not come, however much time passed.
        """
        for _ in range(_STEPS):
            if found := look():
                return found
            await self.clock.advance(step)
            try:
                return await self.server.world.hub.until(look, what, patience=_STEP_LASTS)
            except AssertionError:
                continue
        raise AssertionError(f"{what} did not come, however much time passed")

    async def doing(self, act: Coroutine[Any, Any, T]) -> T:
        """What *act* gives, which waits for the clock in between."""
        task = spawn(act, name="an act of the test")
        await self.until(task.done, "the act ends")
        return await task

    async def passes(self, seconds: float, *, step: float = _STEP) -> None:
        """Let so much time pass, in which everybody gets to do what they do by the clock."""
        ends = self.clock.monotonic() + seconds
        while self.clock.monotonic() < ends:
            await self.clock.advance(min(step, ends - self.clock.monotonic()))
            await self._real_time()

    async def _real_time(self) -> None:
        try:
            await self.server.world.hub.until(lambda: None, "", patience=_STEP_LASTS)
        except AssertionError:
            return

    # -- what is there ------------------------------------------------------------------

    async def batch(self, *names: str, niche: str = "food", name: str | None = None) -> BatchView:
        """A new batch of these profiles, which waits for its start."""
        if niche not in [each.name for each in await self.app.niches.list(ROOT)]:
            await self.app.niches.create(ROOT, niche)
        await self.doing(self.app.profiles.add(ROOT, names, niche))
        return await self.doing(self.app.batches.create(ROOT, names=names, name=name, recheck=True))

    async def shown_in(self, channel: Channel, batch: BatchView) -> None:
        """Ask for a message of the batch in a channel."""
        guild = self.server.guild.id
        await self.app.batch_messages.ask_for(ROOT, batch.id, guild_id=guild, channel_id=channel.id)

    async def message(self) -> Message:
        """The newest message of the first channel, as soon as there is one."""
        await self.until(lambda: self.server.channel.messages, "a message")
        return self.server.channel.last

    async def show(self, batch: BatchView) -> BatchView:
        """The batch as it is now."""
        return await self.app.batches.show(ROOT, batch.id)

    async def ended(self, batch: BatchView, *whys: str | None) -> None:
        """Let time pass until the batch's messages are edited no more for these reasons; None while one is.

        In the order in which they were asked for.
        """
        found: list[str | None] = []
        for _ in range(_STEPS):
            messages = await self.app.batch_messages.of_batch(ROOT, batch.id)
            found = [each.ended_because for each in messages]
            if found == list(whys):
                return
            await self.passes(_STEP)
        assert found == list(whys)

    async def started(self, batch: BatchView) -> BatchView:
        """The batch, put in line and into progress."""
        await self.app.batches.start(ROOT, [batch.id])
        await promote(self.database, 1_000)
        return await self.show(batch)

    async def verdicts(self, batch: BatchView, **verdicts: str) -> BatchView:
        """Record what the engine found: ``ann="live", bea="unknown"``; a batch with nothing left is done."""
        unknown = {name: outcome for name, outcome in verdicts.items() if outcome == "unknown"}
        known = {name: outcome for name, outcome in verdicts.items() if outcome != "unknown"}
        for some, reason in ((known, "ok"), (unknown, "rate_limited")):
            if some:
                await settle(self.database, batch, some, reason)
        await promote(self.database, 1_000)
        return await self.show(batch)

    async def person(self, name: str, role: str | None) -> Person:
        """Somebody in the server, with a Discord role that stands for a role here; None has none."""
        person = self.server.member(name, roles=[] if role is None else [role])
        if role is not None:
            number, guild = self.server.guild.role(role).id, self.server.guild.id
            await self.app.discord_roles.set(ROOT, number, ROLES[role], guild_id=guild, label=role)
        return person


@asynccontextmanager
async def opened(
    folder: Path, server: DiscordServer, clock: FakeClock, **settings: object
) -> AsyncIterator[Storywatch]:
    """An application in *folder* whose bot would log in to *server*."""
    given = {
        "data_dir": folder,
        "platform": Platform.INSTAGRAM,
        "discord_token": SecretStr(server.token),
        "discord_guilds": str(server.guild.id),
    } | settings
    chosen = Settings(_env_file=None, **given)  # type: ignore[arg-type]
    async with (
        open_app(chosen, clock) as app,
        open_database(chosen.database_file, clock=clock) as database,
    ):
        yield Storywatch(app, database, server, clock)


def field(message: Message, name: str) -> str:
    """What a field of the message's card says."""
    (card,) = message.embeds
    (value,) = (each.value for each in card.fields if each.name == name)
    return str(value)
