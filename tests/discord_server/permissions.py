"""What members may do where, from roles and a channel's overwrites."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord

from tests.discord_server.wire import Json

if TYPE_CHECKING:
    from tests.discord_server.channels import Channel
    from tests.discord_server.people import Member

# What a new guild lets everybody do, as far as bots meet it.
USUAL = (
    "view_channel",
    "send_messages",
    "send_messages_in_threads",
    "create_public_threads",
    "embed_links",
    "attach_files",
    "add_reactions",
    "read_message_history",
    "use_application_commands",
)
ALL = discord.Permissions.all().value


def bits(*names: str) -> int:
    """The bit set of permissions by the names that discord.py gives them."""
    return discord.Permissions(**dict.fromkeys(names, True)).value


ADMINISTRATOR = bits("administrator")
VIEW = bits("view_channel")
# In a conversation of two nothing is forbidden that a bot asks for.
IN_DM = bits(*USUAL)


@dataclass
class Overwrite:
    """What one role or member is allowed or denied in one channel."""

    target: int
    of_member: bool
    allow: int = 0
    deny: int = 0

    def payload(self) -> Json:
        """As the channel's description holds it."""
        kind = 1 if self.of_member else 0
        return {"id": str(self.target), "type": kind, "allow": str(self.allow), "deny": str(self.deny)}


def of_member(member: Member) -> int:
    """In the guild as a whole."""
    guild = member.guild
    if guild.owner is member.user:
        return ALL
    together = guild.everyone.permissions
    for role in member.roles:
        together |= role.permissions
    return ALL if together & ADMINISTRATOR else together


def in_channel(member: Member, channel: Channel) -> int:
    """In *channel*: everyone's overwrite first, then the roles' together, then the member's own."""
    may = of_member(member)
    if may == ALL:
        return may
    overwrites = (channel.parent if channel.kind.is_thread and channel.parent else channel).overwrites
    allow = deny = 0
    if (of_everyone := overwrites.get(member.guild.everyone.id)) is not None:
        may = may & ~of_everyone.deny | of_everyone.allow
    for role in member.roles:
        if (of_role := overwrites.get(role.id)) is not None:
            allow |= of_role.allow
            deny |= of_role.deny
    may = may & ~deny | allow
    if (own := overwrites.get(member.id)) is not None:
        may = may & ~own.deny | own.allow
    # Whoever does not see a channel can do nothing in it.
    return may if may & VIEW else 0
