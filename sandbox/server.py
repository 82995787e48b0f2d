"""The pretend platform on its sockets: reads requests, keeps the journal, writes what the platform decided.

Decides nothing itself.  Requests under ``/_sandbox/`` are for control and are not in the journal.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import formatdate
from functools import lru_cache

from aiohttp import web

from sandbox.control import PREFIX, Control
from sandbox.journal import Entry, Journal
from sandbox.logins import Login, cookie_names_and_session
from sandbox.platform import Decision, Platform
from sandbox.question import Question, read_question
from sandbox.rows import Act

_LONGEST_LINE = 65_536  # the platform answers 431 itself
_LONGEST_KEEP_ALIVE = 3600.0
_PATIENCE = 0.05  # for requests under way at the end; aiohttp reads 0 as for ever
_PROMISED = 10_000  # body bytes that a broken answer says it has


def wall() -> float:
    """Seconds since 1970."""
    return datetime.now(UTC).timestamp()


class Server:
    """Serves *platform* on any number of sockets until it is closed."""

    def __init__(self, platform: Platform, journal: Journal, control: Control) -> None:
        self._platform = platform
        self._journal = journal
        self._control = control
        self._sources: dict[int, str] = {}
        self._runner: web.ServerRunner | None = None
        self._monotonic: Callable[[], float] = asyncio.get_running_loop().time

    async def open(self) -> None:
        """Get ready for sockets."""
        server = web.Server(
            self._handle,
            # A request whose client has left must not hang on.
            handler_cancellation=True,
            access_log=None,
            keepalive_timeout=_LONGEST_KEEP_ALIVE,
            max_line_size=_LONGEST_LINE,
        )
        self._runner = web.ServerRunner(server, shutdown_timeout=_PATIENCE)
        await self._runner.setup()

    async def serve(
        self, listener: socket.socket, tls: ssl.SSLContext | None = None, source: str | None = None
    ) -> None:
        """Serve on *listener*; whoever comes in there counts as *source*, without one as the address it comes from."""
        assert self._runner is not None, "open() comes first"
        if source is not None:
            self._sources[listener.getsockname()[1]] = source
        await web.SockSite(self._runner, listener, ssl_context=tls).start()

    async def close(self) -> None:
        """Drop all connections and sockets."""
        if self._runner is not None:
            await self._runner.cleanup()

    # -- one request ---------------------------------------------------------------

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        if request.path.startswith(PREFIX):
            return await self._control.handle(request)
        question = read_question(request.raw_path)
        names, session_id = cookie_names_and_session(request.headers.get("Cookie", ""))
        login = self._platform.login_of(session_id)
        entry = self._arrived(request, question, login, names)
        if login is not None:
            entry.early = self._platform.is_early(login, entry.at)
        decision = self._platform.decide(question, login, entry.source, entry.wall, entry.at)
        entry.fault = ",".join(decision.faults)
        if login is not None:
            login.in_flight += 1
        try:
            return await self._answer(request, decision, entry)
        finally:
            # Before the answer is written, not after: a client that has read it may be back before this process
            # runs again, and would seem early.
            entry.answered_at = self._monotonic()
            if login is not None:
                login.in_flight -= 1
                login.answered_at = entry.answered_at
            self._journal.add(entry)

    def _arrived(
        self, request: web.BaseRequest, question: Question, login: Login | None, cookies: tuple[str, ...]
    ) -> Entry:
        return Entry(
            number=self._journal.arrival(),
            at=self._monotonic(),
            wall=wall(),
            kind=question.endpoint.value,
            session="" if login is None else login.account,
            source=self._source(request),
            user_agent=request.headers.get("User-Agent", ""),
            cookies=cookies,
            subjects=tuple(map(self._platform.people.shown, question.subjects)),
        )

    def _source(self, request: web.BaseRequest) -> str:
        transport = request.transport
        if transport is None:
            return ""
        if self._sources:
            port = transport.get_extra_info("sockname")[1]
            if port in self._sources:
                return self._sources[port]
        address: str = transport.get_extra_info("peername")[0]
        return address

    async def _answer(self, request: web.BaseRequest, decision: Decision, entry: Entry) -> web.StreamResponse:
        if decision.delay:
            await asyncio.sleep(decision.delay)
        answer = decision.answer
        if answer.act is not Act.ANSWER:
            await self._break(request, answer.act)
            return web.Response(status=500)
        headers = {**answer.headers, "Date": _http_date(int(wall() + self._platform.faults.clock_skew_seconds))}
        if answer.body:
            headers["Content-Type"] = answer.content_type
        entry.status = answer.status
        return web.Response(status=answer.status, body=answer.body, headers=headers)

    async def _break(self, request: web.BaseRequest, act: Act) -> None:
        """End without an answer: never, at once, or in the middle of one."""
        if act is Act.HANG:
            await asyncio.Event().wait()
        transport = request.transport
        if transport is None:
            return
        if act is Act.RESET_MID_BODY:
            head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {_PROMISED}\r\n\r\n"
            transport.write(head.encode() + b'{"reels": {')
            # One turn for the bytes to leave: a reset takes back what is still in the buffer.
            await asyncio.sleep(0.01)
        reset(transport)


def reset(transport: asyncio.BaseTransport) -> None:
    """End the connection with RST instead of FIN."""
    peer = transport.get_extra_info("socket")
    if peer is not None and not transport.is_closing():
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    if isinstance(transport, asyncio.WriteTransport):
        transport.abort()


@lru_cache(maxsize=8)  # all answers of one second carry the same date
def _http_date(second: int) -> str:
    return formatdate(second, usegmt=True)
