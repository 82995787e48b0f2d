"""The niches beside the table, what all of them come to, and how much of each daily target is met."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from nicegui import json, ui

from core.domain.actor import Role
from core.domain.feed import FeedQuery, StoryState
from panel.context import PageContext
from panel.live_updates import Row
from panel.pages.niche_feed.feed_address import place_of, same_profiles, words_of
from panel.pages.niche_feed.feed_topics import ALL
from panel.pages.niche_feed.niche_acts import Look, NicheActs
from panel.widgets.heading import Heading, Paragraph

# What stands above the niches: the label, its dot, its number, and what it shows.
_WHOLE = (
    ("All profiles", "", "profiles", FeedQuery()),
    ("Live now", "good", "live", FeedQuery(stories=frozenset({StoryState.LIVE}))),
    ("Unknown", "warn", "unknown", FeedQuery(stories=frozenset({StoryState.UNKNOWN}))),
    ("Never checked", "idle", "never", FeedQuery(stories=frozenset({StoryState.NEVER}))),
)


class Sidebar:
    """The list of one open page.  On a phone it lies over the table, opened by the table's heading.

    Args:
        look: Shows a query; the order of the rows stays.
        on_change: Told when this page changed niches.
    """

    def __init__(self, page: PageContext, look: Look, on_change: Callable[[], Awaitable[None]]) -> None:
        self._page = page
        self._look = look
        self._acts = NicheActs(page, look, on_change)
        self._shown = FeedQuery()
        self._niches: dict[str, _NicheLink] = {}
        self._order: list[str] = []
        self._is_open = False
        with ui.element("nav").classes("sidebar").props('aria-label="Niches"') as self._box:
            with ui.element("div").classes("side-close only-phone"):
                close = ui.button(icon="close", color=None, on_click=self.turn).classes("quiet icon-only")
                close.props('aria-label="Close the list of niches"')
            self._whole = [_WholeLink(self._follow, *words) for words in _WHOLE]
            with ui.element("div").classes("side-heading"):
                Heading("Niches", level=2)
                if page.may(Role.OPERATOR):
                    add = ui.button(icon="add", color=None, on_click=self._acts.add).classes("quiet icon-only small")
                    add.props('aria-label="Add a niche"').tooltip("Add a niche")
            self._list = ui.element("div")
            self._foot = Paragraph("").classes("side-note tiny faint")

    def show(self, query: FeedQuery) -> None:
        """Mark what is shown."""
        self._shown = query
        for whole in self._whole:
            whole.mark(same_profiles(whole.query, query))
        for key, niche in self._niches.items():
            niche.mark(key == str(query.niche))

    def turn(self) -> None:
        """Lie over the table, on a phone; or no longer."""
        self._is_open = not self._is_open
        self._box.classes(toggle="open")

    def fill(self, rows: Mapping[str, Row]) -> None:
        """Show these numbers."""
        for whole in self._whole:
            whole.count(rows[ALL])
        niches = sorted((row for key, row in rows.items() if key != ALL), key=lambda row: row["position"])
        order = [row["id"] for row in niches]
        if order != self._order:
            self._lay_out(niches)
        for row in niches:
            self._niches[row["id"]].fill(row)
        self._foot.text = _met(niches)

    def _lay_out(self, niches: list[Row]) -> None:
        """Make the list anew: one came, went or moved."""
        self._order = [row["id"] for row in niches]
        self._list.clear()
        acts = self._acts if self._page.may(Role.OPERATOR) else None
        with self._list:
            self._niches = {row["id"]: _NicheLink(row, self._follow, acts) for row in niches}
            if not niches:
                Paragraph("No niche yet. Add one, or import a list into a new one.").classes("side-note tiny faint")
        self.show(self._shown)

    async def _follow(self, query: FeedQuery) -> None:
        if self._is_open:
            self.turn()
        await self._look(query)


class _Link:
    """A link that is marked while it leads to what is shown.

    Each change of a class travels and is drawn, whether or not it is one, so nothing is said twice.
    """

    def __init__(self, query: FeedQuery, look: Look, kind: str) -> None:
        self.query = query
        self._is_on = False
        self._link = ui.link(target=place_of(query).address).classes(kind)
        heard = f"(e) => SWFeed.follow(e, {json.dumps(words_of(query))}, emit)"
        self._link.on("click", lambda: look(query), js_handler=heard)

    def mark(self, shown: bool) -> None:
        if shown == self._is_on:
            return
        self._is_on = shown
        self._link.classes(add="on" if shown else "", remove="" if shown else "on")
        self._link.props("aria-current=page" if shown else "", remove="" if shown else "aria-current")


class _WholeLink(_Link):
    def __init__(self, look: Look, label: str, dot: str, number: str, query: FeedQuery) -> None:
        super().__init__(query, look, "side-link")
        self._number = number
        with self._link:
            if dot:
                ui.element("i").classes(f"dot {dot}")
            ui.label(label)
            self._count = ui.label().classes("count")

    def count(self, row: Row) -> None:
        self._count.text = f"{row[self._number]:,}"


class _NicheLink(_Link):
    def __init__(self, row: Row, look: Look, acts: NicheActs | None) -> None:
        self._row: Row = {}
        with ui.element("div").classes("niche-place"):
            super().__init__(FeedQuery(niche=int(row["id"])), look, "niche")
            with self._link:
                with ui.element("div").classes("niche-line"):
                    self._name = ui.label().classes("name ellipsis")
                    self._count = ui.label().classes("count")
                with ui.element("div").classes("target-row"):
                    with ui.element("span").classes("meter") as self._meter:
                        self._bar = ui.element("i")
                    self._target = ui.label().classes("target")
            self._more = None if acts is None else acts.menu(lambda: self._row)

    def fill(self, row: Row) -> None:
        if row == self._row:
            return
        self._row = row
        self._name.text = row["name"]
        self._count.text = f"{row['profiles']:,}"
        if self._more is not None:
            self._more.props["aria-label"] = f"More about {row['name']}"
        self._target.text = target_in_words(row)
        self._target.classes(replace="target alone" if row["target"] is None else "target")
        self._meter.set_visibility(row["target"] is not None)
        share = 0 if row["target"] is None else min(100, 100 * row["seen"] / row["target"])
        self._bar.style(f"width: {share:.0f}%").classes(replace="ok" if row["met"] else "")


def target_in_words(row: Row) -> str:
    """How much of a niche's daily target is met: *702 of 800*, *361 of 300 · met*, *88 · no target*."""
    if row["target"] is None:
        return f"{row['seen']:,} · no target"
    return f"{row['seen']:,} of {row['target']:,}{' · met' if row['met'] else ''}"


def _met(niches: list[Row]) -> str:
    targets = [row for row in niches if row["target"] is not None]
    if not targets:
        return ""
    met = sum(bool(row["met"]) for row in targets)
    are_met = f"{met} of {len(targets)} {'is' if met == 1 else 'are'} met."
    return f"Bars: profiles seen live today, of the daily target. {are_met}"
