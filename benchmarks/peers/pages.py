"""A process that holds pages of the panel open, as browsers do, and counts the bytes that come for each.

Reads one line of JSON: the panel's port, the cookie of a sign-in, the address, how many pages.  Prints a line when
all of them are connected; then, for each line that it reads, what came since the last one: bytes of the socket,
compressed as a browser would have them, and characters of the messages in it.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from dataclasses import dataclass
from uuid import uuid4

import aiohttp

_PAGE_ID = re.compile(r"'client_id': '([0-9a-f-]+)'")
_SOCKET = "/_nicegui_ws/socket.io/"


@dataclass(slots=True)
class Came:
    """What came for all pages."""

    bytes: int = 0
    text: int = 0


class Relay:
    """Stands before the panel and counts what it sends."""

    def __init__(self, port: int, came: Came) -> None:
        self._port = port
        self._came = came

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection."""
        theirs, ours = await asyncio.open_connection("127.0.0.1", self._port)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._carry(reader, ours, counts=False))
            group.create_task(self._carry(theirs, writer, counts=True))

    async def _carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, *, counts: bool) -> None:
        while data := await source.read(65_536):
            if counts:
                self._came.bytes += len(data)
            target.write(data)
            await target.drain()
        target.close()


async def hold(port: int, cookie: str, address: str, pages: int) -> None:
    """Open the pages, and tell what came whenever somebody asks."""
    came = Came()
    relay = await asyncio.start_server(Relay(port, came).handle, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{relay.sockets[0].getsockname()[1]}"
    async with aiohttp.ClientSession(url, headers={"Cookie": cookie, "Origin": url}) as browser:
        sockets = [await _opened(browser, address) for _ in range(pages)]
        async with asyncio.TaskGroup() as group:
            listening = [group.create_task(_listen(socket, came)) for socket in sockets]
            _say({"open": len(sockets)})
            while await asyncio.to_thread(sys.stdin.readline):
                _say({"bytes": came.bytes, "text": came.text})
                came.bytes = came.text = 0
            for task in listening:
                task.cancel()


async def _opened(browser: aiohttp.ClientSession, address: str) -> aiohttp.ClientWebSocketResponse:
    async with browser.get(address) as answer:
        found = _PAGE_ID.search(await answer.text())
    assert found is not None, "the page has no id"
    query = {
        "client_id": found[1],
        "next_message_id": "0",
        "implicit_handshake": "true",
        "document_id": str(uuid4()),
        "tab_id": str(uuid4()),
        "old_tab_id": "",
        "EIO": "4",
        "transport": "websocket",
    }
    socket = await browser.ws_connect(_SOCKET, params=query, compress=15, max_msg_size=0)
    await socket.receive_str()
    await socket.send_str("40")
    return socket


async def _listen(socket: aiohttp.ClientWebSocketResponse, came: Came) -> None:
    async for message in socket:
        if message.data == "2":
            await socket.send_str("3")
        else:
            came.text += len(message.data)
    raise SystemExit("the panel closed a socket")


def _say(told: dict[str, int]) -> None:
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    asked = json.loads(sys.stdin.readline())
    asyncio.run(hold(asked["port"], asked["cookie"], asked["address"], asked["pages"]))
