"""The engine over a real database and a platform in memory."""

from __future__ import annotations

from core.app import App
from tests.integration.engine.conftest import batch_of, finished, verdicts
from tests.integration.engine.world import World


async def test_every_verdict_is_the_truth(app: App, world: World) -> None:
    async with app.engine.attend("test"):
        batch = await batch_of(app, world)
        done = await finished(app, batch.id)
    truth = {name: what for name, what in world.people.items() if not name.startswith("beacon")}
    assert await verdicts(app, batch.id) == truth
    assert (done.total, done.finished, done.live, done.none, done.private, done.gone, done.unknown) == (
        60,
        60,
        24,
        30,
        3,
        3,
        0,
    )
