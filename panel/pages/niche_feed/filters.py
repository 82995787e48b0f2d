"""The conditions over the table: search, and what people filter by.  Each is a button that says what it holds."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from enum import StrEnum
from typing import Any

from nicegui import events, ui

from core.domain.feed import STATUSES, Checked, FeedQuery, StoryState
from core.domain.verdict import Reason
from core.services.views.reasons import reason_in_words
from panel.pages.niche_feed.conditions import Flag, OneOf, Range, SomeOf

Look = Callable[[FeedQuery], Awaitable[None]]

STORIES = {
    StoryState.LIVE: "Live",
    StoryState.ENDED: "Ended, unchecked",
    StoryState.NONE: "No story",
    StoryState.PRIVATE: "Private",
    StoryState.GONE: "Gone",
    StoryState.UNKNOWN: "Unknown",
    StoryState.NEVER: "Never checked",
}
CHECKED = {
    Checked.HOUR: "last hour",
    Checked.DAY: "last 24 h",
    Checked.WEEK: "last 7 days",
    Checked.NEVER: "never",
}
# Those that explain an unknown; the others say what the story's own filter says.
_NO_EXPLANATION = {Reason.OK, Reason.FRESH, Reason.PRIVATE, Reason.NOT_FOUND}
_REASONS = {reason: reason_in_words(reason) for reason in Reason if reason not in _NO_EXPLANATION}


class Filters:
    """The row of conditions of one open page.

    Args:
        look: Shows a query.
        searched: Told what is searched for; the table shows it already.
    """

    def __init__(self, look: Look, searched: Look) -> None:
        self._look = look
        self._on_search = searched
        self._query = FeedQuery()
        with ui.element("div").classes("filters").props('role="search"') as self._box:
            self._search = ui.input(placeholder="Search by username", on_change=self._searched)
            self._search.props('outlined dense clearable aria-label="Search by username"')
            self._search.props("maxlength=100 autocomplete=off spellcheck=false").classes("search")
            self._search.on("update:model-value", js_handler="(typed) => SWFeed.search(typed || '')")
            with self._search.add_slot("prepend"):
                ui.icon("search")
            more = ui.button(icon="filter_list", color=None).classes("secondary icon-only only-phone")
            more.on("click", lambda: self._box.classes(toggle="open")).props('aria-label="Filters"')
            with ui.element("div").classes("conditions"):
                self._checked = OneOf("Checked", CHECKED, self._set_checked)
                self._story = SomeOf("Story", STORIES, self._set_stories)
                self._reason = SomeOf("Reason", _REASONS, self._set_reasons)
                self._status = SomeOf("Status", {name: name.capitalize() for name in STATUSES}, self._set_statuses)
                self._seen = Range("Seen live", self._set_seen)
                self._watched = Flag("Watched", self._set_watched)
            ui.space()
            self._match = ui.label().classes("muted small-text nowrap only-wide feed-match").props('role="status"')

    def show(self, query: FeedQuery) -> None:
        """Say what *query* asks."""
        self._query = query
        if (self._search.value or "") != query.username:
            self._search.set_value(query.username)
        self._checked.show(query.checked)
        self._story.show(query.stories)
        self._reason.show(query.reasons)
        self._status.show(query.statuses)
        self._seen.show(query.seen_live)
        self._watched.show(query.watched)

    def count(self, total: int | None) -> None:
        """Say how many match."""
        self._match.text = "" if total is None else f"{total:,} match{'es' if total == 1 else ''}"

    async def _searched(self, event: events.ValueChangeEventArguments[Any]) -> None:
        typed = (event.value or "").strip()
        if typed != self._query.username:
            await self._on_search(replace(self._query, username=typed))

    async def _set_checked(self, value: StrEnum | None) -> None:
        await self._look(replace(self._query, checked=None if value is None else Checked(value)))

    async def _set_stories(self, values: frozenset[str]) -> None:
        await self._look(replace(self._query, stories=frozenset(map(StoryState, values))))

    async def _set_reasons(self, values: frozenset[str]) -> None:
        await self._look(replace(self._query, reasons=frozenset(map(Reason, values))))

    async def _set_statuses(self, values: frozenset[str]) -> None:
        await self._look(replace(self._query, statuses=values))

    async def _set_seen(self, value: tuple[int, int] | None) -> None:
        await self._look(replace(self._query, seen_live=value))

    async def _set_watched(self, held: bool) -> None:
        await self._look(replace(self._query, watched=held))
