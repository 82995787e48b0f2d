"""Messages: what they hold, what became of them, and how people and bots see them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

import discord

from tests.discord_server import components as parts
from tests.discord_server.components import Button, Select
from tests.discord_server.files import StoredFile
from tests.discord_server.hub import born
from tests.discord_server.mentions import Pings
from tests.discord_server.wire import NO_FLAGS, Json, MessageFlag, MessageKind

if TYPE_CHECKING:
    from tests.discord_server.channels import Channel
    from tests.discord_server.interaction import Interaction
    from tests.discord_server.people import User


@dataclass(frozen=True)
class Version:
    """What a message held from a moment on."""

    at: datetime
    content: str
    raw_embeds: list[Json]
    raw_components: list[Json]
    files: tuple[str, ...]

    @property
    def embeds(self) -> list[discord.Embed]:
        """The cards."""
        return [discord.Embed.from_dict(embed) for embed in self.raw_embeds]


@dataclass(eq=False)
class Message:
    """A message in a channel, or one that only the person of *interaction* sees.

    Args:
        raw_embeds: As the bot sent them.
        raw_components: As the bot sent them, numbered.
        versions: Its state after it was made and after each edit, oldest first.
    """

    id: int
    channel: Channel
    author: User
    content: str = ""
    raw_embeds: list[Json] = field(default_factory=list)
    raw_components: list[Json] = field(default_factory=list)
    attachments: list[StoredFile] = field(default_factory=list)
    flags: MessageFlag = NO_FLAGS
    kind: MessageKind = MessageKind.PLAIN
    pings: Pings = field(default_factory=Pings)
    nonce: str | int | None = None
    tts: bool = False
    interaction: Interaction | None = None
    replies_to: Message | None = None
    edited_at: datetime | None = None
    deleted: bool = False
    versions: list[Version] = field(default_factory=list)

    # -- as a person sees it ---------------------------------------------------------

    @property
    def made_at(self) -> datetime:
        """When it was sent."""
        return born(self.id)

    @property
    def ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return MessageFlag.EPHEMERAL in self.flags

    @property
    def thinking(self) -> bool:
        """Whether the application has yet to say something here."""
        return MessageFlag.LOADING in self.flags

    @property
    def embeds(self) -> list[discord.Embed]:
        """The cards."""
        return [discord.Embed.from_dict(embed) for embed in self._shown_embeds()]

    @property
    def buttons(self) -> list[Button]:
        """All buttons, in order."""
        return parts.buttons(self.raw_components)

    @property
    def selects(self) -> list[Select]:
        """All menus, in order."""
        return parts.selects(self.raw_components)

    @property
    def components(self) -> list[Json]:
        """As Discord gives them to bots."""
        return parts.shown(self.raw_components, self._media)

    @property
    def text(self) -> str:
        """Everything that is to be read on it, line by line: for looking for a word anywhere."""
        read = [self.content]
        for embed in self.embeds:
            read += [embed.author.name or "", embed.title or "", embed.description or ""]
            read += [part or "" for each in embed.fields for part in (each.name, each.value)]
            read.append(embed.footer.text or "")
        read += parts.texts(self.raw_components)
        read += [stored.filename for stored in self.attachments]
        return "\n".join(line for line in read if line)

    @property
    def edits(self) -> int:
        """How often it was edited."""
        return len(self.versions) - 1

    def remember(self) -> None:
        """Note what it holds now as its newest version."""
        names = tuple(stored.filename for stored in self.attachments)
        now = self.channel.hub.clock.now()
        self.versions.append(Version(now, self.content, self.raw_embeds, self.raw_components, names))

    # -- as bots see it --------------------------------------------------------------

    def payload(self) -> Json:
        """As the HTTP API gives it."""
        shown: Json = {
            "id": str(self.id),
            "channel_id": str(self.channel.id),
            "type": int(self.kind),
            "author": self.author.payload(),
            "content": self.content,
            "timestamp": self.made_at.isoformat(),
            "edited_timestamp": None if self.edited_at is None else self.edited_at.isoformat(),
            "tts": self.tts,
            "pinned": False,
            "flags": int(self.flags),
            "mention_everyone": self.pings.everyone,
            "mentions": [user.payload() for user in self.pings.users],
            "mention_roles": [str(role.id) for role in self.pings.roles],
            "attachments": [stored.payload() for stored in self.attachments],
            "embeds": self._shown_embeds(),
            "components": self.components,
        }
        if self.nonce is not None:
            shown["nonce"] = self.nonce
        if self.interaction is not None:
            application = str(self.interaction.application_id)
            shown |= {"application_id": application, "webhook_id": application}
            shown["interaction_metadata"] = self.interaction.metadata()
        if self.kind is MessageKind.REPLY:
            shown |= self._reply_payload()
        return shown

    def event_payload(self) -> Json:
        """As the gateway gives it."""
        shown = self.payload()
        if (guild := self.channel.guild) is not None:
            shown["guild_id"] = str(guild.id)
            if (member := guild.members.get(self.author.id)) is not None:
                shown["member"] = {name: value for name, value in member.payload().items() if name != "user"}
        return shown

    def _reply_payload(self) -> Json:
        """What it answers; null if that was deleted meanwhile."""
        asked = self.replies_to
        if asked is None or asked.deleted:
            return {"referenced_message": None}
        reference = {"type": 0, "channel_id": str(asked.channel.id), "message_id": str(asked.id)}
        plain = {name: value for name, value in asked.payload().items() if name != "referenced_message"}
        return {"message_reference": reference, "referenced_message": plain}

    def _shown_embeds(self) -> list[Json]:
        shown = []
        for sent in self.raw_embeds:
            embed: Json = {"type": "rich"} | {name: value for name, value in sent.items() if value is not None}
            for picture in ("image", "thumbnail"):
                if picture in embed:
                    media = self._media(embed[picture]["url"])
                    embed[picture] = {name: media[name] for name in ("url", "proxy_url")}
            if "fields" in embed:
                embed["fields"] = [{"inline": False} | each for each in embed["fields"]]
            shown.append(embed)
        return shown

    def _media(self, address: str) -> Json:
        name = address.removeprefix("attachment://")
        stored = next((each for each in self.attachments if address != name and each.filename == name), None)
        if stored is None:
            return {"id": "0", "url": address, "proxy_url": address}
        return {"id": str(stored.id), "url": stored.url, "proxy_url": stored.url, "attachment_id": str(stored.id)}
