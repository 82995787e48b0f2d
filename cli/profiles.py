"""``storywatch profile``: public accounts and what their checks add up to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from typing import Annotated

import typer

from cli import files, jsonlines, tables, words
from cli.check import form_of
from cli.door import Door, Json, NicheName, door_of, noun
from cli.imports import told
from cli.rejections import remark_rejected
from core.app import App
from core.services.exports import Form
from core.services.views import ProfilesChanged

Names = Annotated[list[str], typer.Argument(metavar="NAME…", help="Usernames, with or without @.")]
MaybeNiche = Annotated[
    str | None, typer.Option("--niche", "-n", metavar="NAME", help="Only those of this niche; else all.")
]


def commands() -> typer.Typer:
    """The commands of this noun."""
    group = noun("Profiles: the public accounts that are checked.")
    group.command("list")(list_profiles)
    group.command("show")(show)
    group.command("add")(add)
    group.command("move")(move)
    group.command("pause")(pause)
    group.command("resume")(resume)
    group.command("watch")(watch)
    group.command("unwatch")(unwatch)
    group.command("remove")(remove)
    group.command("export")(export)
    return group


def list_profiles(
    context: typer.Context,
    niche: MaybeNiche = None,
    watched: Annotated[bool, typer.Option("--watched", help="Only those that are watched.")] = False,
    as_json: Json = False,
) -> None:
    """List profiles with their last verdict and their counts."""
    door = door_of(context)

    async def verb(app: App) -> None:
        found = await app.profiles.list(door.actor, niche=niche, watched=watched)
        if not as_json:
            await tables.show_profiles(door.screen, found, app.clock.now())
            return
        async for view in found:
            door.screen.record(jsonlines.profile(view))

    door.run(verb)


def show(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="A username, with or without @.")],
    as_json: Json = False,
) -> None:
    """Show all that is known of a profile."""
    door = door_of(context)

    async def verb(app: App) -> None:
        view = await app.profiles.show(door.actor, name)
        if as_json:
            door.screen.record(jsonlines.profile(view))
        else:
            door.screen.show(tables.profile(view, app.clock.now()))

    door.run(verb)


def add(
    context: typer.Context,
    names: Names,
    niche: NicheName,
    move_known: Annotated[
        bool, typer.Option("--move", help="Move profiles of other niches here; else they stay.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Add profiles to a niche by name.

    For a whole file there is `storywatch import`.
    """
    door = door_of(context)

    async def verb(app: App) -> None:
        report = await app.profiles.add(door.actor, names, niche, move=move_known)
        if as_json:
            for line in report.rejected:
                door.screen.record(jsonlines.rejected(line))
            door.screen.record(jsonlines.import_report(report))
        else:
            remark_rejected(door.screen, report.rejected, report.invalid, "check their spelling")
            door.screen.show(told(report, "name"))

    door.run(verb)


def move(
    context: typer.Context,
    names: Names,
    to: Annotated[str, typer.Option("--to", metavar="NICHE", help="The niche that takes them.")],
    as_json: Json = False,
) -> None:
    """Put profiles into another niche.

    What they add up to goes with them.
    """
    _change(door_of(context), lambda app, door: app.profiles.move(door.actor, names, to), "moved", as_json=as_json)


def pause(context: typer.Context, names: Names, as_json: Json = False) -> None:
    """Leave profiles out of their niche's batches."""
    _change(door_of(context), lambda app, door: app.profiles.pause(door.actor, names), "paused", as_json=as_json)


def resume(context: typer.Context, names: Names, as_json: Json = False) -> None:
    """Take profiles into batches again.

    Those that are paused, and gone ones that are back.
    """
    _change(door_of(context), lambda app, door: app.profiles.resume(door.actor, names), "resumed", as_json=as_json)


def watch(context: typer.Context, names: Names, as_json: Json = False) -> None:
    """Have a new story of profiles told as an alert."""
    _change(door_of(context), lambda app, door: app.profiles.watch(door.actor, names), "watched", as_json=as_json)


def unwatch(context: typer.Context, names: Names, as_json: Json = False) -> None:
    """Have new stories of profiles told no more."""
    _change(door_of(context), lambda app, door: app.profiles.unwatch(door.actor, names), "unwatched", as_json=as_json)


def remove(context: typer.Context, names: Names, as_json: Json = False) -> None:
    """Erase profiles together with their checks, for good."""
    _change(door_of(context), lambda app, door: app.profiles.remove(door.actor, names), "removed", as_json=as_json)


def export(
    context: typer.Context,
    niche: MaybeNiche = None,
    form: Annotated[Form, typer.Option("--format", help="How it is written.")] = Form.CSV,
    out: Annotated[
        str | None, typer.Option("--out", metavar="FILE.csv|.jsonl", help="Write to a file instead of standard output.")
    ] = None,
) -> None:
    """Write profiles with all their counts as CSV or JSON Lines."""
    door = door_of(context)

    async def verb(app: App) -> None:
        with ExitStack() as stack:
            new = None if out is None else stack.enter_context(files.new_file(out, "--out"))
            lines = await app.profiles.export(door.actor, form if out is None else form_of(out), niche=niche)
            async for line in lines:
                door.screen.write(line) if new is None else new.stream.write(line)
            if new is not None:
                new.keep()

    door.run(verb)


def _change(door: Door, change: Callable[[App, Door], Awaitable[ProfilesChanged]], done: str, *, as_json: bool) -> None:
    async def verb(app: App) -> None:
        changed = await change(app, door)
        if as_json:
            door.screen.record(jsonlines.profiles_changed(changed))
        else:
            _tell(door, changed, done)

    door.run(verb)


def _tell(door: Door, changed: ProfilesChanged, done: str) -> None:
    unchanged = f", {changed.unchanged:,} as asked already" if changed.unchanged else ""
    door.screen.show(f"{words.count(changed.changed, 'profile')} {done}{unchanged}.")
    if changed.missing:
        door.screen.remark(f"Not known: {_first(changed.missing)}.")


def _first(names: Sequence[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5:,} more" if len(names) > 5 else "")
