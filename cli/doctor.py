"""``storywatch doctor``: looks at the installation and says what is wrong and how to mend it."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from cli.door import Door, Json, door_of
from cli.exits import ExitCode, code_of
from core.app import App
from core.errors import ConfigError, InvalidInput, Unavailable, UserError
from core.services.views.findings import FAILED, OK, WARNING, Finding
from core.settings import read_settings

# What a sentence is about that says why the application does not open; the first that fits.
_SUBJECTS = {
    "STORYWATCH_PLATFORM": "platform",
    "STORYWATCH_DATA": "database",
    "STORYWATCH_SECRET_KEY": "key",
    "key": "key",
    "STORYWATCH_": "settings",
}
_STYLES = {OK: "green", WARNING: "yellow", FAILED: "red"}


def doctor(
    context: typer.Context,
    bundle: Annotated[
        Path | None,
        typer.Option("--bundle", metavar="FILE.zip", help="Write what somebody who helps wants to know, no secrets."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Say what is wrong and how to mend it.

    Looks at settings, database, key, engine, proxies, sessions, canaries and routes.  A bundle holds that, versions,
    settings, limits, what happened last, errors with masked samples, and how the database is kept.

    Exit code 0 when everything that is needed is there, 3 when something is not, 78 when the settings
    cannot work.
    """
    door = door_of(context)
    findings: list[Finding] = []

    async def verb(app: App) -> None:
        findings.extend(await app.doctor.examine(door.actor))
        if bundle is not None:
            _write(bundle, await app.doctor.bundle(door.actor))
            door.screen.remark(f"{bundle} is written; look into it before you send it to somebody.")

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


def _write(file: Path, data: bytes) -> None:
    """Write *data* to a new file that only its owner can read.

    Raises:
        InvalidInput: It is there already, or cannot be written.
    """
    try:
        descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        raise InvalidInput("--bundle", f"{file} is there already; name another file") from None
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise InvalidInput("--bundle", f"{file} cannot be written ({why}); name another file") from None
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(data)


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
