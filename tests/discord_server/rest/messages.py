"""Messages in channels, written and read by the bot's own token."""

from __future__ import annotations

from datetime import timedelta

from tests.discord_server.channels import Channel
from tests.discord_server.messages import Message
from tests.discord_server.permissions import bits
from tests.discord_server.refusals import Complaints, refused
from tests.discord_server.rest.call import Answer, Call, Handler, only_text
from tests.discord_server.wire import NONCE_SECONDS, OLD_MESSAGE_SECONDS, Json, MessageKind
from tests.discord_server.writing import Writer


async def list_messages(call: Call) -> Answer:
    """The newest ones, newest first; none where the bot may not read the past."""
    channel = call.channel()
    only_text(channel)
    if not channel.permissions_of(None if channel.guild is None else channel.guild.bot) & bits("read_message_history"):
        return []
    query = call.query
    fitting = channel.messages
    if "before" in query:
        fitting = [message for message in fitting if message.id < int(query["before"])]
    if "after" in query:
        fitting = [message for message in fitting if message.id > int(query["after"])]
        fitting = fitting[: int(query.get("limit", 50))]
    return [message.payload() for message in reversed(fitting[-int(query.get("limit", 50)) :])]


async def get_message(call: Call) -> Answer:
    """One message."""
    return call.message(call.channel("read_message_history")).payload()


async def create_message(call: Call) -> Answer:
    """A new message, or the first one again for a nonce that was used just now."""
    channel = call.channel()
    only_text(channel)
    channel = call.channel(*call.sending_permissions(channel))
    if channel.recipient is not None and not channel.recipient.takes_dms:
        raise refused(50007)
    first = _sent_before(call, channel)
    if first is not None:
        return first.payload()
    asked = _answered(call, channel)
    kind = MessageKind.PLAIN if asked is None else MessageKind.REPLY

    def refer(message: Message) -> None:
        message.replies_to = asked

    writer = Writer(call.world, channel, call.world.bot)
    return writer.write(call.body, call.files, kind=kind, before_it_shows=refer).payload()


async def update_message(call: Call) -> Answer:
    """Change the bot's own message."""
    channel = call.channel()
    message = call.message(channel)
    if message.author is not call.world.bot:
        raise refused(50005)
    if call.world.hub.clock.now() - message.made_at > timedelta(seconds=OLD_MESSAGE_SECONDS):
        call.rates.spend_old_edit(channel.id)
    Writer(call.world, channel, call.world.bot).rewrite(message, call.body, call.files)
    return message.payload()


async def delete_message(call: Call) -> Answer:
    """Remove the bot's own message, or with the permission anybody's."""
    channel = call.channel()
    message = call.message(channel)
    if message.author is not call.world.bot:
        channel = call.channel("manage_messages")
    channel.remove(message)
    return None


def _sent_before(call: Call, channel: Channel) -> Message | None:
    nonce = call.body.get("nonce")
    if nonce is None or not call.body.get("enforce_nonce"):
        return None
    since = call.world.hub.clock.now() - timedelta(seconds=NONCE_SECONDS)
    for message in reversed(channel.messages):
        if message.author is call.world.bot and message.nonce == nonce and message.made_at >= since:
            return message
    return None


def _answered(call: Call, channel: Channel) -> Message | None:
    """The message that the new one replies to."""
    reference: Json | None = call.body.get("message_reference")
    if reference is None or reference.get("type", 0) != 0:
        return None
    asked = channel.find(int(reference["message_id"]))
    if asked is None and reference.get("fail_if_not_exists", True):
        complaints = Complaints()
        complaints.add(("message_reference",), "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
        complaints.check()
    return asked


HANDLERS: dict[str, Handler] = {
    "list_messages": list_messages,
    "get_message": get_message,
    "create_message": create_message,
    "update_message": update_message,
    "delete_message": delete_message,
}
