"""One WebSocket: frames out in order, packed as the client asked, and frames in."""

from __future__ import annotations

import asyncio
import json
import zlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from aiohttp import WSMsgType, web

from core.tasks import spawn
from tests.discord_server.wire import Json, Op

if TYPE_CHECKING:
    from tests.discord_server.gateway.sessions import GatewaySession

HEARTBEAT_MILLISECONDS = 41_250


@dataclass(frozen=True)
class Frame:
    """What a client sent."""

    at: datetime
    op: int
    data: object


class Connection:
    """One client's connection.

    Args:
        session: Set once the client said who it is.
        acknowledging: False leaves heartbeats unanswered.
        sent_away: Whether the server closed it.
    """

    def __init__(self, request: web.Request, socket: web.WebSocketResponse) -> None:
        self.session: GatewaySession | None = None
        self.acknowledging = True
        self.sent_away = False
        self._request = request
        self._socket = socket
        self._leaving: asyncio.Queue[Json | int] = asyncio.Queue()
        packed = request.query.get("compress") == "zlib-stream"
        self._packer = zlib.compressobj() if packed else None
        self.send({"op": int(Op.HELLO), "t": None, "s": None, "d": {"heartbeat_interval": HEARTBEAT_MILLISECONDS}})

    def send(self, frame: Json) -> None:
        """Send a frame after those that wait already."""
        self._leaving.put_nowait(frame)

    def close(self, code: int) -> None:
        """Close with *code* after the frames that wait."""
        self._leaving.put_nowait(code)

    def drop(self) -> None:
        """Cut the connection without a word."""
        if self._request.transport is not None:
            self._request.transport.abort()

    async def receive(self) -> Json | None:
        """The next frame of the client; None when it is gone."""
        message = await self._socket.receive()
        if message.type is not WSMsgType.TEXT:
            return None
        try:
            frame = json.loads(message.data)
        except ValueError:
            frame = None
        # What is no frame has no operation, and so is closed upon.
        return frame if isinstance(frame, dict) else {}

    @property
    def said_goodbye(self) -> bool:
        """Whether the client closed it, and in a way that says that it will not come back."""
        return not self.sent_away and self._socket.close_code in (1000, 1001)

    async def run(self) -> None:
        """Send what is to be sent until the connection ends."""
        with suppress(ConnectionError):
            while True:
                leaving = await self._leaving.get()
                if isinstance(leaving, int):
                    self.sent_away = True
                    await self._socket.close(code=leaving)
                    return
                await self._send(json.dumps(leaving))

    async def _send(self, text: str) -> None:
        if self._packer is None:
            await self._socket.send_str(text)
        else:
            packed = self._packer.compress(text.encode()) + self._packer.flush(zlib.Z_SYNC_FLUSH)
            await self._socket.send_bytes(packed)


async def open_connection(request: web.Request) -> tuple[Connection, asyncio.Task[None], web.WebSocketResponse]:
    """Accept a WebSocket, and start sending on it."""
    socket = web.WebSocketResponse(max_msg_size=4096, autoping=True)
    await socket.prepare(request)
    connection = Connection(request, socket)
    return connection, spawn(connection.run(), name="gateway connection"), socket
