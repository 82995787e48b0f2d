"""The plain route behind the drawer: a profile with its checks."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from core.app import App
from core.errors import InvalidInput
from panel.answers import answered, who_asks
from panel.pages.niche_feed.drawer_rows import as_drawer

_COUNT = 50


def routes(app: App) -> list[BaseRoute]:
    """The route."""

    async def history(request: Request) -> Response:
        """The checks of a profile, from the newest on or *after* a page before."""
        asked = request.query_params
        username = request.path_params["username"]
        seen = await app.profiles.history(
            who_asks(request), username, after=asked.get("after"), count=_number(asked.get("count"))
        )
        page = app.public_pages.of(seen.profile.username)
        return answered(as_drawer(seen, page=page, now=app.clock.now()))

    return [Route("/data/profiles/{username}/history", history)]


def _number(text: str | None) -> int:
    if text is None:
        return _COUNT
    if not (text.isascii() and text.isdecimal() and len(text) < len("1000000")):
        raise InvalidInput("count", f'give a whole number, not "{text}"')
    return int(text)
