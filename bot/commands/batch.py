"""``/batch``: submissions of profiles, from their creation to their results."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.app_commands import Choice, Range

from bot.access import at_least, known
from bot.answering import begin, say
from bot.buttons import ask_to_delete, batch_buttons
from bot.cards import batch_card
from bot.commands import options
from bot.context import context_of
from bot.importing import Wish, look_over
from bot.list_cards import batches_card
from bot.results import send_results, stand_of
from bot.showing import cost_of, lowered, shown_here
from bot.text import counted, plain
from core.domain.actor import Role
from core.domain.verdict import Outcome
from core.errors import InvalidInput

Id = Range[str, 1, 100]
_LISTED = 25
_STATES = [Choice(name="Ready, in line or stopped", value="queued")]
_STATES += [Choice(name="Running", value="in_progress"), Choice(name="Done", value="done")]
_OUTCOMES = [
    Choice(name="Live", value="live"),
    Choice(name="No story", value="none"),
    Choice(name="Private", value="private"),
    Choice(name="Gone", value="gone"),
    Choice(name="Unknown", value="unknown"),
]


class BatchCommands(app_commands.Group):
    """Batches."""

    def __init__(self) -> None:
        super().__init__(
            name="batch", description="Batches: profiles to be checked, and what was found", guild_only=True
        )

    @app_commands.command(name="create", description="Make a batch of a niche, or of a list that you attach")
    @app_commands.describe(
        niche="Its active profiles; beside a file: where new names go",
        file="A .txt, .csv or .list file, looked over first",
        name="What the batch is called",
        recheck="Ask about everybody, those checked a moment ago too",
    )
    @app_commands.autocomplete(niche=options.niches)
    async def create(
        self,
        interaction: discord.Interaction,
        niche: Range[str, 1, 100] | None = None,
        file: discord.Attachment | None = None,
        name: Range[str, 1, 120] | None = None,
        recheck: bool = False,
    ) -> None:
        """Make a batch; one of a list after it was looked over and imported."""
        actor = at_least(interaction, Role.OPERATOR, "create batches")
        if file is not None:
            await look_over(interaction, file, Wish(niche, name, recheck, batch=True))
            return
        if niche is None:
            raise InvalidInput("niche", "name a niche, or attach a list of profiles to check")
        await begin(interaction)
        batch = await context_of(interaction).app.batches.create(actor, niche=niche, name=name, recheck=recheck)
        more = await cost_of(interaction, batch) + await shown_here(interaction, batch)
        left_out = f" {counted(batch.skipped, 'profile')} left out: paused or gone." if batch.skipped else ""
        said = f"{plain(batch.name)}: {counted(batch.total, 'profile')}, {lowered(batch.shown_status)}."
        await say(interaction, f"{said}{left_out}{more}")

    @app_commands.command(name="start", description="Start a batch, or let a stopped one go on")
    @app_commands.describe(batch="Choose one; or the first characters of its id")
    @app_commands.autocomplete(batch=options.batches)
    async def start(self, interaction: discord.Interaction, batch: Id) -> None:
        """Start a batch."""
        await begin(interaction)
        actor = at_least(interaction, Role.OPERATOR, "start batches")
        (started,) = await context_of(interaction).app.batches.start(actor, [batch])
        more = await cost_of(interaction, started, whole=False) + await shown_here(interaction, started)
        await say(interaction, f"{plain(started.name)}: {lowered(started.shown_status)}.{more}")

    @app_commands.command(name="stop", description="Stop a batch; what is done is kept")
    @app_commands.describe(batch="Choose one; or the first characters of its id")
    @app_commands.autocomplete(batch=options.batches)
    async def stop(self, interaction: discord.Interaction, batch: Id) -> None:
        """Stop a batch."""
        await begin(interaction)
        actor = at_least(interaction, Role.OPERATOR, "stop batches")
        (stopped,) = await context_of(interaction).app.batches.stop(actor, [batch])
        await say(interaction, f"{plain(stopped.name)}: {lowered(stopped.shown_status)}. What is done is kept.")

    @app_commands.command(name="delete", description="Delete a batch with its results, after a question")
    @app_commands.describe(batch="Choose one; or the first characters of its id")
    @app_commands.autocomplete(batch=options.batches)
    async def delete(self, interaction: discord.Interaction, batch: Id) -> None:
        """Ask whether a batch should be deleted."""
        await begin(interaction)
        await ask_to_delete(interaction, batch)

    @app_commands.command(name="list", description="Batches, the newest first")
    @app_commands.describe(state="Only those in this state")
    @app_commands.choices(state=_STATES)
    async def list_batches(self, interaction: discord.Interaction, state: Choice[str] | None = None) -> None:
        """List batches."""
        await begin(interaction)
        app = context_of(interaction).app
        status = None if state is None else state.value
        found = await app.batches.list(known(interaction), count=_LISTED, status=status)
        await say(interaction, embed=batches_card(found))

    @app_commands.command(name="show", description="How a batch stands")
    @app_commands.describe(
        batch="Choose one; or the first characters of its id", here="Also show it to everybody here, kept up to date"
    )
    @app_commands.autocomplete(batch=options.batches)
    async def show(self, interaction: discord.Interaction, batch: Id, here: bool = False) -> None:
        """Show a batch."""
        await begin(interaction)
        context = context_of(interaction)
        shown = await context.app.batches.show(known(interaction), batch)
        more = ""
        if here:
            at_least(interaction, Role.OPERATOR, "show batches in a channel")
            more = await shown_here(interaction, shown)
        card = batch_card(await stand_of(context, interaction, shown), context.app.clock.now())
        await say(interaction, more.strip() or None, embed=card, view=batch_buttons(shown))

    @app_commands.command(name="results", description="What a batch found: in pages, and as a file")
    @app_commands.describe(batch="Choose one; or the first characters of its id", found="Whom the pages show")
    @app_commands.choices(found=_OUTCOMES)
    @app_commands.autocomplete(batch=options.batches)
    async def results(self, interaction: discord.Interaction, batch: Id, found: Choice[str] | None = None) -> None:
        """Send a batch's results."""
        await begin(interaction)
        outcome = Outcome.LIVE if found is None else Outcome(found.value)
        await send_results(interaction, context_of(interaction), batch, outcome)

    @app_commands.command(name="retry", description="Check once more whom a batch could not tell about")
    @app_commands.describe(batch="Choose one; or the first characters of its id")
    @app_commands.autocomplete(batch=options.batches)
    async def retry(self, interaction: discord.Interaction, batch: Id) -> None:
        """Make a batch of the unknown ones and start it."""
        await begin(interaction)
        actor = at_least(interaction, Role.OPERATOR, "create batches")
        app = context_of(interaction).app
        made = await app.batches.retry_unknown(actor, batch)
        if made.status != "done":
            (made,) = await app.batches.start(actor, [made.id])
        more = await shown_here(interaction, made)
        await say(
            interaction, f"{plain(made.name)}: {counted(made.total, 'profile')} once more. {made.shown_status}.{more}"
        )
