"""The server as a whole: builds the parts, listens, points discord.py here, and says at its end what was wrong."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AsyncExitStack
from typing import Self

from aiohttp import web

from core.clock import FakeClock, SystemClock
from tests.discord_server.application import Application, Sync
from tests.discord_server.cdn import cdn_application
from tests.discord_server.channels import Channel
from tests.discord_server.faults import Faults
from tests.discord_server.gateway.gateway import Gateway
from tests.discord_server.guilds import Guild
from tests.discord_server.journal import Requests
from tests.discord_server.keyboard import Person
from tests.discord_server.rates import Rates
from tests.discord_server.redirect import redirected
from tests.discord_server.rest import account, callbacks, channels, commands, guilds, messages, webhooks
from tests.discord_server.rest.call import Handler
from tests.discord_server.rest.door import BASE, Door
from tests.discord_server.wire import ChannelKind
from tests.discord_server.world import World

LOOPBACK = "127.0.0.1"


class DiscordServer:
    """Discord on loopback for as long as the block lasts: ``async with DiscordServer() as discord``.

    Args:
        clock: What tokens, ids, addresses of files and ages of messages are timed by; without one a clock that
            starts now and stands still until the test moves it.
        strict: Whether the end of the block fails if the bot sent bodies that Discord refuses as invalid.
        redirect: Whether every discord.py client of this process talks to this server meanwhile.

    Attributes:
        guild: The guild that is there from the start.
        channel: Its channel #general.
    """

    def __init__(self, clock: FakeClock | None = None, *, strict: bool = True, redirect: bool = True) -> None:
        self.clock = clock or FakeClock(SystemClock().now())
        self.strict = strict
        self.world = World(self.clock)
        self.rates = Rates(self.clock)
        self.faults = Faults(self.world.hub)
        self.requests = Requests(self.world.hub)
        self.gateway = Gateway(self.world)
        self.guild: Guild = self.world.guild("Editorial")
        self.channel: Channel = self.guild.add_channel("general")
        self._door = Door(self.world, self.rates, self.faults, self.requests)
        self._redirect = redirect
        self._stack = AsyncExitStack()
        self._runner: web.AppRunner | None = None
        self._port = 0

    # -- what it holds ---------------------------------------------------------------

    @property
    def token(self) -> str:
        """The bot's."""
        return self.world.token

    @property
    def application(self) -> Application:
        """The bot's application."""
        return self.world.application

    @property
    def syncs(self) -> list[Sync]:
        """Every time that commands were set, oldest first."""
        return self.application.syncs

    @property
    def rest_url(self) -> str:
        """The base of the HTTP API."""
        return f"http://{LOOPBACK}:{self._port}{BASE}"

    @property
    def cdn_url(self) -> str:
        """Where files are fetched from."""
        return self.world.files.base_url

    @property
    def mistakes(self) -> list[str]:
        """What this server did against Discord's description, or does not know."""
        return self._door.mistakes

    @property
    def bad_bodies(self) -> list[str]:
        """What the bot sent that Discord refuses as invalid, 400/50035."""
        return self._door.bad_bodies

    # -- people and places -----------------------------------------------------------

    def member(self, name: str, *, roles: Iterable[str] = (), guild: Guild | None = None) -> Person:
        """A person in a guild, made a member if they are none yet; sits in the guild's first channel."""
        guild = guild or self.guild
        user = self.world.user(name)
        if user.id not in guild.members:
            guild.join(user)
        member = guild.members[user.id]
        missing = [role for role in map(guild.role, roles) if role not in member.roles]
        if missing:
            guild.change_roles(member, [*member.roles, *missing])
        channel = next(channel for channel in guild.channels.values() if channel.kind is ChannelKind.TEXT)
        return Person(self.world, self.gateway, user, channel)

    def add_guild(self, name: str) -> Guild:
        """Another guild with the bot in it, and a channel #general."""
        guild = self.world.guild(name)
        guild.add_channel("general")
        return guild

    # -- its life --------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            cdn = await _listen(stack, cdn_application(self.world, self.faults, self.requests))
            self.world.files.base_url = f"http://{LOOPBACK}:{cdn}"
            stack.push_async_callback(self.stop)
            await self.start()
            if self._redirect:
                stack.enter_context(redirected(self.rest_url, self.gateway.url))
            stack.callback(self.faults.clear)
            self._stack = stack.pop_all()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        await self._stack.aclose()
        if kind is None:
            wrong = [*self.mistakes, *(self.bad_bodies if self.strict else ())]
            assert not wrong, "\n".join(wrong)

    async def start(self) -> None:
        """Listen; after :meth:`stop` on the same port."""
        self._runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, LOOPBACK, self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self.gateway.url = f"ws://{LOOPBACK}:{self._port}/gateway/"

    async def stop(self) -> None:
        """Stop listening and cut all connections; everything that exists stays."""
        if self._runner is not None:
            self.gateway.drop()
            await self._runner.cleanup()
            self._runner = None

    def _application(self) -> web.Application:
        return self._door.application(self._handlers(), {"/gateway/": self.gateway.enter})

    def _handlers(self) -> dict[str, Handler]:
        handlers = account.handlers(lambda: self.gateway.url)
        for noun in (commands, guilds, channels, messages, callbacks, webhooks):
            handlers |= noun.HANDLERS
        return handlers

    def __repr__(self) -> str:
        return f"<DiscordServer {self.rest_url}, {len(self.requests)} requests>"


async def _listen(stack: AsyncExitStack, app: web.Application) -> int:
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, LOOPBACK, 0).start()
    return int(runner.addresses[0][1])
