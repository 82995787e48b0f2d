"""Views of what lives in Discord channels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.domain.actor import Role


@dataclass(frozen=True, slots=True)
class BatchMessageView:
    """A message in a channel that lives with a batch.

    Args:
        message_id: None until it is posted.
        replaced_id: The message that this one took the place of and that is still to be taken away.
        nonce: What it is sent with, so that a send that is repeated makes no second message.
        shown: A digest of what it says.
        asked_at: When somebody asked for it.
        posted_at: When the message that is edited now was posted.
        ended_because: Why it is edited no more; None while it is.
    """

    id: int
    batch: str
    guild_id: int
    channel_id: int
    message_id: int | None
    replaced_id: int | None
    nonce: str
    shown: str
    asked_at: datetime
    posted_at: datetime | None
    ended_because: str | None


@dataclass(frozen=True, slots=True)
class FarewellView:
    """A message in a channel whose batch was deleted, and that does not say so yet."""

    id: int
    guild_id: int
    channel_id: int
    message_id: int
    batch_name: str
    deleted_by: str


@dataclass(frozen=True, slots=True)
class DiscordRoleView:
    """A role of a Discord server, and what its members may do here."""

    role_id: int
    guild_id: int
    role: Role
    label: str


@dataclass(frozen=True, slots=True)
class DiscordPlaceView:
    """A channel or a role of a Discord server."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class DiscordServerView:
    """A Discord server that the bot is in.

    Args:
        channels: Those in which it may post a card, in the order in which people see them.
        roles: Those that can be mentioned, the highest first.
    """

    id: int
    name: str
    channels: tuple[DiscordPlaceView, ...]
    roles: tuple[DiscordPlaceView, ...]
