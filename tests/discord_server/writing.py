"""Messages made and changed from the bodies that bots send."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.discord_server.channels import Channel
from tests.discord_server.components import numbered
from tests.discord_server.content import Path, check_content
from tests.discord_server.files import Attachment, StoredFile
from tests.discord_server.interaction import Interaction
from tests.discord_server.mentions import Pings, pings
from tests.discord_server.messages import Message
from tests.discord_server.people import User
from tests.discord_server.refusals import refused
from tests.discord_server.wire import NO_FLAGS, Json, MessageFlag, MessageKind
from tests.discord_server.world import World

# What a bot may say about its own message when it makes it; of the rest it is not asked.
SETTABLE = MessageFlag.SUPPRESS_EMBEDS | MessageFlag.SILENT | MessageFlag.COMPONENTS_V2
Files = Mapping[int, Attachment]


class Writer:
    """Writes in one channel as one author.

    Args:
        interaction: What the messages answer.
    """

    def __init__(self, world: World, channel: Channel, author: User, interaction: Interaction | None = None) -> None:
        self._world = world
        self._channel = channel
        self._author = author
        self._interaction = interaction

    def write(
        self,
        body: Json,
        files: Files,
        *,
        extra: MessageFlag = NO_FLAGS,
        kind: MessageKind = MessageKind.PLAIN,
        at: Path = (),
        before_it_shows: Callable[[Message], None] = lambda _: None,
    ) -> Message:
        """A new message, shown to whom it concerns.

        Args:
            extra: Flags that hold besides those that the body may set.
            at: Where the message lies in the whole body, for complaints.
            before_it_shows: Told of the message before anybody sees it.
        """
        flags = MessageFlag(body.get("flags") or 0) & SETTABLE | extra
        check_content(body, flags, at)
        if not (_says_something(body) or files or MessageFlag.LOADING in flags):
            raise refused(50006)
        self._check_sizes(files)
        message = Message(
            id=self._world.hub.next_id(),
            channel=self._channel,
            author=self._author,
            content=body.get("content") or "",
            raw_embeds=body.get("embeds") or [],
            raw_components=numbered(body.get("components") or []),
            flags=flags,
            kind=kind,
            nonce=body.get("nonce"),
            tts=bool(body.get("tts")),
            interaction=self._interaction,
        )
        message.attachments = self._keep(body, files, message)
        message.pings = self._pings(message, body)
        message.remember()
        before_it_shows(message)
        self._show(message)
        return message

    def rewrite(self, message: Message, body: Json, files: Files, *, at: Path = ()) -> None:
        """Change what *body* names; a message that was "thinking" now says something."""
        after: Json = {"content": message.content, "embeds": message.raw_embeds, "components": message.raw_components}
        after |= {name: body[name] for name in after if name in body}
        flags = message.flags & ~(SETTABLE | MessageFlag.LOADING) | MessageFlag(body.get("flags") or 0) & SETTABLE
        flags |= message.flags & MessageFlag.COMPONENTS_V2
        check_content(after, flags, at)
        self._check_sizes(files)
        kept = self._kept(message, body)
        if not (_says_something(after) or files or kept):
            raise refused(50006)
        for stored in message.attachments:
            if stored not in kept:
                stored.store.forget(stored)
        message.attachments = [*kept, *self._keep(body, files, message)]
        message.content = after["content"] or ""
        message.raw_embeds = after["embeds"] or []
        if "components" in body:
            message.raw_components = numbered(after["components"] or [])
        was_thinking, message.flags = message.thinking, flags
        if was_thinking:
            message.pings = self._pings(message, body)
        message.edited_at = self._world.hub.clock.now()
        message.remember()
        self._channel.show_edit(message)

    # -- parts -----------------------------------------------------------------------

    def _show(self, message: Message) -> None:
        if message.ephemeral:
            self._world.hub.changed()
        else:
            self._channel.post(message)

    def _pings(self, message: Message, body: Json) -> Pings:
        if message.ephemeral:
            return Pings()
        return pings(message.content, body.get("allowed_mentions"), self._channel, self._author)

    def _check_sizes(self, files: Files) -> None:
        if any(len(attached.data) > self._world.upload_limit for attached in files.values()):
            raise refused(40005)

    def _keep(self, body: Json, files: Files, message: Message) -> list[StoredFile]:
        described = {str(each["id"]): each for each in body.get("attachments") or ()}
        kept = []
        for number, attached in files.items():
            about = described.get(str(number), {})
            named = Attachment(
                about.get("filename") or attached.filename,
                attached.data,
                attached.content_type,
                about.get("description"),
            )
            kept.append(self._world.files.keep(named, self._channel.id, ephemeral=message.ephemeral))
        return kept

    @staticmethod
    def _kept(message: Message, body: Json) -> list[StoredFile]:
        """Which files stay: those that ``attachments`` lists, or all of them where it is absent."""
        if "attachments" not in body:
            return list(message.attachments)
        listed = {str(each["id"]) for each in body["attachments"] or ()}
        return [stored for stored in message.attachments if str(stored.id) in listed]


def _says_something(body: Json) -> bool:
    return any(body.get(name) for name in ("content", "embeds", "components", "poll", "sticker_ids"))
