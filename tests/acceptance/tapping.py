"""Listeners before proxies: they pass every byte on, and keep what the client sent."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import AsyncExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial

_REQUEST = re.compile(rb"(?m)^[A-Z]+ (https?://[^/ ]+)\S* HTTP/1\.1\r\n((?:[^\r\n]+\r\n)*)\r\n")
_COOKIE = re.compile(rb"(?mi)^cookie: *([^\r\n]*)")
_HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Seen:
    """A plain request on its way: the base address that it is for, and its cookies."""

    address: str
    cookie: str


class Taps:
    """What was said to the proxies of ``lines``, which stand for the proxies behind them."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._sent: list[bytearray] = []

    def requests(self) -> Iterator[Seen]:
        """The plain requests that passed."""
        for sent in self._sent:
            for address, head in _REQUEST.findall(bytes(sent)):
                yield Seen(address.decode(), b"; ".join(_COOKIE.findall(head)).decode())

    async def stand(self, lines: Iterable[str], ready: Future[asyncio.Event]) -> None:
        """Stand before the HTTP proxies among *lines* that listen, until the event that *ready* brings is set.

        The dead ones stay as dead as they are.
        """
        async with AsyncExitStack() as stack:
            for line in lines:
                before, _, port = line.rpartition(":")
                if line.startswith("http://") and await _listens(int(port)):
                    server = await asyncio.start_server(partial(self._pass_on, int(port)), _HOST, 0)
                    port = str(server.sockets[0].getsockname()[1])
                    await stack.enter_async_context(server)
                self.lines.append(f"{before}:{port}")
            over = asyncio.Event()
            ready.set_result(over)
            await over.wait()

    async def _pass_on(self, port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._sent.append(kept := bytearray())
        with suppress(OSError):
            ahead, behind = await asyncio.open_connection(_HOST, port)
            await asyncio.gather(_pump(reader, behind, kept), _pump(ahead, writer, bytearray()))


@contextmanager
def tapped(lines: Iterable[str]) -> Iterator[Taps]:
    """Taps before these proxies while the block runs, on a thread of their own."""
    taps, ready, loops = Taps(), Future[asyncio.Event](), Future[asyncio.AbstractEventLoop]()

    async def stand() -> None:
        loops.set_result(asyncio.get_running_loop())
        await taps.stand(lines, ready)

    thread = threading.Thread(target=asyncio.run, args=(stand(),))
    thread.start()
    over = ready.result()
    try:
        yield taps
    finally:
        loops.result().call_soon_threadsafe(over.set)
        thread.join()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, kept: bytearray) -> None:
    with suppress(OSError):
        while piece := await reader.read(65_536):
            kept += piece
            writer.write(piece)
            await writer.drain()
    writer.close()


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection(_HOST, port)
    except OSError:
        return False
    writer.close()
    return True
