"""What every command, button and living message is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import discord

from core.app import App
from core.domain.actor import Actor, Role


@dataclass(frozen=True, slots=True)
class BotContext:
    """One bot over one application.

    Args:
        guilds: The servers in which it answers.
    """

    app: App
    guilds: frozenset[int]

    @property
    def itself(self) -> Actor:
        """Who keeps living messages right: nobody asked for each edit."""
        return Actor("discord:bot", Role.OPERATOR)


@runtime_checkable
class HasContext(Protocol):
    """A client of ours."""

    context: BotContext


def context_of(interaction: discord.Interaction) -> BotContext:
    """What the client that received *interaction* works with."""
    client = interaction.client
    assert isinstance(client, HasContext), "only clients of ours receive what our buttons send"
    return client.context
