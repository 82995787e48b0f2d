"""What stands at the other end of the client: scripted servers, and small proxies that do their work.

A script is a coroutine over one accepted connection.  When the block that listens ends, its scripts are cancelled
and their connections dropped, so a script may wait for ever.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from core.tasks import spawn

Script = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
TUNNEL = b"HTTP/1.1 200 Connection established\r\n\r\n"


@asynccontextmanager
async def listening(script: Script, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> AsyncIterator[int]:
    """The port on which every connection is answered by *script*."""
    connections: list[tuple[asyncio.StreamWriter, asyncio.Task[None]]] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, EOFError):
            await script(reader, writer)
        writer.close()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append((writer, spawn(answer(reader, writer), name="script")))

    server = await asyncio.start_server(accept, host, 0, ssl=tls)
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        server.close()
        for writer, task in connections:
            task.cancel()
            writer.transport.abort()
        await asyncio.gather(*(task for _, task in connections), return_exceptions=True)
        await server.wait_closed()


def replying(*parts: bytes) -> Script:
    """Reads a request's head, sends *parts*, hangs up."""

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await head(reader)
        for part in parts:
            writer.write(part)
            await writer.drain()

    return script


def hanging_after(*parts: bytes) -> Script:
    """Reads a request's head, sends *parts*, then nothing for ever."""

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await replying(*parts)(reader, writer)
        await for_ever()

    return script


def resetting_after(*parts: bytes) -> Script:
    """Reads a request's head, sends *parts*, resets the connection."""

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await replying(*parts)(reader, writer)
        reset(writer)

    return script


async def head(reader: asyncio.StreamReader) -> bytes:
    """The next request's first line and headers."""
    return await reader.readuntil(b"\r\n\r\n")


async def for_ever() -> None:
    """Wait until the listener ends."""
    await asyncio.Event().wait()


def reset(writer: asyncio.StreamWriter) -> None:
    """End the connection with RST instead of FIN."""
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


@asynccontextmanager
async def black_hole() -> AsyncIterator[int]:
    """A port where connecting is never answered: the queue of waiting connections is full."""
    loop = asyncio.get_running_loop()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        waiting = []
        try:
            while True:
                waiting.append(socket.socket())
                waiting[-1].setblocking(False)
                try:
                    async with asyncio.timeout(0.1):
                        await loop.sock_connect(waiting[-1], listener.getsockname())
                except TimeoutError:
                    break
            yield listener.getsockname()[1]
        finally:
            for each in waiting:
                each.close()


@dataclass
class Origin:
    """A well-behaved server, or HTTP proxy that is its own platform; remembers the heads of all requests.

    Args:
        answer: What every request gets.
        connections: How many were opened.
    """

    answer: bytes = OK
    heads: list[bytes] = field(default_factory=list)
    connections: int = 0

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        while True:
            self.heads.append(await head(reader))
            writer.write(self.answer)
            await writer.drain()

    def sent(self, name: str) -> list[str | None]:
        """The header *name* of each request, None where it was absent."""
        return [_header(each, name) for each in self.heads]


def _header(request: bytes, name: str) -> str | None:
    for line in request.decode().split("\r\n")[1:]:
        spelled, _, value = line.partition(": ")
        if spelled.lower() == name.lower():
            return value
    return None


async def tunnelling(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """An HTTP proxy that knows CONNECT and nothing else."""
    place = (await head(reader)).split()[1].decode()
    host, _, port = place.rpartition(":")
    await _pipe(reader, writer, host.strip("[]"), int(port), TUNNEL)


@dataclass
class Socks5:
    """A SOCKS5 proxy that connects, with a password if *password* is given; remembers what it was asked for."""

    password: bytes | None = None
    asked: list[tuple[int, bytes]] = field(default_factory=list)
    signed_in: list[tuple[bytes, bytes]] = field(default_factory=list)

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await greeted(reader)
        if self.password is None:
            writer.write(b"\x05\x00")
        else:
            writer.write(b"\x05\x02")
            await self._sign_in(reader, writer)
        kind, host, port = await socks_request(reader)
        self.asked.append((kind, host))
        name = host.decode() if kind == 3 else socket.inet_ntop(socket.AF_INET, host)
        await _pipe(reader, writer, name, port, SOCKS5_GRANTED)

    async def _sign_in(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        user = await reader.readexactly((await reader.readexactly(2))[1])
        password = await reader.readexactly((await reader.readexactly(1))[0])
        self.signed_in.append((user, password))
        writer.write(b"\x01\x00" if password == self.password else b"\x01\x01")


SOCKS5_GRANTED = b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00"


async def greeted(reader: asyncio.StreamReader) -> bytes:
    """The sign-in methods that a SOCKS5 client offers."""
    return await reader.readexactly((await reader.readexactly(2))[1])


async def socks_request(reader: asyncio.StreamReader) -> tuple[int, bytes, int]:
    """Kind of address, address and port that a SOCKS5 client asks for."""
    kind = (await reader.readexactly(4))[3]
    length = {1: 4, 4: 16}.get(kind) or (await reader.readexactly(1))[0]
    return kind, await reader.readexactly(length), int.from_bytes(await reader.readexactly(2), "big")


async def _pipe(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, port: int, granted: bytes
) -> None:
    far_reader, far_writer = await asyncio.open_connection(host, port)
    writer.write(granted)
    try:
        async with asyncio.TaskGroup() as both:
            both.create_task(_copy(reader, far_writer))
            both.create_task(_copy(far_reader, writer))
    finally:
        far_writer.transport.abort()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.close()
