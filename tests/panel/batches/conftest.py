"""An application over a real database, whose batches move when a test says so."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from core.app import App, open_app
from core.domain.actor import Actor, Role
from core.errors import UserError
from core.services.views import BatchView
from core.settings import Platform, Settings
from core.storage.database import Database, open_database
from panel.answers import refused
from panel.pages.batches.batch_routes import routes
from tests.integration.services.conftest import QuickClock

OLGA = Actor("panel:Olga", Role.OPERATOR)
VERA = Actor("panel:Vera", Role.VIEWER)
NAMES = ("ann", "anton", "bob", "cem", "dan", "eva", "finn", "gus")

Browser = Callable[..., httpx.AsyncClient]


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
        await opened.niches.create(OLGA, "food")
        await opened.profiles.add(OLGA, NAMES, "food")
        yield opened


@pytest.fixture
async def database(app: App, clock: QuickClock) -> AsyncIterator[Database]:
    """Where the engine's part is played."""
    async with open_database(app.settings.database_file, clock=clock) as opened:
        yield opened


@pytest.fixture
async def browser(app: App) -> AsyncIterator[Browser]:
    """A browser of somebody whom the gate has let through."""
    clients: list[httpx.AsyncClient] = []

    def of(actor: Actor, where: App = app) -> httpx.AsyncClient:
        site = Starlette(routes=routes(where), exception_handlers={UserError: refused})
        transport = httpx.ASGITransport(_let_through(site, actor))
        clients.append(httpx.AsyncClient(transport=transport, base_url="http://panel"))
        return clients[-1]

    yield of
    for client in clients:
        await client.aclose()


async def made(app: App, name: str = "lunch", *, names: tuple[str, ...] = NAMES) -> BatchView:
    """A batch that waits for its start."""
    return await app.batches.create(OLGA, names=names, name=name, recheck=True)


def _let_through(site: ASGIApp, actor: Actor) -> ASGIApp:
    async def gate(scope: Scope, receive: Receive, send: Send) -> None:
        await site({**scope, "state": {"actor": actor}}, receive, send)

    return gate
