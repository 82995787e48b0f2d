"""Lines of the log say what they are about, though whoever writes them does not know all of it."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from typing import Any

import orjson
import pytest

from core import log
from core.app import App
from core.sources.base import Response
from tests.integration.engine.conftest import ADMIN, batch_of, finished
from tests.integration.engine.world import Asked, World, answer

Lines = Callable[[str], list[dict[str, Any]]]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """What is logged from now on, by its phrase."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    names = ("aiohttp", "asyncio", "tortoise", "aiosqlite", "filelock")
    levels = {name: logging.getLogger(name).level for name in names}
    stream = io.StringIO()
    log.set_up("json", stream=stream)
    yield lambda phrase: [
        line for text in stream.getvalue().splitlines() if (line := orjson.loads(text))["message"] == phrase
    ]
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, each in levels.items():
        logging.getLogger(name).setLevel(each)


def once(what: Response | Exception) -> Callable[[Asked], Response | Exception | None]:
    left = [what]
    return lambda _: left.pop() if left else None


async def test_a_change_of_state_names_the_batch_the_checks_and_the_route(app: App, world: World, lines: Lines) -> None:
    world.answer_first = once(answer({"message": "slow down", "status": "fail"}, status=429))
    async with app.engine.attend("test"):
        batch = await finished(app, (await batch_of(app, world)).id)
    line = next(line for line in lines("session changed state") if line["from"] == "valid")
    session = next(view for view in await app.sessions.list(ADMIN) if view.id == line["session"])
    assert (line["batch"], line["proxy"]) == (batch.id, session.proxy)
    ids = line["check"] if isinstance(line["check"], list) else [line["check"]]
    assert 1 <= len(ids) <= 20
    taken = next(line for line in lines("batch taken up"))
    assert "session" not in taken


async def test_a_bug_names_the_batch_and_the_check_that_it_struck(app: App, world: World, lines: Lines) -> None:
    world.answer_first = once(ValueError("a mistake"))
    async with app.engine.attend("test"):
        batch = await finished(app, (await batch_of(app, world)).id)
    (line,) = lines("a bug struck")
    assert line["batch"] == batch.id
    assert line["check"]
    assert "ValueError: a mistake" in line["trace"]
