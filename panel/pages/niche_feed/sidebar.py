"""The niches beside the table, what all of them come to, and how much of each daily target is met."""

from __future__ import annotations

from collections.abc import Mapping

from nicegui import ui
from nicegui.element import Element

from core.domain.actor import Role
from core.domain.feed import FeedQuery, StoryState
from panel.context import PageContext
from panel.live_updates import Row
from panel.pages.niche_feed.feed_address import place_of, same_profiles
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
        look: Shows a query.
    """

    def __init__(self, page: PageContext, look: Look) -> None:
        self._page = page
        self._look = look
        self._acts = NicheActs(page, look)
        self._shown = FeedQuery()
        self._niches: dict[str, _NicheLink] = {}
        self._order: list[str] = []
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
        self._box.classes(remove="open")

    @property
    def niches(self) -> tuple[str, ...]:
        """The niches' names in their order."""
        return self._acts.names

    def turn(self) -> None:
        """Lie over the table, on a phone; or no longer."""
        self._box.classes(toggle="open")

    def fill(self, rows: Mapping[str, Row]) -> None:
        """Show these numbers."""
        for whole in self._whole:
            whole.count(rows[ALL])
        niches = sorted((row for key, row in rows.items() if key != ALL), key=lambda row: row["position"])
        order = [row["id"] for row in niches]
        self._acts.know([row["name"] for row in niches])
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
        self._box.classes(remove="open")
        await self._look(query)


class _WholeLink:
    def __init__(self, look: Look, label: str, dot: str, number: str, query: FeedQuery) -> None:
        self.query = query
        self._number = number
        with _link(query, look).classes("side-link") as self._link:
            if dot:
                ui.element("i").classes(f"dot {dot}")
            ui.label(label)
            self._count = ui.label().classes("count")

    def mark(self, shown: bool) -> None:
        _mark(self._link, shown)

    def count(self, row: Row) -> None:
        self._count.text = f"{row[self._number]:,}"


class _NicheLink:
    def __init__(self, row: Row, look: Look, acts: NicheActs | None) -> None:
        self._row = row
        with ui.element("div").classes("niche-place"):
            with _link(FeedQuery(niche=int(row["id"])), look).classes("niche") as self._link:
                with ui.element("div").classes("niche-line"):
                    self._name = ui.label().classes("name ellipsis")
                    self._count = ui.label().classes("count")
                with ui.element("div").classes("target-row"):
                    with ui.element("span").classes("meter") as self._meter:
                        self._bar = ui.element("i")
                    self._target = ui.label().classes("target")
            if acts is not None:
                acts.menu(lambda: self._row)

    def mark(self, shown: bool) -> None:
        _mark(self._link, shown)

    def fill(self, row: Row) -> None:
        self._row = row
        self._name.text = row["name"]
        self._count.text = f"{row['profiles']:,}"
        self._target.text = target_in_words(row)
        self._target.classes(add="alone" if row["target"] is None else "", remove="alone")
        self._meter.set_visibility(row["target"] is not None)
        share = 0 if row["target"] is None else min(100, 100 * row["seen"] / row["target"])
        self._bar.style(f"width: {share:.0f}%")
        self._bar.classes(replace="ok" if row["met"] else "")


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


def _link(query: FeedQuery, look: Look) -> ui.link:
    link = ui.link(target=place_of(query).address)
    link.on(
        "click",
        lambda: look(query),
        js_handler="(e) => { if (SW.isPlain(e)) { e.preventDefault(); emit(); } }",
    )
    return link


def _mark(link: Element, shown: bool) -> None:
    link.classes(add="on" if shown else "", remove="" if shown else "on")
    link.props("aria-current=page" if shown else "", remove="" if shown else "aria-current")
