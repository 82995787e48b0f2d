"""The section Alerts: who is told, by which rules, and what was told."""

from __future__ import annotations

from nicegui import ui
from nicegui.element import Element

from core.domain.actor import Role
from panel.context import PageContext
from panel.live_updates import Changes, Row
from panel.pages.settings import alert_rows
from panel.pages.settings.alert_rules import AlertRulesPart
from panel.pages.settings.alert_targets import AlertTargets
from panel.pages.settings.columns import Column, column
from panel.place import Place, TabName
from panel.widgets.empty_state import empty_state
from panel.widgets.heading import Heading, Paragraph
from panel.widgets.live_grid import LiveGrid
from panel.widgets.segments import Segments

_PARTS = (("targets", "Targets"), ("rules", "Rules"), ("told", "Recent alerts"))
_COLUMNS: list[Column] = [
    column("at", "When", 130, cell="moment", sort="desc"),
    column("kind", "Kind", 130),
    column("text", "What", 360, cell="text", flex=3, minWidth=160, tooltipField="text"),
    column("word", "Delivery", 110, cell="state"),
    column("where", "To whom", 280, cell="text", flex=2, minWidth=140, tooltipField="where"),
]
_NARROW = {900: ["where"], 640: ["kind"]}


class AlertsSection:
    """The section of one open page."""

    def __init__(self, page: PageContext) -> None:
        self._page = page
        self._targets = AlertTargets(page)
        self._rules = AlertRulesPart(page)
        self._told: dict[str, Row] = {}
        self._boxes: dict[str, Element] = {}
        self._buttons: dict[str, ui.button] = {}

    async def build(self) -> None:
        admin = self._page.may(Role.ADMIN)
        with ui.element("div").classes("toolbar"):
            Heading("Alerts")
            Paragraph("What is told, once, to whom.").classes("muted only-wide ellipsis")
            ui.space()
            if admin:
                self._rules.mute_button()
                self._buttons = {"targets": self._targets.add_button(), "rules": self._rules.change_button()}
        with ui.element("div").classes("filters"):
            self._segments = Segments("What to see of alerts", _PARTS, self._choose)
        self._rules.mute_label()
        for name, _ in _PARTS:
            self._boxes[name] = ui.element("div").classes("grow down alerts-part")
        with self._boxes["targets"]:
            await self._targets.build()
        with self._boxes["rules"]:
            await self._rules.build()
        with self._boxes["told"]:
            await self._build_told()
        self._rules.tell_mute()

    async def show(self, place: Place) -> None:
        """With ``part=rules`` or ``part=told`` in the address, that part."""
        wanted = place.option("part") or _PARTS[0][0]
        part = wanted if wanted in self._boxes else _PARTS[0][0]
        self._segments.mark(part)
        for name, box in self._boxes.items():
            box.set_visibility(name == part)
        for name, button in self._buttons.items():
            button.set_visibility(name == part)

    async def _choose(self, part: str) -> None:
        options = () if part == _PARTS[0][0] else (("part", part),)
        await self._page.go(Place(TabName.SETTINGS, "alerts", options=options))

    # -- what was told ------------------------------------------------------------------

    async def _build_told(self) -> None:
        self._told = dict(await self._page.live.watch(self._page.client, alert_rows.RECENT, self._changed))
        with ui.element("div").classes("grow down table-top") as self._table:
            self._grid = LiveGrid(
                "Recent alerts",
                _COLUMNS,
                on_open=self._open,
                empty="No alerts",
                selectable=False,
                narrow=_NARROW,
                options={"rowData": list(self._told.values())},
            )
        with ui.element("div").classes("grow down") as self._nothing:
            empty_state("No alerts yet", "What happens is listed here, also while nobody is told.")
        self._tell_rows()

    def _changed(self, changes: Changes) -> None:
        for row in (*changes.added, *changes.updated):
            self._told[str(row["id"])] = row
        for key in changes.removed:
            self._told.pop(key, None)
        self._grid.change(changes)
        self._tell_rows()

    def _tell_rows(self) -> None:
        self._table.set_visibility(bool(self._told))
        self._nothing.set_visibility(not self._told)

    async def _open(self, alert: str) -> None:
        """The batch that an alert is about."""
        batch = self._told[alert]["batch"] if alert in self._told else None
        if batch is not None:
            await self._page.go(Place(TabName.BATCHES, batch))
