"""Reaching a proxy and being let in: the part of an exchange before the platform comes into it.

Owns what each kind of proxy is told for that.  Nothing goes to the platform: an HTTP proxy is asked to connect to a
name that cannot exist, which it refuses after it has looked at the sign-in; a SOCKS5 proxy is greeted and signed in
to; a SOCKS4 proxy, which knows no sign-in of its own, is only connected to.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from base64 import b64encode
from enum import Enum

from core.domain.proxy_address import ProxyAddress
from core.domain.verdict import Blame, Reason
from core.network.errors import TransportError

# RFC 6761: no resolver finds it.
_NOWHERE = "check.invalid:443"
# 401 is what some gateways say in place of 407, 402 what they say when the plan has ended.
_NOT_LET_IN = frozenset({401, 407})
_NOT_PAID = 402


class Trouble(Enum):
    """Why a proxy did not let us in."""

    NAME = ("connect", Reason.PROXY_ERROR, Blame.PROXY, "the proxy's name was not found")
    REFUSED = ("connect", Reason.PROXY_ERROR, Blame.PROXY, "the proxy took no connection")
    LATE = ("connect", Reason.TIMEOUT, Blame.PROXY, "the proxy took no connection in time")
    CERTIFICATE = ("connect", Reason.PROXY_ERROR, Blame.PROXY, "the proxy's certificate is bad")
    NO_TLS = ("connect", Reason.PROXY_ERROR, Blame.PROXY, "the proxy speaks no TLS")
    SILENT = ("proxy", Reason.TIMEOUT, Blame.PROXY, "the proxy did not answer in time")
    # Some hang up on a name that they cannot find, and others are broken.
    HUNG_UP = ("proxy", Reason.PROXY_ERROR, Blame.ROUTE, "the proxy hung up without an answer")
    NOT_HTTP = ("proxy", Reason.PROXY_ERROR, Blame.PROXY, "the proxy's answer is no HTTP")
    NOT_SOCKS = ("proxy", Reason.PROXY_ERROR, Blame.PROXY, "the proxy's answer is no SOCKS5")
    PASSWORD = ("proxy", Reason.PROXY_ERROR, Blame.PROXY, "the proxy refused the sign-in")
    NO_PASSWORD = ("proxy", Reason.PROXY_ERROR, Blame.PROXY, "the proxy wants a user and a password")
    UNPAID = ("proxy", Reason.PROXY_ERROR, Blame.PROXY, "the proxy wants to be paid")


class NotLetIn(TransportError):
    """A proxy was not reached, or did not let us in."""

    def __init__(self, trouble: Trouble) -> None:
        phase, reason, blame, words = trouble.value
        super().__init__(phase, reason, blame, words)
        self.trouble = trouble


async def reach(address: ProxyAddress, tls: ssl.SSLContext, *, connect_timeout: float, total_timeout: float) -> None:
    """Return once the proxy at *address* has let us in; the connection is closed.

    Args:
        tls: How an ``https`` proxy is verified.
        connect_timeout: Seconds for reaching it, TLS with it included.
        total_timeout: Seconds for everything.

    Raises:
        NotLetIn: It was not reached, or did not let us in.
    """
    trouble: Trouble | None
    try:
        async with asyncio.timeout(total_timeout):
            trouble = await _reached(address, tls, connect_timeout)
    except TimeoutError:
        trouble = Trouble.SILENT
    # Raised out here: what the libraries raise may hold the password, and would be the context.
    if trouble is not None:
        raise NotLetIn(trouble)


async def _reached(address: ProxyAddress, tls: ssl.SSLContext, connect_timeout: float) -> Trouble | None:
    try:
        async with asyncio.timeout(connect_timeout):
            reader, writer = await asyncio.open_connection(
                address.host, address.port, ssl=tls if address.scheme == "https" else None
            )
    except TimeoutError:
        return Trouble.LATE
    except OSError as error:
        return _unconnected(error)
    try:
        return await _let_in(address, reader, writer)
    except (OSError, EOFError):
        return Trouble.HUNG_UP
    finally:
        writer.transport.abort()


def _unconnected(error: OSError) -> Trouble:
    if isinstance(error, ssl.SSLCertVerificationError):
        return Trouble.CERTIFICATE
    if isinstance(error, ssl.SSLError):
        return Trouble.NO_TLS
    return Trouble.NAME if isinstance(error, socket.gaierror) else Trouble.REFUSED


async def _let_in(address: ProxyAddress, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Trouble | None:
    if address.scheme in ("http", "https"):
        return await _let_in_by_http(address, reader, writer)
    if address.scheme == "socks4":
        return None
    return await _let_in_by_socks5(address, reader, writer)


# -- HTTP -----------------------------------------------------------------------


async def _let_in_by_http(
    address: ProxyAddress, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> Trouble | None:
    lines = [f"CONNECT {_NOWHERE} HTTP/1.1", f"Host: {_NOWHERE}"]
    if address.user:
        lines.append(f"Proxy-Authorization: Basic {_basic(address)}")
    writer.write(("\r\n".join(lines) + "\r\n\r\n").encode("ascii"))
    try:
        first = await reader.readline()
    except ValueError:  # longer than any status line
        return Trouble.NOT_HTTP
    if not first:
        return Trouble.HUNG_UP
    status = _status(first)
    if status is None:
        return Trouble.NOT_HTTP
    if status in _NOT_LET_IN:
        return Trouble.PASSWORD if address.user else Trouble.NO_PASSWORD
    return Trouble.UNPAID if status == _NOT_PAID else None


def _basic(address: ProxyAddress) -> str:
    password = address.password.reveal() if address.password else ""
    return b64encode(f"{address.user}:{password}".encode()).decode("ascii")


def _status(line: bytes) -> int | None:
    version, _, rest = line.partition(b" ")
    status = rest[:3]
    return int(status) if version.startswith(b"HTTP/1.") and status.isdigit() and len(status) == 3 else None


# -- SOCKS5 (RFC 1928, RFC 1929) ----------------------------------------------------


async def _let_in_by_socks5(
    address: ProxyAddress, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> Trouble | None:
    writer.write(b"\x05\x02\x00\x02" if address.user else b"\x05\x01\x00")
    version, method = await reader.readexactly(2)
    if version != 5:
        return Trouble.NOT_SOCKS
    if method == 0:
        return None
    if method != 2 or not address.user:
        return Trouble.PASSWORD if address.user else Trouble.NO_PASSWORD
    user = address.user.encode()
    password = (address.password.reveal() if address.password else "").encode()
    writer.write(b"\x01" + bytes([len(user)]) + user + bytes([len(password)]) + password)
    _, status = await reader.readexactly(2)
    return None if status == 0 else Trouble.PASSWORD
