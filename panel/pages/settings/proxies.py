"""The section Proxies: how they are, and what can be done with one, with some, with a list of them."""

from __future__ import annotations

from nicegui import ui

from core.domain.actor import Role
from core.errors import UserError
from panel import access
from panel.context import PageContext
from panel.live_updates import Changes, Row
from panel.pages.settings import proxy_forms, proxy_rows
from panel.pages.settings.columns import RANK, Column, column
from panel.pages.settings.proxy_drawer import ProxyDrawer
from panel.pages.settings.selection import Act, SelectionFoot
from panel.pages.settings.trial_run import TrialRun
from panel.pages.settings.words import several
from panel.place import Place, TabName
from panel.widgets.confirming import confirmed
from panel.widgets.empty_state import empty_state
from panel.widgets.heading import Heading, Paragraph
from panel.widgets.live_grid import LiveGrid
from panel.widgets.segments import Segments
from panel.widgets.telling import tell
from panel.widgets.tiles import tiles

_SESSIONS_NAMED = 5
_NAMES = ("proxy", "proxies")
_COLUMNS: list[Column] = [
    RANK,
    column("name", "Proxy", 110, cellClass="cell-name", flex=1, minWidth=96),
    column("place", "Address", 170, cell="text", flex=2, minWidth=130, tooltipField="address"),
    column("kind", "Kind", 78),
    column("word", "State", 200, cell="state"),
    column("score", "Health, last 50", 132, cell="health"),
    column("response", "Response", 92, cell="milliseconds", right=True),
    column("day", "Last 24 h", 104, cell="ofLimit", right=True),
    column("sessions", "Session", 110, cell="sessions"),
    column("used", "Last used", 96, cell="ago", right=True),
    column("error", "Last error", 124, cell="text"),
]
_NARROW = {
    1210: ["kind"],
    1120: ["response"],
    1020: ["used"],
    920: ["error", "day"],
    640: ["sessions", "score", "place"],
}


class ProxiesSection:
    """The section of one open page."""

    def __init__(self, page: PageContext) -> None:
        self._page = page
        self._rows: dict[str, Row] = {}

    async def build(self) -> None:
        admin = self._page.may(Role.ADMIN)
        self._rows = dict(await self._page.live.watch(self._page.client, proxy_rows.TOPIC, self._changed))
        with ui.element("div").classes("toolbar"):
            Heading("Proxies")
            Paragraph("Cooling and quarantine end by themselves.").classes("muted only-wide")
            ui.space()
            if admin:
                self._buttons()
        with ui.element("div").classes("tiles-row"):
            self._tiles = tiles(
                ["Ready", "Cooling", "Quarantined", "Off", "Response time", "Last 24 hours"], called="Proxies by state"
            )
        with ui.element("div").classes("filters"):
            search = ui.input(placeholder="Search name, address or session", on_change=lambda e: self._search(e.value))
            search.props('outlined dense clearable aria-label="Search proxies"').classes("search")
            with search.add_slot("prepend"):
                ui.icon("search")
            choices = [("", "All"), ("ready", "Ready"), ("resting", "Resting"), ("off", "Off")]
            self._segments = Segments("Which proxies", choices, self._show_group)
            ui.space()
            ui.label("Trouble first").classes("faint small-text only-wide")
            export = ui.link("Export CSV", "/data/settings/proxies.csv").classes("text-link small-text only-wide")
            export.props('download="proxies.csv"')
        with ui.element("div").classes("table-and-drawer"):
            with ui.element("div").classes("grow down") as self._table:
                self._grid = LiveGrid(
                    "Proxies",
                    _COLUMNS,
                    on_select=self._selected,
                    on_open=lambda proxy: self._page.go(self._place(proxy)),
                    empty="No proxy matches",
                    selectable=admin,
                    narrow=_NARROW,
                    options={"rowData": list(self._rows.values())},
                )
            with ui.element("div").classes("grow down") as self._nothing:
                empty_state(
                    "No proxies yet",
                    "Requests leave from their addresses: add them before your sessions.",
                    button="Import a list" if admin else "",
                    on_click=lambda: proxy_forms.import_list(self._page),
                )
            self._drawer = ProxyDrawer(self._page, self._closed)
            self._trial = TrialRun(self._page)
        self._foot = SelectionFoot(
            *_NAMES,
            "Select proxies to test, switch or remove them." if admin else "Double-click a proxy for its log.",
            self._acts() if admin else [],
        )
        self._foot.serve(self._grid)
        self._tell_rows()

    async def show(self, place: Place) -> None:
        """With ``proxy=ID`` in the address its drawer is open."""
        wanted = place.option("proxy")
        if wanted is None:
            self._drawer.close()
        else:
            self._trial.close()
            await self._drawer.open(wanted, self._rows.get(wanted))

    # -- what is shown --------------------------------------------------------------

    def _changed(self, changes: Changes) -> None:
        for row in (*changes.added, *changes.updated):
            self._rows[str(row["id"])] = row
        for key in changes.removed:
            self._rows.pop(key, None)
        self._grid.change(changes)
        self._drawer.changed(changes)
        self._tell_rows()

    def _tell_rows(self) -> None:
        rows = self._rows.values()
        states = [row["state"] for row in rows]
        on = len(states) - states.count("off")
        ready, cooling, quarantined, off, response, day = self._tiles
        ready.show(f"{states.count('ready'):,}", f"of {on:,} that are on")
        for tile, state, comes in (
            (cooling, "cooling", "next ready in"),
            (quarantined, "quarantined", "next probe in"),
        ):
            ends = min((row["until"] for row in rows if row["state"] == state and row["until"]), default=None)
            tile.show(f"{states.count(state):,}", comes if ends else "ends by itself", until=ends)
        off.show(f"{states.count('off'):,}", "switched off by a person")
        times = sorted(row["response"] for row in rows if row["response"] is not None and row["state"] != "off")
        response.show(f"{times[len(times) // 2]:,.0f} ms" if times else "–", "middle of all proxies")
        limits = [row["day_limit"] for row in rows if row["state"] != "off"]
        allowed = "no limit" if None in limits else f"of {sum(limits):,} requests"
        day.show(f"{sum(row['day'] for row in rows):,}", allowed)
        groups = [row["group"] for row in rows]
        self._segments.count({"": len(groups)} | {group: groups.count(group) for group in set(groups)})
        self._table.set_visibility(bool(rows))
        self._nothing.set_visibility(not rows)

    def _search(self, text: str | None) -> None:
        self._grid.search(text or "")

    def _show_group(self, group: str) -> None:
        self._grid.show_group(group)

    def _selected(self, number: int) -> None:
        self._foot.selected(number)

    def _place(self, proxy: str | None) -> Place:
        options = () if proxy is None else (("proxy", proxy),)
        return Place(TabName.SETTINGS, "proxies", options=options)

    async def _closed(self) -> None:
        await self._page.go(self._place(None))

    # -- what can be done -----------------------------------------------------------

    def _buttons(self) -> None:
        ui.button("Test all", color=None, on_click=self._test_all).classes("secondary only-wide")
        importing = ui.button(
            "Import list", icon="upload", color=None, on_click=lambda: proxy_forms.import_list(self._page)
        )
        importing.classes("secondary")
        ui.button("Add proxy", color=None, on_click=lambda: proxy_forms.add(self._page)).classes("primary")

    def _acts(self) -> list[Act]:
        return [
            Act("Open", self._open),
            Act("Test", self._test),
            Act("Switch on", self._enable),
            Act("Switch off", self._disable),
            Act("Limits…", self._limit),
            Act("Move sessions…", self._move_sessions),
            Act("Remove…", self._remove, danger=True),
        ]

    async def _open(self, ids: list[str]) -> None:
        """The first of what is selected, for those who cannot double-click."""
        await self._page.go(self._place(ids[0]))

    async def _test_all(self) -> None:
        actor = await access.current_actor()
        self._drawer.close()
        on = sum(row["state"] != "off" for row in self._rows.values())
        self._trial.start(_NAMES, self._page.app.trials.test_proxies(actor, every=True), on)

    async def _test(self, ids: list[str]) -> None:
        actor = await access.current_actor()
        self._drawer.close()
        self._trial.start(_NAMES, self._page.app.trials.test_proxies(actor, ids), len(ids))

    async def _enable(self, ids: list[str]) -> None:
        done = await self._page.app.proxies.enable_all(await access.current_actor(), ids)
        tell(f"{several(len(done), *_NAMES)} switched on.")

    async def _disable(self, ids: list[str]) -> None:
        done = await self._page.app.proxies.disable_all(await access.current_actor(), ids)
        resting = sum(len(view.sessions) for view in done)
        tell(f"{several(len(done), *_NAMES)} switched off; {several(resting, 'session', 'sessions')} rest.")

    async def _limit(self, ids: list[str]) -> None:
        rows = [self._rows[each] for each in ids if each in self._rows]
        proxy_forms.limits(self._page, rows)

    async def _move_sessions(self, ids: list[str]) -> None:
        labels = self._sessions_of(ids)
        if not labels:
            raise UserError("No session is bound to the selected proxies; select one that has a session.")
        proxy_forms.move_sessions(self._page, labels)

    async def _remove(self, ids: list[str]) -> None:
        what = several(len(ids), *_NAMES)
        if not await confirmed(f"Remove {what}?", self._consequence(ids), yes=f"Remove {what}", no="Keep"):
            return
        removed = await self._page.app.proxies.remove_all(await access.current_actor(), ids)
        unbound = sum(len(each.unbound) for each in removed)
        lost = f"; {several(unbound, 'session', 'sessions')} without a proxy now" if unbound else ""
        tell(f"{several(len(removed), *_NAMES)} removed{lost}.")

    def _consequence(self, ids: list[str]) -> str:
        losing = self._sessions_of(ids)
        if not losing:
            return "No session is bound to them. Their history by the hour stays."
        named = ", ".join(losing[:_SESSIONS_NAMED])
        more = f" and {len(losing) - _SESSIONS_NAMED:,} more" if len(losing) > _SESSIONS_NAMED else ""
        verb = "loses its proxy and rests" if len(losing) == 1 else "lose their proxies and rest"
        return f"{named}{more} {verb} until a person binds them to others."

    def _sessions_of(self, ids: list[str]) -> list[str]:
        return [label for each in ids if each in self._rows for label in self._rows[each]["sessions"]]
