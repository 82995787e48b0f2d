"""A batch's results for whoever asks: how it stands, its stories as links in pages, and the file with all of it.

The buttons that turn pages carry what they need in their ids, so that they work after a restart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Self

import discord
from discord import ButtonStyle, ui

from bot.access import known
from bot.answering import say
from bot.cards import GOOD, QUIET, BatchStand, batch_card
from bot.context import BotContext, context_of
from bot.door import pressed
from bot.outgoing import file_name, files_of, most_bytes
from bot.profile_cards import story_line
from bot.text import within
from core.domain.check_filter import CheckFilter
from core.domain.verdict import Outcome
from core.services.exports import Form
from core.services.views import BatchView, ChecksPage
from core.settings import Platform

PAGE = 25
_TITLES = {
    Outcome.LIVE: "Live",
    Outcome.NONE: "No story",
    Outcome.PRIVATE: "Private",
    Outcome.GONE: "Gone",
    Outcome.UNKNOWN: "Unknown",
}
_TOO_MANY = "They are too many for a file in Discord; export them in the panel: {address}"
_LIST_ROOM = 3_600


async def send_results(
    interaction: discord.Interaction, context: BotContext, batch_id: str, outcome: Outcome = Outcome.LIVE
) -> None:
    """Answer with how a batch stands, a page of the checks that found *outcome*, and all finished checks as a file.

    Raises:
        NotFound: There is no such batch.
    """
    app, actor = context.app, known(interaction)
    batch = await app.batches.show(actor, batch_id)
    card = batch_card(await stand_of(context, interaction, batch), app.clock.now())
    if not batch.finished:
        await say(interaction, "No check of it is finished yet.", embed=card)
        return
    if not batch.results_kept:
        await say(interaction, "Its results were kept for 90 days; only the counts are left.", embed=card)
        return
    found = await _page(interaction, batch.id, outcome, 0)
    name = file_name(batch.name, app.clock.now().astimezone(app.settings.zone).date())
    files = await files_of(await app.batches.export(actor, batch.id, Form.CSV), name, most_bytes(interaction))
    text = "" if files is not None else _TOO_MANY.format(address=f"<{app.settings.panel_url}>")
    pages = page_card(found, outcome, 0, context)
    view = page_buttons(batch.id, outcome, 0, found.total or 0)
    await interaction.followup.send(text, embeds=[card, pages], view=view, files=(files or [])[:1], ephemeral=True)
    for file in (files or [])[1:]:
        await say(interaction, files=[file])


async def stand_of(context: BotContext, interaction: discord.Interaction, batch: BatchView) -> BatchStand:
    """A batch as its card shows it, without its pace."""
    app, actor = context.app, known(interaction)
    return BatchStand(
        batch=batch,
        reasons=await app.batches.unknown_reasons(actor, batch.id) if batch.unknown else {},
        rate=None,
        done_at=None,
        overview=await app.monitoring.overview(actor),
        is_sandbox=app.settings.platform is Platform.SANDBOX,
    )


def page_card(found: ChecksPage, outcome: Outcome, page: int, context: BotContext) -> discord.Embed:
    """One page of the checks that found the same."""
    now, page_of = context.app.clock.now(), context.app.public_pages.of
    lines = [story_line(each.check, now, page_of) for each in found.checks]
    total = found.total or 0
    card = discord.Embed(title=f"{_TITLES[outcome]}: {total:,}", colour=GOOD if outcome is Outcome.LIVE else QUIET)
    card.description = within(lines, _LIST_ROOM) or "Nobody."
    if last_page(total):
        card.set_footer(text=f"Page {page + 1:,} of {last_page(total) + 1:,}")
    return card


def page_buttons(batch_id: str, outcome: Outcome, page: int, total: int) -> ui.View:
    """The ways to the pages beside this one; none where there is only one page."""
    view = ui.View(timeout=None)
    if last_page(total):
        view.add_item(PageButton(batch_id, outcome, page, -1, disabled=page == 0))
        view.add_item(PageButton(batch_id, outcome, page, 1, disabled=page >= last_page(total)))
    return view


def last_page(total: int) -> int:
    """The number of the last page; the first is 0."""
    return max(0, (total - 1) // PAGE)


class PageButton(
    ui.DynamicItem[ui.Button[ui.View]],
    template=r"sw:page:(?P<batch>[0-9a-f-]{36}):(?P<outcome>[a-z]+):(?P<page>[0-9]{1,7}):(?P<way>-?1)",
):
    """Turns a page.

    Args:
        page: The one that is shown.
        way: 1 or -1.
    """

    def __init__(self, batch_id: str, outcome: Outcome, page: int, way: int, *, disabled: bool = False) -> None:
        custom_id = f"sw:page:{batch_id}:{outcome.value}:{page}:{way}"
        label = "◀ Previous" if way < 0 else "Next ▶"
        super().__init__(ui.Button(label=label, style=ButtonStyle.secondary, custom_id=custom_id, disabled=disabled))
        self._batch_id, self._outcome, self._page = batch_id, outcome, max(0, page + way)

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed, from its id."""
        return cls(match["batch"], Outcome(match["outcome"]), int(match["page"]), int(match["way"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Show the page, if whoever pressed may see it."""
        await pressed(interaction, lambda: self._turn(interaction))

    async def _turn(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        found = await _page(interaction, self._batch_id, self._outcome, self._page)
        total = found.total or 0
        # A batch that runs has more pages than it had, one whose profiles were removed fewer.
        page = min(self._page, last_page(total))
        if page != self._page:
            found = await _page(interaction, self._batch_id, self._outcome, page)
        card = page_card(found, self._outcome, page, context_of(interaction))
        view = page_buttons(self._batch_id, self._outcome, page, total)
        await interaction.edit_original_response(embeds=[*_before(interaction), card], view=view)


async def _page(interaction: discord.Interaction, batch_id: str, outcome: Outcome, page: int) -> ChecksPage:
    app, actor = context_of(interaction).app, known(interaction)
    return await app.results.page(actor, batch_id, CheckFilter(outcome=outcome), skip=page * PAGE, count=PAGE)


def _before(interaction: discord.Interaction) -> Sequence[discord.Embed]:
    """The cards of the message that stand before the page."""
    return interaction.message.embeds[:-1] if interaction.message is not None else ()
