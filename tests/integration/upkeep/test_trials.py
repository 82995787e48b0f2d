"""Tests of proxies and sessions on demand: what they find, and that they are exchanges like any other."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import closing

import pytest

from core.app import App, open_app
from core.clock import SystemClock
from core.errors import InvalidInput, NotFound, Unavailable
from core.network.reach import Trouble
from core.services import calls
from core.services.views import ProxyTested, SessionTested, SessionView
from core.settings import Settings
from core.sources.base import Response
from core.tasks import spawn
from tests.integration.engine.conftest import ADMIN
from tests.integration.engine.test_engine import until
from tests.integration.engine.world import Asked, World, answer, lost


async def proxies_tested(app: App, *proxies: str, every: bool = False) -> list[ProxyTested]:
    async with asyncio.timeout(20):
        return [view async for view in app.trials.test_proxies(ADMIN, proxies, every=every)]


async def session_tested(app: App, session: str) -> SessionTested:
    async with asyncio.timeout(20):
        (view,) = [view async for view in app.trials.test_sessions(ADMIN, [session])]
        return view


async def session(app: App, session_id: int) -> SessionView:
    return next(view for view in await app.sessions.list(ADMIN) if view.id == session_id)


def challenged(asked: Asked) -> Response | None:
    """The first session is challenged."""
    return answer({"message": "challenge_required", "status": "fail"}, 400) if asked.session == "1" else None


async def freeze(app: App, world: World) -> None:
    """Challenge the first session by a test."""
    world.answer_first = challenged
    assert not (await session_tested(app, "1")).ok
    assert (await session(app, 1)).state == "checkpoint"


async def test_a_proxy_that_works_is_told_with_its_times_and_its_exchanges_count(app: App, world: World) -> None:
    async with app.engine.attend("proxy test"):
        (tested,) = await proxies_tested(app, "2")
    assert (tested.proxy, tested.ok, tested.reason, tested.blame) == (2, True, None, None)
    assert tested.connect_ms == 20.0
    assert tested.answer_ms == 10.0
    assert tested.sentence == "The proxy works, and the platform answers over it."
    assert world.connected == ["127.0.0.1:4001"]
    assert {asked.proxy for asked in world.asked} == {"127.0.0.1:4001"}
    (proxy,) = [view for view in await app.proxies.list(ADMIN) if view.id == 2]
    assert proxy.requests == len(world.asked) == 2


async def test_the_canary_is_looked_up_once_for_all_tests(app: App, world: World) -> None:
    async with app.engine.attend("proxy test"):
        await proxies_tested(app, "1")
        world.asked.clear()
        await proxies_tested(app, "2")
    assert [asked.names for asked in world.asked] == [("beacon1",)]


async def test_a_refused_password_is_the_proxys_fault_and_the_fix_is_told(app: App, world: World) -> None:
    world.shut["127.0.0.1:4000"] = Trouble.PASSWORD
    async with app.engine.attend("proxy test"):
        (tested,) = await proxies_tested(app, "127.0.0.1:4000")
    assert (tested.ok, tested.reason, tested.blame) == (False, "proxy_error", "proxy")
    assert tested.sentence == "The proxy refuses the password; import the line again with the right one."
    assert world.asked == []
    assert (await app.proxies.list(ADMIN))[0].failures == 1


async def test_an_exchange_that_dies_behind_a_proxy_that_let_us_in_is_told(app: App, world: World) -> None:
    world.answer_first = lambda asked: lost()
    async with app.engine.attend("proxy test"):
        (tested,) = await proxies_tested(app, "1")
    assert (tested.ok, tested.blame, tested.connect_ms) == (False, "proxy", 20.0)
    assert tested.sentence.startswith("No answer of the platform came through the proxy (refused); ")


async def test_all_proxies_that_are_switched_on_are_tested(app: App, world: World) -> None:
    await app.proxies.disable(ADMIN, "3")
    world.shut["127.0.0.1:4001"] = Trouble.LATE
    async with app.engine.attend("proxy test"):
        tested = await proxies_tested(app, every=True)
    assert sorted((view.proxy, view.ok) for view in tested) == [(1, True), (2, False), (4, True), (5, True), (6, True)]


async def test_a_proxy_without_a_session_is_connected_to_and_the_platform_left_alone(app: App, world: World) -> None:
    await app.sessions.bind(ADMIN, "1", None, reason="it rests")
    async with app.engine.attend("proxy test"):
        (tested,) = await proxies_tested(app, "1")
    assert tested.ok
    assert "no session is bound to it" in tested.sentence
    assert world.asked == []


async def test_a_test_brings_a_quarantined_proxy_back_by_its_one_probe(app: App, world: World) -> None:
    await app.limits.set(ADMIN, {"proxy_failures": "1", "rest_scale": "1"})
    world.shut["127.0.0.1:4000"] = Trouble.REFUSED
    async with app.engine.attend("proxy test"):
        await proxies_tested(app, "1")
        assert (await app.proxies.list(ADMIN))[0].state == "quarantined"
        world.shut.clear()
        (tested,) = await proxies_tested(app, "1")
        assert tested.ok
        assert (await app.proxies.list(ADMIN))[0].state == "ready"


async def test_a_session_that_sees_a_canary_passes(app: App, world: World) -> None:
    async with app.engine.attend("session test"):
        tested = await session_tested(app, "session-1")
    assert (tested.session, tested.ok, tested.state) == (1, True, "valid")
    assert tested.sentence == "The session sees stories."
    assert {asked.session for asked in world.asked} == {"1"}


async def test_a_challenged_session_freezes_and_the_way_out_is_told(app: App, world: World) -> None:
    world.answer_first = challenged
    async with app.engine.attend("session test"):
        tested = await session_tested(app, "1")
    assert (tested.ok, tested.state, tested.reason, tested.blame) == (False, "checkpoint", "challenge", "session")
    assert "pass the challenge in the browser, over the same proxy, and test again" in tested.sentence


async def test_a_frozen_session_that_passes_is_in_use_again(app: App, world: World) -> None:
    async with app.engine.attend("session test"):
        await freeze(app, world)
        world.answer_first = lambda asked: None
        tested = await session_tested(app, "1")
        assert (tested.ok, tested.state) == (True, "valid")
        assert tested.sentence == "The session sees stories and is in use again."
        assert (await session(app, 1)).state == "valid"
        # In the pool, too: the proxy's test travels over it.
        (proxy,) = await proxies_tested(app, "1")
        assert proxy.answer_ms is not None


async def test_a_frozen_session_that_fails_stays_frozen(app: App, world: World) -> None:
    async with app.engine.attend("session test"):
        await freeze(app, world)
        before = len(world.asked)
        tested = await session_tested(app, "1")
        assert (tested.ok, tested.state) == (False, "checkpoint")
        assert len(world.asked) == before + 1
        assert (await session(app, 1)).state == "checkpoint"


async def test_a_session_that_is_shown_nobody_does_not_pass(app: App, world: World) -> None:
    async with app.engine.attend("session test"):
        await session_tested(app, "2")
        world.blind.add("1")
        tested = await session_tested(app, "1")
    assert (tested.ok, tested.reason) == (False, "batch_unproven")


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        ("disable", "The session is switched off; storywatch session enable 1 switches it on."),
        ("unbind", "The session is bound to no proxy; bind it with: storywatch session bind 1 PROXY"),
        ("proxy off", "Its proxy is switched off; storywatch proxy enable 1 switches it on."),
    ],
)
async def test_a_session_that_cannot_be_asked_is_told_with_the_fix(
    app: App, world: World, act: str, sentence: str
) -> None:
    match act:
        case "disable":
            await app.sessions.disable(ADMIN, "1")
        case "unbind":
            await app.sessions.bind(ADMIN, "1", None, reason="it rests")
        case "proxy off":
            await app.proxies.disable(ADMIN, "1")
    async with app.engine.attend("session test"):
        tested = await session_tested(app, "1")
    assert (tested.ok, tested.sentence) == (False, sentence)
    assert world.asked == []


async def test_a_test_keeps_to_the_limits(app: App, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async with app.engine.attend("proxy test"):
        await proxies_tested(app, "2")  # the canary's id is known from here on
        world.asked.clear()
        await app.limits.set(ADMIN, {"per_route_hour": "1"})
        first, second = await proxies_tested(app, "1"), await proxies_tested(app, "1")
    assert (first[0].answer_ms, second[0].answer_ms) == (10.0, None)
    assert second[0].ok
    assert "rests or has used up its limits until" in second[0].sentence
    assert len(world.asked) == 1


async def test_another_process_is_answered_by_whoever_has_the_engine(
    app: App, settings: Settings, world: World
) -> None:
    async with open_app(settings, SystemClock(), client=world.client) as other, app.engine.attend("run"):
        (tested,) = await proxies_tested(other, "1")
    assert tested.ok


async def test_answered_and_abandoned_calls_leave_nothing_behind(app: App, world: World) -> None:
    world.gate.clear()
    async with app.engine.attend("run"):
        tests: AsyncGenerator[ProxyTested, None] = app.trials.test_proxies(ADMIN, ["1", "2"])
        waiting = spawn(_first(tests), name="a test that is left in its middle")
        await until(lambda: _in_flight(world))
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        await tests.aclose()
        world.gate.set()
        await proxies_tested(app, "3")
    with closing(sqlite3.connect(app.settings.database_file)) as connection:
        assert connection.execute("SELECT count(*) FROM engine_call").fetchone() == (0,)


async def _first(tests: AsyncGenerator[ProxyTested, None]) -> ProxyTested:
    return await anext(tests)


async def _in_flight(world: World) -> bool:
    return world.in_flight > 0


async def test_where_nobody_has_the_engine_the_wait_ends_with_a_sentence(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "PATIENCE", 0.2)
    with pytest.raises(Unavailable, match="Nobody has the engine"):
        await proxies_tested(app, "1")


async def test_a_holder_that_does_not_answer_is_named(
    app: App, settings: Settings, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "PATIENCE", 0.2)
    world.gate.clear()
    async with open_app(settings, SystemClock(), client=world.client) as other, app.engine.attend("run"):
        with pytest.raises(Unavailable, match=r"storywatch run \(process \d+\) has the engine"):
            await proxies_tested(other, "1")
        world.gate.set()


async def test_what_does_not_exist_is_refused_before_anything_is_asked(app: App, world: World) -> None:
    with pytest.raises(NotFound):
        await proxies_tested(app, "1", "99")
    with pytest.raises(InvalidInput):
        await proxies_tested(app)
    assert world.connected == []
