"""A loop over plain sockets, for programs that answer small things at once."""

from __future__ import annotations

import contextlib
import json
import selectors
import socket
import sys
from collections.abc import Callable

# Called when something came in; closes what it registered when nothing more will.
Ready = Callable[[], None]

BACKLOG = 1_024
CHUNK = 65_536


class Loop:
    """Calls whoever has something to read; ends when standard input does."""

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        self._ended = False

    def watch(self, sock: socket.socket, ready: Ready) -> None:
        """Call *ready* whenever *sock* can be read."""
        self._selector.register(sock, selectors.EVENT_READ, ready)

    def close(self, sock: socket.socket) -> None:
        """Watch *sock* no more, and close it."""
        with contextlib.suppress(KeyError, ValueError):
            self._selector.unregister(sock)
        sock.close()

    def listen(self, made: Callable[[Loop, socket.socket], object]) -> int:
        """Take connections on a free port of this machine, which is returned."""
        listener = socket.create_server(("127.0.0.1", 0), backlog=BACKLOG)

        def accept() -> None:
            sock, _ = listener.accept()
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            made(self, sock)

        self.watch(listener, accept)
        port: int = listener.getsockname()[1]
        return port

    def run(self, port: int) -> None:
        """Tell the port on standard output, and serve until standard input ends.

        Whoever started this process holds the other end, so it also ends when that one is killed.
        """
        print(json.dumps({"port": port}), flush=True)
        self._selector.register(sys.stdin, selectors.EVENT_READ, self._end)
        select = self._selector.select
        while not self._ended:
            for key, _ in select():
                key.data()

    def _end(self) -> None:
        self._ended = True


class Line:
    """One connection of ours: hands over whole request heads, and closes when the other side does."""

    def __init__(self, loop: Loop, sock: socket.socket) -> None:
        self._loop = loop
        self.sock = sock
        self._begun = b""
        loop.watch(sock, self._read)

    def head(self, head: bytes) -> None:
        """A request came, without its last empty line."""
        raise NotImplementedError

    def closed(self) -> None:
        """The other side is gone."""

    def close(self) -> None:
        """End the connection."""
        self._loop.close(self.sock)

    def _read(self) -> None:
        try:
            data = self.sock.recv(CHUNK)
            if data:
                self._take(self._begun + data if self._begun else data)
                return
        except ConnectionError:
            pass  # whoever is cut off in the middle of a run is gone, like whoever hangs up
        self.close()
        self.closed()

    def _take(self, data: bytes) -> None:
        # Nobody sends two requests at once: the usual read is one whole head.
        *heads, self._begun = data.split(b"\r\n\r\n")
        for head in heads:
            self.head(head)
