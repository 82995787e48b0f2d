"""``storywatch discord``: what the members of Discord roles may do here."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import jsonlines, tables
from cli.door import Json, door_of, noun
from cli.people import RoleName
from core.app import App
from core.domain.actor import role_named
from core.errors import InvalidInput
from core.services.views.channels import DiscordRoleView

RoleId = Annotated[str, typer.Argument(metavar="ROLE_ID", help="The number of the role in Discord.")]

_COPIED = "with developer mode on, its menu in Discord copies it"


def commands() -> typer.Typer:
    """The commands of this noun."""
    group = noun("Discord: what the members of its roles may do.")
    group.command("role")(role)
    group.command("roles")(roles)
    group.command("unmap")(unmap)
    return group


def role(
    context: typer.Context,
    role_id: RoleId,
    may: RoleName,
    guild: Annotated[
        str | None,
        typer.Option("--guild", metavar="ID", help="The server's number; needless where the settings name one server."),
    ] = None,
    label: Annotated[str, typer.Option("--label", help="What the role is called, for people who read the list.")] = "",
    as_json: Json = False,
) -> None:
    """Let the members of a Discord role do something.

    Somebody with several roles may do what the highest one may.
    """
    door = door_of(context)

    async def verb(app: App) -> None:
        in_guild = _only_one(app.settings.discord_guild_ids) if guild is None else _number(guild, "server")
        number = _number(role_id, "role")
        views = await app.discord_roles.set(door.actor, number, role_named(may), guild_id=in_guild, label=label)
        (view,) = (view for view in views if view.role_id == number)
        if as_json:
            door.screen.record(jsonlines.discord_role(view))
        else:
            door.screen.show(f"Members of {_called(view)} are {view.role.name.lower()} now.")

    door.run(verb)


def roles(context: typer.Context, as_json: Json = False) -> None:
    """List the Discord roles that may do something."""
    door = door_of(context)

    async def verb(app: App) -> None:
        views = await app.discord_roles.list(door.actor)
        if not as_json:
            door.screen.show(tables.discord_roles(views))
            return
        for view in views:
            door.screen.record(jsonlines.discord_role(view))

    door.run(verb)


def unmap(context: typer.Context, role_id: RoleId) -> None:
    """Let the members of a Discord role do nothing.

    People who are paired keep what their own role covers.
    """
    door = door_of(context)

    async def verb(app: App) -> None:
        number = _number(role_id, "role")
        await app.discord_roles.clear(door.actor, number)
        door.screen.show(f"Members of the Discord role {number} may do nothing.")

    door.run(verb)


def _called(view: DiscordRoleView) -> str:
    return f'the Discord role "{view.label}"' if view.label else f"the Discord role {view.role_id}"


def _only_one(guilds: frozenset[int]) -> int:
    if len(guilds) != 1:
        raise InvalidInput("server", "give --guild ID, because STORYWATCH_DISCORD_GUILDS does not name exactly one")
    (guild,) = guilds
    return guild


def _number(text: str, what: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < len(text) <= 20):
        raise InvalidInput(what, f'"{text[:40]}" is no number of Discord\'s; {_COPIED}')
    return int(text)
