"""Channels, threads and conversations of two: who may do what in them, and the messages that everybody there sees."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.discord_server import permissions
from tests.discord_server.hub import PATIENCE_SECONDS, Hub
from tests.discord_server.messages import Message
from tests.discord_server.people import Member, User
from tests.discord_server.permissions import Overwrite, bits
from tests.discord_server.wire import ChannelKind, Intent, Json

if TYPE_CHECKING:
    from tests.discord_server.guilds import Guild, Role


class Channel:
    """A place where messages are.

    Args:
        parent: For a thread the channel it hangs below.
        recipient: For a conversation of two the person whom the bot talks to.
    """

    def __init__(
        self,
        hub: Hub,
        name: str,
        kind: ChannelKind = ChannelKind.TEXT,
        *,
        guild: Guild | None = None,
        parent: Channel | None = None,
        owner: User | None = None,
        recipient: User | None = None,
        position: int = 0,
    ) -> None:
        self.hub = hub
        self.id = hub.next_id()
        self.name = name
        self.kind = kind
        self.guild = guild
        self.parent = parent
        self.owner = owner
        self.recipient = recipient
        self.position = position
        self.made_at = hub.clock.now()
        self.deleted = False
        self.overwrites: dict[int, Overwrite] = {}
        self._messages: dict[int, Message] = {}

    # -- permissions -----------------------------------------------------------------

    def permissions_of(self, member: Member | None) -> int:
        """What *member* may do here; None is somebody in a conversation of two."""
        return permissions.IN_DM if member is None or self.guild is None else permissions.in_channel(member, self)

    def deny(self, *names: str, to: Role | User | None = None) -> None:
        """Take permissions away here: from a role, a user, or else from the bot."""
        self._overwrite(to, lambda overwrite: (overwrite.allow & ~bits(*names), overwrite.deny | bits(*names)))

    def allow(self, *names: str, to: Role | User | None = None) -> None:
        """Grant permissions here: to a role, a user, or else to the bot."""
        self._overwrite(to, lambda overwrite: (overwrite.allow | bits(*names), overwrite.deny & ~bits(*names)))

    def _overwrite(self, target: Role | User | None, change: Callable[[Overwrite], tuple[int, int]]) -> None:
        if target is None:
            assert self.guild is not None, "a conversation of two has no permissions"
            assert self.guild.bot is not None, "the bot is not in this guild"
            target = self.guild.bot.user
        overwrite = self.overwrites.setdefault(target.id, Overwrite(target.id, isinstance(target, User)))
        overwrite.allow, overwrite.deny = change(overwrite)
        self._tell("CHANNEL_UPDATE", self.payload(), Intent.GUILDS)

    # -- messages --------------------------------------------------------------------

    @property
    def messages(self) -> list[Message]:
        """What is to be read here, oldest first; messages that only one person sees are not among them."""
        return list(self._messages.values())

    @property
    def last(self) -> Message:
        """The newest message."""
        assert self._messages, f"there is no message in #{self.name}"
        return self.messages[-1]

    def find(self, message_id: int) -> Message | None:
        """The message with this id if everybody here sees it."""
        return self._messages.get(message_id)

    async def wait_for(
        self, fits: Callable[[Message], object] = lambda _: True, *, patience: float = PATIENCE_SECONDS
    ) -> Message:
        """The newest message for which *fits* is true, as soon as there is one, be it by an edit."""
        return await self.hub.until(
            lambda: next((message for message in reversed(self.messages) if fits(message)), None),
            f"a message that fits in #{self.name}",
            patience,
        )

    async def wait_until_deleted(self, message: Message, *, patience: float = PATIENCE_SECONDS) -> None:
        """Return when *message* is gone."""
        await self.hub.until(lambda: message.deleted, f"the end of message {message.id} in #{self.name}", patience)

    def post(self, message: Message) -> None:
        """Show a new message to everybody."""
        self._messages[message.id] = message
        self._tell("MESSAGE_CREATE", message.event_payload())

    def show_edit(self, message: Message) -> None:
        """Show everybody that *message* changed."""
        if message.id in self._messages:
            self._tell("MESSAGE_UPDATE", message.event_payload())
        else:
            self.hub.changed()

    def remove(self, message: Message) -> None:
        """Delete a message, as whoever may."""
        message.deleted = True
        for stored in message.attachments:
            stored.store.forget(stored)
        if self._messages.pop(message.id, None) is None:
            self.hub.changed()
            return
        gone: Json = {"id": str(message.id), "channel_id": str(self.id)}
        if self.guild is not None:
            gone["guild_id"] = str(self.guild.id)
        self._tell("MESSAGE_DELETE", gone)

    def delete(self) -> None:
        """Remove the channel and all that is in it."""
        self.deleted = True
        if self.guild is not None:
            del self.guild.channels[self.id]
        self._tell("THREAD_DELETE" if self.kind.is_thread else "CHANNEL_DELETE", self.payload(), Intent.GUILDS)

    def _tell(self, name: str, data: Json, intent: Intent | None = None) -> None:
        if self.guild is None:
            self.hub.dispatch(name, data, Intent.DIRECT_MESSAGES)
        elif self.guild.bot is None or (intent is None and not self.permissions_of(self.guild.bot) & permissions.VIEW):
            self.hub.changed()
        else:
            self.hub.dispatch(name, data, Intent.GUILD_MESSAGES if intent is None else intent)

    # -- as others see it ------------------------------------------------------------

    def payload(self) -> Json:
        """As the API describes it."""
        newest = next(reversed(self._messages), None)
        shown: Json = {"id": str(self.id), "type": int(self.kind), "flags": 0}
        shown["last_message_id"] = None if newest is None else str(newest)
        if self.guild is None:
            assert self.recipient is not None
            return shown | {"recipients": [self.recipient.payload()]}
        shown |= {
            "guild_id": str(self.guild.id),
            "name": self.name,
            "parent_id": None if self.parent is None else str(self.parent.id),
            "rate_limit_per_user": 0,
        }
        if self.kind.is_thread:
            return shown | self._as_thread()
        overwrites = [overwrite.payload() for overwrite in self.overwrites.values()]
        return (
            shown
            | _ONLY_OF_KIND.get(self.kind, {})
            | {
                "position": self.position,
                "permission_overwrites": overwrites,
                "topic": None,
                "nsfw": False,
            }
        )

    def _as_thread(self) -> Json:
        assert self.owner is not None
        metadata = {
            "archived": False,
            "archive_timestamp": self.made_at.isoformat(),
            "auto_archive_duration": 4320,
            "locked": False,
            "create_timestamp": self.made_at.isoformat(),
        }
        return {
            "owner_id": str(self.owner.id),
            "thread_metadata": metadata,
            "message_count": len(self._messages),
            "member_count": 1,
            "total_message_sent": len(self._messages),
        }


_ONLY_OF_KIND: dict[ChannelKind, Json] = {
    ChannelKind.VOICE: {"bitrate": 64_000, "user_limit": 0, "rtc_region": None, "video_quality_mode": 1},
    ChannelKind.FORUM: {"available_tags": [], "default_reaction_emoji": None, "default_sort_order": None},
}
