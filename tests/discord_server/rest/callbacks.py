"""First answers to interactions."""

from __future__ import annotations

from tests.discord_server.components import numbered
from tests.discord_server.interaction import Choice, Interaction
from tests.discord_server.messages import Message
from tests.discord_server.refusals import Complaints, refused
from tests.discord_server.rest.call import Answer, Call, Handler
from tests.discord_server.wire import NO_FLAGS, AnswerKind, InteractionKind, Json, MessageFlag
from tests.discord_server.writing import Writer

# How each kind of interaction may be answered first; a modal that no message opened changes no message.
ALLOWED = {
    InteractionKind.COMMAND: {AnswerKind.MESSAGE, AnswerKind.DEFER_MESSAGE, AnswerKind.MODAL},
    InteractionKind.COMPONENT: set(AnswerKind) - {AnswerKind.PONG, AnswerKind.CHOICES},
    InteractionKind.AUTOCOMPLETE: {AnswerKind.CHOICES},
    InteractionKind.MODAL_SUBMIT: set(AnswerKind) - {AnswerKind.PONG, AnswerKind.CHOICES, AnswerKind.MODAL},
}
MOST_CHOICES = 25
MOST_MODAL_PARTS = 5


async def create_interaction_response(call: Call) -> Answer:
    """The first answer; it comes within three seconds and once."""
    interaction = call.world.interactions.get(call.params["interaction_token"])
    if interaction is None or interaction.id != call.id("interaction_id") or interaction.late:
        raise refused(10062)
    if interaction.answer is not None:
        raise refused(40060)
    kind = AnswerKind(call.body["type"])
    _check_kind(interaction, kind)
    resource = _ANSWERS[kind](call, interaction)
    interaction.answer = kind
    call.world.hub.changed()
    answer: Json = {"interaction": interaction.callback_payload()}
    if resource is not None:
        answer["resource"] = {"type": int(kind), "message": resource.payload()}
    return answer


def _check_kind(interaction: Interaction, kind: AnswerKind) -> None:
    allowed = ALLOWED[interaction.kind]
    if interaction.source is None:
        allowed = allowed - {AnswerKind.UPDATE, AnswerKind.DEFER_UPDATE}
    if kind not in allowed:
        complaints = Complaints()
        message = f"Value must be one of {tuple(int(each) for each in sorted(allowed))}."
        complaints.add(("type",), "BASE_TYPE_CHOICES", message)
        complaints.check()


def _write(call: Call, interaction: Interaction, extra: MessageFlag) -> Message:
    body = call.body.get("data") or {}
    extra |= MessageFlag(body.get("flags") or 0) & MessageFlag.EPHEMERAL

    def keep(message: Message) -> None:
        interaction.original = message

    writer = Writer(call.world, interaction.channel, call.world.bot, interaction)
    kind = interaction.answer_message_kind
    return writer.write(body, call.files, extra=extra, kind=kind, at=("data",), before_it_shows=keep)


def _message(call: Call, interaction: Interaction) -> Message:
    return _write(call, interaction, NO_FLAGS)


def _defer_message(call: Call, interaction: Interaction) -> None:
    _write(call, interaction, MessageFlag.LOADING)


def _defer_update(call: Call, interaction: Interaction) -> None:
    interaction.original = interaction.source


def _update(call: Call, interaction: Interaction) -> Message:
    message = interaction.source
    assert message is not None, "answers that need a message were refused without one"
    if message.deleted:
        raise refused(10008)
    writer = Writer(call.world, interaction.channel, call.world.bot, interaction)
    writer.rewrite(message, call.body.get("data") or {}, call.files, at=("data",))
    interaction.original = message
    return message


def _choices(call: Call, interaction: Interaction) -> None:
    offered = call.body["data"].get("choices") or []
    if len(offered) > MOST_CHOICES:
        complaints = Complaints()
        message = f"Must be {MOST_CHOICES} or fewer in length."
        complaints.add(("data", "choices"), "BASE_TYPE_BAD_LENGTH", message)
        complaints.check()
    interaction.choices = [Choice(choice["name"], choice["value"]) for choice in offered]


def _modal(call: Call, interaction: Interaction) -> None:
    modal = call.body["data"]
    if len(modal["components"]) > MOST_MODAL_PARTS:
        complaints = Complaints()
        message = f"Must be between 1 and {MOST_MODAL_PARTS} in length."
        complaints.add(("data", "components"), "BASE_TYPE_BAD_LENGTH", message)
        complaints.check()
    interaction.modal = modal | {"components": numbered(modal["components"])}


_ANSWERS = {
    AnswerKind.MESSAGE: _message,
    AnswerKind.DEFER_MESSAGE: _defer_message,
    AnswerKind.DEFER_UPDATE: _defer_update,
    AnswerKind.UPDATE: _update,
    AnswerKind.CHOICES: _choices,
    AnswerKind.MODAL: _modal,
}

HANDLERS: dict[str, Handler] = {"create_interaction_response": create_interaction_response}
