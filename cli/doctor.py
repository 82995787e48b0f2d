"""``storywatch doctor``: looks at the installation and says what is wrong and how to mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import asdict, dataclass

import typer
from rich.table import Table
from rich.text import Text

from cli import words
from cli.door import Door, Json, door_of
from cli.exits import ExitCode, code_of
from core.app import App
from core.errors import ConfigError, Unavailable, UserError
from core.settings import Platform, Settings, read_settings

OK, WARNING, FAILED = "ok", "warning", "failed"
# What a sentence is about that says why the application does not open; the first that fits.
_SUBJECTS = {
    "STORYWATCH_PLATFORM": "platform",
    "STORYWATCH_DATA": "database",
    "STORYWATCH_SECRET_KEY": "key",
    "key": "key",
    "STORYWATCH_": "settings",
}
_STYLES = {OK: "green", WARNING: "yellow", FAILED: "red"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found; *fix* is empty where nothing is to do."""

    check: str
    status: str
    detail: str
    fix: str = ""


def doctor(context: typer.Context, as_json: Json = False) -> None:
    """Say what is wrong and how to mend it.

    Looks at settings, database, key, engine, proxies, sessions, canaries and routes.

    Exit code 0 when everything that is needed is there, 3 when something is not, 78 when the settings
    cannot work.
    """
    door = door_of(context)
    findings: list[Finding] = []

    async def verb(app: App) -> None:
        findings.extend(await examine(door, app))

    code = ExitCode.DONE
    try:
        read_settings()
        door.run(verb)
    except (ConfigError, Unavailable) as error:
        findings.append(not_opened(error))
        code = code_of(error)
    if code is ExitCode.DONE and any(finding.status == FAILED for finding in findings):
        code = ExitCode.REFUSED
    _show(door, findings, as_json=as_json)
    if code:
        raise typer.Exit(code)


def not_opened(error: ConfigError | UserError) -> Finding:
    """What is wrong where the application does not even open."""
    detail, _, fix = str(error).partition("; ")
    named = next((check for word, check in _SUBJECTS.items() if word in detail), "database")
    return Finding(named, FAILED, detail, fix)


async def examine(door: Door, app: App) -> list[Finding]:
    """All looks at an application that opened; opening it has proved the database and its key."""
    settings = app.settings
    found = [Finding("database", OK, f"{settings.database_file} is up to date"), _key(settings), _platform(settings)]
    looks: tuple[Callable[[Door, App], Awaitable[Finding]], ...] = (_engine, _proxies, _sessions, _canaries, _routes)
    return found + [await look(door, app) for look in looks]


def _key(settings: Settings) -> Finding:
    where = "STORYWATCH_SECRET_KEY" if settings.secrets else f"the key file in {settings.data_dir}"
    return Finding("key", OK, f"{where} opens what is stored")


def _platform(settings: Settings) -> Finding:
    if settings.platform is Platform.SANDBOX:
        fix = "set STORYWATCH_PLATFORM=instagram to watch a real one"
        return Finding("platform", OK, "Sandbox: pretend data", fix)
    return Finding("platform", OK, f"{settings.platform.value} at {settings.platform_url or 'its own address'}")


async def _engine(door: Door, app: App) -> Finding:
    engine = await app.monitoring.engine(door.actor)
    if engine.alive:
        return Finding("engine", OK, f"storywatch {engine.holder} (process {engine.pid}) is at work; {engine.pool}")
    fix = "start one with: storywatch run (check and batch start --wait bring their own)"
    return Finding(
        "engine", WARNING, f"none is at work, last heartbeat: {words.ago(engine.heartbeat_at, app.clock.now())}", fix
    )


async def _proxies(door: Door, app: App) -> Finding:
    views = await app.proxies.list(door.actor)
    states = words.listed(_counted(view.state if view.enabled else "off" for view in views))
    if not any(view.enabled for view in views):
        return Finding(
            "proxies", _missing(app), states or "there is none", "add some with: storywatch proxy import FILE"
        )
    return Finding("proxies", OK, states)


async def _sessions(door: Door, app: App) -> Finding:
    views = await app.sessions.list(door.actor)
    states = words.listed(_counted(view.state for view in views))
    if not views:
        fix = "add one with: storywatch session add --label NAME --proxy ID < cookies.txt"
        return Finding("sessions", _missing(app), "there is none", fix)
    frozen = [view.label for view in views if view.state in {"expired", "checkpoint"}]
    if frozen:
        fix = f"log in again and import the cookies, or: storywatch session enable {frozen[0]}"
        return Finding("sessions", WARNING, f"{states}; waiting for a person: {', '.join(frozen[:5])}", fix)
    unbound = [view.label for view in views if view.proxy is None]
    if unbound:
        fix = f"storywatch session bind {unbound[0]} PROXY"
        return Finding("sessions", WARNING, f"{states}; without a proxy and unused: {', '.join(unbound[:5])}", fix)
    return Finding("sessions", OK, states)


async def _canaries(door: Door, app: App) -> Finding:
    views = await app.canaries.list(door.actor)
    if not views:
        return Finding("canaries", OK, "none of your own; the platform's list is used")
    states = words.listed(_counted(view.state for view in views))
    if all(view.state == "missing" for view in views):
        fix = "add accounts that are always live: storywatch canary add NAME…"
        return Finding("canaries", WARNING, f"{states}: without one, absence proves nothing", fix)
    return Finding("canaries", OK, states)


async def _routes(door: Door, app: App) -> Finding:
    try:
        await app.monitoring.require_route(door.actor)
    except Unavailable as error:
        detail, _, fix = str(error).partition("; ")
        return Finding("routes", _missing(app), detail, fix)
    return Finding("routes", OK, "some session may ask")


def _missing(app: App) -> str:
    # The sandbox brings its proxies and sessions along at the first start of an engine.
    return WARNING if app.settings.embeds_sandbox else FAILED


def _counted(states: Iterable[str]) -> dict[str, int]:
    return dict(Counter(states).most_common())


def _show(door: Door, findings: list[Finding], *, as_json: bool) -> None:
    if as_json:
        for finding in findings:
            door.screen.record(asdict(finding))
        door.screen.flush()
        return
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for finding in findings:
        text = f"{finding.detail}\n{finding.fix}" if finding.fix else finding.detail
        table.add_row(finding.check, Text(finding.status, _STYLES[finding.status]), text)
    door.screen.show(table)
    door.screen.flush()
