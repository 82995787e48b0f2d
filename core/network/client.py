"""One HTTP exchange over one proxy.

Owns the connections.  Never repeats a request, follows a redirect, keeps a cookie or takes a setting from the
environment: what goes onto the wire is the request as it was given, plus Host and the sign-in to the proxy.
"""

from __future__ import annotations

import asyncio
import ssl
from functools import lru_cache
from math import inf
from pathlib import Path
from types import TracebackType
from typing import Self

from aiohttp import (
    ClientResponse,
    ClientSession,
    ClientTimeout,
    StreamReader,
)
from multidict import CIMultiDictProxy
from yarl import URL

from core.clock import Clock
from core.domain.proxy_address import ProxyAddress
from core.network.connections import Connector, connector, session, tls_context
from core.network.deadlines import Deadlines
from core.network.destination import Destination, Destinations
from core.network.errors import TransportError
from core.network.failures import FAILURES, Way, explain, too_long
from core.network.headers import Headers
from core.network.kept import KeptConnection
from core.network.proxy_answers import own_answer
from core.network.reach import reach
from core.network.socks import SocksSessions
from core.sources.base import Response, WireRequest

# Unpacked.  The longest real answer is some 60 KB; 200 KB of gzip can unpack to 200 MB.
BODY_LIMIT = 2_000_000


class Client:
    """Sends requests over proxies, each on connections of its own; open while its ``async with`` block runs.

    Certificates are verified always, the proxy's by the same rules as the platform's.

    Args:
        ca_file: PEM certificates to trust besides the system's.
        socks_connections: SOCKS proxies whose connections are kept; HTTP proxies have no such limit.
    """

    def __init__(self, *, clock: Clock, ca_file: Path | None = None, socks_connections: int = 256) -> None:
        self._clock = clock
        self._ca_file = ca_file
        self._socks_connections = socks_connections
        self._session: ClientSession | None = None
        self._deadlines: Deadlines | None = None
        self._socks: SocksSessions | None = None
        self._tls: ssl.SSLContext | None = None
        self._destinations = Destinations()

    def __repr__(self) -> str:
        if self._session is None or self._socks is None:
            return "<Client closed>"
        return f"<Client open | {len(self._socks)} SOCKS proxies>"

    async def __aenter__(self) -> Self:
        tls = self._tls = await asyncio.to_thread(tls_context, self._ca_file)
        self._session = session(connector(tls))
        self._socks = SocksSessions(self._socks_connections, tls)
        self._deadlines = Deadlines(asyncio.get_running_loop())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        plain, self._session = self._session, None
        socks, self._socks = self._socks, None
        try:
            if socks is not None:
                await socks.close()
        finally:
            if plain is not None:
                await plain.close()
            if self._deadlines is not None:
                self._deadlines.close()

    async def fetch(
        self, address: ProxyAddress | None, request: WireRequest, *, connect_timeout: float, total_timeout: float
    ) -> Response:
        """The answer to *request*, whatever its status, sent exactly once.

        Args:
            address: The proxy; None goes directly.
            connect_timeout: Seconds for reaching the proxy, and again for TLS with the platform behind it.
            total_timeout: Seconds for everything.

        Raises:
            TransportError: There was no answer of the platform.
            ValueError: The request cannot be sent, or would carry cookies in plain text beyond this machine.
            RuntimeError: The client is not open.
        """
        if self._session is None or self._socks is None:
            raise RuntimeError("the client is not open; use it inside its async with block")
        destination, path = self._destinations.of(address, request.url)
        timeout = _timeout(connect_timeout, total_timeout)
        if address is None or destination.proxy is not None:
            outcome = await self._exchange(self._session, path, request, destination, timeout)
        else:
            async with self._socks.over(address) as relayed:
                outcome = await self._exchange(relayed, path, request, destination, timeout)
        # Raised out here: inside, the library's error, which may hold the password, would be its context.
        if isinstance(outcome, TransportError):
            raise outcome
        return outcome

    async def connect(self, address: ProxyAddress, *, connect_timeout: float, total_timeout: float) -> float:
        """Reach the proxy at *address* and be let in; the seconds that took.  Nothing is sent to the platform.

        Raises:
            TransportError: It was not reached, or did not let us in.
            RuntimeError: The client is not open.
        """
        if self._tls is None or self._session is None:
            raise RuntimeError("the client is not open; use it inside its async with block")
        began = self._clock.monotonic()
        await reach(address, self._tls, connect_timeout=connect_timeout, total_timeout=total_timeout)
        return self._clock.monotonic() - began

    async def _exchange(
        self,
        over: ClientSession,
        path: str,
        request: WireRequest,
        destination: Destination,
        timeout: ClientTimeout,
    ) -> Response | TransportError:
        keeper = over.connector
        assert isinstance(keeper, Connector)
        assert self._deadlines is not None, "it is open"
        head, key = self._destinations.head(destination, path, request.headers), destination.key
        if key is None or (protocol := keeper.take(key)) is None:
            return await self._first(over, request, destination, timeout)
        kept = KeptConnection(keeper, key, protocol, self._deadlines)
        way, sent_at, answered = destination.way, self._clock.monotonic(), False
        try:
            message, content = await kept.ask(head, timeout.total or inf)
            answered = True
            if content.is_eof():  # most answers are there as a whole before anybody looks at them
                return self._told(message.code, Headers(message.headers), content.read_nowait(), way, sent_at)
            return await self._read(message.code, message.headers, content, way, sent_at)
        except FAILURES as error:
            return explain(error, way, answered=answered)
        finally:
            kept.end()

    async def _first(
        self, over: ClientSession, request: WireRequest, destination: Destination, timeout: ClientTimeout
    ) -> Response | TransportError:
        """The exchange on a connection that is made for it."""
        answer: ClientResponse | None = None
        url, proxy, way = URL(request.url, encoded=True), destination.proxy, destination.way
        sent_at = self._clock.monotonic()
        try:
            answer = await over.get(url, headers=request.headers, proxy=proxy, timeout=timeout, allow_redirects=False)
            return await self._read(answer.status, answer.headers, answer.content, way, sent_at)
        except FAILURES as error:
            return explain(error, way, answered=answer is not None)
        finally:
            if answer is not None:
                answer.close()  # whoever was read to the end has given the connection back before

    async def _read(
        self, status: int, told: CIMultiDictProxy[str], content: StreamReader, way: Way, sent_at: float
    ) -> Response | TransportError:
        headers = Headers(told)
        if way is Way.FORWARDED and (own := own_answer(status, headers)) is not None:
            return own
        return self._told(status, headers, await _body(content), way, sent_at)

    def _told(
        self, status: int, headers: Headers, body: bytes | None, way: Way, sent_at: float
    ) -> Response | TransportError:
        if way is Way.FORWARDED and (own := own_answer(status, headers)) is not None:
            return own
        if body is None or len(body) > BODY_LIMIT:
            return too_long(BODY_LIMIT)
        return Response(status, headers, body, self._clock.monotonic() - sent_at, self._clock.now())


async def _body(content: StreamReader) -> bytes | None:
    """Everything in *content*, unpacked; None when it is longer than :data:`BODY_LIMIT`."""
    parts, length = [], 0
    while part := await content.readany():
        parts.append(part)
        length += len(part)
        if length > BODY_LIMIT:
            return None
    return b"".join(parts)


@lru_cache(64)
def _timeout(connect: float, total: float) -> ClientTimeout:
    if connect <= 0 or total <= 0:
        raise ValueError(f"time-outs are positive, got {connect} and {total}")  # aiohttp takes 0 for "none"
    # No threshold: above it, aiohttp rounds up to whole seconds of the loop's clock.
    return ClientTimeout(total=total, sock_connect=connect, ceil_threshold=inf)
