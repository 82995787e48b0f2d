"""Where requests go: one platform over one proxy, or over none; worked out once, not for every request.

Owns the spelling of a request's first line and of the headers that are the way's and not the request's.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from functools import lru_cache

from aiohttp import encode_basic_auth
from aiohttp.client_reqrep import ConnectionKey
from aiohttp.hdrs import HOST, PROXY_AUTHORIZATION
from aiohttp.http_writer import _serialize_headers
from multidict import CIMultiDict
from yarl import URL

from core.domain.proxy_address import ProxyAddress
from core.domain.verdict import Blame, Reason
from core.network.errors import TransportError
from core.network.failures import Way

# Destinations that are kept made; making one costs as much as an exchange.
_KNOWN = 16_384
# Headers that are kept as they are sent; some 1 KB each.
_SPELLED = 4_096


class Destination:
    """A platform over a proxy, or over none.

    Args:
        proxy: What aiohttp is told of the proxy; None where it goes directly, or over SOCKS.
        target: What a request's first line says before its path.
        key: Under which aiohttp keeps connections to it; None: a request there is for aiohttp alone.
    """

    __slots__ = ("_host", "_sign_in", "key", "proxy", "start", "way")

    def __init__(
        self, way: Way, proxy: URL | None, *, target: str, host: str, sign_in: str | None, key: ConnectionKey | None
    ) -> None:
        self.way = way
        self.proxy = proxy
        self.key = key
        self.start = f"GET {target}"
        self._host = host
        self._sign_in = sign_in

    def __repr__(self) -> str:
        return f"<Destination {self._host}, {self.way.name.lower()}>"

    def spelled(self, headers: Mapping[str, str]) -> bytes:
        """Everything of a request behind its first line."""
        sent = CIMultiDict({HOST: self._host})
        sent.update(headers)
        if self._sign_in is not None:
            sent[PROXY_AUTHORIZATION] = self._sign_in
        return _serialize_headers("", sent)


class Destinations:
    """Those that requests went to of late.  One client's own: they hold passwords."""

    def __init__(self) -> None:
        # By identity too, with the address that makes it sure: hashing one takes longer than all the rest.
        self._latest: dict[int, tuple[ProxyAddress | None, str, Destination]] = {}
        # By identity: most requests carry the very headers of an earlier one.
        self._spelled: dict[int, tuple[Mapping[str, str], Destination, bytes]] = {}

    def of(self, address: ProxyAddress | None, url: str) -> tuple[Destination, str]:
        """How to get to the platform of *url* over the proxy at *address*, and the path to ask it for.

        Raises:
            TransportError: Nothing may be sent there over this proxy.
            ValueError: Nothing may be sent there at all.
        """
        if not (url.isascii() and url.isprintable()) or " " in url:
            raise ValueError("a URL goes onto the wire as printable ASCII; percent-encode the rest")
        known = self._latest.get(id(address))
        if known is not None and url.startswith(known[1]) and "#" not in url:
            return known[2], url[len(known[1]) - 1 :]
        platform, path = _split(url)
        found = _destination(address, platform)
        if len(self._latest) >= _KNOWN:
            del self._latest[next(iter(self._latest))]
        self._latest[id(address)] = (address, f"{platform}/", found)
        return found, path

    def head(self, destination: Destination, path: str, headers: Mapping[str, str]) -> bytes:
        """A request as it goes onto the wire, spelled as aiohttp spells the first one of a connection.

        Args:
            path: As :meth:`of` gave it.
            headers: Nobody changes them any more.

        Raises:
            ValueError: A header would end its line.
        """
        known = self._spelled.get(id(headers))
        # The headers are kept with what was made of them, so their id is nobody else's.
        if known is None or known[1] is not destination:
            if len(self._spelled) >= _SPELLED:
                del self._spelled[next(iter(self._spelled))]
            known = self._spelled[id(headers)] = (headers, destination, destination.spelled(headers))
        return f"{destination.start}{path} HTTP/1.1".encode("ascii") + known[2]


def _split(text: str) -> tuple[str, str]:
    """The platform and the path of a request's URL, each as it is spelled."""
    end = text.find("/", len("https://"))
    if end < 0 or "#" in text or "?" in text[:end]:
        url = URL(text, encoded=True)
        return f"{url.scheme}://{url.raw_authority}", url.raw_path_qs
    return text[:end], text[end:]


def _destination(address: ProxyAddress | None, platform: str) -> Destination:
    url = _checked(platform)
    plain = url.scheme == "http"
    if plain and address is not None and not _is_loopback(address.host):
        raise TransportError("connect", Reason.PROXY_ERROR, Blame.PROXY, "plain http is for proxies on this machine")
    way = _way(address, plain=plain)
    proxy = _url_of_proxy(address) if address is not None and address.scheme in ("http", "https") else None
    return Destination(
        way,
        proxy,
        target=str(url).removesuffix("/") if way is Way.FORWARDED else "",
        host=url.host_port_subcomponent or "",
        sign_in=_sign_in(proxy) if proxy is not None and way is Way.FORWARDED else None,
        key=None if url.raw_user or url.raw_password else _Key.of(url, proxy),
    )


class _Key(ConnectionKey):
    """A key of aiohttp's that knows its hash, which takes as long as the four look-ups that an exchange makes."""

    hashed: int

    @classmethod
    def of(cls, url: URL, proxy: URL | None) -> _Key:
        """The one under which aiohttp keeps connections to *url* over *proxy*."""
        key = cls(url.raw_host or "", url.port, url.scheme == "https", True, proxy, None, None, None)
        key.hashed = tuple.__hash__(key)
        return key

    def __hash__(self) -> int:
        return self.hashed


def _way(address: ProxyAddress | None, *, plain: bool) -> Way:
    if address is None:
        return Way.DIRECT
    if not plain:
        return Way.TUNNELLED
    return Way.FORWARDED if address.scheme in ("http", "https") else Way.RELAYED


def _sign_in(proxy: URL) -> str | None:
    if not (proxy.raw_user or proxy.raw_password):
        return None
    # As aiohttp spells it; whoever made the URL chose letters for which that is right.
    return encode_basic_auth(proxy.user or "", proxy.password or "", "latin1")


def _checked(platform: str) -> URL:
    url = URL(f"{platform}/", encoded=True)
    host = url.raw_host
    if not host or url.scheme not in ("http", "https"):
        raise ValueError("a URL begins with http:// or https:// and a host")
    if url.scheme == "http" and not _is_loopback(host):
        raise ValueError("plain http shows cookies to everybody on the way; it is for this machine only")
    return url


@lru_cache(1024)
def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _url_of_proxy(address: ProxyAddress) -> URL:
    """Where an HTTP proxy is and how to sign in to it, as aiohttp reads it."""
    user = address.user or None
    password = address.password.reveal() if address.password else None
    # aiohttp writes the sign-in in Latin-1 and refuses what that lacks; proxies read bytes, and UTF-8 (RFC 7617).
    return URL.build(
        scheme=address.scheme,
        user=user and user.encode().decode("latin-1"),
        password=password and password.encode().decode("latin-1"),
        host=address.host,
        port=address.port,
    )
