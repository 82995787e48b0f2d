"""Guilds and who is in them."""

from __future__ import annotations

from tests.discord_server.refusals import refused
from tests.discord_server.rest.call import Answer, Call, Handler


async def get_guild(call: Call) -> Answer:
    """One guild, with counts if they are asked for."""
    guild = call.guild()
    counts = {"approximate_member_count": len(guild.members), "approximate_presence_count": len(guild.members)}
    return guild.payload() | (counts if call.query.get("with_counts") in ("1", "true") else {})


async def list_guild_channels(call: Call) -> Answer:
    """Its channels without threads."""
    return [channel.payload() for channel in call.guild().channels.values() if not channel.kind.is_thread]


async def list_guild_roles(call: Call) -> Answer:
    """Its roles."""
    return [role.payload() for role in call.guild().roles.values()]


async def get_guild_member(call: Call) -> Answer:
    """One member."""
    guild = call.guild()
    user_id = call.id("user_id")
    if user_id not in call.world.users:
        raise refused(10013)
    if user_id not in guild.members:
        raise refused(10007)
    return guild.members[user_id].payload()


HANDLERS: dict[str, Handler] = {
    "get_guild": get_guild,
    "list_guild_channels": list_guild_channels,
    "list_guild_roles": list_guild_roles,
    "get_guild_member": get_guild_member,
}
