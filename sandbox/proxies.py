"""The pretend proxies: real forward proxies on loopback, each with an exit address and a fault of its own."""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from functools import partial
from urllib.parse import quote

from sandbox.exits import Exit
from sandbox.faults import ProxyFault
from sandbox.http_proxy import HttpProxy
from sandbox.listeners import LOOPBACK, listen
from sandbox.relay import accepted
from sandbox.socks_proxy import SocksProxy
from sandbox.tasks import Tasks

# What no open connection outlives.
_DROPPING = frozenset({ProxyFault.REFUSE, ProxyFault.CLOSE})
# What open tunnels live with; others end there, since they could not show before the next connection.
_IN_TUNNELS = frozenset({ProxyFault.NONE, ProxyFault.DRIP, ProxyFault.RESET_MID_BODY})
_BROKEN = (OSError, EOFError, ValueError, asyncio.LimitOverrunError)


class Proxy:
    """One forward proxy.

    Args:
        scheme: ``http`` or ``socks5``.
        credentials: User and password; None lets everybody in.
        port: 0 chooses a free one.
    """

    def __init__(self, scheme: str, way_out: Exit, credentials: tuple[str, str] | None, port: int) -> None:
        self.scheme = scheme
        self.exit = way_out
        self._credentials = credentials
        self._fault = ProxyFault.NONE
        self._clients = Tasks()
        self._speaking: dict[asyncio.Task[None], HttpProxy | SocksProxy] = {}
        self._unserved: set[socket.socket] = set()
        self._door = Tasks()
        self._listener: socket.socket | None = None
        self.port = port

    @property
    def source(self) -> str:
        """The address under which the platform's journal knows it."""
        return self.exit.source

    @property
    def line(self) -> str:
        """Its address as people import it."""
        sign_in = (
            "" if self._credentials is None else ":".join(quote(part, safe="") for part in self._credentials) + "@"
        )
        return f"{self.scheme}://{sign_in}{LOOPBACK}:{self.port}"

    @property
    def fault(self) -> ProxyFault:
        """What it does instead of its work; may be set while it runs.

        Raises:
            PortInUse: It stops refusing, and somebody else has its port now.
        """
        return self._fault

    @fault.setter
    def fault(self, fault: ProxyFault) -> None:
        self._fault = fault
        if fault in _DROPPING:
            self._clients.cancel()
        elif fault not in _IN_TUNNELS:
            for task, speaker in self._speaking.items():
                if speaker.is_tunnel:
                    task.cancel()
        if fault is ProxyFault.REFUSE:
            self._stop_listening()
        elif self._listener is None:
            self.start()

    def start(self) -> None:
        """Listen.

        Raises:
            PortInUse: Somebody else has the port.
        """
        self._listener = listen(self.port)
        self.port = self._listener.getsockname()[1]
        # Its own task and not asyncio's server: a listener must close and open within one statement.
        self._door.spawn(self._accept(self._listener), name=f"proxy {self.port} accepts")

    async def close(self) -> None:
        """Drop everything."""
        self._stop_listening()
        await self._door.end()
        await self._clients.end()

    def _stop_listening(self) -> None:
        self._door.cancel()
        if self._listener is not None:
            asyncio.get_running_loop().remove_reader(self._listener)
            self._listener.close()
            self._listener = None

    async def _accept(self, listener: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            peer, _ = await loop.sock_accept(listener)
            self._unserved.add(peer)
            task = self._clients.spawn(self._serve(peer), name=f"proxy {self.port} serves")
            task.add_done_callback(partial(self._served, peer))

    def _served(self, peer: socket.socket, task: asyncio.Task[None]) -> None:
        self._speaking.pop(task, None)
        if peer in self._unserved:  # the task was cancelled before its first step
            self._unserved.discard(peer)
            peer.close()

    async def _serve(self, peer: socket.socket) -> None:
        self._unserved.discard(peer)
        if self._fault is ProxyFault.CLOSE:
            peer.close()
            return
        task = asyncio.current_task()
        assert task is not None, "only ever run as a task"
        client = await accepted(peer, task.cancel)
        speaker = self._speaking[task] = self._speaker()
        try:
            with suppress(*_BROKEN):
                await speaker.speak(client)
            client[1].close()
        finally:
            if not client[1].is_closing():
                client[1].transport.abort()

    def _speaker(self) -> HttpProxy | SocksProxy:
        kind = SocksProxy if self.scheme == "socks5" else HttpProxy
        credentials = None if self._credentials is None else ":".join(self._credentials)
        return kind(self.exit, credentials, lambda: self._fault)

    def __repr__(self) -> str:
        # Not the line: it holds the password.
        return f"<Proxy {self.scheme} {self.port} from {self.source}, fault {self._fault}>"
