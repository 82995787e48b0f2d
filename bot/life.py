"""The bot from the application's start to its end: a new client for each attempt, and patience in between.

Without a token there is no bot.  A token that Discord refuses is said once and not tried again; everything else
passes, and is tried again later.  Nothing here slows checking down.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from random import Random

import aiohttp
import discord

from bot.client import Client
from bot.context import BotContext
from bot.errors import keep_going
from bot.servers import servers_of
from core.app import App
from core.tasks import spawn

_log = logging.getLogger(__name__)

_SHORTEST_WAIT, _LONGEST_WAIT = 2.0, 300.0
# Discord's gateway: a bad token, a bad shard, too many servers, an old version, and intents that are not granted.
_FATAL_CLOSES = frozenset({4004, 4010, 4011, 4012, 4013, 4014})
# What the library lets through: Discord is away, or it said something that the library cannot read.
_PASSING = (
    discord.DiscordException,
    aiohttp.ClientError,
    OSError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)
# The library tells of each try with a trace; what matters of it is said here.
_LOUD = "discord.client"

MakeClient = Callable[[BotContext], Client]


class Life:
    """Keeps one bot connected.

    Args:
        token: What Discord knows it by.
        make: A client for one attempt; tests pass options of their own.
    """

    def __init__(
        self, context: BotContext, token: str, *, make: MakeClient = Client, random: Random | None = None
    ) -> None:
        self._context = context
        self._token = token
        self._make = make
        self._random = random or Random()
        self.client: Client | None = None
        self.state = "connecting"

    def __repr__(self) -> str:
        return f"<Bot {self.state}>"

    async def run(self) -> None:
        """Stay connected until cancelled, or until Discord says that it never will."""
        failures = 0
        while True:
            self.state = "connecting"
            try:
                await self._once()
            except discord.LoginFailure:
                return self._give_up("STORYWATCH_DISCORD_TOKEN: Discord refuses it; copy it anew from the portal")
            except discord.PrivilegedIntentsRequired:
                return self._give_up("Discord refuses the connection: an intent that was asked for is not granted")
            except _PASSING as error:
                if isinstance(error, discord.ConnectionClosed) and error.code in _FATAL_CLOSES:
                    return self._give_up(f"Discord closed the connection for good (code {error.code})")
                self._log_away(error)
            failures = 0 if self._was_ready() else failures + 1
            wait = min(_LONGEST_WAIT, _SHORTEST_WAIT * 2.0 ** min(failures, 10))
            self.state = "away"
            await self._context.app.clock.sleep(wait * (0.5 + self._random.random() / 2))

    async def _once(self) -> None:
        """One connection to its end."""
        client = self.client = self._make(self._context)
        servers = partial(servers_of, client, self._context.guilds)
        try:
            async with client:
                beside = [
                    spawn(self._tell_when_ready(client), name="bot is ready"),
                    self._kept(client.living.run, "living messages"),
                    self._kept(client.alerts.run, "alerts"),
                    self._kept(client.names.run, "names for completions"),
                ]
                try:
                    with self._context.app.discord_servers.told_by(servers):
                        await client.start(self._token)
                finally:
                    for task in beside:
                        task.cancel()
                    await asyncio.wait(beside)
        finally:
            # Where the log-in itself failed, the block above closes it; a second time is harmless.
            await client.close()

    def _kept(self, work: Callable[[], Awaitable[None]], name: str) -> asyncio.Task[None]:
        return spawn(keep_going(work, name=name, clock=self._context.app.clock), name=name)

    def _was_ready(self) -> bool:
        return self.client is not None and self.client.ready.is_set()

    async def _tell_when_ready(self, client: Client) -> None:
        await client.ready.wait()
        self.state = f"connected as {client.user}"
        _log.info("the bot is connected", extra={"user": str(client.user), "guilds": len(client.guilds)})
        here = {guild.id for guild in client.guilds}
        for guild in sorted(self._context.guilds - here):
            _log.warning("the bot is not in a server that the settings name", extra={"guild": guild})
        if not self._context.guilds:
            _log.warning("the bot answers nowhere: STORYWATCH_DISCORD_GUILDS names no server")

    def _log_away(self, error: BaseException) -> None:
        # A first connection that fails ends in an error of the library's own; what happened is behind it.
        cause = error.__context__ if isinstance(error, AttributeError) and error.__context__ else error
        _log.warning("Discord is away; trying again", extra={"reason": f"{type(cause).__name__}: {cause}"[:300]})

    def _give_up(self, why: str) -> None:
        self.state = f"off: {why}"
        _log.error("the bot stays off", extra={"reason": why})


@asynccontextmanager
async def serve_bot(app: App, *, make: MakeClient = Client) -> AsyncIterator[Life | None]:
    """Keep the bot connected while the block runs; yields None where no token is set."""
    token = app.settings.discord_token
    if token is None:
        yield None
        return
    logging.getLogger("discord").setLevel(logging.WARNING)
    logging.getLogger(_LOUD).setLevel(logging.CRITICAL)
    life = Life(BotContext(app, app.settings.discord_guild_ids), token.get_secret_value().strip(), make=make)
    running = spawn(keep_going(life.run, name="bot", clock=app.clock), name="bot")
    try:
        yield life
    finally:
        running.cancel()
        await asyncio.wait({running})
