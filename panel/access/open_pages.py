"""Pages that are open in browsers: each belongs to the sign-in that it was given to, and goes when that ends.

The library takes whoever knows a page's id for the one who has it.  Here every message of a socket has to come
from the browser that got the page.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

from nicegui import Client, core

from core.app import App
from core.clock import Clock, Timer
from core.errors import Unavailable
from core.events import Mailbox, SignInsEnded
from core.services.views import SignedIn

_log = logging.getLogger(__name__)

# What another process ends is noticed so soon; what this one ends, at once.
LOOK_EVERY = 2.0

_NAMESPACE = "/"
# Messages that name the page they are for.
_NAMES_ITS_PAGE = ("event", "javascript_response", "ack", "log")

Handler = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class _LookAgain:
    """It is time to ask the database."""

    subject: str = "look"


def may_speak(sign_in_id: str, *, page_id: str | None, socket_id: str | None) -> bool:
    """Whether a browser may speak for a page and on a socket; ids that nobody has are nobody's secret.

    Args:
        page_id: None where the request is about none.
        socket_id: None where the request opens one.
    """
    if page_id is not None and page_id in Client.instances and _owner_of_page(page_id) != sign_in_id:
        return False
    environ = None if socket_id is None else core.sio.environ.get(socket_id)
    return environ is None or _owner_of_socket(environ) == sign_in_id


@asynccontextmanager
async def keep_watch(app: App) -> AsyncIterator[None]:
    """Hold open pages to their sign-ins while the block runs: who is signed out sees the sign-in form next."""
    open_pages = _OpenPages()
    with open_pages.bound():
        async with asyncio.TaskGroup() as group:
            watching = group.create_task(_watch(app, open_pages), name="watch open pages")
            try:
                yield
            finally:
                watching.cancel()


class _OpenPages:
    """The sockets of open pages, by the sign-in that they came with."""

    def __init__(self) -> None:
        self._owners: dict[str, str] = {}

    @property
    def owners(self) -> set[str]:
        """The sign-ins that have pages open."""
        return set(self._owners.values())

    @contextmanager
    def bound(self) -> Iterator[None]:
        """Put ourselves before the library's own handlers of messages while the block runs."""
        handlers: dict[str, Handler] = core.sio.handlers[_NAMESPACE]
        theirs = dict(handlers)
        handlers["connect"] = self._on_connect(theirs["connect"])
        handlers["disconnect"] = self._on_disconnect(theirs["disconnect"])
        handlers["handshake"] = self._on_handshake(theirs["handshake"])
        for name in _NAMES_ITS_PAGE:
            handlers[name] = self._on_message(theirs[name])
        try:
            yield
        finally:
            handlers.update(theirs)

    async def close(self, sign_ins: set[str]) -> None:
        """Lead the pages of these sign-ins to the form, and hear nothing more from them."""
        for sid, owner in list(self._owners.items()):
            if owner in sign_ins:
                # Loaded anew, a page is sent to the form, and from there back to where it was.
                await core.sio.emit("run_javascript", {"code": "window.location.reload()"}, to=sid)
                await core.sio.disconnect(sid)

    def _on_connect(self, theirs: Handler) -> Handler:
        async def connect(sid: str, environ: dict[str, Any], auth: object = None) -> None:
            owner = _owner_of_socket(environ)
            if owner is not None:
                self._owners[sid] = owner
            try:
                await theirs(sid, environ, auth)
            except Exception:
                self._owners.pop(sid, None)
                raise

        return connect

    def _on_disconnect(self, theirs: Handler) -> Handler:
        def disconnect(sid: str, *_: object) -> None:
            self._owners.pop(sid, None)
            theirs(sid)

        return disconnect

    def _on_handshake(self, theirs: Handler) -> Handler:
        async def handshake(sid: str, message: dict[str, Any]) -> bool:
            return self._is_its_own(sid, message) and bool(await theirs(sid, message))

        return handshake

    def _on_message(self, theirs: Handler) -> Handler:
        def message(sid: str, content: dict[str, Any]) -> None:
            if self._is_its_own(sid, content):
                theirs(sid, content)

        return message

    def _is_its_own(self, sid: str, message: dict[str, Any]) -> bool:
        owner = self._owners.get(sid)
        return owner is not None and _owner_of_page(str(message.get("client_id"))) == owner


async def _watch(app: App, open_pages: _OpenPages) -> None:
    with app.events.subscribe() as news, _reminded(app.clock, news) as remind:
        while True:
            await news.wait()
            kinds = {type(event) for event in _unread(news)}
            if _LookAgain in kinds:
                remind()
            if kinds & {SignInsEnded, _LookAgain}:
                await _close_ended(app, open_pages)


async def _close_ended(app: App, open_pages: _OpenPages) -> None:
    if not (owners := open_pages.owners):
        return
    try:
        live = await app.sign_ins.live_among(owners)
    except Unavailable as error:
        _log.warning("nobody can say who is still signed in", extra={"reason": str(error)})
        return
    await open_pages.close(owners - live)


@contextmanager
def _reminded(clock: Clock, news: Mailbox) -> Iterator[Callable[[], None]]:
    """Has news come after :data:`LOOK_EVERY`, and again for each call of what it gives."""
    timers: list[Timer] = []

    def remind() -> None:
        at = clock.monotonic() + LOOK_EVERY
        timers[:] = [clock.call_at(at, lambda: news.put(_LookAgain()))]

    remind()
    try:
        yield remind
    finally:
        for timer in timers:
            timer.cancel()


def _unread(news: Mailbox) -> Iterator[object]:
    while (event := news.take()) is not None:
        yield event


def _owner_of_page(page_id: str) -> str | None:
    page = Client.instances.get(page_id)
    request = None if page is None else page._request  # noqa: SLF001  # a page may have none, and says so by raising
    return None if request is None else _owner(request.scope)


def _owner_of_socket(environ: dict[str, Any]) -> str | None:
    return _owner(environ.get("asgi.scope", {}))


def _owner(scope: Any) -> str | None:
    signed_in = scope.get("state", {}).get("signed_in")
    return signed_in.id if isinstance(signed_in, SignedIn) else None
