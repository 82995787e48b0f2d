"""The whole of ours on a pretend ground: an application over a new database, with routes, canaries and profiles.

Everything goes in through the services, as people put it in.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.peers.platform import name, platform_id
from benchmarks.peers.processes import Peers
from core.app import App, open_app
from core.clock import SystemClock
from core.domain.actor import Actor, Role
from core.events import BatchProgress
from core.services.views import BatchView
from core.settings import Platform, Settings

BENCH = Actor("bench", Role.ADMIN)
# The platform shows whoever's number ends in 00 as live, whatever the share.
CANARY_NUMBERS = tuple(9_000_000 + 100 * number for number in range(8))
CANARIES = tuple(map(name, CANARY_NUMBERS))
# Nothing paces: what is measured is how fast ours can be.
UNPACED = {
    "workers": "50",
    "route_gap_seconds": "0",
    "route_gap_jitter": "0",
    "per_route_hour": "none",
    "per_route_day": "none",
    "lookups_hour": "none",
    "lookups_day": "none",
    "new_session_days": "0",
    "per_proxy_hour": "none",
    "per_proxy_day": "none",
    "fresh_minutes": "0",
}
NICHE = "bench"


@asynccontextmanager
async def opened(peers: Peers, *, routes: int, profiles: int, limits: Mapping[str, str]) -> AsyncIterator[App]:
    """An application that speaks with *peers* over so many routes, and knows so many profiles with their ids."""
    with TemporaryDirectory(prefix="storywatch-bench-") as folder:
        settings = Settings(
            data_dir=Path(folder),
            database_url=None,
            platform=Platform.INSTAGRAM,
            platform_url=peers.url,
            platform_ca_file=None,
            secret_key=None,
            log_format="console",
        )
        async with open_app(settings, SystemClock()) as app:
            await app.limits.set(BENCH, {**UNPACED, **limits})
            await app.proxies.import_lines(BENCH, "\n".join(peers.routes(routes)))
            await app.sessions.import_lines(BENCH, "\n".join(map(cookies, range(routes))), bind_in_order=True)
            await app.canaries.add(BENCH, CANARIES)
            lines = [f"{name(number)},{platform_id(number)}" for number in range(profiles)]
            file = "\n".join(["username,id", *lines]).encode()
            await app.imports.import_file(BENCH, [file], niche=NICHE, file_name="bench.csv", create_niche=True)
            yield app


async def created(app: App) -> str:
    """A batch of all profiles; its id."""
    return (await app.batches.create(BENCH, niche=NICHE, recheck=True)).id


async def checked(app: App, batch_id: str) -> BatchView:
    """The batch, started and seen to its end; the engine must be attended to."""
    with app.events.subscribe() as news:
        await app.batches.start(BENCH, [batch_id])
        async for event in news:
            if isinstance(event, BatchProgress) and event.batch_id == batch_id and event.status == "done":
                break
    return await app.batches.show(BENCH, batch_id)


def cookies(number: int) -> str:
    """The login of the *number*-th session."""
    account = 70_000_000 + number
    return f"sessionid={account}%3Abench{number}%3A1%3Abench; ds_user_id={account}; csrftoken=bench{number}"
