"""Points discord.py at another server; the library has no option for it, so two of its class attributes change."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

_STORYWATCH = """
import sys, yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route
Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = sys.argv[1], yarl.URL(sys.argv[2])
del sys.argv[1:3]
import main
main.main()
"""


def storywatch_at(rest_url: str, gateway_url: str) -> list[str]:
    """How ``storywatch`` is called in a process whose Discord is at these addresses."""
    return [sys.executable, "-c", _STORYWATCH, rest_url, gateway_url]


@contextmanager
def redirected(rest_url: str, gateway_url: str) -> Iterator[None]:
    """While the block runs, every client of this process talks to these addresses."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = rest_url, yarl.URL(gateway_url)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before
