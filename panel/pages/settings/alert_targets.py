"""The targets of alerts in a table: how they do, and what can be done with some of them."""

from __future__ import annotations

from nicegui import ui

from core.domain.actor import Role
from panel import access
from panel.context import PageContext
from panel.live_updates import Changes, Row
from panel.pages.settings import alert_forms, alert_rows
from panel.pages.settings.columns import RANK, Column, column
from panel.pages.settings.selection import Act, SelectionFoot
from panel.pages.settings.words import several
from panel.widgets.confirming import confirmed
from panel.widgets.empty_state import empty_state
from panel.widgets.live_grid import LiveGrid
from panel.widgets.menu import menu_item
from panel.widgets.telling import tell

_NAMES = ("target", "targets")
_COLUMNS: list[Column] = [
    RANK,
    column("label", "Target", 150, cellClass="cell-name", flex=1, minWidth=110),
    column("way", "By", 84),
    column("address", "Address", 190, cell="text", flex=1, minWidth=170, tooltipField="address"),
    column("gets", "Kinds", 170, cell="text", tooltipField="gets"),
    column("quiet", "Quiet", 104),
    column("word", "State", 190, cell="state"),
    column("waiting", "Waiting", 84, cell="count", right=True),
    column("delivered", "Last delivered", 118, cell="ago", right=True),
    column("told", "What is wrong", 240, cell="text", flex=2, minWidth=140, tooltipField="told"),
]
_NARROW = {1240: ["quiet"], 1130: ["waiting"], 1040: ["gets"], 860: ["told"], 640: ["way", "address", "delivered"]}


class AlertTargets:
    """The table of one open page."""

    def __init__(self, page: PageContext) -> None:
        self._page = page
        self._rows: dict[str, Row] = {}

    async def build(self) -> None:
        """Make it, in the slot that is open."""
        admin = self._page.may(Role.ADMIN)
        self._rows = dict(await self._page.live.watch(self._page.client, alert_rows.TARGETS, self._changed))
        with ui.element("div").classes("grow down table-top") as self._table:
            self._grid = LiveGrid(
                "Targets of alerts",
                _COLUMNS,
                on_select=self._selected,
                empty="No targets",
                selectable=admin,
                narrow=_NARROW,
                options={"rowData": list(self._rows.values())},
            )
        with ui.element("div").classes("grow down") as self._nothing:
            empty_state(
                "Nobody is told yet",
                "Add a Discord channel, or an address for e-mail, Slack, Telegram and others. Recent "
                "alerts has them in any case.",
            )
        acts = [
            Act("Send a test", self._test),
            Act("Edit…", self._edit),
            Act("Mute…", self._mute),
            Act("Remove…", self._remove, danger=True),
        ]
        hint = "Select targets to test, mute or change them." if admin else "Admins add and change targets."
        self._foot = SelectionFoot(*_NAMES, hint, acts if admin else [])
        self._foot.serve(self._grid)
        self._tell_rows()

    def add_button(self) -> ui.button:
        """The button that adds a target, in the slot that is open."""
        with ui.button("Add target", icon="add", color=None).classes("primary") as button, ui.menu():
            menu_item("Discord channel", self._add_channel)
            menu_item("Address (e-mail, Slack, …)", self._add_address)
        return button.props('aria-haspopup="true"')

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._rows)

    # -- what is shown --------------------------------------------------------------

    def _selected(self, number: int) -> None:
        self._foot.selected(number)

    def _changed(self, changes: Changes) -> None:
        for row in (*changes.added, *changes.updated):
            self._rows[str(row["id"])] = row
        for key in changes.removed:
            self._rows.pop(key, None)
        self._grid.change(changes)
        self._tell_rows()

    def _tell_rows(self) -> None:
        self._table.set_visibility(bool(self._rows))
        self._nothing.set_visibility(not self._rows)

    # -- what can be done -----------------------------------------------------------

    async def _add_channel(self) -> None:
        servers = self._page.app.discord_servers.list(await access.current_actor())
        # In the page's own slot, because the menu that the click came from closes.
        with self._page.client:
            alert_forms.add_channel(servers)

    def _add_address(self) -> None:
        with self._page.client:
            alert_forms.add_address()

    async def _edit(self, ids: list[str]) -> None:
        servers = self._page.app.discord_servers.list(await access.current_actor())
        with self._page.client:
            alert_forms.edit(self._rows[ids[0]], servers)

    async def _mute(self, ids: list[str]) -> None:
        with self._page.client:
            alert_forms.mute([self._rows[each] for each in ids if each in self._rows])

    async def _test(self, ids: list[str]) -> None:
        """One after the other, each with its answer."""
        actor = await access.current_actor()
        for each in ids:
            label = self._rows[each]["label"] if each in self._rows else each
            with self._page.client:
                going = ui.notification(f"Sending a test to {label}", spinner=True, timeout=None)
            try:
                found = await self._page.app.alerts.test_target(actor, int(each))
            finally:
                going.dismiss()
            with self._page.client:
                if found.ok:
                    tell(f"{label}: {found.sentence}")
                else:
                    ui.notification(f"{label}: {found.sentence}", type="negative", timeout=None, close_button="Close")

    async def _remove(self, ids: list[str]) -> None:
        what = several(len(ids), *_NAMES)
        waiting = sum(self._rows[each]["waiting"] for each in ids if each in self._rows)
        consequence = f"{several(waiting, 'alert', 'alerts')} on the way will not be told. " if waiting else ""
        consequence += "What was delivered stays in the list of alerts."
        if not await confirmed(f"Remove {what}?", consequence, yes=f"Remove {what}", no="Keep"):
            return
        removed = await self._page.app.alerts.remove_targets(await access.current_actor(), [int(each) for each in ids])
        tell(f"{several(len(removed), *_NAMES)} removed.")
