"""The table of batches: what is selected, and the buttons that act on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nicegui import events, json, ui

from core.domain.actor import Role
from core.domain.line_order import Toward
from core.errors import UserError
from panel import errors
from panel.context import PageContext
from panel.pages.batches.batch_acts import BatchActs, Picked
from panel.pages.batches.new_batch import NewBatchDialog
from panel.place import Place, TabName
from panel.widgets.empty_state import empty_state
from panel.widgets.heading import Heading
from panel.widgets.live_grid import LiveGrid

_MOVES = (
    ("Move to the front of the line", Toward.FRONT),
    ("Move up", Toward.UP),
    ("Move down", Toward.DOWN),
    ("Move to the end of the line", Toward.BACK),
)
_OPTIONS: dict[str, Any] = {
    ":columnDefs": "SW.batches.columns()",
    ":onGridReady": "SW.batches.ready",
    ":isExternalFilterPresent": "SW.batches.options.isExternalFilterPresent",
    ":doesExternalFilterPass": "SW.batches.options.doesExternalFilterPass",
    ":postSortRows": "SW.batches.options.postSortRows",
    "loading": True,
    "overlayLoadingTemplate": '<span class="muted">Loading…</span>',
    "enableCellTextSelection": False,
    "tooltipShowDelay": 400,
}


@dataclass(frozen=True, slots=True)
class Possible:
    """What may be done with the selected batches, as the browser saw them."""

    count: int = 0
    startable: int = 0
    stoppable: int = 0
    in_line: int = 0
    can_retry: bool = False


class BatchTable:
    """The table of one open page."""

    def __init__(self, page: PageContext) -> None:
        self._page = page
        self._acts = BatchActs(page)
        self._new = NewBatchDialog(page, self._acts)

    async def build(self) -> None:
        """Make the table and what is around it."""
        self._toolbar()
        with ui.element("div").classes("filters"):
            with ui.element("div").classes("across gap-8 wrap"):
                ui.element("div").classes("segments").props('data-batches="segments" role="group" aria-label="Status"')
                search = ui.input(placeholder="Search by name", on_change=self._search).classes(
                    "batch-search only-wide"
                )
                search.props('outlined dense clearable debounce=150 aria-label="Search batches by name"')
            ui.element("div").classes("muted small-text only-wide").props('data-batches="outlook"')
        with ui.element("div").classes("batch-table").props('data-batches="table"'):
            LiveGrid("Batches", [], on_open=self._open, empty="No batch matches", options=_OPTIONS)
        with ui.element("div").classes("batch-table away").props('data-batches="empty"'):
            may = self._page.may(Role.OPERATOR)
            empty_state(
                "No batches yet",
                "A batch checks profiles: all of a niche, some that you select in the Niche Feed, or a list.",
                button="New batch" if may else "",
                on_click=self._new.open if may else None,
            )
        self._footer()
        ui.on("batches-selected", self._selected)
        ui.on("batches-failed", self._failed)

    def show(self, place: Place) -> None:
        """Show what the address says: batches of one status, or one that is highlighted."""
        highlighted = place.option("highlight")
        if highlighted is not None:
            self._run(f"SW.batches.highlight({json.dumps(highlighted)})")
        else:
            self._run(f"SW.batches.show({json.dumps(place.option('status') or 'all')})")

    # -- around the table -----------------------------------------------------------------

    def _toolbar(self) -> None:
        with ui.element("div").classes("toolbar"):
            Heading("Batches")
            ui.element("div").classes("muted ellipsis only-wide").props('data-batches="summary" role="status"')
            ui.space()
            if not self._page.may(Role.OPERATOR):
                self._export_button()
                return
            self._count = ui.label().classes("muted nowrap only-wide").props('role="status"')
            self._start_button = self._act("Start", "play_arrow", self._start)
            self._stop_button = self._act("Stop", "stop", self._stop)
            self._delete_button = self._act("Delete", "", self._delete, kind="danger")
            self._more_button()
            ui.button("New batch", color=None, on_click=self._new.open).classes("primary")

    def _act(self, label: str, icon: str, on_click: Any, *, kind: str = "secondary") -> ui.button:
        button = ui.button(label, icon=icon or None, color=None, on_click=on_click).classes(f"{kind} only-wide")
        button.disable()
        return button

    def _more_button(self) -> None:
        with ui.button(icon="more_horiz", color=None).classes("secondary icon-only only-wide") as self._more:
            self._more.props('aria-label="More for the selected batches"').disable()
            with ui.menu().classes("batch-menu").props("auto-close"):
                self._moves = [
                    ui.menu_item(label, on_click=lambda toward=toward: self._shift(toward)) for label, toward in _MOVES
                ]
                ui.separator()
                self._retry_item = ui.menu_item("Retry unknown", on_click=self._retry)
                ui.separator()
                self._export_items()

    def _export_button(self) -> None:
        with ui.button("Export", color=None).classes("secondary only-wide") as self._more:
            self._more.disable()
            with ui.menu().classes("batch-menu").props("auto-close"):
                self._export_items()

    def _export_items(self) -> None:
        ui.menu_item("Export results as CSV", on_click=lambda: self._run('SW.batches.exported("csv")'))
        ui.menu_item("Export results as JSON Lines", on_click=lambda: self._run('SW.batches.exported("jsonl")'))

    def _footer(self) -> None:
        with ui.element("div").classes("footer only-wide"):
            ui.label("What runs or is in line, and the newest besides.").classes("muted")
            with ui.element("div").classes("away").props('data-batches="older"'):
                older = ui.button("Show older", color=None).classes("quiet link")
                older.on("click", js_handler="() => SW.batches.showOlder()")
            ui.space()
            ui.element("div").classes("muted").props('data-batches="shown" role="status"')

    # -- what the browser tells ---------------------------------------------------------------

    def _selected(self, event: events.GenericEventArguments) -> None:
        """Say how many are selected, and allow what makes sense for them."""
        possible = Possible(**event.args)
        if not self._page.may(Role.OPERATOR):
            self._more.set_enabled(possible.count > 0)
            return
        self._count.text = f"{possible.count:,} selected" if possible.count else ""
        self._start_button.set_enabled(possible.startable > 0)
        self._stop_button.set_enabled(possible.stoppable > 0)
        self._delete_button.set_enabled(possible.count > 0)
        self._more.set_enabled(possible.count > 0)
        for item in self._moves:
            item.set_enabled(possible.in_line > 0)
        self._retry_item.set_enabled(possible.can_retry)

    def _failed(self, event: events.GenericEventArguments) -> None:
        """A plain route said no, or did not answer."""
        errors.tell(UserError(str(event.args)))

    def _search(self, event: events.ValueChangeEventArguments[str | None]) -> None:
        self._run(f"SW.batches.search({json.dumps(event.value or '')})")

    async def _open(self, batch_id: str) -> None:
        await self._page.go(Place(TabName.BATCHES, batch_id))

    # -- acts --------------------------------------------------------------------------------

    async def _start(self) -> None:
        await self._acts.start(await self._picked())

    async def _stop(self) -> None:
        await self._acts.stop(await self._picked())

    async def _delete(self) -> None:
        await self._acts.delete(await self._picked())

    async def _retry(self) -> None:
        await self._acts.retry(await self._picked())

    async def _shift(self, toward: Toward) -> None:
        await self._acts.shift(await self._picked(), toward)

    async def _picked(self) -> Picked:
        return Picked(**await ui.run_javascript("return SW.batches.selection()", timeout=10.0))

    def _run(self, script: str) -> None:
        self._page.client.run_javascript(script)
