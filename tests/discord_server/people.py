"""Users and what they are in a guild."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from tests.discord_server.wire import Json

if TYPE_CHECKING:
    from tests.discord_server.guilds import Guild, Role


@dataclass(eq=False)
class User:
    """An account; ``takes_dms`` is what its owner set."""

    id: int
    name: str
    bot: bool = False
    takes_dms: bool = True

    @property
    def mention(self) -> str:
        """What pings it in a message."""
        return f"<@{self.id}>"

    def payload(self) -> Json:
        """As everybody sees it."""
        return {
            "id": str(self.id),
            "username": self.name,
            "global_name": None if self.bot else self.name.capitalize(),
            "discriminator": "0001" if self.bot else "0",
            "avatar": None,
            "bot": self.bot,
            "flags": 0,
            "public_flags": 0,
            "primary_guild": None,
        }

    def own_payload(self) -> Json:
        """As it sees itself."""
        return self.payload() | {"mfa_enabled": False, "locale": "en-US", "verified": True, "email": None}


@dataclass(eq=False)
class Member:
    """A user in a guild."""

    user: User
    guild: Guild
    joined_at: datetime
    roles: list[Role] = field(default_factory=list)
    nick: str | None = None

    @property
    def id(self) -> int:
        """The user's."""
        return self.user.id

    def payload(self) -> Json:
        """As the guild sees it."""
        return {
            "user": self.user.payload(),
            "roles": [str(role.id) for role in self.roles],
            "nick": self.nick,
            "avatar": None,
            "banner": None,
            "joined_at": self.joined_at.isoformat(),
            "premium_since": None,
            "communication_disabled_until": None,
            "pending": False,
            "mute": False,
            "deaf": False,
            "flags": 0,
        }
