"""Terminals, pretend platforms, and data directories that are furnished already."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from core.app import open_app
from core.clock import SystemClock
from core.domain.actor import Actor, Role
from core.settings import Platform, Settings
from tests.acceptance.pretend import Pretend
from tests.acceptance.terminal import Terminal

MakePretend = Callable[..., Pretend]
MakeTerminal = Callable[..., Terminal]

_FURNISHER = Actor("test", Role.ADMIN)


@pytest.fixture
def pretend(tmp_path: Path) -> Iterator[MakePretend]:
    """Start a pretend platform with these fields of its scenario."""
    with ExitStack() as stack:

        def make(**scenario: object) -> Pretend:
            made = Pretend(tmp_path / "platform", **scenario)
            stack.callback(made.close)
            return made

        yield make


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[MakeTerminal]:
    """Open a terminal with these settings; one that is for a pretend platform knows its proxies and sessions.

    All terminals of a test are in one folder, so that they are several for one database.
    """
    with ExitStack() as stack:

        def make(platform: Pretend | None = None, /, **settings: object) -> Terminal:
            if platform is not None:
                settings = {"platform": "instagram", "platform_url": platform.url} | settings
            made = Terminal(tmp_path / "terminal", **settings)
            stack.callback(made.close)
            return made

        yield make


@pytest.fixture
def furnished(terminal: MakeTerminal) -> MakeTerminal:
    """A terminal for a pretend platform whose proxies, sessions, canaries and limits are stored.

    The same verbs as the commands', called here: what the commands do is another story's, and each takes a second.
    """

    def make(platform: Pretend, **limits: object) -> Terminal:
        made = terminal(platform)
        asyncio.run(furnish(made.data, platform, limits))
        return made

    return make


async def furnish(data: Path, platform: Pretend, limits: dict[str, object]) -> None:
    """Store what *platform* told, and *limits* besides its own."""
    settings = Settings(data_dir=data, platform=Platform.INSTAGRAM, platform_url=platform.url)
    values = dict(line.split("=") for line in platform.limits) | {name: str(value) for name, value in limits.items()}
    async with open_app(settings, SystemClock()) as app:
        await app.proxies.import_lines(_FURNISHER, "\n".join(platform.lines("proxies")))
        await app.sessions.import_lines(_FURNISHER, "\n".join(platform.lines("sessions")), bind_in_order=True)
        await app.canaries.add(_FURNISHER, platform.lines("canaries"))
        await app.limits.set(_FURNISHER, values)
