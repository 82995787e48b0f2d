"""``storywatch person``: who may sign in to the panel and speak to the bot."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated

import typer

from cli import jsonlines, tables
from cli.door import Door, Json, door_of, noun
from core.app import App
from core.domain.actor import role_named
from core.services.views import OneTimeLink, PersonView

Name = Annotated[str, typer.Argument(metavar="NAME", help="The person's name, in upper or lower case.")]
RoleName = Annotated[
    str,
    typer.Option("--role", metavar="ROLE", help="viewer reads, operator works with batches, admin does everything."),
]

_NOBODY = "none"


def commands() -> typer.Typer:
    """The commands of this noun."""
    group = noun("People: who may sign in to the panel, and with which role.")
    group.command("add")(add)
    group.command("list")(list_people)
    group.command("role")(role)
    group.command("rename")(rename)
    group.command("discord")(discord)
    group.command("pair")(pair)
    group.command("enable")(enable)
    group.command("disable")(disable)
    group.command("reset")(reset)
    group.command("remove")(remove)
    return group


def add(
    context: typer.Context,
    name: Name,
    role: RoleName = "viewer",
    discord: Annotated[
        str | None, typer.Option("--discord", metavar="ID", help="The number of their Discord user.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Add a person, and print a one-time link.

    Whoever opens the link chooses a password and is signed in.  It works once, within 24 h.
    """
    door = door_of(context)

    async def verb(app: App) -> None:
        _show_link(door, await app.people.add(door.actor, name, role_named(role), discord_id=discord), as_json)

    door.run(verb)


def list_people(context: typer.Context, as_json: Json = False) -> None:
    """List people with their roles."""
    door = door_of(context)

    async def verb(app: App) -> None:
        views = await app.people.list(door.actor)
        if not as_json:
            door.screen.show(tables.people(views, app.clock.now()))
            return
        for view in views:
            door.screen.record(jsonlines.person(view))

    door.run(verb)


def role(
    context: typer.Context,
    name: Name,
    new_role: Annotated[str, typer.Argument(metavar="ROLE", help="viewer, operator or admin.")],
    as_json: Json = False,
) -> None:
    """Give a person another role.

    Their browsers are signed out.
    """
    _change(
        door_of(context),
        lambda app, door: app.people.set_role(door.actor, name, role_named(new_role)),
        lambda view: f'"{view.name}" is {view.role} now.',
        as_json,
    )


def rename(
    context: typer.Context,
    name: Name,
    new_name: Annotated[str, typer.Argument(metavar="NEW", help="The new name.")],
    as_json: Json = False,
) -> None:
    """Give a person another name."""
    _change(
        door_of(context),
        lambda app, door: app.people.rename(door.actor, name, new_name),
        lambda view: f'The person is called "{view.name}" now.',
        as_json,
    )


def discord(
    context: typer.Context,
    name: Name,
    user: Annotated[str, typer.Argument(metavar="ID", help="The number of their Discord user, or none.")],
    as_json: Json = False,
) -> None:
    """Say which Discord user a person is.

    They may then sign in through Discord and speak to the bot.
    """
    wanted = None if user.strip().lower() == _NOBODY else user
    _change(
        door_of(context),
        lambda app, door: app.people.set_discord(door.actor, name, wanted),
        lambda view: f'"{view.name}" is {"no Discord user" if view.discord_id is None else view.discord_id} now.',
        as_json,
    )


def pair(context: typer.Context, name: Name, as_json: Json = False) -> None:
    """Print a code with which somebody in Discord becomes this person.

    They enter it with /pair in a server in which the bot answers.  It works once, within an hour, and only the
    newest one does.
    """
    door = door_of(context)

    async def verb(app: App) -> None:
        offered = await app.pairing.offer(door.actor, name)
        if as_json:
            door.screen.record(jsonlines.pairing_code(offered))
            return
        door.screen.show(offered.code.reveal())
        door.screen.remark(
            f'Whoever enters /pair with this code in Discord is "{offered.person.name}" ({offered.person.role}) from '
            f"then on. It works once, until {offered.expires_at:%Y-%m-%d %H:%M} UTC."
        )

    door.run(verb)


def enable(context: typer.Context, name: Name, as_json: Json = False) -> None:
    """Let a person sign in again."""
    _change(
        door_of(context),
        lambda app, door: app.people.enable(door.actor, name),
        lambda view: f'"{view.name}" may sign in.',
        as_json,
    )


def disable(context: typer.Context, name: Name, as_json: Json = False) -> None:
    """Sign a person out, and keep them out."""
    _change(
        door_of(context),
        lambda app, door: app.people.disable(door.actor, name),
        lambda view: f'"{view.name}" is signed out and may not sign in.',
        as_json,
    )


def reset(context: typer.Context, name: Name, as_json: Json = False) -> None:
    """Print a one-time link for a lost password.

    The old password works until the link is used.  It works once, within 24 h, and only the newest one does.
    """
    door = door_of(context)

    async def verb(app: App) -> None:
        _show_link(door, await app.people.reset(door.actor, name), as_json)

    door.run(verb)


def remove(context: typer.Context, name: Name, as_json: Json = False) -> None:
    """Remove a person.

    Their browsers are signed out; what they did stays in the audit log.
    """
    _change(
        door_of(context),
        lambda app, door: app.people.remove(door.actor, name),
        lambda view: f'"{view.name}" is removed.',
        as_json,
    )


def _change(
    door: Door,
    act: Callable[[App, Door], Awaitable[PersonView]],
    told: Callable[[PersonView], str],
    as_json: bool,
) -> None:
    async def verb(app: App) -> None:
        view = await act(app, door)
        if as_json:
            door.screen.record(jsonlines.person(view))
        else:
            door.screen.show(told(view))

    door.run(verb)


def _show_link(door: Door, link: OneTimeLink, as_json: bool) -> None:
    if as_json:
        door.screen.record(jsonlines.one_time_link(link))
        return
    door.screen.show(link.url.reveal())
    door.screen.remark(
        f'Give this link to "{link.person.name}" ({link.person.role}) alone: whoever opens it first chooses the '
        f"password. It works once, until {link.expires_at:%Y-%m-%d %H:%M} UTC."
    )
