"""How each proxy did: a table that anybody may sort, with the worst at the top."""

from __future__ import annotations

from nicegui import ui

from panel.context import PageContext
from panel.pages.monitor.parts import head
from panel.place import Place, TabName
from panel.widgets.live_grid import LiveGrid

_RIGHT = {"type": "rightAligned", "cellClass": "num"}
_COUNT = {":cellRenderer": "SW.cells.monitorCount", **_RIGHT}
_SHARE = {":cellRenderer": "SW.cells.monitorShare", **_RIGHT}
_TIME = {":cellRenderer": "SW.cells.monitorMs", **_RIGHT}
_COLUMNS = [
    {"field": "name", "headerName": "Proxy", "flex": 2, "minWidth": 120, "cellClass": "cell-name"},
    {"field": "word", "headerName": "State", "width": 200, ":cellRenderer": "SW.cells.state"},
    {"field": "sessions", "headerName": "Sessions", "width": 96, **_COUNT},
    {"field": "exchanges", "headerName": "Exchanges", "width": 106, **_COUNT},
    {"field": "success", "headerName": "Went well", "width": 106, **_SHARE},
    {"field": "failures", "headerName": "Failed", "width": 92, **_COUNT},
    {"field": "limited", "headerName": "Rate limited", "width": 116, **_COUNT},
    {"field": "p50", "headerName": "p50", "width": 92, **_TIME},
    {"field": "p95", "headerName": "p95", "width": 92, **_TIME},
    {"field": "worst", "headerName": "Failed most often for", "flex": 2, "minWidth": 140},
]
_NARROW = {1180: ["sessions"], 1080: ["p50"], 980: ["limited"], 860: ["worst"], 640: ["word", "p95", "exchanges"]}


class ProxyTable:
    """The table of one open page."""

    def __init__(self, page: PageContext) -> None:
        self._page = page

    def build(self) -> None:
        """Make the table; the browser fills it."""
        with ui.element("section").classes("card monitor-proxies").props('aria-label="Proxies"'):
            with ui.element("div").classes("card-head"):
                head("Proxies")
                ui.label("last 24 h").classes("muted small-text monitor-until-day")
                ui.label("last 30 days").classes("muted small-text monitor-until-month")
                ui.space()
                ui.label("Double-click one for its log").classes("faint small-text only-wide")
            LiveGrid(
                "How each proxy did",
                [{"cellDataType": False, **column} for column in _COLUMNS],
                on_open=self._open,
                empty="No proxy has been used",
                selectable=False,
                narrow=_NARROW,
                options={":onGridReady": "SW.monitor.ready"},
            )

    async def _open(self, proxy: str) -> None:
        await self._page.go(Place(TabName.SETTINGS, "proxies", options=(("proxy", proxy),)))
