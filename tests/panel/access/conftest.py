"""The gate and the forms over a real database, in one process, before an application that says what came through."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from core.app import App, open_app
from core.clock import FakeClock
from core.domain.actor import Actor, Role
from core.secrets import Secret
from core.settings import Platform, Settings
from panel.access import SessionGate, routes
from tests.integration.people.conftest import quick_passwords

ADMIN = Actor("cli:root", Role.ADMIN)
PASSWORD = "four words of hers"
HERE = "203.0.113.7"


class Place:
    """One deployment: its application, its gate, and browsers that come to it.

    Args:
        behind: What stands behind the gate, besides the forms.
    """

    def __init__(self, app: App, behind: Starlette) -> None:
        self.app = app
        self.gate = SessionGate(behind, app, uploads=("/data/imports",))
        self.url = app.settings.panel_url
        self._open = AsyncExitStack()

    async def browser(self, address: str = HERE, **headers: str) -> httpx.AsyncClient:
        """A browser that shows a page of ours, with cookies of its own."""
        transport = httpx.ASGITransport(self.gate, client=(address, 50_000))
        usual = {"origin": self.url, "accept": "text/html,*/*"} | headers
        client = httpx.AsyncClient(transport=transport, base_url=self.url, headers=usual)
        return await self._open.enter_async_context(client)

    async def person(self, name: str, role: Role = Role.VIEWER) -> httpx.AsyncClient:
        """The browser of a new person, who has :data:`PASSWORD` and is signed in."""
        link = await self.app.people.add(ADMIN, name, role)
        browser = await self.browser()
        answer = await browser.post(link.url.reveal(), data={"password": PASSWORD})
        assert answer.status_code == 303, answer.text
        return browser

    async def close(self) -> None:
        await self._open.aclose()


def behind(app: App, **more: Any) -> Starlette:
    """An application that tells what the gate let through."""

    async def page(request: Request) -> Response:
        return PlainTextResponse("the panel")

    async def who(request: Request) -> Response:
        state = request.state
        return JSONResponse({"actor": state.actor.name, "role": state.actor.role.name, "person": state.person_id})

    async def take(request: Request) -> Response:
        return JSONResponse({"bytes": len(await request.body())})

    async def sign_of_life(request: Request) -> Response:
        return PlainTextResponse(request.state.address)

    own = [
        Route("/", page),
        Route("/batches", page),
        Route("/data/who", who),
        Route("/data/take", take, methods=["POST"]),
        Route("/data/imports", take, methods=["POST"]),
        Route("/healthz", sign_of_life),
    ]
    return Starlette(routes=[*routes(app, **more), *own])


@asynccontextmanager
async def place_of(folder: Path, clock: FakeClock, **settings: Any) -> AsyncIterator[Place]:
    """A deployment with these settings."""
    discord = settings.pop("discord_url", None)
    # Nothing of the environment: tests say what is set.
    given = Settings(_env_file=None, data_dir=folder, **{"platform": Platform.INSTAGRAM} | settings)
    async with open_app(given, clock) as app:
        app.sign_ins._passwords = app.account._passwords = quick_passwords()
        place = Place(app, behind(app, **({} if discord is None else {"discord_url": discord})))
        try:
            yield place
        finally:
            await place.close()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def place(tmp_path: Path, clock: FakeClock) -> AsyncIterator[Place]:
    async with place_of(tmp_path, clock) as made:
        yield made


async def first_code(app: App) -> Secret:
    link = await app.sign_ins.first_link()
    assert link is not None
    return link
