"""``storywatch limits``: every number that may be changed while the engine runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from cli import jsonlines, tables
from cli.door import Door, Json, door_of, noun
from core.app import App
from core.errors import InvalidInput
from core.services.views import LimitView


def commands() -> typer.Typer:
    """The commands of this noun."""
    group = noun("Limits: rates, sizes and retries; changes apply at once.")
    group.command("show")(show)
    group.command("set")(set_limits)
    return group


def show(context: typer.Context, as_json: Json = False) -> None:
    """Show all limits with their defaults and meanings."""
    door = door_of(context)

    async def verb(app: App) -> None:
        _show(door, await app.limits.show(door.actor), as_json)

    door.run(verb)


def set_limits(
    context: typer.Context,
    values: Annotated[
        list[str], typer.Argument(metavar="NAME=VALUE…", help="0 or none is no limit, default is the default.")
    ],
    as_json: Json = False,
) -> None:
    """Set limits, all that are given or none of them.

    \b
      storywatch limits set per_route_hour=20 route_gap_seconds=30
      storywatch limits set global_per_minute=none workers=default
    """
    door = door_of(context)

    async def verb(app: App) -> None:
        before = {view.name: view.value for view in await app.limits.show(door.actor)}
        views = await app.limits.set(door.actor, _pairs(values))
        changed = [view for view in views if before[view.name] != view.value]
        if as_json:
            _show(door, views, as_json)
        else:
            door.screen.show(tables.limits(changed) if changed else "Nothing changed; they had these values already.")

    door.run(verb)


def _show(door: Door, views: Sequence[LimitView], as_json: bool) -> None:
    if as_json:
        door.screen.record(jsonlines.limits(views))
    else:
        door.screen.show(tables.limits(views))


def _pairs(values: Sequence[str]) -> dict[str, str]:
    """Values by name; several may stand in one argument, apart by blanks.

    Raises:
        InvalidInput: One is not NAME=VALUE, or a name is there twice.
    """
    pairs: dict[str, str] = {}
    for given in " ".join(values).split():
        name, equals, value = given.partition("=")
        if not equals or not name or not value:
            raise InvalidInput("limits", f'"{given[:60]}" is no limit with a value; write NAME=VALUE')
        if name in pairs:
            raise InvalidInput(name, "it is given twice; give it once")
        pairs[name] = value
    return pairs
