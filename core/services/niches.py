"""The verbs of niches: list, show, create, rename, order, target, delete."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from core.clock import Clock
from core.domain import niche_name
from core.domain.actor import Actor, Role
from core.domain.closest import hint, sentence
from core.domain.day import UTC_ZONE
from core.errors import Conflict, InvalidInput, NotFound
from core.events import Events, WorkArrived
from core.services.feed import Feed
from core.services.overview import Overview
from core.services.views import NicheRemoved, NichesOverview, NicheView
from core.storage import audit, engine_state
from core.storage import niches as rows
from core.storage import profiles as profile_rows
from core.storage.database import Database, Transaction
from core.storage.niches import StoredNiche

# Other writers wait for one slice.  Moving touches two index entries a profile; erasing takes its checks along.
_MOVE_SLICE = 2_000
_ERASE_SLICE = 500
_PAUSE = 0.001

_HIGHEST_TARGET = 1_000_000


class Niches:
    """Named, ordered groups of profiles."""

    def __init__(
        self, database: Database, clock: Clock, events: Events, feed: Feed | None = None, zone: ZoneInfo = UTC_ZONE
    ) -> None:
        self._database = database
        self._clock = clock
        self._events = events
        self._feed = feed or Feed(database, clock)
        self._overview = Overview(database, clock, self._feed, zone)

    async def overview(self, actor: Actor) -> NichesOverview:
        """All niches in their order with their numbers of today, and what all profiles add up to.

        The numbers are those of the last seconds; with a great many profiles they are counted less often.
        """
        actor.must_be(Role.VIEWER, "list niches")
        return await self._overview.read()

    async def list(self, actor: Actor) -> tuple[NicheView, ...]:
        """All niches in their order, with how many profiles each has and how many of them are live."""
        actor.must_be(Role.VIEWER, "list niches")
        stored = await rows.every(self._database)
        profiles = await rows.count_profiles(self._database)
        live = await rows.count_live(self._database, self._clock.now())
        return tuple(_view(niche, profiles, live) for niche in stored)

    async def names(self, actor: Actor) -> tuple[str, ...]:
        """The names of all niches in their order; costs the same however many profiles there are."""
        actor.must_be(Role.VIEWER, "list niches")
        return tuple(niche.name for niche in await rows.every(self._database))

    async def show(self, actor: Actor, name: str) -> NicheView:
        """One niche.

        Raises:
            NotFound: No niche has this name.
        """
        actor.must_be(Role.VIEWER, "see a niche")
        return await self._seen(await existing_niche(self._database, name))

    async def create(self, actor: Actor, name: str, *, daily_story_target: int | None = None) -> NicheView:
        """Add an empty niche behind the others.

        Raises:
            Conflict: The name is taken; case does not tell names apart.
            InvalidInput: The name or the target cannot be used.
        """
        actor.must_be(Role.OPERATOR, "create niches")
        _check_target(daily_story_target)
        async with self._database.transaction() as tx:
            niche = await new_niche(tx, actor, name, self._clock, daily_story_target)
        self._feed.changed()
        return await self._seen(niche)

    async def rename(self, actor: Actor, name: str, new_name: str) -> NicheView:
        """Give a niche another name; also one that differs in case alone.

        Raises:
            NotFound: No niche has the old name.
            Conflict: Another niche has the new one.
            InvalidInput: The new name cannot be used.
        """
        actor.must_be(Role.OPERATOR, "rename niches")
        cleaned = niche_name.clean(new_name, "new name")
        key = niche_name.key(cleaned)
        async with self._database.transaction() as tx:
            niche = await existing_niche(tx, name)
            taken = await rows.find(tx, key)
            if taken is not None and taken.id != niche.id:
                raise Conflict(f'There is already a niche "{taken.name}"; choose another name.')
            await rows.rename(tx, niche.id, name=cleaned, key=key)
            await audit.note(tx, actor, "niche.rename", niche.name, f"to {cleaned}", self._clock.now())
        self._feed.changed()
        return await self.show(actor, cleaned)

    async def set_target(self, actor: Actor, name: str, daily_story_target: int | None) -> NicheView:
        """Set how many distinct profiles should be seen live in a day; None clears the target.

        Raises:
            NotFound: No niche has this name.
            InvalidInput: The target is below 1 or above 1,000,000.
        """
        actor.must_be(Role.OPERATOR, "set a niche's target")
        _check_target(daily_story_target)
        async with self._database.transaction() as tx:
            niche = await existing_niche(tx, name)
            await rows.set_target(tx, niche.id, daily_story_target)
            shown = "none" if daily_story_target is None else str(daily_story_target)
            await audit.note(tx, actor, "niche.target", niche.name, shown, self._clock.now())
        self._feed.changed()
        return await self.show(actor, niche.name)

    async def reorder(self, actor: Actor, names: Sequence[str]) -> tuple[NicheView, ...]:
        """Put the named niches first, in the order given; the others follow in the order they had.

        Raises:
            NotFound: A name is no niche's; nothing moves.
            InvalidInput: No name is given, or one is given twice.
        """
        actor.must_be(Role.OPERATOR, "order niches")
        async with self._database.transaction() as tx:
            first = [(await existing_niche(tx, name)).id for name in names]
            if not first or len(set(first)) < len(first):
                raise InvalidInput("order", "name each niche that moves exactly once")
            rest = [niche.id for niche in await rows.every(tx) if niche.id not in first]
            await rows.place(tx, [*first, *rest])
            await audit.note(tx, actor, "niche.reorder", ", ".join(names), "", self._clock.now())
        self._feed.changed()
        return await self.list(actor)

    async def delete(
        self, actor: Actor, name: str, *, move_to: str | None = None, with_profiles: bool = False
    ) -> NicheRemoved:
        """Remove a niche; its batches stay.

        Profiles are moved or erased in slices, so that other writers get their turn.  When it is
        interrupted, whole profiles are moved or erased and the niche is still there: asking again goes on.

        Args:
            move_to: The niche that takes the profiles.
            with_profiles: Erase the profiles, and with them their checks.

        Raises:
            Conflict: The niche has profiles and neither is asked for.
            NotFound: No niche has one of the names.
            InvalidInput: Both are asked for, or the profiles should move to the niche itself.
        """
        actor.must_be(Role.OPERATOR, "delete niches")
        if move_to is not None and with_profiles:
            raise InvalidInput("move_to", "either move the profiles or erase them, not both")
        niche = await existing_niche(self._database, name)
        target = None if move_to is None else await existing_niche(self._database, move_to)
        if target is not None and target.id == niche.id:
            raise InvalidInput("move_to", "name another niche than the one to be deleted")
        moved = erased = 0
        while True:
            async with self._database.transaction() as tx:
                done = await self._empty_a_slice(tx, actor, niche, target, erase=with_profiles)
            self._feed.changed()
            if done is None:
                break
            moved, erased = moved + done * (target is not None), erased + done * with_profiles
            await self._clock.sleep(_PAUSE)
        if erased:
            self._events.publish(WorkArrived())
        return NicheRemoved(niche.name, moved, erased)

    async def _empty_a_slice(
        self, tx: Transaction, actor: Actor, niche: StoredNiche, target: StoredNiche | None, *, erase: bool
    ) -> int | None:
        """Move or erase some profiles: how many.  When none is left the niche goes: None."""
        now = self._clock.now()
        if target is not None:
            target = await still_there(tx, target)
            count = await rows.move_profiles(tx, niche.id, target.id, _MOVE_SLICE)
            did = f"{count} profiles moved to {target.name}"
        else:
            count = await self._erase_a_slice(tx, niche, erase=erase)
            did = f"{count} profiles erased"
        if count:
            await audit.note(tx, actor, "niche.empty", niche.name, did, now)
            return count
        await rows.delete(tx, niche.id)
        await audit.note(tx, actor, "niche.delete", niche.name, "", now)
        return None

    async def _erase_a_slice(self, tx: Transaction, niche: StoredNiche, *, erase: bool) -> int:
        names = await rows.first_profiles(tx, niche.id, _ERASE_SLICE if erase else 1)
        if names and not erase:
            raise Conflict(
                f'The niche "{niche.name}" still has profiles; say where they should move, or that they go with it.'
            )
        if names:
            await profile_rows.remove(tx, names, self._clock.now())
            await engine_state.raise_revision(tx, pool=False)
        return len(names)

    async def _seen(self, niche: StoredNiche) -> NicheView:
        profiles = await rows.count_profiles(self._database, niche.id)
        live = await rows.count_live(self._database, self._clock.now(), niche.id)
        return _view(niche, profiles, live)


async def existing_niche(db: Database | Transaction, name: str) -> StoredNiche:
    """The niche of this name; case and outer blanks do not matter.

    Raises:
        NotFound: There is none; the sentence names the closest one.
        InvalidInput: Nothing could be called that.
    """
    niche = await known_niche(db, name)
    if niche is None:
        cleaned = niche_name.clean(name)
        names = [known.name for known in await rows.every(db)]
        raise NotFound(f'There is no niche "{cleaned}"; {sentence(hint(cleaned, names))}')
    return niche


async def known_niche(db: Database | Transaction, name: str) -> StoredNiche | None:
    """The niche of this name, or None; case and outer blanks do not matter.

    Raises:
        InvalidInput: Nothing could be called that.
    """
    return await rows.find(db, niche_name.key(niche_name.clean(name)))


async def still_there(tx: Transaction, niche: StoredNiche) -> StoredNiche:
    """The niche as it is now: somebody may have renamed or deleted it since the last slice.

    Raises:
        NotFound: It was deleted.
    """
    now = await rows.by_id(tx, niche.id)
    if now is None:
        raise NotFound(f'The niche "{niche.name}" was deleted meanwhile; what was done until then stays.')
    return now


async def new_niche(
    tx: Transaction, actor: Actor, name: str, clock: Clock, daily_story_target: int | None = None
) -> StoredNiche:
    """A niche that did not exist; it stands if the transaction does.

    Raises:
        Conflict: The name is taken.
        InvalidInput: The name cannot be used.
    """
    cleaned = niche_name.clean(name)
    key = niche_name.key(cleaned)
    taken = await rows.find(tx, key)
    if taken is not None:
        raise Conflict(f'There is already a niche "{taken.name}"; choose another name.')
    now = clock.now()
    await rows.create(tx, name=cleaned, key=key, target=daily_story_target, at=now)
    await audit.note(tx, actor, "niche.create", cleaned, "", now)
    return await existing_niche(tx, cleaned)


def _check_target(target: int | None) -> None:
    if target is not None and not 1 <= target <= _HIGHEST_TARGET:
        raise InvalidInput("daily story target", f"give a number from 1 to {_HIGHEST_TARGET:,}, or none, not {target}")


def _view(niche: StoredNiche, profiles: dict[int, int], live: dict[int, int]) -> NicheView:
    return NicheView(
        id=niche.id,
        name=niche.name,
        position=niche.position,
        daily_story_target=niche.daily_story_target,
        profiles=profiles.get(niche.id, 0),
        live_now=live.get(niche.id, 0),
        created_at=niche.created_at,
    )
