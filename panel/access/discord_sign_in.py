"""Signing in through Discord: it says who somebody is, our own list says whether they may come in.

The browser keeps what was agreed on at the start in a sealed cookie for ten minutes.  Discord's token is asked one
question and thrown away.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from typing import Any
from urllib.parse import urlencode

import aiohttp
from cryptography.fernet import Fernet, InvalidToken
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.app import App
from core.clock import Clock
from core.errors import InvalidInput, Unavailable, UserError
from core.secrets import Secret
from panel.access import paths
from panel.access.cookies import Cookie
from panel.access.sign_in_pages import SignInPages

DISCORD = "https://discord.com"

_LIFE = 600
_TIMEOUT = aiohttp.ClientTimeout(total=10)
_LONGEST_ANSWER = 65_536
_OVER = "the way back from Discord does not fit the way there, or took more than 10 min; begin again"


class DiscordSignIn:
    """The way to Discord and back.

    Args:
        pages: Answers people.
        url: Where Discord is.
    """

    def __init__(self, app: App, pages: SignInPages, *, url: str = DISCORD) -> None:
        settings = app.settings
        assert settings.discord_client_id is not None
        assert settings.discord_client_secret is not None
        self._sign_ins = app.sign_ins
        self._pages = pages
        self._url = url
        self._client_id = settings.discord_client_id
        self._client_secret = Secret(settings.discord_client_secret.get_secret_value())
        self._return_url = f"{settings.panel_url}{paths.SIGN_IN}/discord/return"
        self._cookie = Cookie(settings, "storywatch-discord", _LIFE)
        self._before = Cookie(settings)
        self._agreements = _Agreements(app.clock)

    async def begin(self, request: Request) -> Response:
        """Send somebody to Discord."""
        agreed = {
            "state": secrets.token_urlsafe(32),
            "verifier": secrets.token_urlsafe(48),
            "next": paths.checked_next(request.query_params.get("next", "/")),
        }
        query = {
            "client_id": self._client_id,
            "response_type": "code",
            "redirect_uri": self._return_url,
            "scope": "identify",
            "state": agreed["state"],
            "code_challenge": _challenge(agreed["verifier"]),
            "code_challenge_method": "S256",
        }
        response = RedirectResponse(f"{self._url}/oauth2/authorize?{urlencode(query)}", 303)
        self._cookie.put(response, self._agreements.sealed(agreed))
        return response

    async def come_back(self, request: Request) -> Response:
        """Somebody comes back from Discord, or says so."""
        try:
            agreed = self._agreements.opened(self._cookie.read(request.headers))
            if not hmac.compare_digest(agreed["state"].encode(), request.query_params.get("state", "").encode()):
                raise InvalidInput("Discord", _OVER)
            code = request.query_params.get("code", "")
            if not code:
                raise InvalidInput("Discord", "it was not allowed to say who you are; begin again and allow it")
            admitted = await self._sign_ins.by_discord(
                await self._who(code, agreed["verifier"]),
                address=request.state.address,
                before=self._before.read(request.headers),
            )
            response = self._pages.admitted(admitted, paths.checked_next(agreed["next"]))
        except UserError as error:
            response = self._pages.told(error)
        self._cookie.take_away(response)
        return response

    async def _who(self, code: str, verifier: str) -> str:
        """The id of the user who gave *code*.

        Raises:
            Unavailable: Discord does not answer, or not as it should.
            InvalidInput: Discord does not know the code.
        """
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._return_url,
            "code_verifier": verifier,
        }
        ours = {"Authorization": aiohttp.encode_basic_auth(self._client_id, self._client_secret.reveal())}
        try:
            async with aiohttp.ClientSession(timeout=_TIMEOUT) as session:
                async with session.post(f"{self._url}/api/v10/oauth2/token", data=form, headers=ours) as answer:
                    token = (await _read(answer))["access_token"]
                theirs = {"Authorization": f"Bearer {token}"}
                async with session.get(f"{self._url}/api/v10/users/@me", headers=theirs) as answer:
                    user = await _read(answer)
            return str(user["id"])
        except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError):
            raise Unavailable("Discord does not answer as it should; try again, or sign in with a password.") from None


class _Agreements:
    """What was agreed on with a browser, sealed with a key that this process alone has."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._seal = Fernet(Fernet.generate_key())

    def sealed(self, agreed: dict[str, str]) -> Secret:
        return Secret(self._seal.encrypt_at_time(json.dumps(agreed).encode(), self._now()).decode())

    def opened(self, cookie: Secret | None) -> dict[str, str]:
        """What was agreed on.

        Raises:
            InvalidInput: There is no agreement, somebody made it up, or it is too old.
        """
        try:
            text = self._seal.decrypt_at_time((cookie or Secret("")).reveal().encode(), _LIFE, self._now())
        except InvalidToken:
            raise InvalidInput("Discord", _OVER) from None
        agreed: dict[str, str] = json.loads(text)
        return agreed

    def _now(self) -> int:
        return int(self._clock.now().timestamp())


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


async def _read(answer: aiohttp.ClientResponse) -> Any:
    if answer.status in {400, 401}:
        raise InvalidInput("Discord", _OVER)
    answer.raise_for_status()
    body = bytearray()
    async for part in answer.content.iter_any():
        body += part
        if len(body) > _LONGEST_ANSWER:
            raise ValueError("an answer as long as that is none of Discord's")
    return json.loads(body)
