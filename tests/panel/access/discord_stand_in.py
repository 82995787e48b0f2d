"""Discord's part of a sign-in over a real socket: it gives codes to browsers, and checks what is done with them."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode, urlsplit

from aiohttp import encode_basic_auth, web

CLIENT_ID, CLIENT_SECRET = "815000000000000000", "the secret of the application"


@dataclass(slots=True)
class DiscordStandIn:
    """What it knows, and what was asked.

    Args:
        broken: It answers with this and nothing else: a status and a text.
    """

    url: str = ""
    codes: dict[str, tuple[dict[str, str], str]] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    broken: tuple[int, str] | None = None

    def agree(self, address: str, user: str) -> str:
        """*user* looks at the page at *address* and agrees; where the browser is sent then."""
        parts = urlsplit(address)
        assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{self.url}/oauth2/authorize"
        query = {name: values[0] for name, values in parse_qs(parts.query, strict_parsing=True).items()}
        assert query["client_id"] == CLIENT_ID
        assert (query["response_type"], query["scope"]) == ("code", "identify")
        assert query["code_challenge_method"] == "S256"
        code = secrets.token_hex(15)
        self.codes[code] = query, user
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    async def exchange(self, request: web.Request) -> web.Response:
        """A code is turned into a token."""
        self.asked.append("token")
        if self.broken:
            return web.Response(status=self.broken[0], text=self.broken[1])
        form = await request.post()
        if request.headers["authorization"] != encode_basic_auth(CLIENT_ID, CLIENT_SECRET):
            return web.json_response({"error": "invalid_client"}, status=401)
        # A code works once, whatever comes of it.
        query, user = self.codes.pop(str(form["code"]), ({}, ""))
        digest = hashlib.sha256(str(form["code_verifier"]).encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        good = form["grant_type"] == "authorization_code" and form["redirect_uri"] == query.get("redirect_uri")
        if not good or challenge != query["code_challenge"]:
            return web.json_response({"error": "invalid_grant"}, status=400)
        token = secrets.token_hex(15)
        self.tokens[token] = user
        return web.json_response({"access_token": token, "token_type": "Bearer", "scope": "identify"})

    async def me(self, request: web.Request) -> web.Response:
        """Whose a token is."""
        self.asked.append("me")
        user = self.tokens.get(request.headers["authorization"].removeprefix("Bearer "))
        if user is None:
            return web.json_response({"message": "401: Unauthorized", "code": 0}, status=401)
        return web.json_response({"id": user, "username": "ann", "global_name": "<b>Ann</b>"})


@asynccontextmanager
async def discord() -> AsyncIterator[DiscordStandIn]:
    """Discord at a free port while the block runs."""
    stand_in = DiscordStandIn()
    app = web.Application()
    app.router.add_post("/api/v10/oauth2/token", stand_in.exchange)
    app.router.add_get("/api/v10/users/@me", stand_in.me)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        stand_in.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield stand_in
    finally:
        await runner.cleanup()
