"""``storywatch niche``: named, ordered groups of profiles."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import jsonlines, tables, words
from cli.door import Door, Json, door_of, noun
from core.app import App
from core.errors import InvalidInput
from core.services.views import NicheRemoved, NicheView

Name = Annotated[str, typer.Argument(metavar="NAME", help="The niche, by its name; case does not matter.")]


def commands() -> typer.Typer:
    """The commands of this noun."""
    group = noun("Niches: named, ordered groups of profiles.")
    group.command("list")(list_niches)
    group.command("create")(create)
    group.command("rename")(rename)
    group.command("delete")(delete)
    group.command("target")(target)
    group.command("order")(order)
    return group


def list_niches(context: typer.Context, as_json: Json = False) -> None:
    """List the niches in their order."""
    door = door_of(context)

    async def verb(app: App) -> None:
        _show(door, await app.niches.list(door.actor), as_json=as_json)

    door.run(verb)


def create(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called.")],
    daily_target: Annotated[
        int | None, typer.Option("--target", help="How many profiles should be seen live in a day.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Create an empty niche behind the others."""
    door = door_of(context)

    async def verb(app: App) -> None:
        _show(door, [await app.niches.create(door.actor, name, daily_story_target=daily_target)], as_json=as_json)

    door.run(verb)


def rename(
    context: typer.Context,
    name: Name,
    new_name: Annotated[str, typer.Argument(metavar="NEW", help="What it is called from now on.")],
    as_json: Json = False,
) -> None:
    """Give a niche another name."""
    door = door_of(context)

    async def verb(app: App) -> None:
        _show(door, [await app.niches.rename(door.actor, name, new_name)], as_json=as_json)

    door.run(verb)


def delete(
    context: typer.Context,
    name: Name,
    move_to: Annotated[
        str | None, typer.Option("--move-to", metavar="NAME", help="Put its profiles into this niche.")
    ] = None,
    with_profiles: Annotated[
        bool, typer.Option("--with-profiles", help="Erase its profiles, and their checks, for good.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Delete a niche; say what becomes of its profiles.  Its batches stay.

    \b
      storywatch niche delete food --move-to drinks
      storywatch niche delete food --with-profiles
    """
    door = door_of(context)

    async def verb(app: App) -> None:
        removed = await app.niches.delete(door.actor, name, move_to=move_to, with_profiles=with_profiles)
        if as_json:
            door.screen.record({"name": removed.name, "moved": removed.moved, "erased": removed.erased})
        else:
            door.screen.show(_removed(removed))

    door.run(verb)


def target(
    context: typer.Context,
    name: Name,
    number: Annotated[
        str, typer.Argument(metavar="NUMBER|none", help="Distinct profiles to be seen live in a day, or none.")
    ],
    as_json: Json = False,
) -> None:
    """Set how many profiles of a niche should be seen live in a day."""
    door = door_of(context)

    async def verb(app: App) -> None:
        _show(door, [await app.niches.set_target(door.actor, name, _target(number))], as_json=as_json)

    door.run(verb)


def order(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(metavar="NAME…", help="The niches that come first, in this order.")],
    as_json: Json = False,
) -> None:
    """Put niches first, in the order given.

    The others follow in the order they had.
    """
    door = door_of(context)

    async def verb(app: App) -> None:
        _show(door, await app.niches.reorder(door.actor, names), as_json=as_json)

    door.run(verb)


def _show(door: Door, views: tuple[NicheView, ...] | list[NicheView], *, as_json: bool) -> None:
    if not as_json:
        door.screen.show(tables.niches(views))
        return
    for view in views:
        door.screen.record(jsonlines.niche(view))


def _removed(removed: NicheRemoved) -> str:
    moved = f", {words.count(removed.moved, 'profile')} moved" if removed.moved else ""
    erased = f", {words.count(removed.erased, 'profile')} erased" if removed.erased else ""
    return f'The niche "{removed.name}" is deleted{moved}{erased}.'


def _target(text: str) -> int | None:
    if text.strip().lower() == "none":
        return None
    try:
        return int(text)
    except ValueError:
        raise InvalidInput("daily story target", f'give a whole number, or none, not "{text[:40]}"') from None
