"""The peer of the pipeline: aiohttp alone, with one session and nothing around it.

No judging, no database, no pool; it sends what our source would send, over the same proxies in turn,
and parses what comes back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import cycle

import orjson
from aiohttp import ClientSession, DummyCookieJar, TCPConnector
from yarl import URL


def session() -> ClientSession:
    """One for all runs, so that both sides have their connections from the round before."""
    # The default jar costs time that is not the client's.
    return ClientSession(connector=TCPConnector(limit=0, keepalive_timeout=60), cookie_jar=DummyCookieJar())


async def fetch_all(
    over: ClientSession, urls: Sequence[str], routes: Sequence[str], headers: dict[str, str], *, at_once: int
) -> None:
    """Fetch all of *urls*, so many at once, each over the next one of *routes*.

    Raises:
        RuntimeError: An answer was none.
    """
    proxies = cycle([URL(route) for route in routes])
    waiting = iter(urls)

    async def work() -> None:
        for url in waiting:
            async with over.get(url, headers=headers, proxy=next(proxies)) as answer:
                body = await answer.read()
            if answer.status != 200 or "reels" not in orjson.loads(body):
                raise RuntimeError(f"{answer.status} from the platform")

    async with asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(work())
