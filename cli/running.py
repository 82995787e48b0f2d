"""``storywatch run``: holds the engine, serves what there is, and stays up."""

from __future__ import annotations

import shutil
import sys
from contextlib import AbstractAsyncContextManager, nullcontext
from pathlib import Path

import typer

from cli import words
from cli.door import Door, door_of
from cli.exits import ExitCode
from cli.following import follow
from cli.watching import Watching
from core.app import App
from core.domain.verdict import Outcome
from core.services.views import BatchView
from core.settings import Platform

_LIVE_SHOWN = 10


def run(context: typer.Context) -> None:
    """Start the engine and stay up.

    Serves the panel, whose address it prints, and the bot, where a token is set.  Where no platform is
    configured, the pretend one is started beside it.  Works on every batch that is started, in the panel, in
    Discord or from whatever terminal, until Ctrl-C.  On a new sandbox it runs a first batch to show what comes
    out.  There is one `run` for a database.
    """
    door = door_of(context)

    async def verb(app: App) -> None:
        with app.engine.only_run():
            async with app.engine.attend("run"), _panel(door, app) as address:
                await _say_what_is_served(door, app)
                await _say_where_the_panel_is(door, app, address)
                told = [await _first_batch(door, app)] if await _shows_a_first_batch(door, app) else []
                await _say_how_to_add_work(door, app)
                await Watching(door, app, told=told).forever()

    door.run(verb, on_sigterm=ExitCode.DONE)


def _panel(door: Door, app: App) -> AbstractAsyncContextManager[str | None]:
    """The panel, served while the block runs; its address, or None where there is none."""
    return nullcontext() if door.hooks.serve is None else door.hooks.serve(app)


async def _say_where_the_panel_is(door: Door, app: App, address: str | None) -> None:
    if address is None:
        return
    door.screen.show(f"Panel: {address}")
    if app.settings.discord_token is not None:
        door.screen.show(_bot_in(len(app.settings.discord_guild_ids)))
    link = await app.sign_ins.first_link()
    if link is not None:
        door.screen.show(f"Nobody can sign in yet.  This link works once and makes the first admin:\n  {link.reveal()}")
    door.screen.flush()


def _bot_in(servers: int) -> str:
    if not servers:
        return "Bot: it answers nowhere, because STORYWATCH_DISCORD_GUILDS names no server."
    return f"Bot: it connects to Discord and answers in {words.count(servers, 'server')}."


async def _say_what_is_served(door: Door, app: App) -> None:
    settings, actor = app.settings, door.actor
    niches = await app.niches.list(actor)
    proxies, sessions = await app.proxies.list(actor), await app.sessions.list(actor)
    profiles = sum(niche.profiles for niche in niches)
    stock = (
        words.count(len(niches), "niche"),
        words.count(profiles, "profile"),
        words.count(len(proxies), "proxy", "proxies"),
        words.count(len(sessions), "session"),
    )
    platform = "Sandbox: pretend data" if settings.platform is Platform.SANDBOX else settings.platform.value
    door.screen.show(f"Storywatch {door.hooks.version} | {platform} | {settings.database_file}")
    door.screen.show(f"{', '.join(stock)}.")
    await _say_who_has_the_engine(door, app)
    door.screen.flush()


async def _say_who_has_the_engine(door: Door, app: App) -> None:
    if app.engine.holds:
        return
    engine = await app.monitoring.engine(door.actor)
    holder = f"storywatch {engine.holder} (process {engine.pid})" if engine.holder else "Another process"
    door.screen.show(f"{holder} has the engine; this process takes over when that one ends.")


async def _shows_a_first_batch(door: Door, app: App) -> bool:
    """Whether this is a sandbox in which nothing was checked yet."""
    if not app.engine.holds or app.settings.platform is not Platform.SANDBOX:
        return False
    if await app.batches.list(door.actor, count=1):
        return False
    return any(niche.profiles for niche in await app.niches.list(door.actor))


async def _first_batch(door: Door, app: App) -> str:
    """Run a batch of the first niche and show what comes out; its id."""
    niche = next(niche for niche in await app.niches.list(door.actor) if niche.profiles)
    batch = await app.batches.create(door.actor, niche=niche.name)
    door.screen.show(f'A first batch checks the niche "{niche.name}":')
    door.screen.flush()
    if batch.status != "done":
        (batch,) = await app.batches.start(door.actor, [batch.id])
    ending = await follow(door, app, [batch], as_json=False, each_check=False)
    (ended,) = ending.views
    door.screen.show(words.batch_ended(ended, ending.reasons[ended.id]))
    await _show_who_is_live(door, app, ended)
    return ended.id


async def _show_who_is_live(door: Door, app: App, batch: BatchView) -> None:
    now = app.clock.now()
    lines: list[tuple[str, str]] = []
    async for check in await app.batches.results(door.actor, batch.id, outcomes=[Outcome.LIVE]):
        lines.append((f"  {words.check_line(check, now)}", words.OUTCOME_STYLES[Outcome.LIVE]))
        if len(lines) == _LIVE_SHOWN:
            break
    door.screen.show_lines(lines)
    if batch.live > len(lines):
        door.screen.show(f"  and {batch.live - len(lines):,} more: storywatch batch results {batch.id[:8]}")
    door.screen.flush()


async def _say_how_to_add_work(door: Door, app: App) -> None:
    niches = await app.niches.list(door.actor)
    name = niches[0].name if niches else "NAME"
    quoted = f'"{name}"' if " " in name else name
    command = _command()
    for line in (
        "Add work from another terminal; Ctrl-C here stops cleanly:",
        f"  {command} check FILE --niche {quoted}",
        f"  {command} batch create --niche {quoted}, then {command} batch start ID",
        f"  {command} batch list",
    ):
        door.screen.show(line)
    door.screen.flush()


def _command() -> str:
    """How this command is called from here: by its name where that is found, else by its path."""
    found = shutil.which("storywatch")
    own = Path(sys.argv[0])
    if found is not None or own.name != "storywatch":
        return "storywatch"
    return str(own.relative_to(Path.cwd())) if own.is_relative_to(Path.cwd()) else str(own)
