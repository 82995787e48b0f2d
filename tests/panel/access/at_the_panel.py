"""People, and others, at the panel of :mod:`tests.panel.access.open_panel`: what they send is what a browser would."""

from __future__ import annotations

import asyncio
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp
import orjson
import socketio  # type: ignore[import-untyped]  # it comes without types
from yarl import URL

from core.app import open_app
from core.clock import SystemClock
from core.domain.actor import Actor, Role
from core.settings import Platform, Settings
from tests.project.checkout import ROOT

PASSWORD = "four words of hers"
ADMIN = Actor("cli:root", Role.ADMIN)
_PATIENCE = 20.0


@dataclass(frozen=True, slots=True)
class OpenPanel:
    """A panel that runs in a process of its own."""

    url: str
    link: str
    folder: Path
    errors: Path

    @property
    def port(self) -> int:
        port = URL(self.url).port
        assert port is not None
        return port

    @property
    def settings(self) -> Settings:
        """Of another process at the same database."""
        return Settings(_env_file=None, data_dir=self.folder, platform=Platform.INSTAGRAM, panel_port=self.port)


@contextmanager
def open_panel(folder: Path) -> Iterator[OpenPanel]:
    """A panel while the block runs; what it complains of is in a file."""
    errors = folder / "errors.txt"
    with errors.open("wb") as complaints:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.panel.access.open_panel", str(folder)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=complaints,
        )
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line, errors.read_text()
            told = orjson.loads(line)
            yield OpenPanel(told["url"], told["link"], folder, errors)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(_PATIENCE)
            assert process.stdout is not None
            process.stdout.close()


@dataclass(slots=True)
class OpenPage:
    """A page as its browser knows it."""

    id: str
    elements: dict[str, Any]

    def button(self, label: str) -> dict[str, Any]:
        """What the browser sends when the button is clicked."""
        for number, element in self.elements.items():
            if element.get("props", {}).get("label") == label:
                (listener,) = (each for each in element["events"] if each["type"] == "click")
                return {"id": int(number), "client_id": self.id, "listener_id": listener["listener_id"], "args": []}
        raise AssertionError(f"no button {label}")

    @property
    def upload(self) -> str:
        """Where its files are sent."""
        (found,) = (e["props"]["url"] for e in self.elements.values() if e["tag"] == "nicegui-upload")
        return str(found)


@dataclass(slots=True)
class Socket:
    """The socket of an open page, and what came over it."""

    client: Any
    came: list[tuple[str, Any]] = field(default_factory=list)
    gone: asyncio.Event = field(default_factory=asyncio.Event)

    async def click(self, page: OpenPage, label: str) -> None:
        await self.client.emit("event", page.button(label))

    @property
    def scripts(self) -> list[str]:
        """What the page was told to run."""
        return [content["code"] for name, content in self.came if name == "run_javascript"]


@dataclass(slots=True)
class Visitor:
    """A browser."""

    panel: OpenPanel
    session: aiohttp.ClientSession
    headers: dict[str, str]

    @property
    def cookie(self) -> str:
        (cookie,) = self.session.cookie_jar.filter_cookies(URL(self.panel.url)).values()
        return f"{cookie.key}={cookie.value}"

    async def sign_in(self, name: str) -> None:
        async with self.session.post(
            "/login", data={"name": name, "password": PASSWORD}, headers=self.headers, allow_redirects=False
        ) as answer:
            assert answer.status == 303, await answer.text()

    async def open(self) -> OpenPage:
        """Open the page."""
        async with self.session.get("/", headers={"accept": "text/html"}, allow_redirects=False) as answer:
            assert answer.status == 200
            text = await answer.text()
        page_id = re.search(r"'client_id': '([\w-]{36})'", text)
        elements = re.search(r"parseElements\(String\.raw`(.*?)`\)", text)
        assert page_id is not None
        assert elements is not None
        return OpenPage(page_id[1], orjson.loads(elements[1]))

    async def status(self, method: str, path: str, **more: Any) -> int:
        """How a request is answered."""
        async with self.session.request(method, path, headers=self.headers, allow_redirects=False, **more) as answer:
            await answer.read()
            return answer.status

    async def heard(self) -> list[str]:
        """What the panel heard from pages."""
        async with self.session.get("/data/heard") as answer:
            heard: list[str] = await answer.json()
            return heard

    async def polled(self, page: OpenPage) -> tuple[int, str]:
        """How a socket is answered that is opened by ordinary requests, and its number."""
        path = f"/_nicegui_ws/socket.io/?EIO=4&transport=polling&client_id={page.id}"
        async with self.session.get(path, headers=self.headers) as answer:
            text = await answer.text()
        return answer.status, orjson.loads(text[1:])["sid"] if answer.status == 200 else ""

    @asynccontextmanager
    async def socket(
        self, page: OpenPage, *, cookie: str | None = None, origin: str | None = None
    ) -> AsyncIterator[Socket]:
        """The page's socket while the block runs.

        Raises:
            socketio.exceptions.ConnectionError: It was refused.
        """
        client = socketio.AsyncClient(reconnection=False)
        socket = Socket(client)
        client.on("*", lambda name, content=None, *rest: socket.came.append((name, content)))
        client.on("disconnect", lambda *rest: socket.gone.set())
        query = (
            f"client_id={page.id}&next_message_id=0&implicit_handshake=true&document_id={uuid4()}&tab_id=t-{page.id}"
        )
        headers = {"Origin": origin or self.panel.url, "Cookie": self.cookie if cookie is None else cookie}
        try:
            await client.connect(
                f"{self.panel.url}/?{query}",
                headers=headers,
                transports=["websocket"],
                socketio_path="/_nicegui_ws/socket.io",
            )
            yield socket
        finally:
            await client.disconnect()
            if client.eio.http is not None:
                await client.eio.http.close()


@asynccontextmanager
async def visitor(panel: OpenPanel) -> AsyncIterator[Visitor]:
    """Somebody with a browser, not signed in."""
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(panel.url, cookie_jar=jar) as session:
        yield Visitor(panel, session, {"origin": panel.url})


@asynccontextmanager
async def person(panel: OpenPanel, name: str, role: Role = Role.VIEWER) -> AsyncIterator[Visitor]:
    """A new person who is signed in."""
    async with open_app(panel.settings, SystemClock()) as app:
        link = (await app.people.add(ADMIN, name, role)).url.reveal()
    async with visitor(panel) as browser:
        async with browser.session.post(
            link, data={"password": PASSWORD}, headers=browser.headers, allow_redirects=False
        ) as answer:
            assert answer.status == 303, await answer.text()
        yield browser
