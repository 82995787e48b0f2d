"""Limits over days of starts, stops and crashes, counted from the platform's side."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random

import pytest

from core.app import App, open_app
from core.clock import Clock, FakeClock, SystemClock
from core.domain.limits import DAY, HOUR, Limits
from core.events import Events
from core.services.proxies import Proxies
from core.services.sessions import Sessions
from core.settings import Settings
from core.storage import allowances
from core.storage.database import Database
from core.upkeep.holder import EngineHolder
from core.upkeep.retention import SLICE, forget_old
from tests.integration.engine.conftest import ADMIN, batch_of
from tests.integration.engine.test_engine import until
from tests.integration.engine.world import World
from tests.integration.upkeep.lives import SOURCE, VAULT, Life
from tests.unit.core.network.other_side import Platform
from tests.unit.core.network.pools import FREE

SESSIONS = 4


@pytest.fixture
async def stored(database: Database, clock: Clock) -> Database:
    """Three proxies; the first of them has two of the four sessions."""
    proxies = Proxies(database, clock, Events(), VAULT)
    await proxies.import_lines(ADMIN, "127.0.0.1:4000\n127.0.0.1:4001\n127.0.0.1:4002")
    sessions = Sessions(database, clock, Events(), VAULT, SOURCE)
    for number in range(1, SESSIONS + 1):
        cookies = f"sessionid={number}%3Aabc%3A7%3Asig; ds_user_id={number}"
        await sessions.add(ADMIN, f"s{number}", cookies, proxy=str(max(1, number - 1)))
    return database


def some_limits(chance: Random) -> Limits:
    """Limits of any kind, few enough for each to matter."""

    def maybe(least: int, most: int) -> int | None:
        return chance.choice([None, chance.randint(least, most)])

    return replace(
        FREE,
        per_route_hour=maybe(2, 9),
        per_route_day=chance.randint(8, 30),
        per_proxy_hour=maybe(3, 12),
        per_proxy_day=maybe(15, 50),
        lookups_hour=maybe(1, 3),
        lookups_day=maybe(2, 8),
        global_per_minute=maybe(1, 4),
        route_gap_seconds=chance.choice([0.0, 1.5, 20.0, 120.0]),
        new_session_days=0.0,
    )


@pytest.mark.parametrize("seed", [*range(10), 52])
async def test_no_window_is_exceeded_however_often_the_process_dies(stored: Database, seed: int) -> None:
    clock, chance, platform = stored.clock, Random(seed), Platform()
    assert isinstance(clock, FakeClock)
    limits = some_limits(chance)
    while clock.monotonic() < 4 * DAY:
        life = Life(stored, clock, platform, limits, chance)
        await life.begin(3, look_ups=0.3)
        await life.until(clock.monotonic() + chance.choice([1.0, 40.0, 700.0, 9_000.0, 30_000.0]) * chance.random())
        if chance.random() < 0.2:
            await life.stop()
        else:
            await life.die(in_a_commit=chance.random() < 0.5)
        if chance.random() < 0.3:
            await clock.advance(chance.random() * 3_000.0)
            limits = replace(some_limits(chance), route_gap_seconds=limits.route_gap_seconds)
    assert sum(len(asked) for (kind, _), asked in platform.asked.items() if kind == "all") > 50


async def test_nearly_all_that_is_permitted_is_used_when_nothing_dies(stored: Database) -> None:
    clock, chance, platform = stored.clock, Random(1), Platform()
    assert isinstance(clock, FakeClock)
    limits = replace(FREE, per_route_hour=6, per_route_day=20, new_session_days=0.0)
    asked: Counter[int] = Counter()
    for hours in range(6, 73, 6):
        life = Life(stored, clock, platform, limits, chance)
        await life.begin(SESSIONS)
        await life.until(hours * HOUR)
        await life.stop()
        asked += life.asked
    assert all(asked[session] >= 0.95 * 3 * 20 for session in range(1, SESSIONS + 1)), asked


@pytest.mark.parametrize(
    ("limits", "permitted"),
    [(Limits(new_session_days=0.0), 300), (Limits(new_session_days=0.0, per_route_day=None, per_proxy_day=None), 720)],
    ids=["as they are by default", "by the hour alone"],
)
async def test_a_day_with_work_for_it_uses_what_is_permitted_and_no_more(
    stored: Database, limits: Limits, permitted: int
) -> None:
    clock = stored.clock
    assert isinstance(clock, FakeClock)
    life = Life(stored, clock, Platform(), limits, Random(5))
    await life.begin(SESSIONS)
    await life.until(DAY)
    await life.stop()
    # That it is not more than permitted in any window is what the platform asserts at each request.
    assert all(life.asked[session] >= 0.98 * permitted for session in range(1, SESSIONS + 1)), life.asked


async def test_waiting_for_allowances_costs_a_session_with_a_gap_nothing(stored: Database) -> None:
    clock, platform = stored.clock, Platform()
    assert isinstance(clock, FakeClock)
    life = Life(stored, clock, platform, replace(FREE, route_gap_seconds=20.0, new_session_days=0.0), Random(2))
    await life.begin(SESSIONS)
    await life.until(HOUR)
    await life.stop()
    # An exchange takes 10.1 s on average.
    assert all(life.asked[session] >= 0.95 * HOUR / 30.1 for session in range(1, SESSIONS + 1)), life.asked


async def test_what_a_session_may_have_sent_stays_with_the_proxy_that_it_leaves(stored: Database) -> None:
    clock = stored.clock
    assert isinstance(clock, FakeClock)
    limits = replace(FREE, per_proxy_hour=8, new_session_days=0.0)
    life = Life(stored, clock, Platform(), limits, Random(3))
    await life.begin(1)
    await life.until(HOUR, holds=lambda: sum(life.asked.values()) < 8)
    await life.die(in_a_commit=False)
    unspent = await stored.fetch_value("SELECT sum(unspent) FROM allowance WHERE session_id IN (1, 2)")
    sessions = Sessions(stored, clock, Events(), VAULT, SOURCE)
    for label in ("s1", "s2"):
        await sessions.bind(ADMIN, label, "3", reason="the line is slow")
    async with stored.transaction() as tx:
        await allowances.count_unspent(tx, clock.now())
    rows = await stored.fetch("SELECT proxy_id, sum(sent) AS sent FROM sends GROUP BY proxy_id")
    counted = {row["proxy_id"]: row["sent"] for row in rows}
    assert counted[1] >= life.asked[1] + life.asked[2]
    assert unspent > 0
    assert counted[3] >= life.asked[4] + unspent


async def test_a_session_that_is_removed_while_it_is_used_spoils_no_commit(stored: Database) -> None:
    clock = stored.clock
    assert isinstance(clock, FakeClock)
    life = Life(stored, clock, Platform(), replace(FREE, per_route_hour=50, new_session_days=0.0), Random(4))
    await life.begin(SESSIONS)
    await life.until(60.0)
    await Sessions(stored, clock, Events(), VAULT, SOURCE).remove(ADMIN, "s2")
    before = life.asked.copy()
    await life.until(200.0)
    await life.stop()
    assert all(life.asked[session] > before[session] for session in (1, 3, 4))


async def test_what_no_window_reaches_is_forgotten_in_slices(stored: Database) -> None:
    clock = stored.clock
    assert isinstance(clock, FakeClock)
    now = int(clock.now().timestamp() // 60)
    rows = [(1, 1, now - 25 * 60 - minute, 1, 0) for minute in range(SLICE + 10)]
    async with stored.transaction() as tx:
        await allowances.store(tx, clock.now(), sent=rows, unspent=[], given_back=[])
    assert await stored.at_once(partial(allowances.forget, now=clock.now(), count=SLICE)) == SLICE
    await forget_old(stored, clock, allowances.forget)
    # The one whose minute began 25 hours ago is kept.
    assert await stored.fetch_value("SELECT count(*) FROM sends") == 1


# -- the real holder -----------------------------------------------------------------


async def test_an_engine_that_dies_again_and_again_stays_within_the_limits(
    app: App, settings: Settings, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await app.limits.set(ADMIN, {"per_route_hour": "5", "group_size": "1", "confirm_size": "1"})
    await batch_of(app, world)

    async def dies(*_: object) -> None:
        """Nothing is stored or given back."""

    for asked in (4, 11, 17):
        with monkeypatch.context() as patched:
            patched.setattr(EngineHolder, "_let_go", dies)
            async with open_app(settings, SystemClock(), client=world.client) as engine, engine.engine.attend("run"):
                await until(partial(_asked, world, asked, app))
    async with app.engine.attend("run"):
        await until(partial(_waits, app))
    by_session = Counter(asked.session for asked in world.asked)
    assert max(by_session.values()) <= 5, by_session
    with closing(sqlite3.connect(app.settings.database_file)) as connection:
        counted = dict(connection.execute("SELECT session_id, sum(sent) FROM sends GROUP BY session_id"))
        (unspent,) = connection.execute("SELECT COALESCE(sum(unspent), 0) FROM allowance").fetchone()
    assert all(counted[int(session)] >= times for session, times in by_session.items())
    assert unspent == 0


async def _asked(world: World, count: int, app: App) -> bool:
    return len(world.asked) >= count or await _waits(app)


async def _waits(app: App) -> bool:
    return (await app.batches.list(ADMIN))[0].waiting_until is not None


async def test_without_limits_nothing_is_counted(app: App, world: World) -> None:
    batch = await batch_of(app, world)
    async with app.engine.attend("run"):
        await until(partial(_is_done, app, batch.id))
    with closing(sqlite3.connect(app.settings.database_file)) as connection:
        assert connection.execute("SELECT count(*) FROM sends").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM allowance").fetchone() == (0,)


async def _is_done(app: App, batch_id: str) -> bool:
    return (await app.batches.show(ADMIN, batch_id)).status == "done"


async def test_an_engine_that_ends_as_it_should_has_counted_everything_and_keeps_nothing(
    app: App, world: World, settings: Settings
) -> None:
    await app.limits.set(ADMIN, {"per_route_hour": "400"})
    batch = await batch_of(app, world)
    async with app.engine.attend("run"):
        await until(partial(_is_done, app, batch.id))
    asked = Counter(int(each.session) for each in world.asked)
    with closing(sqlite3.connect(settings.database_file)) as connection:
        assert dict(connection.execute("SELECT session_id, sum(sent) FROM sends GROUP BY session_id")) == asked
        assert connection.execute("SELECT count(*) FROM allowance").fetchone() == (0,)


async def test_limits_that_are_set_while_the_engine_runs_count_what_went_before(app: App, world: World) -> None:
    batch = await batch_of(app, world)
    async with app.engine.attend("run"):
        await until(partial(_is_done, app, batch.id))
        asked = Counter(each.session for each in world.asked)
        await app.limits.set(ADMIN, {"per_route_hour": "5"})
        await until(partial(_counts, app, sum(asked.values())))
    since = datetime.now(UTC) - timedelta(hours=1)
    with closing(sqlite3.connect(app.settings.database_file)) as connection:
        rows = connection.execute("SELECT session_id, sum(sent) FROM sends WHERE minute > ? GROUP BY 1", (str(since),))
        assert dict(rows) == {int(session): times for session, times in asked.items()}


async def _counts(app: App, total: int) -> bool:
    with closing(sqlite3.connect(app.settings.database_file)) as connection:
        (counted,) = connection.execute("SELECT COALESCE(sum(sent), 0) FROM sends").fetchone()
    return bool(counted == total)
