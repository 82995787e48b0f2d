"""``storywatch schedule``: niches that get batches by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Annotated, TypeVar
from zoneinfo import ZoneInfo

import typer

from cli import schedule_lines
from cli.batches import tell_budget
from cli.door import Door, Json, door_of, noun
from core.app import App
from core.domain.time_zone import zone_named
from core.errors import InvalidInput
from core.services.views import ScheduleDraft, ScheduleRunView, ScheduleView

V = TypeVar("V")

Name = Annotated[str, typer.Argument(metavar="NAME", help="The schedule, by its name or id; case does not matter.")]
Names = Annotated[list[str], typer.Argument(metavar="NAME…", help="Schedules, by their names or ids.")]
Every = Annotated[str, typer.Option("--every", metavar="TIME", help="From run to run: 90m, 4h, 1d.")]
Cron = Annotated[
    str, typer.Option("--cron", metavar="RULE", help="Minute, hour, day, month, day of the week: '30 9 * * mon-fri'.")
]
Zone = Annotated[
    str | None,
    typer.Option("--timezone", metavar="ZONE", help="Such as Europe/Berlin; by default STORYWATCH_TIMEZONE."),
]
Jitter = Annotated[str, typer.Option("--jitter", metavar="TIME", help="Put each run off by up to so much: 10m.")]
Active = Annotated[str, typer.Option("--active", metavar="HOURS", help="Run only within these hours: 08:00-22:00.")]


def commands() -> typer.Typer:
    """The commands of this noun."""
    group = noun("Schedules: niches that get batches by themselves.")
    group.command("add")(add)
    group.command("list")(list_schedules)
    group.command("show")(show)
    group.command("runs")(runs)
    group.command("pause")(pause)
    group.command("resume")(resume)
    group.command("run")(run_now)
    group.command("remove")(remove)
    group.command("preview")(preview)
    return group


def add(
    context: typer.Context,
    niche: Annotated[list[str], typer.Option("--niche", "-n", metavar="NAME", help="Whom it checks; may be repeated.")],
    every: Every = "",
    cron: Cron = "",
    name: Annotated[str | None, typer.Option("--name", help="What it is called.")] = None,
    timezone: Zone = None,
    jitter: Jitter = "",
    active: Active = "",
    fresh: Annotated[
        str, typer.Option("--fresh", metavar="TIME", help="Take over verdicts not older than this: 60m; 0 takes none.")
    ] = "",
    only: Annotated[
        str, typer.Option("--only", metavar="WHO", help="with-story or without-story, as last known; all by default.")
    ] = "all",
    stop_at_target: Annotated[
        bool, typer.Option("--stop-at-target", help="Check no niche further that met its daily story target.")
    ] = False,
    channel: Annotated[
        int | None, typer.Option("--channel", metavar="ID", help="Discord channel in which its batches are shown.")
    ] = None,
    server: Annotated[
        int | None, typer.Option("--server", metavar="ID", help="That channel's server, where the bot is in several.")
    ] = None,
    mention: Annotated[
        int | None, typer.Option("--mention", metavar="ID", help="Discord role that its alerts mention.")
    ] = None,
    only_changes: Annotated[
        bool, typer.Option("--only-changes", help="Send its alerts only when something changed.")
    ] = False,
    start: Annotated[
        str, typer.Option("--from", metavar="TIME", help="First run of --every; by default one interval from now.")
    ] = "",
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Add it although the routes may not do that much in a day.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Let niches get a batch by the clock.

    The runs happen while `storywatch run` runs.  One that needs more than the limits let the routes do is refused.

    \b
      storywatch schedule add --niche food --every 4h --active 08:00-22:00
      storywatch schedule add --niche food --niche art --cron '30 9 * * mon-fri' --timezone Europe/Berlin
    """
    door = door_of(context)

    async def verb(app: App) -> None:
        draft = ScheduleDraft(
            niches=tuple(niche),
            every=every,
            cron=cron,
            name=name,
            timezone=timezone,
            jitter=jitter,
            active=active,
            fresh=fresh,
            only=only,
            stop_at_target=stop_at_target,
            only_changes=only_changes,
            guild_id=server,
            channel_id=channel,
            mention=mention,
            starts_at=_moment(start, timezone, app.settings.zone),
        )
        estimated = app.estimates.budget_of_schedule if anyway else app.estimates.must_fit
        budget = await estimated(door.actor, draft)
        view = await app.schedules.add(door.actor, draft)
        tell_budget(door, budget)
        _show(door, app, [view], as_json)
        await _say_if_nothing_runs(door, app)

    door.run(verb)


def list_schedules(context: typer.Context, as_json: Json = False) -> None:
    """List the schedules with their next and their last run."""
    door = door_of(context)

    async def verb(app: App) -> None:
        _show(door, app, await app.schedules.list(door.actor), as_json)

    door.run(verb)


def show(
    context: typer.Context,
    schedule: Name,
    count: Annotated[int, typer.Option("--count", help="How many coming runs.")] = 5,
    as_json: Json = False,
) -> None:
    """Show a schedule and its coming runs.

    With --json only the schedule.
    """
    door = door_of(context)

    async def verb(app: App) -> None:
        view = await app.schedules.get(door.actor, schedule)
        _show(door, app, [view], as_json)
        if not as_json:
            door.screen.show(schedule_lines.coming_table(await app.schedules.coming(door.actor, view.id, count)))

    door.run(verb)


def runs(
    context: typer.Context,
    schedule: Annotated[str | None, typer.Argument(metavar="NAME", help="By default of all schedules.")] = None,
    count: Annotated[int, typer.Option("--count", help="At most so many, 1 to 1,000.")] = 20,
    as_json: Json = False,
) -> None:
    """List the last runs and what became of them, the newest first."""
    door = door_of(context)

    async def verb(app: App) -> None:
        _show_runs(door, await app.schedules.runs(door.actor, schedule, count), as_json)

    door.run(verb)


def pause(context: typer.Context, schedules: Names, as_json: Json = False) -> None:
    """Let schedules run no more until they are resumed."""
    door = door_of(context)

    async def verb(app: App) -> None:
        _show(door, app, await app.schedules.pause(door.actor, schedules), as_json)

    door.run(verb)


def resume(context: typer.Context, schedules: Names, as_json: Json = False) -> None:
    """Let paused schedules run again.

    What they missed is not made up for.
    """
    door = door_of(context)

    async def verb(app: App) -> None:
        _show(door, app, await app.schedules.resume(door.actor, schedules), as_json)

    door.run(verb)


def run_now(context: typer.Context, schedules: Names, as_json: Json = False) -> None:
    """Run schedules once, now.

    Whoever has the engine makes the batch; `storywatch schedule runs NAME` says what became of it.
    """
    door = door_of(context)

    async def verb(app: App) -> None:
        _show_runs(door, await app.schedules.run_now(door.actor, schedules), as_json)
        await _say_if_nothing_runs(door, app)

    door.run(verb)


def remove(context: typer.Context, schedules: Names, as_json: Json = False) -> None:
    """Remove schedules; their batches stay."""
    door = door_of(context)

    async def verb(app: App) -> None:
        views = await app.schedules.remove(door.actor, schedules)
        if as_json:
            _print(door, schedule_lines.schedule, views)
        for view in views:
            door.screen.remark(f'The schedule "{view.name}" is removed; its batches stay.')

    door.run(verb)


def preview(
    context: typer.Context,
    every: Every = "",
    cron: Cron = "",
    timezone: Zone = None,
    start: Annotated[
        str, typer.Option("--from", metavar="TIME", help="Begin then, not now: 2026-03-28T12:00, or with its offset.")
    ] = "",
    count: Annotated[int, typer.Option("--count", help="How many runs, 1 to 1,000.")] = 5,
    jitter: Jitter = "",
    active: Active = "",
    as_json: Json = False,
) -> None:
    """Print the runs that a rule would give; nothing is stored.

    \b
      storywatch schedule preview --cron '30 2 * * *' --timezone Europe/Berlin --from 2026-03-28T00:00 --count 3
    """
    door = door_of(context)

    async def verb(app: App) -> None:
        coming = await app.schedules.preview(
            door.actor,
            every=every,
            cron=cron,
            timezone=timezone,
            start=_moment(start, timezone, app.settings.zone),
            count=count,
            jitter=jitter,
            active=active,
        )
        if as_json:
            _print(door, schedule_lines.coming, coming)
        else:
            door.screen.show(schedule_lines.coming_table(coming))

    door.run(verb)


def _show(door: Door, app: App, views: Iterable[ScheduleView], as_json: bool) -> None:
    if as_json:
        _print(door, schedule_lines.schedule, views)
    else:
        door.screen.show(schedule_lines.schedules_table(tuple(views), app.clock.now()))


def _show_runs(door: Door, views: Iterable[ScheduleRunView], as_json: bool) -> None:
    if as_json:
        _print(door, schedule_lines.run, views)
    else:
        door.screen.show(schedule_lines.runs_table(tuple(views)))


def _print(door: Door, record: Callable[[V], schedule_lines.Record], views: Iterable[V]) -> None:
    for view in views:
        door.screen.record(record(view))


async def _say_if_nothing_runs(door: Door, app: App) -> None:
    if not (await app.monitoring.engine(door.actor)).alive:
        door.screen.remark("No engine runs, so nothing happens yet. Start one with: storywatch run")


def _moment(text: str, timezone: str | None, deployment: ZoneInfo) -> datetime | None:
    """The moment that *text* means; without an offset, by the clock of the time zone."""
    if not text.strip():
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise InvalidInput("from", f'write a time such as 2026-03-28T12:00, not "{text.strip()[:40]}"') from None
    if moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=zone_named(timezone) if timezone else deployment)
