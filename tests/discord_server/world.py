"""All that exists on the server: the application, users, guilds, conversations, interactions."""

from __future__ import annotations

import secrets

from core.clock import Clock
from tests.discord_server.application import Application
from tests.discord_server.channels import Channel
from tests.discord_server.files import FileStore
from tests.discord_server.guilds import Guild
from tests.discord_server.hub import Hub
from tests.discord_server.interaction import Interaction
from tests.discord_server.people import User
from tests.discord_server.refusals import Refusal, refused
from tests.discord_server.wire import MEBIBYTE, ChannelKind


class World:
    """One per server; holds things and finds them.

    Args:
        upload_limit: Bytes of one file that the bot may send; more is refused with 413.
        attachment_size_limit: Bytes of one file that a person may attach, and what interactions say about it.
    """

    def __init__(self, clock: Clock) -> None:
        self.hub = Hub(clock)
        self.files = FileStore(self.hub)
        self.upload_limit = 10 * MEBIBYTE
        self.attachment_size_limit = 10 * MEBIBYTE
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.interactions: dict[str, Interaction] = {}
        self._conversations: dict[int, Channel] = {}
        self.owner = self.user("owner")
        self.bot = self.user("storywatch", bot=True)
        self.application = Application(self.hub, self.bot.id, "Storywatch", self.bot, self.owner)
        self.token = f"{self.bot.id}.{secrets.token_hex(24)}"

    # -- making ----------------------------------------------------------------------

    def user(self, name: str, *, bot: bool = False) -> User:
        """The account *name*, made if there is none."""
        for user in self.users.values():
            if user.name == name:
                return user
        user = User(self.hub.next_id(), name, bot)
        self.users[user.id] = user
        return user

    def guild(self, name: str) -> Guild:
        """The guild *name* with the bot in it, made if there is none."""
        for guild in self.guilds.values():
            if guild.name == name:
                return guild
        guild = Guild(self.hub, name, self.owner, self.bot)
        self.guilds[guild.id] = guild
        return guild

    def conversation(self, user: User) -> Channel:
        """Where *user* and the bot talk to each other."""
        if user.id not in self._conversations:
            self._conversations[user.id] = Channel(self.hub, user.name, ChannelKind.DM, recipient=user)
        return self._conversations[user.id]

    # -- finding ---------------------------------------------------------------------

    def find_channel(self, channel_id: int) -> Channel:
        """The channel with this id, whoever may see it.

        Raises:
            Refusal: 10003; 50001 where the bot is not in the guild.
        """
        for guild in self.guilds.values():
            if channel_id in guild.channels:
                if guild.bot is None:
                    raise refused(50001)
                return guild.channels[channel_id]
        for conversation in self._conversations.values():
            if conversation.id == channel_id:
                return conversation
        raise refused(10003)

    def find_guild(self, guild_id: int) -> Guild:
        """The guild with this id if the bot is in it."""
        guild = self.guilds.get(guild_id)
        if guild is None:
            raise refused(10004)
        if guild.bot is None:
            raise refused(50001)
        return guild

    def find_interaction(self, application_id: int, token: str) -> Interaction:
        """The interaction whose token may be used for messages.

        Raises:
            Refusal: 10015 for a token that is not known or not answered yet, 50027 for one that ran out.
        """
        interaction = self.interactions.get(token)
        if interaction is None or application_id != self.application.id:
            raise refused(10015)
        if interaction.expired:
            raise refused(50027)
        if interaction.answer is None:
            raise refused(10015)
        return interaction


def number(text: str) -> int:
    """An id out of a path; what is none is refused as Discord does it."""
    if not text.isdigit():
        raise Refusal(400, 50035, "Invalid Form Body", errors=_NO_SNOWFLAKE)
    return int(text)


_NO_SNOWFLAKE = {"_errors": [{"code": "NUMBER_TYPE_COERCE", "message": "Value is not snowflake."}]}
