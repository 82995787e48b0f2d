"""An exchange over a connection that is there already: one write, one answer, on aiohttp's connection and parser.

For each request aiohttp makes a request, a response, timers and URLs anew, which costs four times as much as the
exchange itself.  New connections are aiohttp's to make, with all that can go wrong in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiohttp import StreamReader
    from aiohttp.client_reqrep import ConnectionKey
    from aiohttp.http import RawResponseMessage

    from core.network.connections import Connector, Handler
    from core.network.deadlines import Deadlines

_INFORMATIONAL = range(100, 200)
_SWITCHING = 101


class KeptConnection:
    """A connection for one exchange; whoever took it ends it."""

    __slots__ = ("_connector", "_content", "_deadlines", "_key", "_protocol", "_seconds")

    def __init__(self, connector: Connector, key: ConnectionKey, protocol: Handler, deadlines: Deadlines) -> None:
        self._connector = connector
        self._deadlines = deadlines
        self._key = key
        self._protocol = protocol
        self._content: StreamReader | None = None
        self._seconds: float | None = None

    async def ask(self, head: bytes, seconds: float) -> tuple[RawResponseMessage, StreamReader]:
        """Send *head*, a whole request; the head of its answer, and what the rest comes through.

        Args:
            seconds: When nothing more is waited for, the rest included.

        Raises:
            Exception: One of :data:`core.network.failures.FAILURES`; the rest may raise it too.
        """
        protocol = self._protocol
        transport = protocol.transport
        assert transport is not None, "a kept connection is open"
        self._deadlines.begin(self, seconds)
        self._seconds = seconds
        protocol.read_on()
        transport.write(head)
        message, content = await protocol.read()
        while message.code in _INFORMATIONAL and message.code != _SWITCHING:
            message, content = await protocol.read()
        self._content = content
        return message, content

    def end(self) -> None:
        """Give the connection back if its answer has ended; otherwise nobody can use it again."""
        if self._seconds is not None:
            self._deadlines.end(self, self._seconds)
        content = self._content
        self._connector.give_back(self._key, self._protocol, fit=content is not None and content.is_eof())

    def out_of_time(self) -> None:
        """Let whoever waits for the answer, or for the rest of it, wait no more."""
        # What aiohttp does after a silence, which it tells of in the same way.
        self._protocol._on_read_timeout()  # noqa: SLF001
