"""What is shown, in a line, and what can be done with the selected profiles."""

from __future__ import annotations

from collections.abc import Callable

from nicegui import ui

from core.domain.actor import Role
from core.domain.feed import FeedQuery
from panel.context import PageContext
from panel.live_updates import Row
from panel.pages.niche_feed.feed_grid import WITH_SELECTION
from panel.pages.niche_feed.selection_acts import SelectionActs
from panel.widgets.heading import Heading
from panel.widgets.menu import menu_item
from panel.widgets.numbers import count_of

CHECK = "Check selected profiles"


class Toolbar:
    """The line over the table of one open page.

    Args:
        on_heading: The heading was pressed, on a phone.
        on_import: Opens the import.
        on_columns: Opens the choice of columns.
    """

    def __init__(
        self,
        page: PageContext,
        acts: SelectionActs,
        *,
        on_heading: Callable[[], None],
        on_import: Callable[[], object],
        on_columns: Callable[[], object],
    ) -> None:
        self._acts = acts
        self._selecting: list[ui.button | ui.menu_item] = []
        self._check: ui.button | None = None
        with ui.element("div").classes("toolbar feed-toolbar"):
            with ui.element("div").classes("feed-title"):
                with ui.element("button").classes("title-button only-phone").props('type="button"') as opener:
                    self._short_title = ui.label()
                    ui.icon("arrow_drop_down")
                opener.on("click", on_heading).props('aria-label="Choose a niche"')
                self._title = Heading("").classes("only-wide ellipsis")
                with ui.element("div").classes("muted nowrap ellipsis"):
                    self._numbers = ui.label().classes("inline")
                    self._target = ui.label().classes("inline only-wide")
            ui.space()
            operator = page.may(Role.OPERATOR)
            if operator:
                with ui.button(color=None, on_click=on_import).classes("secondary on-import") as upload:
                    ui.icon("upload")
                    ui.label("Import").classes("only-wide")
                upload.props('aria-label="Import profiles"')
                self._for_selected("Move", acts.move)
                self._for_selected("Pause", acts.pause)
            self._more(acts, on_columns, operator=operator)
            if operator:
                self._for_selected("Create only", acts.create, kind="secondary only-wide create-only")
                self._check = self._for_selected(CHECK, acts.check, kind="primary only-wide")
        self.select(0)

    def name(self, query: FeedQuery, row: Row | None) -> None:
        """Say what is shown.

        Args:
            row: The numbers of the niche, or of all of them; None while nobody knows.
        """
        title = "All profiles" if query.niche is None else str(row["name"]) if row else ""
        self._title.text = self._short_title.text = title
        self._numbers.text, self._target.text = ("", "") if row is None else _numbers(row)

    def select(self, count: int) -> None:
        """Say how many are selected; without any, what needs some is off."""
        if self._check is not None:
            self._check.text = f"{CHECK} ({count:,})"
        for each in self._selecting:
            each.set_enabled(count > 0 and not self._acts.busy)

    def _for_selected(self, label: str, act: Callable[..., object], *, kind: str = "secondary only-wide") -> ui.button:
        button = ui.button(label, color=None).classes(kind).on("click", act, js_handler=WITH_SELECTION)
        self._selecting.append(button)
        return button

    def _more(self, acts: SelectionActs, on_columns: Callable[[], object], *, operator: bool) -> None:
        button = ui.button(icon="more_horiz", color=None).classes("secondary icon-only")
        with button, ui.menu(), ui.element("div").classes("menu-list"):
            if operator:
                self._item("Move to a niche", acts.move, only_phone=True)
                self._item("Pause", acts.pause, only_phone=True)
                self._item("Resume", acts.resume)
                self._item("Watch", acts.watch)
                self._item("Stop watching", acts.unwatch)
                self._item("Remove", acts.remove, danger=True)
                self._item("Create a batch only", acts.create)
                ui.separator()
            self._item("Export selected as CSV", acts.export_csv)
            self._item("Export selected as JSON Lines", acts.export_json_lines)
            menu_item("Export all that match as CSV", on_click=acts.export_matching)
            ui.separator().classes("only-wide")
            menu_item("Choose columns", on_click=on_columns).classes("only-wide")
        button.props('aria-label="More for the selected profiles"')

    def _item(
        self, label: str, act: Callable[..., object], *, only_phone: bool = False, danger: bool = False
    ) -> ui.menu_item:
        item = menu_item(label, danger=danger).on("click", act, js_handler=WITH_SELECTION)
        if only_phone:
            item.classes("only-phone")
        self._selecting.append(item)
        return item


def _numbers(row: Row) -> tuple[str, str]:
    """*2,480 profiles · 961 live now*, and *· daily target of 1,000 met*."""
    numbers = f"{count_of(row['profiles'], 'profile')} · {row['live']:,} live now"
    if row.get("target") is None:
        return numbers, ""
    told = "met" if row["met"] else f"{row['seen']:,} of it met"
    return numbers, f" · daily target of {row['target']:,} {told}"
