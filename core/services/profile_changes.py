"""Changes of profiles that somebody named or selected: a slice to a transaction, and what is needed to undo them.

An interruption leaves whole slices.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from functools import partial

from core.clock import Clock
from core.domain.actor import Actor
from core.domain.feed import Selection
from core.errors import NotFound
from core.services.feed import Feed
from core.services.selected import Who, cleaned, count, slices
from core.services.undo import Act, Column, Undos
from core.services.views import ProfilesChanged
from core.storage import audit
from core.storage import profiles as rows
from core.storage.database import Database, Transaction
from core.storage.profiles import Before

# Other writers wait for one slice.
SLICE = 2_000
PAUSE = 0.001

# Changes profiles, of which it is told what they are; those that it changes, with what they were.
Change = Callable[[Transaction, Mapping[str, Before]], Awaitable[dict[str, str | int]]]
OnProgress = Callable[[int], None]
_RESTORES = {
    Column.STATUS: rows.restore_statuses,
    Column.NICHE: rows.restore_niches,
    Column.WATCHED: rows.restore_watched,
}


class ProfileChanges:
    """The way of every change to profiles that were named or selected."""

    def __init__(self, database: Database, clock: Clock, feed: Feed, undos: Undos) -> None:
        self._database = database
        self._clock = clock
        self._feed = feed
        self._undos = undos

    async def make(
        self,
        actor: Actor,
        who: Who,
        verb: str,
        detail: str,
        change: Change,
        *,
        act: Act | None = None,
        size: int | None = None,
        on_progress: OnProgress | None = None,
    ) -> ProfilesChanged:
        """Change the known ones of *who*.

        Args:
            act: Takes what is needed to undo it; None: it cannot be undone.
            on_progress: Told after each slice how many profiles were looked at.

        Raises:
            NotFound: None of them is known, or the niche of a query was deleted.
            InvalidInput: Nobody is named, or a name is no username; nothing is changed.
        """
        who = cleaned(who)
        # Of a selection by a query one line of the audit log says it all.
        selected = None if not isinstance(who, Selection) else await self._selected(who)
        changed = known = 0
        missing: list[str] = []
        async with aclosing(slices(self._database, self._feed, who, self._clock.now(), size or SLICE)) as some_of_them:
            async for some in some_of_them:
                if known or missing:
                    await self._clock.sleep(PAUSE)
                noted = None if known and selected else selected or ""
                # In one visit to the database's thread: the lock is not held while answers wait for the loop.
                present, done = await self._database.at_once(
                    partial(self._change, actor=actor, names=some, verb=verb, noted=noted, detail=detail, change=change)
                )
                missing += [name for name in some if name not in present]
                known, changed = known + len(present), changed + len(done)
                if act is not None:
                    act.add(done)
                self._feed.changed()
                if on_progress is not None:
                    on_progress(known + len(missing))
        if not known:
            raise unknown(missing)
        undo = None if act is None else self._undos.keep(act)
        return ProfilesChanged(changed, known - changed, tuple(missing), undo)

    async def _change(
        self,
        tx: Transaction,
        *,
        actor: Actor,
        names: Sequence[str],
        verb: str,
        noted: str | None,
        detail: str,
        change: Change,
    ) -> tuple[dict[str, Before], dict[str, str | int]]:
        """Those of *names* that are known, and those that were changed, with what they were.

        Args:
            noted: Whom the line of the audit log is about; empty: the names; None: there is a line already.
        """
        present = await rows.before(tx, names)
        done = await change(tx, present) if present else {}
        if present and noted is not None:
            await audit.note(tx, actor, verb, noted or _some(sorted(present)), detail, self._clock.now())
        return present, done

    async def undo(self, actor: Actor, token: str, on_progress: OnProgress | None = None) -> ProfilesChanged:
        """Give the profiles of an act what they had before it, those that still are as it left them.

        Raises:
            NotFound: It cannot be undone any more.
        """
        act = self._undos.take(token)
        try:
            return await self._restore(actor, act, on_progress)
        except BaseException:
            # What is restored already is passed over next time.
            self._undos.put_back(token, act)
            raise

    async def _restore(self, actor: Actor, act: Act, on_progress: OnProgress | None) -> ProfilesChanged:
        changed = looked_at = 0
        for before in act.slices():
            if looked_at:
                await self._clock.sleep(PAUSE)
            noted = None if looked_at else actor
            changed += await self._database.at_once(partial(self._put_back, act=act, before=before, noted=noted))
            looked_at += len(before)
            self._feed.changed()
            if on_progress is not None:
                on_progress(looked_at)
        return ProfilesChanged(changed, looked_at - changed, ())

    async def _put_back(
        self, tx: Transaction, *, act: Act, before: Mapping[str, str | int], noted: Actor | None
    ) -> int:
        restore = _RESTORES[act.column]
        if noted is not None:
            detail = f"{act.size:,} profiles"
            await audit.note(tx, noted, "profile.undo", act.label, detail, self._clock.now())
        return await restore(tx, before, act.now)

    async def _selected(self, who: Selection) -> str:
        return f"{await count(self._database, self._feed, who):,} profiles selected by conditions"


def unknown(names: Sequence[str]) -> NotFound:
    """The sentence about names that are nobody's."""
    if not names:
        return NotFound("No profile matches any more; look again, and select anew.")
    if len(names) == 1:
        return NotFound(f'There is no profile "{names[0]}"; import it or add it to a niche first.')
    return NotFound(f"None of these {len(names):,} profiles is known; import them or add them to a niche first.")


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:5])
    return shown if len(names) <= 5 else f"{shown} and {len(names) - 5} more"
