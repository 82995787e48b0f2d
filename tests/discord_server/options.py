"""What a person fills into a command, checked as Discord's own client checks it, and as a bot gets it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.discord_server.channels import Channel
from tests.discord_server.files import Attachment
from tests.discord_server.guilds import Role
from tests.discord_server.people import User
from tests.discord_server.wire import Json, OptionKind
from tests.discord_server.world import World

Wrap = Callable[[list[Json]], list[Json]]
Value = Any  # What a test writes: text, a number, a truth, an Attachment, a Person, a User, a Role or a Channel.
_PLAIN: dict[OptionKind, tuple[type, ...]] = {
    OptionKind.STRING: (str,),
    OptionKind.INTEGER: (int,),
    OptionKind.BOOLEAN: (bool,),
    OptionKind.NUMBER: (int, float),
}


class Unusable(AssertionError):
    """A person could not do this: Discord's client would not let them."""


class Resolver:
    """Turns what a person picks into ids, and describes the picked things for the bot."""

    def __init__(self, world: World, channel: Channel) -> None:
        self._world = world
        self._channel = channel
        self._resolved: dict[str, Json] = {}

    @property
    def described(self) -> Json:
        """What goes beside the ids; nothing where nothing was picked, as clients tell texts from things by it."""
        return {"resolved": self._resolved} if self._resolved else {}

    def pick(self, value: Value) -> str:
        """The id of *value*."""
        thing: Any = getattr(value, "user", value)
        if isinstance(thing, Attachment):
            if len(thing.data) > self._world.attachment_size_limit:
                raise Unusable(f"{thing.filename} is larger than a person may attach")
            stored = self._world.files.keep(thing, self._channel.id, ephemeral=True)
            return self._note("attachments", stored.id, stored.payload())
        if isinstance(thing, User):
            guild = self._channel.guild
            if guild is not None and thing.id in guild.members:
                member = guild.members[thing.id]
                partial = {
                    name: part for name, part in member.payload().items() if name not in ("user", "deaf", "mute")
                }
                partial["permissions"] = str(self._channel.permissions_of(member))
                self._note("members", thing.id, partial)
            return self._note("users", thing.id, thing.payload())
        if isinstance(thing, Role):
            return self._note("roles", thing.id, thing.payload())
        if isinstance(thing, Channel):
            return self._note("channels", thing.id, thing.payload() | {"permissions": str(self._permissions_in(thing))})
        raise Unusable(f"{value!r} is nothing that a person can pick")

    def note_message(self, message_id: int, payload: Json) -> str:
        """Describe a message that a command was used on."""
        return self._note("messages", message_id, payload)

    def _permissions_in(self, channel: Channel) -> int:
        # The bot's, as it asks for them where it is to write.
        return channel.permissions_of(None if channel.guild is None else channel.guild.bot)

    def _note(self, kind: str, thing_id: int, payload: Json) -> str:
        self._resolved.setdefault(kind, {})[str(thing_id)] = payload
        return str(thing_id)


def fill_in(command: Json, path: tuple[str, ...], values: Mapping[str, Value], resolver: Resolver) -> list[Json]:
    """The options of a finished command."""
    described, wrap = _descend(command, path)
    given = [_filled(option, values[option["name"]], resolver) for option in described if option["name"] in values]
    missing = [option["name"] for option in described if option.get("required") and option["name"] not in values]
    if missing:
        raise Unusable(f"/{command['name']} cannot be sent without {', '.join(missing)}")
    _refuse_unknown(command, described, values)
    return wrap(given)


def fill_partly(command: Json, path: tuple[str, ...], values: Mapping[str, Value], resolver: Resolver) -> list[Json]:
    """The options of a command that is being typed; the last one of *values* is where the cursor is."""
    described, wrap = _descend(command, path)
    _refuse_unknown(command, described, values)
    focused = list(values)[-1]
    given: list[Json] = []
    for option in described:
        name = option["name"]
        if name == focused:
            if not option.get("autocomplete"):
                raise Unusable(f"{name} of /{command['name']} offers nothing while it is typed")
            given.append({"name": name, "type": option["type"], "value": values[name], "focused": True})
        elif name in values:
            given.append(_filled(option, values[name], resolver))
    return wrap(given)


def _descend(command: Json, path: tuple[str, ...]) -> tuple[list[Json], Wrap]:
    """The options below *path*, and what wraps the filled ones into the path again."""
    described = command.get("options") or []
    steps: list[tuple[str, int]] = []
    for name in path:
        found = next((option for option in described if option["name"] == name and option["type"] <= 2), None)
        if found is None:
            raise Unusable(f"there is no /{' '.join((command['name'], *path))}")
        steps.append((name, found["type"]))
        described = found.get("options") or []
    if any(option["type"] <= OptionKind.GROUP for option in described):
        names = ", ".join(option["name"] for option in described)
        raise Unusable(f"/{' '.join((command['name'], *path))} needs one of {names}")

    def wrap(given: list[Json]) -> list[Json]:
        for name, kind in reversed(steps):
            given = [{"name": name, "type": kind, "options": given}]
        return given

    return described, wrap


def _refuse_unknown(command: Json, described: list[Json], values: Mapping[str, Value]) -> None:
    unknown = sorted(values.keys() - {option["name"] for option in described})
    if unknown:
        known = ", ".join(option["name"] for option in described) or "no options"
        raise Unusable(f"/{command['name']} has {known} here, and not {', '.join(unknown)}")


def _filled(option: Json, value: Value, resolver: Resolver) -> Json:
    name, kind = option["name"], OptionKind(option["type"])
    if kind in _PLAIN:
        if not isinstance(value, _PLAIN[kind]) or (isinstance(value, bool) and kind is not OptionKind.BOOLEAN):
            raise Unusable(f"{name} takes {kind.name.lower()} and not {value!r}")
        _check_range(option, value)
    else:
        value = _picked(option, kind, value, resolver)
    return {"name": name, "type": int(kind), "value": value}


def _picked(option: Json, kind: OptionKind, value: Value, resolver: Resolver) -> str:
    thing = getattr(value, "user", value)
    fitting: dict[OptionKind, tuple[type, ...]] = {
        OptionKind.USER: (User,),
        OptionKind.CHANNEL: (Channel,),
        OptionKind.ROLE: (Role,),
        OptionKind.MENTIONABLE: (User, Role),
        OptionKind.ATTACHMENT: (Attachment,),
    }
    if not isinstance(thing, fitting[kind]):
        raise Unusable(f"{option['name']} takes {kind.name.lower()} and not {value!r}")
    kinds = option.get("channel_types")
    if isinstance(thing, Channel) and kinds and int(thing.kind) not in kinds:
        raise Unusable(f"{option['name']} does not offer #{thing.name}: it takes channels of other kinds")
    return resolver.pick(value)


def _check_range(option: Json, value: Any) -> None:
    choices = option.get("choices") or []
    if choices and value not in [choice["value"] for choice in choices]:
        offered = ", ".join(str(choice["value"]) for choice in choices)
        raise Unusable(f"{option['name']} offers {offered}, and not {value}")
    size = len(value) if isinstance(value, str) else value
    least = option.get("min_length" if isinstance(value, str) else "min_value")
    most = option.get("max_length" if isinstance(value, str) else "max_value")
    if (least is not None and size < least) or (most is not None and size > most):
        raise Unusable(f"{option['name']} takes {least} to {most}, and not {value!r}")
