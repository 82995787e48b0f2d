"""The table of profiles: AG Grid over pages that the browser asks for itself (``static/feed.js``).

It shows; which profiles match, and what becomes of those selected, is not its matter.
"""

from __future__ import annotations

from typing import Any

from nicegui import json, ui

from core.domain.feed import FeedQuery, SortBy
from panel.pages.niche_feed.feed_address import words_of
from panel.widgets.live_grid import PAGE_SIZES

# Pages never lie in two blocks: a block is as large as the largest page, and the others divide it.
_BLOCK = max(PAGE_SIZES)

# The label of each column that may be shown or hidden; the profile's own always stays.
COLUMNS = {
    SortBy.STORY: "Story",
    SortBy.STORY_UNTIL: "Live for another",
    SortBy.STORY_SINCE: "Live since",
    SortBy.REASON: "Reason",
    SortBy.NICHE: "Niche",
    SortBy.LAST_CHECKED_AT: "Last check",
    SortBy.LAST_STORY_AT: "Last story",
    SortBy.CHECKS_TOTAL: "Checks",
    SortBy.DETECTION_PPM: "Seen live",
    SortBy.STATUS: "Status",
}

# Runs with what a handler in the browser waits for: the id of the kept selection, or nothing if that failed.
WITH_SELECTION = "async (e) => { const id = await SWFeed.keep(e.currentTarget); if (id) emit(id); }"


class FeedGrid:
    """The table of one open page."""

    def __init__(self, hidden: dict[str, bool]) -> None:
        """Make the table in the slot that is open.

        Args:
            hidden: Columns that the person chose to show or to hide, by name.
        """
        self._columns = dict(hidden)
        self._begun = False
        # Whatever is changed of the table's own element makes the library build the table anew, so this is around it.
        with ui.element("div").classes("feed-grid") as self._box:
            self._grid = ui.aggrid(_options(), auto_size_columns=False)
            self._grid.classes("grid-box").props('aria-label="Profiles"')

    def show(self, query: FeedQuery, *, keep_selection: bool) -> None:
        """Show what *query* matches, from its first page on."""
        words = words_of(query)
        order = words.pop("sort", "")
        if self._begun:
            self._run(f"SWFeed.show({json.dumps(words)}, {json.dumps(order)}, {json.dumps(keep_selection)})")
            return
        # The first view travels with the table itself, so that its rows are asked for without another word.
        self._begun = True
        element = self._grid.html_id
        self._grid.options["context"] = {
            "element": element,
            "query": words,
            "order": order,
            "columns": dict(self._columns),
        }

    def refresh(self) -> None:
        """Look whether the rows in view changed."""
        self._run("SWFeed.refresh()")

    def retry(self) -> None:
        """Ask for the rows once more."""
        self._run("SWFeed.retry()")

    def select_all(self) -> None:
        """Select everybody who matches, however many they are."""
        self._run("SWFeed.selectAll()")

    def select_live(self, count: int) -> None:
        """Select those of the matching who have a story now.

        Args:
            count: How many they are, as far as is known.
        """
        self._run(f"SWFeed.selectLive({json.dumps(count)})")

    def clear_selection(self) -> None:
        """Select nobody."""
        self._run("SWFeed.clear()")

    def set_page_size(self, size: int) -> None:
        """Show so many rows a page."""
        self._run(f"SWFeed.setPageSize({json.dumps(size)})")

    def set_columns(self, chosen: dict[str, bool]) -> None:
        """Show and hide columns as the person chose; the others come and go with the room there is."""
        self._columns = dict(chosen)
        self._run(f"SWFeed.setColumns({json.dumps(chosen)})")

    def set_visible(self, visible: bool) -> None:
        """Give way to something else."""
        self._box.set_visibility(visible)

    def _run(self, script: str) -> None:
        self._grid.client.run_javascript(script)


def _options() -> dict[str, Any]:
    return {
        "rowModelType": "infinite",
        "cacheBlockSize": _BLOCK,
        "cacheOverflowSize": 1,
        "maxConcurrentDatasourceRequests": 2,
        # The first rows are there before the table is told of them, so what it draws until it has asked is for nothing.
        "infiniteInitialRowCount": 1,
        "blockLoadDebounceMillis": 0,
        "pagination": True,
        "paginationPageSize": _BLOCK,
        "paginationPageSizeSelector": False,
        "suppressPaginationPanel": True,
        "suppressNoRowsOverlay": True,
        "suppressMultiSort": True,
        "suppressMovableColumns": True,
        "animateRows": False,
        # Each row that is drawn beyond those in view costs as much as one of them.
        "rowBuffer": 5,
        "rowHeight": 34,
        "headerHeight": 34,
        "ensureDomOrder": True,
        ":getRowId": "(row) => row.data.id",
        # The selection is ours (feed.js), because the table's own knows only rows that are loaded; it shows it.
        "rowSelection": {
            "mode": "multiRow",
            "checkboxes": True,
            "headerCheckbox": False,
            "enableClickSelection": False,
        },
        "selectionColumnDef": {
            "pinned": "left",
            "width": 46,
            "resizable": False,
            ":headerComponent": "SWFeedCells.PageBox",
        },
        "defaultColDef": {
            "flex": 1,
            "sortable": True,
            "sortingOrder": ["asc", "desc"],
            "resizable": True,
            "suppressHeaderMenuButton": True,
            "minWidth": 72,
            ":cellClassRules": "{ 'not-loaded': (cell) => !cell.data }",
        },
        "columnDefs": _columns(),
        ":onGridReady": "(ready) => SWFeed.attach(ready)",
    }


def _columns() -> list[dict[str, Any]]:
    right = {"type": "rightAligned"}
    number = right | {"sortingOrder": ["desc", "asc"]}
    time = number | {":tooltipValueGetter": "SWFeedCells.moment"}
    return [
        _column(SortBy.USERNAME, "Profile", 160, flex=2.2, field="id", **_drawn("username")),
        _column(SortBy.STORY, COLUMNS[SortBy.STORY], 150, flex=1.8, **_drawn("story")),
        _column(SortBy.NICHE, COLUMNS[SortBy.NICHE], 110, flex=1.3, cellClass="muted ellipsis"),
        _column(SortBy.STORY_SINCE, COLUMNS[SortBy.STORY_SINCE], 100, **time, **_told("since")),
        _column(SortBy.STORY_UNTIL, COLUMNS[SortBy.STORY_UNTIL], 122, **time, **_told("left")),
        _column(SortBy.LAST_CHECKED_AT, COLUMNS[SortBy.LAST_CHECKED_AT], 100, **time, **_told("ago")),
        _column(SortBy.LAST_STORY_AT, COLUMNS[SortBy.LAST_STORY_AT], 100, **time, **_told("lastStory")),
        _column(SortBy.REASON, COLUMNS[SortBy.REASON], 130, flex=1.3, field="reason", cellClass="muted ellipsis"),
        _column(SortBy.CHECKS_TOTAL, COLUMNS[SortBy.CHECKS_TOTAL], 78, flex=0.8, **number, **_told("number")),
        _column(
            SortBy.DETECTION_PPM,
            COLUMNS[SortBy.DETECTION_PPM],
            140,
            flex=1.3,
            sortingOrder=["desc", "asc"],
            headerTooltip="Checks that found it live, of its conclusive ones",
            **_drawn("seenLive"),
        ),
        _column(SortBy.STATUS, COLUMNS[SortBy.STATUS], 84, flex=0.8, **_drawn("status")),
    ]


def _column(sort: SortBy, label: str, least: int, **more: Any) -> dict[str, Any]:
    return {"colId": sort.value, "field": sort.value, "headerName": label, "minWidth": least} | more


def _told(form: str) -> dict[str, Any]:
    return {":valueFormatter": f"SWFeedCells.formats.{form}"}


def _drawn(form: str) -> dict[str, Any]:
    return {":cellRenderer": f"SWFeedCells.cells.{form}"}
