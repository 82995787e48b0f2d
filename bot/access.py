"""Who asks in Discord, and what they may do: looked up at every command, button, modal and completion.

What Discord's own settings hide is a courtesy; this is what counts, and core's services check once more.
"""

from __future__ import annotations

import discord

from bot.context import BotContext
from core.domain.actor import Actor, Role
from core.errors import NotAllowed

# The audit log keeps 80 characters of who it was; the number is what never changes, so it must fit.
_NAME_LENGTH = 50


async def actor_of(context: BotContext, interaction: discord.Interaction) -> Actor:
    """The actor behind *interaction*: the person who is paired, or what their roles in the server stand for.

    Raises:
        NotAllowed: It comes from a server that is not named in the settings, or from somebody without a role here.
    """
    guild = served_guild(context, interaction)
    user = interaction.user
    paired = await context.app.people.actor_of_discord(str(user.id))
    roles = [role.id for role in user.roles] if isinstance(user, discord.Member) else []
    mapped = await context.app.discord_roles.highest_of(guild, roles)
    highest = max((role for role in (mapped, None if paired is None else paired.role) if role), default=None)
    if highest is None:
        raise NotAllowed(
            "You have no role in Storywatch. An admin can give one to a role of yours, or give you a code for /pair."
        )
    return Actor(name_of(user, None if paired is None else paired.name), highest)


def served_guild(context: BotContext, interaction: discord.Interaction) -> int:
    """The server that *interaction* comes from.

    Raises:
        NotAllowed: It is not named in the settings.
    """
    guild = interaction.guild_id
    if guild is None or guild not in context.guilds:
        raise NotAllowed(
            "Storywatch does not answer in this server; whoever runs it adds the server to STORYWATCH_DISCORD_GUILDS."
        )
    return guild


def name_of(user: discord.abc.User, person: str | None = None) -> str:
    """What the audit log calls a user of Discord: by name, and by the number that never changes.

    Args:
        person: The name of the person here who this user is, as an actor has it.
    """
    return f"{(person or f'discord:{user.name}')[:_NAME_LENGTH]} ({user.id})"


def known(interaction: discord.Interaction) -> Actor:
    """The actor whom the check at the door found."""
    actor = interaction.extras["actor"]
    assert isinstance(actor, Actor), "nothing is carried out before the check at the door"
    return actor


def at_least(interaction: discord.Interaction, role: Role, verb: str) -> Actor:
    """The actor, who may do this.

    Raises:
        NotAllowed: Their role does not reach *role*.
    """
    actor = known(interaction)
    actor.must_be(role, verb)
    return actor
