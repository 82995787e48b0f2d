"""What the bot asks about itself and about people."""

from __future__ import annotations

from collections.abc import Callable

from tests.discord_server.permissions import of_member
from tests.discord_server.refusals import refused
from tests.discord_server.rest.call import Answer, Call, Handler
from tests.discord_server.world import number


async def get_my_user(call: Call) -> Answer:
    """Who the token belongs to."""
    return call.world.bot.own_payload()


async def get_application(call: Call) -> Answer:
    """The application of the token."""
    return call.world.application.payload()


async def list_my_guilds(call: Call) -> Answer:
    """The guilds that the bot is in."""
    return [
        {
            "id": str(guild.id),
            "name": guild.name,
            "icon": None,
            "banner": None,
            "owner": False,
            "permissions": str(of_member(guild.bot)),
            "features": [],
        }
        for guild in call.world.guilds.values()
        if guild.bot is not None
    ]


async def get_user(call: Call) -> Answer:
    """Anybody."""
    user = call.world.users.get(call.id("user_id"))
    if user is None:
        raise refused(10013)
    return user.payload()


async def create_dm(call: Call) -> Answer:
    """Open a conversation of two; whether the person takes messages shows when one is sent."""
    user = call.world.users.get(number(str(call.body.get("recipient_id"))))
    if user is None:
        raise refused(10013)
    if user.bot:
        raise refused(50007)
    return call.world.conversation(user).payload()


def handlers(gateway_url: Callable[[], str]) -> dict[str, Handler]:
    """The operations of this file; *gateway_url* tells where the gateway is."""

    async def get_gateway(call: Call) -> Answer:
        return {"url": gateway_url()}

    async def get_bot_gateway(call: Call) -> Answer:
        limit = {"total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 1}
        return {"url": gateway_url(), "shards": 1, "session_start_limit": limit}

    return {
        "get_my_user": get_my_user,
        "get_my_oauth2_application": get_application,
        "get_my_application": get_application,
        "get_gateway": get_gateway,
        "get_bot_gateway": get_bot_gateway,
        "list_my_guilds": list_my_guilds,
        "get_user": get_user,
        "create_dm": create_dm,
    }
