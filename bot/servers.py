"""What the bot sees of its servers: the channels in which it may post, and the roles that it may mention.

Read from what the connection keeps; asks Discord nothing.
"""

from __future__ import annotations

from collections.abc import Collection

import discord

from core.services.views.channels import DiscordPlaceView, DiscordServerView


def servers_of(client: discord.Client, served: Collection[int]) -> tuple[DiscordServerView, ...]:
    """The servers by name, of those that are *served*."""
    guilds = sorted((guild for guild in client.guilds if guild.id in served), key=lambda guild: guild.name.casefold())
    return tuple(
        DiscordServerView(
            id=guild.id,
            name=guild.name,
            channels=tuple(DiscordPlaceView(each.id, each.name) for each in _channels(guild) if may_post(each)),
            roles=tuple(DiscordPlaceView(role.id, role.name) for role in reversed(guild.roles) if _can_be_pinged(role)),
        )
        for guild in guilds
    )


def may_post(channel: discord.abc.GuildChannel) -> bool:
    """Whether a card of ours can be posted there."""
    itself: discord.Member | None = channel.guild.me
    if itself is None:
        return False
    may = channel.permissions_for(itself)
    return may.view_channel and may.send_messages and may.embed_links


def _channels(guild: discord.Guild) -> list[discord.TextChannel]:
    """Text and news channels, category by category as people see them."""
    return [each for _, some in guild.by_category() for each in some if isinstance(each, discord.TextChannel)]


def _can_be_pinged(role: discord.Role) -> bool:
    """Not everybody, not the one that an application brings for itself, and not one that the bot may not mention."""
    itself: discord.Member | None = role.guild.me
    may_all = itself is not None and itself.guild_permissions.mention_everyone
    return not role.is_default() and not role.is_bot_managed() and (role.mentionable or may_all)
