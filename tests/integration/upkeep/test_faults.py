"""What the holder does when something fails: at its start, while it holds the engine, at its end."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from core.app import App, open_app
from core.clock import SystemClock
from core.errors import ConfigError, Unavailable
from core.settings import Settings
from core.storage import engine_state, sqlite_client
from core.storage.database import Database, Transaction
from core.upkeep import holder
from tests.integration.engine.conftest import ADMIN, batch_of, finished
from tests.integration.engine.recount import recount
from tests.integration.engine.test_engine import _waits, until
from tests.integration.engine.world import World


async def _holder_is(app: App, name: str | None) -> bool:
    return (await app.monitoring.engine(ADMIN)).holder == name


async def test_a_start_that_fails_leaves_nobody_as_the_holder(app: App, settings: Settings) -> None:
    with closing(sqlite3.connect(settings.database_file)) as connection, connection:
        connection.execute("UPDATE session SET cookies = 'sealed with another key' WHERE id = 1")
    with pytest.raises(ConfigError):
        async with app.engine.attend("run"):
            pytest.fail("it was entered")
    assert await _holder_is(app, None)


async def test_a_second_block_in_one_process_waits_like_another_process(app: App) -> None:
    async with app.engine.attend("first"):
        async with app.engine.attend("second"):
            assert await _holder_is(app, "first")
        assert app.engine.holds
        assert await _holder_is(app, "first")


async def test_the_one_run_is_one_within_a_process_too(app: App) -> None:
    with app.engine.only_run(), pytest.raises(Unavailable, match="another `storywatch run` serves"):
        app.engine.only_run().__enter__()


async def test_a_look_at_the_revision_that_fails_does_not_end_the_engine(
    app: App, world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    look, failures = engine_state.revision, [Unavailable("the file is away")]

    async def looking(db: Database | Transaction) -> int:
        if isinstance(db, Database) and app.engine.holds and failures:
            raise failures.pop()
        return await look(db)

    monkeypatch.setattr(engine_state, "revision", looking)
    monkeypatch.setattr(holder, "_WHILE_AWAY", 0.01)
    async with open_app(settings, SystemClock()) as other, app.engine.attend("run"):
        await until(lambda: _nothing(failures))
        done = await finished(app, (await batch_of(other, world)).id)
    assert done.unknown == 0


async def _nothing(left: list[Unavailable]) -> bool:
    return not left


async def test_a_database_that_another_process_keeps_for_long_is_waited_for(
    app: App, world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_client, "WAITS", 1)
    monkeypatch.setattr(holder, "_WHILE_AWAY", 0.01)
    async with app.engine.attend("run"):
        world.gate.clear()
        batch = await batch_of(app, world)
        await until(lambda: _in_flight(world))
        with closing(sqlite3.connect(settings.database_file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            asked = len(world.asked)
            world.gate.set()
            await until(lambda: _asked(world, asked + 20))
            other.execute("ROLLBACK")
        done = await finished(app, batch.id)
        assert app.engine.holds
    assert (done.live, done.none, done.unknown) == (24, 30, 0)
    await recount(settings.database_file)


async def test_what_a_person_changed_is_followed_also_when_the_database_was_away_in_between(
    app: App, world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sqlite_client, "WAITS", 1)
    await app.limits.set(ADMIN, {"per_route_hour": "1"})
    async with app.engine.attend("run"), open_app(settings, SystemClock()) as person:
        batch = await batch_of(app, world)
        await until(lambda: _waits(app, batch.id))
        await person.limits.set(ADMIN, {"per_route_hour": "none"})
        with closing(sqlite3.connect(settings.database_file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert app.engine.running is not None
            pool = app.engine.running.pool
            await until(lambda: _is_free(pool.limits.per_route_hour))
            await until(lambda: _logged(caplog, "the database is away; trying again"))
            other.execute("ROLLBACK")
        assert (await finished(app, batch.id)).unknown == 0


async def _logged(caplog: pytest.LogCaptureFixture, message: str) -> bool:
    return message in caplog.messages


async def _is_free(limit: int | None) -> bool:
    return limit is None


async def test_what_became_of_routes_is_stored_at_the_end_also_after_a_last_change(
    app: App, world: World, settings: Settings
) -> None:
    async with open_app(settings, SystemClock()) as person:
        async with app.engine.attend("run"):
            await finished(app, (await batch_of(app, world)).id)
            await person.limits.set(ADMIN, {"attempts": "4"})
        assert sum(proxy.requests for proxy in await app.proxies.list(ADMIN)) == len(world.asked)


async def _in_flight(world: World) -> bool:
    return world.in_flight > 0


async def _asked(world: World, count: int) -> bool:
    return len(world.asked) >= count
