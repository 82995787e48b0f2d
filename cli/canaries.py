"""``storywatch canary``: accounts known to be live, whose presence proves an answer."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from cli import files, jsonlines, logs, tables, trials, words
from cli.door import Json, door_of, noun
from cli.rejections import remark_rejected
from core.app import App


def commands() -> typer.Typer:
    """The commands of this noun."""
    group = noun("Canaries: accounts that are always live; they prove answers.")
    group.command("add")(add)
    group.command("list")(list_canaries)
    group.command("remove")(remove)
    group.command("test")(trials.try_canaries)
    group.command("log")(logs.of_canaries)
    return group


def add(
    context: typer.Context,
    names: Annotated[
        list[str], typer.Argument(metavar="NAME…", help="Usernames, or files with one a line; - is standard input.")
    ],
    as_json: Json = False,
) -> None:
    """Add canaries by name or from a file.

    Good ones are large public accounts that post every day.  The first ones replace the platform's own list.
    """
    door = door_of(context)

    async def verb(app: App) -> None:
        report = await app.canaries.add(door.actor, await _spelled_out(names))
        if as_json:
            for line in report.rejected:
                door.screen.record(jsonlines.rejected(line))
            counts = {"created": report.created, "known": report.known, "invalid": len(report.rejected)}
            door.screen.record(counts | {"brought_back": report.brought_back})
            return
        remark_rejected(door.screen, report.rejected, len(report.rejected), "check their spelling")
        known = f", {report.known:,} known already" if report.known else ""
        if report.brought_back:
            known += f" ({len(report.brought_back):,} of them had retired and are used again)"
        door.screen.show(f"{words.count(report.created, 'canary', 'canaries')} added{known}.")

    door.run(verb)


def list_canaries(context: typer.Context, as_json: Json = False) -> None:
    """List your canaries with what was measured of them."""
    door = door_of(context)

    async def verb(app: App) -> None:
        views = await app.canaries.list(door.actor)
        if not as_json:
            door.screen.show(tables.canaries(views, app.clock.now()))
            if told := words.misses(await app.canaries.misses(door.actor)):
                door.screen.remark(told)
            return
        for view in views:
            door.screen.record(jsonlines.canary(view))

    door.run(verb)


def remove(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(metavar="NAME…", help="Usernames, with or without @.")],
    as_json: Json = False,
) -> None:
    """Remove canaries.

    Without any, the platform's own list is used.
    """
    door = door_of(context)

    async def verb(app: App) -> None:
        removed = await app.canaries.remove(door.actor, names)
        if as_json:
            door.screen.record({"removed": removed})
        else:
            door.screen.show(f"{words.count(len(removed), 'canary', 'canaries')} removed.")

    door.run(verb)


async def _spelled_out(names: list[str]) -> list[str]:
    """The names, with those in files in the files' places."""
    spelled: list[str] = []
    for name in names:
        # Addresses of profiles have slashes as well; only what is there is a file.
        if name == files.STANDARD_INPUT or (os.sep in name and Path(name).is_file()):  # noqa: ASYNC240  # one stat
            spelled += [line for line in (await files.text(name)).splitlines() if line.strip()]
        else:
            spelled.append(name)
    return spelled
