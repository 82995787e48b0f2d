"""What a proxy says in its own name: refusals, error pages, portals, garbage."""

from __future__ import annotations

import zlib
from functools import lru_cache

from sandbox.faults import ProxyFault

GARBAGE = b"\x16\x03\x01\x00\x00not a protocol that anybody speaks\r\n\r\n"
TUNNEL = b"HTTP/1.1 200 Connection established\r\n\r\n"
VIA = b"Via: 1.1 sandbox\r\n"
_BOMB_MEGABYTES = 64


def reply(status: str, body: bytes, *headers: str, kind: str = "text/html; charset=utf-8") -> bytes:
    """A whole HTTP answer of the proxy's own."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def page(status: str, title: str, *headers: str) -> bytes:
    """An HTML page."""
    body = f"<!DOCTYPE html><html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>"
    return reply(status, body.encode(), *headers)


def _cannot_reach(status: str, why: str) -> bytes:
    return page(status, f"ERROR: {why}", "Server: squid/5.7", f"X-Squid-Error: {why} 0", "Via: 1.1 sandbox (squid/5.7)")


SIGN_IN = page("407 Proxy Authentication Required", "Sign in", 'Proxy-Authenticate: Basic realm="sandbox"')
BAD_REQUEST = page("400 Bad Request", "Bad request", "Server: squid/5.7", "X-Squid-Error: ERR_INVALID_REQ 0")
LENGTH_REQUIRED = page("411 Length Required", "Length required", "X-Squid-Error: ERR_INVALID_REQ 0")
FORBIDDEN = page("403 Forbidden", "Forbidden", "Server: squid/5.7", "X-Squid-Error: ERR_ACCESS_DENIED 0")
UNREACHABLE = _cannot_reach("503 Service Unavailable", "ERR_CONNECT_FAIL")
UNKNOWN_NAME = _cannot_reach("503 Service Unavailable", "ERR_DNS_FAIL")

_PAGES = {
    ProxyFault.WRONG_PASSWORD: SIGN_IN,
    ProxyFault.ERROR_502: _cannot_reach("502 Bad Gateway", "ERR_ZERO_SIZE_OBJECT"),
    ProxyFault.ERROR_503: _cannot_reach("503 Service Unavailable", "ERR_CONNECT_FAIL"),
    ProxyFault.ERROR_504: _cannot_reach("504 Gateway Timeout", "ERR_READ_TIMEOUT"),
    ProxyFault.PORTAL: page("200 OK", "Guest network: accept the terms"),
    ProxyFault.EXPIRED_402: page("402 Payment Required", "Your plan has expired"),
    ProxyFault.EXPIRED_403: page("403 Forbidden", "Your plan has expired"),
    ProxyFault.GARBAGE: GARBAGE,
}


def own_page(fault: ProxyFault) -> bytes | None:
    """What a proxy with *fault* sends in place of any answer; None where it sends none."""
    return _bomb() if fault is ProxyFault.GZIP_BOMB else _PAGES.get(fault)


@lru_cache(maxsize=1)
def _bomb() -> bytes:
    """A few kilobytes that unpack to many megabytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = bytes(1 << 20)
    body = b"".join(packer.compress(block) for _ in range(_BOMB_MEGABYTES)) + packer.flush()
    return reply("200 OK", body, "Content-Encoding: gzip", kind="application/json")
