"""What every command, button and living message is given."""

from __future__ import annotations

from dataclasses import dataclass

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
