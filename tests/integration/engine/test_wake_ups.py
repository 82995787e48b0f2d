"""Nobody sleeps while there is work, and nobody spins while there is none."""

from __future__ import annotations

from datetime import datetime

import pytest

from core.app import App
from core.engine.inquiry import Inquiry, Step
from core.sources.base import Response
from tests.integration.engine.conftest import ADMIN, batch_of, finished
from tests.integration.engine.test_engine import _rows, until
from tests.integration.engine.world import Asked, World, answer


async def known_batch(app: App, world: World, names: list[str]) -> str:
    """A started batch of profiles whose ids are known; its id."""
    text = "\n".join(["username,id", *(f"{name},{world.id_of(name)}" for name in names)]).encode()
    await app.imports.import_file(ADMIN, [text], niche="known", file_name="known.csv", create_niche=True)
    batch = await app.batches.create(ADMIN, niche="known")
    await app.batches.start(ADMIN, [batch.id])
    return batch.id


async def test_an_answer_that_freezes_its_session_wakes_somebody_for_what_is_left(app: App, world: World) -> None:
    frozen: list[str] = []

    def once(asked: Asked) -> Response | None:
        if frozen or "reels_media" not in asked.path:
            return None
        frozen.append(asked.session)
        return answer({"message": "checkpoint_required", "status": "fail"}, 400)

    world.answer_first = once
    async with app.engine.attend("test"):
        done = await finished(app, await known_batch(app, world, [f"live{n}" for n in range(5)]), within=5.0)
    assert frozen
    assert (done.live, done.unknown) == (5, 0)


async def test_fewer_workers_still_finish_what_is_left(app: App, world: World) -> None:
    async with app.engine.attend("test"):
        world.gate.clear()
        batch = await known_batch(app, world, [f"live{n}" for n in range(5)])
        await until(lambda: _flying(world, 3))
        await app.limits.set(ADMIN, {"workers": "1"})
        await until(lambda: _workers_are(app, 1))
        world.gate.set()
        assert (await finished(app, batch, within=5.0)).live == 5


async def test_a_stop_in_the_middle_of_looking_up_canaries_does_not_lose_them(app: App, world: World) -> None:
    async with app.engine.attend("test"):
        world.gate.clear()
        batch = await known_batch(app, world, [f"live{n}" for n in range(5)])
        await until(lambda: _flying(world, 3))
        assert {name for asked in world.asked for name in asked.names} == {"beacon1", "beacon2", "beacon3"}
        await app.batches.stop(ADMIN, [batch])
        await until(lambda: _flying(world, 0))
        world.gate.set()
        await app.batches.start(ADMIN, [batch])
        assert (await finished(app, batch, within=5.0)).live == 5


async def test_a_bug_in_choosing_a_question_costs_a_moment_and_not_the_workers(
    app: App, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose = Inquiry.next_stories
    struck: list[datetime] = []

    def choosing(inquiry: Inquiry, now: datetime) -> Step | None:
        if len(struck) < 2:
            struck.append(now)
            raise ZeroDivisionError("planted")
        return choose(inquiry, now)

    monkeypatch.setattr(Inquiry, "next_stories", choosing)
    async with app.engine.attend("test"):
        batch = await batch_of(app, world)
        done = await finished(app, batch.id, within=10.0)
    assert (done.live, done.unknown) == (24, 0)
    (group,) = await _rows(app, "SELECT title, count FROM error_group")
    assert group["title"].startswith("ZeroDivisionError")
    assert int(group["count"]) == 2


@pytest.mark.parametrize("routes", [1, 2])
async def test_with_hardly_a_session_every_batch_still_ends(app: App, world: World, routes: int) -> None:
    for proxy in (await app.proxies.list(ADMIN))[routes:]:
        await app.proxies.disable(ADMIN, str(proxy.id))
    world.people |= {f"lost{n}": "gone" for n in range(3, 8)}
    async with app.engine.attend("test"):
        done = await finished(app, (await batch_of(app, world)).id, within=10.0)
    assert (done.live, done.none, done.private) == (24, 30, 3)


async def _flying(world: World, count: int) -> bool:
    return world.in_flight == count


async def _workers_are(app: App, count: int) -> bool:
    assert app.engine.running is not None
    return app.engine.running.engine.workers == count
