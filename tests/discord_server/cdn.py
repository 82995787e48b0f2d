"""Where files are fetched from: by signed addresses that run out, without any token."""

from __future__ import annotations

from aiohttp import web

from tests.discord_server.faults import Faults
from tests.discord_server.journal import Requests, Seen
from tests.discord_server.rest.delivery import cut, send
from tests.discord_server.world import World

GONE = b"This content is no longer available."


def cdn_application(world: World, faults: Faults, requests: Requests) -> web.Application:
    """A web application that serves the files of *world*."""

    async def get(request: web.Request) -> web.StreamResponse:
        query = dict(request.query)
        now = world.hub.clock.now()
        seen = Seen(now, "GET", request.path, "cdn", dict(request.match_info), query, dict(request.headers))
        requests.note(seen)
        fault = faults.for_cdn(request.path)
        if fault is not None and fault.hold == "before":
            await fault.held()
        stored = world.files.find(request.path, query)
        status, data = (404, GONE) if stored is None else (200, stored.data)
        kind = "text/plain" if stored is None or stored.content_type is None else stored.content_type
        if fault is not None and fault.refusal is not None:
            status, data, kind = fault.refusal.status, fault.refusal.message.encode(), "text/plain"
        if fault is not None and fault.drop is not None:
            cut(request)
            world.hub.changed()
            return web.Response(status=500)
        seen.status = status
        world.hub.changed()
        return await send(request, status, data, {"Content-Type": kind}, fault)

    app = web.Application()
    for root in ("attachments", "ephemeral-attachments"):
        app.router.add_get(f"/{root}/{{channel_id}}/{{file_id}}/{{name}}", get)
    return app
