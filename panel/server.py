"""The panel's web server inside the application's own loop: the gate, the routes, the pages.

Puts together and starts; what a page shows is in :mod:`panel.pages`, who may see it in :mod:`panel.access`.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI
from nicegui import ui
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from core.app import App
from core.errors import Unavailable, UserError
from core.settings import Settings
from core.tasks import spawn
from panel import access, data_routes, errors, frame, metrics, signs_of_life
from panel.answers import refused
from panel.frame import STATIC
from panel.live_updates import LiveUpdates

# Bodies of these may be as large as the largest list.
UPLOADS = ("/data/imports", "/data/settings/lists", "/data/profiles/selection")

# Open sockets would keep the server for ever.
_ENDS_WITHIN = 3
# A page that lost its connection for less than that goes on as if nothing had been.
_RECONNECT_WITHIN = 20.0


class EmbeddedServer(uvicorn.Server):
    """A server whose process has other things to do, and owns the signals."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_up.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def build_panel(app: App, live: LiveUpdates) -> FastAPI:
    """The panel over *app*: once in a process, because the library keeps pages and handlers for the whole process."""
    host = FastAPI(title="Storywatch", docs_url=None, redoc_url=None, openapi_url=None)
    own = (access, data_routes, metrics, signs_of_life)
    host.router.routes.extend(route for part in own for route in part.routes(app))
    host.add_exception_handler(UserError, refused)
    # The default level takes two and a half times as long, on the loop, for a hundredth fewer bytes.
    host.add_middleware(GZipMiddleware, minimum_size=1_000, compresslevel=4)
    host.mount("/static", StaticFiles(directory=STATIC), name="static")
    errors.install()
    frame.install(app, live)
    ui.run_with(
        host,
        title="Storywatch",
        favicon=STATIC / "favicon.svg",
        dark=None,
        language="en-US",
        reconnect_timeout=_RECONNECT_WITHIN,
        binding_refresh_interval=None,
        tailwind=False,
        show_welcome_message=False,
    )
    return host


@asynccontextmanager
async def serve_panel(app: App) -> AsyncIterator[str]:
    """Serve the panel while the block runs; yields its address.

    Raises:
        Unavailable: The port is taken, or the address is not this machine's.
    """
    settings = app.settings
    listening = _listen(settings)
    live = LiveUpdates(app)
    gated = access.SessionGate(build_panel(app, live), app, uploads=UPLOADS)
    # It logs every socket's address, which is as good as a key to the page behind it.
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    config = uvicorn.Config(
        gated,
        log_config=None,
        access_log=False,
        lifespan="on",
        timeout_graceful_shutdown=_ENDS_WITHIN,
        # Whose forwarding headers count is decided in the gate, by one rule for everything.
        proxy_headers=False,
        server_header=False,
    )
    server = EmbeddedServer(config)
    serving = spawn(server.serve(sockets=[listening]), name="panel")
    telling = spawn(live.run(), name="tell open pages")
    up = spawn(server.is_up.wait(), name="panel is up")
    try:
        await asyncio.wait({serving, up}, return_when=asyncio.FIRST_COMPLETED)
        if serving.done():
            await serving
            raise Unavailable("The panel did not start; the log says why.")
        async with access.keep_watch(app):
            yield settings.panel_url
    finally:
        up.cancel()
        telling.cancel()
        server.should_exit = True
        await asyncio.wait({serving, telling})
        listening.close()


def _listen(settings: Settings) -> socket.socket:
    """A socket at the panel's address, so that a taken port is known before anything starts."""
    family = socket.AF_INET6 if ":" in settings.panel_host else socket.AF_INET
    # Only of a socket that says so does the loop know that it is TCP, and that small answers must not wait for more.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.panel_host, settings.panel_port))
    except OSError as error:
        listening.close()
        raise Unavailable(
            f"The panel cannot listen on {settings.panel_host}:{settings.panel_port} ({error.strerror}); "
            "set STORYWATCH_PANEL_PORT to a free port, or STORYWATCH_PANEL_HOST to an address of this machine."
        ) from None
    listening.listen(128)
    listening.setblocking(False)
    return listening
