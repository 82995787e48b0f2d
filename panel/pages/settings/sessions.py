"""The section Sessions: logins, what keeps them from use, and what can be done about it."""

from __future__ import annotations

from nicegui import events, ui

from core.domain.actor import Role
from panel import access
from panel.context import PageContext
from panel.live_updates import Changes, Row
from panel.pages.settings import session_forms, session_rows
from panel.pages.settings.columns import RANK, Column, column
from panel.pages.settings.selection import Act, SelectionFoot
from panel.pages.settings.session_drawer import SessionDrawer
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

_NAMES = ("session", "sessions")
_COLUMNS: list[Column] = [
    RANK,
    column("label", "Session", 130, cellClass="cell-name", flex=1, minWidth=96),
    column("word", "State", 190, cell="state"),
    column("told", "What happened, what comes next", 320, cell="text", flex=3, minWidth=160, tooltipField="told"),
    column("proxy", "Proxy", 120, cell="text"),
    column("canaries", "Saw canaries", 110, cell="percent", right=True),
    column("day", "Last 24 h", 100, cell="ofLimit", right=True, headerTooltip="Requests, counted where a limit holds"),
    column("used", "Last used", 104, cell="ago", right=True),
    column("ends", "Cookies end", 104, cell="end", right=True, headerTooltip="Where the pasted cookies tell"),
]
# A button beside each row, for those who may press it.
_BUTTON = column("button", "What to do", 132, cell="act", right=True, sortable=False, resizable=False)
_NARROW = {1280: ["canaries"], 1180: ["ends"], 1040: ["day"], 900: ["used", "proxy"], 640: ["told", "button"]}


class SessionsSection:
    """The section of one open page."""

    def __init__(self, page: PageContext) -> None:
        self._page = page
        self._rows: dict[str, Row] = {}

    async def build(self) -> None:
        admin = self._page.may(Role.ADMIN)
        self._rows = dict(await self._page.live.watch(self._page.client, session_rows.TOPIC, self._changed))
        with ui.element("div").classes("toolbar"):
            Heading("Sessions")
            words = "Your logins. Each keeps its proxy and its user agent; moving one asks for a reason."
            Paragraph(words).classes("muted only-wide ellipsis")
            ui.space()
            if admin:
                self._buttons()
        with ui.element("div").classes("tiles-row"):
            names = ["Valid", "Resting", "Checkpoint", "Expired", "Not bound", "Off"]
            self._tiles = tiles(names, called="Sessions by state")
        with ui.element("div").classes("filters"):
            search = ui.input(placeholder="Search name or proxy", on_change=lambda e: self._grid.search(e.value or ""))
            search.props('outlined dense clearable aria-label="Search sessions"').classes("search")
            with search.add_slot("prepend"):
                ui.icon("search")
            choices = [
                ("", "All"),
                ("waiting", "Need a person"),
                ("resting", "Resting"),
                ("valid", "Valid"),
                ("off", "Off"),
            ]
            self._segments = Segments("Which sessions", choices, self._show_group)
            ui.space()
            ui.label("Trouble first").classes("faint small-text only-wide")
            export = ui.link("Export CSV", "/data/settings/sessions.csv").classes("text-link small-text only-wide")
            export.props('download="sessions.csv"')
        with ui.element("div").classes("table-and-drawer"):
            self._build_table(admin)
            self._drawer = SessionDrawer(self._page, self._closed, self._test)
            self._trial = TrialRun(self._page)
        self._foot = SelectionFoot(
            *_NAMES,
            "Select sessions to test, bind, switch or remove them." if admin else "Double-click a session for its log.",
            self._acts() if admin else [],
        )
        self._foot.serve(self._grid)
        if admin:
            ui.on("session-act", self._act)
        self._tell_rows()

    async def show(self, place: Place) -> None:
        """With ``session=ID`` (or its label) in the address its drawer is open."""
        wanted = place.option("session")
        if wanted is None:
            self._drawer.close()
            return
        row = self._rows.get(wanted) or next((row for row in self._rows.values() if row["label"] == wanted), None)
        self._trial.close()
        await self._drawer.open(wanted, row)

    # -- what is shown --------------------------------------------------------------

    def _build_table(self, admin: bool) -> None:
        with ui.element("div").classes("grow down") as self._table:
            self._grid = LiveGrid(
                "Sessions",
                [*_COLUMNS, _BUTTON] if admin else _COLUMNS,
                on_select=self._selected,
                on_open=lambda session: self._page.go(self._place(session)),
                empty="No session matches",
                selectable=admin,
                narrow=_NARROW,
                options={"rowData": list(self._rows.values())},
            )
        with ui.element("div").classes("grow down") as self._nothing:
            empty_state(
                "No sessions yet",
                "A session is a login that you made in a browser, brought as its cookies. Storywatch never logs in.",
                button="Add a session" if admin else "",
                on_click=lambda: session_forms.add(self._page),
            )

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
        valid, resting, checkpoint, expired, unbound, off = self._tiles
        valid.show(f"{states.count('valid'):,}", f"of {len(states):,}")
        rests = [row for row in rows if row["group"] == "resting"]
        ends = min((row["until"] for row in rests if row["until"]), default=None)
        resting.show(f"{len(rests):,}", "next ready in" if ends else "ends by itself", until=ends)
        checkpoint.show(f"{states.count('checkpoint'):,}", "need a person")
        expired.show(f"{states.count('expired'):,}", "need a new login")
        number = states.count("unbound")
        unbound.show(f"{number:,}", "not used until bound" if number else "every session has a proxy")
        off.show(f"{states.count('disabled'):,}", "switched off by a person")
        groups = [row["group"] for row in rows]
        self._segments.count({"": len(groups)} | {group: groups.count(group) for group in set(groups)})
        self._table.set_visibility(bool(rows))
        self._nothing.set_visibility(not rows)

    def _selected(self, number: int) -> None:
        self._foot.selected(number)

    def _show_group(self, group: str) -> None:
        self._grid.show_group(group)

    def _place(self, session: str | None) -> Place:
        options = () if session is None else (("session", session),)
        return Place(TabName.SETTINGS, "sessions", options=options)

    async def _closed(self) -> None:
        await self._page.go(self._place(None))

    # -- what can be done -----------------------------------------------------------

    def _buttons(self) -> None:
        ui.button("Test all", color=None, on_click=self._test_all).classes("secondary only-wide")
        importing = ui.button(
            "Import list", icon="upload", color=None, on_click=lambda: session_forms.import_list(self._page)
        )
        importing.classes("secondary")
        ui.button("Add session", color=None, on_click=lambda: session_forms.add(self._page)).classes("primary")

    def _acts(self) -> list[Act]:
        return [
            Act("Open", self._open),
            Act("Test", self._test),
            Act("Bind…", self._bind),
            Act("Switch on", self._enable),
            Act("Switch off", self._disable),
            Act("Remove…", self._remove, danger=True),
        ]

    async def _act(self, event: events.GenericEventArguments) -> None:
        """The button of a row."""
        act, session = str(event.args["act"]), str(event.args["id"])
        row = self._rows.get(session)
        if row is None:
            return
        match act:
            case "renew":
                session_forms.renew(self._page, row)
            case "bind":
                session_forms.bind(self._page, [row])
            case "enable":
                await self._enable([session])
            case "test":
                await self._test([session])
            case _:
                await self._page.go(self._place(session))

    async def _open(self, ids: list[str]) -> None:
        """The first of what is selected, for those who cannot double-click."""
        await self._page.go(self._place(ids[0]))

    async def _test_all(self) -> None:
        actor = await access.current_actor()
        self._drawer.close()
        usable = sum(row["state"] not in ("disabled", "unbound") for row in self._rows.values())
        self._trial.start(_NAMES, self._page.app.trials.test_sessions(actor, every=True), usable)

    async def _test(self, ids: list[str]) -> None:
        actor = await access.current_actor()
        self._drawer.close()
        self._trial.start(_NAMES, self._page.app.trials.test_sessions(actor, ids), len(ids))

    async def _bind(self, ids: list[str]) -> None:
        session_forms.bind(self._page, [self._rows[each] for each in ids if each in self._rows])

    async def _enable(self, ids: list[str]) -> None:
        done = await self._page.app.sessions.enable_all(await access.current_actor(), ids)
        tell(f"{several(len(done), *_NAMES)} switched on.")

    async def _disable(self, ids: list[str]) -> None:
        done = await self._page.app.sessions.disable_all(await access.current_actor(), ids)
        tell(f"{several(len(done), *_NAMES)} switched off; their proxies and cookies stay.")

    async def _remove(self, ids: list[str]) -> None:
        what = several(len(ids), *_NAMES)
        consequence = "Their cookies are erased; to use these logins again you have to bring them anew."
        if not await confirmed(f"Remove {what}?", consequence, yes=f"Remove {what}", no="Keep"):
            return
        removed = await self._page.app.sessions.remove_all(await access.current_actor(), ids)
        tell(f"{several(len(removed), *_NAMES)} removed with their cookies.")
