"""``/check``: a niche, which becomes a batch with a living message, or a few names with the answer at once."""

from __future__ import annotations

import asyncio

import discord
from discord import app_commands
from discord.app_commands import Range

from bot.access import at_least
from bot.answering import begin, say
from bot.commands import options
from bot.commands.showing import lowered, shown_here
from bot.context import context_of
from bot.profile_cards import checks_cards
from bot.text import counted, plain
from core.clock import Clock
from core.domain.actor import Actor, Role
from core.errors import InvalidInput
from core.events import BatchProgress, Events
from core.services.batches import Batches
from core.services.views import BatchView

ANSWERED_WITHIN = 60.0
# Other processes tell no news.
_LOOK_EVERY = 1.0


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
    await begin(interaction, private=False)
    actor = at_least(interaction, Role.OPERATOR, "create batches")
    if usernames is not None:
        await _check_names(interaction, actor, options.names_in(usernames), niche, recheck=recheck)
    elif niche is not None:
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
    await say(interaction, f"{said}{left_out}{more}", private=False)


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
        batch = await _ended(app.batches, app.events, app.clock, actor, batch)
    checks = [check async for check in await app.batches.results(actor, batch.id)]
    said = None
    if batch.status != "done":
        waits = f"; it waits: {plain(batch.waiting_reason)}" if batch.waiting_reason else ""
        more = await shown_here(interaction, batch)
        said = f"{batch.finished:,} of {counted(batch.total, 'profile')} checked so far{waits}.{more}"
    # Within a minute the answer itself can be changed, also where the bot may not write.
    cards = checks_cards(checks, app.clock.now(), app.public_pages.of) if checks else []
    await interaction.edit_original_response(content=said, embeds=cards)


async def _ended(batches: Batches, events: Events, clock: Clock, actor: Actor, batch: BatchView) -> BatchView:
    """The batch when it is done, or after a minute as it is then."""
    stirred = asyncio.Event()
    until = clock.monotonic() + ANSWERED_WITHIN
    with events.subscribe() as mailbox:

        async def listen() -> None:
            async for event in mailbox:
                if isinstance(event, BatchProgress) and event.batch == batch.id:
                    stirred.set()

        async with asyncio.TaskGroup() as group:
            listening = group.create_task(listen())
            while batch.status != "done" and clock.monotonic() < until:
                timer = clock.call_at(clock.monotonic() + _LOOK_EVERY, stirred.set)
                await stirred.wait()
                timer.cancel()
                stirred.clear()
                batch = await batches.show(actor, batch.id)
            listening.cancel()
    return batch
