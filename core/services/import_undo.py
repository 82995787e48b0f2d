"""Takes an import back: erases the profiles that it made and that nobody has touched since, and no others."""

from __future__ import annotations

from functools import partial

from core.clock import Clock
from core.domain.actor import Actor
from core.domain.name_runs import NameRuns
from core.errors import Conflict, NotFound
from core.services.feed import Feed
from core.services.views import ImportUndone
from core.storage import audit
from core.storage import import_undo as rows
from core.storage import imports as import_rows
from core.storage.database import Database, Row, Transaction

SLICE = 1_000
_PAUSE = 0.002


async def undo_import(database: Database, clock: Clock, feed: Feed, actor: Actor, import_id: int) -> ImportUndone:
    """Erase what the import made, a slice to a transaction; an interruption leaves the rest to the next time.

    Raises:
        NotFound: There is no such import.
        Conflict: It was undone already, or its niche was deleted.
    """
    row = await _undoable(database, import_id)
    niche_id, removed, after = row["niche_id"], 0, ""
    while some := await rows.untouched(database, import_id, niche_id, after=after, count=SLICE):
        # In one visit to the database's thread: the lock is not held while answers wait for the loop.
        erase = partial(rows.remove, import_id=import_id, niche_id=niche_id, usernames=some)
        removed += await database.at_once(erase)
        feed.changed()
        after = some[-1]
        await clock.sleep(_PAUSE)
    kept = await rows.count_left(database, import_id)

    async def finish(tx: Transaction) -> None:
        now = clock.now()
        await rows.set_undone(tx, import_id, now)
        detail = f"{removed:,} profiles erased, {kept:,} kept"
        await audit.note(tx, actor, "profile.import.undo", row["file_name"], detail, now)

    await database.at_once(finish)
    return ImportUndone(import_id, row["file_name"], removed, kept)


async def made_by(database: Database, import_id: int) -> NameRuns:
    """Usernames of the profiles that the import made and that nobody has touched since; some may be in a batch.

    Raises:
        NotFound: There is no such import.
        Conflict: It was undone, its niche was deleted, or there is no such profile left.
    """
    row = await _undoable(database, import_id)
    names, after = NameRuns(), ""
    while some := await rows.untouched(database, import_id, row["niche_id"], after=after, count=SLICE):
        names.add(some)
        after = some[-1]
    if not names.added:
        raise Conflict(f'No profile of the import of "{row["file_name"]}" waits for its first check.')
    return names


async def _undoable(database: Database, import_id: int) -> Row:
    row = await import_rows.one(database, import_id)
    if row is None:
        raise NotFound(f"There is no import {import_id}; look at the list of imports.")
    if row["undone_at"] is not None:
        raise Conflict(f'The import of "{row["file_name"]}" was undone already.')
    if row["niche_id"] is None:
        raise Conflict(
            f'The niche of the import of "{row["file_name"]}" was deleted; what became of its profiles stays.'
        )
    return row
