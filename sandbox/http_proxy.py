"""HTTP as a forward proxy speaks it: absolute form with connections kept on both sides, and CONNECT."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from sandbox import own_words
from sandbox.exits import Exit, Forbidden, Streams, Unreachable
from sandbox.faults import ProxyFault
from sandbox.relay import CHUNK, pass_down, tunnel

_BODILESS = frozenset({204, 304})


@dataclass(frozen=True, slots=True)
class _Head:
    """The first line and the headers of a message; names in lower case."""

    line: str
    headers: dict[str, str]
    raw: bytes

    @property
    def length(self) -> int | None:
        text = self.headers.get("content-length", "")
        return int(text) if text.isascii() and text.isdigit() else None

    @property
    def chunked(self) -> bool:
        return "chunked" in self.headers.get("transfer-encoding", "").lower()

    @property
    def closes(self) -> bool:
        asked = self.headers.get("connection", self.headers.get("proxy-connection", "")).lower()
        return "close" in asked or (self.line.endswith("HTTP/1.0") and "keep-alive" not in asked)


class HttpProxy:
    """One client's connection to an HTTP proxy.

    Args:
        credentials: ``user:password``; None lets everybody in.
        fault: What the proxy does instead of its work, as of now.

    ``is_tunnel`` tells that bytes pass unread: no fault can show at a next request.
    """

    def __init__(self, way_out: Exit, credentials: str | None, fault: Callable[[], ProxyFault]) -> None:
        self._exit = way_out
        self._expected = None if credentials is None else f"Basic {b64encode(credentials.encode()).decode()}"
        self._fault = fault
        self._far: tuple[str, int, Streams] | None = None
        self.is_tunnel = False

    async def speak(self, client: Streams) -> None:
        """Answer requests until either side ends."""
        try:
            while await self._one_request(client):
                pass
        finally:
            self._drop()

    async def _one_request(self, client: Streams) -> bool:
        """Answer one request; False when the connection ends with it."""
        reader, writer = client
        head = await _read_head(reader)
        fault = self._fault()
        if fault is ProxyFault.HANG:
            await asyncio.Event().wait()
        own = own_words.own_page(fault)
        if own is None and not self._may_pass(head):
            own = own_words.SIGN_IN
        if own is not None:
            return await self._say(own, head, reader, writer)
        method, _, rest = head.line.partition(" ")
        if method == "CONNECT":
            await self._connect(rest.partition(" ")[0], client, fault)
            return False
        return await self._forward(method, rest, head, client, fault)

    def _may_pass(self, head: _Head) -> bool:
        return self._expected is None or head.headers.get("proxy-authorization") == self._expected

    async def _say(self, own: bytes, head: _Head, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        if head.length:
            await reader.readexactly(head.length)
        writer.write(own)
        await writer.drain()
        # What is no HTTP, and what CONNECT was refused with, ends the connection.
        return not (head.closes or own is own_words.GARBAGE or head.line.startswith("CONNECT "))

    # -- CONNECT -----------------------------------------------------------------

    async def _connect(self, place: str, client: Streams, fault: ProxyFault) -> None:
        reader, writer = client
        host, _, port = place.rpartition(":")
        if not port.isdigit():
            writer.write(own_words.BAD_REQUEST)
            return
        far, refusal = await self._reach(host.strip("[]"), int(port))
        if far is None:
            writer.write(refusal)
            return
        writer.write(own_words.TUNNEL)
        self.is_tunnel = True
        try:
            if fault is ProxyFault.TLS_FAILURE:
                await reader.read(CHUNK)
                writer.write(own_words.GARBAGE)
                return
            await tunnel(client, far, self._fault)
        finally:
            far[1].transport.abort()

    async def _reach(self, host: str, port: int) -> tuple[Streams | None, bytes]:
        """A connection, or the page that tells why there is none."""
        try:
            return await self._exit.reach(host, port), b""
        except Forbidden:
            return None, own_words.FORBIDDEN
        except Unreachable as error:
            return None, own_words.UNKNOWN_NAME if error.unknown_name else own_words.UNREACHABLE

    # -- absolute form -------------------------------------------------------------

    async def _forward(self, method: str, rest: str, head: _Head, client: Streams, fault: ProxyFault) -> bool:
        reader, writer = client
        target = _target(rest.partition(" ")[0])
        if target is None or head.chunked:
            return await self._say(
                own_words.BAD_REQUEST if target is None else own_words.LENGTH_REQUIRED, head, *client
            )
        host, port, path = target
        far, refusal = await self._upstream(host, port)
        if far is None:
            return await self._say(refusal, head, reader, writer)
        far[1].write(_forwarded(method, path, head))
        if head.length:
            far[1].write(await reader.readexactly(head.length))
        answer = await _read_head(far[0])
        first, _, headers = answer.raw.partition(b"\r\n")
        whole = await self._answer(first + b"\r\n" + own_words.VIA + headers, answer, method, far[0], writer, fault)
        if answer.closes or not whole:
            self._drop()
        return whole and not head.closes

    async def _upstream(self, host: str, port: int) -> tuple[Streams | None, bytes]:
        """The connection of the last request when it leads there and is alive, else a new one."""
        if self._far is not None:
            at_host, at_port, far = self._far
            if (at_host, at_port) == (host, port) and not far[0].at_eof() and not far[1].is_closing():
                return far, b""
            self._drop()
        reached, refusal = await self._reach(host, port)
        if reached is not None:
            self._far = host, port, reached
        return reached, refusal

    async def _answer(
        self,
        raw: bytes,
        head: _Head,
        method: str,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        fault: ProxyFault,
    ) -> bool:
        """Pass an answer down; False when its end was the end of the connection."""
        status = head.line.split(" ")[1]
        if method == "HEAD" or int(status) in _BODILESS or head.length == 0:
            await pass_down(raw, writer, fault)
        elif head.length is not None and not head.chunked:
            await pass_down(raw + await reader.readexactly(head.length), writer, fault)
        elif head.chunked:
            await pass_down(raw, writer, fault)
            await _pass_chunks(reader, writer, fault)
        else:
            await pass_down(raw + await reader.read(), writer, fault)
            return False
        return True

    def _drop(self) -> None:
        if self._far is not None:
            self._far[2][1].transport.abort()
            self._far = None


async def _pass_chunks(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, fault: ProxyFault) -> None:
    while True:
        line = await reader.readline()
        size = int(line.partition(b";")[0], 16)
        if size == 0:
            trailers = line
            while line := await reader.readline():
                trailers += line
                if line == b"\r\n":
                    break
            await pass_down(trailers, writer, fault)
            return
        await pass_down(line + await reader.readexactly(size + 2), writer, fault)


async def _read_head(reader: asyncio.StreamReader) -> _Head:
    raw = await reader.readuntil(b"\r\n\r\n")
    line, *fields = raw[:-4].decode("latin-1").split("\r\n")
    pairs = (each.partition(":") for each in fields)
    return _Head(line, {name.strip().lower(): value.strip() for name, _, value in pairs}, raw)


def _target(url: str) -> tuple[str, int, str] | None:
    """Host, port and path of an absolute ``http`` URL; None for anything else."""
    try:
        parts = urlsplit(url)
        port = parts.port or 80
    except ValueError:
        return None
    if parts.scheme != "http" or not parts.hostname:
        return None
    return parts.hostname, port, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _forwarded(method: str, path: str, head: _Head) -> bytes:
    """The request in origin form, without what was meant for the proxy."""
    _, *fields = head.raw[:-4].split(b"\r\n")
    kept = [each for each in fields if not each.lower().startswith((b"proxy-", b"connection:"))]
    return b"\r\n".join([f"{method} {path} HTTP/1.1".encode("latin-1"), *kept, b"", b""])
