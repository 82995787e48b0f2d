"""``/healthz`` and ``/readyz``: ok or not, and nothing more, because anybody may ask."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from core.app import App
from core.domain.actor import Actor, Role
from core.errors import UserError

_ASKER = Actor("health", Role.VIEWER)
_UNWELL = 503


def routes(app: App) -> list[BaseRoute]:
    """Both routes; neither needs a sign-in."""

    async def healthz(request: Request) -> Response:
        """The process answers."""
        return PlainTextResponse("ok\n")

    async def readyz(request: Request) -> Response:
        """The database answers, and somebody who lives holds the engine."""
        try:
            ready = (await app.monitoring.engine(_ASKER)).alive
        except UserError:
            ready = False
        return PlainTextResponse("ok\n" if ready else "not ready\n", 200 if ready else _UNWELL)

    return [Route("/healthz", healthz), Route("/readyz", readyz)]
