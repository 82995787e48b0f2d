"""How aiohttp is set up here: what it must not add, repeat, keep or trust.

Owns the traps of the library that no argument of a request closes.  Never looks at an exchange.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from aiohttp import ClientRequest, ClientSession, DummyCookieJar, TCPConnector
from aiohttp.client_proto import ResponseHandler
from aiohttp.connector import Connection

if TYPE_CHECKING:
    import asyncio

    from aiohttp.client_reqrep import ConnectionKey
    from aiohttp.http import HttpParser
    from aiohttp.tracing import Trace

# Seconds an idle connection is kept: longer than the widest default gap of a session (20 s and 100 % more),
# shorter than the minute after which many servers and routers forget it.
KEEPALIVE = 45.0

# Ways (proxy, sign-in, platform) whose idle connections are kept.  One in TLS takes some 300 KB, most of it a buffer
# of asyncio's, and each takes a file: ten thousand proxies, each used once a minute, would take what there is of both.
MOST_KEPT = 512


class Handler(ResponseHandler):
    """aiohttp's reader of a connection, without what it does for every answer and one answer after another needs once.

    ``idle``: nobody waits for anything, so whatever comes makes the connection unfit.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(loop)
        self.idle = False
        self._lasting: HttpParser[Any] | None = None

    def read_on(self) -> None:
        """Be ready for one more answer, read by the parser that read those before."""
        # What aiohttp made for an exchange of its own has that exchange's time-outs.
        if self._parser is None or self._parser is not self._lasting:
            self.set_response_params(read_until_eof=True)
            self._lasting = self._parser

    def data_received(self, data: bytes) -> None:
        """Take what came."""
        if self.idle and data:
            self.force_close()
            return
        super().data_received(data)

    def resume_reading(self, resume_parser: bool = True) -> None:
        """Go on where reading was paused; aiohttp does as much after each part that somebody has read."""
        if self._reading_paused or self._buffer_paused:
            super().resume_reading(resume_parser)


class Connector(TCPConnector):
    """Connections that are used again only while nothing has come in on them unasked.

    aiohttp would take what came in between two requests for the answer to the second, and then every answer for
    the one to the next request: one profile's for another's.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._factory = partial(_handler, self._loop)

    def take(self, key: ConnectionKey) -> Handler | None:
        """A kept connection, which whoever takes it gives back."""
        kept = self._conns.get(key)
        if kept is None:
            return None
        since = monotonic() - KEEPALIVE
        taken = None
        while kept and taken is None:
            protocol, idle_from = kept.popleft()
            assert isinstance(protocol, Handler)
            if idle_from >= since and protocol.is_connected() and not protocol.should_close:
                taken = protocol
                protocol.idle = False
                self._acquired.add(protocol)
            else:
                protocol.close()
        if not kept:
            del self._conns[key]
        return taken

    def give_back(self, key: ConnectionKey, protocol: ResponseHandler, *, fit: bool) -> None:
        """Keep what was taken, if it is *fit* for another exchange."""
        self._release(key, protocol, should_close=not fit)

    def _release(self, key: ConnectionKey, protocol: ResponseHandler, *, should_close: bool = False) -> None:
        super()._release(key, protocol, should_close=should_close)
        assert isinstance(protocol, Handler)
        protocol.idle = True
        if len(self._conns) > MOST_KEPT:
            # The first way in the table was idle before all others: a way that is used again is put behind them.
            for idle, _ in self._conns.pop(next(iter(self._conns))):
                idle.close()

    async def _get(self, key: ConnectionKey, traces: list[Trace]) -> Connection | None:
        protocol = self.take(key)
        return None if protocol is None else Connection(self, key, protocol, self._loop)


def _handler(loop: asyncio.AbstractEventLoop) -> ResponseHandler:
    return Handler(loop)


def connector(tls: ssl.SSLContext) -> Connector:
    """As many connections as there are exchanges, whether direct or over HTTP proxies."""
    return Connector(limit=0, keepalive_timeout=KEEPALIVE, ssl=tls)


def session(over: TCPConnector) -> ClientSession:
    """A session that sends each request as given and once, and owns *over*."""
    made = ClientSession(
        connector=over,
        cookie_jar=DummyCookieJar(),  # the default one hands a login's cookies to all others
        request_class=_AsGiven,
        trust_env=False,
    )
    # aiohttp sends a GET again when its connection drops, a fresh one included: one use of a limit, two on the wire.
    made._retry_connection = False  # noqa: SLF001  # there is no public switch; a test counts the hits
    return made


def tls_context(ca_file: Path | None) -> ssl.SSLContext:
    """Verifies everything, against the system's authorities and those in *ca_file*.  Reads files."""
    context = ssl.create_default_context()
    if ca_file is not None:
        context.load_verify_locations(ca_file)
    context.set_alpn_protocols(["http/1.1"])
    return context


class _AsGiven(ClientRequest):
    """A request without the headers that aiohttp would add, and give itself away by."""

    def update_auto_headers(self, skip_auto_headers: Iterable[str] | None) -> None:
        """Add nothing."""
