"""So many idle connections are kept and no more: ten thousand proxies must not take every file and all memory."""

from __future__ import annotations

from contextlib import AsyncExitStack

import pytest

from core.network import connections
from core.network.client import Client
from tests.integration.network.exchanges import ask, proxy_at
from tests.integration.network.peers import Origin, listening

URL = "http://127.0.0.1:9/"


async def test_of_many_proxies_the_ones_used_last_keep_their_connections(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "MOST_KEPT", 2)
    origins = [Origin() for _ in range(4)]
    async with AsyncExitStack() as stack:
        ports = [await stack.enter_async_context(listening(origin)) for origin in origins]
        for port in ports:
            await ask(client, proxy_at(port), URL)
        for port in reversed(ports):
            await ask(client, proxy_at(port), URL)
    assert [origin.connections for origin in origins] == [2, 2, 1, 1]
    assert [len(origin.heads) for origin in origins] == [2, 2, 2, 2]


async def test_a_proxy_that_is_used_again_is_not_the_first_to_lose_its_connection(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "MOST_KEPT", 2)
    origins = [Origin() for _ in range(3)]
    async with AsyncExitStack() as stack:
        first, second, third = [await stack.enter_async_context(listening(origin)) for origin in origins]
        for port in (first, second, first, third, first):
            await ask(client, proxy_at(port), URL)
    assert [origin.connections for origin in origins] == [1, 1, 1]
