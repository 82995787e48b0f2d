"""``python -m benchmarks.peers.proxy``: a forward proxy for plain HTTP that checks every sign-in.

Takes absolute-form requests, wants ``Proxy-Authorization``, keeps one connection to the platform for
each one of the client's, and passes answers on as they come.
"""

from __future__ import annotations

import base64
import socket

from benchmarks.peers.serving import CHUNK, Line, Loop

PASSWORD = "secret"

_AUTH = b"\r\nProxy-Authorization: Basic "
_REFUSED = b"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n"
_BAD = b"HTTP/1.1 400 Bad Request\r\nProxy-Agent: bench\r\nContent-Length: 0\r\n\r\n"


def user(number: int) -> str:
    """The name of the *number*-th sign-in."""
    return f"user{number}"


class _Client(Line):
    """A client's connection and the one behind it."""

    def __init__(self, loop: Loop, sock: socket.socket) -> None:
        super().__init__(loop, sock)
        self._upstream: socket.socket | None = None

    def head(self, head: bytes) -> None:
        start = head.find(_AUTH)
        if start < 0:
            self.sock.sendall(_REFUSED)
            return
        end = head.find(b"\r\n", start + 2)
        end = len(head) if end < 0 else end
        if not _may(head[start + len(_AUTH) : end]):
            self.sock.sendall(_REFUSED)
            return
        # "GET http://127.0.0.1:PORT/path …": the third slash begins the path.
        path = head.find(b"/", 11)
        if not head.startswith(b"GET http://") or path < 0:
            self.sock.sendall(_BAD)
            return
        if self._upstream is None:
            self._upstream = self._connected(head[11:path].decode())
        self._upstream.sendall(b"GET " + head[path:start] + head[end:] + b"\r\n\r\n")

    def closed(self) -> None:
        if self._upstream is not None:
            self._loop.close(self._upstream)

    def _connected(self, address: str) -> socket.socket:
        host, _, port = address.partition(":")
        upstream = socket.create_connection((host, int(port)))
        upstream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._loop.watch(upstream, lambda: self._answer(upstream))
        return upstream

    def _answer(self, upstream: socket.socket) -> None:
        try:
            data = upstream.recv(CHUNK)
            if data:
                self.sock.sendall(data)
                return
        except OSError:
            pass  # one of the two is gone
        self._loop.close(upstream)
        self.close()


_known: dict[bytes, bool] = {}


def _may(token: bytes) -> bool:
    """Whether *token* signs somebody in."""
    known = _known.get(token)
    if known is None:
        try:
            name, _, password = base64.b64decode(token, validate=True).decode().partition(":")
        except ValueError:
            return False
        known = _known[token] = name.startswith("user") and password == PASSWORD
    return known


def main() -> None:
    """Serve until standard input ends."""
    loop = Loop()
    loop.run(loop.listen(_Client))


if __name__ == "__main__":
    main()
