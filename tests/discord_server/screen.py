"""What a person sees after doing something: a message, a modal, nothing yet."""

from __future__ import annotations

from collections.abc import Callable

import discord

from tests.discord_server.components import Button, Select
from tests.discord_server.files import StoredFile
from tests.discord_server.hub import PATIENCE_SECONDS
from tests.discord_server.interaction import Interaction
from tests.discord_server.messages import Message
from tests.discord_server.modals import Modal
from tests.discord_server.wire import AnswerKind, Json


class Reply:
    """The answer to one interaction, as it stands now: it changes when the bot edits it."""

    def __init__(self, interaction: Interaction) -> None:
        self.interaction = interaction

    # -- what kind of answer ---------------------------------------------------------

    @property
    def kind(self) -> AnswerKind:
        """How the bot answered first."""
        assert self.interaction.answer is not None, "there is no reply without an answer"
        return self.interaction.answer

    @property
    def thinking(self) -> bool:
        """Whether the bot has said that it will say something, and no more."""
        original = self.interaction.original
        return original is not None and original.thinking and not original.deleted

    @property
    def deleted(self) -> bool:
        """Whether the message is gone."""
        return self.message.deleted

    @property
    def modal(self) -> Modal:
        """The modal that opened."""
        described = self.interaction.modal
        assert described is not None, f"no modal opened; the answer was {self.kind.name}"
        return Modal(self.interaction, described["title"], described["custom_id"], described["components"])

    # -- the message -----------------------------------------------------------------

    @property
    def message(self) -> Message:
        """The message that answers; after a button that changes its own message, that one."""
        assert self.interaction.original is not None, f"no message came; the answer was {self.kind.name}"
        return self.interaction.original

    @property
    def followups(self) -> list[Message]:
        """Further messages, oldest first."""
        return list(self.interaction.followups)

    @property
    def content(self) -> str:
        """Its text outside of cards."""
        return self.message.content

    @property
    def embeds(self) -> list[discord.Embed]:
        """Its cards."""
        return self.message.embeds

    @property
    def embed(self) -> discord.Embed:
        """Its only card."""
        (only,) = self.embeds
        return only

    @property
    def text(self) -> str:
        """Everything that is to be read on it."""
        return self.message.text

    @property
    def ephemeral(self) -> bool:
        """Whether only the person who asked sees it."""
        return self.message.ephemeral

    @property
    def components(self) -> list[Json]:
        """What it is built of, as bots see it."""
        return self.message.components

    @property
    def buttons(self) -> list[Button]:
        """Its buttons."""
        return self.message.buttons

    @property
    def selects(self) -> list[Select]:
        """Its menus."""
        return self.message.selects

    @property
    def attachments(self) -> list[StoredFile]:
        """Its files."""
        return self.message.attachments

    # -- waiting ---------------------------------------------------------------------

    async def wait_for(self, fits: Callable[[Reply], object], *, patience: float = PATIENCE_SECONDS) -> Reply:
        """This reply, as soon as *fits* is true of it."""
        await self.interaction.channel.hub.until(lambda: bool(fits(self)), "a reply that fits", patience)
        return self

    async def wait_for_followup(self, number: int = 1, *, patience: float = PATIENCE_SECONDS) -> Message:
        """The follow-up with this number, counted from 1."""
        enough: Callable[[], bool] = lambda: len(self.interaction.followups) >= number  # noqa: E731
        await self.interaction.channel.hub.until(enough, f"follow-up {number}", patience)
        return self.interaction.followups[number - 1]

    def __repr__(self) -> str:
        answer = None if self.interaction.answer is None else self.interaction.answer.name
        return f"<Reply {answer} {self.interaction.original!r:.200}>"
