"""Schedules run while this process has the engine, and only then."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta

from core.app import App, open_app
from core.clock import FakeClock, SystemClock
from core.domain.limits import Limits
from core.errors import Unavailable
from core.events import Events
from core.services.schedule_firing import Firing
from core.services.views import ScheduleDraft, ScheduleRunView
from core.settings import Settings
from core.storage.database import Database
from core.upkeep.scheduler import Scheduler
from tests.integration.engine.conftest import ADMIN, finished
from tests.integration.engine.recount import recount
from tests.integration.engine.test_engine import until
from tests.integration.engine.world import World

DRAFT = ScheduleDraft(("demo",), every="4h", name="often", fresh="0")


async def scheduled(app: App, world: World) -> int:
    """A schedule of everybody; its id."""
    names = "\n".join(name for name in world.people if not name.startswith("beacon")).encode()
    await app.imports.import_file(ADMIN, [names], niche="demo", file_name="names.txt", create_niche=True)
    return (await app.schedules.add(ADMIN, DRAFT)).id


async def ended(app: App, run: int, within: float = 20.0) -> ScheduleRunView:
    """The run once it is not under way any more."""
    async with asyncio.timeout(within):
        while True:
            view = await app.schedules.run(ADMIN, run)
            if view.outcome != "open":
                return view
            await asyncio.sleep(0.02)


async def test_a_run_by_hand_becomes_a_batch_that_the_engine_checks(app: App, world: World, settings: Settings) -> None:
    schedule = await scheduled(app, world)
    async with app.engine.attend("run"):
        (run,) = await app.schedules.run_now(ADMIN, [schedule])
        view = await ended(app, run.id)
        assert (view.outcome, view.why) == ("started", "by hand")
        assert view.batch is not None
        done = await finished(app, view.batch)
    assert (done.total, done.unknown, done.created_by) == (60, 0, "schedule often")
    await recount(settings.database_file)


async def test_a_run_that_is_due_is_made_by_the_clock(app: App, world: World, settings: Settings) -> None:
    schedule = await scheduled(app, world)
    just_now = (datetime.now(UTC) - timedelta(seconds=1)).isoformat(" ")
    with closing(sqlite3.connect(settings.database_file)) as connection, connection:
        connection.execute("UPDATE schedule SET next_at = ?1, next_due_at = ?1", (just_now,))

    async def has_run() -> bool:
        return bool(await app.schedules.runs(ADMIN, schedule))

    async with app.engine.attend("run"):
        await until(has_run)
        view = await ended(app, (await app.schedules.runs(ADMIN, schedule))[0].id)
        assert view.batch is not None
        assert (await finished(app, view.batch)).total == 60


async def test_nothing_runs_while_nobody_has_the_engine_and_it_is_made_up_for_by_the_next_one(
    app: App, world: World
) -> None:
    schedule = await scheduled(app, world)
    (run,) = await app.schedules.run_now(ADMIN, [schedule])
    assert (await app.schedules.run(ADMIN, run.id)).outcome == "open"
    async with app.engine.attend("run"):
        assert (await ended(app, run.id)).outcome == "started"


async def test_a_run_that_another_process_asked_for_is_seen(app: App, world: World, settings: Settings) -> None:
    schedule = await scheduled(app, world)
    async with open_app(settings, SystemClock(), client=world.client) as other, app.engine.attend("run"):
        (run,) = await other.schedules.run_now(ADMIN, [schedule])
        assert (await ended(other, run.id)).outcome == "started"


async def _reached(times: list[datetime], count: int) -> None:
    for _ in range(2_000):
        if len(times) >= count:
            return
        await asyncio.sleep(0.005)


async def test_a_tick_comes_every_second_and_a_database_that_is_away_is_waited_for(
    database: Database, clock: FakeClock
) -> None:
    times: list[datetime] = []

    class Counted(Firing):
        async def claim_due(self) -> bool:
            times.append(clock.now())
            if len(times) == 2:
                raise Unavailable("the database is away")
            return False

    async def patiently(act: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await act()
            except Unavailable:
                await clock.sleep(0.25)
            else:
                return

    events = Events()
    firing = Counted(database, clock, events, Limits())
    scheduler = Scheduler(firing, clock=clock, events=events, patiently=patiently, bug=lambda _: None)
    start = clock.now()
    async with asyncio.TaskGroup() as group:
        running = group.create_task(scheduler.run())
        for looks in range(1, 5):
            # Time stands still until it has looked: the next timer would be another one.
            await _reached(times, looks)
            if looks < 4:
                clock.advance_to_next()
        running.cancel()
    assert [(at - start).total_seconds() for at in times] == [0, 1, 1.25, 2.25]
