"""Who has the engine: one process at a time, the next one when it ends, whatever way it ends."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from core.app import App, open_app
from core.clock import SystemClock
from core.errors import Unavailable
from core.settings import Settings
from tests.integration.engine.conftest import ADMIN, batch_of, finished
from tests.integration.engine.recount import recount
from tests.integration.engine.test_engine import until
from tests.integration.engine.world import World


async def _holds(app: App) -> bool:
    return app.engine.holds


async def test_only_one_of_two_holds_the_engine_and_the_other_takes_over(
    app: App, settings: Settings, world: World
) -> None:
    async with open_app(settings, SystemClock(), client=world.client) as other:
        async with other.engine.attend("second"), app.engine.attend("first"):
            assert (other.engine.holds, app.engine.holds) == (True, False)
            assert (await app.monitoring.engine(ADMIN)).holder == "second"
        assert (await app.monitoring.engine(ADMIN)).holder is None
        async with other.engine.attend("second"), asyncio.timeout(10):
            async with app.engine.attend("first"):
                batch = await batch_of(app, world)
                await finished(app, batch.id)
            assert other.engine.holds


async def test_a_follower_takes_over_when_the_holder_ends_in_the_middle(
    app: App, settings: Settings, world: World
) -> None:
    async with open_app(settings, SystemClock(), client=world.client) as other, asyncio.TaskGroup() as group:
        world.gate.clear()
        async with app.engine.attend("first"):
            group.create_task(_follow(other))
            batch = await batch_of(app, world)
            await until(lambda: _in_flight(world))
        assert (await app.batches.show(ADMIN, batch.id)).finished == 0
        world.gate.set()
        done = await finished(other, batch.id)
        assert done.unknown == 0
    await recount(settings.database_file)


async def _in_flight(world: World) -> bool:
    return world.in_flight > 0


async def _follow(other: App) -> None:
    async with other.engine.attend("second"):
        await until(lambda: _nothing_left(other))


async def _nothing_left(app: App) -> bool:
    batches = await app.batches.list(ADMIN)
    return bool(batches) and all(batch.status == "done" for batch in batches)


async def test_claims_of_a_holder_that_died_are_void_for_the_next_one(
    app: App, world: World, settings: Settings
) -> None:
    batch = await batch_of(app, world)
    later = (datetime.now(UTC) + timedelta(hours=1)).isoformat(" ")
    with closing(sqlite3.connect(settings.database_file)) as connection, connection:
        connection.execute("UPDATE checks SET claimed_by = 'dead', claimed_until = ?", (later,))
        connection.execute("UPDATE batch SET status = 'in_progress', started_at = requested_at")
    async with app.engine.attend("next"):
        done = await finished(app, batch.id)
    assert (done.finished, done.unknown) == (60, 0)


async def test_a_second_run_is_refused_in_one_sentence(app: App, settings: Settings) -> None:
    async with open_app(settings, SystemClock()) as other:
        with app.engine.only_run(), pytest.raises(Unavailable, match="another `storywatch run` serves"):
            other.engine.only_run().__enter__()
        with other.engine.only_run():
            pass


async def test_the_heartbeat_says_that_the_engine_lives_and_how_it_is(app: App) -> None:
    async with app.engine.attend("run"):
        await until(lambda: _alive(app))
        view = await app.monitoring.engine(ADMIN)
        assert view.holder == "run"
        assert view.pool == "<Pool 6 ready, 0 cooling, 0 quarantined | 0 leased>"
        assert view.workers == "<Engine 0 of 6 workers busy | 0 batches, 0 waiting>"
    assert not (await app.monitoring.engine(ADMIN)).alive


async def _alive(app: App) -> bool:
    return bool((view := await app.monitoring.engine(ADMIN)).alive and view.pool)


async def test_an_error_of_the_engines_start_reaches_who_asked_for_it(settings: Settings) -> None:
    def broken() -> object:
        raise Unavailable("The pretend platform did not start.")

    async with open_app(settings, SystemClock(), client=broken) as app:  # type: ignore[arg-type]
        with pytest.raises(Unavailable, match="did not start"):
            async with app.engine.attend("run"):
                pytest.fail("it was entered")
        # The lock is free again for whoever comes next.
        with pytest.raises(Unavailable, match="did not start"):
            async with app.engine.attend("run"):
                pytest.fail("it was entered")


async def test_a_body_that_fails_ends_the_engine_and_keeps_its_own_error(app: App) -> None:
    with pytest.raises(KeyError, match="mine"):
        async with app.engine.attend("run"):
            raise KeyError("mine")
    assert not app.engine.holds


async def test_what_was_found_out_is_stored_when_the_engine_ends_at_once(app: App, world: World) -> None:
    async with app.engine.attend("run"):
        await batch_of(app, world)
        await until(lambda: _asked(world, 20))
    batch = (await app.batches.list(ADMIN))[0]
    assert batch.requests >= 20
    await recount(app.settings.database_file)
    with closing(sqlite3.connect(app.settings.database_file)) as connection:
        assert connection.execute("SELECT count(*) FROM checks WHERE claimed_until IS NOT NULL").fetchone() == (0,)


async def _asked(world: World, count: int) -> bool:
    return len(world.asked) >= count


@pytest.mark.parametrize("routes", [0, 1])
async def test_without_a_usable_route_it_says_what_is_missing(settings: Settings, world: World, routes: int) -> None:
    async with open_app(settings, SystemClock(), client=world.client) as app:
        if routes:
            await app.sessions.import_lines(ADMIN, "sessionid=1%3Aabc%3A7%3Asig; ds_user_id=1")
        with pytest.raises(Unavailable, match="there is no session" if not routes else "no session is bound"):
            await app.monitoring.require_route(ADMIN)
