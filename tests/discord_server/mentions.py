"""Whom a message pings: what its text names, less what the bot forbade and the author may not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.discord_server.permissions import bits
from tests.discord_server.wire import Json

if TYPE_CHECKING:
    from tests.discord_server.channels import Channel
    from tests.discord_server.guilds import Role
    from tests.discord_server.people import User

_USER = re.compile(r"<@!?(\d+)>")
_ROLE = re.compile(r"<@&(\d+)>")
_EVERYONE = re.compile(r"@(everyone|here)\b")


@dataclass(frozen=True)
class Pings:
    """Who is called by a message."""

    users: list[User] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    everyone: bool = False

    def __bool__(self) -> bool:
        return bool(self.users or self.roles or self.everyone)


def pings(content: str, allowed: Json | None, channel: Channel, author: User) -> Pings:
    """Whom *content* calls; without *allowed* everything that it names."""
    guild = channel.guild
    if guild is None:
        return Pings()
    member = guild.members.get(author.id)
    may_all = bool(member and channel.permissions_of(member) & bits("mention_everyone"))
    named = {int(user) for user in _USER.findall(content)} & guild.members.keys()
    users = [guild.members[user].user for user in sorted(named) if _allowed(allowed, "users", user)]
    roles = [
        role
        for role in guild.roles.values()
        if str(role.id) in _ROLE.findall(content)
        if (role.mentionable or may_all) and _allowed(allowed, "roles", role.id)
    ]
    everyone = bool(_EVERYONE.search(content)) and may_all and _allowed(allowed, "everyone", 0)
    return Pings(users, roles, everyone)


def _allowed(allowed: Json | None, kind: str, target: int) -> bool:
    if allowed is None:
        return True
    return kind in (allowed.get("parse") or ()) or str(target) in map(str, allowed.get(kind) or ())
