"""``storywatch import``: the usernames of a file into a niche."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import aclosing
from typing import Annotated

import typer

from cli import files, jsonlines, words
from cli.check import ListFile
from cli.door import Door, Json, NicheName, door_of
from cli.progress import ImportDisplay
from cli.rejections import errors_file, remark_rejected
from core.app import App
from core.services.views import ImportReport, RejectedLine


def import_file(
    context: typer.Context,
    file: ListFile,
    niche: NicheName,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen; write nothing.")] = False,
    errors: Annotated[
        str | None,
        typer.Option("--errors", metavar="FILE", help="Write every line that could not be used to this file, as JSON."),
    ] = None,
    move: Annotated[bool, typer.Option("--move", help="Move profiles of other niches here; else they stay.")] = False,
    as_json: Json = False,
) -> None:
    """Put the usernames of a file into a niche.

    The niche is made if it does not exist.  Takes one username a line, or a CSV: @name and addresses of
    profiles too, in any usual encoding, of any size.

    \b
      storywatch import names.txt --niche food --dry-run
      storywatch import names.csv --niche food --errors bad-lines.jsonl
    """
    door = door_of(context)

    async def verb(app: App) -> None:
        with errors_file(errors) as on_rejected:
            report = await _imported(door, app, file, niche, on_rejected, dry_run=dry_run, move=move)
        if report.niche_created:
            door.screen.remark(f'The niche "{report.niche}" was created.')
        if as_json:
            for line in report.rejected:
                door.screen.record(jsonlines.rejected(line))
            door.screen.record(jsonlines.import_report(report))
        else:
            remark_rejected(door.screen, report.rejected, report.invalid, "write all to a file with --errors FILE")
            door.screen.show(told(report))

    door.run(verb, if_interrupted="Whole profiles are stored so far; the same import again does the rest.")


async def _imported(
    door: Door,
    app: App,
    file: str,
    niche: str,
    on_rejected: Callable[[RejectedLine], None] | None,
    *,
    dry_run: bool,
    move: bool,
) -> ImportReport:
    async with aclosing(files.pieces(file)) as pieces:
        return await app.imports.import_file(
            door.actor,
            pieces,
            niche=niche,
            file_name=files.shown(file),
            create_niche=True,
            dry_run=dry_run,
            move=move,
            on_rejected=on_rejected,
            on_progress=ImportDisplay(door.screen, app.clock),
        )


def told(report: ImportReport, what: str = "line") -> str:
    """What became of the lines, in one sentence."""
    left = report.known_elsewhere - report.moved
    numbers = {
        "created": report.created,
        "already here": report.known_here,
        "moved here from other niches": report.moved,
        "known in another niche, where they stay": left,
        "repeated in the file": report.repeated,
        "that could not be used": report.invalid,
        "blank": report.blank,
    }
    would = "would be " if report.dry_run else ""
    return f'{words.count(report.lines, what)} {would}read into "{report.niche}": {words.listed(numbers)}.'
