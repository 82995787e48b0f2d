"""An exchange over a connection that is there already: one write, one answer, on aiohttp's connection and parser.

For each request aiohttp makes a request, a response, timers and URLs anew, which costs four times as much as the
exchange itself.  New connections are aiohttp's to make, with all that can go wrong in it.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiohttp import StreamReader
    from aiohttp.client_proto import ResponseHandler
    from aiohttp.client_reqrep import ConnectionKey
    from aiohttp.http import RawResponseMessage

    from core.network.connections import Connector

_INFORMATIONAL = range(100, 200)
_SWITCHING = 101


class KeptConnection:
    """A connection for one exchange; whoever took it ends it."""

    __slots__ = ("_connector", "_content", "_key", "_late", "_protocol")

    def __init__(self, connector: Connector, key: ConnectionKey, protocol: ResponseHandler) -> None:
        self._connector = connector
        self._key = key
        self._protocol = protocol
        self._content: StreamReader | None = None
        self._late: asyncio.TimerHandle | None = None

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
        # The time-out that aiohttp has for silence, armed once: nothing puts it off.
        self._late = protocol._loop.call_later(seconds, protocol._on_read_timeout)  # noqa: SLF001
        protocol.set_response_params(read_until_eof=True)
        transport.write(head)
        message, content = await protocol.read()
        while message.code in _INFORMATIONAL and message.code != _SWITCHING:
            message, content = await protocol.read()
        self._content = content
        return message, content

    def end(self) -> None:
        """Give the connection back if its answer has ended; otherwise nobody can use it again."""
        if self._late is not None:
            self._late.cancel()
        content = self._content
        self._connector.give_back(self._key, self._protocol, fit=content is not None and content.is_eof())
