"""``storywatch batch``: submissions of profiles to be checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from cli import jsonlines, tables, words
from cli.check import MaxWait, Recheck, read_list
from cli.door import Door, Json, door_of, noun
from cli.exits import ExitCode
from cli.following import follow, print_endings
from core.app import App
from core.services.exports import Form
from core.services.views import BatchView, BudgetView

Id = Annotated[str, typer.Argument(metavar="ID", help="A batch's id, or its first characters (4 or more).")]
Ids = Annotated[list[str], typer.Argument(metavar="ID…", help="Ids of batches, or their first characters.")]


def commands() -> typer.Typer:
    """The commands of this noun."""
    group = noun("Batches: create, start, stop them, and read their results.")
    group.command("create")(create)
    group.command("start")(start)
    group.command("stop")(stop)
    group.command("delete")(delete)
    group.command("list")(list_batches)
    group.command("show")(show)
    group.command("results")(results)
    group.command("log")(log)
    group.command("retry")(retry)
    return group


def create(
    context: typer.Context,
    niche: Annotated[
        str | None, typer.Option("--niche", "-n", metavar="NAME", help="Check the active profiles of this niche.")
    ] = None,
    file: Annotated[
        str | None,
        typer.Option("--file", metavar="FILE", help="Check these profiles, wherever they live; - is standard input."),
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="What the batch is called.")] = None,
    recheck: Recheck = False,
    as_json: Json = False,
) -> None:
    """Create a batch of a niche or a file.

    With --file, its names are checked wherever they live; they have to be known already.  The batch
    waits until it is started.

    \b
      storywatch batch create --niche food
      storywatch batch create --niche food --file some-of-them.txt --recheck
    """
    door = door_of(context)

    async def verb(app: App) -> None:
        names = None if file is None else (await read_list(door, app, file)).names
        view = await app.batches.create(door.actor, niche=niche, names=names, name=name, recheck=recheck)
        if view.skipped:
            door.screen.remark(f"{words.count(view.skipped, 'profile')} left out: paused or gone.")
        _show(door, app, [view], as_json)
        if view.status != "done":
            tell_budget(door, await app.estimates.budget_of_batch(door.actor, view.id))
        if view.status != "done" and not as_json:
            door.screen.remark(f"Start it with: {words.go_on(view)}")

    door.run(verb)


def start(
    context: typer.Context,
    ids: Ids,
    wait: Annotated[
        bool, typer.Option("--wait", help="Run or follow them to their end, and print the checks.")
    ] = False,
    max_wait: MaxWait = None,
    as_json: Json = False,
) -> None:
    """Start batches, or let stopped ones go on.

    With --wait they are followed to their end: run here while nobody else has the engine, otherwise
    where the engine is.  This is also how an interrupted batch goes on; of one that is done meanwhile the
    checks are printed.

    \b
      storywatch batch start 3f2a --wait
    """
    door = door_of(context)

    async def verb(app: App) -> ExitCode | None:
        if not wait and max_wait is None:
            _show(door, app, await app.batches.start(door.actor, ids), as_json)
            engine = await app.monitoring.engine(door.actor)
            if not engine.alive:
                door.screen.remark("No engine runs. Start one with: storywatch run (or use --wait)")
            return None
        async with app.engine.attend("batch start"):
            await app.monitoring.require_route(door.actor)
            # Whoever was told to go on with it may come when it is done, and wants its checks all the same.
            views = await app.batches.start(door.actor, ids, leave_done=True)
            ending = await follow(door, app, views, as_json=as_json, max_wait=max_wait)
        await print_endings(door, app, ending, as_json=as_json)
        return ending.code

    door.run(verb)


def stop(context: typer.Context, ids: Ids, as_json: Json = False) -> None:
    """Stop batches; what is done is kept.

    Takes effect within a second, whoever runs them.  Starting a stopped batch goes on where it was.
    """
    door = door_of(context)

    async def verb(app: App) -> None:
        _show(door, app, await app.batches.stop(door.actor, ids), as_json)

    door.run(verb)


def delete(context: typer.Context, ids: Ids, as_json: Json = False) -> None:
    """Delete batches with their checks.

    Profiles keep what the checks told of them.
    """
    door = door_of(context)

    async def verb(app: App) -> None:
        views = await app.batches.delete(door.actor, ids)
        _show(door, app, views, as_json)
        door.screen.remark(f"{words.count(len(views), 'batch', 'batches')} deleted.")

    door.run(verb)


def list_batches(
    context: typer.Context,
    count: Annotated[int, typer.Option("--count", help="At most so many, 1 to 1,000.")] = 50,
    after: Annotated[
        str | None, typer.Option("--after", metavar="ID", help="Go on behind this one: the last id of the page before.")
    ] = None,
    status: Annotated[
        str | None, typer.Option("--status", metavar="STATUS", help="Only queued, in_progress or done ones.")
    ] = None,
    as_json: Json = False,
) -> None:
    """List batches, the newest first."""
    door = door_of(context)

    async def verb(app: App) -> None:
        _show(door, app, await app.batches.list(door.actor, count=count, after=after, status=status), as_json)

    door.run(verb)


def show(context: typer.Context, batch: Id, as_json: Json = False) -> None:
    """Show how a batch stands and why it waits."""
    door = door_of(context)

    async def verb(app: App) -> None:
        view = await app.batches.show(door.actor, batch)
        if as_json:
            door.screen.record(jsonlines.batch(view))
            return
        door.screen.show(words.batch_ended(view, await app.batches.unknown_reasons(door.actor, batch)))
        waits = words.why_it_waits(view, app.clock.now())
        if waits:
            door.screen.show(f"It {waits}.")
        if view.status != "done":
            door.screen.remark(f"Go on with it, or follow it: {words.go_on(view)}")

    door.run(verb)


def results(
    context: typer.Context,
    batch: Id,
    form: Annotated[Form | None, typer.Option("--format", help="Write the checks alone, as CSV or JSON Lines.")] = None,
    as_json: Json = False,
) -> None:
    """Print the finished checks of a batch.

    \b
      storywatch batch results 3f2a
      storywatch batch results 3f2a --format csv > results.csv
    """
    door = door_of(context)

    async def verb(app: App) -> None:
        view = await app.batches.show(door.actor, batch)
        if form is not None and not as_json:
            async for line in await app.batches.export(door.actor, view.id, form):
                door.screen.write(line)
            return
        if view.results_kept:
            await _show_checks(door, app, view, as_json)
        else:
            door.screen.remark("The results were kept for 90 days; only the counts are left.")
        if as_json:
            door.screen.record(jsonlines.batch(view))
        else:
            door.screen.show(words.batch_ended(view, await app.batches.unknown_reasons(door.actor, view.id)))

    door.run(verb)


async def _show_checks(door: Door, app: App, view: BatchView, as_json: bool) -> None:
    now = app.clock.now()
    async for check in await app.batches.results(door.actor, view.id):
        if as_json:
            door.screen.record(jsonlines.check(check))
        else:
            door.screen.show_lines([words.styled_check(check, now)])


def log(
    context: typer.Context,
    batch: Id,
    count: Annotated[int, typer.Option("--count", help="At most so many lines, 1 to 1,000.")] = 100,
    as_json: Json = False,
) -> None:
    """Show what happened to a batch, the newest first."""
    door = door_of(context)

    async def verb(app: App) -> None:
        lines = await app.batches.log(door.actor, batch, count)
        if not as_json:
            door.screen.show(tables.batch_log(lines))
            return
        for line in lines:
            door.screen.record(jsonlines.batch_event(line))

    door.run(verb)


def retry(context: typer.Context, batch: Id, as_json: Json = False) -> None:
    """Create a new batch of what stayed unknown.

    The batch waits until it is started.
    """
    door = door_of(context)

    async def verb(app: App) -> None:
        view = await app.batches.retry_unknown(door.actor, batch)
        _show(door, app, [view], as_json)
        if view.status != "done":
            door.screen.remark(f"Start it with: {words.go_on(view)}")

    door.run(verb)


def tell_budget(door: Door, budget: BudgetView) -> None:
    """Remark what checking will cost, and why that is too much, if it is."""
    door.screen.remark(f"It will take {budget.cost}.")
    if budget.warning:
        door.screen.remark(budget.warning)


def _show(door: Door, app: App, views: Sequence[BatchView], as_json: bool) -> None:
    if not as_json:
        door.screen.show(tables.batches(views, app.clock.now()))
        return
    for view in views:
        door.screen.record(jsonlines.batch(view))
