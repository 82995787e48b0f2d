"""Guilds: their members, roles and channels, and what the gateway hears when those change."""

from __future__ import annotations

from dataclasses import dataclass

from tests.discord_server.channels import Channel
from tests.discord_server.hub import Hub
from tests.discord_server.people import Member, User
from tests.discord_server.permissions import USUAL, bits
from tests.discord_server.wire import EVERYBODY, ChannelKind, Intent, Json


@dataclass(eq=False)
class Role:
    """A role of one guild."""

    id: int
    name: str
    permissions: int
    position: int
    mentionable: bool = False
    managed: bool = False

    @property
    def mention(self) -> str:
        """What pings it in a message."""
        return f"<@&{self.id}>"

    def payload(self) -> Json:
        """As the guild describes it."""
        return {
            "id": str(self.id),
            "name": self.name,
            "permissions": str(self.permissions),
            "position": self.position,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "managed": self.managed,
            "mentionable": self.mentionable,
            "icon": None,
            "unicode_emoji": None,
            "flags": 0,
        }


class Guild:
    """A server, as people call it.

    Args:
        open_commands: Names of commands that its admins opened to everybody, whatever the bot suggests.
    """

    def __init__(self, hub: Hub, name: str, owner: User, bot: User) -> None:
        self.hub = hub
        self.id = hub.next_id()
        self.name = name
        self.owner = owner
        self.premium_tier = 0
        self.open_commands: set[str] = set()
        self.everyone = Role(self.id, "@everyone", bits(*USUAL), 0)
        self.roles: dict[int, Role] = {self.id: self.everyone}
        self.members: dict[int, Member] = {}
        self.channels: dict[int, Channel] = {}
        self._bot = bot
        self.join(owner)
        self.join(bot)

    @property
    def bot(self) -> Member | None:
        """The application's member, None while it is not in the guild."""
        return self.members.get(self._bot.id)

    # -- what tests change -----------------------------------------------------------

    def role(self, name: str, *permissions: str) -> Role:
        """The role *name*, made with *permissions* if there is none."""
        for role in self.roles.values():
            if role.name == name:
                return role
        role = Role(self.hub.next_id(), name, bits(*permissions), len(self.roles))
        self.roles[role.id] = role
        self._tell("GUILD_ROLE_CREATE", {"guild_id": str(self.id), "role": role.payload()})
        return role

    def join(self, user: User, *roles: Role) -> Member:
        """Make *user* a member."""
        member = Member(user, self, self.hub.clock.now(), list(roles))
        self.members[user.id] = member
        if user is self._bot:
            # By this field clients tell a guild that is there again from one that is new to the bot.
            new = {name: value for name, value in self.arrival().items() if name != "unavailable"}
            self.hub.dispatch("GUILD_CREATE", new, Intent.GUILDS)
        else:
            self._tell("GUILD_MEMBER_ADD", member.payload() | {"guild_id": str(self.id)}, Intent.MEMBERS)
        return member

    def remove(self, user: User) -> None:
        """Make *user* leave; the bot, too, can be thrown out."""
        if user is self._bot:
            self._tell("GUILD_DELETE", {"id": str(self.id)})
        else:
            self._tell("GUILD_MEMBER_REMOVE", {"guild_id": str(self.id), "user": user.payload()}, Intent.MEMBERS)
        del self.members[user.id]

    def change_roles(self, member: Member, roles: list[Role]) -> None:
        """Give *member* exactly *roles*."""
        member.roles = list(roles)
        intent = EVERYBODY if member is self.bot else Intent.MEMBERS
        self._tell("GUILD_MEMBER_UPDATE", member.payload() | {"guild_id": str(self.id)}, intent)

    def add_channel(
        self,
        name: str,
        kind: ChannelKind = ChannelKind.TEXT,
        parent: Channel | None = None,
        owner: User | None = None,
        channel_id: int | None = None,
    ) -> Channel:
        """Make a channel, or below another one a thread."""
        channel = Channel(self.hub, name, kind, guild=self, parent=parent, owner=owner, position=len(self.channels))
        # A thread that hangs below a message has the message's id.
        channel.id = channel_id or channel.id
        self.channels[channel.id] = channel
        self._tell("THREAD_CREATE" if kind.is_thread else "CHANNEL_CREATE", channel.payload())
        return channel

    def _tell(self, name: str, data: Json, intent: Intent = Intent.GUILDS) -> None:
        if self.bot is not None:
            self.hub.dispatch(name, data, intent)

    # -- as others see it ------------------------------------------------------------

    def payload(self) -> Json:
        """As the HTTP API describes it."""
        nothing = dict.fromkeys(_ABSENT)
        return nothing | {
            "id": str(self.id),
            "name": self.name,
            "owner_id": str(self.owner.id),
            "features": [],
            "region": "us-east",
            "afk_timeout": 300,
            "system_channel_flags": 0,
            "widget_enabled": False,
            "verification_level": 0,
            "roles": [role.payload() for role in self.roles.values()],
            "default_message_notifications": 0,
            "mfa_level": 0,
            "explicit_content_filter": 0,
            "max_members": 25_000_000,
            "max_stage_video_channel_users": 50,
            "max_video_channel_users": 25,
            "premium_tier": self.premium_tier,
            "premium_subscription_count": 0,
            "preferred_locale": "en-US",
            "premium_progress_bar_enabled": False,
            "nsfw": False,
            "nsfw_level": 0,
            "emojis": [],
            "stickers": [],
        }

    def arrival(self) -> Json:
        """As the gateway describes it when the bot comes in: of the members only the bot."""
        places = self.channels.values()
        return self.payload() | {
            "joined_at": self.hub.clock.now().isoformat(),
            "large": False,
            "unavailable": False,
            "member_count": len(self.members),
            "members": [] if self.bot is None else [self.bot.payload()],
            "channels": [place.payload() for place in places if not place.kind.is_thread],
            "threads": [place.payload() for place in places if place.kind.is_thread],
            "voice_states": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }


_ABSENT = (
    "icon",
    "description",
    "home_header",
    "splash",
    "discovery_splash",
    "banner",
    "application_id",
    "afk_channel_id",
    "system_channel_id",
    "widget_channel_id",
    "max_presences",
    "vanity_url_code",
    "rules_channel_id",
    "safety_alerts_channel_id",
    "public_updates_channel_id",
    "incidents_data",
)
