"""Where requests go: one platform over one proxy, or over none; worked out once, not for every request.

Owns the spelling of a request's first line and of the headers that are the way's and not the request's.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from functools import lru_cache

from aiohttp import encode_basic_auth
from aiohttp.client_reqrep import ConnectionKey
from yarl import URL

from core.domain.proxy_address import ProxyAddress
from core.domain.verdict import Blame, Reason
from core.network.errors import TransportError
from core.network.failures import Way


@dataclass(frozen=True, slots=True)
class Destination:
    """A platform over a proxy.

    Args:
        proxy: What aiohttp is told of the proxy; None where it goes directly, or over SOCKS.
        target: What a request's first line says before its path.
        key: Under which aiohttp keeps connections to it; None: a request there is for aiohttp alone.
    """

    way: Way
    proxy: URL | None = field(repr=False)
    target: str
    host: str
    sign_in: str | None = field(repr=False)
    key: ConnectionKey | None = field(repr=False)


def split(text: str) -> tuple[str, str]:
    """The platform and the path of a request's URL, each as it is spelled.

    Raises:
        ValueError: It cannot go onto the wire as it is.
    """
    if not (text.isascii() and text.isprintable()) or " " in text:
        raise ValueError("a URL goes onto the wire as printable ASCII; percent-encode the rest")
    end = text.find("/", len("https://"))
    if end < 0 or "#" in text or "?" in text[:end]:
        url = URL(text, encoded=True)
        return text.partition("//")[0] + f"//{url.raw_authority}", url.raw_path_qs
    return text[:end], text[end:]


def destination(address: ProxyAddress | None, platform: str) -> Destination:
    """How to get to *platform*, as :func:`split` gives it, over the proxy at *address*.

    Raises:
        TransportError: Nothing may be sent there over this proxy.
        ValueError: Nothing may be sent there at all.
    """
    url = _checked(platform)
    plain = url.scheme == "http"
    if plain and address is not None and not _is_loopback(address.host):
        raise TransportError("connect", Reason.PROXY_ERROR, Blame.PROXY, "plain http is for proxies on this machine")
    way = _way(address, plain=plain)
    proxy = _url_of_proxy(address) if address is not None and address.scheme in ("http", "https") else None
    key = ConnectionKey(url.raw_host or "", url.port, not plain, True, proxy, None, None, None)
    return Destination(
        way=way,
        proxy=proxy,
        target=str(url).removesuffix("/") if way is Way.FORWARDED else "",
        host=url.host_port_subcomponent or "",
        sign_in=_sign_in(proxy) if proxy is not None and way is Way.FORWARDED else None,
        key=None if url.raw_user or url.raw_password else key,
    )


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
