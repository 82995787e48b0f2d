"""Interactions on their way to the bot, and the wait for what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.discord_server.channels import Channel
from tests.discord_server.interaction import Interaction
from tests.discord_server.messages import Message
from tests.discord_server.options import Unusable
from tests.discord_server.people import Member, User
from tests.discord_server.permissions import ADMINISTRATOR, VIEW, bits
from tests.discord_server.screen import Reply
from tests.discord_server.wire import FIRST_ANSWER_SECONDS, AnswerKind, CommandKind, InteractionKind, Json

if TYPE_CHECKING:
    from tests.discord_server.gateway.gateway import Gateway
    from tests.discord_server.world import World


class DidNotRespond(AssertionError):
    """What the person reads is: the application did not respond."""


@dataclass(frozen=True)
class Seat:
    """Where a person sits: what they may use there, and how it reaches the bot.

    Args:
        patience: Seconds of real time that they wait; the three seconds that an application has are told by the
            server's clock.
    """

    world: World
    gateway: Gateway
    user: User
    channel: Channel
    patience: float

    @property
    def member(self) -> Member | None:
        """What the person is in the guild of the channel."""
        guild = self.channel.guild
        return None if guild is None else guild.members.get(self.user.id)

    def command(self, name: str, kind: CommandKind) -> Json:
        """The command *name* as this person finds it here."""
        guild = self.channel.guild
        command = self.world.application.find(name, kind, None if guild is None else guild.id)
        if command is None:
            raise Unusable(f"there is no command {name!r} here: it was never synced")
        if guild is None:
            # The older of the two ways to say it counts where the newer one is not used.
            if 1 not in (command["contexts"] or ([0, 1] if command["dm_permission"] else [0])):
                raise Unusable(f"/{name} is not offered in a conversation of two")
        elif not self._may_use(command, guild.open_commands):
            raise Unusable(f"/{name} is not offered to {self.user.name}")
        return command

    def _may_use(self, command: Json, opened: set[str]) -> bool:
        may = self._permissions()
        if not may & bits("use_application_commands"):
            return False
        needed = command["default_member_permissions"]
        if needed is None or command["name"] in opened or may & ADMINISTRATOR:
            return True
        return int(needed) != 0 and may & int(needed) == int(needed)

    def _permissions(self) -> int:
        if self.channel.guild is not None and self.member is None:
            raise Unusable(f"{self.user.name} is not in this guild")
        return self.channel.permissions_of(self.member)

    # -- sending ---------------------------------------------------------------------

    def send(
        self, kind: InteractionKind, data: Json, source: Message | None = None, trigger: Interaction | None = None
    ) -> Interaction:
        """Tell the bot what the person did."""
        if not self._permissions() & VIEW:
            raise Unusable(f"{self.user.name} does not see #{self.channel.name}")
        world = self.world
        interaction = Interaction(
            id=world.hub.next_id(),
            application_id=world.application.id,
            kind=kind,
            user=self.user,
            member=self.member,
            channel=self.channel,
            data=data,
            size_limit=world.attachment_size_limit,
            source=source,
            trigger=trigger,
        )
        world.interactions[interaction.token] = interaction
        if not self.gateway.reachable:
            raise DidNotRespond("the application did not respond: it is not connected")
        world.hub.dispatch("INTERACTION_CREATE", interaction.payload())
        return interaction

    # -- waiting ---------------------------------------------------------------------

    async def answered(self, interaction: Interaction) -> Reply:
        """The first answer; it has to come within the time that an application has."""
        hub = self.world.hub
        # Late is later than the last moment in time.
        timer = hub.clock.call_at(hub.clock.monotonic() + FIRST_ANSWER_SECONDS + 0.001, hub.changed)
        silence = "the application did not respond"
        try:
            await hub.until(lambda: interaction.answer is not None or interaction.late, silence, self.patience)
        except AssertionError:
            raise DidNotRespond(f"{silence} within {self.patience:g} seconds of real time") from None
        finally:
            timer.cancel()
        if interaction.answer is None:
            raise DidNotRespond(f"{silence} within {FIRST_ANSWER_SECONDS} seconds")
        return Reply(interaction)

    async def settled(self, interaction: Interaction) -> Reply:
        """The first answer, and where that is "is thinking…", what is said then."""
        reply = await self.answered(interaction)
        if reply.kind is AnswerKind.DEFER_MESSAGE:
            await self.world.hub.until(lambda: not reply.thinking, "what follows “is thinking…”", self.patience)
        return reply
