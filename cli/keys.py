"""``storywatch key``: the key that cookies and proxy passwords are encrypted with."""

from __future__ import annotations

import typer

from cli import jsonlines, words
from cli.door import Json, door_of, noun
from core.app import App


def commands() -> typer.Typer:
    """The commands of this noun."""
    group = noun("The key that cookies and proxy passwords are encrypted with.")
    group.command("rotate")(rotate)
    # A group of one command would otherwise be that command.
    group.callback()(_group)
    return group


def rotate(context: typer.Context, as_json: Json = False) -> None:
    """Make a new key, and encrypt everything with it.

    The old one is forgotten.  Can be interrupted at any moment and run again; a running engine follows by itself.
    Backups made before can only be read with the old key: copy the key file first if you keep them.
    """
    door = door_of(context)

    async def verb(app: App) -> None:
        view = await app.keys.rotate(door.actor)
        if as_json:
            door.screen.record(jsonlines.key_rotated(view))
            return
        again = "the change that was begun before is finished; " if view.resumed else ""
        secrets = words.count(view.resealed, "secret")
        door.screen.show(f"{again}{secrets} encrypted anew with the newest key.".capitalize())
        for database in view.old_key_kept_for:
            door.screen.remark(f"The old key is kept, because {database} needs it: rotate there, too.")
        if view.from_environment:
            door.screen.remark("STORYWATCH_SECRET_KEY may be set to the newest key alone from now on.")

    door.run(verb)


def _group() -> None:
    """Nothing of its own."""
