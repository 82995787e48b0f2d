"""The gate before everything that the panel serves, pages, data, uploads and sockets alike.

Decides who comes through, and says who they are in the request's state; nothing behind it asks for a cookie again.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from core.app import App
from core.errors import Unavailable
from core.services.views import SignedIn
from panel.access import open_pages, paths
from panel.access.cookies import Cookie
from panel.access.origins import address_of, is_ours
from panel.access.protection import Exchange, usual_headers

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_FOREIGN = "This request did not come from a page of this panel."
_SIGNED_OUT = "You are signed out; sign in again."
_NOT_YOURS = "This page is not yours; open it again."
# What a browser is told that opens a socket it may not have: the policy of this server.
_CLOSED = {"type": "websocket.close", "code": 1008}


class SessionGate:
    """An application that lets only people through to another one.

    The request's state then has ``signed_in``, ``actor``, ``person_id``, and for everybody ``address``.

    Args:
        app: The application behind the gate.
        services: Whose people they are.
        uploads: How the paths begin that take files.
    """

    def __init__(self, app: ASGIApp, services: App, *, uploads: Sequence[str] = ()) -> None:
        # Under this name servers look for what an application is wrapped around.
        self.app = app
        self._sign_ins = services.sign_ins
        self._uploads = tuple(uploads)
        self._cookie = Cookie(services.settings)
        self._trusted = services.settings.trusted_networks
        self._own_url = services.settings.public_url
        self._headers = usual_headers(https=services.settings.panel_url.startswith("https://"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] == "http":
            await self._exchange(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _exchange(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, headers = scope["path"], Headers(scope=scope)
        public, most = paths.is_public(path), paths.most_bytes(path, self._uploads)
        exchange = Exchange(
            receive,
            send,
            self._headers,
            most=most,
            kept=paths.may_be_kept(path),
            waits_for_us="expect" in headers,
        )
        if _announced(headers) > most:
            await exchange.refuse_size()
            return
        refusal = await self._refusal(scope, headers, public=public)
        if refusal is not None:
            await refusal(scope, exchange.receive, exchange.send)
            return
        try:
            await self.app(scope, exchange.receive, exchange.send)
        except Exception:
            # Who was reading the body is told that it ended; what they make of that is of no interest any more.
            if not exchange.too_large:
                raise

    async def _refusal(self, scope: Scope, headers: Headers, *, public: bool) -> Response | None:
        """Why the request does not come through; None where it does, with who sent it in its state."""
        if scope["method"] not in _SAFE and not is_ours(headers, self._own_url):
            return PlainTextResponse(_FOREIGN, 403)
        self._note_address(scope, headers)
        if public:
            return None
        try:
            signed_in = await self._look(headers)
        except Unavailable as error:
            return PlainTextResponse(str(error), 503, {"retry-after": "5"})
        if signed_in is None:
            return _sign_in_first(scope, headers)
        if not _is_their_page(scope, signed_in):
            return PlainTextResponse(_NOT_YOURS, 403)
        self._note_person(scope, signed_in)
        return None

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        self._note_address(scope, headers)
        try:
            signed_in = await self._look(headers) if is_ours(headers, self._own_url) else None
        except Unavailable:
            signed_in = None
        if signed_in is None or not _is_their_page(scope, signed_in):
            await receive()
            await send(_CLOSED)
            return
        self._note_person(scope, signed_in)
        await self.app(scope, receive, send)

    async def _look(self, headers: Headers) -> SignedIn | None:
        token = self._cookie.read(headers)
        return None if token is None else await self._sign_ins.look(token)

    def _note_address(self, scope: Scope, headers: Headers) -> None:
        peer = (scope.get("client") or (None,))[0]
        address = address_of(peer, headers.getlist("x-forwarded-for"), self._trusted)
        scope.setdefault("state", {})["address"] = address

    def _note_person(self, scope: Scope, signed_in: SignedIn) -> None:
        scope["state"].update(
            signed_in=signed_in,
            actor=signed_in.actor,
            person_id=signed_in.person_id,
            sign_ins=self._sign_ins,
        )


def _announced(headers: Headers) -> int:
    length = headers.get("content-length", "0")
    # One that is no number is refused by the server before us.
    return int(length[:20]) if length.isdecimal() else 0


def _sign_in_first(scope: Scope, headers: Headers) -> Response:
    path = scope["path"]
    read_by_people = headers.get("sec-fetch-dest", "document") == "document" and "text/html" in headers.get(
        "accept", ""
    )
    if scope["method"] in _SAFE and paths.is_page(path) and read_by_people:
        return RedirectResponse(paths.sign_in_first(path, scope.get("query_string", b"").decode("latin-1")), 303)
    return JSONResponse({"error": _SIGNED_OUT}, 401)


def _is_their_page(scope: Scope, signed_in: SignedIn) -> bool:
    """Whether the open page that a request is about, if any, was given to the same browser."""
    path = scope["path"]
    page_id = paths.page_of_upload(path)
    socket_id = None
    if path.startswith("/_nicegui_ws"):
        query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        page_id = query.get("client_id", [None])[0]
        socket_id = query.get("sid", [None])[0]
    return open_pages.may_speak(signed_in.id, page_id=page_id, socket_id=socket_id)
