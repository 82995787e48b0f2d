"""Bytes between two connections, whole or with what a bad proxy does to them."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress

from sandbox.exits import Streams
from sandbox.faults import ProxyFault
from sandbox.server import reset

CHUNK = 65_536
_DRIP_SECONDS = 0.2


class _Watched(asyncio.StreamReaderProtocol):
    """Tells when the peer has hung up, also while nobody reads."""

    def __init__(self, reader: asyncio.StreamReader, gone: Callable[[], object]) -> None:
        super().__init__(reader)
        self._gone = gone

    def eof_received(self) -> bool:
        super().eof_received()
        self._gone()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._gone()


async def accepted(peer: socket.socket, gone: Callable[[], object]) -> Streams:
    """Streams over an accepted connection; *gone* is called when the other side hangs up."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=CHUNK)
    transport, protocol = await loop.connect_accepted_socket(lambda: _Watched(reader, gone), peer)
    return reader, asyncio.StreamWriter(transport, protocol, reader, loop)


async def pass_down(data: bytes, writer: asyncio.StreamWriter, fault: ProxyFault) -> None:
    """Give *data* of an answer to the client.

    Raises:
        ConnectionError: The client has left, or the fault has broken the connection.
    """
    if fault is ProxyFault.RESET_MID_BODY:
        body = data.find(b"\r\n\r\n") + 4  # 3 where no head is to be seen: any place will do
        writer.write(data[: body + (len(data) - body) // 2])
        # One turn for the bytes to leave: a reset takes back what is still in the buffer.
        await asyncio.sleep(0.01)
        reset(writer.transport)
        raise ConnectionResetError
    if fault is ProxyFault.DRIP:
        for place in range(len(data)):
            writer.write(data[place : place + 1])
            await writer.drain()
            await asyncio.sleep(_DRIP_SECONDS)
        return
    writer.write(data)
    await writer.drain()


async def tunnel(client: Streams, far: Streams, fault: Callable[[], ProxyFault]) -> None:
    """Pass bytes both ways until either side ends."""
    async with asyncio.TaskGroup() as both:
        up = both.create_task(_pass(client[0], far[1], lambda: ProxyFault.NONE))
        down = both.create_task(_pass(far[0], client[1], fault))
        await asyncio.wait([up, down], return_when=asyncio.FIRST_COMPLETED)
        up.cancel()
        down.cancel()


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, fault: Callable[[], ProxyFault]) -> None:
    with suppress(OSError):
        while data := await reader.read(CHUNK):
            await pass_down(data, writer, fault())
