"""What stands in the table's place while it has no rows: why, and what to do about it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from nicegui import ui

from core.domain.actor import Role
from core.domain.feed import FeedQuery
from panel.context import PageContext
from panel.live_updates import Row
from panel.pages.niche_feed.feed_address import unfiltered
from panel.pages.niche_feed.feed_state import FeedState
from panel.pages.niche_feed.niche_acts import Look
from panel.widgets.heading import Heading, Paragraph
from panel.widgets.numbers import count_of


class FeedVoid:
    """The empty place of one open page; not shown while there are rows, or while nobody knows.

    Args:
        look: Shows a query.
    """

    def __init__(
        self, page: PageContext, look: Look, *, on_import: Callable[[], Awaitable[None]], on_retry: Callable[[], None]
    ) -> None:
        self._query = FeedQuery()
        with ui.element("div").classes("empty feed-void").props('role="status"') as self._box:
            self._what = Heading("", level=2)
            self._why = Paragraph("").classes("muted")
            with ui.element("div").classes("across gap-8"):
                self._clear = _button("Clear filters", lambda: look(unfiltered(self._query)))
                self._everywhere = _button("Search in all niches", lambda: look(replace(self._query, niche=None)))
                self._import = _button("Import a list", on_import)
                self._retry = _button("Try again", on_retry)
        self._may_import = page.may(Role.OPERATOR)
        self.is_shown = False
        self._box.set_visibility(False)

    def show(self, query: FeedQuery, state: FeedState, row: Row | None) -> None:
        """Come into view if there is nothing else to see.

        Args:
            row: The numbers of the niche, or of all of them; None while nobody knows.
        """
        self._query = query
        self.is_shown = bool(state.failure) or state.total == 0
        self._box.set_visibility(self.is_shown)
        if not self.is_shown:
            return
        name = "All niches together" if query.niche is None else str(row["name"]) if row else "This niche"
        filtered = query.filtered and not state.failure
        if state.failure:
            self._what.text, self._why.text = "The profiles could not be read", state.failure
        elif filtered:
            self._what.text = "No profile matches"
            there = count_of(0 if row is None else row["profiles"], "profile")
            self._why.text = (
                f"{name} {'have' if query.niche is None else 'has'} {there}; none of them fits the filters."
            )
        else:
            self._what.text = f"{name} has no profile yet"
            self._why.text = "Import a list into it, or move profiles here from another niche."
        self._clear.set_visibility(filtered)
        self._everywhere.set_visibility(filtered and query.niche is not None)
        self._import.set_visibility(self._may_import and not filtered and not state.failure)
        self._retry.set_visibility(bool(state.failure))


def _button(label: str, act: Callable[[], object]) -> ui.button:
    return ui.button(label, color=None, on_click=act).classes("secondary")
