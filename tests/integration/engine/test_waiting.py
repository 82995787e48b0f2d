"""What people are told of a batch that waits is true: also after failures, stops and another holder."""

from __future__ import annotations

from datetime import datetime

import pytest

from core.app import App, open_app
from core.clock import SystemClock
from core.engine.recorder import Recorder
from core.errors import Unavailable
from core.settings import Settings
from tests.integration.engine.conftest import ADMIN, batch_of, finished
from tests.integration.engine.test_engine import _rows, _waits, until
from tests.integration.engine.world import World, answer


async def _moves(app: App, batch_id: str) -> bool:
    return not await _waits(app, batch_id)


async def test_the_next_holder_does_not_keep_what_the_last_one_waited_for(app: App, world: World) -> None:
    await app.limits.set(ADMIN, {"per_route_hour": "1"})
    batch = await batch_of(app, world)
    async with app.engine.attend("first"):
        await until(lambda: _waits(app, batch.id))
    await app.limits.set(ADMIN, {"per_route_hour": "none"})
    world.gate.clear()
    async with app.engine.attend("second"):
        await until(lambda: _moves(app, batch.id))
        world.gate.set()
        await finished(app, batch.id)


async def test_that_a_batch_moves_again_is_told_also_when_the_database_was_away(
    app: App, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await app.limits.set(ADMIN, {"per_route_hour": "1"})
    tell, failures = Recorder.set_waiting, [Unavailable("locked")]

    async def telling(self: Recorder, batch_id: str, reason: str | None, until: datetime | None) -> None:
        if reason is None and failures:
            raise failures.pop()
        await tell(self, batch_id, reason, until)

    monkeypatch.setattr(Recorder, "set_waiting", telling)
    async with app.engine.attend("test"):
        batch = await batch_of(app, world)
        await until(lambda: _waits(app, batch.id))
        world.gate.clear()
        await app.limits.set(ADMIN, {"per_route_hour": "none"})
        await until(lambda: _moves(app, batch.id))
        assert not failures
        world.gate.set()
        await finished(app, batch.id)


async def test_a_batch_that_is_stopped_and_started_at_once_still_says_that_it_waits(
    app: App, world: World, settings: Settings
) -> None:
    await app.limits.set(ADMIN, {"per_route_hour": "1"})
    async with app.engine.attend("test"), open_app(settings, SystemClock()) as other:
        batch = await batch_of(app, world)
        await until(lambda: _waits(app, batch.id))
        await other.batches.stop(ADMIN, [batch.id])
        await other.batches.start(ADMIN, [batch.id])
        assert await _moves(app, batch.id)
        await until(lambda: _waits(app, batch.id))
        assert (await _rows(app, "SELECT status FROM batch"))[0]["status"] == "in_progress"


async def test_a_platform_that_refuses_everybody_is_the_reason_although_questions_are_in_line(
    app: App, world: World
) -> None:
    await app.limits.set(ADMIN, {"rest_scale": "1"})
    world.answer_first = lambda _: answer({"message": "Sorry", "status": "fail"}, 503)
    async with app.engine.attend("test"):
        batch = await batch_of(app, world)
        await until(lambda: _waits_because(app, batch.id, "the platform refuses"))
        assert (await app.batches.show(ADMIN, batch.id)).waiting_until is not None
        world.answer_first = lambda _: None
        await app.limits.set(ADMIN, {"rest_scale": "0.0001"})


async def _waits_because(app: App, batch_id: str, words: str) -> bool:
    return words in ((await app.batches.show(ADMIN, batch_id)).waiting_reason or "")
