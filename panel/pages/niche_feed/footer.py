"""The line under the table: what is selected and what checking it would cost, and the pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nicegui import ui

from core.domain.actor import Role
from core.services.views import BudgetView
from panel.context import PageContext
from panel.pages.niche_feed.feed_grid import WITH_SELECTION, FeedGrid
from panel.pages.niche_feed.feed_state import FeedState
from panel.pages.niche_feed.selection_acts import SelectionActs
from panel.pages.niche_feed.toolbar import CHECK
from panel.widgets.budget_line import no_budget, show_budget
from panel.widgets.live_grid import PAGE_SIZES
from panel.widgets.menu import menu_item

_TURNS = {
    "first": ("first_page", "First page"),
    "previous": ("chevron_left", "Previous page"),
    "next": ("chevron_right", "Next page"),
    "last": ("last_page", "Last page"),
}


class Footer:
    """The line of one open page."""

    def __init__(
        self, page: PageContext, grid: FeedGrid, acts: SelectionActs, set_size: Callable[[int], Awaitable[None]]
    ) -> None:
        self._acts = acts
        self._state = FeedState()
        with ui.element("div").classes("footer feed-footer"):
            with ui.element("div").classes("feed-selected only-wide"):
                self._selected = ui.label().classes("strong").props('role="status" aria-live="polite"')
                self._cost = ui.label().classes("muted feed-cost")
                self._all = _quiet("Select all", grid.select_all)
                self._live = _quiet("Select the live", lambda: grid.select_live(self._state.live or 0))
                self._clear = _quiet("Clear", grid.clear_selection, link=False)
            ui.space().classes("only-wide")
            with ui.element("div").classes("feed-pages"):
                self._range = ui.label().classes("muted").props('role="status" aria-live="polite"')
                with ui.button(color=None).classes("quiet only-wide") as self._size:
                    self._size_text = ui.label()
                    ui.icon("expand_more")
                    with ui.menu(), ui.element("div").classes("menu-list"):
                        for size in PAGE_SIZES:
                            menu_item(f"{size} a page", lambda size=size: set_size(size))
                self._turns = {where: _turn(where, *looks) for where, looks in _TURNS.items()}
            with ui.element("div").classes("feed-phone only-phone"):
                self._phone_clear = ui.button("Clear", color=None, on_click=grid.clear_selection).classes("secondary")
                self._check: ui.button | None = None
                if page.may(Role.OPERATOR):
                    self._check = ui.button(CHECK, color=None).classes("primary grow")
                    self._check.on("click", acts.check, js_handler=WITH_SELECTION)
        self.show(self._state)

    def show(self, state: FeedState) -> None:
        """Say what the table says of itself."""
        self._state = state
        some = state.selected > 0
        self._selected.text = f"{state.selected:,} selected"
        self._clear.set_enabled(some)
        self._phone_clear.set_enabled(some)
        self._all.text = f"Select all {state.total:,}" if state.total else "Select all"
        self._all.set_enabled(bool(state.total) and not state.everybody)
        self._live.text = f"Select the {state.live:,} live" if state.live else "Select the live"
        self._live.set_enabled(bool(state.live))
        self._range.text = state.range_in_words
        self._size_text.text = f"{state.size} a page"
        for where, button in self._turns.items():
            ahead = where in {"next", "last"}
            button.set_enabled(state.page + 1 < state.pages if ahead else state.page > 0)
        if self._check is not None:
            self._check.text = f"{CHECK} ({state.selected:,})"
            self._check.set_enabled(some and not self._acts.busy)
        if not some:
            no_budget(self._cost)

    def cost(self, budget: BudgetView) -> None:
        """Say what checking the selected ones would cost, and whether the routes may do that much."""
        show_budget(self._cost, budget)


def _turn(where: str, icon: str, label: str) -> ui.button:
    # The table knows by itself what to do; by way of the server it would wait for whatever the server is doing.
    button = ui.button(icon=icon, color=None).on("click", js_handler=f"() => SWFeed.turn('{where}')")
    button.classes("quiet icon-only small")
    if where in {"first", "last"}:
        button.classes("only-wide feed-turn-far")
    return button.props(f'aria-label="{label}"').tooltip(label)


def _quiet(label: str, act: Callable[[], None], *, link: bool = True) -> ui.button:
    return ui.button(label, color=None, on_click=act).classes("quiet link" if link else "quiet")
