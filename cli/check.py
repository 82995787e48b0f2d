"""``storywatch check``: a file of usernames in, every verdict out."""

from __future__ import annotations

from contextlib import ExitStack, aclosing
from dataclasses import dataclass
from pathlib import PurePath
from typing import Annotated

import typer

from cli import files
from cli.door import Door, Json, NicheName, door_of
from cli.exits import ExitCode
from cli.following import follow, print_endings
from cli.progress import ImportDisplay
from cli.rejections import remark_rejected
from core.app import App
from core.errors import InvalidInput
from core.services.exports import Form
from core.services.reading import ReadList
from core.services.views import BatchView

ListFile = Annotated[str, typer.Argument(metavar="FILE", help="A text file or CSV of usernames; - is standard input.")]
Recheck = Annotated[bool, typer.Option("--recheck", help="Ask about everybody, those checked a moment ago too.")]
MaxWait = Annotated[
    float | None,
    typer.Option("--max-wait", min=0, metavar="SECONDS", help="Give up waiting after so long, with exit code 4."),
]


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for besides the names."""

    niche: str
    recheck: bool
    max_wait: float | None
    as_json: bool


def check(
    context: typer.Context,
    file: ListFile,
    niche: NicheName,
    out: Annotated[
        str | None,
        typer.Option("--out", metavar="FILE.csv|.jsonl", help="Write the results to a file, too, once all are there."),
    ] = None,
    max_wait: MaxWait = None,
    recheck: Recheck = False,
    as_json: Json = False,
) -> None:
    """Check everybody in a file, and print who has a live story.

    Imports the list into the niche (which is made if it does not exist), makes a batch of all its valid
    lines, runs it to its end and prints each verdict as it comes.  While `storywatch run` has the engine,
    the batch runs there and is followed from here.

    \b
      storywatch check names.txt --niche food
      storywatch check names.csv --niche food --out results.csv
      cat names.txt | storywatch check - --niche food --json
    """
    door = door_of(context)
    options = Options(niche, recheck, max_wait, as_json)

    async def verb(app: App) -> ExitCode:
        with ExitStack() as stack:
            form = None if out is None else form_of(out)
            results = None if out is None else stack.enter_context(files.new_file(out, "--out"))
            read = await read_list(door, app, file)
            async with app.engine.attend("check"):
                await app.monitoring.require_route(door.actor)
                batch = await _started(door, app, read, file, options)
                ending = await follow(door, app, [batch], as_json=as_json, max_wait=max_wait)
            if results is not None and form is not None and ending.code is ExitCode.DONE:
                async for line in await app.batches.export(door.actor, batch.id, form):
                    results.stream.write(line)
                results.keep()
            await print_endings(door, app, ending, as_json=as_json)
            return ending.code

    door.run(verb)


def form_of(name: str) -> Form:
    """The form of a results file, by its ending.

    Raises:
        InvalidInput: It is neither .csv nor .jsonl.
    """
    ending = PurePath(name).suffix.lower().removeprefix(".")
    if ending not in set(Form):
        raise InvalidInput("--out", f"{name} ends in neither .csv nor .jsonl; name it after the form that you want")
    return Form(ending)


async def read_list(door: Door, app: App, file: str) -> ReadList:
    """The usernames of *file*; what is no username is counted on standard error.  Nothing is written.

    Raises:
        InvalidInput: It cannot be read, is empty, is no text or holds no username.
    """
    async with aclosing(files.pieces(file)) as pieces:
        read = await app.imports.read(door.actor, pieces, on_progress=ImportDisplay(door.screen, app.clock))
    every = "see all: storywatch import FILE --niche NAME --dry-run --errors lines.jsonl"
    remark_rejected(door.screen, read.rejected, read.invalid, every)
    return read


async def _started(door: Door, app: App, read: ReadList, file: str, options: Options) -> BatchView:
    report = await app.imports.write(
        door.actor, read, niche=options.niche, file_name=files.shown(file), create_niche=True
    )
    if report.niche_created:
        door.screen.remark(f'The niche "{report.niche}" was created.')
    batch = await app.batches.create(door.actor, niche=report.niche, names=read.names, recheck=options.recheck)
    if batch.status == "done":
        return batch
    (started,) = await app.batches.start(door.actor, [batch.id])
    return started
