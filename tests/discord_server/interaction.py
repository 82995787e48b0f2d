"""One interaction: what a person did, what the application may still answer, and what it answered."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tests.discord_server.permissions import VIEW
from tests.discord_server.wire import (
    FIRST_ANSWER_SECONDS,
    TOKEN_SECONDS,
    AnswerKind,
    InteractionKind,
    Json,
    MessageKind,
)

if TYPE_CHECKING:
    from tests.discord_server.channels import Channel
    from tests.discord_server.messages import Message
    from tests.discord_server.people import Member, User


@dataclass(frozen=True)
class Choice:
    """What autocompletion offers."""

    name: str
    value: str | int | float


@dataclass(eq=False)
class Interaction:
    """A use of a command, button, menu or modal.

    Args:
        source: The message whose component was used, also for a modal that such a use opened.
        trigger: The interaction that opened the modal.
        answer: The first answer's kind, None until there is one.
        original: The message that ``@original`` means.
        followups: Further messages by this token.
    """

    id: int
    application_id: int
    kind: InteractionKind
    user: User
    member: Member | None
    channel: Channel
    data: Json
    size_limit: int
    source: Message | None = None
    trigger: Interaction | None = None
    token: str = field(default_factory=lambda: secrets.token_hex(60))
    made_at: datetime = field(init=False)
    answer: AnswerKind | None = None
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    modal: Json | None = None

    def __post_init__(self) -> None:
        self.made_at = self.channel.hub.clock.now()

    # -- time ------------------------------------------------------------------------

    @property
    def late(self) -> bool:
        """Whether the first answer did not come in time."""
        return self.answer is None and self._age > timedelta(seconds=FIRST_ANSWER_SECONDS)

    @property
    def expired(self) -> bool:
        """Whether the token means nothing any more."""
        return self._age > timedelta(seconds=TOKEN_SECONDS)

    @property
    def _age(self) -> timedelta:
        return self.channel.hub.clock.now() - self.made_at

    # -- messages --------------------------------------------------------------------

    @property
    def answer_message_kind(self) -> MessageKind:
        """The kind of the messages that answer it."""
        if self.kind is not InteractionKind.COMMAND:
            return MessageKind.PLAIN
        return MessageKind.SLASH_ANSWER if self.data["type"] == 1 else MessageKind.MENU_ANSWER

    def message(self, message_id: int) -> Message | None:
        """One that was made or is reached by this token."""
        own = [*self.followups, *([self.original] if self.original is not None else [])]
        return next((message for message in own if message.id == message_id and not message.deleted), None)

    # -- as bots see it --------------------------------------------------------------

    def payload(self) -> Json:
        """As the gateway gives it."""
        guild = self.channel.guild
        bot = None if guild is None else guild.bot
        shown: Json = {
            "id": str(self.id),
            "application_id": str(self.application_id),
            "type": int(self.kind),
            "token": self.token,
            "version": 1,
            "data": self.data,
            "channel": self.channel.payload(),
            "channel_id": str(self.channel.id),
            "app_permissions": str(self.channel.permissions_of(bot) if guild is None or bot is not None else VIEW),
            "authorizing_integration_owners": self._owners(),
            "context": 1 if guild is None else 0,
            "entitlements": [],
            "locale": "en-US",
            "attachment_size_limit": self.size_limit,
        }
        if guild is None:
            shown["user"] = self.user.payload()
        else:
            assert self.member is not None
            may = str(self.channel.permissions_of(self.member))
            shown |= {"guild_id": str(guild.id), "guild_locale": "en-US"}
            shown |= {"guild": {"id": str(guild.id), "features": [], "locale": "en-US"}}
            shown["member"] = self.member.payload() | {"permissions": may}
        if self.source is not None:
            shown["message"] = self.source.payload()
        return shown

    def metadata(self) -> Json:
        """As the messages that answer it carry it."""
        shown: Json = {
            "id": str(self.id),
            "type": int(self.kind),
            "user": self.user.payload(),
            "authorizing_integration_owners": self._owners(),
        }
        if self.kind is InteractionKind.COMPONENT and self.source is not None:
            shown["interacted_message_id"] = str(self.source.id)
        if self.kind is InteractionKind.MODAL_SUBMIT and self.trigger is not None:
            shown["triggering_interaction_metadata"] = self.trigger.metadata()
        return shown

    def callback_payload(self) -> Json:
        """As the answer to its first answer describes it."""
        shown: Json = {"id": str(self.id), "type": int(self.kind)}
        if self.original is not None:
            shown |= {
                "response_message_id": str(self.original.id),
                "response_message_loading": self.original.thinking,
                "response_message_ephemeral": self.original.ephemeral,
            }
        return shown

    def _owners(self) -> Json:
        guild = self.channel.guild
        return {"0": "0" if guild is None else str(guild.id)}
