"""A platform that refuses everybody, a profile that is poison, proxies that carry nothing: what a batch makes of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from itertools import pairwise
from pathlib import Path

from core.app import App, open_app
from core.clock import SystemClock
from core.domain.verdict import Blame, Reason
from core.engine.batch_work import REFUSED
from core.network.errors import TransportError
from core.settings import Settings
from core.sources.base import Response
from core.storage import engine_state
from core.storage.database import open_database
from tests.integration.engine.conftest import ADMIN, ROUTES, batch_of, finished, furnish, verdicts
from tests.integration.engine.recount import recount
from tests.integration.engine.world import Asked, World, answer, lost

STRANGE = answer({"everything": "is new", "status": "ok"})


async def until(true: Callable[[], Awaitable[bool]], within: float = 10.0) -> None:
    async with asyncio.timeout(within):
        while not await true():  # noqa: ASYNC110  # no event tells of what another connection commits
            await asyncio.sleep(0.01)


def truth(world: World) -> dict[str, str]:
    """Of everybody who is still there after a first batch."""
    return {name: what for name, what in world.people.items() if not name.startswith(("beacon", "lost"))}


async def again(app: App) -> str:
    """Everybody once more, by ids that are known; the batch's id."""
    batch = await app.batches.create(ADMIN, niche="demo", recheck=True)
    await app.batches.start(ADMIN, [batch.id])
    return batch.id


async def slow_rests(app: App, scale: str = "1") -> None:
    await app.limits.set(ADMIN, {"rest_scale": scale})


async def test_a_batch_waits_while_the_platform_refuses_everybody_and_loses_nothing(app: App, world: World) -> None:
    async with app.engine.attend("test"):
        await finished(app, (await batch_of(app, world)).id)
        await slow_rests(app, "0.02")
        world.asked.clear()
        world.answer_first = lambda _: STRANGE
        batch = await again(app)
        await until(lambda: _waits(app, batch, REFUSED))
        shown = await app.batches.show(ADMIN, batch)
        assert shown.waiting_until is not None
        assert shown.finished == 0
        assert len(world.asked) <= 50
        world.answer_first = lambda _: None
        done = await finished(app, batch)
    assert await verdicts(app, batch) == truth(world)
    assert (done.unknown, done.waiting_reason) == (0, None)
    assert {session.state for session in await app.sessions.list(ADMIN)} == {"valid"}
    await recount(app.settings.database_file)


async def test_while_the_platform_refuses_everybody_only_probes_are_sent(app: App, world: World) -> None:
    async with app.engine.attend("test"):
        await finished(app, (await batch_of(app, world)).id)
        await slow_rests(app, "0.01")
        world.answer_first = lambda _: STRANGE
        batch = await again(app)
        await until(lambda: _waits(app, batch, REFUSED))
        before, world.most_in_flight = len(world.asked), 0
        # After 0.3 s and after 0.6 s more.
        await until(lambda: _asked(world, before + 2))
        assert world.most_in_flight == 1
        world.answer_first = lambda _: None
        await finished(app, batch)
    assert await verdicts(app, batch) == truth(world)


async def test_the_breaker_is_told_once_when_it_opens_and_once_when_it_closes(app: App, world: World) -> None:
    seen = 0

    def refuses_at_first(asked: Asked) -> Response | None:
        nonlocal seen
        seen += 1
        return STRANGE if seen <= 10 else None

    world.answer_first = refuses_at_first
    async with app.engine.attend("test"):
        await finished(app, (await batch_of(app, world)).id)
    alerts = await _rows(app, "SELECT text FROM alert WHERE kind = 'breaker' ORDER BY id")
    events = await _rows(app, "SELECT before, after FROM resource_event WHERE kind = 'breaker' ORDER BY id")
    assert len(alerts) == 2
    assert "The platform refuses" in alerts[0]["text"]
    assert alerts[1]["text"] == "The platform answers again; everything goes on."
    assert (events[0]["before"], events[-1]["after"]) == ("closed", "closed")


async def test_an_open_breaker_outlives_its_engine(app: App, world: World, settings: Settings) -> None:
    async with app.engine.attend("first"):
        await finished(app, (await batch_of(app, world)).id)
        await slow_rests(app, "100")
        world.answer_first = lambda _: STRANGE
        batch = await again(app)
        await until(lambda: _waits(app, batch, REFUSED))
    async with open_database(settings.database_file, clock=SystemClock()) as database:
        left = (await engine_state.read(database)).snapshot
    assert left["breaker"]["reason"] == Reason.LOGIN_REQUIRED.value
    asked = len(world.asked)
    async with app.engine.attend("second"):
        assert app.engine.running is not None
        assert "the platform refuses everybody" in repr(app.engine.running.pool)
        await until(lambda: _waits(app, batch, REFUSED))
    assert len(world.asked) == asked


async def test_a_poisonous_profile_costs_no_route_its_score(app: App, world: World) -> None:
    async with app.engine.attend("test"):
        await finished(app, (await batch_of(app, world)).id)
        broken = answer({"message": "internal error"}, 500)
        world.answer_first = lambda asked: broken if "live0" in asked.names else None
        for _ in range(4):
            batch = await again(app)
            done = await finished(app, batch)
        last = await verdicts(app, batch)
    assert last["live0"] == "unknown"
    assert done.unknown < ROUTES
    assert all(session.failures == 0 for session in await app.sessions.list(ADMIN))
    assert all(proxy.failures == 0 for proxy in await app.proxies.list(ADMIN))
    assert await _rows(app, "SELECT 1 FROM alert WHERE kind = 'breaker'") == []


async def test_proxies_that_never_carried_anything_cost_no_check_its_verdict(settings: Settings, world: World) -> None:
    """Four of six are dead: of the checks that meet three of those, none may end for it."""
    dead = {f"127.0.0.1:{4000 + n}" for n in range(4)}
    quiet = TransportError("headers", Reason.TIMEOUT, Blame.ROUTE, "no answer in time")

    def answer_first(asked: Asked) -> TransportError | None:
        if asked.proxy not in dead:
            return None
        return lost() if asked.proxy.endswith(("0", "1")) else quiet

    world.answer_first = answer_first
    async with open_app(settings, SystemClock(), client=world.client) as app:
        await furnish(app)
        async with app.engine.attend("test"):
            batch = await batch_of(app, world)
            done = await finished(app, batch.id)
        assert done.unknown == 0
        proxies = await app.proxies.list(ADMIN)
    assert [proxy.failures > 0 for proxy in proxies] == [True] * 4 + [False] * 2


async def test_a_question_avoids_the_proxy_that_failed_for_it(settings: Settings, world: World) -> None:
    """Two sessions share the bad proxy, so that another session alone would not do."""
    world.people = {"ann": "live", **{name: what for name, what in world.people.items() if name.startswith("beacon")}}
    world.answer_first = lambda asked: lost() if asked.proxy.endswith(":4000") else None
    async with open_app(settings, SystemClock(), client=world.client) as app:
        await furnish(app, routes=2)
        await app.sessions.import_lines(ADMIN, "sessionid=9%3Aabc%3A7%3Asig; ds_user_id=9", bind_in_order=False)
        await app.sessions.bind(ADMIN, "3", "1", reason="to share it")
        async with app.engine.attend("test"):
            await finished(app, (await batch_of(app, world)).id)
    for name in ("ann", "beacon1"):
        over = [asked.proxy for asked in world.asked if asked.names[0] == name]
        assert all(not earlier.endswith(":4000") or later.endswith(":4001") for earlier, later in pairwise(over)), over


async def _waits(app: App, batch_id: str, reason: str) -> bool:
    return (await app.batches.show(ADMIN, batch_id)).waiting_reason == reason


async def _asked(world: World, count: int) -> bool:
    return len(world.asked) >= count


async def _rows(app: App, sql: str) -> list[dict[str, str]]:
    file: Path = app.settings.database_file
    async with open_database(file, clock=SystemClock()) as database:
        return [{name: row[name] for name in row.keys()} for row in await database.fetch(sql)]  # noqa: SIM118
