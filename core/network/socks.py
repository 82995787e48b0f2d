"""Sessions over SOCKS proxies: one for each address, made when it is first needed, a bounded number kept.

Owns their number and their end.  Never looks at a request; the exchange is the client's.
"""

from __future__ import annotations

import asyncio
import ssl
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import ClientSession, ServerDisconnectedError
from aiohttp.client_proto import ResponseHandler
from aiohttp_socks import ProxyConnector, ProxyError, ProxyType

from core.domain.proxy_address import ProxyAddress
from core.network.connections import KEEPALIVE, Connector, Handler, session

_TYPES = {"socks4": ProxyType.SOCKS4, "socks5": ProxyType.SOCKS5, "socks5h": ProxyType.SOCKS5}


class SocksSessions:
    """At most *most* sessions, the least recently used closed first, and none while it is in use.

    Args:
        most: How many are kept; while more than that are in use at once, so many exist.
        tls: How the platform behind the proxies is verified.
    """

    def __init__(self, most: int, tls: ssl.SSLContext) -> None:
        if most < 1:
            raise ValueError(f"at least one session is kept, not {most}")
        self._most = most
        self._tls = tls
        self._held: OrderedDict[ProxyAddress, _Held] = OrderedDict()

    def __len__(self) -> int:
        return len(self._held)

    @asynccontextmanager
    async def over(self, address: ProxyAddress) -> AsyncIterator[ClientSession]:
        """The session over *address*, open at least until the block ends."""
        held = self._held.get(address)
        if held is None:
            held = self._held[address] = _Held(session(SocksConnector(address, self._tls)))
        self._held.move_to_end(address)
        held.users += 1
        try:
            await self._trim()
            yield held.session
        finally:
            held.users -= 1
            await self._trim()

    async def close(self) -> None:
        """Close them all, those in use included."""
        while self._held:
            await self._held.popitem()[1].session.close()

    async def _trim(self) -> None:
        surplus = len(self._held) - self._most
        if surplus <= 0:
            return
        for address in [each for each, held in self._held.items() if not held.users][:surplus]:
            await self._held.pop(address).session.close()


@dataclass(slots=True)
class _Held:
    session: ClientSession
    users: int = 0


class SocksConnector(Connector, ProxyConnector):
    """Connections through one SOCKS proxy; ``socks5h`` has the proxy look up names, the others look up here."""

    def __init__(self, address: ProxyAddress, tls: ssl.SSLContext) -> None:
        super().__init__(
            host=address.host,
            port=address.port,
            proxy_type=_TYPES[address.scheme],
            username=_Utf8(address.user) if address.user else None,
            password=_Utf8(address.password.reveal()) if address.password else None,
            rdns=address.scheme == "socks5h",
            ssl=tls,
            limit=0,
            keepalive_timeout=KEEPALIVE,
        )

    async def _connect_via_proxy(
        self, host: str, port: int, ssl: ssl.SSLContext | None = None, timeout: float | None = None
    ) -> tuple[asyncio.Transport, ResponseHandler]:
        """A connection to *host*, TLS with it included, within *timeout* seconds.

        The library would do TLS, too, but there a handshake that is cancelled or out of time waits for a close
        that never comes.
        """
        async with asyncio.timeout(timeout):
            try:
                transport, tunnel = await super()._connect_via_proxy(host, port, None, timeout)
            except EOFError as error:  # the proxy hung up between two replies; nobody below catches it
                raise ServerDisconnectedError from error
            except UnicodeError as error:
                raise ProxyError("the reply is malformed") from error
            if ssl is not None:
                return await self._tls_in_tunnel(transport, tunnel, ssl, host)
            plain = _TunnelledHandler(self._loop, tunnel)
            plain.connection_made(transport)
            transport.set_protocol(plain)
            return transport, plain

    async def _tls_in_tunnel(
        self, transport: asyncio.Transport, tunnel: ResponseHandler, tls: ssl.SSLContext, host: str
    ) -> tuple[asyncio.Transport, ResponseHandler]:
        protocol = _TunnelledHandler(self._loop, tunnel)
        try:
            secure = await self._loop.start_tls(transport, protocol, tls, server_hostname=host)
        except BaseException:
            transport.abort()
            raise
        if secure is None:  # the tunnel closed meanwhile
            raise ServerDisconnectedError
        protocol.connection_made(secure)
        return secure, protocol


class _TunnelledHandler(Handler):
    """Keeps what holds the tunnel: if that is collected, the tunnel closes."""

    def __init__(self, loop: asyncio.AbstractEventLoop, tunnel: ResponseHandler) -> None:
        super().__init__(loop)
        self._tunnel = tunnel


class _Utf8(str):
    """Text that goes onto the wire as UTF-8, counted in its bytes; the library knows only ASCII."""

    __slots__ = ()

    def encode(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:
        return super().encode("utf-8", errors)

    def __len__(self) -> int:
        return len(self.encode())
