"""The tab Niche Feed of one open page: the niches, the table, what can be done, and the profile that is looked at.

Puts its parts together and says to each what is shown; which profiles match and what becomes of them is core's.
"""

from __future__ import annotations

from dataclasses import replace

from nicegui import background_tasks, events, ui

from core.domain.feed import FeedQuery, SortBy
from panel import access
from panel.context import PageContext
from panel.live_updates import Changes, Row
from panel.pages.niche_feed import feed_topics
from panel.pages.niche_feed.column_dialog import ask_for_columns
from panel.pages.niche_feed.feed_address import place_of, query_at, query_of, unfiltered
from panel.pages.niche_feed.feed_grid import FeedGrid
from panel.pages.niche_feed.feed_state import FeedState
from panel.pages.niche_feed.feed_void import FeedVoid
from panel.pages.niche_feed.filters import Filters
from panel.pages.niche_feed.first_run import FirstRun
from panel.pages.niche_feed.footer import Footer
from panel.pages.niche_feed.import_dialog import ImportDialog
from panel.pages.niche_feed.kept_selections import KeptSelections
from panel.pages.niche_feed.profile_drawer import ProfileDrawer
from panel.pages.niche_feed.selection_acts import SelectionActs
from panel.pages.niche_feed.sidebar import Sidebar
from panel.pages.niche_feed.toolbar import Toolbar
from panel.place import Place
from panel.widgets.telling import tell


class NicheFeedTab:
    """The tab Niche Feed of one open page.

    Args:
        kept: Where the browser leaves selections for the acts on them.
    """

    def __init__(self, page: PageContext, kept: KeptSelections) -> None:
        self._page = page
        self._kept = kept
        self._query: FeedQuery | None = None
        self._profile: str | None = None
        self._place = Place()
        self._state = FeedState()
        self._rows: dict[str, Row] = {}
        appearance = access.signed_in(page.client).appearance
        self._columns = {str(name): bool(shown) for name, shown in dict(appearance.get("feed_columns") or {}).items()}

    async def build(self) -> None:
        page = self._page
        with ui.element("div").classes("shell feed"):
            self._sidebar = Sidebar(page, self._look_in_order, self._count_anew)
            with ui.element("div").classes("main"):
                self._acts = SelectionActs(
                    page,
                    self._kept,
                    shown=self._shown,
                    selected=lambda: self._state.selected,
                    here=self._niche_in_view,
                    on_change=self._acted,
                )
                with ui.element("div").classes("feed-list") as self._list:
                    self._toolbar = Toolbar(
                        page,
                        self._acts,
                        on_heading=self._sidebar.turn,
                        on_import=self._import,
                        on_columns=self._choose_columns,
                    )
                    self._filters = Filters(self._look, self._searched)
                    self._grid = FeedGrid(self._columns)
                    self._void = FeedVoid(page, self._look, on_import=self._import, on_retry=self._grid.retry)
                    self._footer = Footer(page, self._grid, self._acts, self._set_page_size)
                self._first_run = FirstRun(page, self._import)
            self._drawer = ProfileDrawer(page)
            self._imports = ImportDialog(page, self._niche_in_view)
        ui.on("feed-state", self._told)
        ui.on("feed-sorted", self._sorted)
        ui.on("feed-open", self._opened)
        ui.on("feed-failed", self._failed)
        rows = await page.live.watch(page.client, feed_topics.NUMBERS, self._numbers_changed)
        self._rows = dict(rows)
        await page.live.watch(page.client, feed_topics.CHANGES, lambda changes: self._grid.refresh())

    async def show(self, place: Place) -> None:
        query, before, self._place = query_at(place), self._query, place
        if not await self._knows(query.niche):
            tell("This niche is not there any longer; here are all profiles.")
            query = replace(unfiltered(query), niche=None)
            self._rename(place_of(query, profile=place.profile))
        self._query, self._profile = query, place.profile
        if query != before:
            self._grid.show(query, keep_selection=before is not None and before.niche == query.niche)
        else:
            # Another tab was in view, perhaps for long.
            self._grid.refresh()
        await self._settle()
        if place.profile is None:
            self._drawer.hide()
        else:
            await self._drawer.show(place.profile)

    # -- ways ------------------------------------------------------------------------------

    def _shown(self) -> FeedQuery:
        return self._query or FeedQuery()

    def _niche_in_view(self) -> str | None:
        row = self._rows.get(str(self._shown().niche))
        return None if row is None else str(row["name"])

    async def _look(self, query: FeedQuery) -> None:
        await self._page.go(place_of(query, profile=self._profile))

    async def _look_in_order(self, query: FeedQuery) -> None:
        """Show *query* in the order in which the rows are now."""
        await self._look(query.in_order(self._shown().sort, descending=self._shown().descending))

    async def _searched(self, query: FeedQuery) -> None:
        """Somebody has typed a name.  Going back does not spell it backwards."""
        self._query = query
        self._rename(place_of(query, profile=self._profile))
        self._fill()

    def _rename(self, place: Place) -> None:
        """Give what is in view another address, without a step for the back button."""
        self._page.rename(self._place, place)
        self._place = place

    async def _opened(self, event: events.GenericEventArguments) -> None:
        """Somebody wants to see a profile."""
        await self._page.go(place_of(self._shown(), profile=str(event.args)))

    async def _sorted(self, event: events.GenericEventArguments) -> None:
        """The table's head was pressed; its rows are on their way already."""
        order = query_of({"sort": str(event.args or SortBy.USERNAME)})
        self._query = self._shown().in_order(order.sort, descending=order.descending)
        await self._page.go(place_of(self._query, profile=self._profile))

    # -- what the table tells -----------------------------------------------------------------

    async def _told(self, event: events.GenericEventArguments) -> None:
        before, self._state = self._state, FeedState.told(event.args)
        self._fill()
        if before.selected != self._state.selected:
            await self._tell_cost()

    async def _tell_cost(self) -> None:
        selected = self._state.selected
        if not selected:
            return
        budget = await self._page.app.estimates.budget(await access.current_actor(), selected)
        # Another click may have come in between.
        if self._state.selected == selected:
            self._footer.cost(budget)

    def _failed(self, event: events.GenericEventArguments) -> None:
        """The browser was refused something that it asked for by itself."""
        tell(str(event.args))

    def _acted(self) -> None:
        """An act began or ended: buttons go off and on, and rows may have changed."""
        self._fill()
        if not self._acts.busy:
            self._grid.refresh()

    def _fill(self) -> None:
        query, state = self._shown(), self._state
        row = self._rows.get(feed_topics.key_of(query.niche))
        if not query.filtered and row is not None:
            # Of whole niches that is known without counting once more.
            state = replace(state, live=row["live"])
        self._toolbar.name(query, row)
        self._toolbar.select(state.selected)
        self._filters.show(query)
        self._filters.count(state.total)
        self._footer.show(state)
        self._sidebar.show(query)
        self._void.show(query, state, row)
        self._grid.set_visible(not self._void.is_shown)

    # -- the numbers beside the table -----------------------------------------------------------

    def _numbers_changed(self, changes: Changes) -> None:
        for row in (*changes.added, *changes.updated):
            self._rows[row["id"]] = row
        for key in changes.removed:
            self._rows.pop(key, None)
        background_tasks.create(self._settle(), name="settle the feed", context=self._page.client)

    async def _count_anew(self) -> None:
        """Somebody changed niches here: their numbers do not wait for the next look at all pages."""
        actor = access.signed_in(self._page.client).actor
        self._rows = dict(await feed_topics.numbers(self._page.app, actor))
        await self._settle()

    async def _knows(self, niche: int | None) -> bool:
        """Whether the niche is there; one that is not known yet has perhaps just been made."""
        key = feed_topics.key_of(niche)
        if key not in self._rows:
            actor = access.signed_in(self._page.client).actor
            self._rows = dict(await feed_topics.numbers(self._page.app, actor))
        return key in self._rows

    async def _settle(self) -> None:
        """Bring everything in line with what is shown and with the niches as they are."""
        if not await self._knows(self._shown().niche):
            # Somebody has deleted it, just now.
            await self._page.go(place_of(self._shown(), profile=self._profile))
            return
        self._sidebar.fill(self._rows)
        self._fill()
        nobody = not self._rows[feed_topics.ALL]["profiles"]
        self._list.set_visibility(not nobody)
        if nobody:
            await self._first_run.show()
        else:
            self._first_run.hide()

    # -- what the person wishes -------------------------------------------------------------------

    async def _import(self) -> None:
        await self._imports.open()

    async def _set_page_size(self, size: int) -> None:
        self._grid.set_page_size(size)

    async def _choose_columns(self) -> None:
        with self._page.client:
            chosen = await ask_for_columns(self._columns)
            if chosen is None:
                return
            sign_in = access.signed_in(self._page.client)
            await self._page.app.account.set_appearance(sign_in.id, {"feed_columns": chosen})
            self._columns = chosen
            self._grid.set_columns(chosen)
