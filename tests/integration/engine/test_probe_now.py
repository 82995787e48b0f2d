"""Somebody who does not want to wait for the breaker's next probe, and what the figures say meanwhile."""

from __future__ import annotations

import pytest

from core.app import App
from core.engine.batch_work import REFUSED
from core.errors import Conflict
from tests.integration.engine.conftest import ADMIN, batch_of, finished
from tests.integration.engine.test_blame import STRANGE, _waits, again, slow_rests
from tests.integration.engine.test_engine import until
from tests.integration.engine.world import World


async def test_a_probe_that_is_asked_for_leaves_at_once_and_lets_everything_go_on(app: App, world: World) -> None:
    async with app.engine.attend("test"):
        await finished(app, (await batch_of(app, world)).id)
        # The next probe would be due in the better part of an hour.
        await slow_rests(app, "100")
        world.answer_first = lambda _: STRANGE
        batch = await again(app)
        await until(lambda: _waits(app, batch, REFUSED))
        await until(lambda: _is_told_of(app))
        view = await app.figures.monitor(ADMIN)
        assert view.pause is not None
        assert view.pause.since is not None
        assert view.pause.next_probe_at > view.at
        assert view.tiles.checks_waiting > 0
        await until(lambda: _has_lost_time(app))
        world.answer_first = lambda _: None
        assert await app.figures.probe_now(ADMIN) == "The next question leaves as a probe now."
        await finished(app, batch)
        with pytest.raises(Conflict):
            await until(lambda: _asks_again(app))


async def _is_told_of(app: App) -> bool:
    return (await app.figures.monitor(ADMIN)).pause is not None


async def _has_lost_time(app: App) -> bool:
    """The workers' time is counted for the breaker's."""
    return (await app.figures.monitor(ADMIN)).tiles.paused_seconds > 0


async def _asks_again(app: App) -> bool:
    """Ends with a refusal as soon as the engine has said that nobody is refused any more."""
    assert await app.figures.probe_now(ADMIN) == "The platform refuses nobody any more."
    return False
