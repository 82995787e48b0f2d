"""Channels and threads."""

from __future__ import annotations

from tests.discord_server.channels import Channel
from tests.discord_server.refusals import refused
from tests.discord_server.rest.call import Answer, Call, Handler, only_in_guilds
from tests.discord_server.wire import ChannelKind


async def get_channel(call: Call) -> Answer:
    """One channel."""
    return call.channel().payload()


async def trigger_typing_indicator(call: Call) -> Answer:
    """Show that the bot types; nobody looks."""
    call.channel("send_messages")
    return None


async def create_thread(call: Call) -> Answer:
    """A thread below a channel."""
    kind = ChannelKind(call.body.get("type") or ChannelKind.PRIVATE_THREAD)
    needs = "create_private_threads" if kind is ChannelKind.PRIVATE_THREAD else "create_public_threads"
    return _thread(call, call.channel(needs), kind).payload()


async def create_thread_from_message(call: Call) -> Answer:
    """A thread below a message; it has the message's id."""
    parent = call.channel("create_public_threads")
    message = call.message(parent)
    if message.id in only_in_guilds(parent).channels:
        raise refused(160004)
    thread = _thread(call, parent, ChannelKind.PUBLIC_THREAD, message.id)
    return thread.payload()


def _thread(call: Call, parent: Channel, kind: ChannelKind, thread_id: int | None = None) -> Channel:
    guild = only_in_guilds(parent)
    if parent.kind not in (ChannelKind.TEXT, ChannelKind.ANNOUNCEMENT):
        raise refused(50024)
    return guild.add_channel(call.body["name"], kind, parent, call.world.bot, thread_id)


HANDLERS: dict[str, Handler] = {
    "get_channel": get_channel,
    "trigger_typing_indicator": trigger_typing_indicator,
    "create_thread": create_thread,
    "create_thread_from_message": create_thread_from_message,
}
