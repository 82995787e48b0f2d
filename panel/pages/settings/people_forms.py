"""Forms about people: add, edit, a new link, a code for Discord.

A link or a code is shown once, by the browser that asked for it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from panel.live_updates import Row
from panel.widgets.form_dialog import Field, FormDialog
from panel.widgets.telling import tell

Look = Callable[[], Awaitable[None]]

_ROLES = (
    ("viewer", "viewer: reads and exports"),
    ("operator", "operator: works with batches"),
    ("admin", "admin: everything"),
)
_ROLE = Field("role", "Role", kind="choice", choices=_ROLES)
_DISCORD = Field(
    "discord_id",
    "Discord id",
    about="Discord id",
    help="The number of their user, for the bot and for signing in with Discord. May be empty.",
    placeholder="123456789012345678",
)


def add(look: Look) -> None:
    """Add a person; their link is shown once."""
    FormDialog(
        "Add a person",
        [Field("name", "Name", placeholder="Mara Kline"), _ROLE, _DISCORD],
        path="/data/settings/people/add",
        button="Add person",
        report="link",
        on_done=lambda _: look(),
    ).open({"role": "viewer"})


def edit(row: Row, look: Look) -> None:
    """Another name, role or Discord user."""

    async def done(_: object) -> None:
        await look()
        tell("Saved. Who has another role or another Discord user signs in anew.")

    FormDialog(
        f"Edit {row['name']}",
        [Field("person", "", kind="hidden"), Field("name", "Name"), _ROLE, _DISCORD],
        path="/data/settings/people/edit",
        button="Save",
        on_done=done,
    ).open({"person": row["name"], "name": row["name"], "role": row["role"], "discord_id": row["discord"]})


def reset(row: Row) -> None:
    """A link that lets a person choose a password anew."""
    FormDialog(
        f"New link for {row['name']}",
        [Field("person", "", kind="hidden")],
        path="/data/settings/people/reset",
        button="Make a link",
        intro="It lets them choose a password, once, within 24 hours. A link from before works no more; "
        "the old password works until then.",
        report="link",
    ).open({"person": row["name"]})


def pair(row: Row) -> None:
    """A code with which somebody in Discord becomes this person."""
    FormDialog(
        f"Code for {row['name']} in Discord",
        [Field("person", "", kind="hidden")],
        path="/data/settings/people/pair",
        button="Make a code",
        intro="Whoever enters it with /pair, in a server in which the bot answers, is this person there. "
        "It works once, within an hour; a code from before works no more.",
        report="code",
    ).open({"person": row["name"]})
