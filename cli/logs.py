"""What happened to proxies, sessions and canaries: ``proxy log``, ``session log``, ``canary log``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated

import typer

from cli import jsonlines, tables
from cli.door import Door, Json, door_of
from core.app import App
from core.services.views import ResourceEventView

Count = Annotated[int, typer.Option("--count", help="At most so many lines, the last ones, 1 to 10,000.")]

_Look = Callable[[App, Door], Awaitable[Sequence[ResourceEventView]]]


def of_proxies(
    context: typer.Context,
    proxy: Annotated[
        str | None, typer.Argument(metavar="[PROXY]", help="Its id, or its HOST:PORT; all of them without one.")
    ] = None,
    count: Count = 100,
    as_json: Json = False,
) -> None:
    """Show what happened to proxies, the newest last.

    Who rested, why, and until when.  Kept for 30 days, of removed proxies too.
    """

    async def look(app: App, door: Door) -> Sequence[ResourceEventView]:
        return await app.resource_log.proxies(door.actor, proxy, count=count)

    _show(door_of(context), proxy, as_json, look)


def of_sessions(
    context: typer.Context,
    session: Annotated[
        str | None, typer.Argument(metavar="[SESSION]", help="Its id or its label; all of them without one.")
    ] = None,
    count: Count = 100,
    as_json: Json = False,
) -> None:
    """Show what happened to sessions, the newest last.

    Who rested, was logged out or moved, and why.  Kept for 30 days, of removed sessions too.
    """
    _show(
        door_of(context),
        session,
        as_json,
        lambda app, door: app.resource_log.sessions(door.actor, session, count=count),
    )


def of_canaries(
    context: typer.Context,
    canary: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Its username; all of them without one.")
    ] = None,
    count: Count = 100,
    as_json: Json = False,
) -> None:
    """Show what happened to canaries, the newest last.

    Who was seen, was missing, or retired.  Kept for 30 days.
    """

    async def look(app: App, door: Door) -> Sequence[ResourceEventView]:
        return await app.resource_log.canaries(door.actor, canary, count=count)

    _show(door_of(context), canary, as_json, look)


def _show(door: Door, named: str | None, as_json: bool, look: _Look) -> None:
    async def verb(app: App) -> None:
        views = await look(app, door)
        if not as_json:
            door.screen.show(tables.happenings(views, of_one=named is not None))
            return
        for view in views:
            door.screen.record(jsonlines.resource_event(view))

    door.run(verb)
