"""A real web server that takes what Apprise sends, and can refuse it or keep it waiting."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass(slots=True)
class Receiver:
    """What came in, and what is answered.

    Args:
        gate: While it is cleared, no request is answered.
    """

    port: int = 0
    status: int = 200
    received: list[dict[str, Any]] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        """As Apprise writes it, with secrets in it."""
        return f"json://rita:s3cr3t-word@127.0.0.1:{self.port}/t0ken-in-path"

    @property
    def bodies(self) -> list[tuple[str, str]]:
        """Title and text of what was taken."""
        return [(each["title"], each["message"]) for each in self.received]

    async def take(self, request: web.Request) -> web.Response:
        """One message."""
        said = await request.json()
        self.arrived.set()
        await self.gate.wait()
        if self.status == 200:
            self.received.append(said)
        return web.Response(status=self.status)


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    """A receiver on loopback, while the block runs."""
    receiver = Receiver()
    receiver.gate.set()
    app = web.Application(client_max_size=64 * 1024 * 1024)
    app.router.add_post("/{tail:.*}", receiver.take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server = site._server
    assert isinstance(server, asyncio.Server)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        receiver.gate.set()
        await runner.cleanup()
