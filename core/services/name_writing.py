"""Writes collected names into a niche, a slice to a transaction.

Everything is read and sorted before the first write, and each slice is complete in itself: profiles, the
counts on the import's own row and, in the first one, a niche that did not exist.  So a crash leaves whole
profiles and a row that says exactly what was written, and the same import again does the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from core.clock import Clock
from core.domain.actor import Actor
from core.domain.name_runs import NameRuns
from core.errors import Conflict
from core.services.niches import existing_niche, known_niche, new_niche, still_there
from core.storage import audit
from core.storage import imports as rows
from core.storage.database import Database, Transaction
from core.storage.imports import SliceCounts
from core.storage.niches import StoredNiche

# The longest that another writer waits is about one slice; the pause lets one from another process in.
SLICE = 1_000
PAUSE = 0.002

Names = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Writing:
    """What is written where.

    Args:
        source: What the names came from: a file's name.  None keeps no import row.
        verb: For the audit log.
        create_niche: Create the niche when it does not exist, in the transaction of the first slice.
        move: Put profiles known in another niche into this one.
    """

    names: NameRuns
    niche: str
    source: str | None
    verb: str
    lines: int = 0
    invalid: int = 0
    create_niche: bool = False
    move: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the names."""

    niche: str
    niche_created: bool
    counts: SliceCounts
    repeated: int
    import_id: int | None = None


class NameWriter:
    """One writing, from the first slice to the last."""

    def __init__(self, database: Database, clock: Clock, actor: Actor, writing: Writing) -> None:
        self._database = database
        self._clock = clock
        self._actor = actor
        self._what = writing
        self._import_id: int | None = None
        self._niche: StoredNiche | None = None
        self._created = False

    async def write(self, on_progress: Callable[[int], None] | None = None) -> Written:
        """Write all names.

        Args:
            on_progress: Told after each slice how many names are written.

        Raises:
            NotFound: The niche does not exist, or was deleted meanwhile; slices that were written stay.
            Conflict: Somebody undid the import meanwhile.
        """
        counts = SliceCounts()
        done = 0
        for names, last in _with_last(self._what.names.slices(SLICE)):
            if done:
                await self._clock.sleep(PAUSE)
            done += len(names)
            repeated = self._what.names.added - done if last else None
            # In one visit to the database's thread: the lock is not held while answers wait for the loop.
            counts += await self._database.at_once(partial(self._write_slice, names=names, repeated=repeated))
            if on_progress is not None:
                on_progress(done)
        name = self._what.niche if self._niche is None else self._niche.name
        return Written(name, self._created, counts, self._what.names.added - done, self._import_id)

    async def _write_slice(self, tx: Transaction, names: Names, *, repeated: int | None) -> SliceCounts:
        now = self._clock.now()
        first = self._niche is None
        niche = await self._target(tx)
        if first:
            await self._begin(tx, niche)
        counts = await rows.write_slice(
            tx, names, niche_id=niche.id, move=self._what.move, at=now, import_id=self._import_id
        )
        if self._import_id is not None:
            if not await rows.add(tx, self._import_id, counts):
                raise Conflict("Somebody undid this import while it was being written; import the file again.")
            if repeated is not None:
                await rows.finish(tx, self._import_id, repeated)
        # Only now, when nothing can fail but the commit itself.
        self._niche = niche
        return counts

    async def _target(self, tx: Transaction) -> StoredNiche:
        if self._niche is not None:
            return await still_there(tx, self._niche)
        if not self._what.create_niche:
            return await existing_niche(tx, self._what.niche)
        known = await known_niche(tx, self._what.niche)
        self._created = known is None
        return known or await new_niche(tx, self._actor, self._what.niche, self._clock)

    async def _begin(self, tx: Transaction, niche: StoredNiche) -> None:
        what, now = self._what, self._clock.now()
        if what.source is not None:
            self._import_id = await rows.begin(
                tx,
                niche_id=niche.id,
                file_name=what.source,
                lines=what.lines,
                invalid=what.invalid,
                actor=self._actor,
                at=now,
            )
        detail = f"{what.names.added} names" if what.source is None else f"{what.names.added} names of {what.source}"
        await audit.note(tx, self._actor, what.verb, niche.name, detail, now)


async def count_names(database: Database, names: NameRuns, niche_id: int | None) -> tuple[SliceCounts, int]:
    """What a writing would find, without writing: counts, and how many names are repeated."""
    counts = SliceCounts()
    done = 0
    for some in names.slices(SLICE):
        done += len(some)
        known = await rows.count_known(database, some)
        here, all_known = known.get(niche_id or 0, 0), sum(known.values())
        counts += SliceCounts(len(some) - all_known, here, all_known - here)
    return counts, names.added - done


def _with_last(slices: Iterator[Names]) -> Iterator[tuple[Names, bool]]:
    before = next(slices, None)
    for some in slices:
        if before is not None:
            yield before, False
        before = some
    if before is not None:
        yield before, True
