"""A table of at most some thousand rows that are all here: sorting and selecting happen in the browser.

For rows by the million there is the feed's own grid.  Rows come from a topic, and later only those that change.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from nicegui import events, json, ui

from panel.live_updates import Changes, LiveUpdates, Row

PAGE_SIZES = (25, 50, 100)


class LiveGrid:
    """A table whose rows have an ``id``.

    Click, shift-click, ctrl- or cmd-click, arrows and the space bar select, as in the feed.

    Args:
        label: What a screen reader calls the table.
        columns: AG Grid column definitions; a key that begins with a colon holds JavaScript.
        on_select: Told how many rows are selected, each time that changes.
        on_open: Told the id of a row that was double-clicked, or chosen with the enter key.
        empty: What the table says while it has no rows.
        narrow: Which columns go when the table is less than so many pixels wide; where some have a ``flex``, one of
            those has to stay, or the table waits for it and draws nothing.
        options: Further AG Grid options.
    """

    def __init__(
        self,
        label: str,
        columns: Sequence[dict[str, Any]],
        *,
        on_select: Callable[[int], object] | None = None,
        on_open: Callable[[str], object] | None = None,
        empty: str = "Nothing here yet",
        selectable: bool = True,
        narrow: Mapping[int, Sequence[str]] | None = None,
        options: dict[str, Any] | None = None,
    ) -> None:
        self.selected_count = 0
        self._key = secrets.token_hex(4)
        self._on_select = on_select
        made = _options(label, columns, empty, selectable) | _groups(self._key) | _widths(narrow or {})
        self._grid = ui.aggrid(made | (options or {}), auto_size_columns=False)
        self._grid.classes("grid-box").props(f'aria-label="{label}"')
        if selectable:
            count = f"() => emit(getElement({self._grid.id}).api.getSelectedNodes().length)"
            self._grid.on("selectionChanged", self._selected, js_handler=count)
        if on_open is not None:
            opened = "(e) => { if (e.data) emit(String(e.data.id)); }"
            self._grid.on("rowDoubleClicked", lambda event: on_open(str(event.args)), js_handler=opened)
            self._grid.on("keydown", lambda event: on_open(str(event.args)), js_handler=_ENTER)

    def fill(self, rows: Sequence[Row]) -> None:
        """Show these rows instead of those that are there; for the first time, or after another filter."""
        self._grid.run_grid_method("setGridOption", "rowData", [dict(row) for row in rows])

    async def follow(self, live: LiveUpdates, topic: str) -> None:
        """Show a topic's rows, and each change of them as it comes."""
        rows = await live.watch(ui.context.client, topic, self.change)
        self._grid.options["rowData"] = [dict(row) for row in rows.values()]

    def change(self, changes: Changes) -> None:
        """Apply what changed; selection, sorting and scrolling stay."""
        transaction: dict[str, Any] = {}
        if changes.added:
            transaction["add"] = [dict(row) for row in changes.added]
        if changes.updated:
            transaction["update"] = [dict(row) for row in changes.updated]
        if changes.removed:
            transaction["remove"] = [{"id": key} for key in changes.removed]
        self._grid.run_grid_method("applyTransaction", transaction)

    async def selected(self) -> list[str]:
        """The ids of the selected rows, in the order shown."""
        script = f"return getElement({self._grid.id}).api.getSelectedNodes().map((node) => String(node.data.id))"
        return [str(each) for each in await ui.run_javascript(script, timeout=10.0)]

    def select(self, ids: Sequence[str]) -> None:
        """Select these rows and no others, and bring the first one into view."""
        self._run(f"SW.select(getElement({self._grid.id}).api, {json.dumps(list(ids))})")

    def search(self, text: str) -> None:
        """Show only rows in which every word of *text* occurs."""
        self._grid.run_grid_method("setGridOption", "quickFilterText", text)

    def show_group(self, group: str) -> None:
        """Show only rows whose ``group`` is this one; the empty one shows all."""
        self._run(f"SW.groups.choose({json.dumps(self._key)}, {json.dumps(group)}, getElement({self._grid.id}).api)")

    def clear_selection(self) -> None:
        """Select nothing."""
        self._grid.run_grid_method("deselectAll")

    def _run(self, script: str) -> None:
        ui.context.client.run_javascript(script)

    def _selected(self, event: events.GenericEventArguments) -> None:
        self.selected_count = int(event.args)
        if self._on_select is not None:
            self._on_select(self.selected_count)


# The browser's own event: of the grid's, the library passes no key on.  Links in a cell have the key for themselves.
_ENTER = """(e) => {
    const row = e.key === "Enter" && !e.target.closest("a, button") && e.target.closest(".ag-row[row-id]");
    if (row) emit(row.getAttribute("row-id"));
}"""


def _groups(key: str) -> dict[str, Any]:
    return {
        ":isExternalFilterPresent": f"() => SW.groups.isChosen('{key}')",
        ":doesExternalFilterPass": f"(node) => SW.groups.passes('{key}', node.data)",
    }


def _widths(narrow: Mapping[int, Sequence[str]]) -> dict[str, Any]:
    if not narrow:
        return {}
    widths = json.dumps([[width, list(fields)] for width, fields in narrow.items()])
    return {":onGridSizeChanged": f"(e) => SW.fitColumns(e.api, e.clientWidth, {widths})"}


def _options(label: str, columns: Sequence[dict[str, Any]], empty: str, selectable: bool) -> dict[str, Any]:
    options: dict[str, Any] = {
        "columnDefs": list(columns),
        "rowData": [],
        ":getRowId": "(p) => String(p.data.id)",
        "defaultColDef": {"sortable": True, "resizable": True, "suppressHeaderMenuButton": True, "minWidth": 72},
        "rowHeight": 34,
        "headerHeight": 34,
        "animateRows": False,
        "suppressCellFocus": False,
        "overlayNoRowsTemplate": f'<span class="muted">{empty}</span>',
        "ensureDomOrder": True,
        "accentedSort": False,
    }
    if selectable:
        options["rowSelection"] = {
            "mode": "multiRow",
            "checkboxes": True,
            "headerCheckbox": True,
            "enableClickSelection": True,
            # The box in the head means what is seen.
            "selectAll": "filtered",
        }
        options["selectionColumnDef"] = {"pinned": "left", "width": 44}
    return options
