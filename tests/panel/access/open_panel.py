"""A panel of one page behind the real gate, served over a real socket in a process of its own.

The library keeps its pages for the whole process, so a test that needs a server starts one with this file.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import sys
from pathlib import Path

import orjson
import uvicorn
from fastapi import FastAPI
from nicegui import events, ui
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core.app import App, open_app
from core.clock import SystemClock
from core.domain.actor import Actor, Role
from core.errors import UserError
from core.settings import Platform, Settings
from panel.access import SessionGate, keep_watch, requires, routes, signed_in


def application(app: App, heard: list[str]) -> FastAPI:
    """The page, and what was heard from it."""

    async def tell(request: Request) -> Response:
        return JSONResponse(heard)

    host = FastAPI()
    host.router.routes.extend([*routes(app), Route("/data/heard", tell)])

    @requires(Role.VIEWER)
    async def read(actor: Actor) -> None:
        heard.append(f"read by {actor.name}")

    @requires(Role.OPERATOR, "press this button")
    async def write(actor: Actor) -> None:
        heard.append(f"write by {actor.name}")

    async def take(upload: events.UploadEventArguments) -> None:
        heard.append(f"file of {upload.file.size()} bytes")

    @ui.page("/")
    async def page() -> None:
        ui.label(f"This is the page of {signed_in().name}.")
        ui.button("Read", on_click=read)
        ui.button("Write", on_click=write)
        ui.upload(on_upload=take, auto_upload=True)
        ui.on_exception(lambda error: heard.append(str(error)))

    ui.run_with(host, title="Storywatch", dark=None, language="en-US", show_welcome_message=False)
    return host


async def serve(folder: Path) -> None:
    """Serve until SIGTERM; the first line of standard output says where."""
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    settings = Settings(_env_file=None, data_dir=folder, platform=Platform.INSTAGRAM, panel_port=port)
    async with open_app(settings, SystemClock()) as app:
        heard: list[str] = []
        config = uvicorn.Config(
            SessionGate(application(app, heard), app), log_config=None, access_log=False, proxy_headers=False
        )
        config.timeout_graceful_shutdown = 1
        server = uvicorn.Server(config)
        async with keep_watch(app):
            link = await app.sign_ins.first_link()
            told = {"url": settings.panel_url, "link": link and link.reveal()}
            sys.stdout.write(orjson.dumps(told).decode() + "\n")
            sys.stdout.flush()
            await server.serve(sockets=[listening])


def _is_no_refusal(record: logging.LogRecord) -> bool:
    return not (isinstance(record.exc_info, tuple) and isinstance(record.exc_info[1], UserError))


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    logging.getLogger("nicegui").addFilter(_is_no_refusal)
    # The server hands the signal on when it has ended.
    signal.signal(signal.SIGTERM, lambda number, frame: None)
    asyncio.run(serve(Path(sys.argv[1])))
