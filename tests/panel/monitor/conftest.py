"""An application over a real database in which a batch of exchanges went wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send

from core.app import App, open_app
from core.domain.actor import Actor, Role
from core.domain.hourly_count import HourlyCount
from core.domain.minute_count import MinuteCount, beginning
from core.errors import UserError
from core.settings import Platform, Settings
from core.storage import hourly_stats, minute_stats, results
from core.storage.database import Database, open_database
from core.storage.results import ErrorSighting
from panel.answers import refused
from panel.pages.monitor.monitor_routes import routes
from tests.integration.services.conftest import QuickClock
from tests.minute_rows import count_verdicts

ANNA = Actor("panel:Anna", Role.ADMIN)
VERA = Actor("panel:Vera", Role.VIEWER)
SAMPLE = '{"status": "fail"}'


@pytest.fixture
def clock() -> QuickClock:
    return QuickClock()


@pytest.fixture
async def app(tmp_path: Path, clock: QuickClock) -> AsyncIterator[App]:
    """A sandbox without an engine: nothing moves by itself."""
    settings = Settings(
        data_dir=tmp_path,
        database_url=None,
        platform=Platform.SANDBOX,
        platform_url=None,
        platform_ca_file=None,
        secret_key=None,
        log_format="console",
    )
    async with open_app(settings, clock) as opened:
        yield opened


@pytest.fixture
async def database(app: App, clock: QuickClock) -> AsyncIterator[Database]:
    """Where the engine's part is played."""
    async with open_database(app.settings.database_file, clock=clock) as opened:
        yield opened


@pytest.fixture
async def history(app: App, database: Database, clock: QuickClock) -> None:
    """Two proxies, one of which failed; five checks, one of them unknown; answers that nobody understood."""
    await app.proxies.import_lines(ANNA, "127.0.0.1:4001\n127.0.0.1:4002")
    await app.niches.create(ANNA, "food")
    now = clock.now()
    ago = beginning(now - timedelta(minutes=2))
    minute = MinuteCount(ago, exchanges=5, failures=2, times=(0, 3, 0, 0, 0, 0, 0, 0), workers=4)
    hour = now.replace(minute=0, second=0, microsecond=0)
    failed = HourlyCount(hour, 2, "timeout", "proxy", 2, (0,) * 8, now)
    well = HourlyCount(hour, 1, "ok", "nobody", 3, (0, 3, 0, 0, 0, 0, 0, 0), None)
    async with database.transaction() as tx:
        await count_verdicts(tx, ago, "live", 4)
        await count_verdicts(tx, ago, "unknown", 1, "timeout")
        await minute_stats.add(tx, [minute])
        await hourly_stats.add(tx, [failed, well])
        await results.add_errors(tx, [ErrorSighting("f" * 64, "answer", "stories: wrong_shape", SAMPLE)], now)


@pytest.fixture
async def viewer(app: App) -> AsyncIterator[httpx.AsyncClient]:
    """The browser of a viewer whom the gate has let through."""
    async with browser(app, VERA) as client:
        yield client


def browser(app: App, actor: Actor) -> httpx.AsyncClient:
    """The browser of somebody whom the gate has let through."""
    site = Starlette(routes=routes(app), exception_handlers={UserError: refused})

    async def gate(scope: Scope, receive: Receive, send: Send) -> None:
        await site({**scope, "state": {"actor": actor}}, receive, send)

    return httpx.AsyncClient(transport=httpx.ASGITransport(gate), base_url="http://panel")
