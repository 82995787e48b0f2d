"""Small servers behind the pretend proxies, for what the platform never does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from sandbox.tasks import Tasks


@dataclass
class Origin:
    """Answers every request with *answer*; remembers requests, and from where each connection came."""

    answer: bytes
    port: int = 0
    requests: list[bytes] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    hangs_up: bool = False

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.sources.append(writer.get_extra_info("peername")[0])
        while head := await reader.readuntil(b"\r\n\r\n"):
            length = next(
                (int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")), 0
            )
            self.requests.append(head + await reader.readexactly(length))
            writer.write(self.answer)
            if self.hangs_up:
                return


@asynccontextmanager
async def origin(answer: bytes, host: str = "127.0.0.1", *, hangs_up: bool = False) -> AsyncIterator[Origin]:
    """A server on loopback, until the block ends."""
    made, tasks = Origin(answer, hangs_up=hangs_up), Tasks()

    async def quietly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, EOFError):
            try:
                await made.serve(reader, writer)
            finally:
                writer.close()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.spawn(quietly(reader, writer), name="origin")

    server = await asyncio.start_server(accept, host, 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        await tasks.end()
        await server.wait_closed()
