"""``storywatch migrate``, ``health`` and ``sandbox``: what keeps an installation going."""

from __future__ import annotations

from pathlib import Path

import typer

from cli import jsonlines, words
from cli.door import Json, door_of
from core.app import App
from core.errors import Unavailable
from core.settings import read_settings


def migrate(context: typer.Context, as_json: Json = False) -> None:
    """Bring the database up to this version.

    Every start does it too.  A file that is upgraded is copied before.
    """
    door = door_of(context)
    file = read_settings().database_file
    existed, copies_before = file.exists(), _copies(file)

    async def verb(app: App) -> None:
        copies = sorted(_copies(file) - copies_before)
        done = "created" if not existed else "upgraded" if copies else "up to date"
        if as_json:
            copy = str(copies[0]) if copies else None
            door.screen.record({"database": str(file), "done": done, "copy": copy})
            return
        kept = f"; a copy from before is {copies[0]}" if copies else ""
        door.screen.show(f"The database {file} {'is' if done == 'up to date' else 'was'} {done}{kept}.")

    door.run(verb)


def health(context: typer.Context, as_json: Json = False) -> None:
    """Say whether an engine is at work.

    Exit code 0 if its heartbeat is younger than 10 s, else 3.
    """
    door = door_of(context)

    async def verb(app: App) -> None:
        engine = await app.monitoring.engine(door.actor)
        if as_json:
            door.screen.record(jsonlines.engine(engine))
        if not engine.alive:
            last = words.ago(engine.heartbeat_at, app.clock.now())
            raise Unavailable(f"No engine is at work (last heartbeat: {last}); start one with: storywatch run")
        if not as_json:
            door.screen.show(f"storywatch {engine.holder} (process {engine.pid}) is at work. {engine.pool}")

    door.run(verb)


def sandbox(context: typer.Context) -> None:
    """Start the pretend platform by itself.

    With its proxies; `storywatch sandbox --help` is the sandbox's own help.
    """
    code = door_of(context).hooks.sandbox(context.args)
    if code:
        raise typer.Exit(code)


def _copies(file: Path) -> set[Path]:
    """The copies that upgrades have made of the file."""
    return set((file.parent / "backups").glob(f"{file.stem}-before-*"))
