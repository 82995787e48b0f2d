"""``/schedule``: niches that get their batches by themselves."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence

import discord
from discord import app_commands
from discord.app_commands import Choice, Range

from bot.access import at_least, known
from bot.answering import begin, say
from bot.asking import Question
from bot.commands import options
from bot.context import context_of
from bot.schedule_cards import schedule_card, schedules_card
from bot.showing import may_write
from bot.text import plain
from core.app import App
from core.domain.actor import Actor, Role
from core.errors import InvalidInput, NotFound
from core.services.views import BudgetView, ScheduleDraft, ScheduleView

Name = Range[str, 1, 100]
Text = Range[str, 1, 120]
_COMING, _RUNS = 5, 8
_ONLY = [
    Choice(name="Everybody", value="all"),
    Choice(name="Those with a story", value="with_story"),
    Choice(name="Those without a story", value="without_story"),
]
_MAY_NOT_WRITE = (
    "Storywatch may not write in this channel, so the batches of this schedule show nowhere in Discord; give it View "
    "Channel, Send Messages and Embed Links, and add the schedule again, or edit it in the panel."
)


class ScheduleCommands(app_commands.Group):
    """Schedules."""

    def __init__(self) -> None:
        super().__init__(
            name="schedule", description="Schedules: niches that get batches by themselves", guild_only=True
        )

    @app_commands.command(name="add", description="Let niches get a batch again and again, shown in this channel")
    @app_commands.describe(
        niche="Whom it checks",
        more_niches="Further niches, apart by commas",
        every="How long from run to run: 90m, 4h or 1d",
        cron="Or at fixed times: minute, hour, day, month, day of the week, as 30 9 * * mon-fri",
        name="What it is called",
        timezone="Such as Europe/Berlin",
        active="Only within these hours: 08:00-22:00",
        jitter="Put each run off by chance, by so much at most: 10m",
        fresh="Take over verdicts of the last so many minutes: 60m; 0 checks everybody",
        only="Whom of the niches",
        stop_at_target="Leave a niche out for the day when its target of stories is met",
        mention="A role that its alerts mention",
        only_changes="Tell only of changes",
        show_here="Show its batches in this channel",
        anyway="Add it although the routes may not do that much",
    )
    @app_commands.choices(only=_ONLY)
    @app_commands.autocomplete(niche=options.niches, timezone=options.time_zones)
    async def add(
        self,
        interaction: discord.Interaction,
        niche: Name,
        every: Text | None = None,
        cron: Text | None = None,
        more_niches: Range[str, 1, 1_000] | None = None,
        name: Text | None = None,
        timezone: Name | None = None,
        active: Text | None = None,
        jitter: Text | None = None,
        fresh: Text | None = None,
        only: Choice[str] | None = None,
        stop_at_target: bool = False,
        mention: discord.Role | None = None,
        only_changes: bool = False,
        show_here: bool = True,
        anyway: bool = False,
    ) -> None:
        """Add a schedule."""
        await begin(interaction)
        actor = at_least(interaction, Role.OPERATOR, "add schedules")
        app = context_of(interaction).app
        shown = show_here and may_write(interaction)
        draft = ScheduleDraft(
            niches=(niche, *_apart(more_niches)),
            every=every or "",
            cron=cron or "",
            name=name,
            timezone=timezone,
            jitter=jitter or "",
            active=active or "",
            fresh=fresh or "",
            only="all" if only is None else only.value,
            stop_at_target=stop_at_target,
            only_changes=only_changes,
            guild_id=interaction.guild_id if shown else None,
            channel_id=interaction.channel_id if shown else None,
            mention=None if mention is None else mention.id,
        )
        estimated = app.estimates.budget_of_schedule if anyway else app.estimates.must_fit
        budget = await estimated(actor, draft)
        view = await app.schedules.add(actor, draft)
        card = await _card(app, actor, view, budget)
        await say(interaction, _MAY_NOT_WRITE if show_here and not shown else None, embed=card)

    @app_commands.command(name="list", description="All schedules, or one with its coming and its last runs")
    @app_commands.describe(schedule="Choose one; without it, all")
    @app_commands.autocomplete(schedule=options.schedules)
    async def list_schedules(self, interaction: discord.Interaction, schedule: Name | None = None) -> None:
        """List schedules."""
        await begin(interaction)
        app, actor = context_of(interaction).app, known(interaction)
        if schedule is None:
            await say(interaction, embed=schedules_card(await app.schedules.list(actor)))
            return
        view = await app.schedules.get(actor, schedule)
        await say(interaction, embed=await _card(app, actor, view, await _budget_of(app, actor, view)))

    @app_commands.command(name="pause", description="Let a schedule run no more until it is resumed")
    @app_commands.describe(schedule="Choose one")
    @app_commands.autocomplete(schedule=options.schedules)
    async def pause(self, interaction: discord.Interaction, schedule: Name) -> None:
        """Pause a schedule."""
        await begin(interaction)
        actor = at_least(interaction, Role.OPERATOR, "pause schedules")
        view = await _one(context_of(interaction).app.schedules.pause(actor, [schedule]))
        await say(interaction, f"{plain(view.name)} is paused. A batch that runs goes on.")

    @app_commands.command(name="resume", description="Let a paused schedule run again")
    @app_commands.describe(schedule="Choose one")
    @app_commands.autocomplete(schedule=options.schedules)
    async def resume(self, interaction: discord.Interaction, schedule: Name) -> None:
        """Resume a schedule."""
        await begin(interaction)
        actor = at_least(interaction, Role.OPERATOR, "resume schedules")
        app = context_of(interaction).app
        view = await _one(app.schedules.resume(actor, [schedule]))
        said = f"{plain(view.name)} runs again. What was missed is not made up for."
        await say(interaction, said, embed=await _card(app, actor, view, None))

    @app_commands.command(name="run", description="Let a schedule run once, now")
    @app_commands.describe(schedule="Choose one; a paused one, too")
    @app_commands.autocomplete(schedule=options.schedules)
    async def run(self, interaction: discord.Interaction, schedule: Name) -> None:
        """Run a schedule now."""
        await begin(interaction)
        actor = at_least(interaction, Role.OPERATOR, "run schedules")
        (run,) = await context_of(interaction).app.schedules.run_now(actor, [schedule])
        await say(interaction, f"A run of {plain(run.schedule)} is begun; whoever has the engine makes its batch.")

    @app_commands.command(name="remove", description="Remove a schedule, after a question; its batches stay")
    @app_commands.describe(schedule="Choose one")
    @app_commands.autocomplete(schedule=options.schedules)
    async def remove(self, interaction: discord.Interaction, schedule: Name) -> None:
        """Ask whether a schedule should be removed."""
        await begin(interaction)
        actor = at_least(interaction, Role.OPERATOR, "remove schedules")
        view = await context_of(interaction).app.schedules.get(actor, schedule)

        async def removed(press: discord.Interaction) -> str:
            who = at_least(press, Role.OPERATOR, "remove schedules")
            await context_of(press).app.schedules.remove(who, [view.id])
            return f"{plain(view.name)} is removed. Batches that it made stay."

        await say(
            interaction,
            f"Remove {plain(view.name)}? Nothing is checked by it any more, and the list of its runs goes. Batches "
            "that it made stay.",
            view=Question("Remove the schedule", removed, kept="It is kept."),
        )


def _apart(typed: str | None) -> list[str]:
    """Niches that were typed one behind the other."""
    return [] if typed is None else [name.strip() for name in typed.split(",") if name.strip()]


async def _one(verb: Awaitable[Sequence[ScheduleView]]) -> ScheduleView:
    (view,) = await verb
    return view


async def _budget_of(app: App, actor: Actor, view: ScheduleView) -> BudgetView | None:
    """What it costs; None where its last niche was deleted."""
    try:
        return await app.estimates.budget_of_schedule(actor, view.draft)
    except InvalidInput:
        return None


async def _card(app: App, actor: Actor, view: ScheduleView, budget: BudgetView | None) -> discord.Embed:
    try:
        coming = await app.schedules.coming(actor, view.id, _COMING)
        runs = await app.schedules.runs(actor, view.id, _RUNS)
    except NotFound:
        # Somebody removed it a moment ago: then what was done is told.
        coming, runs = (), ()
    return schedule_card(view, coming, runs, budget)
