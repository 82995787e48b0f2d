"""What a follower prints of a batch that changes between one look and the next."""

from __future__ import annotations

import dataclasses
from contextlib import aclosing
from io import StringIO
from pathlib import Path
from typing import Any, cast

import orjson

from cli.commands import Hooks
from cli.door import Door
from cli.exits import ExitCode
from cli.following import follow, print_endings
from cli.screen import Screen
from core.app import App, open_app
from core.clock import SystemClock
from core.services.batches import Batches
from core.services.views import BatchView
from core.settings import Platform, Settings
from core.storage.database import Database, open_database
from tests.integration.services.batch_rows import settle

NAMES = ["ann", "bea", "cleo"]


class StoredMeanwhile:
    """The verbs of batches, where a verdict is stored right after each look at a batch."""

    def __init__(self, batches: Batches, database: Database, names: list[str]) -> None:
        self._batches = batches
        self._database = database
        self._names = names

    async def show(self, *arguments: Any) -> BatchView:
        view = await self._batches.show(*arguments)
        if self._names:
            await settle(self._database, view, {self._names.pop(): "live"})
        return view

    def __getattr__(self, name: str) -> Any:
        return getattr(self._batches, name)


async def test_the_last_line_counts_what_was_stored_while_a_stop_took_effect(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, platform=Platform.INSTAGRAM)
    out = StringIO()
    door = Door(Hooks(open_app=lambda: open_app(settings, SystemClock()), sandbox=len, version="1"), Screen(out, out))
    async with door.hooks.open_app() as app, open_database(settings.database_file, clock=app.clock) as database:
        stopped = await _batch(door, app)
        meanwhile = StoredMeanwhile(app.batches, database, NAMES[:2])
        busy = dataclasses.replace(app, batches=cast(Batches, meanwhile))
        ending = await follow(door, busy, [stopped], as_json=True)
        await print_endings(door, busy, ending, as_json=True)
    *checks, last = [orjson.loads(line) for line in out.getvalue().splitlines() if line.startswith("{")]
    assert ending.code is ExitCode.INTERRUPTED
    assert [check["username"] for check in checks] == ["bea", "ann"]
    assert (last["batch"]["finished"], last["batch"]["live"]) == (2, 2)


async def _batch(door: Door, app: App) -> BatchView:
    async def names() -> Any:
        yield "\n".join(NAMES).encode()

    async with aclosing(names()) as chunks:
        await app.imports.import_file(door.actor, chunks, niche="food", file_name="names.txt", create_niche=True)
    return await app.batches.create(door.actor, niche="food")
