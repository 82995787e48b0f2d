"""``/check``: a niche, which becomes a batch with a living message, or a few names with the answer at once."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.app_commands import Range

from bot.access import at_least
from bot.answering import begin, say
from bot.commands import options
from bot.context import context_of
from bot.profile_cards import checks_cards
from bot.showing import lowered, shown_here
from bot.text import counted, plain
from core.app import App
from core.domain.actor import Actor, Role
from core.errors import InvalidInput, UserError
from core.services.views import BatchView

ANSWERED_WITHIN = 60.0
_LOOK_EVERY = 0.5


@app_commands.command(name="check", description="Check a niche, or up to 50 usernames and see the answer here")
@app_commands.describe(
    niche="All active profiles of it; beside usernames: where those go that are not known yet",
    usernames="Up to 50, apart by blanks",
    recheck="Ask about everybody, those checked a moment ago too",
)
@app_commands.autocomplete(niche=options.niches, usernames=options.usernames)
async def check(
    interaction: discord.Interaction,
    niche: Range[str, 1, 100] | None = None,
    usernames: Range[str, 1, 2_000] | None = None,
    recheck: bool = False,
) -> None:
    """Make a batch, start it, and show what it says."""
    actor = at_least(interaction, Role.OPERATOR, "create batches")
    if usernames is not None:
        names = options.names_in(usernames)
        await begin(interaction, private=False)
        try:
            await _check_names(interaction, actor, names, niche, recheck=recheck)
        except UserError:
            # What is wrong is told to whoever asked, and not to the channel.
            await interaction.delete_original_response()
            raise
    elif niche is not None:
        await begin(interaction)
        await _check_niche(interaction, actor, niche, recheck=recheck)
    else:
        raise InvalidInput("check", "name a niche or some usernames")


async def _check_niche(interaction: discord.Interaction, actor: Actor, niche: str, *, recheck: bool) -> None:
    app = context_of(interaction).app
    batch = await app.batches.create(actor, niche=niche, recheck=recheck)
    if batch.status != "done":
        (batch,) = await app.batches.start(actor, [batch.id])
    more = await shown_here(interaction, batch)
    left_out = f" {counted(batch.skipped, 'profile')} left out: paused or gone." if batch.skipped else ""
    said = f"{plain(batch.name)}: {counted(batch.total, 'profile')}, {lowered(batch.shown_status)}."
    await say(interaction, f"{said}{left_out}{more}")


async def _check_names(
    interaction: discord.Interaction, actor: Actor, names: list[str], niche: str | None, *, recheck: bool
) -> None:
    app = context_of(interaction).app
    if niche is not None:
        await app.profiles.add(actor, names, niche)
    batch = await app.batches.create(actor, names=names, recheck=recheck)
    if batch.status != "done":
        (batch,) = await app.batches.start(actor, [batch.id], leave_done=True)
        await say(interaction, f"Checking {counted(batch.total, 'profile')}…", private=False)
        batch = await _ended(app, actor, batch)
    checks = [check async for check in await app.batches.results(actor, batch.id)]
    said = None
    if batch.status != "done":
        waits = f"; it waits: {plain(batch.waiting_reason)}" if batch.waiting_reason else ""
        more = await shown_here(interaction, batch)
        said = f"{batch.finished:,} of {counted(batch.total, 'profile')} checked so far{waits}.{more}"
    # Within a minute the answer itself can be changed, also where the bot may not write.
    cards = checks_cards(checks, app.clock.now(), app.public_pages.of) if checks else []
    await interaction.edit_original_response(content=said, embeds=cards)


async def _ended(app: App, actor: Actor, batch: BatchView) -> BatchView:
    """The batch when it is done, or after a minute as it is then."""
    until = app.clock.monotonic() + ANSWERED_WITHIN
    while batch.status != "done" and app.clock.monotonic() < until:
        await app.clock.sleep(_LOOK_EVERY)
        batch = await app.batches.show(actor, batch.id)
    return batch
