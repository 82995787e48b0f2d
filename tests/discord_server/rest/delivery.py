"""An answer on its way back, whole or as a fault wants it: cut, held up, never sent."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from aiohttp import web

from tests.discord_server.faults import Fault
from tests.discord_server.hub import Hub
from tests.discord_server.journal import Seen


async def deliver(
    request: web.Request, seen: Seen, status: int, answer: Any, headers: dict[str, str], fault: Fault | None, hub: Hub
) -> web.StreamResponse:
    """Send *answer* as JSON, in the way that *fault* leaves open; afterwards *seen* says what was sent."""
    # Clients compare the type as a whole, so it comes without a charset.
    kind, data = "application/json", b"" if answer is None else json.dumps(answer).encode()
    if fault is not None and fault.text is not None:
        kind, data = "text/html", fault.text.encode()
    if data:
        headers |= {"Content-Type": kind}
    if fault is not None and fault.hold == "after":
        await fault.held()
    seen.status, seen.answer = (status or None), answer
    if fault is not None and fault.drop is not None:
        seen.status = None
        cut(request)
        hub.changed()
        return web.Response(status=500)
    hub.changed()
    return await send(request, status, data, headers, fault)


async def send(
    request: web.Request, status: int, data: bytes, headers: dict[str, str], fault: Fault | None
) -> web.StreamResponse:
    """Send bytes, half of them if *fault* says so."""
    if fault is None or not (fault.truncate or fault.hold == "body"):
        return web.Response(status=status, body=data, headers=headers)
    response = web.StreamResponse(status=status, headers=headers)
    response.content_length = len(data)
    with suppress(ConnectionError):
        await response.prepare(request)
        await response.write(data[: len(data) // 2])
        if fault.hold == "body":
            await fault.held()
        if fault.truncate:
            cut(request)
        else:
            await response.write(data[len(data) // 2 :])
            await response.write_eof()
    return response


def cut(request: web.Request) -> None:
    """Close the connection without another byte."""
    if request.transport is not None:
        request.transport.close()
