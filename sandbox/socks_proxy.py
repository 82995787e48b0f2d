"""SOCKS5 as a proxy speaks it (RFC 1928, RFC 1929): no sign-in or user and password; CONNECT alone."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable

from sandbox import own_words
from sandbox.exits import Exit, Forbidden, Streams, Unreachable
from sandbox.faults import ProxyFault
from sandbox.relay import tunnel

_VERSION = 5
_NO_SIGN_IN, _PASSWORD, _NOTHING_FITS = 0, 2, 0xFF
_CONNECT = 1
_IPV4, _NAME, _IPV6 = 1, 3, 4
_GRANTED, _GENERAL, _RULES, _NO_HOST, _REFUSED, _NO_SUCH_COMMAND, _NO_SUCH_ADDRESS = 0, 1, 2, 4, 5, 7, 8

# How a SOCKS proxy says what an HTTP proxy has pages for.
_REPLIES = {
    ProxyFault.ERROR_502: _REFUSED,
    ProxyFault.ERROR_503: _GENERAL,
    ProxyFault.ERROR_504: _NO_HOST,
    ProxyFault.EXPIRED_402: _RULES,
    ProxyFault.EXPIRED_403: _RULES,
}
# Sent in the platform's place, once the client has asked.
_FORGED = frozenset({ProxyFault.PORTAL, ProxyFault.GZIP_BOMB})


class SocksProxy:
    """One client's connection to a SOCKS5 proxy.

    Args:
        credentials: ``user:password``; None lets everybody in.
        fault: What the proxy does instead of its work, as of now.
    """

    def __init__(self, way_out: Exit, credentials: str | None, fault: Callable[[], ProxyFault]) -> None:
        self._exit = way_out
        self._credentials = credentials
        self._fault = fault
        self.is_tunnel = True

    async def speak(self, client: Streams) -> None:
        """Sign the client in, connect, and pass bytes until either side ends."""
        reader, writer = client
        fault = self._fault()
        methods = await _greeting(reader)
        if fault is ProxyFault.HANG:
            await asyncio.Event().wait()
        if fault is ProxyFault.GARBAGE:
            writer.write(own_words.GARBAGE)
            return
        if not await self._sign_in(methods, client, fault):
            return
        asked = await self._asked(client)
        if asked is None:
            return
        if fault in _REPLIES:
            writer.write(_reply(_REPLIES[fault]))
            return
        await self._connect(*asked, client, fault)

    async def _sign_in(self, methods: bytes, client: Streams, fault: ProxyFault) -> bool:
        reader, writer = client
        if fault is ProxyFault.WRONG_PASSWORD and _PASSWORD not in methods:
            writer.write(bytes([_VERSION, _NOTHING_FITS]))
            return False
        if self._credentials is None and fault is not ProxyFault.WRONG_PASSWORD:
            fits = _NO_SIGN_IN in methods
            writer.write(bytes([_VERSION, _NO_SIGN_IN if fits else _NOTHING_FITS]))
            return fits
        if _PASSWORD not in methods:
            writer.write(bytes([_VERSION, _NOTHING_FITS]))
            return False
        writer.write(bytes([_VERSION, _PASSWORD]))
        user = await reader.readexactly((await reader.readexactly(2))[1])
        password = await reader.readexactly((await reader.readexactly(1))[0])
        right = f"{user.decode('utf-8', 'replace')}:{password.decode('utf-8', 'replace')}" == self._credentials
        accepted = right and fault is not ProxyFault.WRONG_PASSWORD
        writer.write(b"\x01\x00" if accepted else b"\x01\x01")
        return accepted

    async def _asked(self, client: Streams) -> tuple[str, int] | None:
        """Host and port; None where the request was refused."""
        reader, writer = client
        _, command, _, kind = await reader.readexactly(4)
        if kind == _IPV4:
            host = socket.inet_ntop(socket.AF_INET, await reader.readexactly(4))
        elif kind == _IPV6:
            host = socket.inet_ntop(socket.AF_INET6, await reader.readexactly(16))
        elif kind == _NAME:
            host = (await reader.readexactly((await reader.readexactly(1))[0])).decode("ascii", "replace")
        else:
            writer.write(_reply(_NO_SUCH_ADDRESS))
            return None
        port = int.from_bytes(await reader.readexactly(2), "big")
        if command != _CONNECT:
            writer.write(_reply(_NO_SUCH_COMMAND))
            return None
        return host, port

    async def _connect(self, host: str, port: int, client: Streams, fault: ProxyFault) -> None:
        reader, writer = client
        try:
            far = await self._exit.reach(host, port)
        except Forbidden:
            writer.write(_reply(_RULES))
            return
        except Unreachable as error:
            writer.write(_reply(_NO_HOST if error.unknown_name else _REFUSED))
            return
        writer.write(_reply(_GRANTED))
        try:
            if fault is ProxyFault.TLS_FAILURE or fault in _FORGED:
                await reader.readuntil(b"\r\n\r\n") if fault in _FORGED else await reader.read(1)
                writer.write(own_words.own_page(fault) or own_words.GARBAGE)
                return
            await tunnel(client, far, self._fault)
        finally:
            far[1].transport.abort()


async def _greeting(reader: asyncio.StreamReader) -> bytes:
    """The sign-in methods that the client offers.

    Raises:
        ConnectionError: It speaks another protocol.
    """
    version, count = await reader.readexactly(2)
    if version != _VERSION:
        raise ConnectionAbortedError
    return await reader.readexactly(count)


def _reply(code: int) -> bytes:
    return bytes([_VERSION, code, 0, _IPV4, 127, 0, 0, 1, 0, 0])
