"""An exchange over a connection that is there already: one write, one answer, on aiohttp's connection and parser.

For each request aiohttp makes a request, a response, timers and URLs anew, which costs four times as much as the
exchange itself.  New connections are aiohttp's to make, with all that can go wrong in it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Self

from aiohttp import StreamReader
from aiohttp.client_proto import ResponseHandler
from aiohttp.client_reqrep import ConnectionKey
from aiohttp.hdrs import HOST, PROXY_AUTHORIZATION
from aiohttp.http import RawResponseMessage
from aiohttp.http_writer import _serialize_headers
from multidict import CIMultiDict

from core.network.connections import Connector
from core.network.destination import Destination

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

    @classmethod
    def take(cls, connector: object, destination: Destination) -> Self | None:
        """A connection to *destination* that *connector* keeps, or None."""
        key = destination.key
        if key is None or not isinstance(connector, Connector):
            return None
        protocol = connector.take(key)
        return None if protocol is None else cls(connector, key, protocol)

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
        self._late = asyncio.get_running_loop().call_later(seconds, protocol._on_read_timeout)  # noqa: SLF001
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


def head_of(path: str, headers: Mapping[str, str], destination: Destination) -> bytes:
    """A request as it goes onto the wire, spelled as aiohttp spells the first one of a connection.

    Raises:
        ValueError: A header would end its line.
    """
    sent = CIMultiDict({HOST: destination.host})
    sent.update(headers)
    if destination.sign_in is not None:
        sent[PROXY_AUTHORIZATION] = destination.sign_in
    return _serialize_headers(f"GET {destination.target}{path} HTTP/1.1", sent)
