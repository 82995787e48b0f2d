"""The composition root: puts the application, the command line and the sandbox together.  Builds, never decides."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.metadata
import logging
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import orjson

from cli.commands import Hooks, run_cli
from core import log
from core.app import App, open_app
from core.clock import SystemClock
from core.domain.actor import Actor, Role
from core.errors import Unavailable
from core.settings import Settings, read_settings
from core.sources.sample import redacted
from sandbox.__main__ import main as run_sandbox

# Where the embedded sandbox listens, so that its proxies have the same addresses at every start.
_SANDBOX_PORT = 18_300
_PORT_IN_USE = 3
_SANDBOX_ENDS_WITHIN = 5.0
_SEEDER = Actor("sandbox", Role.ADMIN)


def main() -> None:
    """The ``storywatch`` command."""
    version = importlib.metadata.version("storywatch")
    sys.exit(run_cli(Hooks(open_app=opened, sandbox=run_sandbox, version=version, serve=served)))


@asynccontextmanager
async def opened() -> AsyncIterator[App]:
    """The application as the environment describes it.

    Raises:
        ConfigError: A setting cannot work.
        Unavailable: The database is away.
    """
    settings = read_settings()
    # People are told what matters by the commands themselves; machines get every transition.
    level = logging.INFO if settings.log_format == "json" else logging.WARNING
    log.set_up(settings.log_format, level=level, redact=redacted)
    surroundings = pretend_platform if settings.embeds_sandbox else None
    async with open_app(settings, SystemClock(), surroundings=surroundings) as app:
        yield app


@asynccontextmanager
async def served(app: App) -> AsyncIterator[str]:
    """Serve the panel and, where a token is set, the bot; yields the panel's address.

    Raises:
        Unavailable: The panel's port is taken.
    """
    from panel.server import serve_panel  # noqa: PLC0415  # takes a second, which only `run` has to wait for

    async with serve_panel(app) as address, bot(app):
        yield address


@asynccontextmanager
async def bot(app: App) -> AsyncIterator[None]:
    """Keep the bot connected to Discord, where a token is set."""
    if app.settings.discord_token is None:
        yield
        return
    from bot.life import serve_bot  # noqa: PLC0415  # takes a second, which only those who have a bot wait for

    async with serve_bot(app):
        yield


@asynccontextmanager
async def pretend_platform(app: App) -> AsyncIterator[str]:
    """Run the sandbox in a process of its own, with its demo data stored; yields the platform's address."""
    async with _sandbox(app.settings) as told:
        await _seed(app, told)
        yield str(told["platform_url"])


@asynccontextmanager
async def _sandbox(settings: Settings) -> AsyncIterator[dict[str, object]]:
    """What the sandbox tells of itself; it runs while the block does.

    Raises:
        Unavailable: It did not start.
    """
    # Asked first, because a sandbox that finds its port taken says so to whoever reads the terminal.
    for port in (_SANDBOX_PORT, 0) if _is_free(_SANDBOX_PORT) else (0,):
        async with _process(settings, port) as process:
            assert process.stdout is not None
            line = await process.stdout.readline()
            if line:
                yield orjson.loads(line)
                return
            if await process.wait() != _PORT_IN_USE:
                break
    raise Unavailable("The sandbox did not start; `storywatch sandbox` shows why.")


def _is_free(port: int) -> bool:
    try:
        with socket.create_server(("127.0.0.1", port)):
            return True
    except OSError:
        return False


@asynccontextmanager
async def _process(settings: Settings, port: int) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "sandbox", "--json", "--until-stdin-closes", "--port", str(port)),
        *("--folder", str((settings.data_dir / "sandbox").absolute())),
        cwd=Path(__file__).parent,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        # A terminal sends Ctrl-C to all of its processes: the platform would be gone while the engine still asks it.
        start_new_session=True,
    )
    try:
        yield process
    finally:
        # It ends when its standard input does, also when this process is killed.
        assert process.stdin is not None
        process.stdin.close()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), _SANDBOX_ENDS_WITHIN)
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _seed(app: App, told: dict[str, object]) -> None:
    """Store the sandbox's niches, canaries, proxies and sessions unless an earlier start did.

    Sessions come last, so that a start which was interrupted is made up for by the next one.
    """
    proxies = _text(told["proxies"])
    if await app.proxies.list(_SEEDER):
        # Another port than last time moves the proxies; everything else is as it was.
        await app.proxies.readdress(_SEEDER, proxies)
        if await app.sessions.list(_SEEDER):
            return
    niches = told["niches"]
    assert isinstance(niches, dict), "niches are told by name"
    for name, file in niches.items():
        chunks = [_text(file).encode()]
        await app.imports.import_file(_SEEDER, chunks, niche=name, file_name=f"{name}.txt", create_niche=True)
    await app.canaries.add(_SEEDER, _text(told["canaries"]).split())
    await app.proxies.import_lines(_SEEDER, proxies)
    await app.sessions.import_lines(_SEEDER, _text(told["sessions"]), bind_in_order=True)


def _text(file: object) -> str:
    return Path(str(file)).read_text("utf-8")


if __name__ == "__main__":
    main()
