"""The verbs that look at profiles: the feed, page by page, one by one, with their history, as an export."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from typing import Any
from zoneinfo import ZoneInfo

from core.clock import Clock
from core.domain.actor import Actor, Role
from core.domain.feed import MOST_NAMES, FeedQuery, Selection
from core.errors import InvalidInput
from core.services import exports, selected
from core.services.feed import Feed
from core.services.named import usernames
from core.services.niches import existing_niche
from core.services.profile_changes import unknown
from core.services.profile_history import history
from core.services.profile_views import feed_row, profile_view
from core.services.selected import Who
from core.services.views import FeedPage, FeedRow, ProfileHistory, ProfilePage, ProfileView
from core.storage import feed as feed_rows
from core.storage import profiles as rows
from core.storage.database import Database

LARGEST_PAGE = 1_000
_STREAM_PAGE = 500

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


class ProfileReading:
    """Public accounts as people look at them."""

    def __init__(self, database: Database, clock: Clock, feed: Feed, zone: ZoneInfo) -> None:
        self._database = database
        self._clock = clock
        self._feed = feed
        self._zone = zone

    async def feed(self, actor: Actor, query: FeedQuery, *, offset: int = 0, count: int = 100) -> FeedPage:
        """The profiles from position *offset* of a query on, and how many match in all.

        Args:
            count: 1 to 1,000.

        Raises:
            NotFound: The niche of the query was deleted.
            InvalidInput: The offset or the count is out of bounds.
        """
        actor.must_be(Role.VIEWER, "list profiles")
        if not 1 <= count <= LARGEST_PAGE:
            raise InvalidInput("count", f"a page has 1 to {LARGEST_PAGE:,} profiles, not {count}")
        if offset < 0:
            raise InvalidInput("offset", f"positions count from 0, so none is {offset}")
        names, total = await self._feed.page(query, offset, count)
        now = self._clock.now()
        found = await feed_rows.rows(self._database, names)
        return FeedPage(tuple(feed_row(row, now) for row in found), offset, total)

    async def count(self, actor: Actor, who: FeedQuery | Selection) -> int:
        """How many profiles match or are selected, as of the last seconds.

        Raises:
            NotFound: The niche of the query was deleted.
        """
        actor.must_be(Role.VIEWER, "list profiles")
        return await selected.count(self._database, self._feed, who)

    async def between(self, actor: Actor, query: FeedQuery, start: int, end: int) -> tuple[str, ...]:
        """The usernames at the positions of a query from *start* to *end*, both among them; counted from 0.

        Raises:
            NotFound: The niche of the query was deleted.
            InvalidInput: The positions are out of order, or more than 100,000.
        """
        actor.must_be(Role.VIEWER, "list profiles")
        if not 0 <= start <= end:
            raise InvalidInput("positions", f"give two from 0 on, the lower one first, not {start} and {end}")
        if end - start >= MOST_NAMES:
            raise InvalidInput("positions", f"at most {MOST_NAMES:,} at once, not {end - start + 1:,}")
        return tuple(await self._feed.between(query, start, end))

    async def rows(self, actor: Actor, names: Sequence[str]) -> tuple[FeedRow, ...]:
        """The rows of these profiles as they are now, those that are not there left out; in the order of the names.

        Raises:
            InvalidInput: They are more than 1,000.
        """
        actor.must_be(Role.VIEWER, "list profiles")
        if len(names) > LARGEST_PAGE:
            raise InvalidInput("names", f"at most {LARGEST_PAGE:,} at once, not {len(names):,}")
        now = self._clock.now()
        return tuple(feed_row(row, now) for row in await feed_rows.rows(self._database, names))

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
        views = tuple(profile_view(row, self._clock.now()) for row in found[:count])
        return ProfilePage(views, views[-1].username if len(found) > count else None)

    async def list(
        self, actor: Actor, *, niche: str | None = None, watched: bool = False
    ) -> AsyncIterator[ProfileView]:
        """All profiles of a niche, or of all niches, one after the other; holds one page of them at a time.

        Profiles that come or go while it runs may or may not be in it.

        Args:
            watched: Only those whose new stories are alerts.

        Raises:
            NotFound: No niche has this name.
        """
        if watched:
            actor.must_be(Role.VIEWER, "list profiles")
            niche_id = None if niche is None else (await existing_niche(self._database, niche)).id
            return self._selected(selected.cleaned(Selection(query=FeedQuery(niche_id, watched=True))))
        page = await self.page(actor, niche=niche, count=_STREAM_PAGE)
        return self._stream(actor, niche, page)

    async def _stream(self, actor: Actor, niche: str | None, page: ProfilePage) -> AsyncIterator[ProfileView]:
        while True:
            for profile in page.profiles:
                yield profile
            if page.after is None:
                return
            page = await self.page(actor, niche=niche, after=page.after, count=_STREAM_PAGE)

    async def beginning_with(self, actor: Actor, beginning: str, count: int) -> tuple[str, ...]:
        """The first *count* names that begin so, in their order; costs the same however many profiles there are.

        Args:
            beginning: In any case, with or without ``@``; one that begins no name finds none.
            count: 1 to 1,000.

        Raises:
            InvalidInput: The number is out of bounds.
        """
        actor.must_be(Role.VIEWER, "look for profiles")
        if not 1 <= count <= LARGEST_PAGE:
            raise InvalidInput("count", f"give 1 to {LARGEST_PAGE:,} names, not {count}")
        prefix = beginning.strip().removeprefix("@").lower()
        return tuple(await rows.beginning_with(self._database, prefix, count))

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
            raise unknown([name])
        return profile_view(row, self._clock.now())

    async def history(
        self, actor: Actor, username: str, *, after: str | None = None, count: int = 50
    ) -> ProfileHistory:
        """A profile with its finished checks, the newest first.

        Args:
            after: The ``after`` of the page before; None for the first page.
            count: 1 to 200.

        Raises:
            NotFound: It is not known.
            InvalidInput: This is no username, or the count or the mark is none.
        """
        profile = await self.show(actor, username)
        return await history(self._database, profile, self._zone, after=after, count=count)

    async def export(
        self,
        actor: Actor,
        form: exports.Form,
        *,
        niche: str | None = None,
        selection: Selection | FeedQuery | None = None,
    ) -> AsyncIterator[str]:
        """The profiles of a niche, those selected, or all, as lines of CSV or JSON Lines.

        Selected ones come by name, those that were named in the order given.

        Raises:
            NotFound: No niche has this name, or the one of the selection was deleted.
            InvalidInput: A niche and a selection are given.
        """
        if niche is not None and selection is not None:
            raise InvalidInput("niche", "name a niche or select profiles, not both")
        if selection is None:
            return exports.lines(EXPORTED, _records(await self.list(actor, niche=niche)), form)
        actor.must_be(Role.VIEWER, "list profiles")
        selection = Selection(query=selection) if isinstance(selection, FeedQuery) else selection
        if selection.query is not None:
            await self._feed.wanted(selection.query)
        return exports.lines(EXPORTED, _records(self._selected(selected.cleaned(selection))), form)

    async def _selected(self, who: Who) -> AsyncIterator[ProfileView]:
        now = self._clock.now()
        some_of_them = selected.slices(self._database, self._feed, who, now, _STREAM_PAGE)
        async with aclosing(some_of_them):
            async for some in some_of_them:
                for row in await rows.named(self._database, some):
                    yield profile_view(row, now)


async def _records(profiles: AsyncIterator[ProfileView]) -> AsyncIterator[dict[str, Any]]:
    async for profile in profiles:
        yield {column: getattr(profile, column) for column in EXPORTED}
