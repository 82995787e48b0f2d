"""What a broken exchange means: how far it came, why it ended, who is to blame.

Owns the exception table: every way in which aiohttp, aiohttp-socks and the system tell that an exchange failed.
Never repeats what they say of it: their texts hold addresses, and some hold the proxy's password.
"""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from aiohttp import (
    ClientConnectionResetError,
    ClientError,
    ClientHttpProxyError,
    ClientResponseError,
)
from aiohttp.http import HttpProcessingError
from aiohttp_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError

from core.domain.verdict import Blame, Reason
from core.network.errors import TransportError
from core.network.proxy_answers import connect_refused, socks_refused

__all__ = ["FAILURES", "TransportError", "Way", "explain", "too_long"]

# aiohttp-socks raises errors of its own that inherit nothing but Exception, python-socks others of the same names.
# What is no HTTP has one of aiohttp's behind it, and comes as that itself over a kept connection.
FAILURES = (ClientError, HttpProcessingError, OSError, ProxyError, ProxyConnectionError, ProxyTimeoutError)


class Way(Enum):
    """How a request travels."""

    DIRECT = auto()
    FORWARDED = auto()  # in absolute form over an HTTP proxy, which may answer in the platform's place
    TUNNELLED = auto()  # in TLS with the platform, inside the proxy's tunnel
    RELAYED = auto()  # in plain text over SOCKS


class Place(Enum):
    """Where an exchange stood when it ended; the value is the phase of the :class:`TransportError`."""

    TO_PROXY = ("connect", "finding and reaching the proxy, TLS with it included")
    TO_PLATFORM = ("connect", "finding and reaching the platform without a proxy")
    ASKING = ("proxy", "asking the proxy to connect")
    TLS = ("connect", "TLS with the platform, inside the tunnel")
    SENDING = ("send", "writing the request")
    ANSWER = ("headers", "waiting for the answer to begin")
    BODY = ("body", "reading the rest of the answer")

    @property
    def phase(self) -> str:
        """The phase's name."""
        return self.value[0]


class Kind(Enum):
    """What was seen."""

    LATE = auto()
    CERTIFICATE = auto()
    NAME = auto()
    NOT_HTTP = auto()
    BROKEN = auto()  # refused, reset, closed, cut short


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; the first that matches wins.

    Args:
        kind: None: whatever was seen there.
        way: None: however the request travelled.
    """

    place: Place
    kind: Kind | None
    way: Way | None
    reason: Reason
    blame: Blame
    words: str


_TABLE = (
    Row(Place.TO_PROXY, Kind.LATE, None, Reason.TIMEOUT, Blame.PROXY, "the proxy took no connection in time"),
    Row(Place.TO_PROXY, Kind.NAME, None, Reason.PROXY_ERROR, Blame.PROXY, "the proxy's name was not found"),
    Row(Place.TO_PROXY, Kind.CERTIFICATE, None, Reason.PROXY_ERROR, Blame.PROXY, "the proxy's certificate is bad"),
    Row(Place.TO_PROXY, None, None, Reason.PROXY_ERROR, Blame.PROXY, "the proxy took no connection"),
    # Without a proxy nobody else is there; that our own network is away looks the same on every route.
    Row(Place.TO_PLATFORM, Kind.LATE, None, Reason.TIMEOUT, Blame.PLATFORM, "the platform took no connection in time"),
    Row(Place.TO_PLATFORM, Kind.NAME, None, Reason.NET_ERROR, Blame.PLATFORM, "the platform's name was not found"),
    Row(Place.TO_PLATFORM, Kind.CERTIFICATE, None, Reason.NET_ERROR, Blame.PLATFORM, "the certificate is bad"),
    Row(Place.TO_PLATFORM, None, None, Reason.NET_ERROR, Blame.PLATFORM, "the platform took no connection"),
    # Proxies hang or hang up when the platform does, so only what is no HTTP tells of the proxy.
    Row(Place.ASKING, Kind.LATE, None, Reason.TIMEOUT, Blame.ROUTE, "the proxy did not connect in time"),
    Row(Place.ASKING, Kind.NAME, None, Reason.NET_ERROR, Blame.PLATFORM, "the platform's name was not found"),
    Row(Place.ASKING, Kind.NOT_HTTP, None, Reason.PROXY_ERROR, Blame.PROXY, "the proxy's answer is no HTTP"),
    Row(Place.ASKING, None, None, Reason.NET_ERROR, Blame.ROUTE, "the proxy hung up instead of connecting"),
    # A bad certificate is the platform's, or that of a proxy which listens in.
    Row(Place.TLS, Kind.LATE, None, Reason.TIMEOUT, Blame.ROUTE, "no TLS through the proxy in time"),
    Row(Place.TLS, Kind.CERTIFICATE, None, Reason.NET_ERROR, Blame.ROUTE, "the certificate behind the proxy is bad"),
    Row(Place.TLS, None, None, Reason.NET_ERROR, Blame.ROUTE, "no TLS through the proxy"),
    Row(Place.SENDING, None, None, Reason.NET_ERROR, Blame.ROUTE, "the connection closed under the request"),
    # aiohttp calls what is no HTTP a status 400; it is nobody's answer.
    Row(Place.ANSWER, Kind.LATE, None, Reason.TIMEOUT, Blame.ROUTE, "no answer in time"),
    Row(Place.ANSWER, Kind.NOT_HTTP, Way.FORWARDED, Reason.PROXY_ERROR, Blame.PROXY, "the answer is no HTTP"),
    Row(Place.ANSWER, Kind.NOT_HTTP, Way.RELAYED, Reason.NET_ERROR, Blame.ROUTE, "the answer is no HTTP"),
    Row(Place.ANSWER, Kind.NOT_HTTP, None, Reason.NET_ERROR, Blame.PLATFORM, "the answer is no HTTP"),
    Row(Place.ANSWER, None, None, Reason.NET_ERROR, Blame.ROUTE, "the connection closed before an answer"),
    Row(Place.BODY, Kind.LATE, None, Reason.TIMEOUT, Blame.ROUTE, "the answer did not end in time"),
    Row(Place.BODY, None, None, Reason.NET_ERROR, Blame.ROUTE, "the answer broke off or cannot be unpacked"),
)

# The first kind that the error or one of its causes belongs to.
_KINDS: tuple[tuple[Kind, tuple[type[BaseException], ...]], ...] = (
    (Kind.LATE, (TimeoutError, ProxyTimeoutError)),
    (Kind.CERTIFICATE, (ssl.SSLCertVerificationError,)),
    (Kind.NAME, (socket.gaierror,)),
    (Kind.NOT_HTTP, (ClientResponseError, HttpProcessingError)),
)

# Time running out tells nothing of the place, and a proxy's address may be the platform's: on loopback both are
# one machine.  The functions that the error came through do tell; each name is pinned by a test.
_PLACES = (
    ("_tls_in_tunnel", Place.TLS),
    ("_start_tls_connection", Place.TLS),
    ("connect_tcp", Place.TO_PROXY),
    ("_connect_via_proxy", Place.ASKING),
    ("_create_direct_connection", Place.TO_PROXY),
    ("_create_proxy_connection", Place.ASKING),
)


def explain(error: BaseException, way: Way, *, answered: bool) -> TransportError:
    """What *error*, one of :data:`FAILURES`, says of an exchange on *way*.

    Args:
        answered: The head of the answer had arrived.
    """
    if isinstance(error, ClientHttpProxyError):
        return connect_refused(error.status)
    if isinstance(error, ProxyError):
        return socks_refused(error.error_code)
    place, kind = Place.BODY if answered else _place(error, way), _kind(error)
    row = next(row for row in _TABLE if _matches(row, place, kind, way))
    return TransportError(place.phase, row.reason, row.blame, f"{row.words} ({_hint(error)})")


def too_long(limit: int) -> TransportError:
    """The answer unpacks to more than *limit* bytes.

    No network failed, and nothing that long is an answer to what we ask: it has the wrong shape.  Whether the
    platform or somebody on the way made it, one answer cannot tell.
    """
    return TransportError(Place.BODY.phase, Reason.WRONG_SHAPE, Blame.ROUTE, f"the answer is longer than {limit} bytes")


def _matches(row: Row, place: Place, kind: Kind, way: Way) -> bool:
    return row.place is place and row.kind in (None, kind) and row.way in (None, way)


def _kind(error: BaseException) -> Kind:
    chain = tuple(_causes(error))
    return next((kind for kind, types in _KINDS if any(isinstance(each, types) for each in chain)), Kind.BROKEN)


def _place(error: BaseException, way: Way) -> Place:
    if isinstance(error, ClientConnectionResetError):
        return Place.SENDING
    functions = {name for each in _causes(error) for name in _functions(each)}
    place = next((place for name, place in _PLACES if name in functions), Place.ANSWER)
    return Place.TO_PLATFORM if place is Place.TO_PROXY and way is Way.DIRECT else place


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it was raised from, not what happened to be handled meanwhile."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__


def _functions(error: BaseException) -> Iterator[str]:
    traceback = error.__traceback__
    while traceback is not None:
        yield traceback.tb_frame.f_code.co_name
        traceback = traceback.tb_next


def _hint(error: BaseException) -> str:
    """The system's own word for it, or the name of the error: nothing that a peer has written."""
    for each in reversed(tuple(_causes(error))):
        if isinstance(each, ssl.SSLCertVerificationError):
            # "Hostname mismatch, certificate is not valid for 'www.…'": the rest is an address.
            return str(getattr(each, "verify_message", "")).partition(",")[0] or "certificate"
        if isinstance(each, OSError) and not isinstance(each, ssl.SSLError) and each.errno is not None:
            return errno.errorcode.get(each.errno, type(each).__name__)
    return type(error).__name__
