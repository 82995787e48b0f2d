"""The application behind the bot: its description, its commands, and a log of how they were set."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.discord_server.hub import Hub
from tests.discord_server.people import User
from tests.discord_server.refusals import Complaints, refused
from tests.discord_server.wire import PRIVILEGED, CommandKind, Intent, Json

MOST_COMMANDS = {CommandKind.SLASH: 100, CommandKind.USER: 15, CommandKind.MESSAGE: 15}
MOST_CHARACTERS = 8000
NEW_COMMANDS_A_DAY = 200


@dataclass(frozen=True)
class Sync:
    """One bulk setting of commands; ``guild_id`` is None for those that hold everywhere."""

    at: datetime
    guild_id: int | None
    commands: list[Json]

    @property
    def names(self) -> list[str]:
        """The commands' names, in order."""
        return [command["name"] for command in self.commands]


@dataclass(eq=False)
class Application:
    """One application with one bot.

    Args:
        approved: The privileged intents that its owner switched on.
        syncs: All bulk settings of commands, oldest first.
    """

    hub: Hub
    id: int
    name: str
    bot: User
    owner: User
    approved: Intent = PRIVILEGED
    syncs: list[Sync] = field(default_factory=list)
    _commands: dict[int | None, list[Json]] = field(default_factory=dict)
    _created: list[datetime] = field(default_factory=list)

    def payload(self) -> Json:
        """As it sees itself."""
        return {
            "id": str(self.id),
            "name": self.name,
            "icon": None,
            "description": "",
            "type": None,
            "bot": self.bot.payload(),
            "bot_public": False,
            "bot_require_code_grant": False,
            "verify_key": "0" * 64,
            "flags": self.flags,
            "flags_new": str(self.flags),
            "redirect_uris": [],
            "interactions_endpoint_url": None,
            "role_connections_verification_url": None,
            "owner": self.owner.payload(),
            "approximate_guild_count": 1,
            "approximate_user_install_count": 0,
            "approximate_user_authorization_count": 0,
            "explicit_content_filter": 0,
            "team": None,
            "eligible_oauth2_scopes": [],
        }

    @property
    def flags(self) -> int:
        """What Discord says about it in bits."""
        # The flags of a small application whose privileged intents are switched on.
        places = {Intent.PRESENCES: 13, Intent.MEMBERS: 15, Intent.MESSAGE_CONTENT: 19}
        return sum(1 << place for intent, place in places.items() if intent in self.approved)

    # -- commands --------------------------------------------------------------------

    def commands(self, guild_id: int | None = None) -> list[Json]:
        """Those of one guild, or those that hold everywhere."""
        return list(self._commands.get(guild_id, ()))

    def find(self, name: str, kind: CommandKind, guild_id: int | None) -> Json | None:
        """The command that a person in this guild gets by *name*; the guild's own go first."""
        offered = [*(self.commands(guild_id) if guild_id is not None else ()), *self.commands()]
        return next((command for command in offered if (command["name"], command["type"]) == (name, kind)), None)

    def set_commands(self, bodies: list[Json], guild_id: int | None) -> list[Json]:
        """Replace all commands of one guild, or those that hold everywhere; known names keep their ids."""
        _check(bodies)
        known = {(command["name"], command["type"]): command for command in self.commands(guild_id)}
        fresh = sum((body["name"], body.get("type") or 1) not in known for body in bodies)
        self._spend(fresh)
        kept = [self._command(body, known.get((body["name"], body.get("type") or 1)), guild_id) for body in bodies]
        self._commands[guild_id] = kept
        self.syncs.append(Sync(self.hub.clock.now(), guild_id, bodies))
        self.hub.changed()
        return kept

    def _spend(self, fresh: int) -> None:
        since = self.hub.clock.now() - timedelta(days=1)
        self._created = [moment for moment in self._created if moment > since]
        if len(self._created) + fresh > NEW_COMMANDS_A_DAY:
            raise refused(30034)
        self._created += [self.hub.clock.now()] * fresh

    def _command(self, body: Json, known: Json | None, guild_id: int | None) -> Json:
        permissions = body.get("default_member_permissions")
        plain = {name: value for name, value in body.items() if value is not None and name != "id"}
        command: Json = {"type": 1, "description": "", "nsfw": False, "dm_permission": True, "contexts": None}
        command |= {"integration_types": [0]} | _without_nulls(plain)
        command |= {
            "id": str(self.hub.next_id()) if known is None else known["id"],
            "application_id": str(self.id),
            "version": str(self.hub.next_id()),
            "default_member_permissions": None if permissions is None else str(permissions),
        }
        if guild_id is not None:
            command["guild_id"] = str(guild_id)
        return command


def _without_nulls(described: Json) -> Json:
    """What Discord stores of a command: absent where the bot said null, in its options too."""
    kept: Json = {}
    for name, value in described.items():
        if isinstance(value, list):
            kept[name] = [_without_nulls(each) if isinstance(each, dict) else each for each in value]
        elif value is not None:
            kept[name] = value
    return kept


def _check(bodies: list[Json]) -> None:
    complaints = Complaints()
    seen: set[tuple[str, int]] = set()
    for at, body in enumerate(bodies):
        kind = CommandKind(body.get("type") or 1)
        if (body["name"], kind) in seen:
            message = "Application command names must be unique"
            complaints.add((at, "name"), "APPLICATION_COMMANDS_DUPLICATE_NAME", message)
        seen.add((body["name"], kind))
        if kind is CommandKind.SLASH:
            _check_slash(body, at, complaints)
        if _characters(body) > MOST_CHARACTERS:
            message = f"Command exceeds maximum size ({MOST_CHARACTERS})"
            complaints.add((at,), "APPLICATION_COMMAND_TOO_LARGE", message)
    complaints.check()
    for kind, most in MOST_COMMANDS.items():
        if sum(of_kind is kind for _, of_kind in seen) > most:
            raise refused(30032)


def _check_slash(body: Json, at: int, complaints: Complaints) -> None:
    if not body.get("description"):
        complaints.add((at, "description"), "BASE_TYPE_REQUIRED", "This field is required")
    if body["name"] != body["name"].lower() or " " in body["name"]:
        complaints.add((at, "name"), "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
    optional = False
    for place, option in enumerate(body.get("options") or ()):
        if option.get("required") and optional:
            message = "Required options must be placed before non-required options"
            complaints.add((at, "options", place), "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message)
        optional = optional or not option.get("required")


def _characters(described: Json) -> int:
    """The length of all names, descriptions and values together, as Discord counts it."""
    total = sum(len(str(described[name])) for name in ("name", "description", "value") if described.get(name))
    for several in ("options", "choices"):
        total += sum(_characters(each) for each in described.get(several) or ())
    return total
