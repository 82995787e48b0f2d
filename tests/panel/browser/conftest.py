"""One browser and one Storywatch for all tests of a worker; people with pages of their own for each test.

A test leaves what others meet as it was, or works in a niche of its own.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.panel.browser.chromium import chromium
from tests.panel.browser.served import Person, Served, served

# Longer than anything takes on a machine that is busy with other things; what comes sooner is not waited for.
expect.set_options(timeout=30_000)

MakePerson = Callable[..., Awaitable[Person]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser lives in the session's loop, so its tests do, too."""
    for item in items:
        if "tests/panel/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.fixture(scope="session")
def storywatch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A running Storywatch on its pretend platform."""
    with served(tmp_path_factory.mktemp("served")) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser() -> AsyncIterator[Browser]:
    """A real Chromium."""
    async with chromium() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="session")
async def person(browser: Browser, storywatch: Served) -> AsyncIterator[MakePerson]:
    """Make somebody who is signed in: ``await person("viewer", dark=True, size=PHONE)``.

    When the test ends, whatever their pages' consoles complained of fails it, unless ``problems.take()`` took it.
    """
    made: list[Person] = []

    async def make(role: str = "admin", **more: object) -> Person:
        made.append(await storywatch.person(browser, role, **more))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for each in made:
        await each.close()
