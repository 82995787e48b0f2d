"""What surrounds every exchange: headers that keep browsers from being used against people, and a bound on bodies."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Receive, Send

# The library compiles templates in the browser and writes its pages inline.
PAGES_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'self'; "
    "object-src 'none'; frame-ancestors 'none'"
)
# Our own forms need a sheet and a font.
FORMS_POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
# A browser that is still sending hears nothing of an answer on a connection that is closed before it has read it.
_LINGER_SECONDS = 5.0
_LINGER_BYTES = 32_000_000
_TOO_LARGE = b"The file or form is too large for this address."


def usual_headers(*, https: bool) -> Mapping[str, str]:
    """Headers of every answer.

    Args:
        https: People come over https, and browsers may insist on it.
    """
    headers = {
        "content-security-policy": PAGES_POLICY,
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        # Without any referrer, browsers would hide from us that our own forms are ours.
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
    }
    if https:
        headers["strict-transport-security"] = "max-age=31536000"
    return headers


class Exchange:
    """One request and its answer on their way through.

    Args:
        most: Bytes that the body may have.  One that turns out to be longer is answered for the application.
        kept: The answer may be kept by the browser; others are never read again from its cache.
        waits_for_us: The sender waits for a word before it sends the body.
    """

    def __init__(
        self,
        receive: Receive,
        send: Send,
        headers: Mapping[str, str],
        *,
        most: int,
        kept: bool,
        waits_for_us: bool = False,
    ) -> None:
        self._receive = receive
        self._send = send
        self._headers = headers
        self._most = most
        self._kept = kept
        self._waits_for_us = waits_for_us
        self._read = 0
        self._started = False
        self.too_large = False

    async def receive(self) -> Message:
        """The next part of the request."""
        if self.too_large:
            return {"type": "http.disconnect"}
        message = await self._receive()
        self._read += len(message.get("body", b""))
        if self._read > self._most:
            if not self._started:
                await self.refuse_size()
            self.too_large = True
            return {"type": "http.disconnect"}
        return message

    async def send(self, message: Message) -> None:
        """A part of the answer."""
        if self.too_large:
            return
        if message["type"] == "http.response.start":
            self._started = True
            headers = MutableHeaders(raw=list(message.get("headers", [])))
            for name, value in self._headers.items():
                headers.setdefault(name, value)
            if not self._kept:
                headers.setdefault("cache-control", "no-store")
            message = {**message, "headers": headers.raw}
        await self._send(message)

    async def refuse_size(self) -> None:
        """Answer that the body is too large, and throw some of it away while the answer is read."""
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"%d" % len(_TOO_LARGE))]
        await self.send(
            {"type": "http.response.start", "status": 413, "headers": [*headers, (b"connection", b"close")]}
        )
        await self.send({"type": "http.response.body", "body": _TOO_LARGE, "more_body": True})
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LINGER_SECONDS):
                await self._linger()
        await self.send({"type": "http.response.body", "body": b""})

    async def _linger(self) -> None:
        left = _LINGER_BYTES
        while left > 0 and not self._waits_for_us:
            message = await self._receive()
            left -= len(message.get("body", b""))
            if not message.get("more_body"):
                return
