"""The section Schedules: when niches get batches by themselves."""

from __future__ import annotations

from nicegui import ui

from core.domain.actor import Role
from core.errors import NotFound
from panel import access
from panel.context import PageContext
from panel.live_updates import Changes, Row
from panel.pages.settings import schedule_forms, schedule_rows
from panel.pages.settings.columns import Column, column
from panel.pages.settings.schedule_drawer import ScheduleDrawer
from panel.pages.settings.selection import Act, SelectionFoot
from panel.pages.settings.words import several
from panel.place import Place, TabName
from panel.widgets.confirming import confirmed
from panel.widgets.empty_state import empty_state
from panel.widgets.heading import Heading, Paragraph
from panel.widgets.live_grid import LiveGrid
from panel.widgets.segments import Segments
from panel.widgets.telling import tell

_NAMES = ("schedule", "schedules")
# The next one first; those that are paused last.
_NEXT: Column = {"field": "next_sort", "hide": True, "sort": "asc", "sortIndex": 0}
_COLUMNS: list[Column] = [
    _NEXT,
    column("name", "Schedule", 170, cellClass="cell-name", flex=1, minWidth=110),
    column("word", "State", 92, cell="state"),
    column("next", "Next run in", 104, cell="countdown"),
    column("rule", "When", 220, cell="text", flex=1, minWidth=120, tooltipField="rule"),
    column("niches", "Niches", 170, cell="text", flex=1, minWidth=110, tooltipField="niches"),
    column("last", "Last run", 100, cell="ago", right=True),
    column("told", "What became of it", 220, cell="text", flex=1, minWidth=120, tooltipField="told"),
]
_NARROW = {1100: ["told"], 900: ["last"], 760: ["niches"], 560: ["rule"]}


class SchedulesSection:
    """The section of one open page."""

    def __init__(self, page: PageContext) -> None:
        self._page = page
        self._rows: dict[str, Row] = {}

    async def build(self) -> None:
        operator = self._page.may(Role.OPERATOR)
        self._rows = dict(await self._page.live.watch(self._page.client, schedule_rows.TOPIC, self._changed))
        with ui.element("div").classes("toolbar"):
            Heading("Schedules")
            Paragraph("Niches get their batches by themselves.").classes("muted only-wide ellipsis")
            ui.space()
            if operator:
                ui.button("Add schedule", color=None, on_click=self._add).classes("primary")
        with ui.element("div").classes("filters"):
            search = ui.input(placeholder="Search name, niche or rule", on_change=lambda e: self._search(e.value))
            search.props('outlined dense clearable aria-label="Search schedules"').classes("search")
            with search.add_slot("prepend"):
                ui.icon("search")
            choices = [("", "All"), ("on", "On"), ("paused", "Paused")]
            self._segments = Segments("Which schedules", choices, self._show_group)
        with ui.element("div").classes("table-and-drawer"):
            with ui.element("div").classes("grow down") as self._table:
                self._grid = LiveGrid(
                    "Schedules",
                    _COLUMNS,
                    on_select=self._selected,
                    on_open=lambda schedule: self._page.go(_place(schedule)),
                    empty="No schedule matches",
                    selectable=operator,
                    narrow=_NARROW,
                    options={"rowData": list(self._rows.values())},
                )
            with ui.element("div").classes("grow down") as self._nothing:
                empty_state(
                    "No schedules yet",
                    "A schedule makes a batch of its niches again and again: every few hours, or at fixed times. What "
                    "it finds can be told in Discord.",
                    button="Add a schedule" if operator else "",
                    on_click=self._add,
                )
            self._drawer = ScheduleDrawer(self._page, self._closed, on_edit=self._edit, on_run=self._run_now)
        self._foot = SelectionFoot(
            *_NAMES,
            "Select schedules to run, pause or remove them." if operator else "Double-click a schedule for its runs.",
            self._acts() if operator else [],
        )
        self._foot.serve(self._grid)
        self._tell_rows()

    async def show(self, place: Place) -> None:
        """With ``schedule=ID`` in the address its drawer is open."""
        wanted = place.option("schedule")
        if wanted is None:
            self._drawer.close()
        else:
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
        groups = [row["group"] for row in self._rows.values()]
        self._segments.count({"": len(groups)} | {group: groups.count(group) for group in ("on", "paused")})
        self._table.set_visibility(bool(self._rows))
        self._nothing.set_visibility(not self._rows)

    def _search(self, text: str | None) -> None:
        self._grid.search(text or "")

    def _show_group(self, group: str) -> None:
        self._grid.show_group(group)

    def _selected(self, number: int) -> None:
        self._foot.selected(number)

    async def _closed(self) -> None:
        await self._page.go(_place(None))

    # -- what can be done -----------------------------------------------------------

    def _acts(self) -> list[Act]:
        return [
            Act("Open", self._open),
            Act("Run now", self._run_now),
            Act("Pause", self._pause),
            Act("Resume", self._resume),
            Act("Remove…", self._remove, danger=True),
        ]

    async def _open(self, ids: list[str]) -> None:
        """The first of what is selected, for those who cannot double-click."""
        await self._page.go(_place(ids[0]))

    async def _add(self) -> None:
        app, actor = self._page.app, await access.current_actor()
        niches = await app.niches.names(actor)
        if not niches:
            tell("There is no niche yet; import a list of profiles into one first.")
            return
        schedule_forms.add(niches, app.discord_servers.list(actor), app.settings.timezone)

    async def _edit(self, schedule: str) -> None:
        app, actor = self._page.app, await access.current_actor()
        view = await app.schedules.get(actor, int(schedule))
        niches = await app.niches.names(actor)
        with self._page.client:
            schedule_forms.edit(schedule, view.name, view.draft, niches, app.discord_servers.list(actor))

    async def _run_now(self, ids: list[str]) -> None:
        actor = await access.current_actor()
        runs = await self._page.app.schedules.run_now(actor, _numbers(ids), leave_missing=True)
        await self._page.live.look()
        tell(f"{several(len(runs), 'run', 'runs')} begun; the batch follows at once where the engine runs.")

    async def _pause(self, ids: list[str]) -> None:
        actor = await access.current_actor()
        done = await self._page.app.schedules.pause(actor, _numbers(ids), leave_missing=True)
        await self._page.live.look()
        tell(f"{several(len(done), *_NAMES)} paused. A batch that runs goes on.")

    async def _resume(self, ids: list[str]) -> None:
        actor = await access.current_actor()
        done = await self._page.app.schedules.resume(actor, _numbers(ids), leave_missing=True)
        await self._page.live.look()
        tell(f"{several(len(done), *_NAMES)} resumed. What was missed is not made up for.")

    async def _remove(self, ids: list[str]) -> None:
        what = several(len(ids), *_NAMES)
        named = self._rows[ids[0]]["name"] if len(ids) == 1 and ids[0] in self._rows else ""
        question = f"Remove {named}?" if named else f"Remove {what}?"
        consequence = "Nothing is checked by it any more, and the list of its runs goes. Batches that it made stay."
        if not await confirmed(question, consequence, yes=f"Remove {what}", no="Keep"):
            return
        actor = await access.current_actor()
        removed = await self._page.app.schedules.remove(actor, _numbers(ids), leave_missing=True)
        await self._page.live.look()
        tell(f"{several(len(removed), *_NAMES)} removed.")


def _place(schedule: str | None) -> Place:
    options = () if schedule is None else (("schedule", schedule),)
    return Place(TabName.SETTINGS, "schedules", options=options)


def _numbers(ids: list[str]) -> list[int]:
    numbers = [int(each) for each in ids if each.isdecimal()]
    if not numbers:
        raise NotFound("These schedules are not there any more.")
    return numbers
