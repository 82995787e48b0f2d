"""Days of Storywatch by itself: a clock that a test moves, the pretend platform in memory, the real everything else.

The platform decides as it does behind its sockets; only the wire is left out.  Time leaps while nothing is under way
and goes in small steps while a batch is.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing, nullcontext
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from core.app import App, open_app
from core.clock import FakeClock
from core.domain.actor import Actor, Role
from core.domain.proxy_address import ProxyAddress
from core.domain.verdict import Blame, Reason
from core.network.errors import TransportError
from core.settings import Platform as Watched
from core.settings import Settings
from core.sources.base import Response, WireRequest
from sandbox.faults import Faults
from sandbox.logins import cookie_names_and_session
from sandbox.platform import Platform
from sandbox.question import read_question
from sandbox.rows import Act
from sandbox.scenario import Scenario

ADMIN = Actor("cli:ann", Role.ADMIN)
_TAKES = 0.08
_QUIET = 0.003
# Seconds that may pass at once.
_WHILE_BUSY, _WHILE_WAITING, _LEAP = 1.0, 30.0, 900.0
# Hundredths of a real second: what was claimed by a process that ended is sent by nobody.
_LONGEST_SEND = 1_000


class LeapingClock(FakeClock):
    """Time that can also leap, as it does for a process that was held up: what was due meanwhile comes late, once."""

    def leap(self, seconds: float) -> None:
        """Let *seconds* pass at once; timers that were due run now, each of them once."""
        self._elapsed += seconds
        while (at := self._next_at()) is not None and at <= self._elapsed:
            before = self._elapsed
            self.advance_to_next()
            assert self._elapsed == before


class InMemory:
    """The pretend platform as the engine meets it over its proxies.

    Args:
        asked: How many requests each account made.
    """

    def __init__(self, scenario: Scenario, clock: FakeClock) -> None:
        self._clock = clock
        self.platform = Platform(scenario, clock.now().timestamp())
        self.asked: dict[str, int] = {}

    def client(self) -> AbstractAsyncContextManager[InMemory]:
        """What the engine is given in place of HTTP."""
        return nullcontext(self)

    def set_faults(self, faults: Faults) -> None:
        """Let these go wrong from now on, and no others."""
        self.platform.set_faults(faults, self._clock.now().timestamp())

    def truth(self) -> dict[str, str]:
        """What is right to say of everybody now."""
        return self.platform.people.truth(self._clock.now().timestamp())

    async def connect(self, address: ProxyAddress, *, connect_timeout: float, total_timeout: float) -> float:
        """Every proxy lets everybody in."""
        return 0.02

    async def fetch(
        self, address: ProxyAddress, request: WireRequest, *, connect_timeout: float, total_timeout: float
    ) -> Response:
        """What the platform says, some time later."""
        await self._clock.sleep(_TAKES)
        parts = urlsplit(request.url)
        question = read_question(f"{parts.path}?{parts.query}" if parts.query else parts.path)
        _, session_id = cookie_names_and_session(request.headers.get("Cookie", ""))
        login = self.platform.login_of(session_id)
        now = self._clock.now()
        if login is not None:
            self.asked[login.account] = self.asked.get(login.account, 0) + 1
        decision = self.platform.decide(question, login, address.host, now.timestamp(), self._clock.monotonic())
        answer = decision.answer
        if answer.act is not Act.ANSWER:
            raise TransportError("headers", Reason.NET_ERROR, Blame.ROUTE, "the connection was reset")
        headers = {name.lower(): (value,) for name, value in answer.headers.items()}
        headers |= {"date": (format_datetime(now, usegmt=True),), "content-type": (answer.content_type,)}
        return Response(answer.status, headers, answer.body, _TAKES, now)


class Receiver:
    """Where alerts arrive by webhook; while it is *down* it takes none.

    Args:
        messages: What arrived, in order.
    """

    def __init__(self) -> None:
        self.messages: list[str] = []
        self.refused = 0
        self.down = False
        self.port = 0

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Receiver]:
        """Listen on a free port of loopback while the block runs."""
        app = web.Application()
        app.router.add_post("/", self._take)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.port = runner.addresses[0][1]
        try:
            yield self
        finally:
            await runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        if self.down:
            self.refused += 1
            return web.Response(status=503)
        told = await request.json()
        self.messages.append(f"{told['title']}\n{told['message']}")
        return web.Response()


class Week:
    """One Storywatch after another over one database."""

    def __init__(self, folder: Path, start: datetime, scenario: Scenario) -> None:
        self.clock = LeapingClock(start)
        self.world = InMemory(scenario, self.clock)
        self._settings = Settings(
            _env_file=None, data_dir=folder, platform=Watched.INSTAGRAM, platform_url="http://127.0.0.1:9"
        )
        self.app: App

    @asynccontextmanager
    async def life(self) -> AsyncIterator[App]:
        """A process, from its start to its end."""
        async with open_app(self._settings, self.clock, client=self.world.client) as app:
            self.app = app
            yield app

    @asynccontextmanager
    async def running(self) -> AsyncIterator[App]:
        """The same with the engine, as ``run`` has it."""
        async with self.life() as app, app.engine.attend("run"):
            yield app

    async def until(self, moment: datetime) -> None:
        """Let time pass until *moment*."""
        while (left := (moment - self.clock.now()).total_seconds()) > 0:
            await self.quiet()
            await self._until_sent()
            self.clock.leap(min(self._step(), left))
        await self.quiet()

    async def _until_sent(self) -> None:
        """Stand still while a message is sent, which takes as long as it takes and must not outlast its claim."""
        claimed = f"SELECT 1 FROM alert_delivery WHERE state = 'waiting' AND claimed_until > '{self.clock.now()}'"
        for _ in range(_LONGEST_SEND):
            if not self.rows(claimed):
                return
            await asyncio.sleep(0.01)

    async def quiet(self) -> None:
        """Let the database's thread and whoever waits for it do what there is to do at this moment."""
        for _ in range(3):
            await asyncio.sleep(_QUIET)

    def _step(self) -> float:
        """How much time may pass at once, so that nothing that is under way or comes next is late for it."""
        under_way = """
            SELECT 1 FROM schedule_run WHERE outcome = 'open'
            UNION ALL SELECT 1 FROM batch WHERE position IS NOT NULL AND status != 'done' AND waiting_reason IS NULL
            LIMIT 1"""
        if self.rows(under_way):
            return _WHILE_BUSY
        ((waiting,),) = self.rows("SELECT count(*) FROM batch WHERE position IS NOT NULL AND status != 'done'")
        ((coming,),) = self.rows("SELECT min(next_at) FROM schedule")
        left = _LEAP if coming is None else (datetime.fromisoformat(coming) - self.clock.now()).total_seconds()
        return min(_WHILE_WAITING if waiting else _LEAP, max(_WHILE_BUSY, left))

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What the database says, past the application."""
        with closing(sqlite3.connect(self._settings.database_file)) as connection:
            return connection.execute(sql).fetchall()

    def away(self, until: datetime) -> None:
        """Let time pass while no process runs."""
        self.clock.leap((until - self.clock.now()).total_seconds())


def utc(text: str) -> datetime:
    """A moment in UTC, such as ``2026-10-19 08:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
