"""The application's commands, everywhere and in one guild."""

from __future__ import annotations

from tests.discord_server.refusals import refused
from tests.discord_server.rest.call import Answer, Call, Handler


async def list_commands(call: Call) -> Answer:
    """All of them, everywhere or of the guild in the path."""
    return call.world.application.commands(_scope(call))


async def set_commands(call: Call) -> Answer:
    """Replace all of them, everywhere or in the guild in the path."""
    return call.world.application.set_commands(call.body or [], _scope(call))


def _scope(call: Call) -> int | None:
    if call.id("application_id") != call.world.application.id:
        raise refused(50001)
    return call.guild().id if "guild_id" in call.params else None


HANDLERS: dict[str, Handler] = {
    "list_application_commands": list_commands,
    "bulk_set_application_commands": set_commands,
    "list_guild_application_commands": list_commands,
    "bulk_set_guild_application_commands": set_commands,
}
