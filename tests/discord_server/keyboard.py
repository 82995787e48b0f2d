"""A person at the keyboard: types commands, presses buttons, fills in modals, and sees what comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.discord_server.channels import Channel
from tests.discord_server.files import Attachment
from tests.discord_server.guilds import Role
from tests.discord_server.hub import PATIENCE_SECONDS
from tests.discord_server.interaction import Choice, Interaction
from tests.discord_server.invoking import Seat
from tests.discord_server.mentions import pings
from tests.discord_server.menus import button_on, chosen, menu_on
from tests.discord_server.messages import Message
from tests.discord_server.modals import Modal, filled
from tests.discord_server.options import Resolver, Unusable, Value, fill_in, fill_partly
from tests.discord_server.people import Member, User
from tests.discord_server.screen import Reply
from tests.discord_server.wire import CommandKind, ComponentKind, InteractionKind, Json

if TYPE_CHECKING:
    from tests.discord_server.gateway.gateway import Gateway
    from tests.discord_server.world import World


class Person:
    """Somebody in a channel.

    Args:
        patience: Seconds of real time that they wait for an answer.
    """

    def __init__(self, world: World, gateway: Gateway, user: User, channel: Channel) -> None:
        self.user = user
        self.channel = channel
        self.patience = PATIENCE_SECONDS
        self._world = world
        self._gateway = gateway

    def at(self, channel: Channel) -> Person:
        """The same person in another channel."""
        person = Person(self._world, self._gateway, self.user, channel)
        person.patience = self.patience
        return person

    @property
    def dm(self) -> Channel:
        """Where they and the bot talk to each other."""
        return self._world.conversation(self.user)

    @property
    def id(self) -> int:
        """Of the account."""
        return self.user.id

    @property
    def mention(self) -> str:
        """What pings them."""
        return self.user.mention

    @property
    def member(self) -> Member:
        """What they are in the guild of the channel."""
        member = self._seat(self.channel).member
        assert member is not None, f"{self.user.name} is not in this guild"
        return member

    def give(self, *roles: Role) -> None:
        """Add roles."""
        self.member.guild.change_roles(self.member, [*self.member.roles, *roles])

    def take(self, *roles: Role) -> None:
        """Remove roles."""
        self.member.guild.change_roles(self.member, [role for role in self.member.roles if role not in roles])

    def says(self, text: str, *files: Attachment) -> Message:
        """Write a message into the channel."""
        message = Message(self._world.hub.next_id(), self.channel, self.user, text)
        message.attachments = [self._world.files.keep(each, self.channel.id) for each in files]
        message.pings = pings(text, None, self.channel, self.user)
        message.remember()
        self.channel.post(message)
        return message

    # -- commands --------------------------------------------------------------------

    async def slash(self, name: str, /, *path: str, **options: Value) -> Reply:
        """Use a command and see its answer; after "is thinking…" what it says then."""
        return await self._seat(self.channel).settled(self._use(name, path, options))

    async def start_slash(self, name: str, /, *path: str, **options: Value) -> Reply:
        """Use a command and see what comes first, be it only "is thinking…"."""
        return await self._seat(self.channel).answered(self._use(name, path, options))

    async def autocomplete(self, name: str, /, *path: str, **options: Value) -> list[Choice]:
        """What is offered while the last one of *options* is typed."""
        seat = self._seat(self.channel)
        command = seat.command(name, CommandKind.SLASH)
        resolver = Resolver(self._world, self.channel)
        data = _used(command, resolver, options=fill_partly(command, path, options, resolver))
        interaction = seat.send(InteractionKind.AUTOCOMPLETE, data)
        await seat.answered(interaction)
        return interaction.choices

    async def message_command(self, name: str, message: Message | Reply) -> Reply:
        """Use a command from a message's menu and see its answer."""
        target = _message(message)
        resolver = Resolver(self._world, target.channel)
        resolver.note_message(target.id, target.payload())
        return await self._from_menu(name, CommandKind.MESSAGE, target.channel, resolver, str(target.id))

    async def user_command(self, name: str, person: Person | User) -> Reply:
        """Use a command from a person's menu and see its answer."""
        resolver = Resolver(self._world, self.channel)
        return await self._from_menu(name, CommandKind.USER, self.channel, resolver, resolver.pick(person))

    # -- messages --------------------------------------------------------------------

    async def click(self, message: Message | Reply, name: str) -> Reply:
        """Press the button with this label or custom id and see the answer."""
        target = self._readable(message)
        button = button_on(target, name)
        data: Json = {"component_type": int(ComponentKind.BUTTON), "custom_id": button.custom_id, "id": button.number}
        return await self._touch(target, data)

    async def select(self, message: Message | Reply, name: str, *picks: Value) -> Reply:
        """Choose in the menu with this placeholder or custom id and see the answer."""
        target = self._readable(message)
        menu = menu_on(target, name)
        resolver = Resolver(self._world, target.channel)
        data: Json = {"component_type": int(menu.kind), "custom_id": menu.custom_id, "id": menu.number}
        data |= {"values": chosen(menu, picks, resolver)}
        return await self._touch(target, data | resolver.described)

    async def submit(self, modal: Modal, values: dict[str, Value] | None = None, /, **by_id: Value) -> Reply:
        """Send a modal off, filled in by labels or custom ids, and see the answer."""
        opener = modal.interaction
        seat = self._seat(opener.channel)
        resolver = Resolver(self._world, opener.channel)
        components = filled(modal, {**(values or {}), **by_id}, resolver)
        data: Json = {"custom_id": modal.custom_id, "components": components} | resolver.described
        return await seat.settled(seat.send(InteractionKind.MODAL_SUBMIT, data, opener.source, opener))

    # -- parts -----------------------------------------------------------------------

    def _seat(self, channel: Channel) -> Seat:
        return Seat(self._world, self._gateway, self.user, channel, self.patience)

    def _use(self, name: str, path: tuple[str, ...], options: dict[str, Value]) -> Interaction:
        seat = self._seat(self.channel)
        command = seat.command(name, CommandKind.SLASH)
        resolver = Resolver(self._world, self.channel)
        data = _used(command, resolver, options=fill_in(command, path, options, resolver))
        return seat.send(InteractionKind.COMMAND, data)

    async def _from_menu(
        self, name: str, kind: CommandKind, channel: Channel, resolver: Resolver, target: str
    ) -> Reply:
        seat = self._seat(channel)
        data = _used(seat.command(name, kind), resolver, target_id=target)
        return await seat.settled(seat.send(InteractionKind.COMMAND, data))

    async def _touch(self, target: Message, data: Json) -> Reply:
        seat = self._seat(target.channel)
        return await seat.settled(seat.send(InteractionKind.COMPONENT, data, target))

    def _readable(self, shown: Message | Reply) -> Message:
        message = _message(shown)
        if message.deleted:
            raise Unusable("the message was deleted")
        if message.ephemeral and message.interaction is not None and message.interaction.user is not self.user:
            raise Unusable(f"only {message.interaction.user.name} sees this message")
        return message

    def __repr__(self) -> str:
        return f"<Person {self.user.name} in #{self.channel.name}>"


def _message(shown: Message | Reply) -> Message:
    return shown.message if isinstance(shown, Reply) else shown


def _used(command: Json, resolver: Resolver, **more: Value) -> Json:
    """What the bot is told of a command; a guild's own command says so here, too."""
    data: Json = {"id": command["id"], "name": command["name"], "type": command["type"]}
    data |= more | resolver.described
    if "guild_id" in command:
        data["guild_id"] = command["guild_id"]
    return data
