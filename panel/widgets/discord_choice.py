"""A channel and a role of Discord in a form: chosen by name where the bot is connected here, else by number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from core.errors import InvalidInput
from core.services.views.channels import DiscordPlaceView, DiscordServerView
from panel.widgets.form_dialog import Field

CHANNEL, OTHER_CHANNEL, MENTION = "channel", "other_channel", "mention"
_DISCORD = "https://discord.com/channels"
_COPY = "With Discord's developer mode on, a channel's menu copies its id; its link does, too."
_NEEDS = "The bot needs View Channel, Send Messages, Embed Links and Attach Files there."
_PINGED = "Discord lets the bot mention a role whose settings allow everybody to."
# What Discord copies for a channel: its number, or a link with the server's and the channel's.
_NUMBER = re.compile(r"[0-9]{15,20}", re.ASCII)
_LINK = re.compile(r"https://(?:\w+\.)?discord\.com/channels/[0-9]{15,20}/([0-9]{15,20})(?:/[0-9]*)?", re.ASCII)


def channel_fields(servers: Sequence[DiscordServerView], *, may_be_none: bool = False) -> list[Field]:
    """The fields of a channel.

    Args:
        servers: What the bot sees.
        may_be_none: Whether none can be chosen.
    """
    known = [
        (str(channel.id), _named("#", channel, server, servers)) for server in servers for channel in server.channels
    ]
    if not known:
        help_ = f"{_COPY} {_NEEDS}"
        return [Field(OTHER_CHANNEL, "Channel", about="channel", help=help_, placeholder=f"{_DISCORD}/…")]
    nothing = "No channel, or another one" if may_be_none else "Another one"
    return [
        Field(
            CHANNEL, "Channel", kind="choice", choices=[*known, ("", nothing)], help="Those in which the bot may post."
        ),
        Field(OTHER_CHANNEL, "Another channel", about="channel", help=f"{_COPY} {_NEEDS}", placeholder=f"{_DISCORD}/…"),
    ]


def mention_field(servers: Sequence[DiscordServerView], now: int | None = None) -> Field:
    """The field of a role that is mentioned.

    Args:
        now: The one that is mentioned so far; it can be kept where the bot does not see it.
    """
    known = [(str(role.id), _named("@", role, server, servers)) for server in servers for role in server.roles]
    if not known:
        return Field(MENTION, "Mention this role", help=f"Its id, as Discord copies it. May be empty. {_PINGED}")
    if now is not None and str(now) not in dict(known):
        known.append((str(now), f"The role {now}"))
    return Field(MENTION, "Mention this role", kind="choice", choices=[("", "Nobody"), *known], help=_PINGED)


def values_of(servers: Sequence[DiscordServerView], channel: int | None, mention: int | None) -> dict[str, str]:
    """What the fields hold for a channel and a role; a channel that is not seen stands in the field for others."""
    told = "" if channel is None else str(channel)
    seen = {str(each.id) for server in servers for each in server.channels}
    return {
        CHANNEL: told if told in seen else "",
        OTHER_CHANNEL: "" if told in seen else told,
        MENTION: "" if mention is None else str(mention),
    }


def channel_of(values: Mapping[str, str]) -> int | None:
    """The channel that a form names; None where it names none.

    Raises:
        InvalidInput: It is neither an id nor a link.
    """
    typed = values.get(OTHER_CHANNEL, "").strip()
    if not typed:
        chosen = values.get(CHANNEL, "").strip()
        return int(chosen) if _NUMBER.fullmatch(chosen) else None
    if link := _LINK.fullmatch(typed):
        return int(link[1])
    if _NUMBER.fullmatch(typed):
        return int(typed)
    raise InvalidInput("channel", "give the id or the link that Discord copies for it")


def mention_of(values: Mapping[str, str]) -> int | None:
    """The role that a form names; None where it names none.

    Raises:
        InvalidInput: It is no id.
    """
    typed = values.get(MENTION, "").strip().removeprefix("<@&").removesuffix(">")
    if not typed:
        return None
    if not _NUMBER.fullmatch(typed):
        raise InvalidInput("mention", "give the id that Discord copies for the role")
    return int(typed)


def name_of_channel(servers: Sequence[DiscordServerView], channel: int) -> str:
    """What a channel is called; its number where the bot does not see it."""
    for server in servers:
        for each in server.channels:
            if each.id == channel:
                return _named("#", each, server, servers)
    return str(channel)


def _named(sign: str, place: DiscordPlaceView, server: DiscordServerView, servers: Sequence[DiscordServerView]) -> str:
    name = f"{sign}{place.name}"
    return name if len(servers) == 1 else f"{server.name}: {name}"
