"""One request on its way to an operation, read and checked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from tests.discord_server.channels import Channel
from tests.discord_server.files import Attachment
from tests.discord_server.guilds import Guild
from tests.discord_server.messages import Message
from tests.discord_server.permissions import VIEW, bits
from tests.discord_server.rates import Rates
from tests.discord_server.refusals import refused
from tests.discord_server.wire import ChannelKind, Json
from tests.discord_server.world import World, number


@dataclass(frozen=True)
class Call:
    """What an operation gets.

    Args:
        params: The values in the path by name.
        files: What was uploaded, by the number of ``files[n]``.
    """

    world: World
    rates: Rates
    params: dict[str, str]
    query: dict[str, str]
    body: Any
    files: dict[int, Attachment]

    def id(self, name: str) -> int:
        """An id in the path."""
        return number(self.params[name])

    def guild(self) -> Guild:
        """The guild in the path."""
        return self.world.find_guild(self.id("guild_id"))

    def channel(self, *needs: str) -> Channel:
        """The channel in the path, if the bot sees it and has all of the permissions *needs*.

        Raises:
            Refusal: 10003, 50001 or 50013.
        """
        channel = self.world.find_channel(self.id("channel_id"))
        if channel.guild is None:
            return channel
        may = channel.permissions_of(channel.guild.bot)
        if not may & VIEW:
            raise refused(50001)
        if may & bits(*needs) != bits(*needs):
            raise refused(50013)
        return channel

    def message(self, channel: Channel) -> Message:
        """The message in the path; those that only one person sees are not found here."""
        message = channel.find(self.id("message_id"))
        if message is None:
            raise refused(10008)
        return message

    def sending_permissions(self, channel: Channel) -> list[str]:
        """What the bot needs in *channel* for what it sends."""
        needs = ["send_messages_in_threads" if channel.kind.is_thread else "send_messages"]
        if self.body.get("embeds"):
            needs.append("embed_links")
        if self.files:
            needs.append("attach_files")
        return needs


Answer = Json | list[Json] | None
Handler = Callable[[Call], Awaitable[Answer]]


def only_text(channel: Channel) -> None:
    """Refuse channels that hold no messages."""
    if not channel.kind.takes_messages:
        raise refused(50008)


def only_in_guilds(channel: Channel) -> Guild:
    """The guild of a channel that has to have one."""
    if channel.guild is None or channel.kind is ChannelKind.DM:
        raise refused(50024)
    return channel.guild
