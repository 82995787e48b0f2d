"""Writing what there is to standard output or to a file, as CSV or JSON Lines; never a secret."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Annotated

import typer

from cli import files
from cli.check import form_of
from cli.door import Door
from core.app import App
from core.domain.actor import Actor
from core.services.exports import Form

Out = Annotated[
    str | None,
    typer.Option("--out", metavar="FILE.csv|.jsonl", help="Write to this file in place of standard output."),
]
Export = Callable[[App, Actor, Form], Awaitable[AsyncIterator[str]]]


def write(door: Door, export: Export, out: str | None, *, as_json: bool) -> None:
    """Write the lines of *export*: to the file *out* in the form that its ending names, else CSV or JSON Lines."""

    async def verb(app: App) -> None:
        form = form_of(out) if out is not None else Form.JSONL if as_json else Form.CSV
        exported = await export(app, door.actor, form)
        if out is None:
            async for line in exported:
                door.screen.write(line)
            return
        with files.new_file(out, "--out") as new:
            async for line in exported:
                new.stream.write(line)
            new.keep()

    door.run(verb)
