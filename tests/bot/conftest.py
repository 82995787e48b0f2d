"""What the tests of the bot stand on: Discord on loopback, and somebody who uses it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.rehearsal import RehearsalBot, running
from tests.bot.storywatch import Storywatch, opened
from tests.discord_server import DiscordServer, Person
from tests.new_databases import new_databases

__all__ = ["new_databases"]


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    """Discord, empty but for one guild with one channel."""
    async with DiscordServer() as server:
        yield server


@pytest.fixture
async def storywatch(server: DiscordServer, tmp_path: Path) -> AsyncIterator[Storywatch]:
    """A real application whose bot would log in there; ``async with storywatch.bot()`` does."""
    async with opened(tmp_path, server, server.clock) as storywatch:
        yield storywatch


@pytest.fixture
async def rehearsal(server: DiscordServer) -> AsyncIterator[RehearsalBot]:
    """A small bot that is logged in; for tests of the server."""
    async with running(server) as bot:
        yield bot


@pytest.fixture
def ann(server: DiscordServer) -> Person:
    """Somebody with the role *operator*."""
    return server.member("ann", roles=["operator"])
