"""A plain client for the tests of the sandbox: aiohttp, and aiohttp-socks for SOCKS proxies."""

from __future__ import annotations

import json
import ssl
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
from aiohttp_socks import ProxyConnector

from sandbox import Sandbox


@dataclass(frozen=True)
class Got:
    """An answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def stories_path(box: Sandbox, usernames: Iterable[str]) -> str:
    """The path that asks for the stories of *usernames*."""
    ids = box.ids
    return "/api/v1/feed/reels_media/?" + "&".join(f"reel_ids={ids[name]}" for name in usernames)


def name_path(username: str) -> str:
    """The path that looks a name up."""
    return f"/api/v1/users/web_profile_info/?username={username}"


@asynccontextmanager
async def client(proxy: str | None = None, tls: ssl.SSLContext | None = None) -> AsyncIterator[aiohttp.ClientSession]:
    """A session whose requests all go over *proxy*, and are sent once."""
    socks = proxy is not None and proxy.startswith("socks")
    connector = (
        ProxyConnector.from_url(proxy or "", ssl=tls or True) if socks else aiohttp.TCPConnector(ssl=tls or True)
    )
    async with aiohttp.ClientSession(
        connector=connector,
        proxy=None if socks else proxy,
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=20),
    ) as session:
        # aiohttp sends a GET again when the connection breaks under it; these tests count requests.
        session._retry_connection = False
        yield session


async def get(session: aiohttp.ClientSession, url: str, cookie: str = "") -> Got:
    """One answer, redirects as they are."""
    headers = {"Cookie": cookie} if cookie else {}
    async with session.get(url, headers=headers, allow_redirects=False) as answer:
        return Got(answer.status, {name.lower(): value for name, value in answer.headers.items()}, await answer.read())


async def ask(box: Sandbox, path: str, *, number: int = 0, proxy: int | None = None) -> Got:
    """What session *number* gets from the platform, over proxy number *proxy* or without one."""
    line = None if proxy is None else box.proxy_lines[proxy]
    async with client(line) as session:
        return await get(session, box.platform_url + path, box.session_lines[number])
