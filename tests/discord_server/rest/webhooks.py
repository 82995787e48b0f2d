"""Messages by an interaction's token: follow-ups, and the original answer."""

from __future__ import annotations

from tests.discord_server.interaction import Interaction
from tests.discord_server.messages import Message
from tests.discord_server.refusals import refused
from tests.discord_server.rest.call import Answer, Call, Handler
from tests.discord_server.wire import MessageFlag, MessageKind
from tests.discord_server.writing import Writer


async def execute_webhook(call: Call) -> Answer:
    """A further message; the first one after "thinking" takes its place."""
    interaction = _interaction(call)
    original = interaction.original
    if original is not None and original.thinking and not original.deleted:
        _writer(call, interaction).rewrite(original, call.body, call.files)
        return _shown(call, original)
    flags = MessageFlag(call.body.get("flags") or 0) & MessageFlag.EPHEMERAL
    kind = MessageKind.PLAIN if original is None or original.ephemeral else MessageKind.REPLY

    def keep(message: Message) -> None:
        message.replies_to = original
        interaction.followups.append(message)

    message = _writer(call, interaction).write(call.body, call.files, extra=flags, kind=kind, before_it_shows=keep)
    return _shown(call, message)


async def get_message(call: Call) -> Answer:
    """One message of this token."""
    return _message(call, _interaction(call)).payload()


async def update_message(call: Call) -> Answer:
    """Change one message of this token."""
    interaction = _interaction(call)
    message = _message(call, interaction)
    _writer(call, interaction).rewrite(message, call.body, call.files)
    return message.payload()


async def delete_message(call: Call) -> Answer:
    """Remove one message of this token."""
    message = _message(call, _interaction(call))
    message.channel.remove(message)
    return None


def _interaction(call: Call) -> Interaction:
    return call.world.find_interaction(call.id("webhook_id"), call.params["webhook_token"])


def _writer(call: Call, interaction: Interaction) -> Writer:
    return Writer(call.world, interaction.channel, call.world.bot, interaction)


def _message(call: Call, interaction: Interaction) -> Message:
    message = interaction.message(call.id("message_id")) if "message_id" in call.params else interaction.original
    if message is None or message.deleted:
        raise refused(10008)
    return message


def _shown(call: Call, message: Message) -> Answer:
    return message.payload() if call.query.get("wait") in ("1", "true") else None


HANDLERS: dict[str, Handler] = {
    "execute_webhook": execute_webhook,
    "get_original_webhook_message": get_message,
    "update_original_webhook_message": update_message,
    "delete_original_webhook_message": delete_message,
    "get_webhook_message": get_message,
    "update_webhook_message": update_message,
    "delete_webhook_message": delete_message,
}
