"""The buttons of a batch, which work for ever: they carry the batch's id, and ask anew who pressed them.

A restart forgets nothing, because nothing about them is remembered.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any, Self

import discord
from discord import ButtonStyle, ui

from bot.access import at_least, known
from bot.answering import begin, say
from bot.context import context_of
from bot.door import pressed
from bot.results import send_results
from bot.text import plain
from core.domain.actor import Role
from core.errors import Conflict
from core.services.views import BatchView

_log = logging.getLogger(__name__)

Press = Callable[[discord.Interaction, str], Awaitable[None]]
Button = ui.Button[ui.View]


async def _start(interaction: discord.Interaction, batch_id: str) -> None:
    await begin(interaction)
    app = context_of(interaction).app
    (batch,) = await app.batches.start(at_least(interaction, Role.OPERATOR, "start batches"), [batch_id])
    await show_here(interaction, batch.id)
    await say(interaction, f"{plain(batch.name)}: {_lowered(batch.shown_status)}.")


async def _stop(interaction: discord.Interaction, batch_id: str) -> None:
    await begin(interaction)
    app = context_of(interaction).app
    (batch,) = await app.batches.stop(at_least(interaction, Role.OPERATOR, "stop batches"), [batch_id])
    await say(interaction, f"{plain(batch.name)}: {_lowered(batch.shown_status)}. What is done is kept.")


async def _results(interaction: discord.Interaction, batch_id: str) -> None:
    await begin(interaction)
    known(interaction)
    await send_results(interaction, context_of(interaction), batch_id)


async def _retry(interaction: discord.Interaction, batch_id: str) -> None:
    await begin(interaction)
    app = context_of(interaction).app
    actor = at_least(interaction, Role.OPERATOR, "create batches")
    made = await app.batches.retry_unknown(actor, batch_id)
    if made.status != "done":
        (made,) = await app.batches.start(actor, [made.id])
    await show_here(interaction, made.id)
    profiles = "1 profile" if made.total == 1 else f"{made.total:,} profiles"
    await say(interaction, f"{plain(made.name)}: {profiles} once more. {made.shown_status}.")


async def _delete(interaction: discord.Interaction, batch_id: str) -> None:
    await begin(interaction)
    await ask_to_delete(interaction, batch_id)


async def ask_to_delete(interaction: discord.Interaction, batch_id: str) -> None:
    """Ask whoever may whether a batch should be deleted."""
    at_least(interaction, Role.OPERATOR, "delete batches")
    batch = await context_of(interaction).app.batches.show(known(interaction), batch_id)
    left = batch.total - batch.finished
    what = f" {left:,} unfinished {'check' if left == 1 else 'checks'} will not happen." if left else ""
    question = ui.View(timeout=None)
    question.add_item(BatchButton("erase", batch.id, "Delete the batch", ButtonStyle.danger))
    question.add_item(BatchButton("keep", batch.id, "Keep it", ButtonStyle.secondary))
    await say(
        interaction,
        f"Delete {plain(batch.name)}?{what} Its results and log go. What was learned about the profiles stays. "
        "This cannot be undone.",
        view=question,
    )


async def _erase(interaction: discord.Interaction, batch_id: str) -> None:
    # The question is taken away at once, so that nobody presses it twice.
    await interaction.response.edit_message(content="Deleting…", view=None)
    app = context_of(interaction).app
    (batch,) = await app.batches.delete(at_least(interaction, Role.OPERATOR, "delete batches"), [batch_id])
    await interaction.edit_original_response(content=f"{plain(batch.name)} is deleted.")


async def _keep(interaction: discord.Interaction, batch_id: str) -> None:
    await interaction.response.edit_message(content="It is kept.", view=None)


_PRESSED: dict[str, Press] = {
    "start": _start,
    "stop": _stop,
    "results": _results,
    "retry": _retry,
    "delete": _delete,
    "erase": _erase,
    "keep": _keep,
}


class BatchButton(ui.DynamicItem[Button], template=rf"sw:(?P<verb>{'|'.join(_PRESSED)}):(?P<batch>[0-9a-f-]{{36}})"):
    """A button that does something with one batch."""

    def __init__(self, verb: str, batch_id: str, label: str, style: ButtonStyle) -> None:
        super().__init__(ui.Button(label=label, style=style, custom_id=f"sw:{verb}:{batch_id}"))
        self._verb = verb
        self._batch_id = batch_id

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed, from its id."""
        assert isinstance(item, ui.Button), "only buttons carry these ids"
        return cls(match["verb"], match["batch"], item.label or match["verb"], item.style)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do it, if whoever pressed may."""
        await pressed(interaction, lambda: _PRESSED[self._verb](interaction, self._batch_id))


BUTTONS = (BatchButton,)


def batch_buttons(batch: BatchView) -> ui.View:
    """What can be done with a batch as it stands."""
    view = ui.View(timeout=None)
    if batch.status == "queued" and batch.requested_at is None:
        view.add_item(BatchButton("start", batch.id, "Start", ButtonStyle.success))
    elif batch.status != "done":
        view.add_item(BatchButton("stop", batch.id, "Stop", ButtonStyle.secondary))
    view.add_item(BatchButton("results", batch.id, "Results", ButtonStyle.secondary))
    if batch.unknown:
        view.add_item(BatchButton("retry", batch.id, f"Retry unknown ({batch.unknown:,})", ButtonStyle.secondary))
    view.add_item(BatchButton("delete", batch.id, "Delete", ButtonStyle.danger))
    return view


async def show_here(interaction: discord.Interaction, batch_id: str) -> None:
    """Have the batch's message live in the channel that *interaction* comes from, unless it does already."""
    guild, channel = interaction.guild_id, interaction.channel_id
    if guild is None or channel is None:
        return
    try:
        messages = context_of(interaction).app.batch_messages
        await messages.ask_for(known(interaction), batch_id, guild_id=guild, channel_id=channel)
    except Conflict:
        _log.debug("a batch is shown there already", extra={"batch": batch_id, "channel": channel})


def _lowered(shown: str) -> str:
    return shown[:1].lower() + shown[1:]
