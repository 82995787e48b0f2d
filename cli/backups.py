"""``storywatch backup`` and ``restore``: a copy of the database, and the way back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from cli import jsonlines, words
from cli.door import Door, Json, door_of
from cli.exits import ExitCode
from cli.screen import Screen
from core.app import App, restoring
from core.clock import Clock, SystemClock
from core.errors import InvalidInput
from core.services.views.backups import BackupMade, Contained, Restored
from core.settings import read_settings

_LINE_EVERY = 5.0


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where the copy goes.")],
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    as_json: Json = False,
) -> None:
    """Copy the database to a file while everything runs.

    The copy is of one moment and is looked over before it gets its name.  The key that opens cookies and proxy
    passwords is not in it: keep that at another place.
    """
    door = door_of(context)

    async def verb(app: App) -> None:
        progress = CopyProgress(door.screen, app.clock)
        made = await app.backups.back_up(door.actor, file, force=force, on_progress=progress)
        if as_json:
            door.screen.record(jsonlines.backup_made(made))
            return
        door.screen.show(f"{made.file}: {_megabytes(made.size)}, whole. {_contained(made.contained)}")
        door.screen.remark(_where_the_key_is(made))

    door.run(verb, if_interrupted="Nothing was kept of the copy.")


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A copy that was made by: storywatch backup")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask whether that is meant.")] = False,
    as_json: Json = False,
) -> None:
    """Put a backup in the place of the database.

    Nobody may work with the database meanwhile.  What was there is kept beside it.  A backup of an older version is
    upgraded first; one that is damaged, another platform's, or made with another key is refused.
    """
    door = door_of(context)
    settings = read_settings()
    if not yes:
        _must_be_meant(settings.database_file, file)

    async def verb() -> None:
        clock = SystemClock()
        progress = CopyProgress(door.screen, clock)
        done = await restoring(settings, clock).restore(door.actor, file, on_progress=progress)
        if as_json:
            door.screen.record(jsonlines.restored(done))
            return
        _tell_restored(door, done)

    door.run_alone(verb, if_interrupted="The database is as it was.")


class CopyProgress:
    """Says how far a copy is, every few seconds; told from another thread."""

    def __init__(self, screen: Screen, clock: Clock) -> None:
        self._screen = screen
        self._clock = clock
        self._said_at = clock.monotonic()

    def __call__(self, done: int, pages: int) -> None:
        now = self._clock.monotonic()
        if pages and now >= self._said_at + _LINE_EVERY:
            self._said_at = now
            self._screen.remark(f"{100 * done // pages} % is copied.")


def _must_be_meant(database: Path, file: Path) -> None:
    if not database.exists():
        return
    if sys.stdin is None or not sys.stdin.isatty():
        raise InvalidInput(
            "--yes", f"give it to put {file} in the place of {database}; what is there is kept beside it"
        )
    question = f"Put {file} in the place of {database}? What is there is kept beside it."
    try:
        is_meant = typer.confirm(question, err=True)
    except typer.Abort:
        is_meant = False
    if not is_meant:
        raise typer.Exit(ExitCode.INTERRUPTED)


def _tell_restored(door: Door, done: Restored) -> None:
    door.screen.show(f"{done.file} is the database {done.database} now. {_contained(done.contained)}")
    if done.upgraded:
        door.screen.remark(f"It was of an older version and was upgraded by {words.count(len(done.upgraded), 'step')}.")
    if done.kept is not None:
        door.screen.remark(f"What was there before is {done.kept}; delete it when nobody misses anything.")
    if not done.limits_known:
        door.screen.remark(
            "What was sent since the backup was made cannot be read, so limits count from then; "
            "wait a day before you start, or be careful."
        )
    door.screen.remark("Batches that were in line then go on with the next start.")


def _contained(what: Contained) -> str:
    counts = (
        words.count(what.niches, "niche"),
        words.count(what.profiles, "profile"),
        words.count(what.batches, "batch", "batches"),
        words.count(what.checks, "check"),
        words.count(what.proxies, "proxy", "proxies"),
        words.count(what.sessions, "session"),
    )
    return f"{', '.join(counts)}."


def _where_the_key_is(made: BackupMade) -> str:
    if made.key_file is None:
        return "The key is not in it: it is what STORYWATCH_SECRET_KEY says, and nothing opens the secrets without it."
    return f"The key is not in it: copy {made.key_file} to another place, for nothing opens the secrets without it."


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
