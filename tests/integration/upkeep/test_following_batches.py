"""What a change of a batch costs the pool: nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.app import App
from core.storage.transactions import Transaction
from core.upkeep.following import Following
from tests.integration.engine.conftest import ADMIN, batch_of, finished
from tests.integration.engine.test_engine import until
from tests.integration.engine.world import World


async def test_a_batch_that_starts_does_not_have_the_pool_read_anew(
    app: App, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = 0
    look = Following._look

    async def counted(following: Following, db: Transaction) -> object:
        nonlocal looks
        looks += 1
        return await look(following, db)

    monkeypatch.setattr(Following, "_look", counted)
    async with app.engine.attend("test"):
        before = looks
        await finished(app, (await batch_of(app, world)).id)
        assert looks == before
        await app.proxies.disable(ADMIN, "1")
        await until(lambda: _has_looked(lambda: looks > before))


async def _has_looked(told: Callable[[], bool]) -> bool:
    return told()
