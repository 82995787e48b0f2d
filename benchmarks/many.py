"""``python -m benchmarks.many FOLDER URL``: an engine over many stored proxies, measured from inside.

Prints one JSON object: memory over start, and how long the event loop stood still while it followed changes.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from pathlib import Path

from benchmarks.ground import BENCH
from benchmarks.machine import Usage
from benchmarks.peers.platform import platform_id
from core.app import App, open_app
from core.clock import SystemClock
from core.domain.health import Report
from core.network.pool import Pool
from core.settings import Platform, Settings
from core.sources.base import Kind, Question, Subject
from core.sources.instagram import Instagram
from core.tasks import spawn

_AT_ONCE = 50
_LOOK_EVERY = 0.002
_GOOD = Report(ok=True)


def settings_of(folder: Path, url: str) -> Settings:
    """The deployment in *folder*, whatever the environment says."""
    return Settings(
        data_dir=folder,
        database_url=None,
        platform=Platform.INSTAGRAM,
        platform_url=url,
        platform_ca_file=None,
        secret_key=None,
        log_format="console",
    )


class Pulse:
    """How long the loop stood still at most, in milliseconds, since it was last asked."""

    def __init__(self) -> None:
        self._longest = 0.0

    async def beat(self) -> None:
        """Look as often as the loop lets."""
        while True:
            before = time.perf_counter()
            await asyncio.sleep(_LOOK_EVERY)
            self._longest = max(self._longest, time.perf_counter() - before - _LOOK_EVERY)

    def longest(self) -> float:
        """The longest stop since the last call."""
        longest, self._longest = self._longest, 0.0
        return longest * 1_000


@asynccontextmanager
async def beating() -> AsyncIterator[Pulse]:
    """The pulse of the loop while the block runs."""
    pulse = Pulse()
    task = spawn(pulse.beat(), name="pulse")
    try:
        yield pulse
    finally:
        task.cancel()


async def measured(folder: Path, url: str) -> dict[str, float]:
    """Memory in bytes, stops in milliseconds."""
    usage, told = Usage(os.getpid()), {}
    async with open_app(settings_of(folder, url), SystemClock()) as app, beating() as pulse:
        gc.collect()
        start = usage.memory()
        async with app.engine.attend("bench"):
            assert app.engine.running is not None
            told["loading_ms"] = pulse.longest()
            told["loaded"] = usage.memory() - start
            pool = app.engine.running.pool
            told["exchanges"] = await _one_each(pool, url)
            told["used"] = usage.memory() - start
            pulse.longest()
            told["one_changed_ms"] = await _stop(app, pulse, app.proxies.disable(BENCH, "1"))
            told["limited_ms"] = await _stop(app, pulse, app.limits.set(BENCH, {"per_proxy_hour": "100"}))
            told["limit_changed_ms"] = await _stop(app, pulse, app.limits.set(BENCH, {"per_proxy_hour": "90"}))
            told["followed"] = usage.memory() - start
    return told


async def _one_each(pool: Pool, url: str) -> int:
    """One exchange over every route, many at once; how many went well."""
    source, question = Instagram(url), Question(Kind.STORIES, (Subject("one", platform_id(100)),))
    left, good = pool.sessions_usable(), 0

    async def ask() -> None:
        nonlocal left, good
        while left:
            left -= 1
            async with pool.lease() as lease:
                response = await lease.fetch(source.request(question, lease.login))
                lease.report(_GOOD)
                good += response.status == 200

    async with asyncio.TaskGroup() as group:
        for _ in range(_AT_ONCE):
            group.create_task(ask())
    return good


async def _stop(app: App, pulse: Pulse, change: Awaitable[object]) -> float:
    """The longest stop from a change to the end of its being followed."""
    await change
    running = app.engine.running
    assert running is not None
    await running.following.follow()
    # The holder itself follows, too, and stores health, right behind it.
    await asyncio.sleep(1.0)
    return pulse.longest()


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measured(Path(sys.argv[1]), sys.argv[2]))))
