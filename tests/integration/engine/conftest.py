"""The application with an engine over a platform in memory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.app import App, open_app
from core.clock import SystemClock
from core.domain.actor import Actor, Role
from core.services.views import BatchView
from core.settings import Platform, Settings
from tests.integration.engine.world import World

ADMIN = Actor("cli:ann", Role.ADMIN)
ROUTES = 6


@pytest.fixture
def world() -> World:
    people = {f"live{n}": "live" for n in range(24)} | {f"none{n}": "none" for n in range(30)}
    people |= {f"hidden{n}": "private" for n in range(3)} | {f"lost{n}": "gone" for n in range(3)}
    return World(people | {"beacon1": "live", "beacon2": "live", "beacon3": "live"})


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, platform=Platform.INSTAGRAM, platform_url="http://127.0.0.1:9")


@pytest.fixture
async def app(settings: Settings, world: World) -> AsyncIterator[App]:
    async with open_app(settings, SystemClock(), client=world.client) as app:
        await furnish(app)
        yield app


async def furnish(app: App, routes: int = ROUTES) -> None:
    """Store proxies, sessions, canaries and limits that keep nobody waiting."""
    await app.proxies.import_lines(ADMIN, "\n".join(f"127.0.0.1:{4000 + n}" for n in range(routes)))
    cookies = "\n".join(f"sessionid={n}%3Aabc%3A7%3Asig; ds_user_id={n}" for n in range(1, routes + 1))
    await app.sessions.import_lines(ADMIN, cookies, bind_in_order=True)
    await app.canaries.add(ADMIN, ["beacon1", "beacon2", "beacon3"])
    unpaced = dict.fromkeys(
        ["per_route_hour", "per_route_day", "lookups_hour", "lookups_day", "per_proxy_hour", "per_proxy_day"], "none"
    )
    await app.limits.set(ADMIN, unpaced | {"route_gap_seconds": "0", "new_session_days": "0", "rest_scale": "0.0001"})


async def batch_of(app: App, world: World, niche: str = "demo") -> BatchView:
    """A batch of everybody but the canaries, started."""
    names = [name for name in world.people if not name.startswith("beacon")]
    text = "\n".join(names).encode()
    await app.imports.import_file(ADMIN, [text], niche=niche, file_name="names.txt", create_niche=True)
    batch = await app.batches.create(ADMIN, niche=niche)
    (started,) = await app.batches.start(ADMIN, [batch.id])
    return started


async def finished(app: App, batch_id: str, within: float = 20.0) -> BatchView:
    """The batch once it is done; looks as often as a person's screen would."""
    async with asyncio.timeout(within):
        while True:
            batch = await app.batches.show(ADMIN, batch_id)
            if batch.status == "done":
                return batch
            await asyncio.sleep(0.02)


async def verdicts(app: App, batch_id: str) -> dict[str, str]:
    """Username to outcome."""
    return {check.username: str(check.outcome) async for check in await app.batches.results(ADMIN, batch_id)}
