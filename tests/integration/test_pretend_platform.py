"""The sandbox beside the engine: seeded whole, and gone with the start that wanted it."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import main
from core.app import App, open_app
from core.clock import SystemClock
from core.domain.actor import Actor, Role
from core.settings import Settings
from core.tasks import spawn

ADMIN = Actor("cli:ann", Role.ADMIN)


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    async with open_app(Settings(data_dir=tmp_path), SystemClock()) as app:
        yield app


async def test_a_start_that_was_interrupted_while_it_stored_is_made_up_for(app: App) -> None:
    async with main._sandbox(app.settings) as told:
        await app.proxies.import_lines(ADMIN, main._text(told["proxies"]))
        await main._seed(app, told)
    sessions = await app.sessions.list(ADMIN)
    assert sessions
    assert all(session.proxy is not None for session in sessions)
    assert len(await app.niches.list(ADMIN)) >= 3
    assert await app.canaries.list(ADMIN)


async def test_what_was_removed_after_a_whole_start_is_not_brought_back(app: App) -> None:
    async with main._sandbox(app.settings) as told:
        await main._seed(app, told)
        before = await app.canaries.list(ADMIN)
        await app.canaries.remove(ADMIN, [before[0].username])
        await main._seed(app, told)
    assert len(await app.canaries.list(ADMIN)) == len(before) - 1


async def test_the_sandbox_does_not_get_the_terminals_interrupt(app: App) -> None:
    async with main._process(app.settings, 0) as process:
        assert os.getsid(process.pid) != os.getsid(0)


async def test_a_start_that_is_interrupted_leaves_no_sandbox_behind(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[asyncio.subprocess.Process] = []
    create = asyncio.create_subprocess_exec

    async def creating(*args: str, **options: object) -> asyncio.subprocess.Process:
        started.append(await create(*args, **options))  # type: ignore[arg-type]
        interrupted.cancel()
        return started[0]

    async def start() -> None:
        async with main.pretend_platform(app):
            pytest.fail("it was entered")

    monkeypatch.setattr(asyncio, "create_subprocess_exec", creating)
    interrupted = spawn(start(), name="start")
    with contextlib.suppress(asyncio.CancelledError):
        await interrupted
    assert started[0].returncode is not None
