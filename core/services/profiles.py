"""The verbs of profiles: list, show, add, move, pause, resume, remove, export."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from typing import Any

from core.clock import Clock
from core.domain.actor import Actor, Role
from core.domain.verdict import Outcome, Reason
from core.errors import InvalidInput, NotFound
from core.events import Events, WorkArrived
from core.services import exports
from core.services.name_writing import NameWriter, Writing
from core.services.named import sorted_out, usernames
from core.services.niches import existing_niche, still_there
from core.services.reading import MOST_SHOWN, ReadList
from core.services.views import ImportReport, ProfilePage, ProfilesChanged, ProfileView
from core.storage import audit, engine_state
from core.storage import profiles as rows
from core.storage.database import Database, Row, Transaction, from_sql_time

LARGEST_PAGE = 1_000
_STREAM_PAGE = 500

# Other writers wait for one slice; erasing takes a profile's checks along.
_SLICE = 2_000
_ERASE_SLICE = 500
_PAUSE = 0.001

# The columns of the contract first, then what else people sort and filter by.
EXPORTED = (
    "username",
    "niche",
    "status",
    "last_outcome",
    "last_reason",
    "last_checked_at",
    "last_story_at",
    "checks_total",
    "conclusive_total",
    "stories_total",
    "story_since",
    "story_until",
    "platform_id",
    "created_at",
)


class Profiles:
    """Public accounts, their niches and what their checks add up to."""

    def __init__(self, database: Database, clock: Clock, events: Events) -> None:
        self._database = database
        self._clock = clock
        self._events = events

    async def page(
        self, actor: Actor, *, niche: str | None = None, after: str | None = None, count: int = 50
    ) -> ProfilePage:
        """Profiles in the order of their names, of one niche or of all; costs the same on every page.

        Args:
            after: The ``after`` of the page before; None for the first page.
            count: 1 to 1,000.

        Raises:
            NotFound: No niche has this name.
            InvalidInput: The count is out of bounds.
        """
        actor.must_be(Role.VIEWER, "list profiles")
        if not 1 <= count <= LARGEST_PAGE:
            raise InvalidInput("count", f"a page has 1 to {LARGEST_PAGE:,} profiles, not {count}")
        niche_id = None if niche is None else (await existing_niche(self._database, niche)).id
        found = await rows.page(self._database, niche_id=niche_id, after=after or "", count=count + 1)
        views = tuple(self._view(row) for row in found[:count])
        return ProfilePage(views, views[-1].username if len(found) > count else None)

    async def list(self, actor: Actor, *, niche: str | None = None) -> AsyncIterator[ProfileView]:
        """All profiles of a niche, or of all niches, one after the other; holds one page of them at a time.

        Profiles that come or go while it runs may or may not be in it.

        Raises:
            NotFound: No niche has this name.
        """
        page = await self.page(actor, niche=niche, count=_STREAM_PAGE)
        return self._stream(actor, niche, page)

    async def _stream(self, actor: Actor, niche: str | None, page: ProfilePage) -> AsyncIterator[ProfileView]:
        while True:
            for profile in page.profiles:
                yield profile
            if page.after is None:
                return
            page = await self.page(actor, niche=niche, after=page.after, count=_STREAM_PAGE)

    async def show(self, actor: Actor, username: str) -> ProfileView:
        """One profile.

        Raises:
            NotFound: It is not known.
            InvalidInput: This is no username.
        """
        actor.must_be(Role.VIEWER, "see a profile")
        (name,) = usernames([username])
        row = await rows.one(self._database, name)
        if row is None:
            raise _unknown([name])
        return self._view(row)

    async def export(self, actor: Actor, form: exports.Form, *, niche: str | None = None) -> AsyncIterator[str]:
        """The profiles of a niche, or of all, as lines of CSV or JSON Lines.

        Raises:
            NotFound: No niche has this name.
        """
        profiles = await self.list(actor, niche=niche)
        return exports.lines(EXPORTED, _records(profiles), form)

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
        return read.report(await NameWriter(self._database, self._clock, actor, writing).write())

    async def move(self, actor: Actor, names: Sequence[str], niche: str) -> ProfilesChanged:
        """Put profiles into another niche; what they add up to goes with them.

        Raises:
            NotFound: No niche has this name, or none of the profiles is known.
            InvalidInput: A name is no username; nothing is moved.
        """
        actor.must_be(Role.OPERATOR, "move profiles")
        target = await existing_niche(self._database, niche)

        async def move(tx: Transaction, some: Sequence[str]) -> int:
            return await rows.move(tx, some, (await still_there(tx, target)).id)

        return await self._each_slice(actor, names, "profile.move", f"to {target.name}", move)

    async def pause(self, actor: Actor, names: Sequence[str]) -> ProfilesChanged:
        """Leave profiles out of their niche's batches; those paused or gone stay as they are.

        Raises:
            NotFound: None of the profiles is known.
            InvalidInput: A name is no username; nothing is paused.
        """
        actor.must_be(Role.OPERATOR, "pause profiles")
        return await self._each_slice(actor, names, "profile.pause", "", rows.pause)

    async def resume(self, actor: Actor, names: Sequence[str]) -> ProfilesChanged:
        """Take paused profiles, and gone ones that a person knows better about, back into batches.

        Raises:
            NotFound: None of the profiles is known.
            InvalidInput: A name is no username; nothing is resumed.
        """
        actor.must_be(Role.OPERATOR, "resume profiles")
        return await self._each_slice(actor, names, "profile.resume", "", rows.resume)

    async def remove(self, actor: Actor, names: Sequence[str]) -> ProfilesChanged:
        """Erase profiles with their checks and what batch logs say of them.

        The counters of their batches go down by what is erased; a running batch whose last pending
        checks go is done.

        Raises:
            NotFound: None of the profiles is known.
            InvalidInput: A name is no username; nothing is removed.
        """
        actor.must_be(Role.OPERATOR, "remove profiles")

        async def remove(tx: Transaction, some: Sequence[str]) -> int:
            await engine_state.raise_revision(tx, pool=False)
            return await rows.remove(tx, some, self._clock.now())

        done = await self._each_slice(actor, names, "profile.remove", "", remove, size=_ERASE_SLICE)
        self._events.publish(WorkArrived())
        return done

    async def _each_slice(
        self,
        actor: Actor,
        names: Iterable[str],
        verb: str,
        detail: str,
        change: Callable[[Transaction, Sequence[str]], Awaitable[int]],
        *,
        size: int | None = None,
    ) -> ProfilesChanged:
        """Change the known ones of *names*, a slice to a transaction; an interruption leaves whole slices."""
        wanted = usernames(names)
        size = size or _SLICE
        changed = known = 0
        missing: list[str] = []
        for start in range(0, len(wanted), size):
            some = wanted[start : start + size]
            if start:
                await self._clock.sleep(_PAUSE)
            async with self._database.transaction() as tx:
                present = await rows.present(tx, some)
                missing += [name for name in some if name not in present]
                if not present:
                    continue
                known += len(present)
                changed += await change(tx, sorted(present))
                await audit.note(tx, actor, verb, _some(sorted(present)), detail, self._clock.now())
        if not known:
            raise _unknown(missing)
        return ProfilesChanged(changed, known - changed, tuple(missing))

    def _view(self, row: Row) -> ProfileView:
        until = None if row["story_until"] is None else from_sql_time(row["story_until"])
        return ProfileView(
            username=row["username"],
            niche=row["niche"],
            status=row["status"],
            last_outcome=None if row["last_outcome"] is None else Outcome(row["last_outcome"]),
            last_reason=None if row["last_reason"] is None else Reason(row["last_reason"]),
            last_checked_at=_time(row["last_checked_at"]),
            last_story_at=_time(row["last_story_at"]),
            checks_total=row["checks_total"],
            conclusive_total=row["conclusive_total"],
            stories_total=row["stories_total"],
            story_since=_time(row["story_since"]),
            story_until=until,
            live_now=until is not None and until > self._clock.now(),
            platform_id=row["platform_id"],
            is_private=None if row["is_private"] is None else bool(row["is_private"]),
            unknown_streak=row["unknown_streak"],
            created_at=from_sql_time(row["created_at"]),
        )


async def _records(profiles: AsyncIterator[ProfileView]) -> AsyncIterator[dict[str, Any]]:
    async for profile in profiles:
        yield {column: getattr(profile, column) for column in EXPORTED}


def _unknown(names: Sequence[str]) -> NotFound:
    if len(names) == 1:
        return NotFound(f'There is no profile "{names[0]}"; import it or add it to a niche first.')
    return NotFound(f"None of these {len(names):,} profiles is known; import them or add them to a niche first.")


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:5])
    return shown if len(names) <= 5 else f"{shown} and {len(names) - 5} more"


def _time(text: str | None) -> Any:
    return None if text is None else from_sql_time(text)
