"""``/metrics`` for Prometheus: with the token from anywhere, without it from this machine alone."""

from __future__ import annotations

import importlib.metadata
import secrets

from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from core.app import App
from core.domain.actor import Actor, Role
from core.errors import UserError
from core.settings import is_loopback
from panel.access.origins import host_and_port
from panel.exposition import exposition

_ASKER = Actor("metrics", Role.VIEWER)
# Whoever comes through a reverse proxy comes from its address, which may be this machine's.
_FORWARDING = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")
_BEARER = "bearer "
_AWAY = 503


def routes(app: App) -> list[BaseRoute]:
    """The route; the gate lets everybody through to it."""
    token = app.settings.metrics_token
    expected = None if token is None else token.get_secret_value()
    version, platform = importlib.metadata.version("storywatch"), app.settings.platform.value

    async def metrics(request: Request) -> Response:
        """The page, for those who may read it."""
        refusal = _refusal(request, expected)
        if refusal is not None:
            return refusal
        try:
            figures = await app.figures.totals(_ASKER)
        except UserError as error:
            return PlainTextResponse(f"{error}\n", _AWAY)
        page = exposition(figures, version=version, platform=platform)
        return Response(page, headers={"content-type": CONTENT_TYPE_PLAIN_0_0_4})

    return [Route("/metrics", metrics)]


def _refusal(request: Request, expected: str | None) -> Response | None:
    """Why nothing is shown; None where it is."""
    given = request.headers.get("authorization")
    if given is None and _is_from_here(request):
        return None
    if expected is None:
        return PlainTextResponse("Figures are for this machine alone; STORYWATCH_METRICS_TOKEN opens them.\n", 403)
    if given is not None and _is_right(given, expected):
        return None
    sentence = "Send the token of STORYWATCH_METRICS_TOKEN as a bearer token.\n"
    return PlainTextResponse(sentence, 401, {"www-authenticate": 'Bearer realm="metrics"'})


def _is_right(given: str, expected: str) -> bool:
    scheme, token = given[: len(_BEARER)].lower(), given[len(_BEARER) :].strip()
    return scheme == _BEARER and secrets.compare_digest(token.encode(), expected.encode())


def _is_from_here(request: Request) -> bool:
    """Whether a program on this machine asks, by this machine's name, with nobody between.

    A page of somebody else's whose name leads here is asked for by that name.
    """
    if request.client is None or not is_loopback(request.client.host):
        return False
    if any(name in request.headers for name in _FORWARDING):
        return False
    place = host_and_port(f"http://{request.headers.get('host', '')}")
    return place is not None and is_loopback(place[0])
