"""Where a request came from: the address of whoever sent it, and whether one of our own pages did.  Pure."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection, Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from core.settings import Network

_PORTS = {"http": 80, "https": 443}
_UNKNOWN = "unknown"


def address_of(peer: str | None, forwarded: Sequence[str], trusted: Collection[Network]) -> str:
    """The address that a request came from.

    A reverse proxy that is trusted puts the address that it sees at the end of *forwarded*; what stands before that
    was sent by the one it names, and may be made up.

    Args:
        peer: The other end of the connection; None where the connection has no address.
        forwarded: The values of all X-Forwarded-For headers, in their order.
    """
    address = peer or _UNKNOWN
    hops = [hop.strip() for value in forwarded for hop in value.split(",")]
    while hops and _is_among(address, trusted):
        hop = _bare(hops.pop())
        if hop is None:
            break
        address = hop
    return address


def is_ours(headers: Headers, own_url: str | None) -> bool:
    """Whether a page of our own sent the request.

    Browsers say so themselves where they can; otherwise the page's host has to be the one that was asked, or that of
    *own_url*, which a reverse proxy may have hidden.  A request that says nothing is no page's.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    page = urlsplit(headers.get("origin", ""))
    if page.scheme not in {"http", "https"}:
        return False
    place = host_and_port(page.geturl())
    asked = host_and_port(f"{page.scheme}://{headers.get('host', '')}")
    return place is not None and place in (asked, own_url and host_and_port(own_url))


def host_and_port(url: str) -> tuple[str, int] | None:
    """Host and port of *url*, the usual port where it names none; None where it is no address."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS[parts.scheme]
    except (ValueError, KeyError):
        return None
    return (parts.hostname, port) if parts.hostname else None


def _is_among(address: str, networks: Collection[Network]) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else None
    return any((mapped or parsed) in network for network in networks)


def _bare(hop: str) -> str | None:
    """The address in a hop, which may have a port; None where it is none."""
    host = hop[1:].partition("]")[0] if hop.startswith("[") else hop
    if host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return None
