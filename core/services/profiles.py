"""The verbs of profiles: what looks at them, and add, move, pause, resume, watch, undo, remove."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from core.clock import Clock
from core.domain.actor import Actor, Role
from core.domain.day import UTC_ZONE
from core.events import Events, WorkArrived
from core.services.feed import Feed
from core.services.name_writing import NameWriter, Writing
from core.services.named import sorted_out
from core.services.niches import existing_niche, still_there
from core.services.profile_changes import OnProgress, ProfileChanges
from core.services.profile_reading import ProfileReading
from core.services.reading import MOST_SHOWN, ReadList
from core.services.selected import Who
from core.services.undo import Act, Column, Undos
from core.services.views import ImportReport, ProfilesChanged
from core.storage import engine_state
from core.storage import profiles as rows
from core.storage.database import Database, Transaction
from core.storage.profiles import Before

# Erasing takes a profile's checks along, so its slices are smaller than those of other changes.
_ERASE_SLICE = 500


class Profiles(ProfileReading):
    """Public accounts, their niches and what their checks add up to."""

    def __init__(
        self, database: Database, clock: Clock, events: Events, feed: Feed | None = None, zone: ZoneInfo = UTC_ZONE
    ) -> None:
        super().__init__(database, clock, feed or Feed(database, clock), zone)
        self._events = events
        self._changes = ProfileChanges(database, clock, self._feed, Undos(clock))

    async def add(self, actor: Actor, names: Iterable[str], niche: str, *, move: bool = False) -> ImportReport:
        """Add profiles by name; those known in another niche stay there unless *move* says otherwise.

        The report counts names as lines.

        Raises:
            NotFound: No niche has this name.
            InvalidInput: None of the names is a username; nothing is written then.
        """
        actor.must_be(Role.OPERATOR, "add profiles")
        found, rejected = sorted_out(names)
        read = ReadList(lines=len(found) + len(rejected), invalid=len(rejected), rejected=rejected[:MOST_SHOWN])
        read.names.add(found)
        read.must_name_somebody("names")
        writing = Writing(read.names, niche, None, "profile.add", lines=read.lines, invalid=read.invalid, move=move)
        report = read.report(await NameWriter(self._database, self._clock, actor, writing).write())
        self._feed.changed()
        return report

    async def move(
        self, actor: Actor, who: Who, niche: str, *, on_progress: OnProgress | None = None
    ) -> ProfilesChanged:
        """Put profiles into another niche; what they add up to goes with them.

        Args:
            on_progress: As everywhere here, told after each slice how many profiles were looked at.

        Raises:
            NotFound: No niche has this name, or none of the profiles is known.
            InvalidInput: A name is no username; nothing is moved.
        """
        actor.must_be(Role.OPERATOR, "move profiles")
        target = await existing_niche(self._database, niche)

        async def move(tx: Transaction, before: Mapping[str, Before]) -> dict[str, str | int]:
            to = (await still_there(tx, target)).id
            moved = {name: each.niche_id for name, each in before.items() if each.niche_id != to}
            await rows.move(tx, list(moved), to)
            return dict(moved)

        act = Act(Column.NICHE, target.id, f"move to {target.name}")
        detail = f"to {target.name}"
        return await self._changes.make(actor, who, "profile.move", detail, move, act=act, on_progress=on_progress)

    async def pause(self, actor: Actor, who: Who, *, on_progress: OnProgress | None = None) -> ProfilesChanged:
        """Leave profiles out of their niche's batches; those paused or gone stay as they are.

        Raises:
            NotFound: None of the profiles is known.
            InvalidInput: A name is no username; nothing is paused.
        """
        actor.must_be(Role.OPERATOR, "pause profiles")

        async def pause(tx: Transaction, before: Mapping[str, Before]) -> dict[str, str | int]:
            active = {name: each.status for name, each in before.items() if each.status == "active"}
            await rows.pause(tx, list(active))
            return dict(active)

        act = Act(Column.STATUS, "paused", "pause")
        return await self._changes.make(actor, who, "profile.pause", "", pause, act=act, on_progress=on_progress)

    async def resume(self, actor: Actor, who: Who, *, on_progress: OnProgress | None = None) -> ProfilesChanged:
        """Take paused profiles, and gone ones that a person knows better about, back into batches.

        Raises:
            NotFound: None of the profiles is known.
            InvalidInput: A name is no username; nothing is resumed.
        """
        actor.must_be(Role.OPERATOR, "resume profiles")

        async def resume(tx: Transaction, before: Mapping[str, Before]) -> dict[str, str | int]:
            others = {name: each.status for name, each in before.items() if each.status != "active"}
            await rows.resume(tx, list(others))
            return dict(others)

        act = Act(Column.STATUS, "active", "resume")
        return await self._changes.make(actor, who, "profile.resume", "", resume, act=act, on_progress=on_progress)

    async def watch(self, actor: Actor, who: Who, *, on_progress: OnProgress | None = None) -> ProfilesChanged:
        """Have a new story of profiles told as an alert.

        Raises:
            NotFound: None of the profiles is known.
            InvalidInput: A name is no username; nothing is changed.
        """
        actor.must_be(Role.OPERATOR, "watch profiles")
        return await self._watch(actor, who, on_progress, watched=True)

    async def unwatch(self, actor: Actor, who: Who, *, on_progress: OnProgress | None = None) -> ProfilesChanged:
        """Have new stories of profiles told no more.

        Raises:
            NotFound: None of the profiles is known.
            InvalidInput: A name is no username; nothing is changed.
        """
        actor.must_be(Role.OPERATOR, "watch profiles")
        return await self._watch(actor, who, on_progress, watched=False)

    async def _watch(self, actor: Actor, who: Who, on_progress: OnProgress | None, *, watched: bool) -> ProfilesChanged:
        async def watch(tx: Transaction, before: Mapping[str, Before]) -> dict[str, str | int]:
            others = {name: each.watched for name, each in before.items() if bool(each.watched) is not watched}
            await rows.watch(tx, list(others), watched=watched)
            return dict(others)

        verb = "watch" if watched else "unwatch"
        act = Act(Column.WATCHED, int(watched), verb)
        return await self._changes.make(actor, who, f"profile.{verb}", "", watch, act=act, on_progress=on_progress)

    async def undo(self, actor: Actor, token: str, *, on_progress: OnProgress | None = None) -> ProfilesChanged:
        """Give the profiles that a move, a pause, a resume or a watch changed what they had before it.

        Those that somebody, or a check, changed since stay as they are, and so do those whose niche was deleted;
        they count as unchanged.

        Raises:
            NotFound: It was undone, or is more than ten minutes ago.
        """
        actor.must_be(Role.OPERATOR, "undo changes of profiles")
        return await self._changes.undo(actor, token, on_progress)

    async def remove(self, actor: Actor, who: Who, *, on_progress: OnProgress | None = None) -> ProfilesChanged:
        """Erase profiles with their checks and what batch logs say of them.  It cannot be undone.

        The counters of their batches go down by what is erased; a running batch whose last pending
        checks go is done.

        Raises:
            NotFound: None of the profiles is known.
            InvalidInput: A name is no username; nothing is removed.
        """
        actor.must_be(Role.OPERATOR, "remove profiles")

        async def remove(tx: Transaction, before: Mapping[str, Before]) -> dict[str, str | int]:
            await engine_state.raise_revision(tx, pool=False)
            await rows.remove(tx, list(before), self._clock.now())
            return {name: each.status for name, each in before.items()}

        done = await self._changes.make(
            actor, who, "profile.remove", "", remove, size=_ERASE_SLICE, on_progress=on_progress
        )
        self._events.publish(WorkArrived())
        return done
